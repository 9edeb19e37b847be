"""Who is on the picture after each step."""

from __future__ import annotations

from kg.engine.base import Engine
from kg.model.knowledge import Knowledge
from kg.query.compose import Cast, compose
from kg.query.neighbours import neighbour_counts, neighbour_ids
from kg.query.scene import Scene
from kg.query.starts import MOST_AROUND, MOST_OPENING


def planned(knowledge: Knowledge) -> list[str]:
    return [status.id for status in knowledge.statuses.values() if status.stage == "planned"]


def cast_of(engine: Engine, knowledge: Knowledge, scene: Scene, most: int = 400) -> Cast:
    return compose(engine, scene, planned(knowledge), most)


def test_the_opening_picture_has_something_of_every_theme(engine: Engine, knowledge: Knowledge) -> None:
    cast = cast_of(engine, knowledge, Scene())
    themes = {theme for one in cast.shown for theme in knowledge.entities[one].themes}
    assert themes == {theme for entity in knowledge.entities.values() for theme in entity.themes}


def test_the_opening_picture_is_small_enough_to_be_read(engine: Engine, knowledge: Knowledge) -> None:
    agencies = [one for one, type_ in knowledge.type_of.items() if type_ == "agency"]
    assert len(cast_of(engine, knowledge, Scene()).shown) <= MOST_OPENING + len(agencies)


def test_the_opening_picture_has_the_four_that_users_ask_for(engine: Engine, knowledge: Knowledge) -> None:
    featured = {entity.id for entity in knowledge.entities.values() if entity.featured}
    assert featured <= set(cast_of(engine, knowledge, Scene()).shown)


def test_everything_is_everything(engine: Engine, knowledge: Knowledge) -> None:
    assert set(cast_of(engine, knowledge, Scene("all")).shown) == set(knowledge.entities)


def test_what_is_promised_has_a_plan(engine: Engine, knowledge: Knowledge) -> None:
    plans = set(planned(knowledge))
    told = {
        entity
        for _, statement in knowledge.statements()
        if getattr(statement, "status", None) in plans
        for entity in (statement.subject, getattr(statement, "object", statement.subject))
    }
    shown = cast_of(engine, knowledge, Scene("promised")).shown
    assert shown
    assert set(shown) <= told


def test_what_is_new_is_spoken_of_by_the_newest_source(engine: Engine, knowledge: Knowledge) -> None:
    newest = max(knowledge.sources.values(), key=lambda source: source.date.last)
    told = {one for statement in newest.statements for one in (statement.subject, getattr(statement, "object", ""))}
    shown = cast_of(engine, knowledge, Scene("new")).shown
    assert shown
    assert set(shown) <= told


def test_around_one_are_its_neighbours(sample_engine: Engine, sample: Knowledge) -> None:
    shown = cast_of(sample_engine, sample, Scene("around.changan-chain")).shown
    assert shown[0] == "changan-chain"
    assert {"trusted-data-space", "science-commission"} <= set(shown)


def test_a_hub_does_not_swallow_the_picture(engine: Engine, knowledge: Knowledge) -> None:
    assert len(cast_of(engine, knowledge, Scene("around.beijing")).shown) == MOST_AROUND


def test_around_nobody_is_nobody(engine: Engine, knowledge: Knowledge) -> None:
    assert cast_of(engine, knowledge, Scene("around.nobody")).shown == ()


def test_growth_comes_after_and_beside(sample_engine: Engine, sample: Knowledge) -> None:
    scene = Scene("around.isolated-technology").then("grow", "changan-chain", "leads", "in", "5")
    cast = cast_of(sample_engine, sample, scene)
    assert cast.base == ("isolated-technology",)
    assert cast.added == {"changan-chain": "", "science-commission": "changan-chain"}


def test_growth_by_plans_leaves_what_holds(sample_engine: Engine, sample: Knowledge) -> None:
    scene = Scene("around.isolated-technology").then("grow", "changan-chain", "builds-on", "in-planned", "5")
    assert "trusted-data-space" in cast_of(sample_engine, sample, scene).shown
    other = Scene("around.isolated-technology").then("grow", "changan-chain", "builds-on", "in", "5")
    assert "trusted-data-space" not in cast_of(sample_engine, sample, other).shown


def test_what_is_hidden_keeps_its_place_and_can_come_back(sample_engine: Engine, sample: Knowledge) -> None:
    hidden = Scene("all").then("hide", "changan-chain")
    cast = cast_of(sample_engine, sample, hidden)
    assert "changan-chain" in cast.ids
    assert "changan-chain" not in cast.shown
    assert "changan-chain" in cast_of(sample_engine, sample, hidden.then("add", "changan-chain")).shown


def test_keeping_some_hides_the_rest(sample_engine: Engine, sample: Knowledge) -> None:
    scene = Scene("all").then("keep", "changan-chain", "liu-weihua")
    assert set(cast_of(sample_engine, sample, scene).shown) == {"changan-chain", "liu-weihua"}


def test_tidying_starts_from_what_is_shown(sample_engine: Engine, sample: Knowledge) -> None:
    scene = Scene("all").then("pin", "changan-chain", "7", "8").then("keep", "changan-chain").then("tidy")
    assert cast_of(sample_engine, sample, scene) == Cast(("changan-chain",))


def test_a_pin_is_kept_until_it_is_freed(sample_engine: Engine, sample: Knowledge) -> None:
    scene = Scene("all").then("pin", "changan-chain", "-7", "8")
    assert cast_of(sample_engine, sample, scene).pinned == {"changan-chain": (-7, 8)}
    assert cast_of(sample_engine, sample, scene.then("free", "changan-chain")).pinned == {}


def test_a_full_picture_takes_no_more_and_says_so(engine: Engine, knowledge: Knowledge) -> None:
    cast = cast_of(engine, knowledge, Scene("around.china").then("grow", "beijing", "any", "both", "99"), most=40)
    assert len(cast.shown) == 40
    assert cast.cut


def test_counts_before_growing_are_what_growth_brings(engine: Engine, knowledge: Knowledge) -> None:
    for entity in list(knowledge.entities)[::20]:
        for count in neighbour_counts(engine, entity):
            found = neighbour_ids(engine, entity, count.relation, count.outgoing, 500, planned=count.planned)
            assert len(found) == count.count

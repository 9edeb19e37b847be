"""Ways between two entities: those that say most, in either direction, with evidence."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kg.engine.base import Engine
from kg.errors import NotFound
from kg.model.dates import PartialDate
from kg.model.knowledge import Knowledge
from kg.model.statement import Relation
from kg.model.text import Text
from kg.query.paths import Hop, Way, paths
from kg.query.routes import PLANNED_STEP, STEP, hub_weight, lightest
from kg.query.rows import EntityRef, EvidenceRow, RelationRow, SourceRef


def ids(way: Way) -> list[str]:
    return [entity.id for entity in way.entities]


def whole(knowledge: Knowledge) -> dict[str, dict[str, int]]:
    """Everything at once: what the search must agree with although it never reads it all."""
    links: dict[str, dict[str, int]] = {}
    for _, one in knowledge.statements():
        if isinstance(one, Relation):
            weight = PLANNED_STEP if knowledge.is_planned(one) else STEP
            for here, there in ((one.subject, one.object), (one.object, one.subject)):
                steps = links.setdefault(here, {})
                steps[there] = min(weight, steps.get(there, weight))
    return links


def step(*rows: tuple[bool, bool, str, str]) -> Hop:
    """A step of relations, each planned or not, official or not, by a source of that name and day."""
    one, other = (EntityRef(name, "agency", Text(en=name)) for name in "ab")
    found = []
    for planned, official, name, day in rows:
        title, date = Text(en=name), PartialDate.read(day)
        source = SourceRef(name, title, title, official, "news", "en", date, "https://example.org/")
        evidence = EvidenceRow("words", source)
        found.append(RelationRow("0" * 16, "leads", planned, True, other, None, None, None, evidence))
    return Hop(one, tuple(found))


GOOD = (False, True, "one", "2025-03-20")


def test_the_way_goes_along_relations_in_either_direction(sample_engine: Engine) -> None:
    (way,) = paths(sample_engine, "liu-weihua", "trusted-data-space")
    assert ids(way) == ["liu-weihua", "science-commission", "changan-chain", "trusted-data-space"]
    assert [(hop.row.relation, hop.row.outgoing) for hop in way.hops] == [
        ("holds-post-at", True),
        ("leads", True),
        ("builds-on", False),
    ]


def test_a_planned_step_is_marked(sample_engine: Engine) -> None:
    (way,) = paths(sample_engine, "liu-weihua", "trusted-data-space")
    assert [hop.planned for hop in way.hops] == [False, False, True]
    assert way.planned


def test_each_step_has_its_evidence(sample_engine: Engine) -> None:
    (way,) = paths(sample_engine, "liu-weihua", "changan-chain")
    assert [hop.row.evidence.phrase for hop in way.hops] == ["市科委副主任刘卫华", "市科委牵头长安链"]


def test_the_way_back_is_the_same(sample_engine: Engine) -> None:
    (there,) = paths(sample_engine, "liu-weihua", "only-english")
    (back,) = paths(sample_engine, "only-english", "liu-weihua")
    assert ids(there) == ids(back)[::-1]


def test_no_way_is_an_empty_list(sample_engine: Engine) -> None:
    assert paths(sample_engine, "liu-weihua", "isolated-technology") == []
    assert paths(sample_engine, "liu-weihua", "liu-weihua") == []


def test_what_is_to_be_avoided_is_not_passed(sample_engine: Engine) -> None:
    assert paths(sample_engine, "liu-weihua", "trusted-data-space", avoid=["changan-chain"]) == []


def test_the_ends_cannot_be_avoided(sample_engine: Engine) -> None:
    assert len(paths(sample_engine, "liu-weihua", "changan-chain", avoid=["changan-chain", "liu-weihua"])) == 1


def test_no_way_is_longer_than_allowed(sample_engine: Engine) -> None:
    assert paths(sample_engine, "liu-weihua", "trusted-data-space", longest=2) == []


def test_an_unknown_end_is_named(sample_engine: Engine) -> None:
    with pytest.raises(NotFound, match="changan-chain"):
        paths(sample_engine, "liu-weihua", "changan-chian")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("cyberspace-administration", "novo-nordisk"),
        ("changan-chain", "autonomous-driving-zone-4"),
        ("embodied-intelligence-data-base", "beijing-tianjin-hebei-data-cooperation"),
        ("big-data-platform", "negative-list"),
        ("beijing", "changan-chain"),
    ],
)
def test_ways_of_the_real_data_are_the_lightest_there_are(
    engine: Engine, knowledge: Knowledge, start: str, end: str
) -> None:
    links = whole(knowledge)
    hubs = {name: hub_weight(len(near)) for name, near in links.items()}
    ways = paths(engine, start, end, ways=5, longest=8)
    assert [tuple(ids(way)) for way in ways] == lightest(links, hubs, start, end, 5, 8)
    for way in ways:
        assert all(before.end == after.start for before, after in pairwise(way.hops))


def test_a_way_through_the_city_stands_behind_one_step_more(engine: Engine) -> None:
    first, *others = paths(engine, "big-data-platform", "negative-list", ways=5)
    assert "beijing" not in ids(first)
    assert any("beijing" in ids(way) and len(way.hops) < len(first.hops) for way in others)


def test_hubs_too_great_to_be_read_are_passed_over(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.query.paths.MOST_NEIGHBOURS", 90)
    ways = paths(engine, "cyberspace-administration", "novo-nordisk")
    assert ways
    assert "beijing" not in {name for way in ways for name in ids(way)}


def test_ways_are_the_same_from_run_to_run(engine: Engine) -> None:
    asked = [paths(engine, "cyberspace-administration", "novo-nordisk", ways=6) for _ in range(2)]
    assert asked[0] == asked[1]


def test_hubs_can_be_avoided_in_the_real_data(engine: Engine) -> None:
    for way in paths(engine, "cyberspace-administration", "novo-nordisk", ways=4, avoid=["beijing"]):
        assert "beijing" not in ids(way)


@pytest.mark.parametrize(
    ("steps", "weakest"),
    [
        ([step(GOOD), step(GOOD)], None),
        ([step(GOOD)], None),
        ([step(GOOD), step((True, True, "one", "2025-03-20"))], 1),
        ([step((False, False, "two", "2025-03-20")), step((True, True, "one", "2025-03-20"))], 1),
        ([step(GOOD), step((False, False, "two", "2025-03-20"), (False, False, "three", "2025-03-20"))], 1),
        ([step(GOOD, (False, True, "two", "2025-03-20")), step(GOOD)], 1),
        ([step(GOOD, (True, True, "two", "2025-03-20")), step(GOOD, (False, True, "two", "2025-03-20"))], 0),
        ([step(GOOD), step((False, True, "old", "2024"))], 1),
        ([step(GOOD), step((False, True, "old", "2024-01")), step((False, True, "old", "2024-01"))], 1),
    ],
    ids=[
        "all alike",
        "one step",
        "planned",
        "planned before unofficial",
        "unofficial before few sources",
        "fewest sources",
        "a plan is no second source",
        "oldest",
        "first of several",
    ],
)
def test_the_weakest_step_is_the_one_that_is_founded_least(steps: list[Hop], weakest: int | None) -> None:
    assert Way(tuple(steps)).weakest == weakest


def test_a_planned_step_is_the_weakest_of_a_way(sample_engine: Engine) -> None:
    (way,) = paths(sample_engine, "liu-weihua", "trusted-data-space")
    assert way.weakest == 2

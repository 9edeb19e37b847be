"""What filters leave, and what their counts promise."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kg.engine.base import Engine
from kg.model.dates import PartialDate
from kg.model.knowledge import Knowledge
from kg.model.text import Text
from kg.query.filters import FACETS, Sieve, SourceFact
from kg.query.overview import Mention, Overview, PictureEntity, PictureRelation, overview
from kg.query.rows import EntityRef
from kg.query.scene import Filters

_SOURCES = {
    "old": SourceFact(official=True, date=PartialDate("2023-05")),
    "new": SourceFact(official=False, date=PartialDate("2025-03-20")),
}


def stage(status: str | None) -> str:
    return status or "achieved"


def entity(id_: str, type_: str = "agency", *said: Mention, themes: tuple[str, ...] = (), status: str | None = None):
    return PictureEntity(EntityRef(id_, type_, Text(en=id_)), themes, False, status, 1, said)


def line(subject: str, object_: str, *said: Mention, planned: bool = False) -> PictureRelation:
    sources = tuple(sorted({one.source for one in said}))
    return PictureRelation(subject, "leads", object_, planned, ("0" * 16,), (), sources, said)


PICTURE = Overview(
    (
        entity("one", "agency", Mention("old"), Mention("new"), themes=("ai", "data")),
        entity("two", "company", Mention("new"), themes=("ai",), status="planned"),
        entity("three", "company", Mention("new", "2022"), status="under-way"),
        entity("silent", "place"),
    ),
    (
        line("one", "two", Mention("new"), planned=True),
        line("one", "three", Mention("new", "2022")),
        line("two", "three", Mention("old"), Mention("new")),
    ),
)


def left(filters: Filters) -> tuple[set[str], set[tuple[str, str]]]:
    found = Sieve(filters, _SOURCES, stage)(PICTURE)
    return {one.id for one in found.entities}, {(one.subject, one.object) for one in found.relations}


def test_without_filters_all_is_left() -> None:
    assert Sieve(Filters(), _SOURCES, stage)(PICTURE) is PICTURE


def test_a_type_that_is_off_is_gone_with_its_lines() -> None:
    assert left(Filters(frozenset({("type", "agency")}))) == ({"two", "three", "silent"}, {("two", "three")})


def test_an_entity_of_two_themes_stays_until_both_are_off() -> None:
    assert "one" in left(Filters(frozenset({("theme", "ai")})))[0]
    assert "one" not in left(Filters(frozenset({("theme", "ai"), ("theme", "data")})))[0]


def test_an_entity_without_a_theme_stays_whichever_is_off() -> None:
    assert "three" in left(Filters(frozenset({("theme", "ai"), ("theme", "data")})))[0]


def test_without_plans_planned_lines_are_gone() -> None:
    assert left(Filters(frozenset({("stage", "planned")}))) == ({"one", "three", "silent"}, {("one", "three")})


def test_only_official_leaves_what_an_official_source_says() -> None:
    assert left(Filters(official=True)) == ({"one"}, set())


def test_two_sources_are_wanted() -> None:
    assert left(Filters(least=2)) == ({"one"}, set())


def test_a_source_that_is_off_says_nothing() -> None:
    assert left(Filters(frozenset({("source", "new")})))[0] == {"one", "silent"}


def test_until_a_date_is_what_was_known_or_in_force() -> None:
    assert left(Filters(until=PartialDate("2022"))) == ({"three"}, set())
    assert left(Filters(until=PartialDate("2024"))) == ({"one", "three"}, {("one", "three")})


@given(
    st.frozensets(
        st.sampled_from(
            [("type", "agency"), ("type", "company"), ("theme", "ai"), ("stage", "planned"), ("source", "old")]
        )
    ),
    st.sampled_from(FACETS),
)
def test_a_count_is_what_the_picture_shows_of_it_alone(off: frozenset[tuple[str, str]], facet: str) -> None:
    sieve = Sieve(Filters(off), _SOURCES, stage)
    counts = sieve.counts(PICTURE.entities, facet)
    values = {value for one in PICTURE.entities for value in sieve.values(one)[facet]}
    for value in values:
        others = {(facet, other) for other in values - {value}}
        rest = {pair for pair in off if pair[0] != facet}
        alone = Sieve(Filters(frozenset(rest | others)), _SOURCES, stage)
        shown = [one for one in PICTURE.entities if alone.passes(one) and value in alone.values(one)[facet]]
        assert counts[value] == len(shown)


def test_each_later_date_shows_no_less_of_the_real_data(engine: Engine, knowledge: Knowledge) -> None:
    found = overview(engine)
    sources = {one.id: SourceFact(one.official, one.date) for one in knowledge.sources.values()}
    dates = [PartialDate(text) for text in ("2023", "2024", "2025-03-19", "2025-03-20")]
    counts = [len(Sieve(Filters(until=date), sources, stage)(found).entities) for date in dates]
    assert all(before <= after for before, after in pairwise(counts))
    assert counts[-1] == len(found.entities)
    assert counts[0] < counts[-1]

"""What no source says of an entity is said to be missing, where it matters for its type and only there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.engine.base import Engine
from kg.model.dates import PartialDate
from kg.model.knowledge import Knowledge
from kg.model.text import Names, Text
from kg.query.card import entity_card
from kg.query.rows import Card, EntityRef, EvidenceRow, FigureRow, RelationRow, SourceRef, StatusRow
from kg.view.gaps import Gap, gaps
from kg.view.terms import Terms

SOURCE = SourceRef("s", Text(en="S"), Text(en="P"), True, "report", "en", PartialDate.read("2030-05"), "https://e.org")
EVIDENCE = EvidenceRow("words", SOURCE)
PLACE = EntityRef("somewhere", "place", Text(zh="某地", en="Somewhere"))
BODY = EntityRef("somebody", "agency", Text(zh="某局", en="Somebody"))


@pytest.fixture(scope="module")
def terms(knowledge: Knowledge) -> Terms:
    return Terms(knowledge.vocabulary)


def a_card(type_id: str, **said: object) -> Card:
    entity = EntityRef("it", type_id, Text(zh="它", en="It"))
    empty = Card(entity, Names(), Names(), None, (), False, (), None, (), (), (), (), (SOURCE,))
    return replace(empty, **said)  # type: ignore[arg-type]


def relation(name: str, other: EntityRef, *, outgoing: bool, planned: bool = False) -> RelationRow:
    return RelationRow("0" * 16, name, planned, outgoing, other, None, None, None, EVIDENCE)


def kinds(card: Card, terms: Terms) -> list[str]:
    return [gap.kind for gap in gaps(card, terms, "en")]


def status() -> StatusRow:
    return StatusRow("0" * 16, PLACE, "operating", PartialDate.read("2030"), None, EVIDENCE)


@pytest.mark.parametrize(
    ("type_id", "missing"),
    [
        ("programme", ["status", "body", "place", "figure"]),
        ("platform", ["status", "body", "place", "figure"]),
        ("zone", ["status", "body", "place", "figure"]),
        ("policy", ["status", "body", "figure"]),
        ("event", ["status", "body", "place"]),
        ("person", []),
        ("place", []),
        ("agency", []),
        ("company", []),
        ("sector", []),
    ],
)
def test_a_type_lacks_only_what_such_a_thing_can_have(terms: Terms, type_id: str, missing: list[str]) -> None:
    assert kinds(a_card(type_id), terms) == [*missing, "one_source"]


@pytest.mark.parametrize(
    ("type_id", "lang", "verbs"),
    [
        ("policy", "en", ("issues", "carries out")),
        ("policy", "zh", ("发布", "实施")),
        ("platform", "en", ("builds",)),
        ("event", "en", ("holds",)),
    ],
)
def test_who_answers_for_it_is_asked_in_the_words_of_the_vocabulary(
    terms: Terms, type_id: str, lang: str, verbs: tuple[str, ...]
) -> None:
    found = gaps(a_card(type_id), terms, "zh" if lang == "zh" else "en")
    assert Gap("body", verbs=verbs) in found


@pytest.mark.parametrize("planned", [False, True])
def test_who_builds_it_or_is_to_build_it_is_known(terms: Terms, planned: bool) -> None:
    card = a_card("platform", relations=(relation("builds", BODY, outgoing=False, planned=planned),))
    assert "body" not in kinds(card, terms)


def test_what_it_builds_itself_does_not_say_who_builds_it(terms: Terms) -> None:
    card = a_card("platform", relations=(relation("builds", BODY, outgoing=True),))
    assert "body" in kinds(card, terms)


def test_who_only_uses_it_does_not_answer_for_it(terms: Terms) -> None:
    card = a_card("platform", relations=(relation("uses", BODY, outgoing=False),))
    assert "body" in kinds(card, terms)


@pytest.mark.parametrize("name", ["located-in", "pilots-in", "part-of"])
def test_a_place_that_it_is_in_is_known(terms: Terms, name: str) -> None:
    assert "place" not in kinds(a_card("programme", relations=(relation(name, PLACE, outgoing=True),)), terms)


def test_a_place_that_it_supports_is_not_where_it_is(terms: Terms) -> None:
    assert "place" in kinds(a_card("programme", relations=(relation("supports", PLACE, outgoing=True),)), terms)


def test_a_part_of_something_that_is_no_place_has_no_place(terms: Terms) -> None:
    assert "place" in kinds(a_card("programme", relations=(relation("part-of", BODY, outgoing=True),)), terms)


def test_a_status_and_a_figure_are_no_longer_missing(terms: Terms, engine: Engine) -> None:
    figure = FigureRow("0" * 16, PLACE, "m", 1, "u", "exact", PartialDate.read("2030"), "achieved", EVIDENCE)  # type: ignore[arg-type]
    found = kinds(a_card("policy", statuses=(status(),), figures=(figure,)), terms)
    assert found == ["body", "one_source"]


@pytest.mark.parametrize(("name", "kind"), [(Text(zh="它"), "name_en"), (Text(en="It"), "name_zh")])
def test_a_name_in_one_language_lacks_the_other(terms: Terms, name: Text, kind: str) -> None:
    assert kind in kinds(a_card("person", entity=EntityRef("it", "person", name)), terms)


def test_with_several_sources_the_latest_date_is_told(terms: Terms) -> None:
    older = replace(SOURCE, id="older", date=PartialDate.read("2029"))
    assert gaps(a_card("person", sources=(older, SOURCE)), terms, "en") == (Gap("last_said", date="2030-05"),)


def test_of_what_no_source_speaks_of_nothing_is_listed(terms: Terms) -> None:
    assert gaps(a_card("programme", sources=()), terms, "en") == ()


def test_of_a_card_that_is_cut_nothing_is_said_to_be_missing(terms: Terms) -> None:
    assert gaps(a_card("programme", cut=True), terms, "en") == ()


def test_a_relation_to_anything_counts_in_another_vocabulary(sample: Knowledge, sample_engine: Engine) -> None:
    terms = Terms(sample.vocabulary)
    assert Gap("body", verbs=("leads",)) not in gaps(entity_card(sample_engine, "changan-chain"), terms, "en")
    unled = replace(entity_card(sample_engine, "changan-chain"), relations=())
    assert Gap("body", verbs=("leads",)) in gaps(unled, terms, "en")

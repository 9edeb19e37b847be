"""Entities side by side: rows in order, what is the same, what is shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from kg.engine.base import Engine
from kg.model.dates import PartialDate
from kg.model.knowledge import Knowledge
from kg.model.text import Text
from kg.query.card import entity_card
from kg.query.rows import Card, RelationRow
from kg.view.cards import Badge, FigureView, Reader, RelationLine
from kg.view.compare import Comparison, Row, Since, compare
from kg.view.terms import Terms

CHAIN, SPACE, OFFICE = "changan-chain", "trusted-data-space", "science-commission"


@pytest.fixture(scope="module")
def reader(sample: Knowledge) -> Reader:
    return Reader(Terms(sample.vocabulary), "en")


@pytest.fixture(scope="module")
def cards(sample_engine: Engine) -> dict[str, Card]:
    return {one: entity_card(sample_engine, one) for one in (CHAIN, SPACE, OFFICE, "isolated-technology")}


def row(found: Comparison, kind: str, label: str = "") -> Row:
    (one,) = [one for one in found.rows if one.kind == kind and one.label == label]
    return one


def said_in(one: Row) -> list[list[str]]:
    """What each cell says, as plain words."""
    return [[_plain(item.content) for item in cell] for cell in one.cells]


def _plain(content: object) -> str:
    if isinstance(content, FigureView):
        return f"{content.amount.text}, {content.aim}, {content.as_of}"
    if isinstance(content, RelationLine):
        return content.other.id
    if isinstance(content, Badge):
        return f"{content.name}, {content.as_of}"
    if isinstance(content, Since):
        return content.date
    return str(getattr(content, "words", getattr(content, "id", "")))


def test_the_rows_stand_in_one_order(cards: dict[str, Card], reader: Reader) -> None:
    found = compare([cards[CHAIN], cards[SPACE]], reader)
    assert [(one.kind, one.label) for one in found.rows] == [
        ("type", ""),
        ("themes", ""),
        ("status", ""),
        ("since", ""),
        ("description", ""),
        ("figure", "Records shared"),
        ("figure", "Time saved"),
        ("relation", "led by"),
        ("relation", "is to build on"),
        ("relation", "is to underlie"),
        ("sources", ""),
    ]


def test_a_row_says_whether_all_cells_say_the_same(cards: dict[str, Card], reader: Reader) -> None:
    found = compare([cards[CHAIN], cards[SPACE]], reader)
    assert {one.kind: one.same for one in found.rows if one.kind in ("type", "themes", "description", "sources")} == {
        "type": True,
        "themes": True,
        "description": False,
        "sources": True,
    }


def test_a_row_of_which_one_entity_has_nothing_differs(cards: dict[str, Card], reader: Reader) -> None:
    status = row(compare([cards[CHAIN], cards[SPACE]], reader), "status")
    assert (said_in(status), status.same, status.filled) == ([["operating, 2025-01"], []], False, 1)


def test_what_nobody_says_of_any_has_no_row(cards: dict[str, Card], reader: Reader) -> None:
    found = compare([cards[SPACE], cards["isolated-technology"]], reader)
    assert not [one for one in found.rows if one.kind in ("status", "since", "figure")]


def test_only_the_newest_figure_of_a_metric_stands_there(cards: dict[str, Card], reader: Reader) -> None:
    figure = row(compare([cards[CHAIN], cards[SPACE]], reader), "figure", "Records shared")
    assert said_in(figure) == [["over 2.4 trillion records, achieved, 2025-01-05"], []]


def test_what_was_reached_stands_before_what_is_aimed_at(cards: dict[str, Card], reader: Reader) -> None:
    (saved,) = [one for one in cards[CHAIN].figures if one.metric == "time-saved"]
    reached = replace(saved, aim="achieved", value=Decimal(30), qualifier="exact", as_of=PartialDate.read("2024"))
    both = replace(cards[CHAIN], figures=(saved, reached))
    figure = row(compare([both, cards[SPACE]], reader), "figure", "Time saved")
    assert [words.split(", ")[1:] for words in said_in(figure)[0]] == [["achieved", "2024"], ["target", "2025"]]


def test_sources_that_disagree_on_one_date_are_both_shown(cards: dict[str, Card], reader: Reader) -> None:
    (shared,) = [one for one in cards[CHAIN].figures if one.metric == "records-shared"][:1]
    other = replace(shared, value=shared.value * 2, statement="f" * 16)
    both = replace(cards[CHAIN], figures=(shared, other))
    assert len(row(compare([both, cards[SPACE]], reader), "figure", "Records shared").cells[0]) == 2


def test_the_evidence_does_not_make_a_difference(cards: dict[str, Card], reader: Reader) -> None:
    chain = cards[CHAIN]
    proof = replace(chain.statuses[0].evidence, phrase="又一句")
    twin = replace(chain, statuses=(replace(chain.statuses[0], evidence=proof, statement="e" * 16),))
    assert all(one.same for one in compare([chain, twin], reader).rows)


def joined(card: Card, *others: RelationRow) -> Card:
    return replace(card, relations=others)


def shared_of(cards: Sequence[Card], reader: Reader) -> list[tuple[str, int]]:
    return [(one.id, count) for one, count in compare(cards, reader).shared]


def test_an_entity_is_shared_whichever_relations_lead_to_it(cards: dict[str, Card], reader: Reader) -> None:
    chain, space = cards[CHAIN], cards[SPACE]
    (led,) = [one for one in chain.relations if one.relation == "leads"]
    found = compare([joined(chain, led), joined(space, replace(led, relation="builds-on", outgoing=True))], reader)
    assert [(one.id, count) for one, count in found.shared] == [(OFFICE, 2)]
    marks = [item.shared for one in found.rows if one.kind == "relation" for cell in one.cells for item in cell]
    assert marks == [2, 2]


def test_what_most_share_comes_first(cards: dict[str, Card], reader: Reader) -> None:
    one = cards[CHAIN].relations[0]
    far = replace(one, other=replace(one.other, id="far", name=Text(en="Far")))
    three = [joined(cards[CHAIN], far, one), joined(cards[SPACE], far, one), joined(cards[OFFICE], one)]
    assert shared_of(three, reader) == [(one.other.id, 3), ("far", 2)]


def test_nothing_is_shared_by_one_alone(cards: dict[str, Card], reader: Reader) -> None:
    assert shared_of([cards[CHAIN], cards["isolated-technology"]], reader) == []

"""What stands around an entity: counts before, pages after."""

from __future__ import annotations

from typing import Any

from kg.engine.base import Engine
from kg.model.knowledge import Knowledge
from kg.query.neighbours import NeighbourCount, neighbour_counts, neighbours


def test_neighbours_are_counted_by_relation_direction_and_plan(sample_engine: Engine) -> None:
    assert neighbour_counts(sample_engine, "changan-chain") == (
        NeighbourCount("builds-on", outgoing=False, planned=True, count=1),
        NeighbourCount("leads", outgoing=False, planned=False, count=1),
    )


def test_an_unknown_entity_has_no_neighbours(sample_engine: Engine) -> None:
    assert neighbour_counts(sample_engine, "nobody") == ()
    assert neighbours(sample_engine, "nobody") == ()


def test_all_neighbours_come_with_their_relations(sample_engine: Engine) -> None:
    rows = neighbours(sample_engine, "changan-chain")
    assert [(row.relation, row.other.id, row.planned) for row in rows] == [
        ("builds-on", "trusted-data-space", True),
        ("leads", "science-commission", False),
    ]


def test_a_relation_is_asked_for_planned_or_not(sample_engine: Engine) -> None:
    (row,) = neighbours(sample_engine, "changan-chain", "builds-on")
    assert (row.other.id, row.planned, row.outgoing) == ("trusted-data-space", True, False)


def test_a_direction_narrows(sample_engine: Engine) -> None:
    assert neighbours(sample_engine, "changan-chain", outgoing=True) == ()
    assert [row.other.id for row in neighbours(sample_engine, "science-commission", outgoing=True)] == ["changan-chain"]


def test_pages_begin_with_those_that_most_is_said_of(sample_engine: Engine) -> None:
    pages = [neighbours(sample_engine, "science-commission", limit=1, offset=offset) for offset in range(3)]
    assert [[row.other.id for row in page] for page in pages] == [["changan-chain"], ["liu-weihua"], []]


def test_a_page_takes_three_round_trips(counted: Any) -> None:
    neighbours(counted, "changan-chain")
    assert counted.asked == 3


def test_counts_and_pages_agree_on_the_real_data(engine: Engine, knowledge: Knowledge) -> None:
    for entity in knowledge.entities:
        for count in neighbour_counts(engine, entity)[:2]:
            rows = neighbours(engine, entity, count.relation, count.outgoing, limit=1000)
            assert len({row.other.id for row in rows if row.planned == count.planned}) == count.count

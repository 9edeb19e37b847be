"""Ways between two entities: the shortest, in either direction, with evidence."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import pytest

from kg.engine.base import Engine
from kg.errors import NotFound
from kg.model.knowledge import Knowledge
from kg.model.statement import Relation
from kg.query.paths import Way, paths


def ids(way: Way) -> list[str]:
    return [entity.id for entity in way.entities]


def whole(knowledge: Knowledge) -> nx.Graph[str]:
    """Everything at once: what the search must agree with although it never reads it all."""
    graph: nx.Graph[str] = nx.Graph()
    for _, one in knowledge.statements():
        if isinstance(one, Relation):
            graph.add_edge(one.subject, one.object)
    return graph


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
    ],
)
def test_ways_of_the_real_data_are_the_shortest_there_are(
    engine: Engine, knowledge: Knowledge, start: str, end: str
) -> None:
    shortest = nx.shortest_path_length(whole(knowledge), start, end)
    ways = paths(engine, start, end, ways=5, longest=8)
    assert len(ways[0].hops) == shortest
    assert len({tuple(ids(way)) for way in ways}) == len(ways) == 5
    assert [len(way.hops) for way in ways] == sorted(len(way.hops) for way in ways)
    for way in ways:
        assert len(set(ids(way))) == len(way.hops) + 1
        assert all(before.end == after.start for before, after in pairwise(way.hops))


def test_ways_are_the_same_from_run_to_run(engine: Engine) -> None:
    asked = [paths(engine, "cyberspace-administration", "novo-nordisk", ways=6) for _ in range(2)]
    assert asked[0] == asked[1]


def test_hubs_can_be_avoided_in_the_real_data(engine: Engine) -> None:
    for way in paths(engine, "cyberspace-administration", "novo-nordisk", ways=4, avoid=["beijing"]):
        assert "beijing" not in ids(way)

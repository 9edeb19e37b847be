"""How two entities are connected: the shortest ways between them, each step with its evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise, takewhile

import networkx as nx

from kg.engine.base import Engine
from kg.errors import NotFound
from kg.graph.names import PLANNED
from kg.query.ask import ask
from kg.query.describe import blocks
from kg.query.refs import read_entities
from kg.query.rows import EntityRef, RelationRow
from kg.query.search import suggestions
from kg.query.statements import Statements, read_statements
from kg.query.terms import entities, entity, id_of

__all__ = ["Hop", "Way", "paths"]

#: The most entities that a search collects before it makes do with them.
MOST_ENTITIES = 20_000

# VALUES stands in each branch: a store that joins it to the whole UNION would read every statement first.
_AROUND = """
SELECT DISTINCT ?near ?predicate ?far WHERE {
  {
    VALUES ?near { $frontier }
    ?statement rdf:subject ?near ; rdf:predicate ?predicate ; rdf:object ?far .
  } UNION {
    VALUES ?near { $frontier }
    ?statement rdf:object ?near ; rdf:predicate ?predicate ; rdf:subject ?far .
  }
}
ORDER BY ?near ?far ?predicate
"""

_BETWEEN = "VALUES (?one ?other) { $pairs } ?statement rdf:subject ?one ; rdf:object ?other"

# A step that is only planned weighs a little more: of two ways of one length, the one that holds comes first.
_STEP, _PLANNED_STEP = 1000, 1001


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a way: every relation between two entities, the strongest first, all seen from ``start``."""

    start: EntityRef
    rows: tuple[RelationRow, ...]

    @property
    def row(self) -> RelationRow:
        """The strongest: what holds before what is planned, an official source before another, then the newest."""
        return self.rows[0]

    @property
    def end(self) -> EntityRef:
        """Where the step leads."""
        return self.rows[0].other

    @property
    def planned(self) -> bool:
        """Whether nothing joins the two yet but what is planned."""
        return self.rows[0].planned


@dataclass(frozen=True, slots=True)
class Way:
    """A way between two entities."""

    hops: tuple[Hop, ...]

    @property
    def entities(self) -> tuple[EntityRef, ...]:
        """All entities on the way, both ends too."""
        return (self.hops[0].start, *(hop.end for hop in self.hops))

    @property
    def planned(self) -> bool:
        """Whether some step of it is only planned."""
        return any(hop.planned for hop in self.hops)


def paths(
    engine: Engine, start: str, end: str, ways: int = 3, longest: int = 6, avoid: Collection[str] = ()
) -> list[Way]:
    """The ``ways`` shortest ways from ``start`` to ``end`` (ids), along relations in either direction; empty if none.

    No way has more than ``longest`` steps, visits an entity twice, or passes one of ``avoid``. The search goes out
    from both ends at once and stops as soon as no shorter way can be missing: about one round trip for each step of
    the way, and two for the evidence. Raises :class:`NotFound` for an id that the graph does not know.
    """
    known = read_entities(engine, [start, end])
    for wanted in (start, end):
        if wanted not in known:
            raise NotFound("entity", wanted, suggestions(engine, wanted))
    if start == end or ways < 1:
        return []
    collected = _collect(engine, start, end, ways, longest, set(avoid) - {start, end})
    routes = _routes(collected, start, end, ways, longest)
    return _with_evidence(engine, routes, known[start]) if routes else []


@dataclass
class _Side:
    """The search from one end: what it has seen, and from where it goes on."""

    frontier: list[str]
    seen: set[str] = field(default_factory=set)
    radius: int = 0


def _collect(engine: Engine, start: str, end: str, ways: int, longest: int, avoid: set[str]) -> nx.Graph[str]:
    """A part of the graph that holds the shortest ways: every way of up to the two radii together is whole in it."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from((start, end))
    sides = (_Side([start], {start}), _Side([end], {end}))
    while len(graph) < MOST_ENTITIES and all(side.frontier for side in sides):
        reach = sides[0].radius + sides[1].radius
        if reach >= longest or (reach and len(_routes(graph, start, end, ways, reach)) == ways):
            break
        side = min(sides, key=lambda one: len(one.frontier))
        _expand(engine, graph, side, avoid)
    return graph


def _expand(engine: Engine, graph: nx.Graph[str], side: _Side, avoid: set[str]) -> None:
    """One step further out."""
    reached: dict[str, None] = {}
    for near, far, planned in _around(engine, side.frontier):
        if near != far and near not in avoid and far not in avoid:
            weight = _PLANNED_STEP if planned else _STEP
            if graph.has_edge(near, far):
                weight = min(weight, graph.edges[near, far]["weight"])
            graph.add_edge(near, far, weight=weight)
            reached[far] = None
    side.frontier = [entity_id for entity_id in reached if entity_id not in side.seen]
    side.seen.update(side.frontier)
    side.radius += 1


def _around(engine: Engine, frontier: Sequence[str]) -> Iterable[tuple[str, str, bool]]:
    for block in blocks(frontier):
        for row in ask(engine, _AROUND, frontier=entities(block)).records():
            yield id_of(row["near"].value), id_of(row["far"].value), row["predicate"].value.startswith(PLANNED)


def _routes(graph: nx.Graph[str], start: str, end: str, ways: int, longest: int) -> list[list[str]]:
    """The shortest ways of at most ``longest`` steps within what was collected."""
    if not nx.has_path(graph, start, end):
        return []
    found = nx.shortest_simple_paths(graph, start, end, weight="weight")
    return list(islice(takewhile(lambda route: len(route) <= longest + 1, found), ways))


def _with_evidence(engine: Engine, routes: list[list[str]], start: EntityRef) -> list[Way]:
    pairs = sorted({pair for route in routes for pair in pairwise(route)})
    both = sorted({*pairs, *((there, here) for here, there in pairs)})
    asked = tuple((entity(here), entity(there)) for here, there in both)
    statements = read_statements(engine, _BETWEEN, limit=100 * len(both), pairs=asked)
    refs = {start.id: start, **statements.refs.entities}
    hops = {(here, there): Hop(refs[here], _between(statements, here, there)) for here, there in pairs}
    return [Way(tuple(hops[pair] for pair in pairwise(route))) for route in routes]


def _between(statements: Statements, here: str, there: str) -> tuple[RelationRow, ...]:
    rows = [row for row in statements.relations(here) if row.other.id == there]
    rows.sort(key=lambda row: row.evidence.source.date.last, reverse=True)
    return tuple(sorted(rows, key=lambda row: (row.planned, not row.evidence.source.official)))

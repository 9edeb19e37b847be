"""How two entities are connected: the ways between them that say most, each step with its evidence."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from kg.engine.base import Engine
from kg.errors import NotFound
from kg.graph.names import PLANNED
from kg.query.ask import ask
from kg.query.between import read_between
from kg.query.describe import blocks
from kg.query.kept.hubs import nearest
from kg.query.kept.shelf import has_index
from kg.query.kept.weights import Hub, hubs
from kg.query.refs import read_entities
from kg.query.routes import PLANNED_STEP, STEP, hub_weight, lightest
from kg.query.rows import EntityRef, RelationRow
from kg.query.search import suggestions
from kg.query.statements import Statements
from kg.query.terms import entities, id_of

__all__ = ["LONGEST", "Hop", "Way", "paths"]

#: No way has more steps unless one asks for longer ones: beyond, everything is connected with everything.
LONGEST = 6

#: The most neighbours that a search reads before it makes do with them: the greatest hubs are passed over first.
MOST_NEIGHBOURS = 40_000
#: So many where the store keeps what is known of hubs, and of these so many each: those of which most is said.
_MOST_IN_GREAT, _MOST_OF_HUB = 1_000, 100
#: About so many neighbours has what is no hub.
_OF_OTHERS = 8

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

_DEGREES = """
SELECT ?near (COUNT(DISTINCT ?far) AS ?degree) WHERE {
  {
    VALUES ?near { $frontier }
    ?statement rdf:subject ?near ; rdf:object ?far .
  } UNION {
    VALUES ?near { $frontier }
    ?statement rdf:object ?near ; rdf:subject ?far .
  }
}
GROUP BY ?near
"""


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

    @property
    def strength(self) -> tuple[bool, bool, int, datetime.date]:
        """How well the step is founded, to compare: it holds, officially, by so many sources, the newest of that day.

        What is planned does not strengthen what holds.
        """
        sources = {row.evidence.source.id: row.evidence.source for row in self.rows if row.planned == self.planned}
        newest = max(source.date.last for source in sources.values())
        return not self.planned, any(source.official for source in sources.values()), len(sources), newest


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

    @property
    def weakest(self) -> int | None:
        """The place of the step that is founded least, the first of several; None where all are founded equally."""
        strengths = [hop.strength for hop in self.hops]
        return strengths.index(min(strengths)) if len(set(strengths)) > 1 else None


def paths(
    engine: Engine, start: str, end: str, ways: int = 3, longest: int = LONGEST, avoid: Collection[str] = ()
) -> list[Way]:
    """The ``ways`` ways from ``start`` to ``end`` (ids) that say most, along relations in either direction.

    Those are the lightest, where a step weighs more that enters a hub or is only planned (:mod:`kg.query.routes` has
    the formula). Empty if there is none. No way has more than ``longest`` steps, visits an entity twice, or passes one
    of ``avoid``. The search goes out from both ends at once and stops one step after they met, where that gives enough
    ways: two round trips for each step, and two for the evidence. It reads at most :data:`MOST_NEIGHBOURS` neighbours,
    so that in a great graph a way through several of the greatest hubs can be missed. Where the store keeps what is
    known of hubs, far fewer are read, and of a hub those of which most is said: a way from one to another over an
    entity that hardly anything is said of is found from that entity only.

    Raises :class:`NotFound` for an id that the graph does not know.
    """
    known = read_entities(engine, [start, end])
    for wanted in (start, end):
        if wanted not in known:
            raise NotFound("entity", wanted, suggestions(engine, wanted))
    if start == end or ways < 1:
        return []
    one, other = sorted((start, end))  # so that the ways back are the same
    most = _MOST_IN_GREAT if has_index(engine) else MOST_NEIGHBOURS
    search = _Search(engine, set(avoid) - {start, end}, ways, longest, most)
    routes = search.routes(one, other)
    if start != one:
        routes = [route[::-1] for route in routes]
    return _with_evidence(engine, routes, known[start]) if routes else []


@dataclass
class _Side:
    """The search from one end: what it has seen, and from where it goes on."""

    frontier: list[str]
    seen: set[str]


@dataclass
class _Search:
    """A part of the graph, read from both ends until it holds the ways that are wanted."""

    engine: Engine
    avoid: set[str]
    ways: int
    longest: int
    left: int
    links: dict[str, dict[str, int]] = field(default_factory=dict)
    degrees: dict[str, int] = field(default_factory=dict)
    others: dict[str, list[tuple[str, bool]]] = field(default_factory=dict)

    def routes(self, start: str, end: str) -> list[tuple[str, ...]]:
        """The lightest ways, as ids.

        After so many expansions every way of so many steps has been read whole, but for hubs too great to be read.
        """
        sides = (_Side([start], {start}), _Side([end], {end}))
        if self._hubs:  # whichever is first, the other's turn comes
            self._read_others([start, end])
        met = reach = 0
        while reach < self.longest and all(side.frontier for side in sides) and self._expand_one(sides):
            reach += 1
            if not met and not sides[0].seen.isdisjoint(sides[1].seen):
                met = reach
            elif met and len(found := self._lightest(start, end, reach)) == self.ways:
                return found
        return self._lightest(start, end, self.longest)

    def _lightest(self, start: str, end: str, reach: int) -> list[tuple[str, ...]]:
        # What is joined to a single other one is on no way but at an end of it.
        self._weigh([one for one, steps in self.links.items() if len(steps) > 1])
        weights = {entity_id: hub_weight(degree) for entity_id, degree in self.degrees.items()}
        return lightest(self.links, weights, start, end, self.ways, reach)

    def _expand_one(self, sides: Collection[_Side]) -> bool:
        """One step further out on the side that costs less; False where neither can be paid for."""
        if not self._hubs:
            self._weigh([one for side in sides for one in side.frontier])
        for side in sorted(sides, key=self._cost):
            affordable = self._affordable(side.frontier)
            if affordable:
                self._expand(side, affordable)
                return True
        return False

    def _cost(self, side: _Side) -> int:
        return sum(map(self._price, side.frontier))

    def _price(self, entity_id: str) -> int:
        """How many neighbours are read of one, about: where hubs are known all others have few."""
        if not self._hubs:
            return self.degrees.get(entity_id, 0)
        hub = self._hubs.get(entity_id)
        return _OF_OTHERS if hub is None else min(hub.degree, _MOST_OF_HUB)

    @cached_property
    def _hubs(self) -> Mapping[str, Hub]:
        return hubs(self.engine)

    def _affordable(self, frontier: Sequence[str]) -> list[str]:
        """Those whose neighbours can still be read, the smallest first."""
        found = []
        for entity_id in sorted(frontier, key=lambda one: (self._price(one), one)):
            price = self._price(entity_id)
            if price > self.left:
                break
            self.left -= price
            found.append(entity_id)
        return found

    def _expand(self, side: _Side, frontier: Sequence[str]) -> None:
        reached: dict[str, None] = {}
        for here, there, planned in (*self._of_hubs(frontier), *self._of_others(frontier)):
            if here != there and not self.avoid & {here, there}:
                self._join(here, there, PLANNED_STEP if planned else STEP)
                reached[there] = None
        side.frontier = [entity_id for entity_id in reached if entity_id not in side.seen]
        side.seen.update(side.frontier)

    def _of_hubs(self, frontier: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
        """The best known neighbours of the hubs, as the store keeps them, and whether nothing but plans joins them."""
        known = nearest(self.engine, [one for one in frontier if one in self._hubs])
        for here, neighbours in known.items():
            yield from ((here, there, planned) for there, _, planned in neighbours[:_MOST_OF_HUB])

    def _of_others(self, frontier: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
        """All neighbours of those that are no hubs, one for each relation, and whether it is planned."""
        self._read_others(frontier)
        for here in frontier:
            yield from ((here, there, planned) for there, planned in self.others.get(here, ()))

    def _read_others(self, some: Sequence[str]) -> None:
        wanted = [one for one in some if one not in self._hubs and one not in self.others]
        self.others |= {one: [] for one in wanted}
        for block in blocks(wanted):
            for row in ask(self.engine, _AROUND, frontier=entities(block)).records():
                planned = row["predicate"].value.startswith(PLANNED)
                self.others[id_of(row["near"].value)].append((id_of(row["far"].value), planned))

    def _join(self, one: str, other: str, weight: int) -> None:
        """Two entities are as near as the lightest relation between them."""
        for here, there in ((one, other), (other, one)):
            steps = self.links.setdefault(here, {})
            steps[there] = min(weight, steps.get(there, weight))

    def _weigh(self, some: Sequence[str]) -> None:
        """Ask how many others those are joined to that the search has come to, and look it up of hubs."""
        self.degrees |= {one: self._hubs[one].degree for one in some if one in self._hubs}
        for block in blocks([entity_id for entity_id in dict.fromkeys(some) if entity_id not in self.degrees]):
            self.degrees |= dict.fromkeys(block, 0)
            for row in ask(self.engine, _DEGREES, frontier=entities(block)).records():
                self.degrees[id_of(row["near"].value)] = int(row["degree"].value)


def _with_evidence(engine: Engine, routes: Sequence[Sequence[str]], start: EntityRef) -> list[Way]:
    pairs = sorted({pair for route in routes for pair in pairwise(route)})
    statements = read_between(engine, pairs)
    refs = {start.id: start, **statements.refs.entities}
    hops = {(here, there): Hop(refs[here], _between(statements, here, there)) for here, there in pairs}
    return [Way(tuple(hops[pair] for pair in pairwise(route))) for route in routes]


def _between(statements: Statements, here: str, there: str) -> tuple[RelationRow, ...]:
    rows = [row for row in statements.relations(here) if row.other.id == there]
    rows.sort(key=lambda row: row.evidence.source.date.last, reverse=True)
    return tuple(sorted(rows, key=lambda row: (row.planned, not row.evidence.source.official)))

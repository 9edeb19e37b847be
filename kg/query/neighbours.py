"""What stands around one entity: how many neighbours by which relation, then they themselves, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass

from kg.engine.base import Engine
from kg.graph.names import PLANNED, property_iri, relation_id
from kg.query.ask import ask
from kg.query.bind import Value
from kg.query.kept.hubs import hub_card, near
from kg.query.kept.shelf import has_index
from kg.query.kept.weights import weights
from kg.query.rows import RelationRow
from kg.query.statements import read_statements
from kg.query.terms import entities, entity, id_of, iri, is_true, number

__all__ = ["NeighbourCount", "neighbour_counts", "neighbour_ids", "neighbours"]

_COUNTS = """
SELECT ?predicate ?outgoing (COUNT(DISTINCT ?other) AS ?count) WHERE {
  {
    ?statement rdf:subject $entity ; rdf:predicate ?predicate ; rdf:object ?other .
    BIND (true AS ?outgoing)
  } UNION {
    ?statement rdf:object $entity ; rdf:predicate ?predicate ; rdf:subject ?other .
    BIND (false AS ?outgoing)
  }
}
GROUP BY ?predicate ?outgoing
"""

_OUT = "{ %s ?statement rdf:subject $entity ; rdf:predicate ?predicate ; rdf:object ?other }"
_IN = "{ %s ?statement rdf:object $entity ; rdf:predicate ?predicate ; rdf:subject ?other }"

# One page of neighbours, those that most is said of first.
_PAGE = """
SELECT ?other (COUNT(?about) AS ?weight) WHERE {
  { SELECT DISTINCT ?other WHERE { %s } }
  ?about rdf:subject|rdf:object|bde:subject ?other .
}
GROUP BY ?other
ORDER BY DESC(?weight) ?other
LIMIT $limit OFFSET $offset
"""


@dataclass(frozen=True, slots=True)
class NeighbourCount:
    """How many other entities an entity is joined to by one relation, in one direction, planned or not."""

    relation: str
    outgoing: bool
    planned: bool
    count: int


def neighbour_counts(engine: Engine, entity_id: str) -> tuple[NeighbourCount, ...]:
    """The neighbours of an entity by relation and direction, the most first; one round trip."""
    card = hub_card(engine, entity_id)
    if card is not None:
        counts = [_count(predicate, role == "out", count) for (role, predicate), count in card.others.items()]
    else:
        counts = [
            _count(row["predicate"].value, is_true(row["outgoing"]), int(row["count"].value))
            for row in ask(engine, _COUNTS, entity=entity(entity_id)).records()
        ]
    return tuple(sorted(counts, key=lambda one: (-one.count, one.relation, not one.outgoing, one.planned)))


def _count(predicate: str, outgoing: bool, count: int) -> NeighbourCount:
    return NeighbourCount(relation_id(predicate) or predicate, outgoing, predicate.startswith(PLANNED), count)


def neighbours(
    engine: Engine,
    entity_id: str,
    relation: str | None = None,
    outgoing: bool | None = None,
    limit: int = 50,
    offset: int = 0,
) -> tuple[RelationRow, ...]:
    """The relations that join an entity to a page of its neighbours: ``limit`` neighbours after the first ``offset``.

    The page begins with the neighbours that most statements speak of. ``relation`` (planned or not) and ``outgoing``
    narrow it; None means any. Three round trips.
    """
    others = entities(neighbour_ids(engine, entity_id, relation, outgoing, limit, offset))
    if not others:
        return ()
    blocks, asked = _narrowed(entity_id, relation)
    pattern = _joined(f"VALUES ?other {{ $others }} {blocks}", outgoing)
    return read_statements(engine, pattern, 20 * len(others) + 200, others=others, **asked).relations(entity_id)


def neighbour_ids(
    engine: Engine,
    entity_id: str,
    relation: str | None = None,
    outgoing: bool | None = None,
    limit: int = 50,
    offset: int = 0,
    planned: bool | None = None,
) -> tuple[str, ...]:
    """The ids of the same page of neighbours, those that most statements speak of first; one round trip, or two.

    With ``relation``, ``planned`` narrows it to what is planned or to what holds.
    """
    predicates = _predicates(relation, planned)
    known = near(engine, entity_id, predicates, outgoing)
    if known is not None and known.has(limit + offset):
        return tuple(one for one, _, _ in known.neighbours[offset : offset + limit])
    blocks, asked = _narrowed(entity_id, relation, planned)
    if known is None and has_index(engine):
        # It has few neighbours: who they are is asked first, so that no store counts what is said of a hub.
        records = ask(engine, f"SELECT DISTINCT ?other WHERE {{ {_joined(blocks, outgoing)} }}", **asked).records()
        weighed = weights(engine, (id_of(row["other"].value) for row in records))
        order = sorted(weighed, key=lambda one: (-weighed[one], one))
        return tuple(order[offset : offset + limit])
    question = _PAGE % _joined(blocks, outgoing)
    page = ask(engine, question, limit=number(limit), offset=number(offset), **asked).records()
    return tuple(id_of(row["other"].value) for row in page)


def _predicates(relation: str | None, planned: bool | None) -> list[str] | None:
    """The IRIs of one relation, planned or not or both; None for any relation."""
    if relation is None:
        return None
    return [property_iri(relation, kind) for kind in ((False, True) if planned is None else (planned,))]


def _narrowed(entity_id: str, relation: str | None, planned: bool | None = None) -> tuple[str, dict[str, Value]]:
    """The VALUES block that narrows a question to one relation, and the values that it is asked with."""
    asked: dict[str, Value] = {"entity": entity(entity_id)}
    predicates = _predicates(relation, planned)
    if predicates is None:
        return "", asked
    asked["predicates"] = tuple(map(iri, predicates))
    return "VALUES ?predicate { $predicates }", asked


def _joined(blocks: str, outgoing: bool | None) -> str:
    """The pattern that binds ``?statement`` and ``?other``; VALUES ``blocks`` stand in each branch (see paths.py)."""
    wanted = {True: [_OUT], False: [_IN], None: [_OUT, _IN]}[outgoing]
    return " UNION ".join(pattern % blocks for pattern in wanted)

"""The statements that join pairs of entities, found from the end of which less is said."""

from __future__ import annotations

from collections.abc import Collection

from kg.engine.base import Engine
from kg.query.ask import ask
from kg.query.describe import blocks
from kg.query.kept.hubs import hub_pictures
from kg.query.kept.shelf import has_index
from kg.query.kept.weights import hubs
from kg.query.statements import Statements, read_given, read_statements
from kg.query.terms import entities, entity, id_of

__all__ = ["Pair", "read_between"]

Pair = tuple[str, str]

_BETWEEN = "VALUES (?one ?other) { $pairs } ?statement rdf:subject ?one ; rdf:object ?other"

_OF = """
SELECT ?statement ?near ?far WHERE {
  {
    VALUES ?near { $near }
    ?statement rdf:subject ?near ; rdf:object ?far .
  } UNION {
    VALUES ?near { $near }
    ?statement rdf:object ?near ; rdf:subject ?far .
  }
}
"""

#: The most statements of one pair, on average.
_MOST = 100


def read_between(engine: Engine, pairs: Collection[Pair]) -> Statements:
    """The relations, in either direction, between the two ids of each pair; two round trips, or three.

    What joins two hubs is looked up where it is kept, and no hub is asked for its statements then. Raises QueryError.
    """
    if has_index(engine):
        return read_given(engine, _digits(engine, pairs)[: _MOST * len(pairs)])
    both = sorted({*pairs, *((there, here) for here, there in pairs)})
    asked = tuple((entity(here), entity(there)) for here, there in both)
    return read_statements(engine, _BETWEEN, limit=_MOST * len(both), pairs=asked)


def _digits(engine: Engine, pairs: Collection[Pair]) -> list[str]:
    wanted = {frozenset(pair) for pair in pairs}
    great = hubs(engine)
    known = hub_pictures(engine, {one for pair in pairs for one in pair if set(pair) <= great.keys()})
    found = {
        line.statement
        for hub in known.values()
        for line in hub.lines
        if frozenset((line.subject, line.object)) in wanted
    }
    small = sorted({one for pair in pairs for one in pair if one not in great})
    for block in blocks(small):
        for row in ask(engine, _OF, near=entities(block)).records():
            if frozenset((id_of(row["near"].value), id_of(row["far"].value))) in wanted:
                found.add(id_of(row["statement"].value))
    return sorted(found)

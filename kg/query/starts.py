"""Where a picture may start: the entities of the opening picture, of what is new, of what is promised, around one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from kg.engine.answer import Term
from kg.engine.base import Engine
from kg.graph.names import concept_iri, entity_iri
from kg.query.ask import ask
from kg.query.describe import describe, first
from kg.query.neighbours import neighbour_ids
from kg.query.refs import read_entities
from kg.query.terms import curie, entities, id_of, iri, number

__all__ = ["MOST_AROUND", "MOST_OPENING", "start_ids"]

#: The most entities that a picture starts with: about as many as can be named on a laptop's screen.
MOST_OPENING = 90

#: The most entities that a picture around one entity starts with, and how few neighbours are too few to stop at them.
MOST_AROUND = 36
_FEW = 8

#: Each theme gets room for so many before the larger ones take the rest.
_LEAST_OF_THEME = 5

_WEIGHTS = """
SELECT ?entity (COUNT(DISTINCT ?statement) AS ?weight) WHERE {
  %s
}
GROUP BY ?entity
ORDER BY DESC(?weight) ?entity
LIMIT $limit
"""

_SPEAKS = "?statement rdf:subject|rdf:object|bde:subject ?entity ."
_ALL = f"GRAPH graph:entities {{ ?entity dcterms:identifier ?id }} OPTIONAL {{ {_SPEAKS} }}"
_PROMISED = f"VALUES ?status {{ $statuses }} ?statement bde:status ?status . {_SPEAKS}"
_NEW = f"""
  {{ SELECT ?source WHERE {{ ?source a bde:Source ; dcterms:date ?date }} ORDER BY DESC(STR(?date)) ?source LIMIT 1 }}
  ?statement dcterms:source ?source . {_SPEAKS}
"""

_LEADING = """
SELECT DISTINCT ?entity WHERE {
  VALUES ?chosen { $chosen }
  ?statement rdf:object ?chosen ; rdf:subject ?entity .
  ?entity a bde:Agency .
}
ORDER BY ?entity
"""


def start_ids(engine: Engine, start: str, planned: Collection[str], most: int) -> tuple[str, ...]:
    """The ids that a picture starts with, those that most is said of first, at most ``most``.

    ``start`` is that of a :class:`kg.query.scene.Scene`; ``planned`` has the ids of the statuses of what is planned.
    An entity that the graph does not know has no picture: empty.
    """
    if start.startswith("around."):
        return _around(engine, start.removeprefix("around."), min(most, MOST_AROUND))
    if start == "promised":
        statuses = tuple(iri(concept_iri("status", status)) for status in sorted(planned))
        rows = ask(engine, _WEIGHTS % _PROMISED, limit=number(min(most, MOST_OPENING)), statuses=statuses)
        return _ids(rows.records())
    if start == "new":
        return _ids(ask(engine, _WEIGHTS % _NEW, limit=number(min(most, MOST_OPENING))).records())
    ids = _ids(ask(engine, _WEIGHTS % _ALL, limit=number(most)).records())
    return ids if start == "all" else _opening(engine, ids)


def _ids(records: Iterable[Mapping[str, Term]]) -> tuple[str, ...]:
    return tuple(id_of(row["entity"].value) for row in records if "entity" in row)


def _opening(engine: Engine, ids: Sequence[str]) -> tuple[str, ...]:
    """Of every theme those that most is said of: first as many of each as all have room for, then of the larger.

    The bodies that do something with them come too.
    """
    if len(ids) <= MOST_OPENING:
        return tuple(ids)
    found = describe(engine, map(entity_iri, ids), ("bde:theme", "bde:featured"))
    chosen: dict[str, None] = {}
    by_theme: dict[str, list[str]] = defaultdict(list)
    for one in ids:
        properties = found.get(entity_iri(one), {})
        if first(properties, "bde:featured") is not None:
            chosen[one] = None
        for term in properties.get(curie("bde:theme"), []):
            by_theme[id_of(term.value)].append(one)
    for theme in sorted(by_theme):
        chosen |= dict.fromkeys(by_theme[theme][:_LEAST_OF_THEME])
    for one in ids:
        if len(chosen) >= MOST_OPENING:
            break
        chosen[one] = None
    leading = ask(engine, _LEADING, chosen=entities(chosen)).records()
    chosen |= dict.fromkeys(_ids(leading))
    return tuple(one for one in ids if one in chosen)


def _around(engine: Engine, middle: str, most: int) -> tuple[str, ...]:
    """The entity, its neighbours, and where these are few, theirs."""
    if middle not in read_entities(engine, [middle]):
        return ()
    near = neighbour_ids(engine, middle, limit=most - 1)
    chosen = dict.fromkeys((middle, *near))
    if len(near) < _FEW:
        for one in near:
            beyond = neighbour_ids(engine, one, limit=_FEW)
            chosen |= dict.fromkeys(beyond[: max(0, most - len(chosen))])
    return tuple(chosen)

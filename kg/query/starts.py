"""Where a picture may start: the entities of the opening picture, of what is new, of what is promised, around one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from kg.engine.answer import Term
from kg.engine.base import Engine, Limits
from kg.graph.names import concept_iri, entity_iri
from kg.query.ask import ask
from kg.query.describe import describe, first
from kg.query.kept.starts import best_known, start_kept
from kg.query.neighbours import neighbour_ids
from kg.query.refs import read_entities
from kg.query.terms import curie, entities, id_of, iri, number

__all__ = ["KEPT_MOST", "MOST_AROUND", "MOST_OPENING", "new_ids", "opening_ids", "promised_ids", "start_ids"]

#: The most entities that a picture starts with: about as many as can be named on a laptop's screen.
MOST_OPENING = 90

#: From among how many of the best known those of the opening picture are chosen that a store keeps: all that are drawn.
KEPT_MOST = 400

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
    fewer = min(most, MOST_OPENING)
    if start != "all":
        kept = start_kept(engine, start, fewer if start in ("promised", "new") else most, planned)
        if kept is not None:
            return kept
    if start == "promised":
        return promised_ids(engine, planned, fewer)
    if start == "new":
        return new_ids(engine, fewer)
    ids = _best_known(engine, most)
    return ids if start == "all" else opening_ids(engine, ids)


def promised_ids(engine: Engine, planned: Collection[str], most: int, limits: Limits | None = None) -> tuple[str, ...]:
    """Those of which most is said by statements whose status is one of the ``planned``; one round trip."""
    statuses = tuple(iri(concept_iri("status", status)) for status in sorted(planned))
    return _ids(ask(engine, _WEIGHTS % _PROMISED, limits, limit=number(most), statuses=statuses).records())


def new_ids(engine: Engine, most: int, limits: Limits | None = None) -> tuple[str, ...]:
    """Those of which the newest source says most; one round trip."""
    return _ids(ask(engine, _WEIGHTS % _NEW, limits, limit=number(most)).records())


def _best_known(engine: Engine, most: int) -> tuple[str, ...]:
    known = best_known(engine, most)
    return _ids(ask(engine, _WEIGHTS % _ALL, limit=number(most)).records()) if known is None else tuple(known)


def _ids(records: Iterable[Mapping[str, Term]]) -> tuple[str, ...]:
    return tuple(id_of(row["entity"].value) for row in records if "entity" in row)


def opening_ids(engine: Engine, ids: Sequence[str], limits: Limits | None = None) -> tuple[str, ...]:
    """Of every theme those that most is said of: first as many of each as all have room for, then of the larger.

    ``ids`` are to choose from, those that most is said of first. The bodies that do something with them come too.
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
    leading = ask(engine, _LEADING, limits, chosen=entities(chosen)).records()
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

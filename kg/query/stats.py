"""How much there is: entities by type and theme, statements by kind, relation, metric and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.engine.base import Engine, Limits
from kg.graph.names import PLANNED, relation_id, type_id
from kg.query.ask import ask
from kg.query.kept.shelf import kept_one
from kg.query.terms import id_of

__all__ = ["KEPT_AS", "Stats", "count_everything", "stats"]

#: What the counts are kept under.
KEPT_AS = "stats"

_QUESTION = """
SELECT ?part ?key (COUNT(DISTINCT ?thing) AS ?count) WHERE {
  { GRAPH graph:entities { ?thing a ?key } BIND ("type" AS ?part) }
  UNION { GRAPH graph:entities { ?thing bde:theme ?key } BIND ("theme" AS ?part) }
  UNION { ?thing a bde:Relation ; rdf:predicate ?key . BIND ("relation" AS ?part) }
  UNION { ?thing a bde:Figure ; bde:metric ?key . BIND ("metric" AS ?part) }
  UNION { ?thing a bde:Status ; bde:status ?key . BIND ("status" AS ?part) }
  UNION { ?thing a bde:Statement ; dcterms:source ?key . BIND ("source" AS ?part) }
}
GROUP BY ?part ?key
ORDER BY ?part DESC(?count) ?key
"""


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts by id, the greatest first. ``relations`` counts all relation statements, ``planned`` those only intended.

    An entity can have several themes, or none; every other breakdown adds up to its whole.
    """

    data_version: str
    types: Mapping[str, int]
    themes: Mapping[str, int]
    relations: Mapping[str, int]
    planned: Mapping[str, int]
    metrics: Mapping[str, int]
    statuses: Mapping[str, int]
    sources: Mapping[str, int]

    @property
    def entities(self) -> int:
        """How many entities there are."""
        return sum(self.types.values())

    @property
    def statements(self) -> int:
        """How many statements there are: relations, figures and statuses."""
        return sum(self.sources.values())


def stats(engine: Engine) -> Stats:
    """How much there is, as the store keeps it; else counted, at a cost that grows with the graph. One round trip."""
    kept = kept_one(engine, KEPT_AS)
    return _stats(engine.data_version, count_everything(engine) if kept is None else kept)


def count_everything(engine: Engine, limits: Limits | None = None) -> dict[str, dict[str, int]]:
    """The counts by part and id, the greatest first; one round trip. Raises QueryError."""
    counts: dict[str, dict[str, int]] = {}
    for row in ask(engine, _QUESTION, limits).records():
        if "key" not in row:  # a count over nothing is a row of its own in some stores
            continue
        part, key, count = row["part"].value, row["key"].value, int(row["count"].value)
        if part == "relation" and key.startswith(PLANNED):
            part = "planned"
        name = (relation_id(key) if part in ("relation", "planned") else type_id(key)) or id_of(key)
        counts.setdefault(part, {})[name] = count
    return counts


def _stats(version: str, counts: Mapping[str, Mapping[str, int]]) -> Stats:
    parts = {part: MappingProxyType(dict(found)) for part, found in counts.items()}
    nothing: Mapping[str, int] = MappingProxyType({})
    return Stats(
        data_version=version,
        types=parts.get("type", nothing),
        themes=parts.get("theme", nothing),
        relations=parts.get("relation", nothing),
        planned=parts.get("planned", nothing),
        metrics=parts.get("metric", nothing),
        statuses=parts.get("status", nothing),
        sources=parts.get("source", nothing),
    )

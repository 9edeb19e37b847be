"""How many statements of an entity there are beyond those that its card was made from, kind by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from kg.engine.base import Engine
from kg.graph.names import PLANNED, relation_id
from kg.query.ask import ask
from kg.query.rows import Beyond, FigureRow, RelationRow, StatementCard, StatusRow
from kg.query.terms import entity

__all__ = ["beyond", "count_kinds"]

# A relation to itself is there once, outgoing.
_KINDS = """
SELECT ?kind ?predicate (COUNT(DISTINCT ?statement) AS ?count) WHERE {
  { ?statement rdf:subject $entity ; rdf:predicate ?predicate . BIND ("out" AS ?kind) }
  UNION {
    ?statement rdf:object $entity ; rdf:predicate ?predicate ; rdf:subject ?from .
    FILTER (?from != $entity)
    BIND ("in" AS ?kind)
  }
  UNION { ?statement bde:subject $entity ; a bde:Figure . BIND ("figures" AS ?kind) }
  UNION { ?statement bde:subject $entity ; a bde:Status . BIND ("statuses" AS ?kind) }
  UNION { ?statement bde:speaker $entity . BIND ("spoke" AS ?kind) }
}
GROUP BY ?kind ?predicate
"""


def count_kinds(engine: Engine, entity_id: str) -> dict[tuple[str, str], int]:
    """How many statements there are of each kind: relations out or in by their IRI, figures, statuses, spoke.

    One round trip, at a cost that grows with the entity.
    """
    return {
        (row["kind"].value, row["predicate"].value if "predicate" in row else ""): int(row["count"].value)
        for row in ask(engine, _KINDS, entity=entity(entity_id)).records()
        if "kind" in row  # a count over nothing is a row of its own in some stores
    }


def beyond(
    counts: Mapping[tuple[str, str], int],
    relations: Collection[RelationRow],
    figures: Collection[FigureRow],
    statuses: Collection[StatusRow],
    spoke: Collection[StatementCard],
) -> Beyond:
    """What is left of ``counts`` (see :func:`count_kinds`) when these were read."""
    read = Counter((row.relation, row.outgoing, row.planned) for row in relations)
    left = {}
    for (kind, predicate), count in counts.items():
        key = relation_id(predicate) or predicate, kind == "out", predicate.startswith(PLANNED)
        if kind in ("out", "in") and count > read[key]:
            left[key] = count - read[key]
    return Beyond(
        left,
        *(
            max(0, counts.get((kind, ""), 0) - len(rows))
            for kind, rows in (("figures", figures), ("statuses", statuses), ("spoke", spoke))
        ),
    )

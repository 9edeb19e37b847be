"""How many statements speak of given entities: counted for those of whom few do, looked up for the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kg.engine.base import Engine
from kg.query.ask import ask
from kg.query.describe import blocks
from kg.query.kept.shelf import kept_one
from kg.query.terms import entities, id_of

__all__ = ["HUB", "Hub", "count_statements", "hubs", "is_hub", "weights"]

#: An entity with more statements than this is a hub: what is known of it is kept, where anything is.
HUB = 50

# Three branches and no path of alternatives, for which Virtuoso takes ten milliseconds an entity.
_COUNTS = """
SELECT ?entity (COUNT(DISTINCT ?statement) AS ?weight) WHERE {
  { VALUES ?entity { $entities } ?statement rdf:subject ?entity }
  UNION { VALUES ?entity { $entities } ?statement rdf:object ?entity }
  UNION { VALUES ?entity { $entities } ?statement bde:subject ?entity }
} GROUP BY ?entity
"""


class Hub(NamedTuple):
    """How many statements speak of a hub, and how many other entities it is joined to."""

    weight: int
    degree: int


def hubs(engine: Engine) -> Mapping[str, Hub]:
    """Every hub that the store keeps what is known of, by id; none where it keeps nothing."""
    kept = kept_one(engine, "hubs") or {}
    return {one: Hub(*numbers) for one, numbers in kept.items()}


def is_hub(engine: Engine, entity_id: str) -> bool:
    """Whether the store keeps what is known of this one."""
    return entity_id in (kept_one(engine, "hubs") or {})


def weights(engine: Engine, ids: Iterable[str]) -> dict[str, int]:
    """How many statements speak of each; one question for each 400 that are no hubs. Raises QueryError."""
    known = kept_one(engine, "hubs") or {}
    found = {one: int(known[one][0]) if one in known else 0 for one in ids}
    return found | count_statements(engine, [one for one in found if one not in known])


def count_statements(engine: Engine, ids: Iterable[str]) -> dict[str, int]:
    """Have the store count the statements that speak of each; who has none is left out. Raises QueryError."""
    found = {}
    for block in blocks(list(ids)):
        for row in ask(engine, _COUNTS, entities=entities(block)).records():
            if "entity" in row:  # a count over nothing is a row of its own in some stores
                found[id_of(row["entity"].value)] = int(row["weight"].value)
    return found

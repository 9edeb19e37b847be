"""Works out when each entity was last spoken of, so that a date can be a condition among any others."""

from __future__ import annotations

from collections.abc import Iterator

from kg.engine.base import Engine
from kg.graph.index_names import LAST_SAID
from kg.graph.names import entity_iri
from kg.graph.terms import Literal, Triple
from kg.query.ask import ask
from kg.query.describe import blocks
from kg.query.kept.census import LIMITS, Census
from kg.query.terms import entities, id_of

__all__ = ["last_said"]

# Branches as in :mod:`kg.query.kept.weights`, each with the date: joined to all of them at once, Oxigraph takes a
# hundred times as long. As texts, 2024, 2025-03 and 2025-03-20 compare as they should.
_NEWEST = """
SELECT ?entity (MAX(STR(?date)) AS ?newest) WHERE {
  { VALUES ?entity { $entities } ?statement rdf:subject ?entity . ?statement dcterms:source/dcterms:date ?date }
  UNION
  { VALUES ?entity { $entities } ?statement rdf:object ?entity . ?statement dcterms:source/dcterms:date ?date }
  UNION
  { VALUES ?entity { $entities } ?statement bde:subject ?entity . ?statement dcterms:source/dcterms:date ?date }
} GROUP BY ?entity
"""


def last_said(engine: Engine, census: Census) -> Iterator[Triple]:
    """The triple of each entity that a source speaks of; one question for each 400. Raises QueryError."""
    for block in blocks(list(census.weights)):
        for row in ask(engine, _NEWEST, LIMITS, entities=entities(block)).records():
            if "entity" in row:  # a maximum of nothing is a row of its own in some stores
                yield entity_iri(id_of(row["entity"].value)), LAST_SAID, Literal(row["newest"].value)

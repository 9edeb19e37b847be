"""What any IRI of the graph is called, for an answer that holds bare IRIs."""

from __future__ import annotations

from collections.abc import Iterable

from kg.engine.base import Engine
from kg.model.text import Text
from kg.query.describe import describe, text

__all__ = ["read_labels"]

_LABELS = ("skos:prefLabel", "dcterms:title", "rdfs:label")


def read_labels(engine: Engine, iris: Iterable[str]) -> dict[str, Text]:
    """The names of those ``iris`` that have one, by IRI; one round trip for each 400 of them."""
    found = describe(engine, iris, _LABELS)
    names = {
        iri: next(filter(None, (text(properties, label) for label in _LABELS)), None)
        for iri, properties in found.items()
    }
    return {iri: name for iri, name in names.items() if name is not None}

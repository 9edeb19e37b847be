"""The structure of all figures as an RDF Data Cube (W3C, The RDF Data Cube Vocabulary)."""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph.names import FIGURES, FIGURES_STRUCTURE, PREFIXES
from kg.graph.terms import Triple, boolean, count, texts
from kg.graph.wording import wording

__all__ = ["cube_triples"]

BDE, DCTERMS, QB, RDF, RDFS = (PREFIXES[name] for name in ("bde", "dcterms", "qb", "rdf", "rdfs"))
UNIT_MEASURE = PREFIXES["sdmx-attribute"] + "unitMeasure"


def cube_triples() -> Iterator[Triple]:
    """The data set and its structure.

    The source is a dimension: two sources may give the same metric different values, and both are kept.
    """
    words = wording()
    yield FIGURES, RDF + "type", QB + "DataSet"
    yield from texts(FIGURES, RDFS + "label", words.figures.label)
    yield from texts(FIGURES, RDFS + "comment", words.figures.comment)
    yield FIGURES, QB + "structure", FIGURES_STRUCTURE
    yield FIGURES_STRUCTURE, RDF + "type", QB + "DataStructureDefinition"
    yield from texts(FIGURES_STRUCTURE, RDFS + "label", words.figures.structure)
    for order, (name, part, iri) in enumerate(_components(), start=1):
        node = f"{FIGURES_STRUCTURE}/{name}"
        yield FIGURES_STRUCTURE, QB + "component", node
        yield node, RDF + "type", QB + "ComponentSpecification"
        yield node, QB + part, iri
        yield node, QB + "componentProperty", iri
        yield node, QB + "order", count(order)
        if part == "attribute":
            yield node, QB + "componentRequired", boolean(True)
        yield iri, RDF + "type", f"{QB}{part.capitalize()}Property"


def _components() -> Iterator[tuple[str, str, str]]:
    """The name, the part and the property of each component."""
    for own in wording().properties:
        if own.component:
            yield own.name, own.component, BDE + own.name
    yield "source", "dimension", DCTERMS + "source"
    yield "unitMeasure", "attribute", UNIT_MEASURE

"""Sources as RDF: the record of each document, in the document's own graph."""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph.names import PREFIXES, concept_iri, source_iri
from kg.graph.terms import Literal, Triple, boolean, count, date, texts, web_iri
from kg.model.source import Source

__all__ = ["source_triples"]

BDE, DCTERMS, FOAF, RDF, RDFS = (PREFIXES[name] for name in ("bde", "dcterms", "foaf", "rdf", "rdfs"))
SCHEMA, SKOS, SPDX, XSD = (PREFIXES[name] for name in ("schema", "skos", "spdx", "xsd"))


def source_triples(source: Source) -> Iterator[Triple]:
    """The document: its title, publisher, dates, address, and the checksum of the text that was read."""
    iri = source_iri(source.id)
    yield iri, RDF + "type", BDE + "Source"
    yield iri, RDF + "type", FOAF + "Document"
    yield iri, DCTERMS + "identifier", Literal(source.id)
    yield from texts(iri, DCTERMS + "title", source.title)
    yield from texts(iri, RDFS + "label", source.title)
    yield from texts(iri, BDE + "publisherName", source.publisher)
    yield iri, BDE + "sourceKind", concept_iri("kind", source.kind)
    yield iri, BDE + "official", boolean(source.official)
    yield iri, DCTERMS + "language", Literal(source.language)
    yield iri, FOAF + "page", web_iri(source.url)
    yield iri, SCHEMA + "url", web_iri(source.url)
    yield iri, DCTERMS + "date", date(source.date)
    if source.published:
        yield iri, DCTERMS + "issued", date(source.published)
    if source.accessed:
        yield iri, BDE + "accessed", date(source.accessed)
    if source.note:
        yield iri, SKOS + "note", Literal(source.note)
    yield from _text(source)


def _text(source: Source) -> Iterator[Triple]:
    """The checksum as SPDX 2 writes one, on a node with an IRI of its own."""
    if source.text is None:
        return
    iri = source_iri(source.id)
    checksum = f"{iri}/checksum"
    yield iri, BDE + "characters", count(source.text.characters, "nonNegativeInteger")
    yield iri, SPDX + "checksum", checksum
    yield checksum, RDF + "type", SPDX + "Checksum"
    yield checksum, SPDX + "algorithm", SPDX + "checksumAlgorithm_sha256"
    yield checksum, SPDX + "checksumValue", Literal(source.text.sha256, datatype=XSD + "hexBinary")

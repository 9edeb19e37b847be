"""Statements as RDF: the direct triple, the statement's own node, and its evidence."""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph.names import (
    FIGURES,
    PREFIXES,
    concept_iri,
    entity_iri,
    evidence_iri,
    property_iri,
    source_iri,
    statement_iri,
)
from kg.graph.terms import Literal, Triple, count, date, decimal, texts
from kg.model.knowledge import Knowledge
from kg.model.reading import reading_text
from kg.model.source import Source
from kg.model.statement import Figure, Relation, Statement, Status

__all__ = ["statement_triples"]

BDE, DCTERMS, OA, PROV, QB = (PREFIXES[name] for name in ("bde", "dcterms", "oa", "prov", "qb"))
RDF, SKOS = PREFIXES["rdf"], PREFIXES["skos"]
UNIT_MEASURE = PREFIXES["sdmx-attribute"] + "unitMeasure"


def statement_triples(knowledge: Knowledge, source: Source, statement: Statement) -> Iterator[Triple]:
    """A statement of a source with its evidence, and for a relation its direct triple."""
    iri = statement_iri(source, statement)
    yield iri, RDF + "type", BDE + "Statement"
    if isinstance(statement, Relation):
        yield from _relation(knowledge, iri, statement)
    elif isinstance(statement, Figure):
        yield from _figure(knowledge, iri, statement)
    else:
        yield from _status(iri, statement)
    yield from _provenance(iri, source, statement)
    yield from _evidence(source, statement)


def _relation(knowledge: Knowledge, iri: str, relation: Relation) -> Iterator[Triple]:
    subject, target = entity_iri(relation.subject), entity_iri(relation.object)
    predicate = property_iri(relation.relation, knowledge.is_planned(relation))
    yield subject, predicate, target
    yield iri, RDF + "type", BDE + "Relation"
    yield iri, RDF + "type", RDF + "Statement"
    yield iri, RDF + "subject", subject
    yield iri, RDF + "predicate", predicate
    yield iri, RDF + "object", target
    yield from texts(iri, BDE + "role", relation.role)
    if relation.status:
        yield iri, BDE + "status", concept_iri("status", relation.status)
    if relation.since:
        yield iri, BDE + "since", date(relation.since)


def _figure(knowledge: Knowledge, iri: str, figure: Figure) -> Iterator[Triple]:
    yield iri, RDF + "type", BDE + "Figure"
    yield iri, RDF + "type", QB + "Observation"
    yield iri, QB + "dataSet", FIGURES
    yield iri, BDE + "subject", entity_iri(figure.subject)
    yield iri, BDE + "metric", concept_iri("metric", figure.figure)
    yield iri, BDE + "value", decimal(figure.value)
    yield iri, BDE + "qualifier", concept_iri("qualifier", figure.qualifier)
    yield iri, UNIT_MEASURE, concept_iri("unit", knowledge.metrics[figure.figure].unit)
    yield iri, BDE + "asOf", date(figure.as_of)
    yield iri, BDE + "aim", concept_iri("aim", figure.aim)


def _status(iri: str, status: Status) -> Iterator[Triple]:
    yield iri, RDF + "type", BDE + "Status"
    yield iri, BDE + "subject", entity_iri(status.subject)
    yield iri, BDE + "status", concept_iri("status", status.status)
    yield iri, BDE + "asOf", date(status.as_of)
    if status.since:
        yield iri, BDE + "since", date(status.since)


def _provenance(iri: str, source: Source, statement: Statement) -> Iterator[Triple]:
    yield iri, BDE + "phrase", Literal(statement.phrase, source.language)
    yield iri, DCTERMS + "source", source_iri(source.id)
    yield iri, PROV + "wasDerivedFrom", evidence_iri(source, statement)
    if statement.speaker:
        yield iri, BDE + "speaker", entity_iri(statement.speaker)
    if statement.note:
        yield iri, SKOS + "note", Literal(statement.note)


def _evidence(source: Source, statement: Statement) -> Iterator[Triple]:
    """Where the words stand, as the Web Annotation Data Model selects text (W3C, 4.2.4 and 4.2.5)."""
    iri, quote = evidence_iri(source, statement), evidence_iri(source, statement, "quote")
    yield iri, RDF + "type", OA + "SpecificResource"
    yield iri, OA + "hasSource", source_iri(source.id)
    yield iri, OA + "hasSelector", quote
    yield quote, RDF + "type", OA + "TextQuoteSelector"
    yield quote, OA + "exact", Literal(statement.phrase, source.language)
    if statement.position is None:
        return
    place = evidence_iri(source, statement, "position")
    end = statement.position + len(reading_text(statement.phrase, source.language))
    yield iri, OA + "hasSelector", place
    yield place, RDF + "type", OA + "TextPositionSelector"
    yield place, OA + "start", count(statement.position, "nonNegativeInteger")
    yield place, OA + "end", count(end, "nonNegativeInteger")

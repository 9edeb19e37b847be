"""One statement's properties made into a row."""

from __future__ import annotations

from decimal import Decimal

from kg.graph.names import PLANNED, relation_id
from kg.model.dates import PartialDate
from kg.query.describe import Properties, first, partial_date, text, value
from kg.query.refs import Refs
from kg.query.rows import EntityRef, EvidenceRow, FigureRow, RelationRow, StatementCard, StatusRow
from kg.query.terms import curie, id_of

__all__ = ["figure_row", "kind_of", "relation_row", "statement_card", "status_row"]


def kind_of(properties: Properties) -> str:
    """``relation``, ``figure`` or ``status``."""
    if curie("rdf:predicate") in properties:
        return "relation"
    return "figure" if curie("bde:metric") in properties else "status"


def relation_row(statement: str, properties: Properties, refs: Refs, *, outgoing: bool) -> RelationRow:
    """The relation seen from its subject (``outgoing``) or from its object."""
    predicate = value(properties, "rdf:predicate", statement)
    return RelationRow(
        statement=statement,
        relation=relation_id(predicate) or predicate,
        planned=predicate.startswith(PLANNED),
        outgoing=outgoing,
        other=_entity(properties, "rdf:object" if outgoing else "rdf:subject", statement, refs),
        status=_optional_id(properties, "bde:status"),
        role=text(properties, "bde:role"),
        since=partial_date(properties, "bde:since"),
        evidence=_evidence(statement, properties, refs),
        note=_note(properties),
    )


def figure_row(statement: str, properties: Properties, refs: Refs) -> FigureRow:
    """The figure with its subject."""
    return FigureRow(
        statement=statement,
        subject=_entity(properties, "bde:subject", statement, refs),
        metric=_id(properties, "bde:metric", statement),
        value=Decimal(value(properties, "bde:value", statement)),
        unit=_id(properties, "sdmx-attribute:unitMeasure", statement),
        qualifier=_id(properties, "bde:qualifier", statement),
        as_of=PartialDate.read(value(properties, "bde:asOf", statement)),
        aim="target" if _id(properties, "bde:aim", statement) == "target" else "achieved",
        evidence=_evidence(statement, properties, refs),
        note=_note(properties),
    )


def status_row(statement: str, properties: Properties, refs: Refs) -> StatusRow:
    """The status with its subject."""
    return StatusRow(
        statement=statement,
        subject=_entity(properties, "bde:subject", statement, refs),
        status=_id(properties, "bde:status", statement),
        as_of=PartialDate.read(value(properties, "bde:asOf", statement)),
        since=partial_date(properties, "bde:since"),
        evidence=_evidence(statement, properties, refs),
        note=_note(properties),
    )


def statement_card(statement: str, properties: Properties, refs: Refs) -> StatementCard:
    """Any statement, read from its subject."""
    kind = kind_of(properties)
    if kind == "relation":
        subject = _entity(properties, "rdf:subject", statement, refs)
        return StatementCard(subject, relation_row(statement, properties, refs, outgoing=True))
    make = figure_row if kind == "figure" else status_row
    row = make(statement, properties, refs)
    return StatementCard(row.subject, row)


def _evidence(statement: str, properties: Properties, refs: Refs) -> EvidenceRow:
    speaker = _optional_id(properties, "bde:speaker")
    return EvidenceRow(
        phrase=value(properties, "bde:phrase", statement),
        source=refs.sources[_id(properties, "dcterms:source", statement)],
        speaker=refs.entities[speaker] if speaker else None,
        position=refs.positions.get(statement),
    )


def _entity(properties: Properties, predicate: str, statement: str, refs: Refs) -> EntityRef:
    return refs.entities[_id(properties, predicate, statement)]


def _id(properties: Properties, predicate: str, statement: str) -> str:
    return id_of(value(properties, predicate, statement))


def _optional_id(properties: Properties, predicate: str) -> str | None:
    term = first(properties, predicate)
    return id_of(term.value) if term else None


def _note(properties: Properties) -> str | None:
    term = first(properties, "skos:note")
    return term.value if term else None

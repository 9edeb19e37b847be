"""Makes records of the model again from what the graph says of things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

from kg.errors import QueryError
from kg.graph.names import relation_id
from kg.model.dates import PartialDate
from kg.model.entity import Entity
from kg.model.source import Source, SourceText
from kg.model.statement import Aim, Figure, Relation, Statement, Status
from kg.model.text import Lang
from kg.query.build import kind_of
from kg.query.describe import Properties, first, names, partial_date, text, value
from kg.query.terms import curie, id_of, is_true

__all__ = ["ENTITY_RECORD", "SOURCE_RECORD", "STATEMENT_RECORD", "entity_record", "source_record", "statement_record"]

#: What each record is made from.
ENTITY_RECORD = (
    "rdf:type", "skos:prefLabel", "bde:shortName", "skos:altLabel", "bde:formerName", "dcterms:description",
    "bde:theme", "bde:featured", "rdfs:seeAlso", "dcterms:isReplacedBy", "skos:editorialNote",
)  # fmt: skip
SOURCE_RECORD = (
    "dcterms:title", "bde:publisherName", "bde:sourceKind", "bde:official", "dcterms:language", "foaf:page",
    "dcterms:date", "dcterms:issued", "bde:accessed", "bde:characters", "skos:note", "spdx:checksumValue",
)  # fmt: skip
STATEMENT_RECORD = (
    "rdf:type", "rdf:subject", "rdf:predicate", "rdf:object", "bde:role", "bde:status", "bde:since", "bde:subject",
    "bde:metric", "bde:value", "bde:qualifier", "bde:asOf", "bde:aim", "bde:phrase", "bde:speaker", "skos:note",
    "dcterms:source",
)  # fmt: skip


def entity_record(entity: str, properties: Properties, themes: Sequence[str]) -> Entity:
    """The entity; its themes stand in the vocabulary's order, ``themes``. Raises QueryError for half a record."""
    of = {id_of(term.value) for term in properties.get(curie("bde:theme"), [])}
    name, description = text(properties, "skos:prefLabel"), text(properties, "dcterms:description")
    if name is None or description is None:
        raise QueryError(
            f"The graph has no name or no description for “{entity}”: check it against its shapes.",
            zh=f"图谱中“{entity}”缺少名称或说明：请用 SHACL 约束检查图谱。",
        )
    featured = first(properties, "bde:featured")
    return Entity(
        id=entity,
        name=name,
        short=text(properties, "bde:shortName"),
        aliases=names(properties, "skos:altLabel"),
        former=names(properties, "bde:formerName"),
        description=description,
        themes=tuple(theme for theme in themes if theme in of),
        featured=featured is not None and is_true(featured),
        links=tuple(sorted(term.value for term in properties.get(curie("rdfs:seeAlso"), []))),
        replaced_by=_id(properties, "dcterms:isReplacedBy"),
        note=_value(properties, "skos:editorialNote"),
    )


def source_record(source: str, properties: Properties, checksum: Properties, said: Sequence[Statement]) -> Source:
    """The source with the statements that it makes; ``checksum`` is what is said of its text's."""
    sha256, characters = _value(checksum, "spdx:checksumValue"), _value(properties, "bde:characters")
    official = first(properties, "bde:official")
    title, publisher = text(properties, "dcterms:title"), text(properties, "bde:publisherName")
    if title is None or publisher is None or official is None:
        raise QueryError(
            f"The graph has no whole record of the source “{source}”: check it against its shapes.",
            zh=f"图谱中来源“{source}”的记录不完整：请用 SHACL 约束检查图谱。",
        )
    return Source(
        id=source,
        title=title,
        kind=id_of(value(properties, "bde:sourceKind", source)),
        publisher=publisher,
        official=is_true(official),
        language=cast("Lang", value(properties, "dcterms:language", source)),
        url=value(properties, "foaf:page", source),
        date=PartialDate.read(value(properties, "dcterms:date", source)),
        published=partial_date(properties, "dcterms:issued"),
        accessed=partial_date(properties, "bde:accessed"),
        # A checksum is hexadecimal, whose letters some stores write large.
        text=SourceText(sha256=sha256.lower(), characters=int(characters)) if sha256 and characters else None,
        note=_value(properties, "skos:note"),
        statements=tuple(said),
    )


def statement_record(statement: str, properties: Properties, position: Properties) -> Statement:
    """The statement; ``position`` is what is said of where its words stand. Raises QueryError for half a record."""
    kind = kind_of(properties)
    start = first(position, "oa:start")
    shared: dict[str, Any] = {
        "speaker": _id(properties, "bde:speaker"),
        "phrase": value(properties, "bde:phrase", statement),
        "position": None if start is None else int(start.value),
        "note": _value(properties, "skos:note"),
    }
    if kind == "relation":
        return _relation(statement, properties, shared)
    shared["subject"] = id_of(value(properties, "bde:subject", statement))
    shared["as_of"] = PartialDate.read(value(properties, "bde:asOf", statement))
    if kind == "figure":
        return _figure(statement, properties, shared)
    status, since = id_of(value(properties, "bde:status", statement)), partial_date(properties, "bde:since")
    return Status(status=status, since=since, **shared)


def _relation(statement: str, properties: Properties, shared: Mapping[str, Any]) -> Relation:
    return Relation(
        subject=id_of(value(properties, "rdf:subject", statement)),
        relation=relation_id(value(properties, "rdf:predicate", statement)) or "",
        object=id_of(value(properties, "rdf:object", statement)),
        role=text(properties, "bde:role"),
        status=_id(properties, "bde:status"),
        since=partial_date(properties, "bde:since"),
        **shared,
    )


def _figure(statement: str, properties: Properties, shared: Mapping[str, Any]) -> Figure:
    return Figure(
        figure=id_of(value(properties, "bde:metric", statement)),
        value=Decimal(value(properties, "bde:value", statement)),
        qualifier=id_of(value(properties, "bde:qualifier", statement)),
        aim=cast("Aim", id_of(value(properties, "bde:aim", statement))),
        **shared,
    )


def _id(properties: Properties, predicate: str) -> str | None:
    term = first(properties, predicate)
    return None if term is None else id_of(term.value)


def _value(properties: Properties, predicate: str) -> str | None:
    term = first(properties, predicate)
    return None if term is None else term.value

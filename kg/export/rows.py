"""Statements, entities and sources as flat rows, names spelt out in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from kg.graph.names import statement_hex
from kg.graph.network import latest_statuses
from kg.graph.relation_names import relation_name
from kg.graph.wording import wording
from kg.model.entity import Entity
from kg.model.knowledge import Knowledge
from kg.model.source import Source
from kg.model.statement import Figure, Relation, Statement, kind_of
from kg.model.text import LANGS, Names, Text
from kg.model.vocabulary import StatusType

__all__ = ["Cell", "Row", "cells", "entity_rows", "source_rows", "statement_rows"]

#: What may stand in a cell; None leaves it empty.
Cell = str | bool | int | Decimal | None
Row = dict[str, Cell]


def statement_rows(knowledge: Knowledge) -> Iterator[Row]:
    """One row per statement, by source id and then in the source's own order. A row has no key where it has no value.

    ``predicate`` is the relation, the metric, or "status". A planned relation has its planned name, so that the row
    does not read as a fact.
    """
    for source in _sorted_sources(knowledge):
        for statement in source.statements:
            row: Row = {"statement": statement_hex(source, statement), "kind": kind_of(statement)}
            row |= {"subject": statement.subject, **_name("subject", knowledge.entities[statement.subject].name)}
            row |= _claim(knowledge, statement)
            row |= _origin(knowledge, source, statement)
            yield row


def _claim(knowledge: Knowledge, statement: Statement) -> Row:
    if isinstance(statement, Relation):
        planned = knowledge.is_planned(statement)
        name = relation_name(knowledge.relations[statement.relation], planned)
        row: Row = {"predicate": statement.relation, **_name("predicate", name), "planned": planned}
        row |= {"object": statement.object, **_name("object", knowledge.entities[statement.object].name)}
        row |= {**_name("role", statement.role), "since": _text(statement.since)}
        return row | (_status(knowledge.statuses[statement.status]) if statement.status else {})
    if isinstance(statement, Figure):
        return _figure(knowledge, statement)
    label = next(own.label for own in wording().properties if own.name == "status")
    row = {"predicate": "status", **_name("predicate", label), "as_of": statement.as_of.text}
    return row | {"since": _text(statement.since)} | _status(knowledge.statuses[statement.status])


def _figure(knowledge: Knowledge, figure: Figure) -> Row:
    metric, qualifier = knowledge.metrics[figure.figure], knowledge.qualifiers[figure.qualifier]
    row: Row = {"predicate": metric.id, **_name("predicate", metric.name)}
    row |= {"sign": qualifier.sign, "value": figure.value, "aim": figure.aim, "as_of": figure.as_of.text}
    row |= {"unit": metric.unit, **_name("unit", knowledge.units[metric.unit].name)}
    return row | {"qualifier": qualifier.id, **_name("qualifier", qualifier.name)}


def _status(status: StatusType) -> Row:
    return {"status": status.id, **_name("status", status.name), "stage": status.stage}


def _origin(knowledge: Knowledge, source: Source, statement: Statement) -> Row:
    row: Row = {"phrase": statement.phrase, "phrase_language": source.language, "position": statement.position}
    if statement.speaker:
        row |= {"speaker": statement.speaker, **_name("speaker", knowledge.entities[statement.speaker].name)}
    row |= {"source": source.id, **_name("source", source.title), "source_date": source.date.text, "url": source.url}
    return row | {"note": statement.note}


def entity_rows(knowledge: Knowledge) -> Iterator[Row]:
    """One row per entity, by id, with its latest status."""
    statuses = latest_statuses(knowledge)
    for entity in sorted(knowledge.entities.values(), key=lambda each: each.id):
        entity_type = knowledge.types[knowledge.type_of[entity.id]]
        row: Row = {"id": entity.id, **_name("name", entity.name), **_name("short", entity.short)}
        row |= {"type": entity_type.id, **_name("type", entity_type.name), **_themes(knowledge, entity)}
        row |= {"aliases": _all(entity.aliases), "former": _all(entity.former)}
        row |= _name("description", entity.description)
        status = statuses.get(entity.id)
        if status:
            row |= {**_status(knowledge.statuses[status.status]), "as_of": status.as_of.text}
        yield row | {"replaced_by": entity.replaced_by, "links": "\n".join(entity.links), "note": entity.note}


def source_rows(knowledge: Knowledge) -> Iterator[Row]:
    """One row per source, by id."""
    for source in _sorted_sources(knowledge):
        row: Row = {"id": source.id, **_name("title", source.title), **_name("publisher", source.publisher)}
        row |= {"kind": source.kind, **_name("kind", knowledge.source_kinds[source.kind].name)}
        row |= {"official": source.official, "language": source.language, "date": source.date.text}
        row |= {"published": _text(source.published), "accessed": _text(source.accessed), "url": source.url}
        if source.text:
            row |= {"characters": source.text.characters, "sha256": source.text.sha256}
        yield row | {"statements": len(source.statements), "note": source.note}


def _sorted_sources(knowledge: Knowledge) -> list[Source]:
    return sorted(knowledge.sources.values(), key=lambda source: source.id)


def _themes(knowledge: Knowledge, entity: Entity) -> Row:
    row: Row = {}
    for lang, separator in zip(LANGS, ("、", "; "), strict=True):
        row[f"themes_{lang}"] = separator.join(knowledge.themes[theme].name.say(lang) for theme in entity.themes)
    return row


def _name(column: str, words: Text | None) -> Row:
    """A column for each language that the words have."""
    return {f"{column}_{lang}": said for lang, said in words.items()} if words else {}


def _all(names: Names) -> str:
    return "; ".join(name for _, name in names.items())


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def cells(row: Row, columns: Iterable[str]) -> list[Cell]:
    """The row's cells in the order of ``columns``."""
    return [row.get(column) for column in columns]

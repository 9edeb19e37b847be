"""The entities and sources that statements speak of, read by id, a block at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.engine.base import Engine
from kg.graph.names import PREFIXES, entity_iri, source_iri, type_id
from kg.model.dates import PartialDate
from kg.model.text import Text
from kg.query.describe import Properties, describe, first, text, value
from kg.query.kept.sources import source_records
from kg.query.rows import EntityRef, SourceRef
from kg.query.terms import curie, id_of

__all__ = ["ENTITY", "SOURCE", "Refs", "entity_ref", "read_entities", "read_refs", "source_ref"]

#: What an :class:`EntityRef` is made from.
ENTITY = ("rdf:type", "skos:prefLabel", "bde:shortName")

#: What a :class:`SourceRef` is made from.
SOURCE = (
    "dcterms:title",
    "bde:publisherName",
    "bde:official",
    "bde:sourceKind",
    "dcterms:language",
    "dcterms:date",
    "schema:url",
)


@dataclass(frozen=True)
class Refs:
    """Entities and sources by id, and where in its source a statement's words begin, by the statement's digits."""

    entities: dict[str, EntityRef]
    sources: dict[str, SourceRef]
    positions: dict[str, int]


def read_refs(engine: Engine, entities: Iterable[str], sources: Iterable[str], statements: Iterable[str]) -> Refs:
    """The names of ``entities``, the records of ``sources`` and the positions of ``statements``, in one question."""
    known = source_records(engine) or {}
    wanted = sorted(set(sources))
    of_entity = {entity: entity_iri(entity) for entity in sorted(set(entities))}
    of_source = {source: source_iri(source) for source in wanted if source not in known}
    of_place = {statement: f"{PREFIXES['ev']}{statement}/position" for statement in sorted(set(statements))}
    things = [*of_entity.values(), *of_source.values(), *of_place.values()]
    found = describe(engine, things, (*ENTITY, *SOURCE, "oa:start"))
    return Refs(
        entities={entity: entity_ref(entity, found.get(iri, {})) for entity, iri in of_entity.items()},
        sources={source: known[source].ref for source in wanted if source in known}
        | {source: source_ref(source, found.get(iri, {})) for source, iri in of_source.items()},
        positions={
            statement: int(value(found[iri], "oa:start", statement))
            for statement, iri in of_place.items()
            if iri in found
        },
    )


def read_entities(engine: Engine, entities: Iterable[str]) -> dict[str, EntityRef]:
    """The entities with these ids, in their order; an id that the graph does not know is left out."""
    of_entity = {entity: entity_iri(entity) for entity in entities}
    found = describe(engine, of_entity.values(), ENTITY)
    return {entity: entity_ref(entity, found[iri]) for entity, iri in of_entity.items() if iri in found}


def entity_ref(entity: str, properties: Properties) -> EntityRef:
    """The entity as it stands in a list; its id is its name where the graph has no other."""
    types = sorted(filter(None, (type_id(term.value) for term in properties.get(curie("rdf:type"), []))))
    return EntityRef(
        id=entity,
        type=types[0] if types else "",
        name=text(properties, "skos:prefLabel") or Text(en=entity),
        short=text(properties, "bde:shortName"),
    )


def source_ref(source: str, properties: Properties) -> SourceRef:
    """The source as it stands under a statement; raises :class:`QueryError` where its record is not whole."""
    kind = first(properties, "bde:sourceKind")
    return SourceRef(
        id=source,
        title=text(properties, "dcterms:title") or Text(en=source),
        publisher=text(properties, "bde:publisherName") or Text(en="?"),
        official=value(properties, "bde:official", source) in ("true", "1"),
        kind=id_of(kind.value) if kind else "",
        language=value(properties, "dcterms:language", source),
        date=PartialDate.read(value(properties, "dcterms:date", source)),
        url=value(properties, "schema:url", source),
    )

"""Reads the knowledge back from a store, the whole or a part: for exports of a graph whose files are not at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from kg.engine.base import Engine
from kg.graph.names import PREFIXES, entity_iri, source_iri, type_id
from kg.model.entity import Entity
from kg.model.glossary import Glossary
from kg.model.knowledge import Knowledge
from kg.model.source import Source
from kg.model.statement import Relation, Statement
from kg.query.ask import ask
from kg.query.describe import Properties, blocks, describe
from kg.query.records import (
    ENTITY_RECORD,
    SOURCE_RECORD,
    STATEMENT_RECORD,
    entity_record,
    source_record,
    statement_record,
)
from kg.query.terms import curie, entities, id_of

__all__ = ["read_knowledge", "read_part", "read_source"]

_ENTITIES = "SELECT ?thing WHERE { GRAPH graph:entities { ?thing dcterms:identifier ?id } }"
_STATEMENTS = "SELECT ?thing WHERE { ?thing a bde:Statement }"
_SOURCES = "SELECT ?thing WHERE { ?thing a bde:Source }"
_SAID_OF = "SELECT DISTINCT ?thing WHERE { VALUES ?subject { $subjects } ?thing bde:subject ?subject }"


def read_knowledge(engine: Engine, glossary: Glossary) -> Knowledge:
    """Everything, in the terms of ``glossary``; some questions for each 400 things.

    What a graph does not keep is made up: aliases stand in code point order, statements in the order of their words.
    Raises QueryError, and AnswerTooLarge for a graph of more than a million statements.
    """
    statements = _read_statements(engine, _listed(engine, _STATEMENTS))
    found = _read_entities(engine, glossary, _listed(engine, _ENTITIES))
    return _knowledge(engine, glossary, found, statements, _listed(engine, _SOURCES))


def read_part(engine: Engine, glossary: Glossary, chosen: Collection[str], relations: Collection[str]) -> Knowledge:
    """These entities, these relations (digits of statements), and the entities' figures and statuses.

    Everybody who speaks in them, or is one of their ends, comes too. Raises QueryError.
    """
    said = set(relations)
    for block in blocks(entities(sorted(chosen))):
        said |= {id_of(row["thing"].value) for row in ask(engine, _SAID_OF, subjects=block).records()}
    statements = _read_statements(engine, said)
    wanted = set(chosen)
    for _, statement in statements.values():
        wanted |= {statement.subject, *([statement.speaker] if statement.speaker else [])}
        wanted |= {statement.object} if isinstance(statement, Relation) else set()
    found = _read_entities(engine, glossary, wanted)
    return _knowledge(engine, glossary, found, statements, {source for source, _ in statements.values()})


def read_source(engine: Engine, source: str) -> Source | None:
    """The record of one source, without its statements; None where there is none. Raises QueryError."""
    return _read_sources(engine, [source], {}).get(source)


_Found = tuple[dict[str, Entity], dict[str, str]]
_Said = dict[str, tuple[str, Statement]]


def _knowledge(engine: Engine, glossary: Glossary, found: _Found, said: _Said, sources: Iterable[str]) -> Knowledge:
    by_source: dict[str, list[Statement]] = defaultdict(list)
    ordered = sorted(said.items(), key=lambda item: (item[1][1].position is None, item[1][1].position or 0, item[0]))
    for _, (source, statement) in ordered:
        by_source[source].append(statement)
    records, types = found
    return Knowledge(glossary.vocabulary, records, types, _read_sources(engine, sorted(sources), by_source))


def _listed(engine: Engine, question: str) -> set[str]:
    return {id_of(row["thing"].value) for row in ask(engine, question).records()}


def _read_entities(engine: Engine, glossary: Glossary, wanted: Iterable[str]) -> _Found:
    iris = {entity: entity_iri(entity) for entity in sorted(wanted)}
    read = describe(engine, iris.values(), ENTITY_RECORD)
    records = {one: entity_record(one, read[iri], tuple(glossary.themes)) for one, iri in iris.items() if iri in read}
    return records, {one: _type(read[iris[one]], glossary) for one in records}


def _type(properties: Properties, glossary: Glossary) -> str:
    types = {type_id(term.value) for term in properties.get(curie("rdf:type"), [])}
    return next((one for one in glossary.types if one in types), "")


def _read_statements(engine: Engine, wanted: Iterable[str]) -> _Said:
    """The statements by their digits, each with its source's id."""
    digits = sorted(wanted)
    read = describe(engine, [PREFIXES["stmt"] + one for one in digits], STATEMENT_RECORD)
    places = describe(engine, [f"{PREFIXES['ev']}{one}/position" for one in digits], ("oa:start",))
    found = {}
    for one in digits:
        properties = read.get(PREFIXES["stmt"] + one)
        if properties is not None:
            place = places.get(f"{PREFIXES['ev']}{one}/position", {})
            source = min(id_of(term.value) for term in properties[curie("dcterms:source")])
            found[one] = source, statement_record(one, properties, place)
    return found


def _read_sources(engine: Engine, wanted: Iterable[str], said: dict[str, list[Statement]]) -> dict[str, Source]:
    iris = {source: source_iri(source) for source in wanted}
    checksums = {source: f"{iri}/checksum" for source, iri in iris.items()}
    read = describe(engine, [*iris.values(), *checksums.values()], SOURCE_RECORD)
    return {
        source: source_record(source, read[iri], read.get(checksums[source], {}), said.get(source, []))
        for source, iri in iris.items()
        if iri in read
    }

"""Entities as RDF: their names, keys, themes and links, all in one graph."""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph.names import PREFIXES, class_iri, concept_iri, entity_iri
from kg.graph.search_keys import search_keys
from kg.graph.terms import Literal, Triple, boolean, texts, web_iri
from kg.model.entity import Entity
from kg.model.knowledge import Knowledge

__all__ = ["entity_triples"]

BDE, DCTERMS, RDF, RDFS, SKOS = (PREFIXES[name] for name in ("bde", "dcterms", "rdf", "rdfs", "skos"))


def entity_triples(knowledge: Knowledge) -> Iterator[Triple]:
    """Everything that is known of entities themselves; what sources say of them is theirs."""
    for entity in knowledge.entities.values():
        yield entity_iri(entity.id), RDF + "type", class_iri(knowledge.type_of[entity.id])
        yield from _names(entity)
        yield from _description(entity)


def _names(entity: Entity) -> Iterator[Triple]:
    iri = entity_iri(entity.id)
    yield from texts(iri, SKOS + "prefLabel", entity.name)
    yield from texts(iri, RDFS + "label", entity.name)
    yield from texts(iri, BDE + "shortName", entity.short)
    yield from texts(iri, SKOS + "altLabel", entity.aliases)
    yield from texts(iri, BDE + "formerName", entity.former)
    names = (entity.name.zh, entity.short and entity.short.zh, *entity.aliases.zh, *entity.former.zh)
    for key in search_keys(name for name in names if name):
        yield iri, SKOS + "hiddenLabel", key


def _description(entity: Entity) -> Iterator[Triple]:
    iri = entity_iri(entity.id)
    yield iri, DCTERMS + "identifier", Literal(entity.id)
    yield from texts(iri, DCTERMS + "description", entity.description)
    for theme in entity.themes:
        yield iri, BDE + "theme", concept_iri("theme", theme)
    if entity.featured:
        yield iri, BDE + "featured", boolean(True)
    for link in entity.links:
        yield iri, RDFS + "seeAlso", web_iri(link)
    if entity.replaced_by:
        yield iri, DCTERMS + "isReplacedBy", entity_iri(entity.replaced_by)
    if entity.note:
        yield iri, SKOS + "editorialNote", Literal(entity.note)

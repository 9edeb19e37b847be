"""The ontology: every class and property of ours, defined in both languages and tied to standard terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.graph.clashes import refuse_clashes
from kg.graph.cube import cube_triples
from kg.graph.names import (
    ONTOLOGY,
    ONTOLOGY_HEADER,
    PLANNED,
    PLANNED_HEADER,
    PREFIXES,
    class_iri,
    expand,
    property_iri,
)
from kg.graph.relation_names import relation_name
from kg.graph.terms import Literal, Triple, texts
from kg.graph.wording import Header, OwnClass, OwnProperty, wording
from kg.model.text import Text
from kg.model.vocabulary import EntityType, RelationType, Vocabulary

__all__ = ["LICENCE", "ontology_triples"]

#: The licence of the data and of the ontology: Creative Commons Attribution 4.0 International.
LICENCE = "https://creativecommons.org/licenses/by/4.0/"

BDE, DCTERMS, OWL, RDF, RDFS = (PREFIXES[name] for name in ("bde", "dcterms", "owl", "rdf", "rdfs"))
SCHEMA, VANN = PREFIXES["schema"], PREFIXES["vann"]


def ontology_triples(vocabulary: Vocabulary) -> Iterator[Triple]:
    """The header, our fixed terms, and a class or two properties for each type and relation of the vocabulary.

    Raises :class:`DataError` for a vocabulary that it cannot be made from.
    """
    words = wording()
    refuse_clashes(vocabulary)
    yield from _header(ONTOLOGY_HEADER, "bde", ONTOLOGY, words.ontology)
    yield from _header(PLANNED_HEADER, "plan", PLANNED, words.planned)
    for own in words.classes:
        yield from _own_class(own)
    for term in words.properties:
        yield from _own_property(term)
    for entity_type in vocabulary.types:
        yield from _entity_class(entity_type)
    for relation in vocabulary.relations:
        yield from _standing(relation)
        yield from _planned(relation)
    yield from cube_triples()


def _header(iri: str, prefix: str, namespace: str, words: Header) -> Iterator[Triple]:
    yield iri, RDF + "type", OWL + "Ontology"
    yield from texts(iri, DCTERMS + "title", words.title)
    yield from texts(iri, RDFS + "label", words.title)
    yield from texts(iri, RDFS + "comment", words.comment)
    yield iri, VANN + "preferredNamespacePrefix", Literal(prefix)
    yield iri, VANN + "preferredNamespaceUri", Literal(namespace)
    yield iri, DCTERMS + "license", LICENCE
    if words.version:
        yield iri, OWL + "versionInfo", Literal(words.version)


def _term(iri: str, kinds: Iterable[str], label: Text, comment: Text) -> Iterator[Triple]:
    for kind in kinds:
        yield iri, RDF + "type", kind
    yield from texts(iri, RDFS + "label", label)
    yield from texts(iri, RDFS + "comment", comment)
    yield iri, RDFS + "isDefinedBy", iri.partition("#")[0]


def _own_class(own: OwnClass) -> Iterator[Triple]:
    iri = BDE + own.name
    yield from _term(iri, (OWL + "Class", RDFS + "Class"), own.label, own.comment)
    for parent in own.parents:
        yield iri, RDFS + "subClassOf", expand(parent)


def _own_property(own: OwnProperty) -> Iterator[Triple]:
    iri = BDE + own.name
    literal = own.range is None or own.range.startswith("xsd:") or own.range == "rdf:langString"
    kind = "DatatypeProperty" if literal else "ObjectProperty"
    yield from _term(iri, (OWL + kind, RDF + "Property"), own.label, own.comment)
    for parent in own.parents:
        yield iri, RDFS + "subPropertyOf", expand(parent)
    yield from _ends(iri, "domain", [expand(each) for each in own.domain])
    yield from _ends(iri, "range", [expand(own.range)] if own.range else [])


def _entity_class(entity_type: EntityType) -> Iterator[Triple]:
    iri = class_iri(entity_type.id)
    yield from _term(iri, (OWL + "Class", RDFS + "Class"), entity_type.name, entity_type.description)
    yield iri, RDFS + "subClassOf", BDE + "Entity"
    for match in entity_type.matches:
        yield iri, RDFS + "subClassOf", expand(match)


def _standing(relation: RelationType) -> Iterator[Triple]:
    iri = property_iri(relation.id)
    yield from _relation(iri, relation, relation.name)
    yield from texts(iri, BDE + "inverseLabel", relation.inverse)
    for match in relation.matches:
        yield iri, RDFS + "subPropertyOf", expand(match)


def _planned(relation: RelationType) -> Iterator[Triple]:
    """The twin for what is only planned: no subproperty of anything, so that a plan is never read as a fact."""
    iri = property_iri(relation.id, planned=True)
    yield from _relation(iri, relation, relation_name(relation, planned=True))
    yield from texts(iri, BDE + "inverseLabel", relation.planned_inverse)
    yield iri, BDE + "plannedFormOf", property_iri(relation.id)


def _relation(iri: str, relation: RelationType, name: Text) -> Iterator[Triple]:
    yield from _term(iri, (OWL + "ObjectProperty", RDF + "Property"), name, relation.description)
    if relation.symmetric:
        yield iri, RDF + "type", OWL + "SymmetricProperty"
    yield from _ends(iri, "domain", [class_iri(each) for each in relation.domain])
    yield from _ends(iri, "range", [class_iri(each) for each in relation.range])


def _ends(iri: str, end: str, classes: list[str]) -> Iterator[Triple]:
    """One class is the domain or range; of several each is *included*, as two ``rdfs:domain`` would mean both at once.

    An ``owl:unionOf`` would say it too, at the price of blank nodes, which have no place in this graph.
    """
    if len(classes) == 1:
        yield iri, RDFS + end, classes[0]
    else:
        for each in classes:
            yield iri, f"{SCHEMA}{end}Includes", each

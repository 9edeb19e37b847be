"""The vocabulary's terms as SKOS concepts, a concept scheme for each kind of term."""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph.names import PREFIXES, concept_iri, scheme_iri
from kg.graph.terms import Literal, Triple, texts
from kg.graph.wording import wording
from kg.model.text import Text
from kg.model.vocabulary import Term, Vocabulary

__all__ = ["vocabulary_triples"]

BDE, RDF, RDFS, SKOS = (PREFIXES[name] for name in ("bde", "rdf", "rdfs", "skos"))


def vocabulary_triples(vocabulary: Vocabulary) -> Iterator[Triple]:
    """The schemes and their concepts: themes, metrics, units, qualifiers, statuses, stages, kinds of source, aims."""
    words = wording()
    for scheme, title in words.schemes.items():
        yield from _scheme(scheme, title)
    for scheme, fixed in (("stage", words.stages), ("aim", words.aims)):
        for term_id, described in fixed.items():
            yield from _concept(scheme, term_id, described.label, described.comment)
    plain: tuple[tuple[str, tuple[Term, ...]], ...] = (
        ("theme", vocabulary.themes),
        ("metric", vocabulary.metrics),
        ("unit", vocabulary.units),
        ("qualifier", vocabulary.qualifiers),
        ("status", vocabulary.statuses),
        ("kind", vocabulary.source_kinds),
    )
    for scheme, terms in plain:
        for term in terms:
            yield from _concept(scheme, term.id, term.name, term.description)
    yield from _details(vocabulary)


def _scheme(scheme: str, title: Text) -> Iterator[Triple]:
    iri = scheme_iri(scheme)
    yield iri, RDF + "type", SKOS + "ConceptScheme"
    yield from texts(iri, SKOS + "prefLabel", title)
    yield from texts(iri, RDFS + "label", title)


def _concept(scheme: str, term_id: str, name: Text, definition: Text) -> Iterator[Triple]:
    iri = concept_iri(scheme, term_id)
    yield iri, RDF + "type", SKOS + "Concept"
    yield iri, SKOS + "inScheme", scheme_iri(scheme)
    yield iri, SKOS + "topConceptOf", scheme_iri(scheme)
    yield scheme_iri(scheme), SKOS + "hasTopConcept", iri
    yield iri, SKOS + "notation", Literal(term_id)
    yield from texts(iri, SKOS + "prefLabel", name)
    yield from texts(iri, RDFS + "label", name)
    yield from texts(iri, SKOS + "definition", definition)


def _details(vocabulary: Vocabulary) -> Iterator[Triple]:
    """What only one kind of term has."""
    for metric in vocabulary.metrics:
        iri = concept_iri("metric", metric.id)
        yield iri, BDE + "nature", Literal(metric.nature)
        yield iri, BDE + "unit", concept_iri("unit", metric.unit)
    for unit in vocabulary.units:
        if unit.ucum:
            yield concept_iri("unit", unit.id), BDE + "ucum", Literal(unit.ucum)
    for qualifier in vocabulary.qualifiers:
        iri = concept_iri("qualifier", qualifier.id)
        yield iri, BDE + "sign", Literal(qualifier.sign)
        for lang, word in qualifier.words.items():
            if getattr(qualifier.name, lang) != word:  # SKOS forbids an altLabel that is the prefLabel too (S13)
                yield iri, SKOS + "altLabel", Literal(word, lang)
    for status in vocabulary.statuses:
        yield concept_iri("status", status.id), BDE + "stage", concept_iri("stage", status.stage)

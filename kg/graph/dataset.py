"""The data set's own description, as DCAT 3 and VoID: what it is, how much, of when, in which formats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.graph.counts import void_counts
from kg.graph.names import (
    BASE,
    DATASET,
    GRAPH_DATASET,
    PREFIXES,
    concept_iri,
    distribution_iri,
    entity_iri,
    graph_iri,
    source_iri,
)
from kg.graph.ontology import LICENCE
from kg.graph.terms import Literal, Quad, Triple, count, date, texts
from kg.graph.wording import FormatFacts, wording
from kg.model.dates import PartialDate
from kg.model.knowledge import Knowledge
from kg.model.statement import Relation
from kg.model.text import LANGS

__all__ = ["dataset_triples"]

DCAT, DCTERMS, FOAF, RDF, RDFS = (PREFIXES[name] for name in ("dcat", "dcterms", "foaf", "rdf", "rdfs"))
VOID, XSD = PREFIXES["void"], PREFIXES["xsd"]

PERIOD = f"{DATASET}/period"
PUBLISHER = f"{BASE}publisher"
#: Languages and media types as DCAT wants them: IRIs of the registries that keep them.
LANGUAGES = "http://id.loc.gov/vocabulary/iso639-1/"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


def dataset_triples(knowledge: Knowledge, quads: Sequence[Quad], version: str) -> Iterator[Triple]:
    """The description of ``quads``, all that there is but the description itself. It is made without a clock."""
    yield from _identity(version)
    yield from _coverage(knowledge)
    for name, facts in wording().formats.items():
        yield from _distribution(name, facts)
    yield from _void(knowledge, quads)


def _identity(version: str) -> Iterator[Triple]:
    words = wording().dataset
    yield DATASET, RDF + "type", DCAT + "Dataset"
    yield from texts(DATASET, DCTERMS + "title", words.title)
    yield from texts(DATASET, RDFS + "label", words.title)
    yield from texts(DATASET, DCTERMS + "description", words.description)
    yield from texts(DATASET, DCAT + "keyword", words.keywords)
    yield DATASET, DCTERMS + "identifier", Literal(DATASET)
    yield DATASET, DCTERMS + "license", LICENCE
    yield DATASET, DCAT + "version", Literal(version)
    yield DATASET, DCTERMS + "publisher", PUBLISHER
    yield PUBLISHER, RDF + "type", FOAF + "Agent"
    yield from texts(PUBLISHER, FOAF + "name", words.publisher)
    yield from texts(PUBLISHER, RDFS + "label", words.publisher)
    for lang in LANGS:
        yield DATASET, DCTERMS + "language", LANGUAGES + lang


def _coverage(knowledge: Knowledge) -> Iterator[Triple]:
    """Themes, sources and time; what is modified last is dated by the newest source."""
    for theme in knowledge.vocabulary.themes:
        yield DATASET, DCAT + "theme", concept_iri("theme", theme.id)
    for source in knowledge.sources.values():
        yield DATASET, DCTERMS + "source", source_iri(source.id)
    if knowledge.sources:
        newest = max((source.date for source in knowledge.sources.values()), key=lambda each: (each.last, each.text))
        yield DATASET, DCTERMS + "modified", date(newest)
    days = list(_dates(knowledge))
    if days:
        yield DATASET, DCTERMS + "temporal", PERIOD
        yield PERIOD, RDF + "type", DCTERMS + "PeriodOfTime"
        first, last = min(day.first for day in days), max(day.last for day in days)
        yield PERIOD, DCAT + "startDate", Literal(first.isoformat(), datatype=XSD + "date")
        yield PERIOD, DCAT + "endDate", Literal(last.isoformat(), datatype=XSD + "date")


def _dates(knowledge: Knowledge) -> Iterator[PartialDate]:
    """Every date that a statement speaks of or from."""
    for source in knowledge.sources.values():
        yield source.date
    for _, statement in knowledge.statements():
        if not isinstance(statement, Relation):
            yield statement.as_of
        since = getattr(statement, "since", None)
        if since is not None:
            yield since


def _distribution(name: str, facts: FormatFacts) -> Iterator[Triple]:
    iri = distribution_iri(name)
    yield DATASET, DCAT + "distribution", iri
    yield iri, RDF + "type", DCAT + "Distribution"
    yield from texts(iri, DCTERMS + "title", facts.title)
    yield from texts(iri, RDFS + "label", facts.title)
    yield iri, DCTERMS + "identifier", Literal(name)
    yield iri, DCAT + "mediaType", MEDIA_TYPES + facts.media_type.partition(";")[0]
    yield iri, DCTERMS + "license", LICENCE


def _void(knowledge: Knowledge, quads: Sequence[Quad]) -> Iterator[Triple]:
    yield DATASET, RDF + "type", VOID + "Dataset"
    yield from texts(GRAPH_DATASET, RDFS + "comment", wording().dataset.void)
    yield DATASET, VOID + "uriSpace", Literal(BASE)
    yield DATASET, VOID + "entities", count(len(knowledge.entities))
    for namespace in sorted({PREFIXES[prefix] for prefix in _VOCABULARIES}):
        yield DATASET, VOID + "vocabulary", namespace
    for entity in knowledge.entities.values():
        if entity.featured:
            yield DATASET, VOID + "exampleResource", entity_iri(entity.id)
    yield from void_counts(DATASET, quads)
    sizes: dict[str, int] = {}
    for quad in quads:
        sizes[quad.graph] = sizes.get(quad.graph, 0) + 1
    for graph, size in sizes.items():
        yield DATASET, VOID + "subset", graph
        yield graph, RDF + "type", VOID + "Dataset"
        yield graph, VOID + "triples", count(size)
    for source in knowledge.sources.values():
        yield graph_iri(source.id), DCTERMS + "source", source_iri(source.id)


_VOCABULARIES = ("bde", "plan", "skos", "dcterms", "prov", "oa", "org", "schema", "qb", "foaf", "spdx")

"""The shapes hold for the data, and each is broken by breaking what it asks for."""

from __future__ import annotations

from dataclasses import dataclass

import pyshacl
import pytest
from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node
from rdflib.util import from_n3

from kg.graph.build import build
from kg.graph.names import GRAPH_DATASET, GRAPH_ONTOLOGY, compact, expand
from kg.graph.rdflib_terms import to_graph
from kg.graph.shapes import shapes, shapes_turtle
from kg.model.knowledge import Knowledge

RELATION = "stmt:bb294d8946d77934"
PLANNED = "stmt:741bf04c7ad34fd1"
FIGURE = "stmt:3d6dc3f6e5f1a59c"
STATUS = "stmt:b7d14b701da49c19"
EVIDENCE = "ev:bb294d8946d77934"
QUOTE = expand(EVIDENCE) + "/quote"
SOURCE = "src:2025-01-05-sample"
ENTITY = "ent:changan-chain"


@dataclass(frozen=True)
class Break:
    """What ``subject`` says with ``predicate`` is replaced by ``objects`` (in N3), which breaks ``shape``."""

    shape: str
    subject: str
    predicate: str
    objects: tuple[str, ...] = ()
    also: tuple[Break, ...] = ()


BREAKS = [
    Break("Entity-type", ENTITY, "rdf:type", ("bde:Technology", "bde:Agency")),
    Break("Entity-name", ENTITY, "skos:prefLabel", ('"a"@en', '"b"@en')),
    Break("Entity-name", ENTITY, "skos:prefLabel"),
    Break("Entity-label", ENTITY, "rdfs:label", ('"other"@en',)),
    Break("Entity-identifier", ENTITY, "dcterms:identifier", ('"Chang An"',)),
    Break("Entity-description", ENTITY, "dcterms:description"),
    Break("Entity-short", ENTITY, "bde:shortName", ('"a"@en', '"b"@en')),
    Break("Entity-theme", ENTITY, "bde:theme", ("theme:nothing",)),
    Break("Entity-replacement", ENTITY, "dcterms:isReplacedBy", ("ent:nothing",)),
    Break("Statement-kind", FIGURE, "rdf:type", ("bde:Statement",)),
    Break("Statement-kind", FIGURE, "rdf:type", ("bde:Statement", "bde:Figure", "bde:Status")),
    Break("Statement-phrase", RELATION, "bde:phrase", (f'"{"长" * 41}"@zh',)),
    Break("Statement-phrase", RELATION, "bde:phrase", ('"市科委牵头长安链"',)),
    Break("Statement-phrase", RELATION, "bde:phrase"),
    Break("Statement-source", RELATION, "dcterms:source"),
    Break("Statement-source", RELATION, "dcterms:source", ("src:nothing",)),
    Break("Statement-evidence", RELATION, "prov:wasDerivedFrom"),
    Break("Statement-quote", QUOTE, "oa:exact", ('"别的话"@zh',)),
    Break("Statement-origin", EVIDENCE, "oa:hasSource", ("src:2024-06-sample",)),
    Break("Statement-speaker", RELATION, "bde:speaker", (SOURCE,)),
    Break("Relation-subject", RELATION, "rdf:subject"),
    Break("Relation-predicate", RELATION, "rdf:predicate", ("bde:nothing",)),
    Break("Relation-object", RELATION, "rdf:object", ("ent:nothing",)),
    Break("Relation-status", RELATION, "bde:status", ("status:nothing",)),
    Break("Relation-role", RELATION, "bde:role", ('"a"@zh', '"b"@zh')),
    Break("Relation-since", RELATION, "bde:since", ('"2025-02-30"^^xsd:date',)),
    Break("Relation-form", PLANNED, "rdf:predicate", ("bde:buildsOn",)),
    Break("Relation-form", PLANNED, "bde:status"),
    Break("Relation-form", RELATION, "bde:status", ("status:announced",)),
    Break("Relation-direct", "ent:science-commission", "bde:leads"),
    Break("Figure-subject", FIGURE, "bde:subject", (ENTITY, "ent:liu-weihua")),
    Break("Figure-metric", FIGURE, "bde:metric", ("metric:nothing",)),
    Break("Figure-value", FIGURE, "bde:value", ('"many"^^xsd:decimal',)),
    Break("Figure-value", FIGURE, "bde:value", ('"7"^^xsd:integer',)),
    Break("Figure-unit", FIGURE, "sdmx-attribute:unitMeasure"),
    Break("Figure-unit-of-metric", FIGURE, "sdmx-attribute:unitMeasure", ("unit:percent",)),
    Break("Figure-qualifier", FIGURE, "bde:qualifier"),
    Break("Figure-as-of", FIGURE, "bde:asOf", ('"2025-01-05"',)),
    Break("Figure-as-of", FIGURE, "bde:asOf"),
    Break("Figure-aim", FIGURE, "bde:aim", ("aim:achieved", "aim:target")),
    Break("Figure-data-set", FIGURE, "qb:dataSet"),
    Break("Status-subject", STATUS, "bde:subject"),
    Break("Status-status", STATUS, "bde:status", ("stage:planned",)),
    Break("Status-as-of", STATUS, "bde:asOf"),
    Break("Status-since", STATUS, "bde:since", ('"2021"^^xsd:gYear', '"2022"^^xsd:gYear')),
    Break("Evidence-source", EVIDENCE, "oa:hasSource"),
    Break("Evidence-quote", EVIDENCE, "oa:hasSelector"),
    Break("Evidence-quote", QUOTE, "oa:exact"),
    Break(
        "Evidence-position",
        EVIDENCE,
        "oa:hasSelector",
        (QUOTE, "ev:first", "ev:second"),
        (
            Break("", "ev:first", "rdf:type", ("oa:TextPositionSelector",)),
            Break("", "ev:second", "rdf:type", ("oa:TextPositionSelector",)),
        ),
    ),
    Break("Position-start", QUOTE, "rdf:type", ("oa:TextPositionSelector",)),
    Break("Position-end", QUOTE, "rdf:type", ("oa:TextPositionSelector",)),
    Break("Source-title", SOURCE, "dcterms:title"),
    Break("Source-publisher", SOURCE, "bde:publisherName"),
    Break("Source-kind", SOURCE, "bde:sourceKind", ("kind:nothing",)),
    Break("Source-official", SOURCE, "bde:official", ('"yes"',)),
    Break("Source-language", SOURCE, "dcterms:language", ('"fr"',)),
    Break("Source-address", SOURCE, "foaf:page"),
    Break("Source-date", SOURCE, "dcterms:date", ('"2025/01/05"',)),
    Break("Concept-name", "metric:time-saved", "skos:prefLabel", ('"Zeit"@de',)),
    Break("Concept-scheme", "metric:time-saved", "skos:inScheme"),
    Break("leads-domain", "ent:isolated-technology", "bde:leads", (ENTITY,)),
    Break("builds-on-domain", "ent:liu-weihua", "plan:buildsOn", (ENTITY,)),
    Break("holds-post-at-range", "ent:liu-weihua", "bde:holdsPostAt", (ENTITY,)),
    Break("leads-range", "ent:science-commission", "bde:leads", (ENTITY, SOURCE)),
]


@pytest.fixture(scope="module")
def rules(sample: Knowledge) -> Graph:
    return shapes(sample.vocabulary)


@pytest.fixture(scope="module")
def data(sample: Knowledge) -> Graph:
    """Everything that shapes speak of, small so that it is quick to validate."""
    return to_graph(quad for quad in build(sample).quads if quad.graph not in (GRAPH_DATASET, GRAPH_ONTOLOGY))


def term(text: str, data: Graph) -> Node:
    if not text.startswith('"'):
        return URIRef(expand(text))
    parsed = from_n3(text, nsm=data.namespace_manager)
    assert isinstance(parsed, Node)
    return parsed


def broken(data: Graph, by: Break) -> Graph:
    copy = Graph(namespace_manager=data.namespace_manager)
    copy += data
    for each in (by, *by.also):
        subject, predicate = URIRef(expand(each.subject)), URIRef(expand(each.predicate))
        copy.remove((subject, predicate, None))
        for value in each.objects:
            copy.add((subject, predicate, term(value, data)))
    return copy


def violated(data: Graph, rules: Graph) -> set[str]:
    """The shapes that the data breaks."""
    conforms, report, _ = pyshacl.validate(data, shacl_graph=rules)
    assert isinstance(report, Graph)
    named = {*report.objects(None, SH.sourceShape), *report.objects(None, SH.sourceConstraint)}
    assert conforms == (not named)
    return {compact(str(shape)).removeprefix("shape:") for shape in named}


def test_the_sample_conforms(data: Graph, rules: Graph) -> None:
    assert violated(data, rules) == set()


def test_the_shapes_are_shacl(data: Graph, rules: Graph) -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=rules, meta_shacl=True)
    assert conforms, text


@pytest.mark.parametrize("by", BREAKS, ids=lambda by: f"{by.shape} {by.subject} {by.predicate}")
def test_what_breaks_a_rule_names_its_shape(data: Graph, rules: Graph, by: Break) -> None:
    assert by.shape in violated(broken(data, by), rules)


def test_each_shape_that_says_something_is_broken_above(rules: Graph, sample: Knowledge) -> None:
    speaking = {compact(str(shape)).removeprefix("shape:") for shape in rules.subjects(SH.message)}
    ends = {f"{relation.id}-{end}" for relation in sample.vocabulary.relations for end in ("domain", "range")}
    assert speaking - ends == {by.shape for by in BREAKS} - ends


def test_each_message_is_in_both_languages(rules: Graph) -> None:
    for shape in set(rules.subjects(SH.message)):
        assert {getattr(said, "language", None) for said in rules.objects(shape, SH.message)} == {"zh", "en"}, shape


def test_each_property_shape_of_a_node_says_what_is_wrong(rules: Graph) -> None:
    inner = {URIRef(expand(f"shape:{name}")) for name in ("SomeEntity", "PlannedForm", "StandingForm", "QuoteSelector")}
    for node, shape in rules.subject_objects(SH.property):
        assert node in inner or (shape, SH.message, None) in rules, shape


def test_each_shape_that_is_pointed_to_is_there(rules: Graph) -> None:
    for shape in rules.objects(None, SH.property):
        assert (shape, RDF.type, SH.PropertyShape) in rules


def test_the_message_of_an_end_names_relation_and_types(rules: Graph) -> None:
    said = {str(message) for message in rules.objects(URIRef(expand("shape:leads-domain")), SH.message)}
    assert said == {"“牵头”的主体须是：机构、人物。", "The subject of “leads” is one of: Agency, Person."}


def test_the_shapes_are_the_same_bytes_each_time(sample: Knowledge) -> None:
    assert shapes_turtle(sample.vocabulary) == shapes_turtle(sample.vocabulary)


def test_the_real_data_conforms(knowledge: Knowledge) -> None:
    _, _, text = pyshacl.validate(to_graph(build(knowledge).quads), shacl_graph=shapes(knowledge.vocabulary))
    assert "Conforms: True" in text, text

"""Each RDF serialisation is read back as the very graph that was written, by rdflib and by Oxigraph."""

from __future__ import annotations

import json

import pyoxigraph
import pytest
from rdflib import BNode, Dataset, Graph, URIRef
from rdflib import Literal as RdflibLiteral

from kg.export.formats import FORMATS
from kg.graph.build import build
from kg.graph.names import GRAPH_ONTOLOGY, PREFIXES
from kg.graph.shapes import shapes
from kg.graph.terms import Literal, Quad, Term
from kg.model.knowledge import Knowledge

OXIGRAPH = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "nquads": pyoxigraph.RdfFormat.N_QUADS,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}
RDFLIB = {
    "turtle": "turtle",
    "ntriples": "nt",
    "rdfxml": "xml",
    "trig": "trig",
    "nquads": "nquads",
    "jsonld": "json-ld",
}
MERGED = ("turtle", "ntriples", "rdfxml")
NAMED = ("trig", "nquads", "jsonld")
STRING = PREFIXES["xsd"] + "string"
LANG_STRING = PREFIXES["rdf"] + "langString"

Read = tuple[str, ...]


def written(knowledge: Knowledge, named: bool) -> set[Read]:
    return {read_quad(quad, named) for quad in build(knowledge).quads}


def read_quad(quad: Quad, named: bool) -> Read:
    return (quad.subject, quad.predicate, *plain(quad.object), *((quad.graph,) if named else ()))


def plain(term: Term) -> Read:
    return (term.value, term.lang, term.datatype) if isinstance(term, Literal) else (term,)


def by_oxigraph(content: bytes, name: str) -> list[Read]:
    read = []
    for quad in pyoxigraph.parse(content, format=OXIGRAPH[name]):
        assert isinstance(quad.subject, pyoxigraph.NamedNode)
        graph = (quad.graph_name.value,) if isinstance(quad.graph_name, pyoxigraph.NamedNode) else ()
        read.append((quad.subject.value, quad.predicate.value, *oxigraph_term(quad.object), *graph))
    return read


def oxigraph_term(term: object) -> Read:
    if isinstance(term, pyoxigraph.Literal):
        datatype = "" if term.datatype.value in (STRING, LANG_STRING) else term.datatype.value
        return term.value, term.language or "", datatype
    assert isinstance(term, pyoxigraph.NamedNode)
    return (term.value,)


def by_rdflib(content: bytes, name: str) -> list[Read]:
    if name in MERGED:
        return [(str(s), str(p), *rdflib_term(o)) for s, p, o in Graph().parse(data=content, format=RDFLIB[name])]
    dataset = Dataset().parse(data=content, format=RDFLIB[name])
    return [(str(s), str(p), *rdflib_term(o), str(g)) for s, p, o, g in dataset.quads()]


def rdflib_term(term: object) -> Read:
    assert not isinstance(term, BNode)
    if isinstance(term, RdflibLiteral):
        return str(term), term.language or "", str(term.datatype or "").replace(STRING, "")
    assert isinstance(term, URIRef)
    return (str(term),)


@pytest.mark.parametrize("name", OXIGRAPH)
def test_oxigraph_reads_back_what_was_written(sample: Knowledge, name: str) -> None:
    read = by_oxigraph(FORMATS[name].write(sample), name)
    assert len(read) == len(set(read))
    assert set(read) == written(sample, name in NAMED)


# rdflib 7 still uses, within its own parsers, what it has deprecated.
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("name", RDFLIB)
def test_rdflib_reads_back_what_was_written(sample: Knowledge, name: str) -> None:
    read = by_rdflib(FORMATS[name].write(sample), name)
    assert len(read) == len(set(read))
    assert set(read) == written(sample, name in NAMED)


@pytest.mark.parametrize("name", [name for name in OXIGRAPH if name != "rdfxml"])
def test_hostile_names_come_back_whole(hostile: Knowledge, name: str) -> None:
    assert set(by_oxigraph(FORMATS[name].write(hostile), name)) == written(hostile, name in NAMED)


def test_hostile_names_come_back_from_rdfxml_but_for_what_xml_cannot_carry(
    hostile: Knowledge, hostile_name: str, hostile_name_in_xml: str
) -> None:
    content = FORMATS["rdfxml"].write(hostile)
    for read in (by_oxigraph(content, "rdfxml"), by_rdflib(content, "rdfxml")):
        texts = {triple[2] for triple in read}
        assert hostile_name_in_xml in texts
        assert hostile_name not in texts
        assert len(read) == len(written(hostile, named=False))


@pytest.mark.parametrize("name", ["turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml"])
def test_both_read_the_same_number_from_the_real_data(knowledge: Knowledge, name: str) -> None:
    assert len(by_oxigraph(FORMATS[name].write(knowledge), name)) == len(written(knowledge, name in NAMED))


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_rdflib_and_oxigraph_read_the_same_number_of_quads_from_the_real_nquads(knowledge: Knowledge) -> None:
    content = FORMATS["nquads"].write(knowledge)
    assert len(by_rdflib(content, "nquads")) == len(by_oxigraph(content, "nquads")) == content.count(b"\n")


def test_jsonld_has_a_context_and_can_stand_in_a_page(sample: Knowledge) -> None:
    content = FORMATS["jsonld"].write(sample)
    assert json.loads(content)["@context"] == dict(PREFIXES)
    assert b"</" not in content


def test_turtle_uses_short_names_and_puts_the_type_first(sample: Knowledge) -> None:
    text = FORMATS["turtle"].write(sample).decode()
    assert "\nent:changan-chain a bde:Technology ;\n    bde:featured true ;\n" in text
    assert "bde:asOf " in text


def test_the_ontology_is_that_of_the_graph(sample: Knowledge) -> None:
    read = {triple[:3] for triple in Graph().parse(data=FORMATS["ontology"].write(sample), format="turtle")}
    assert len(read) == sum(quad.graph == GRAPH_ONTOLOGY for quad in build(sample).quads)


def test_the_shapes_are_those_that_validate(sample: Knowledge) -> None:
    read = Graph().parse(data=FORMATS["shapes"].write(sample), format="turtle")
    assert len(read) == len(shapes(sample.vocabulary))

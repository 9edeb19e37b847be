"""The format that a client gets is the one that it likes, and holds what the engine answered."""

from __future__ import annotations

import csv
import io
import string
from collections import Counter

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.plugins.sparql.results.jsonresults import JSONResultParser
from rdflib.plugins.sparql.results.xmlresults import XMLResultParser
from rdflib.query import Result
from rdflib.term import Identifier

from kg.engine.answer import XSD, Answer, Form, Term
from kg.engine.base import Engine
from kg.engine.convert import FORMATS, convert, convert_in_pieces
from kg.serve.faults import ProtocolError
from kg.serve.formats import choose
from tests.serve.clients import Place

JSON, XML, CSV = "application/sparql-results+json", "application/sparql-results+xml", "text/csv"
TSV, HTML, TURTLE, NT = "text/tab-separated-values", "text/html", "text/turtle", "application/n-triples"
JSONLD, RDFXML = "application/ld+json", "application/rdf+xml"

#: What clients send, taken from their own code: who, Accept, what it gets for a SELECT, what for a CONSTRUCT.
CLIENTS = [
    ("curl", "*/*", JSON, TURTLE),
    ("nobody", "", JSON, TURTLE),
    ("Java's own", "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", HTML, HTML),
    ("a browser", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", HTML, HTML),
    ("rdflib", "application/sparql-results+xml, application/rdf+xml", XML, RDFXML),
    ("rdflib for JSON", "application/sparql-results+json, application/ld+json", JSON, JSONLD),
    ("SPARQLWrapper", "application/sparql-results+xml", XML, ""),
    (
        "SPARQLWrapper for JSON",
        "application/sparql-results+json,application/json,text/javascript,application/javascript",
        JSON,
        "application/json",
    ),
    (
        "SPARQLWrapper for graphs",
        "text/turtle,application/turtle,application/x-turtle,text/rdf+n3,application/rdf+xml,application/n-triples",
        "",
        TURTLE,
    ),
    (
        "Comunica",
        "application/sparql-results+json;q=1.0,application/sparql-results+xml;q=0.7,application/n-quads,"
        "application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,text/turtle;q=0.6,*/*;q=0.1",
        JSON,
        "application/n-quads",
    ),
    (
        "Jena for results",
        "application/sparql-results+json, application/sparql-results+xml;q=0.9, text/tab-separated-values;q=0.7, "
        "text/csv;q=0.5, application/json;q=0.2, application/xml;q=0.2, */*;q=0.1",
        JSON,
        "application/json",
    ),
    (
        "Jena for graphs",
        "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,*/*;q=0.3",
        JSON,
        TURTLE,
    ),
    (
        "RDF4J",
        "application/x-sparqlstar-results+json;q=0.8, application/sparql-results+json;q=0.9, "
        "application/sparql-results+xml;q=0.8, text/tab-separated-values;q=0.7, application/x-binary-rdf-results-table",
        JSON,
        "",
    ),
    ("httr2", "application/json, text/xml, application/xml, */*", "application/json", "application/json"),
    ("Yasgui", "application/sparql-results+json,*/*;q=0.9", JSON, TURTLE),
    ("Yasgui for graphs", "text/turtle,*/*;q=0.9", JSON, TURTLE),
    ("jQuery", "application/json, text/javascript, */*; q=0.01", "application/json", "application/json"),
    ("Wikidata's users", "text/csv", CSV, ""),
    ("pandas", "text/tab-separated-values;charset=utf-8", TSV, ""),
]


def type_of(form: Form, accept: str) -> str:
    return choose(form, accept).media_type.partition(";")[0]


@pytest.mark.parametrize(
    ("accept", "select", "graph"), [each[1:] for each in CLIENTS], ids=[each[0] for each in CLIENTS]
)
def test_true_clients_get_what_they_can_read(accept: str, select: str, graph: str) -> None:
    forms: tuple[tuple[Form, str], ...] = (("select", select), ("ask", select), ("graph", graph))
    for form, wanted in forms:
        if wanted:
            assert type_of(form, accept) == wanted
        else:
            with pytest.raises(ProtocolError) as caught:
                choose(form, accept)
            assert caught.value.status == 406


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.6", XML),
        ("text/csv;q=0.6, application/sparql-results+xml;q=0.5", CSV),
        ("application/sparql-results+json;q=0, */*", XML),
        ("text/*", CSV),
        ("text/*;q=0.9, text/csv;q=0.1", TSV),
        ("*/*, text/csv", CSV),
        ("*/*;q=0.1, TEXT/CSV ; Q=0.9", CSV),
        ("text/csv;q=1.000;x=y", CSV),
        ("text/csv;q=much", CSV),
        (",, text/csv ,", CSV),
        ("application/xml", "application/xml"),
        ("text/xml;q=0.9, application/pdf", "text/xml"),
    ],
)
def test_the_client_decides_by_its_qualities(accept: str, wanted: str) -> None:
    assert type_of("select", accept) == wanted


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "*/*;q=0", "application/xhtml+xml", "text/turtle"])
def test_what_there_is_not_is_not_acceptable(place: Place, accept: str) -> None:
    reply = place.ask("SELECT * {}", accept)
    assert (reply.status, reply.type) == (406, "text/plain")
    assert all(each in reply.text for each in (JSON, XML, CSV, TSV))


@pytest.mark.parametrize("accept", ["nonsense", "text/csv/x", ";q=1", "text/csv, ;", "a/b," * 2_000])
def test_an_accept_that_is_none_is_told_so(place: Place, accept: str) -> None:
    reply = place.ask("SELECT * {}", accept)
    assert reply.status == 400
    assert "Accept" in reply.text


def test_the_media_type_is_the_one_that_was_asked_for(place: Place) -> None:
    for accept in (JSON, "application/json", XML, "application/xml", "text/xml", CSV, TSV):
        assert place.ask("SELECT * {}", accept).type == accept
    for accept in (TURTLE, "text/n3", NT, "text/plain", JSONLD, "application/json", RDFXML, "application/xml"):
        assert place.ask("CONSTRUCT WHERE {}", accept).type == accept


@pytest.mark.parametrize("form", ["select", "graph"])
def test_every_name_of_a_format_is_one_that_format_takes(form: Form) -> None:
    for name in (*FORMATS[form], "html"):
        assert choose(form, "image/png", name) == choose(form, "image/png", name.upper())
        assert choose(form, "image/png", name).name == name
        assert choose(form, "image/png", choose(form, "", name).media_type).name == name


@pytest.mark.parametrize(
    ("form", "wanted", "name"),
    [
        ("graph", "ttl", "turtle"), ("graph", "n3", "turtle"), ("graph", "nt", "ntriples"), ("graph", "nq", "nquads"),
        ("graph", "json-ld", "jsonld"), ("graph", "rdf", "rdfxml"), ("graph", "rdf+xml", "rdfxml"),
        ("graph", "json", "jsonld"), ("graph", "xml", "rdfxml"), ("select", "srj", "json"), ("ask", "srx", "xml"),
        ("select", "application/sparql-results json", "json"),
    ],
)  # fmt: skip
def test_the_names_that_clients_use_are_understood(form: Form, wanted: str, name: str) -> None:
    assert choose(form, "", wanted).name == name


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        ("select", "turtle"),
        ("select", "docx"),
        ("ask", "ntriples"),
        ("graph", "csv"),
        ("graph", "tsv"),
        ("graph", "x" * 99),
    ],
)
def test_a_wrong_name_is_told_the_right_ones(form: Form, wanted: str) -> None:
    with pytest.raises(ProtocolError) as caught:
        choose(form, "*/*", wanted)
    assert caught.value.status == 400
    assert ("json" if form != "graph" else "turtle") in str(caught.value)
    assert len(str(caught.value)) < 200


# ---- What is in them -------------------------------------------------------------------------------------------------

SELECTS = [
    "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o",
    "SELECT ?s ?none ?o { ?s rdfs:label|skos:prefLabel ?o OPTIONAL { ?s <urn:none> ?none } }",
    "SELECT ?s { ?s a <urn:none> }",
    'SELECT (1 AS ?i) (1.50 AS ?d) (1e3 AS ?e) (true AS ?b) ("a\\n\\"b\\",\\t;" AS ?t) ("" AS ?z) (BNODE() AS ?n) {}',
]
PREFIX = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
GRAPHS = [
    "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }",
    "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o . ?s a <urn:none> }",
    "DESCRIBE <https://w3id.org/beijing-digital-economy/entity/changan-chain>",
]


def as_rdflib(term: Term) -> Identifier:
    if term.kind == "iri":
        return rdflib.URIRef(term.value)
    if term.kind == "blank":
        return rdflib.BNode("blank")
    return rdflib.Literal(term.value, lang=term.lang or None, datatype=None if term.lang else term.datatype)


def spelled(term: Identifier) -> tuple[str, ...]:
    """What a term says: rdflib holds a plain literal and an ``xsd:string`` for two things, and SPARQL for one."""
    if isinstance(term, rdflib.Literal):
        return str(term), (term.language or "").lower(), str(term.datatype or ("" if term.language else XSD + "string"))
    return ("blank",) if isinstance(term, rdflib.BNode) else (str(term),)


def bag(rows: list[dict[str, Identifier]]) -> Counter[frozenset[tuple[str, tuple[str, ...]]]]:
    return Counter(frozenset((name, spelled(term)) for name, term in row.items()) for row in rows)


def read(result: Result) -> list[dict[str, Identifier]]:
    return [{str(name): term for name, term in row.items()} for row in result.bindings]


@pytest.mark.parametrize("query", SELECTS)
def test_a_table_read_by_another_parser_is_the_engines(place: Place, sample_engine: Engine, query: str) -> None:
    answer = sample_engine.ask(PREFIX + query)
    wanted = bag([{name: as_rdflib(term) for name, term in row.items()} for row in answer.records()])
    json = JSONResultParser().parse(io.BytesIO(place.ask(PREFIX + query, JSON).body))
    xml = XMLResultParser().parse(io.BytesIO(place.ask(PREFIX + query, XML).body))
    for result in (json, xml):
        assert tuple(str(name) for name in result.vars or ()) == answer.columns
        assert bag(read(result)) == wanted


@pytest.mark.parametrize("query", SELECTS)
def test_a_csv_read_by_another_parser_has_the_engines_values(place: Place, sample_engine: Engine, query: str) -> None:
    answer = sample_engine.ask(PREFIX + query)
    reply = place.ask(PREFIX + query, CSV)
    head, *rows = csv.reader(io.StringIO(reply.text, newline=""), strict=True)

    def plain(term: Term | None) -> str:
        return "" if term is None else "_:" if term.kind == "blank" else term.value

    assert tuple(head) == answer.columns
    assert Counter(tuple("_:" if cell.startswith("_:") else cell for cell in row) for row in rows if row) == Counter(
        tuple(plain(term) for term in row) for row in answer.terms()
    )


def test_a_tsv_is_the_engines_own(place: Place, sample_engine: Engine) -> None:
    reply = place.ask(SELECTS[0], TSV)
    read = Answer("select", reply.body, reply.body.count(b"\n") - 1, False, 0.0, "")
    assert read.columns == ("s", "p", "o")
    assert Counter(read.terms()) == Counter(sample_engine.ask(SELECTS[0]).terms())


@pytest.mark.parametrize(("query", "wanted"), [("ASK { ?s ?p ?o }", True), ("ASK { <urn:x> ?p ?o }", False)])
def test_a_yes_or_no_is_the_same_in_every_format(place: Place, query: str, wanted: bool) -> None:
    word = str(wanted).lower()
    assert JSONResultParser().parse(io.BytesIO(place.ask(query, JSON).body)).askAnswer is wanted
    assert XMLResultParser().parse(io.BytesIO(place.ask(query, XML).body)).askAnswer is wanted
    assert [place.ask(query, each).text.strip() for each in (CSV, TSV)] == [word, word]
    page = place.ask(query, HTML)
    assert (page.status, page.type) == (200, HTML)
    assert ("Yes" in page.text) is wanted


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib, by its own parsers
@pytest.mark.parametrize("query", GRAPHS)
@pytest.mark.parametrize(
    ("name", "parser"),
    [
        ("turtle", "turtle"),
        ("ntriples", "nt"),
        ("jsonld", "json-ld"),
        ("rdfxml", "xml"),
        ("nquads", "nquads"),
        ("trig", "trig"),
    ],
)
def test_a_graph_read_by_another_parser_is_the_engines(
    place: Place, sample_engine: Engine, query: str, name: str, parser: str
) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=place.ask(query, format=name).text, format=parser)
    found = {tuple(map(spelled, quad[:3])) for quad in dataset.quads()}
    assert found == {tuple(spelled(as_rdflib(term)) for term in row) for row in sample_engine.ask(query).triples()}


def test_what_xml_cannot_hold_is_told_and_what_can_is_named(place: Place) -> None:
    for reply in (
        place.ask('SELECT ("\\u0001" AS ?x) {}', XML),
        place.ask("CONSTRUCT { <urn:a> <urn:1> 1 } {}", RDFXML),
    ):
        assert reply.status == 406
        assert "json" in reply.text
    assert place.ask('SELECT ("\\u0001" AS ?x) {}', JSON).json()["results"]["bindings"][0]["x"]["value"] == "\u0001"


# ---- In pieces -------------------------------------------------------------------------------------------------------

TERMS = st.one_of(
    st.just(""),
    st.text(string.ascii_letters, min_size=1, max_size=4).map(lambda name: f"<urn:{name}>"),
    st.text(string.ascii_letters, min_size=1, max_size=4).map(lambda name: f"_:{name}"),
    st.integers().map(str),
    st.sampled_from(
        ['"\\t\\n\\r\\\\\\""', '"长安链"@zh', '"x"^^<urn:y>', "true", "1.5", "1e3", '"]}}"', '"\\"bindings\\":["']
    ),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters='"\\\n\r\t'), max_size=5).map(
        lambda t: f'"{t}"'
    ),
)


@st.composite
def tables(draw: st.DrawFn) -> Answer:
    columns = draw(st.integers(0, 3))
    rows = draw(st.lists(st.lists(TERMS, min_size=columns, max_size=columns), max_size=12))
    lines = ["\t".join(f"?c{number}" for number in range(columns)), *("\t".join(row) for row in rows)]
    return Answer("select", "".join(f"{line}\n" for line in lines).encode(), len(rows), False, 0.0, "")


@given(tables(), st.integers(1, 14), st.sampled_from(FORMATS["select"]))
def test_an_answer_in_pieces_is_the_whole_answer(answer: Answer, rows: int, format: str) -> None:
    try:
        whole = convert(answer, format)
    except Exception as error:
        with pytest.raises(type(error)):
            b"".join(convert_in_pieces(answer, format, rows=rows))
        return
    pieces = list(convert_in_pieces(answer, format, rows=rows))
    assert b"".join(pieces) == whole
    if format in ("csv", "json"):
        assert len(pieces) == max(1, -(-answer.rows // rows))

"""Answers: what Oxigraph writes is read back to the very same terms, and written in every format."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.engine.answer import Answer, Term, read_term
from kg.engine.convert import FORMATS, MEDIA_TYPES, convert
from kg.engine.embedded import EmbeddedEngine
from kg.errors import QueryError

XSD = "http://www.w3.org/2001/XMLSchema#"
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
IRIS = st.text(st.characters(categories=["L", "Nd"]), min_size=1).map(lambda text: ox.NamedNode("http://e/" + text))
PLAIN = st.one_of(
    TEXT.map(ox.Literal),
    TEXT.map(lambda text: ox.Literal(text, language="zh-hans")),
    TEXT.map(lambda text: ox.Literal(text, datatype=ox.NamedNode("http://e/d"))),
    st.sampled_from(["true", "1", "-1.50", "1e3", "x", ""]).flatmap(
        lambda text: st.sampled_from(["boolean", "integer", "decimal", "double", "string"]).map(
            lambda name: ox.Literal(text, datatype=ox.NamedNode(XSD + name))
        )
    ),
)
TERMS = st.one_of(IRIS, PLAIN, st.integers().map(ox.Literal), st.floats().map(ox.Literal), st.just(ox.BlankNode("b0")))


def ours(term: object) -> Term | None:
    """A term of pyoxigraph as one of ours."""
    if isinstance(term, ox.NamedNode):
        return Term("iri", term.value)
    if isinstance(term, ox.BlankNode):
        return Term("blank", term.value)
    if isinstance(term, ox.Literal):
        return Term("literal", term.value, term.language or "", term.datatype.value)
    return None


@given(st.lists(st.tuples(TERMS, st.none() | TERMS), max_size=5))
def test_tsv_is_read_as_pyoxigraph_reads_it(rows: list[tuple[object, object]]) -> None:
    cells = ["\t".join("" if term is None else tsv(term) for term in row) for row in rows]
    body = "\n".join(["?x\t?y", *cells, ""]).encode()
    answer = Answer("select", body, len(rows), False, 0.0, "v")
    read = ox.parse_query_results(body, ox.QueryResultsFormat.TSV)
    assert isinstance(read, ox.QuerySolutions)
    assert answer.terms() == [(ours(row["x"]), ours(row["y"])) for row in read]


def tsv(term: object) -> str:
    """A term as Oxigraph writes it in TSV."""
    store = ox.Store()
    variable = ox.Variable("x")
    found = store.query("SELECT ?x { BIND(?x AS ?y) }", substitutions={variable: term})  # type: ignore[dict-item]
    assert isinstance(found, ox.QuerySolutions)
    written = found.serialize(format=ox.QueryResultsFormat.TSV)
    assert written is not None
    return written.decode().split("\n")[1]


@given(st.lists(st.tuples(IRIS, IRIS, TERMS), max_size=5))
def test_ntriples_are_read_as_pyoxigraph_reads_them(rows: list[tuple[ox.NamedNode, ox.NamedNode, ox.Literal]]) -> None:
    body = ox.serialize([ox.Triple(*row) for row in rows], format=ox.RdfFormat.N_TRIPLES)
    assert body is not None
    answer = Answer("graph", body, len(rows), False, 0.0, "v")
    assert answer.triples() == [tuple(ours(term) for term in row) for row in rows]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("<http://x/\\u4E2D>", Term("iri", "http://x/中")),
        ("'a\\tb'", Term("literal", "a\tb", "", XSD + "string")),
        ('"a\\\\nb"', Term("literal", "a\\nb", "", XSD + "string")),
        ("-1.5", Term("literal", "-1.5", "", XSD + "decimal")),
        (".5E-3", Term("literal", ".5E-3", "", XSD + "double")),
        ("<<( <a:b> <a:c> 1 )>>", Term("triple", "<<( <a:b> <a:c> 1 )>>")),
    ],
)
def test_terms_of_other_writers_are_read(text: str, term: Term) -> None:
    assert read_term(text) == term


@pytest.mark.parametrize("text", ["x", "1.2.3", '"a', "<a"])
def test_what_is_no_term_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an RDF term"):
        read_term(text)


def test_a_select_has_columns_rows_and_records(tiny: EmbeddedEngine) -> None:
    answer = tiny.ask("SELECT ?n ?x { VALUES ?n { 1 2 } OPTIONAL { BIND('a'@zh AS ?x) FILTER(?n = 1) } } ORDER BY ?n")
    assert answer.columns == ("n", "x")
    assert answer.rows == 2
    assert answer.records()[1] == {"n": Term("literal", "2", "", XSD + "integer")}
    assert answer.terms()[1][1] is None


def test_a_select_of_no_variables_has_rows_of_nothing(tiny: EmbeddedEngine) -> None:
    answer = tiny.ask("SELECT * {}")
    assert (answer.columns, answer.rows, answer.terms()) == ((), 1, [()])


def test_an_answer_of_another_form_says_so(tiny: EmbeddedEngine) -> None:
    answer = tiny.ask("ASK {}")
    assert answer.boolean
    with pytest.raises(ValueError, match="only a SELECT"):
        answer.terms()
    with pytest.raises(ValueError, match="only a CONSTRUCT"):
        answer.triples()


@pytest.mark.parametrize("query", ["ASK {}", "SELECT * { ?s ?p ?o } LIMIT 3", "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 3"])
def test_every_format_is_written_the_same_each_time(tiny: EmbeddedEngine, query: str) -> None:
    answer = tiny.ask(query)
    for name in FORMATS[answer.form]:
        assert convert(answer, name) == convert(answer, name) != b""
        assert MEDIA_TYPES[name]


def test_json_keeps_types_and_languages(tiny: EmbeddedEngine) -> None:
    body = json.loads(convert(tiny.ask("SELECT ('长'@zh AS ?a) (1.50 AS ?b) {}"), "json"))
    assert body["results"]["bindings"] == [
        {
            "a": {"type": "literal", "value": "长", "xml:lang": "zh"},
            "b": {"type": "literal", "value": "1.5", "datatype": XSD + "decimal"},
        }
    ]


def test_turtle_uses_the_prefixes_that_it_needs(tiny: EmbeddedEngine) -> None:
    prefixes = {"z": "https://example.org/", "unused": "http://unused/"}
    answer = tiny.ask("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 5")
    turtle = convert(answer, "turtle", prefixes=prefixes).decode()
    assert "@prefix z: <https://example.org/>" in turtle
    assert "unused" not in turtle


def test_triples_are_sorted_whatever_order_they_came_in() -> None:
    lines = [b"<a:b> <a:p> <a:%d> .\n" % number for number in (3, 1, 2)]
    one = Answer("graph", b"".join(lines), 3, False, 0.0, "v")
    other = Answer("graph", b"".join(reversed(lines)), 3, False, 0.0, "v")
    for name in FORMATS["graph"]:
        assert convert(one, name) == convert(other, name)


def test_a_format_of_another_form_is_refused(tiny: EmbeddedEngine) -> None:
    with pytest.raises(ValueError, match="choose from csv, tsv, json, xml"):
        convert(tiny.ask("ASK {}"), "turtle")


@pytest.mark.parametrize(
    ("query", "name"),
    [("SELECT ('\\u000B' AS ?x) {}", "xml"), ("CONSTRUCT { <a:b> <a:c/1> 1 } WHERE {}", "rdfxml")],
)
def test_what_xml_cannot_hold_is_said(tiny: EmbeddedEngine, query: str, name: str) -> None:
    with pytest.raises(QueryError, match="cannot hold"):
        convert(tiny.ask(query), name)

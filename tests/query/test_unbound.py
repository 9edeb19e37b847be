"""Columns that can have no value."""

from __future__ import annotations

import pytest

from kg.query.questions import Question, load_questions
from kg.query.sparql.read import read_query
from kg.query.unbound import unbound_columns


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("SELECT ?x，?y { ?x ?p ?y }", [("x，", "x", "?x，")]),
        ("SELECT ?机构（全称） { ?机构 ?p ?y }", [("机构（全称）", "机构", "?机构（全称）")]),
        ("SELECT ?x ?nmae { ?x ?p ?name }", [("nmae", "name", "?nmae")]),
        ("SELECT ?x ?name ?nmae { ?x ?p ?name }", [("nmae", "", "?nmae")]),
        ("SELECT ?x ?place { ?x ?p ?y }", [("place", "", "?place")]),
        ("SELECT ?x ?n { OPTIONAL { ?x ?p ?y } }", [("n", "", "?n")]),
    ],
)
def test_a_column_that_nothing_fills_is_found(query: str, found: list[tuple[str, str, str]]) -> None:
    columns = unbound_columns(read_query(query))
    assert [(one.name, one.meant, query[one.span.start : one.span.end]) for one in columns] == found


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?x ?p ?y }",
        "SELECT ?n (COUNT(?x) AS ?c) { { SELECT ?x ?n { ?x ?p ?n } } } GROUP BY ?n",
        "SELECT ?y (COUNT(?x) AS ?c) { ?x ?p ?d } GROUP BY (YEAR(?d) AS ?y)",
        "SELECT ?x ?v { ?x ?p ?o } VALUES ?v { 1 }",
        "SELECT ?x ?v { ?x ?p ?o BIND (1 AS ?v) }",
        "SELECT ?g ?x { GRAPH ?g { ?x ?p ?o } }",
        "SELECT ?p { ?x ?p ?o }",
        "ASK { ?x ?p ?y }",
        "CONSTRUCT { ?x ?p ?z } { ?x ?p ?y }",
    ],
)
def test_what_something_fills_is_none(query: str) -> None:
    assert unbound_columns(read_query(query)) == ()


@pytest.mark.parametrize("question", load_questions(), ids=lambda question: question.name)
def test_no_stored_question_has_such_a_column(question: Question) -> None:
    assert unbound_columns(read_query(question.text())) == ()

"""VALUES behind a pattern is moved into it where that changes no answer, and only there."""

from __future__ import annotations

from collections import Counter

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.engine.trailing import values_inside

V = "VALUES (?x ?y) { (1 UNDEF) (2 'a}') }"


@pytest.mark.parametrize(
    ("query", "moved"),
    [
        (f"SELECT ?x {{ ?x ?p ?y }} {V}", f"SELECT ?x {{ {{ ?x ?p ?y }} {V} }} "),
        (f"ASK {{ ?x ?p ?y }}{V}", f"ASK {{ {{ ?x ?p ?y }} {V} }}"),
        (
            f"SELECT * WHERE {{ ?x ?p ?y }} ORDER BY (EXISTS {{ ?x ?q 1 }}) LIMIT 3 {V} # end",
            f"SELECT * WHERE {{ {{ ?x ?p ?y }} {V} }} ORDER BY (EXISTS {{ ?x ?q 1 }}) LIMIT 3  # end",
        ),
        (
            f"SELECT * WHERE {{ ?x ?p ?y }} ORDER BY EXISTS {{ ?x ?q 1 }} {V}",
            f"SELECT * WHERE {{ {{ ?x ?p ?y }} {V} }} ORDER BY EXISTS {{ ?x ?q 1 }} ",
        ),
        (
            f"SELECT (EXISTS {{ ?a ?b ?c }} AS ?is) {{ ?x ?p ?y }} {V}",
            f"SELECT (EXISTS {{ ?a ?b ?c }} AS ?is) {{ {{ ?x ?p ?y }} {V} }} ",
        ),
        (
            f"CONSTRUCT {{ ?x a ?y }} WHERE {{ ?x ?p ?y }} {V}",
            f"CONSTRUCT {{ ?x a ?y }} WHERE {{ {{ ?x ?p ?y }} {V} }} ",
        ),
        (
            f"SELECT ?x {{ {{ SELECT ?x {{ ?x ?p ?y }} {V} }} ?x ?q 5 }} {V}",
            f"SELECT ?x {{ {{ {{ SELECT ?x {{ {{ ?x ?p ?y }} {V} }}  }} ?x ?q 5 }} {V} }} ",
        ),
        (f"DESCRIBE ?x {{ ?x ?p ?y }} {V}", f"DESCRIBE ?x {{ {{ ?x ?p ?y }} {V} }} "),
    ],
)
def test_values_behind_a_pattern_are_moved_into_it(query: str, moved: str) -> None:
    assert values_inside(query) == moved


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT ?x {{ {V} ?x ?p ?y }}",
        f"SELECT ?x {{ ?x ?p ?y {V} }}",
        f"SELECT ?x {{ {{ ?x ?p ?y }} {V} OPTIONAL {{ ?x ?q ?z }} }}",
        f"SELECT ?x (COUNT(*) AS ?n) {{ ?x ?p ?y }} GROUP BY ?x {V}",
        f"SELECT (COUNT(*) AS ?n) {{ ?x ?p ?y }} {V}",
        f"CONSTRUCT WHERE {{ ?x ?p ?y }} {V}",
        f"DESCRIBE <a:b> {V}",
        "SELECT ?values { ?values ?p 'VALUES ?x { 1 }' } # VALUES ?x { 1 }",
        "SELECT * { ?s ?p ?o } } VALUES ?s { 1 }",
        "SELECT * { ?s ?p ?o } VALUES ?s {",
        "SELECT * { ?s ?p ?o } VALUES",
    ],
)
def test_nothing_else_is_moved(query: str) -> None:
    assert values_inside(query) == query


_pattern = st.recursive(
    st.sampled_from(["?x <a:p> ?y .", "?y <a:q> ?x .", "BIND (<a:2> AS ?z)", "VALUES ?z { <a:1> <a:2> }"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: f"{{ {two[0]} }} {{ {two[1]} }}"),
        st.tuples(inner, inner).map(lambda two: f"{{ {two[0]} }} UNION {{ {two[1]} }}"),
        st.tuples(inner, inner).map(lambda two: f"{{ {two[0]} }} OPTIONAL {{ {two[1]} FILTER (?x != <a:1>) }}"),
        st.tuples(inner, inner).map(lambda two: f"{{ {two[0]} }} MINUS {{ {two[1]} }}"),
        inner.map(lambda one: f"{{ SELECT ?x ?y {{ {one} }} VALUES ?x {{ <a:1> <a:2> UNDEF }} }}"),
        inner.map(lambda one: f"{{ {one} }} FILTER (BOUND(?z))"),
    ),
    max_leaves=4,
)


@given(
    pattern=_pattern,
    values=st.sampled_from(["VALUES ?x { <a:1> }", "VALUES (?x ?z) { (UNDEF <a:2>) (<a:1> <a:1>) (<a:1> UNDEF) }"]),
)
def test_the_answer_stays_what_it_was(pattern: str, values: str) -> None:
    store = pyoxigraph.Store()
    store.update("INSERT DATA { <a:1> <a:p> <a:2> . <a:2> <a:p> <a:1> . <a:1> <a:q> <a:1> . <a:2> <a:q> 3 }")
    query = f"SELECT * {{ {pattern} }} {values}"
    moved = values_inside(query)
    assert moved != query
    found = [Counter(map(str, store.query(text))) for text in (query, moved)]
    assert found[0] == found[1]

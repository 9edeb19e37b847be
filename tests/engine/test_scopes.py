"""A variable that has its value is told as that, wherever it gets another: what Oxigraph refuses is the measure."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.engine.malformed import explain
from kg.engine.respace import check
from kg.engine.wire import Failure
from kg.errors import MalformedQuery

NAMES = ["?a", "?b", "?c", "?d", "?e"]
#: Where a group may stand.
FRAMES = [
    "SELECT * {{ {} }}",
    "ASK {{ {} }}",
    "CONSTRUCT {{ ?a <p:p> 1 }} WHERE {{ {} }}",
    "SELECT * {{ {{ {} }} }}",
    "SELECT * {{ ?a ?b ?c . {{ {} }} UNION {{ ?a ?d ?e }} }}",
    "SELECT * {{ ?a ?b ?c OPTIONAL {{ {} }} ?d ?e ?f }}",
    "SELECT * {{ ?a ?b ?c MINUS {{ {} }} }}",
    "SELECT * {{ GRAPH ?a {{ {} }} }}",
    "SELECT * {{ ?a ?b ?c FILTER NOT EXISTS {{ {} }} }}",
    "SELECT * {{ {{ SELECT ?z {{ {} }} }} }}",
    "SELECT * {{ {{ SELECT * {{ {} }} LIMIT 5 }} ?a ?b ?c }}",
    "SELECT (COUNT(*) AS ?n) {{ {{ SELECT DISTINCT ?z WHERE {{ {} }} ORDER BY ?z }} }}",
    "ASK {{ {{ SELECT ?z {{ {{ SELECT ?z {{ {} }} }} }} GROUP BY ?z }} }}",
]


def read(texts: Sequence[str]) -> list[Failure | None]:
    return [check(text) for text in texts]


def told(query: str) -> MalformedQuery | None:
    failure = check(query)
    return failure and explain(query, *failure, {}, read)


@st.composite
def parts(draw: st.DrawFn, depth: int = 2) -> str:
    """One part of a group that is right whatever stands beside it."""
    one, two, three = (draw(st.sampled_from(NAMES)) for _ in range(3))
    flat = [
        f"{one} {two} {three} .",
        f"{one} <p:p>/(<p:q>|^<p:r>)* ({two} [ <p:p> {three} ]) .",
        f"FILTER({one} > 1 && NOT EXISTS {{ {two} <p:p> {three} }})",
        f"FILTER EXISTS {{ {one} {two} {three} }}",
        f"FILTER regex({one}, 'BIND(1 AS ?a)')",
        f"VALUES {one} {{ 1 UNDEF }}",
        f"VALUES ({one} {two}) {{ (1 'x') }}" if one != two else f"VALUES ({one}) {{ (1) }}",
        f"{{ BIND(EXISTS {{ {one} <p:p> {two} }} AS ?z) }}",
    ]
    if not depth:
        return draw(st.sampled_from(flat))
    inner = draw(st.lists(parts(depth=depth - 1), max_size=2).map(" ".join))
    deep = [
        f"OPTIONAL {{ {inner} }}",
        f"MINUS {{ {inner} }}",
        f"GRAPH {one} {{ {inner} }}",
        f"{{ {inner} }} UNION {{ {one} {two} {three} }}",
        f"{{ SELECT {one} {{ {inner} }} }}",
        f"{{ SELECT * WHERE {{ {inner} }} LIMIT 3 }}",
        f"{{ SELECT ({two} AS {one}) {{ {two if two != one else '?y'} <p:p> 1 }} }}" if two != one else "{ }",
        f"{{ SELECT {one} (COUNT(*) AS ?n) {{ {inner} }} GROUP BY {one} }}",
    ]
    return draw(st.sampled_from([*flat, *deep]))


@settings(max_examples=400, deadline=None)
@given(st.lists(parts(), max_size=4), st.sampled_from(NAMES), st.lists(parts(), max_size=3), st.sampled_from(FRAMES))
def test_a_bind_that_is_refused_is_told_and_mended_wherever_it_stands(
    before: list[str], name: str, after: list[str], frame: str
) -> None:
    query = frame.format(" ".join([*before, f"BIND('x' AS {name})", *after]))
    error = told(query)
    if error is None:
        return
    assert error.reason == f"{name} has a value already, and BIND cannot give it another"
    start = error.span[0]
    assert query[:start].endswith("BIND('x' AS ")
    assert check(error.cures[0].apply(query)) is None


@settings(max_examples=300, deadline=None)
@given(
    st.lists(parts(), max_size=3).map(" ".join),
    st.sampled_from(NAMES),
    st.sampled_from(["", "GROUP BY ?a", "GROUP BY (STR(?a) AS ?b)", "ORDER BY ?a LIMIT 1", "VALUES ?c { 1 }"]),
    st.sampled_from(["{}", "SELECT * {{ {{ {} }} }}", "ASK {{ ?a ?b ?c {{ {} }} FILTER(?c > 1) }}"]),
)
def test_a_select_that_computes_what_its_pattern_has_is_told_and_mended_wherever_it_stands(
    pattern: str, name: str, behind: str, frame: str
) -> None:
    query = frame.format(f"SELECT (1 AS {name}) {{ {pattern} }} {behind}")
    error = told(query)
    if error is None:
        return
    assert error.reason == f"{name} has a value in the braces already, and SELECT cannot give it another"
    assert check(error.cures[0].apply(query)) is None


@settings(max_examples=300, deadline=None)
@given(
    st.lists(parts(), max_size=2),
    st.sampled_from(
        ["FILTER({} > 1)", "FILTER(1 < {} || ?a = 2)", "FILTER {}", "BIND({} AS ?new)", "BIND(1 - {} AS ?new)"]
    ),
    st.sampled_from(
        ["COUNT(*)", "COUNT(DISTINCT ?a)", "SUM(STRLEN(?a))", "GROUP_CONCAT(?b ; SEPARATOR = ', ')", "MAX(-1)"]
    ),
    st.lists(parts(), max_size=2),
    st.sampled_from([frame for frame in FRAMES if "GROUP BY" not in frame]),
)
def test_an_aggregate_in_a_pattern_is_told_wherever_it_stands(
    before: list[str], place: str, aggregate: str, after: list[str], frame: str
) -> None:
    query = frame.format(" ".join([*before, place.format(aggregate), *after]))
    error = told(query)
    assert error is not None
    function, keyword = aggregate.partition("(")[0], place.replace("(", " ").split()[0]
    assert error.reason == f"{function} is about a group, and cannot stand in {keyword}"


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(
    "body", ["?a ?b ?c BIND(1 AS ?a)", "?a ?b ?c . BIND(1 AS ?c) . ?c ?d ?e", "BIND(1 AS ?x) BIND(2 AS ?x) {}"]
)
def test_the_same_clash_is_told_alike_in_every_group(frame: str, body: str) -> None:
    error = told(frame.format(body))
    assert error is not None
    assert error.reason.endswith("has a value already, and BIND cannot give it another")

"""Malformed queries: the message names the word at fault, where it stands, and what to write instead."""

from __future__ import annotations

import pytest

from kg.engine.embedded import EmbeddedEngine
from kg.errors import MalformedQuery


def fault(engine: EmbeddedEngine, query: str) -> MalformedQuery:
    with pytest.raises(MalformedQuery) as caught:
        engine.ask(query)
    return caught.value


@pytest.mark.parametrize(
    ("query", "line", "column", "meant"),
    [
        ("SELEC * {?s ?p ?o}", 1, 1, "SELECT"),
        ("SELECT * {?s ?p ?o} LIMI 5", 1, 21, "LIMIT"),
        ("SELECT * {\n ?s ?p '长安链' ; ?q ?o FLITER(?s) }", 2, 22, "FILTER"),
        ("SELECT * {?s ?p ?o} ODER BY ?s", 1, 21, "ORDER"),
        ("SELECT DISTINT ?s {?s ?p ?o}", 1, 8, "DISTINCT"),
        ("PREFX a: <b:c> SELECT * {}", 1, 1, "PREFIX"),
        ("SELECT * {?s ?p ?o FILTER(CONTAIN(?o,'x'))}", 1, 27, "CONTAINS"),
        ("SELECT * {?s ?p ?o FILTER NOT EXIST {?s ?x ?y}}", 1, 31, "EXISTS"),
        ("SELECT * {?s ?p ?o FILTER(isItal(?o))}", 1, 27, "isLITERAL"),
    ],
)
def test_a_misspelt_keyword(tiny: EmbeddedEngine, query: str, line: int, column: int, meant: str) -> None:
    error = fault(tiny, query)
    assert (error.line, error.column) == (line, column)
    assert error.hint == f"Did you mean {meant}?"


@pytest.mark.parametrize(
    ("query", "column", "hint"),
    [
        ("SELECT * {?s foo:bar ?o}", 14, "Add at the top: PREFIX foo: <…>, with the IRI that it stands for."),
        ("SELECT * {?s ex:p ?o}", 14, "Add at the top: PREFIX ex: <https://example.org/>."),
        (
            "SELECT * {?s skso:p ?o}",
            14,
            "Did you mean skos: (PREFIX skos: <http://www.w3.org/2004/02/skos/core#>)?",
        ),
        ("PREFIX bde: <http://b/> SELECT * {?s bdr:p ?o . ?s bdr:q ?o}", 38, "Did you mean bde:?"),
        ("PREFIX a: <b:> SELECT * { ?s a:p ?o . ?s :p ?o }", 42, "Add at the top: PREFIX : <…>, with the IRI that it"),
    ],
)
def test_an_unknown_prefix(tiny: EmbeddedEngine, query: str, column: int, hint: str) -> None:
    error = fault(tiny, query)
    assert "is not declared" in error.reason
    assert error.column == column
    assert error.hint.startswith(hint)


@pytest.mark.parametrize(
    ("query", "column", "reason"),
    [
        ("SELECT * {?s ?p ?o", 10, "this { is not closed"),
        ("SELECT * {{?s ?p ?o} LIMIT 5", 10, "this { is not closed"),
        ("SELECT * {?s ?p [ ?x ?y }", 17, "this [ is not closed"),
        ("SELECT * {?s ?p ?o}}", 20, "this } closes nothing"),
        ('SELECT * {?s ?p "abc}', 17, 'the text that begins here has no closing "'),
        ("SELECT * {?s ?p '''abc' }", 17, "the text that begins here has no closing '''"),
        ("SELECT * {?s ?p 'it's'}", 22, "the text that begins here has no closing '"),
    ],
)
def test_something_left_open(tiny: EmbeddedEngine, query: str, column: int, reason: str) -> None:
    error = fault(tiny, query)
    assert (error.reason, error.column) == (reason, column)


@pytest.mark.parametrize(
    ("query", "column", "reason"),
    [
        ("SELECT ?s (COUNT(?o) AS ?c) {?s ?p ?o}", 8, "?s is selected beside groups, but not grouped"),
        ("SELECT ?p ?x {?s ?p ?o} GROUP BY ?p", 11, "?x is selected beside groups, but not grouped"),
        ("SELECT * {{SELECT (MAX(?o) AS ?m) (STR(?s) AS ?t) {?s ?p ?o}}}", 40, "?s is selected beside groups"),
        ("SELECT ?s (?o AS ?s) {?s ?p ?o}", 18, "SELECT names one variable twice"),
        ("SELECT ?x ?x {?x ?p ?o}", 11, "SELECT names one variable twice"),
        ("SELECT * {?s ?p ?o} GROUP BY ?s", 21, "SELECT * cannot be grouped"),
        ("SELECT * {VALUES (?a ?b) {(1)}}", 29, "this row of VALUES has not as many values"),
        ("SELECT * {?s ?p ?o . BIND(1 AS ?s)}", 32, "?s has a value already"),
        ("SELECT * {_:a ?p ?o . {_:a ?q ?r}}", 24, "the blank node _:a is used in two separate groups"),
        ("SELECT (1 AS ?s) {?s ?p ?o}", 14, "?s has a value in the braces already, and SELECT cannot give it another"),
        ("SELECT (STR(?s) AS ?x) {?s ?p ?o} GROUP BY ?p", 13, "?s is selected beside groups, but not grouped"),
        ("SELECT * {?s ?p ?o} HAVING(COUNT(?o) > 1)", 21, "SELECT * cannot be grouped"),
        ("SELECT * {?s ?p ?o} ORDER BY DESC(COUNT(?s)) LIMIT 5", 21, "SELECT * cannot be grouped"),
    ],
)
def test_a_rule_of_the_language(tiny: EmbeddedEngine, query: str, column: int, reason: str) -> None:
    error = fault(tiny, query)
    assert error.reason.startswith(reason)
    assert error.column == column


@pytest.mark.parametrize(
    ("query", "function", "place", "hint"),
    [
        ("ASK { FILTER (COUNT(*) > 1) }", "COUNT", "FILTER", "the SELECT or the HAVING of a query within"),
        ("ASK { ?s ?p ?o FILTER(1 < SUM(DISTINCT ?o)) }", "SUM", "FILTER", "the SELECT or the HAVING"),
        ("ASK { ?s ?p ?o FILTER COUNT(DISTINCT *) }", "COUNT", "FILTER", "the SELECT or the HAVING"),
        ("ASK { ?s ?p ?o OPTIONAL { ?o ?q ?r FILTER(MIN(STR(?r)) > '') } }", "MIN", "FILTER", "the SELECT or"),
        ("ASK { ?s ?p ?o FILTER EXISTS { ?o ?q ?r FILTER(AVG(1 + 2) > 1) } }", "AVG", "FILTER", "the SELECT or"),
        ("ASK { FILTER(GROUP_CONCAT(?o; SEPARATOR=',') = '') ?s ?p ?o }", "GROUP_CONCAT", "FILTER", "the SELECT or"),
        ("ASK { { SELECT ?s { ?s ?p ?o } } FILTER(MAX(?s) > 1) }", "MAX", "FILTER", "the SELECT or the HAVING"),
        ("ASK { ?s ?p ?o BIND(COUNT(?o) AS ?n) }", "COUNT", "BIND", "the SELECT or the HAVING"),
        ("ASK { ?s ?p ?o } HAVING(COUNT(*) > 1)", "COUNT", "the HAVING of ASK", "the SELECT or the HAVING"),
        ("DESCRIBE ?s { ?s ?p ?o } ORDER BY DESC(COUNT(?o))", "COUNT", "the ORDER BY of DESCRIBE", "the SELECT"),
        ("CONSTRUCT WHERE { ?s ?p ?o } HAVING(MAX(?o) > 1)", "MAX", "the HAVING of CONSTRUCT", "the SELECT"),
        ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER(sample(?o) > 1) }", "sample", "FILTER", "the SELECT or the HAVING"),
        ("SELECT * { ?s ?p ?o FILTER(COUNT(?o) > 1) }", "COUNT", "FILTER", "behind the braces: GROUP BY … HAVING(…)"),
        ("SELECT ?s { ?s ?p ?o FILTER COUNT(?o) }", "COUNT", "FILTER", "behind the braces: GROUP BY … HAVING(…)"),
        ("SELECT ?s { ?s ?p ?o FILTER(IF(MAX(?o) > 1, 1, 2)) }", "MAX", "FILTER", "behind the braces"),
        ("SELECT ?s ?x { ?s ?p ?o FILTER(COUNT(?o) > 1) } GROUP BY ?s", "COUNT", "FILTER", "behind the braces"),
        ("SELECT * { ?s ?p ?o FILTER(MAX(?o) > 1) } VALUES ?s { <a:b> }", "MAX", "FILTER", "behind the braces"),
        ("SELECT * { { SELECT ?s { ?s ?p ?o FILTER(COUNT(?o) > 1) } } }", "COUNT", "FILTER", "behind the braces"),
        ("SELECT * { { SELECT * { ?s ?p ?o FILTER(COUNT(?o) > 1) } } }", "COUNT", "FILTER", "behind the braces"),
        (
            "SELECT ?s { ?s ?p ?o BIND(1 + COUNT(?o) AS ?n) }",
            "COUNT",
            "BIND",
            "Write it in SELECT: (COUNT(…) AS ?name)",
        ),
        ("SELECT * { BIND(COUNT(*) AS ?n) ?s ?p ?o }", "COUNT", "BIND", "Write it in SELECT: (COUNT(…) AS ?name)"),
    ],
)
def test_an_aggregate_in_a_pattern_is_told_where_it_belongs(
    tiny: EmbeddedEngine, query: str, function: str, place: str, hint: str
) -> None:
    error = fault(tiny, query)
    assert error.reason == f"{function} is about a group, and cannot stand in {place}"
    assert hint in error.hint
    start, end = error.span
    assert query[start:end] == function


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("ASK { FILTER(COUNT(DISTINCT) > 1) }", "this ( is not closed"),
        ("ASK { FILTER(GROUP_CONCAT(?o; SEPARATOR=) > 1) }", "this ( is not closed"),
        ("SELECT ?s { ?s ?p ?o FILTER(COUNT(?o) == 1) }", "equality is written with one ="),
        ("SELECT ?s { ?s ?p ?o FILTER EXISTS { SELECT (MAX(?x) AS ?m) { ?x ?y ?z } } } GROUP BY ?p", "?s is selected"),
        ("SELECT * { ?s ?p ?o BIND(1 AS ?s) ?x ?y }", "“}” cannot stand here after “?y”"),
        ("SELECT * { ?s ?p ?o BIND(1 AS ?s) OPTIONAL }", "what belongs to OPTIONAL stands in braces"),
        ("SELECT ?n (COUNT(?x) AS ?n), ?y { ?x ?y ?z }", "no comma can stand here"),
        ("SELECT * { { SELECT ?s ?s { ?s ?p ?o } ORDER BY } }", "“}” cannot stand here after “BY”"),
        ("SELECT ?s ?s", "the query ends too early"),
    ],
)
def test_what_is_misspelt_is_told_before_what_is_against_a_rule(tiny: EmbeddedEngine, query: str, reason: str) -> None:
    assert fault(tiny, query).reason.startswith(reason)


@pytest.mark.parametrize(
    ("query", "column", "part"),
    [
        ("", 1, "there is no query here"),
        (" # nothing\n", 1, "Begin with SELECT"),
        ("ASK", 4, "the query ends too early, after “ASK”"),
        ("SELECT * {?s ?p }", 17, "Something is missing before it"),
        ("SELECT ?s, ?p {?s ?p ?o}", 10, "divided by spaces"),
        ("SELECT COUNT(?s) {?s ?p ?o}", 8, "Write (COUNT(…) AS ?name)"),
        ("SELECT (COUNT(?s)) {?s ?p ?o}", 18, "needs a name"),
        ("SELECT * {?s ?p ?o FILTER(?o == 5)}", 30, "Write = instead of =="),
        ("SELECT * {?s ?p ?o FILTER(?o => 5)}", 30, "Write >="),
        ("SELECT * {?s ?p ?o FILTER(?o > 5 AND ?o < 7)}", 34, "Write &&"),
        ("SELECT * {?s ?p “长安链”}", 17, "keyboard set to English"),
        ("SELECT * {?s ?p <a b>}", 17, "an IRI cannot hold a space"),
        ("SELECT * {?s ?p <rel>}", 17, "<rel> is not a whole IRI"),
        ("PREFIX foo <http://x> SELECT * {}", 8, "Write PREFIX foo: <…>"),
        ("SELECT * {?s ?p ?o} LIMIT -1", 27, "“-” cannot stand here after “LIMIT”"),
        ("SELECT * {?s 'a' ?o}", 14, "“'a'” cannot stand here after “?s”"),
    ],
)
def test_other_slips(tiny: EmbeddedEngine, query: str, column: int, part: str) -> None:
    error = fault(tiny, query)
    assert part in str(error)
    assert error.column == column


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o } LIMIT " + "亿" * 5_000,
        "SELECT * { ?s <a:b>{" + "9" * 5_000 + "} ?o }",
        "SELECT * { ?s ?p " + "9" * 5_000 + "万 }",
        '"a"' + " " * 15_000 + "x",
        "SELECT \\* " + "<a " * 5_000,
        "SELECT * { " + "《a:" * 5_000,
    ],
)
def test_what_nobody_writes_is_explained_too(tiny: EmbeddedEngine, query: str) -> None:
    assert fault(tiny, query).reason


@pytest.mark.parametrize("before", ["", "PREFIX a: <https://example.org/> "])
def test_cypher_is_told_to_be_another_language(tiny: EmbeddedEngine, before: str) -> None:
    error = fault(tiny, f"{before}MATCH (c:Company)-[:builds]->(p) RETURN c, p LIMIT 5")
    assert "this is Cypher" in str(error)
    assert not error.cures


@pytest.mark.parametrize("clause", ["LIMT 3", "限 3", "SORT DESC(?n)", "AN ?v > 10", "GRUP BY ?s ?p"])
def test_no_clause_with_a_slip_is_taken_for_a_sentence(tiny: EmbeddedEngine, clause: str) -> None:
    error = fault(tiny, f"SELECT ?s ?p {{ ?s ?p ?o }}\n{clause}\n")
    assert "no part of a query" not in str(error)


@pytest.mark.parametrize(
    ("query", "sign", "ascii_sign", "column"),
    [
        ("SELECT * ｛ ?s ?p ?o }", "｛", "{", 10),
        ("SELECT * { ?s ?p ?o｝", "｝", "}", 20),
        ("SELECT * { ?s ?p ?o 。 ?o ?q ?r }", "。", ".", 21),
        ("SELECT * { ?s ?p ?o； ?q ?r }", "；", ";", 20),
        ("SELECT (COUNT（?s) AS ?n) { ?s ?p ?o }", "（", "(", 14),
    ],
)
def test_a_sign_of_the_chinese_keyboard_is_told_with_the_one_to_type(
    tiny: EmbeddedEngine, query: str, sign: str, ascii_sign: str, column: int
) -> None:
    with pytest.raises(MalformedQuery) as caught:
        tiny.ask(query)
    assert (caught.value.reason, caught.value.column) == (f"“{sign}” is not a sign of SPARQL", column)
    assert f"Type {ascii_sign} " in caught.value.hint


@pytest.mark.parametrize(
    ("query", "reason", "column"),
    [
        (r'SELECT * { ?s ?p "a\\ \q" }', r"\q is no escape in a text", 23),
        ("SELECT * { ?s ?p ?o } LIMIT 99999999999999999999999", "the number after LIMIT is too great", 29),
        ("SELECT * { ?s ?p ?o } OFFSET 18446744073709551616", "the number after OFFSET is too great", 30),
    ],
)
def test_a_value_that_cannot_be_read_is_told_why(tiny: EmbeddedEngine, query: str, reason: str, column: int) -> None:
    with pytest.raises(MalformedQuery) as caught:
        tiny.ask(query)
    assert (caught.value.reason, caught.value.column) == (reason, column)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("query", "function", "place", "mended"),
    [
        (
            "SELECT ?s { ?s ?p ?o FILTER(COUNT(?o) > 3) } GROUP BY ?s",
            "COUNT",
            "FILTER",
            "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING(COUNT(?o) > 3)",
        ),
        (
            "SELECT * { { SELECT ?s (MAX(?o) AS ?m) { ?s ?p ?o FILTER(MAX(?o) > 3) } GROUP BY ?s } ?s ?q ?m }",
            "MAX",
            "FILTER",
            "SELECT * { { SELECT ?s (MAX(?o) AS ?m) { ?s ?p ?o } GROUP BY ?s HAVING(MAX(?o) > 3) } ?s ?q ?m }",
        ),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(COUNT(*) > 1) }", "COUNT", "FILTER", None),
        ("SELECT ?s (MAX(?n) AS ?m) { ?s ?p ?o BIND(COUNT(?o) AS ?n) } GROUP BY ?s", "COUNT", "BIND", None),
    ],
)
def test_an_aggregate_in_a_pattern_is_told_where_the_parser_lets_it_pass(
    tiny: EmbeddedEngine, query: str, function: str, place: str, mended: str | None
) -> None:
    errors = []
    for act in (tiny.ask, tiny.check):
        with pytest.raises(MalformedQuery) as caught:
            act(query)
        errors.append(caught.value)
    for error in errors:
        assert error.reason == f"{function} is about a group, and cannot stand in {place}"
        assert [cure.apply(query) for cure in error.cures] == ([mended] if mended else [])
    assert mended is None or tiny.ask(mended).columns


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s (COUNT(?o) AS ?count) { ?s ?p ?o FILTER(?o != 'COUNT(?o)') } GROUP BY ?s HAVING(COUNT(?o) > 3)",
        "SELECT ?s { ?s ?p ?o FILTER NOT EXISTS { SELECT (COUNT(?x) AS ?n) { ?x ?y 7 } HAVING(COUNT(?x) > 9) } }",
        "SELECT (COUNT(?s) AS ?n) { ?s ?p ?o FILTER(?o IN (1, 2)) # FILTER(COUNT(?o) > 1)\n }",
        "SELECT ?s (COUNT(?count) AS ?n) { ?s ?p ?count FILTER(?count > 1) } GROUP BY ?s ORDER BY DESC(COUNT(?count))",
    ],
)
def test_an_aggregate_where_it_belongs_is_asked(tiny: EmbeddedEngine, query: str) -> None:
    tiny.check(query)
    assert tiny.ask(query).form == "select"

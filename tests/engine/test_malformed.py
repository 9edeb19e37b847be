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
    ],
)
def test_a_rule_of_the_language(tiny: EmbeddedEngine, query: str, column: int, reason: str) -> None:
    error = fault(tiny, query)
    assert error.reason.startswith(reason)
    assert error.column == column


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

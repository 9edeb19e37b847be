"""Parameters: put in token by token, and no value can break out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.engine.answer import Term
from kg.engine.base import Engine
from kg.engine.tokens import significant
from kg.errors import MalformedQuery
from kg.query import terms
from kg.query.bind import bind, parameters

# Everything that UTF-8 can hold: a lone surrogate is refused, see below.
texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
tricky = st.one_of(texts, st.text(alphabet="\"'\\<>{}$?#@^ \n\r\tu0041U;.")).map(str)


def test_a_dollar_name_is_replaced_and_a_question_mark_name_is_not() -> None:
    bound = bind("SELECT ?thing { ?thing a $type }", {"type": terms.iri("https://example.org/T")})
    assert bound == "SELECT ?thing { ?thing a <https://example.org/T> }"


def test_nothing_is_replaced_in_strings_comments_and_iris() -> None:
    text = 'SELECT * { ?s <http://x/$a> "$a" ; ?p $a } # $a'
    assert bind(text, {"a": terms.number(5)}) == 'SELECT * { ?s <http://x/$a> "$a" ; ?p 5 } # $a'


def test_several_values_fill_a_values_block() -> None:
    bound = bind("VALUES ?x { $ids }", {"ids": terms.entities(["a", "b"])})
    assert bound.count("entity/") == 2


def test_rows_of_values_stand_in_brackets() -> None:
    row = (terms.number(1), terms.number(2))
    assert bind("VALUES (?x ?y) { $rows }", {"rows": (row, row)}) == "VALUES (?x ?y) { (1 2) (1 2) }"


def test_no_value_at_all_gives_an_empty_block() -> None:
    assert bind("VALUES ?x { $ids }", {"ids": ()}) == "VALUES ?x {  }"


def test_a_value_never_grows_together_with_its_neighbours() -> None:
    assert bind("FILTER(?x<$y)", {"y": terms.iri("http://y")}) == "FILTER(?x< <http://y>)"


def test_a_parameter_without_a_value_is_named_with_its_place() -> None:
    with pytest.raises(MalformedQuery, match=r"\$type has no value") as caught:
        bind("ASK {\n  ?s a $type }", {})
    assert (caught.value.line, caught.value.column) == (2, 8)


def test_a_value_without_a_parameter_suggests_the_one_that_was_meant() -> None:
    with pytest.raises(MalformedQuery, match=r"Did you mean \$entity"):
        bind("ASK { $entity ?p ?o }", {"entity": terms.number(1), "entty": terms.number(1)})


def test_parameters_are_listed_once_in_their_order() -> None:
    assert parameters('SELECT ?a { $b ?a $c . $b ?p "$d" }') == ("b", "c")


@given(tricky, st.sampled_from(["", "zh", "en", "zh-latn-pinyin"]))
def test_a_text_is_one_token_whatever_it_holds(value: str, lang: str) -> None:
    plain = significant("SELECT ($v AS ?x) {}")
    bound = significant(bind("SELECT ($v AS ?x) {}", {"v": terms.text(value, lang)}))
    tail = [("language", f"@{lang}")] if lang else []
    assert [token.kind for token in bound[:3]] == ["word", "mark", "string"]
    assert [(token.kind, token.text) for token in bound[3:5]][: len(tail)] == tail
    rest = [token.text for token in bound[3 + len(tail) :]]
    assert rest == [token.text for token in plain[3:]]


@given(tricky)
def test_a_text_comes_back_from_the_engine_as_it_went_in(sample_engine: Engine, value: str) -> None:
    answer = sample_engine.ask(bind("SELECT (STR($v) AS ?x) {}", {"v": terms.text(value)}))
    assert answer.records()[0]["x"].value == value


@given(tricky)
def test_an_iri_is_bound_whole_or_refused(value: str) -> None:
    try:
        bound = bind("ASK { ?s ?p $v }", {"v": Term("iri", value)})
    except ValueError:
        return
    assert [token.kind for token in significant(bound)][4] == "iri"
    assert len(significant(bound)) == 6


@pytest.mark.parametrize(
    "term",
    [
        Term("blank", "b0"),
        Term("literal", "x", "zh> ?s", ""),
        Term("literal", "x", "", "http://x> . ?s"),
        Term("literal", "\ud800", "", ""),
        Term("iri", ""),
    ],
)
def test_what_cannot_be_spelled_safely_is_refused(term: Term) -> None:
    with pytest.raises(ValueError, match=r"."):
        bind("ASK { ?s ?p $v }", {"v": term})

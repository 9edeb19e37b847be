"""Tidying changes white space and the case of keywords, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.engine.tokens import tokenize
from kg.query.questions import Question, load_questions
from kg.query.sparql.tidy import tidy

SIGNS = """
SELECT select ?a ?b WHERE { } ( ) [ ] . ; , OPTIONAL FILTER bde:x <http://e/#a> 5 + / | ^ = < && UNION VALUES a
PREFIX GROUP BY AS COUNT DISTINCT ! ^^ @zh FROM $p 长安链 MINUS _:b true
"""
WORDS = st.sampled_from([*SIGNS.split(), '"t', '"t { . ;"', "'''l\n\n}'''", "# why\n", "#\n"])
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from([" ", "\n", "\n\n", "  \t", "\n  "])), max_size=40).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)


def words(text: str) -> list[tuple[str, str]]:
    return [
        (token.kind, token.text.upper() if token.kind == "word" else token.text.rstrip())
        for token in tokenize(text)
        if token.kind != "space"
    ]


def closed(text: str) -> bool:
    return not any(token.open for token in tokenize(text))


@given(TEXTS.filter(closed))
def test_the_words_and_their_order_stay(text: str) -> None:
    assert words(tidy(text)) == words(text)


@given(TEXTS.filter(closed))
def test_a_tidy_text_stays_as_it_is(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@pytest.mark.parametrize("question", load_questions(), ids=lambda question: question.name)
def test_stored_questions_keep_their_words(question: Question) -> None:
    assert words(tidy(question.sparql)) == words(question.sparql)


def test_a_clause_begins_a_line_and_braces_indent() -> None:
    text = "prefix bde: <http://e/> select ?a(count(*) as ?n)where{?a a bde:P;bde:by ?b,?c.\noptional{?a bde:x\n?y}}"
    assert tidy(text) == (
        "PREFIX bde: <http://e/>\n"
        "\n"
        "SELECT ?a (COUNT(*) AS ?n) WHERE {\n"
        "  ?a a bde:P ;\n"
        "      bde:by ?b, ?c .\n"
        "  OPTIONAL {\n"
        "    ?a bde:x ?y\n"
        "  }\n"
        "}\n"
    )


def test_a_short_group_stays_on_its_line() -> None:
    assert tidy("ASK {\n{?a ?b 1}union{?a ?c 2}\n}") == "ASK {\n  { ?a ?b 1 } UNION { ?a ?c 2 }\n}\n"


def test_a_long_select_has_a_line_for_each_column() -> None:
    columns = [f"(STR(?a_long_name_{number}) AS ?text_{number})" for number in range(4)]
    assert tidy(f"SELECT {' '.join(columns)} {{\n}}").splitlines()[1:5] == [f"  {column}" for column in columns]


def test_comments_stay_where_they_are() -> None:
    assert tidy("ASK { # why\n# own\n?a ?b ?c . # end\n}") == "ASK {  # why\n  # own\n  ?a ?b ?c .  # end\n}\n"


def test_a_text_with_an_open_string_is_left_alone() -> None:
    with pytest.raises(ValueError, match="not closed"):
        tidy('ask{?a ?b "c }')


def test_paths_and_divisions_keep_their_spacing() -> None:
    text = "ASK {\n  ?a (bde:x|^bde:y)/bde:z* ?c\n  FILTER(?a / 2 > 1)\n}\n"
    assert tidy(text) == text


def test_what_follows_a_filter_begins_a_line() -> None:
    text = "ASK {\n  FILTER(?a > 1)\n  ?a ?b ?c .\n  BIND(NOT EXISTS { ?a ?b 1 } AS ?d)\n  ?d ?e ?f .\n}\n"
    assert tidy(text.replace("\n  ", " ")) == text

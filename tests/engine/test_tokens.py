"""The lexer: nothing lost, nothing slow, the grammar's own hard cases."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.engine.tokens import place, significant, tokenize

PIECES = st.sampled_from(
    [
        "<",
        ">",
        "a",
        ".",
        ":",
        '"',
        "'",
        '"""',
        "'''",
        "\\",
        "\n",
        "\r",
        "#",
        "?x",
        "$y",
        "_:",
        "1",
        "1.",
        "e3",
        "@en",
        " ",
        "{",
        "}",
        "(",
        ")",
        "^^",
        "%41",
        "\\u0041",
        "长",
        "SERVICE",
        "<http://x/>",
        "<<(",
        "|}",
        "-",
        "--ltr",
        "\x00",
        "😀",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)), st.booleans())
@example("a.b.c:d", False)
@example("'''\\", True)
def test_tokens_hold_every_character_once(text: str, less_than: bool) -> None:
    tokens = list(tokenize(text, less_than=less_than))
    assert "".join(token.text for token in tokens) == text
    assert [token.offset for token in tokens] == [sum(len(t.text) for t in tokens[:i]) for i in range(len(tokens))]


@pytest.mark.parametrize(
    "unit",
    ["a.", "a..b", '"""', '\\"""\n', "'", "<a", "<\\u0041", "1.e", "a:b.", "@a-", "_:a.", "#", "\r'", "?", "(a#'"],
)
def test_a_long_text_of_any_kind_is_read_through(unit: str) -> None:
    text = '"""\n' * (unit == '\\"""\n') + unit * (100_000 // len(unit))
    assert sum(len(token.text) for token in tokenize(text)) == len(text)
    assert sum(len(token.text) for token in tokenize(text, less_than=True)) == len(text)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("ex:a.b .", ["name", "mark"]),
        ("ex:a.b.", ["name", "mark"]),
        ("true.:b", ["word", "mark", "name"]),
        ("a.b.:c", ["word", "mark", "word", "mark", "name"]),
        (":", ["name"]),
        ("ex:%41\\-x", ["name"]),
        ("1.5e3.5 1.", ["number", "number", "number", "mark"]),
        ("?from $load", ["variable", "variable"]),
        ("_:service _:b.c", ["label", "label"]),
        ("'a'@en-GB", ["string", "language"]),
        ("'a'^^ex:b", ["string", "mark", "name"]),
        ("'it\\'s' \"\" ''''x''' ", ["string", "string", "string"]),
        ('"""a"b""c\n"""', ["string"]),
        ("<http://x/#y> # <z>", ["iri"]),
        ("?a<?b", ["variable", "mark", "variable"]),
        ("?a<?b&&?c>?d", ["variable", "iri", "variable"]),
        ("<<( ?a )>> {| |}", ["mark", "variable", "mark", "mark", "mark"]),
        ("\\u0053ERVICE", ["other", "word"]),
    ],
)
def test_tokens_are_those_of_the_grammar(text: str, kinds: list[str]) -> None:
    assert [token.kind for token in significant(text)] == kinds


def test_less_than_is_an_operator_after_an_operand_in_parentheses() -> None:
    kinds = [token.kind for token in tokenize("(?a<?b&&?c>?d)", less_than=True)]
    assert "iri" not in kinds
    assert [token.kind for token in tokenize("{?s<?b&&?c>?d}", less_than=True)].count("iri") == 1


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("'a", True),
        ("'a'", False),
        ("'a\\'", True),
        ("'", True),
        ("''", False),
        ('"""a"', True),
        ('"""a"""', False),
        ('"""\\"""', True),
        ("'a\\\\'", False),
    ],
)
def test_an_unclosed_string_is_known_as_such(text: str, is_open: bool) -> None:
    assert significant(text)[0].open is is_open


def test_places_count_from_one_and_know_every_line_end() -> None:
    assert place("ab\ncd\r\nef\rgh", 0) == (1, 1)
    assert place("ab\ncd\r\nef\rgh", 3) == (2, 1)
    assert place("ab\ncd\r\nef\rgh", 8) == (3, 2)
    assert place("ab\ncd\r\nef\rgh", 12) == (4, 3)

"""One data file, read strictly."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError
from kg.load.yaml_reader import read_yaml


def read(text: str) -> dict[str, Any]:
    return read_yaml(text, "f.yaml")[0]


def problems(text: str) -> list[tuple[int, str]]:
    with pytest.raises(DataError) as raised:
        read(text)
    assert all(problem.file == "f.yaml" and problem.cure for problem in raised.value.problems)
    return [(problem.line, problem.message) for problem in raised.value.problems]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("null", None),
        ("true", True),
        ("false", False),
        ("0", 0),
        ("-12", -12),
        ("2400000000000", 2400000000000),
        ("2.50", Decimal("2.50")),
        ("0.1", Decimal("0.1")),
        ("2025-03-20", "2025-03-20"),
        ("2025-03", "2025-03"),
        ("3,500", "3,500"),
        ("长安链", "长安链"),
        ('"no"', "no"),
        ("'1:30'", "1:30"),
        ('"2025"', "2025"),
        ("a b", "a b"),
        ("[]", ()),
        ("[1, a]", (1, "a")),
        ("{}", {}),
        ("|\n  a\n  b\n", "a\nb"),
        ('"🚀\\t"', "🚀\t"),
    ],
)
def test_a_value_is_what_json_has_or_text(written: str, value: object) -> None:
    found = read(f"k: {written}")["k"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "written",
    [
        *("no", "No", "yes", "on", "OFF", "y", "N", "~", "Null", "NULL", "True", "FALSE"),
        *(
            "1:30",
            "0x10",
            "0o7",
            "0b1",
            "007",
            "+5",
            "1_000",
            ".5",
            "5.",
            "1e3",
            "1.5E+3",
            ".inf",
            "-.INF",
            ".nan",
            "=",
        ),
        "9" * 61,
    ],
)
def test_a_word_that_readers_disagree_on_is_refused(written: str) -> None:
    assert problems(f"a: b\nk: {written}") == [(2, f"“{written}” can be read in several ways")]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "the file is empty"),
        ("# only a remark\n", 1, "the file is empty"),
        ("- a\n- b\n", 1, "the file does not hold keys with values"),
        ("text", 1, "the file does not hold keys with values"),
        ("a: 1\nb: 2\na: 3\n", 3, "the key “a” stands here again; it is already on line 1"),
        ("a:\n  - b: 1\n    b: 2\n", 3, "the key “b” stands here again; it is already on line 2"),
        ("a: &x b\n", 1, "&x is an anchor"),
        ("a: !!str 1\n", 1, "tag:yaml.org,2002:str is a tag"),
        ("a: !x [1]\n", 1, "!x is a tag"),
        ("<<: {a: 1}\n", 1, "<< merges other keys in"),
        ("a: 1\n---\nb: 2\n", 2, "a second document begins"),
        ("a:\nb: 2\n", 1, "a value is missing here"),
        ("a: b\n  c\n", 1, "the text runs over several lines"),
        ("a: 'b\n  c'\n", 1, "the text runs over several lines"),
        ("? [a]\n: b\n", 1, "a key is a single word"),
        ("\ufeffa: 1\n", 1, "the file begins with a byte order mark"),
        ("a: 1\n\tb: 2\n", 2, "there is a tab"),
        ("a: b\tc\n", 1, "there is a tab"),
        ("a: b\u2028c\n", 1, "there is an invisible character (U+2028)"),
        ("a: 1\nb: \x07\n", 2, "there is an invisible character (U+0007)"),
        ("a: 'x\nb: 1\n", 1, "a quotation mark is opened and not closed"),
        ("a: b: c\n", 1, "there is a colon where no key can stand"),
        ("a: [1, 2\n", 1, "a bracket is opened and not closed"),
        ("a: {b: 1\n", 1, "a bracket is opened and not closed"),
        ("a: %b\n", 1, "a text begins with a character that has a meaning in YAML"),
        ("a: @b\n", 1, "a text begins with a character that has a meaning in YAML"),
        ("a:\n  - 1\n b: 2\n", 3, "the indentation does not fit, or text follows a closing quotation mark"),
        ('a: "\\q"\n', 1, "a backslash in double quotes has no meaning here"),
        ('a: "b" c\n', 1, "the indentation does not fit, or text follows a closing quotation mark"),
        ("%YAML 9.9\na: 1\n", 1, "a line begins with %"),
        ("a: 1\nb\n", 3, "a key without its colon, or text that is not part of a value"),
    ],
)
def test_what_is_refused_is_named_with_its_line(text: str, line: int, message: str) -> None:
    assert problems(text) == [(line, message)]


def test_an_alias_is_refused_with_its_anchor() -> None:
    assert problems("a: &x b\nc: *x\n") == [(1, "&x is an anchor"), (2, "*x points to another part of the file")]


def test_all_that_is_wrong_is_named_at_once() -> None:
    assert [line for line, _ in problems("a: no\nb: &x c\na: 2\nd: ~\n")] == [1, 2, 3, 4]


def test_what_was_wrong_before_a_syntax_error_is_named_too() -> None:
    assert [line for line, _ in problems("a: no\nb: c: d\n")] == [1, 2]


def test_deep_nesting_is_refused_without_following_it() -> None:
    assert problems("a: " + "[" * 100_000) == [(1, "lists or keys are nested too deeply")]


def test_lines_are_known_of_keys_and_of_items() -> None:
    mark = read_yaml("a: 1\nlist:\n  - x: 1\n    y:\n      - p\n      - q\n", "f")[1]
    assert (mark.at("a").line, mark.at("list").line, mark.at("list", 0).line) == (1, 2, 3)
    assert (mark.at("list", 0, "y").line, mark.at("list", 0, "y", 1).line) == (4, 6)


def test_the_line_of_a_missing_part_is_that_of_the_whole() -> None:
    mark = read_yaml("a:\n  - b: 1\n", "f")[1]
    assert mark.at("a", 0, "missing", "deeper").line == 2


def test_windows_line_ends_are_read() -> None:
    assert read("a: 1\r\nb: c\r\n") == {"a": 1, "b": "c"}


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        assert isinstance(read(text), dict)
    except DataError as error:
        assert error.problems


@given(st.text(alphabet="ab:-[]{}\"'#&*!|>%@`,?~ \n", max_size=60))
def test_any_punctuation_is_read_or_refused_in_words(text: str) -> None:
    try:
        read(text)
    except DataError as error:
        assert all("libyaml" not in problem.message and problem.cure for problem in error.problems)


def test_a_number_of_a_million_digits_is_not_said_back_whole() -> None:
    with pytest.raises(DataError) as caught:
        read_yaml("value: " + "9" * 1_000_000, "a.yaml")
    assert "at most 60 digits" in str(caught.value)
    assert len(str(caught.value)) < 300

"""The reading text, and phrases found in it."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.reading import find_phrase, longest_part, reading_text, text_hash
from kg.model.text import Lang

langs = st.sampled_from(["zh", "en"])


@pytest.mark.parametrize(
    ("text", "lang", "reading"),
    [
        ("智慧城\n\n  市场景", "zh", "智慧城市场景"),
        ("\u3000\u3000全角\u00a0空格\r\n", "zh", "全角空格"),
        (" over  1.8\n\ttrillion ", "en", "over 1.8 trillion"),
        ("“a”,(b)", "zh", "“a”,(b)"),
        (" \n", "zh", ""),
    ],
)
def test_white_space_is_an_accident(text: str, lang: Lang, reading: str) -> None:
    assert reading_text(text, lang) == reading


@given(st.text(), langs)
def test_reading_a_reading_changes_nothing(text: str, lang: Lang) -> None:
    once = reading_text(text, lang)
    assert reading_text(once, lang) == once


@given(st.text(), st.text(min_size=1), st.text(), langs)
def test_a_phrase_of_the_text_is_found_in_it(before: str, phrase: str, after: str, lang: Lang) -> None:
    if reading_text(phrase, lang):
        reading = reading_text(before + phrase + after, lang)
        wanted = reading_text(phrase, lang)
        assert all(reading[at : at + len(wanted)] == wanted for at in find_phrase(reading, phrase, lang))
        assert find_phrase(reading, phrase, lang)


def test_places_that_overlap_are_all_found() -> None:
    assert find_phrase("哈哈哈", "哈哈", "zh") == [0, 1]


def test_nothing_is_found_everywhere_and_so_nowhere() -> None:
    assert find_phrase("甲乙", " ", "zh") == []


@given(st.text(max_size=30), st.text(max_size=30), langs)
def test_the_longest_part_stands_in_the_text_and_in_the_phrase(text: str, phrase: str, lang: Lang) -> None:
    part = longest_part(reading_text(text, lang), phrase, lang)
    assert part in reading_text(text, lang)
    assert part in reading_text(phrase, lang)


def test_the_hash_is_that_of_the_characters_in_utf8() -> None:
    assert text_hash("新闻") == hashlib.sha256("新闻".encode()).hexdigest()

"""A curator's note is read in one language, and is never lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kg.view.notes import say_note


@pytest.mark.parametrize(
    ("note", "zh", "en"),
    [
        ("主语省略。 The subject is left out.", "主语省略。", "The subject is left out."),
        ("“全国”统领四个“首个”。 “全国” governs all four.", "“全国”统领四个“首个”。", "“全国” governs all four."),
        (
            "用“加快”，故为推进中。 Words such as 加快, 持续 and 深化 presuppose a beginning.",
            "用“加快”，故为推进中。",
            "Words such as 加快, 持续 and 深化 presuppose a beginning.",
        ),
        ("甲。 One. 乙。 Two.", "甲。乙。", "One. Two."),
    ],
)
def test_each_reader_gets_the_note_in_one_language(note: str, zh: str, en: str) -> None:
    assert (say_note(note, "zh").words, say_note(note, "en").words) == (zh, en)


def test_a_note_in_one_language_is_shown_to_all() -> None:
    said = say_note("The subject is left out.", "zh")
    assert (said.words, said.lang) == ("The subject is left out.", "en")


@given(some.text(min_size=1).filter(str.strip))
def test_between_both_languages_nothing_is_lost(note: str) -> None:
    said = say_note(note, "zh").words + say_note(note, "en").words
    assert {sign for sign in note if not sign.isspace()} <= set(said)

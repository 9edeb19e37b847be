"""What the files of an answer are headed with, read from ``answer_words.toml`` beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from kg.engine.answer import Form
from kg.model.record import Record
from kg.model.text import Lang, Text

__all__ = ["AnswerWords", "FormatWords", "answer_words", "say_both", "say_word"]


class FormatWords(Record):
    """What there is to know of a format without writing it; ``forms`` are those of the answers that it can hold."""

    title: Text
    media_type: str
    suffix: str
    forms: tuple[Form, ...]


class AnswerWords(Record):
    """The whole file. ``facts`` are the names of what is told of every answer."""

    facts: Mapping[str, Text]
    words: Mapping[str, Text]
    formats: Mapping[str, FormatWords]


@cache
def answer_words() -> AnswerWords:
    """The words, read once."""
    text = files("kg.export").joinpath("answer_words.toml").read_text(encoding="utf-8")
    return AnswerWords.model_validate(tomllib.loads(text))


def say_word(key: str, lang: Lang) -> str:
    """A word of the files in one language."""
    return answer_words().words[key].say(lang)


def say_both(key: str) -> str:
    """A word in both languages, as sheets are named."""
    word = answer_words().words[key]
    return f"{word.say('en')} {word.say('zh')}"

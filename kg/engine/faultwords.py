"""What the engine says when it does not answer, in Chinese and English, from ``faults.toml`` beside this module."""

from __future__ import annotations

import functools
import tomllib
from importlib.resources import files
from typing import Any, NamedTuple

from kg.errors import AnswerTooLarge, EngineUnavailable

__all__ = ["Both", "in_words", "too_large", "unavailable"]


class Both(NamedTuple):
    """The same words in Chinese and in English."""

    zh: str
    en: str


def in_words(table: str, key: str, **values: object) -> Both:
    """The words of ``table.key`` with ``values`` filled in. Raises KeyError for a key that there is not.

    A value that is itself said in two ways is filled in each in its own language.
    """
    found: Any = _all()[table]
    for part in key.split("."):
        found = found[part]
    zh, en = found
    return Both(zh.format_map(_Values(values, 0)), en.format_map(_Values(values, 1)))


def unavailable(key: str, **values: object) -> EngineUnavailable:
    """Why the engine cannot be asked."""
    zh, en = in_words("no_answer", key, **values)
    return EngineUnavailable(en, zh=zh)


def too_large(key: str, megabytes: int) -> AnswerTooLarge:
    """Why a question was stopped at its limit of so many megabytes."""
    zh, en = in_words("no_answer", "too_large", why=in_words("too_large", key, megabytes=megabytes))
    return AnswerTooLarge(en, zh=zh)


class _Values(dict[str, object]):
    def __init__(self, values: dict[str, object], place: int) -> None:
        super().__init__({name: each[place] if isinstance(each, Both) else each for name, each in values.items()})


@functools.cache
def _all() -> dict[str, Any]:
    """Read when first wanted: most engines never have to say anything."""
    return tomllib.loads(files("kg.engine").joinpath("faults.toml").read_text(encoding="utf-8"))

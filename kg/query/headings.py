"""What the columns of an answer are called for people, and its variables in a sentence: ``headings.toml``."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from kg.model.text import LANGS, Lang

__all__ = ["called", "headings"]


def called(variable: str, lang: Lang) -> str:
    """What the variable of this name is called in the middle of a sentence; an unusual one keeps its name."""
    words = _words().get(variable)
    return words[LANGS.index(lang)] if words else variable


def headings(names: tuple[str, ...], places: Iterable[int], lang: Lang) -> tuple[str, ...]:
    """The headings of the columns at ``places`` of an answer with the columns ``names``, no two of them the same.

    Of columns that say the same in each language (``unit_zh`` beside ``unit_en``) one is shown, headed as ``unit``.
    """
    shown = [names[place] for place in places]
    found = [_heading(name, names, lang) for name in shown]
    often = Counter(found)
    return tuple(name if often[head] > 1 else head for name, head in zip(shown, found, strict=True))


def _heading(name: str, names: tuple[str, ...], lang: Lang) -> str:
    base = name.removesuffix(f"_{lang}")
    if base != name and not all(f"{base}_{each}" in names for each in LANGS):
        base = name
    words = called(base, lang)
    return words[:1].upper() + words[1:] if base in _words() else base


@cache
def _words() -> Mapping[str, tuple[str, str]]:
    text = files("kg.query").joinpath("headings.toml").read_text(encoding="utf-8")
    return {name: (zh, en) for name, (zh, en) in tomllib.loads(text).items()}

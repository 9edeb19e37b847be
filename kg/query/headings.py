"""What the columns of an answer are called for people, and its variables in a sentence: ``headings.toml``."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from kg.model.text import LANGS, Lang, Text

__all__ = ["called", "headings"]


def called(variable: str, lang: Lang) -> str:
    """What the variable of this name is called in the middle of a sentence; an unusual one keeps its name."""
    words = _words().get(variable)
    return words[LANGS.index(lang)] if words else variable


def headings(
    names: tuple[str, ...], places: Iterable[int], lang: Lang, own: Mapping[str, Text] | None = None
) -> tuple[str, ...]:
    """The headings of the columns at ``places`` of an answer with the columns ``names``, no two of them the same.

    Of columns that say the same in each language (``unit_zh`` beside ``unit_en``) one is shown, headed as ``unit``.
    The query's ``own`` words for its variables go before the usual ones.
    """
    shown = [names[place] for place in places]
    found = [_heading(name, names, lang, own or {}) for name in shown]
    often = Counter(found)
    return tuple(name if often[head] > 1 else head for name, head in zip(shown, found, strict=True))


def _heading(name: str, names: tuple[str, ...], lang: Lang, own: Mapping[str, Text]) -> str:
    base = name.removesuffix(f"_{lang}")
    if base != name and not all(f"{base}_{each}" in names for each in LANGS):
        base = name
    if base not in own and base not in _words():
        return base
    words = own[base].say(lang) if base in own else called(base, lang)
    return words[:1].upper() + words[1:]


@cache
def _words() -> Mapping[str, tuple[str, str]]:
    text = files("kg.query").joinpath("headings.toml").read_text(encoding="utf-8")
    return {name: (zh, en) for name, (zh, en) in tomllib.loads(text).items()}

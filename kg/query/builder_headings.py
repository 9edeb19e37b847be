"""What the columns of a build are called: in the words of the build, so that what is planned is headed as planned."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.model.text import LANGS, Lang, Text
from kg.query.builder import Build, Link, Measured
from kg.query.builder_patterns import Column
from kg.query.builder_sparql import columns_of_build
from kg.query.builder_words import Naming, measured
from kg.query.headings import called

__all__ = ["build_headings"]

#: A variable whose name was taken, and whether a relation is only planned.
_NUMBERED = re.compile(r"(.+)_[0-9]+")
_PLANNED = re.compile(r".+_planned(?:_[0-9]+)?")


def build_headings(build: Build, naming: Naming) -> dict[str, Text]:
    """Words for the variables of the build's query, in both languages, no two of them the same."""
    if not build:
        return {}
    first, *others = columns_of_build(build, naming)
    words = {first.name: {lang: _thing(build, first, lang, naming) for lang in LANGS}}
    # What has a column for each language is headed as one.
    whole = [one for one in others if not one.name.endswith(tuple(f"_{lang}" for lang in LANGS))]
    words |= {one.name: {lang: _said(one, lang, naming) for lang in LANGS} for one in whole}
    own = {lang: _told_apart({name: said[lang] for name, said in words.items()}) for lang in LANGS}
    return {name: Text(zh=own["zh"][name], en=own["en"][name]) for name in words}


def _thing(build: Build, column: Column, lang: Lang, naming: Naming) -> str:
    return naming.term("type", build.type, lang) if build.type else called(column.name, lang)


def _said(column: Column, lang: Lang, naming: Naming) -> str:
    if isinstance(column.says, Link):
        return naming.relation(column.says, lang)
    if isinstance(column.says, Measured):
        return measured(column.says, lang, naming)
    if _PLANNED.fullmatch(column.name):
        return called("planned", lang)
    numbered = _NUMBERED.fullmatch(column.name)
    return called(numbered[1] if numbered else column.name, lang)


def _told_apart(words: Mapping[str, str]) -> dict[str, str]:
    """The same words, those that stand for a second column with a number behind them."""
    found: dict[str, str] = {}
    for name, said in words.items():
        taken = set(found.values())
        numbered = (said, *(f"{said} {count}" for count in range(2, len(words) + 1)))
        found[name] = next(one for one in numbered if one not in taken)
    return found

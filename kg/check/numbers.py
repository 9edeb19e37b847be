"""Rules that hold figures to the words of their phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.check.tools import Said, problem, said, said_problem
from kg.errors import Problem
from kg.load.files import Loaded
from kg.model.quantity import Quantity, quantities
from kg.model.statement import Figure
from kg.model.text import Lang

__all__ = ["exact_values_are_said_exactly", "qualifiers_stand_in_the_phrase", "values_stand_in_the_phrase"]


def values_stand_in_the_phrase(loaded: Loaded) -> Iterator[Problem]:
    """The value is one of the numbers in the phrase (its sign apart: 下降 says it in words), or a note says why not."""
    for one, figure in _figures(loaded):
        found = quantities(figure.phrase, one.source.language)
        if not _saying(figure.value, found) and not figure.note:
            read = ", ".join(f"{quantity.value:f}" for quantity in found) or "no number"
            message = f"the value is {figure.value:f}; the phrase “{figure.phrase}” says {read}"
            yield said_problem(loaded, one, "value", message, "Correct the value or the phrase, or say why in its note")


def qualifiers_stand_in_the_phrase(loaded: Loaded) -> Iterator[Problem]:
    """A value is inexact because a word of its phrase says so, never because we think so."""
    for one, figure in _figures(loaded):
        qualifier = loaded.knowledge.qualifiers.get(figure.qualifier)
        if qualifier is None or qualifier.sign == "=":
            continue
        words = _words(qualifier.words.items(), one.source.language)
        if not words:
            place = loaded.origin.term("qualifiers", qualifier.id, "words")
            message = f"it has no words in {one.source.language}, the language of {one.source.id}, which uses it"
            yield problem(place, qualifier.id, message, "Add the words that say it in a phrase")
        elif not any(_stands(word, figure.phrase, one.source.language) for word in words):
            message = f"no word for “{qualifier.id}” ({', '.join(words)}) stands in the phrase “{figure.phrase}”"
            cure = "Lengthen the phrase, choose the qualifier that it has, or leave the key out for exact"
            yield said_problem(loaded, one, "qualifier", message, cure)


def exact_values_are_said_exactly(loaded: Loaded) -> Iterator[Problem]:
    """A number with 约, 超, 余 … beside it is not exact."""
    for one, figure in _figures(loaded):
        qualifier = loaded.knowledge.qualifiers.get(figure.qualifier)
        if qualifier is None or qualifier.sign != "=":
            continue
        saying = _saying(figure.value, quantities(figure.phrase, one.source.language))
        if saying and all(quantity.qualifier for quantity in saying):
            word = saying[0].qualifier
            message = f"the value is given as exact, and “{word}” stands beside it in the phrase “{figure.phrase}”"
            cure = f"Write qualifier: {_qualifier_of(loaded, word) or 'with the one that it means'}"
            yield said_problem(loaded, one, "qualifier", message, cure)


def _figures(loaded: Loaded) -> Iterator[tuple[Said, Figure]]:
    for one in said(loaded):
        if isinstance(one.statement, Figure):
            yield one, one.statement


def _saying(value: Decimal, found: list[Quantity]) -> list[Quantity]:
    return [quantity for quantity in found if abs(quantity.value) == abs(value)]


def _stands(word: str, phrase: str, lang: Lang) -> bool:
    """Chinese is written without spaces; an English word is a whole one ("over" does not stand in "covers")."""
    if lang == "zh":
        return word in phrase
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", phrase, re.IGNORECASE) is not None


def _words(items: Iterator[tuple[Lang, str]], lang: Lang) -> list[str]:
    return [word for word_lang, word in items if word_lang == lang]


def _qualifier_of(loaded: Loaded, word: str) -> str:
    for qualifier in loaded.knowledge.qualifiers.values():
        if word in [said_word for _, said_word in qualifier.words.items()]:
            return qualifier.id
    return ""

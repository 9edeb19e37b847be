"""What people are shown of an answer: its rows, the columns worth a place, a label laid over each IRI."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from kg.engine.answer import XSD, Answer, Term
from kg.graph.names import compact
from kg.model.text import LANGS, Lang, Text
from kg.query.terms import is_true

__all__ = ["Face", "columns_of", "face", "is_number", "rows_of", "shown_places", "yes_or_no"]

#: The whole numbers of XML Schema, and what has a fraction.
_WHOLE = (
    *("integer", "long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger"),
    *("negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
)
_NUMBERS = frozenset(XSD + name for name in (*_WHOLE, "decimal", "double", "float"))
_TRUTH = frozenset({"true", "false", "1", "0"})
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


class Face(NamedTuple):
    """A term as people read it: ``text`` in ``lang`` (empty where it is in none), and the ``iri`` behind it."""

    text: str
    iri: str = ""
    lang: str = ""


def columns_of(answer: Answer) -> tuple[str, ...]:
    """The columns of a SELECT; of a graph, the three parts of a triple. An ASK has none."""
    return ("subject", "predicate", "object") if answer.form == "graph" else answer.columns


def rows_of(answer: Answer) -> list[tuple[Term | None, ...]]:
    """The rows of a SELECT, ``None`` where a cell is unbound, or the triples of a graph in the engine's order."""
    if answer.form == "graph":
        return [(subject, predicate, thing) for subject, predicate, thing in answer.triples()]
    return answer.terms()


def shown_places(names: tuple[str, ...], lang: Lang) -> tuple[int, ...]:
    """The places of the columns that a reader of ``lang`` wants.

    One that only says in one language what another shows (``who_zh`` beside ``who``) is left out.
    """
    return tuple(place for place, name in enumerate(names) if not _is_spare(name, names, lang))


def _is_spare(name: str, names: tuple[str, ...], lang: Lang) -> bool:
    base, mark, tongue = name.rpartition("_")
    if not mark or tongue not in LANGS:
        return False
    return base in names or (tongue != lang and f"{base}_{lang}" in names)


def face(term: Term, labels: Mapping[str, Text], lang: Lang) -> Face:
    """The term with its label in ``lang``, else in the other language, else its short name or its own text."""
    if term.kind == "blank":
        return Face(f"_:{term.value}")
    if term.datatype == f"{XSD}boolean" and term.value in _TRUTH:
        return Face(yes_or_no(is_true(term), lang), lang=lang)
    if term.kind != "iri":
        return Face(term.value, lang=term.lang)
    label = labels.get(term.value)
    if label is None:
        return Face(compact(term.value), term.value)
    own = label.zh if lang == "zh" else label.en
    tongue = lang if own is not None else "en" if lang == "zh" else "zh"
    return Face(label.say(lang), term.value, tongue)


def yes_or_no(truth: bool, lang: Lang) -> str:
    """A truth value in words."""
    words = ("否", "是") if lang == "zh" else ("no", "yes")
    return words[truth]


def is_number(term: Term | None) -> bool:
    """Whether the term is a number that is written as one: an ill-typed one ("=1+1" as a decimal) is not."""
    return term is not None and term.datatype in _NUMBERS and _NUMBER.fullmatch(term.value) is not None

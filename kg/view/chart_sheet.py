"""An answer as columns that a picture can use: what kind of thing each holds, and what its cells say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Literal

from kg.engine.answer import Answer, Term
from kg.graph.names import compact, entity_id
from kg.model.dates import PartialDate
from kg.model.text import LANGS, Lang, Text
from kg.query.headings import called
from kg.view.terms import Said
from kg.view.terms import say as said

__all__ = ["Column", "Kind", "Row", "Sheet", "read_point", "read_sheet"]

#: What all bound cells of a column are. An *entity* is one of ours (one is enough); a *thing* is any other IRI.
Kind = Literal["number", "date", "point", "flag", "entity", "thing", "words"]

Row = tuple[Term | None, ...]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = frozenset(
    _XSD + name
    for name in (
        *("integer", "decimal", "double", "float", "long", "int", "short", "byte", "nonNegativeInteger"),
        *("positiveInteger", "negativeInteger", "nonPositiveInteger", "unsignedLong", "unsignedInt"),
    )
)
_DATES = frozenset(_XSD + name for name in ("date", "dateTime", "gYear", "gYearMonth"))
_DATE = re.compile(r"([0-9]{4}(?:-[0-9]{2}){0,2})(?:T.*|Z|[+-][0-9]{2}:[0-9]{2})?")
_POINT = re.compile(r"(?:<[^>]*>\s*)?POINT\s*\(\s*(\S+)\s+(\S+)\s*\)", re.IGNORECASE)

#: ``YEAR(?date)`` is a plain number: under such a name, and of four digits, it is a year.
_YEARS = re.compile(r".*year|.*年份?", re.IGNORECASE)

#: A larger number is drawn by nobody.
_LARGEST = Decimal("1e300")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer; ``tongues`` are the places of the columns that say it in a language (``who_zh``).

    ``words`` are the query's own for it, where it has any.
    """

    place: int
    name: str
    kind: Kind
    tongues: tuple[tuple[Lang, int], ...] = ()
    words: Text | None = field(default=None, compare=False)

    def called(self, lang: Lang) -> str:
        """What a picture calls the column."""
        return self.words.say(lang) if self.words else called(self.name, lang).replace("_", " ")


@dataclass(frozen=True)
class Sheet:
    """The columns and rows of an answer, and what its IRIs are called."""

    columns: tuple[Column, ...]
    rows: Sequence[Row]
    labels: Mapping[str, Text]

    def say(self, row: Row, column: Column, lang: Lang) -> Said:
        """What a cell says to a reader of ``lang``, with the language that it says it in; nothing if it is unbound."""
        own = dict(column.tongues)
        for tongue in sorted(LANGS, key=lambda one: one != lang):
            term = row[own[tongue]] if tongue in own else None
            if term is not None:
                return Said(term.value, tongue)
        term = row[column.place]
        if term is None:
            return Said("", lang)
        if term.kind != "iri":
            return Said(term.value, next((one for one in LANGS if term.lang.lower().startswith(one)), lang))
        label = self.labels.get(term.value)
        return said(label, lang) if label else Said(compact(term.value), "en")

    def number(self, row: Row, column: Column) -> Decimal | None:
        """The number in a cell; None where there is none, or one that has no place on an axis."""
        term = row[column.place]
        return _number(term.value) if term is not None else None

    def date(self, row: Row, column: Column) -> PartialDate | None:
        """The date in a cell."""
        term = row[column.place]
        return _date(term.value) if term is not None else None

    def iri(self, row: Row, column: Column) -> str:
        """The IRI in a cell, or nothing."""
        term = row[column.place]
        return term.value if term is not None and term.kind == "iri" else ""

    def distinct(self, *columns: Column) -> int:
        """How many different values some columns have together."""
        return len({tuple(row[column.place] for column in columns) for row in self.rows})


def read_sheet(answer: Answer, labels: Mapping[str, Text], own: Mapping[str, Text] | None = None) -> Sheet:
    """The columns of a SELECT; columns that say another one in a language are part of it. Any other form has none.

    ``own`` are the query's own words for its variables.
    """
    if answer.form != "select":
        return Sheet((), (), labels)
    names, rows = answer.columns, answer.terms()
    tongues: dict[str, dict[Lang, int]] = {}
    for place, name in enumerate(names):
        for lang in LANGS:
            if name.endswith(f"_{lang}"):
                tongues.setdefault(name.removesuffix(f"_{lang}"), {})[lang] = place
    columns: dict[str, Column] = {}
    for place, name in enumerate(names):
        base = name.rpartition("_")[0] if any(place in own.values() for own in tongues.values()) else name
        if base not in columns:
            home = names.index(base) if base in names else place
            said_by, words = tuple(tongues.get(base, {}).items()), (own or {}).get(base)
            columns[base] = Column(home, base, _kind(rows, home, base), said_by, words)
    return Sheet(tuple(columns.values()), rows, labels)


def read_point(text: str) -> tuple[float, float] | None:
    """Longitude and latitude of a WKT point ("Point(116.4 39.9)"); None for any other text."""
    found = _POINT.fullmatch(text.strip())
    if not found:
        return None
    try:
        longitude, latitude = map(float, found.groups())
    except ValueError:
        return None
    return (longitude, latitude) if abs(longitude) <= 180 and abs(latitude) <= 90 else None


def _kind(rows: Sequence[Row], place: int, name: str) -> Kind:
    terms = {row[place] for row in rows} - {None}
    bound = [term for term in terms if term is not None]
    if not bound:
        return "words"
    if all(term.datatype in _NUMBERS for term in bound):
        years = _YEARS.fullmatch(name) and all(re.fullmatch("[12][0-9]{3}", term.value) for term in bound)
        return "date" if years else "number"
    if all(term.kind in ("iri", "blank") for term in bound):
        return "entity" if any(entity_id(term.value) for term in bound) else "thing"
    if any(term.kind != "literal" for term in bound):
        return "words"
    if all(_is_date(term) for term in bound):
        return "date"
    if all(term.datatype == _XSD + "boolean" for term in bound):
        return "flag"
    return "point" if all(read_point(term.value) for term in bound) else "words"


def _is_date(term: Term) -> bool:
    # A text of four digits may be anything; with a month it is a date ("2025-03", as SUBSTR gives it).
    return _date(term.value) is not None and (term.datatype in _DATES or "-" in term.value)


def _date(text: str) -> PartialDate | None:
    found = _DATE.fullmatch(text)
    try:
        return PartialDate.read(found[1]) if found else None
    except ValueError:
        return None


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < _LARGEST else None

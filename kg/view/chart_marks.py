"""The rows of an answer as the marks of a chart: names, values with their signs, series."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.graph.names import concept_id
from kg.model.text import Lang
from kg.query.shown import yes_or_no
from kg.query.terms import is_true
from kg.view.answer_shape import MOST_SERIES, Parts
from kg.view.chart_numbers import say_exactly, say_value
from kg.view.chart_sheet import Column, Row, Sheet
from kg.view.chart_words import say
from kg.view.terms import Said

__all__ = ["Marks", "Reading", "Value"]


@dataclass(frozen=True, slots=True)
class Value:
    """A number on a chart: what stands beside its mark, the exact number, and whether it is only planned."""

    number: Decimal
    text: str
    exact: str
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """A name with a value for each series; ``href`` leads to what it names."""

    name: Said
    values: tuple[Value | None, ...]
    href: str = ""


@dataclass(frozen=True)
class Reading:
    """Reads a sheet for a reader of ``lang`` by the parts that its columns play; ``to`` makes an IRI's address."""

    sheet: Sheet
    parts: Parts
    lang: Lang
    to: Callable[[str], str] = lambda _: ""

    def name(self, row: Row) -> Said:
        """What a row is called: the words of all columns that name it."""
        said = [self._said(row, column) for column in self.parts.names or _some(self.parts.date)]
        said = [one for one in said if one.words.strip()]
        if not said:
            return Said("–", self.lang)
        return Said(" · ".join(" ".join(one.words.split()) for one in said), said[0].lang)

    def href(self, row: Row) -> str:
        """Where the thing that a row is named by is looked at."""
        iri = self.sheet.iri(row, self.parts.names[0]) if self.parts.names else ""
        return self.to(iri) if iri else ""

    def value(self, row: Row, column: Column, longest: int = 13) -> Value | None:
        """The value of a row, with the sign that says how exactly it is meant before it; a longer one is rounded."""
        number = self.sheet.number(row, column)
        if number is None:
            return None
        sign = self._sign(row)
        return Value(
            number,
            sign + say_value(number, self.lang, longest),
            sign + say_exactly(number, self.lang),
            self._hollow(row),
        )

    def series(self) -> list[tuple[str, Callable[[Row], bool], Column]]:
        """Each series: what it is called, which rows belong to it, and the column of its numbers."""
        numbers, by = self.parts.numbers, self.parts.series
        if by is None:
            return [(one.called(self.lang), lambda _: True, one) for one in numbers[:MOST_SERIES]]
        found: dict[object, str] = {}
        for row in self.sheet.rows:
            found.setdefault(row[by.place], self._said(row, by).words or say("unnamed", self.lang))
        return [
            (name, lambda row, key=key: row[by.place] == key, numbers[0])  # type: ignore[misc]
            for key, name in found.items()
        ]

    def unit(self) -> str:
        """The unit of all numbers, where a column names one."""
        if self.parts.unit is None or not self.sheet.rows:
            return ""
        return self._said(self.sheet.rows[0], self.parts.unit).words

    def notes(self, drawn: int, drawable: int) -> list[str]:
        """What the chart must own up to: rows beyond its limit, rows without a value, too many series, its unit."""
        found = [say("unit", self.lang, unit=self.unit())] if self.unit() else []
        if drawn < drawable:
            found.append(say("first_of", self.lang, shown=f"{drawn:,}", all=f"{drawable:,}"))
        count = len(self.series()) if self.parts.numbers else 0
        if count > MOST_SERIES:
            found.append(say("series_of", self.lang, shown=MOST_SERIES, all=count))
        if any(self._hollow(row) for row in self.sheet.rows):
            found.append(say("planned", self.lang))
        return found

    def groups(self) -> list[Marks]:
        """The rows as marks; rows of one name are one where a column tells series apart."""
        series = self.series()[:MOST_SERIES]
        if self.parts.series is None:
            return [
                Marks(self.name(row), tuple(self.value(row, column) for *_, column in series), self.href(row))
                for row in self.sheet.rows
            ]
        by_name: dict[Sequence[object], list[Row]] = {}
        for row in self.sheet.rows:
            by_name.setdefault(tuple(row[column.place] for column in self.parts.names), []).append(row)
        return [
            Marks(
                self.name(rows[0]),
                tuple(
                    next((self.value(row, column) for row in rows if belongs(row)), None)
                    for _, belongs, column in series
                ),
                self.href(rows[0]),
            )
            for rows in by_name.values()
        ]

    def _said(self, row: Row, column: Column) -> Said:
        if column.kind == "flag" and (term := row[column.place]) is not None:
            return Said(yes_or_no(is_true(term), self.lang), self.lang)
        return self.sheet.say(row, column, self.lang)

    def _sign(self, row: Row) -> str:
        column = self.parts.sign
        term = row[column.place] if column else None
        if column is None or term is None or term.value == "=" or concept_id(term.value) == ("qualifier", "exact"):
            return ""
        words = self.sheet.say(row, column, self.lang).words
        return words + " " if words[-1:].isascii() and words[-1:].isalpha() else words

    def _hollow(self, row: Row) -> bool:
        column = self.parts.aim
        term = row[column.place] if column else None
        return term is not None and (concept_id(term.value) == ("aim", "target") or is_true(term))


def _some(column: Column | None) -> tuple[Column, ...]:
    return (column,) if column else ()

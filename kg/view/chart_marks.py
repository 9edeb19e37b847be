"""The rows of an answer as the marks of a chart: names, values with their signs, series."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from kg.graph.names import concept_id
from kg.model.text import Lang
from kg.query.shown import yes_or_no
from kg.query.terms import is_true
from kg.view.answer_shape import MOST_SERIES, Parts
from kg.view.chart_numbers import say_exactly, say_value
from kg.view.chart_sheet import Column, Row, Sheet
from kg.view.chart_words import say
from kg.view.terms import Said

__all__ = ["Marks", "Reading", "Series", "Value"]

#: Columns of numbers of these names are of what is planned.
_PLANNED = re.compile(r"(.*_)?(planned|plans?|targets?)|.*(计划|目标).*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """A number on a chart: what stands beside its mark, the exact number, and whether it is only planned."""

    number: Decimal
    text: str
    exact: str
    hollow: bool = False


class Series(NamedTuple):
    """One of several numbers or lines: its name, which rows it has, its column; ``ink`` is which colour it has.

    What is only planned is hollow in the colour of what stands beside it, wherever its column is.
    """

    name: str
    belongs: Callable[[Row], bool]
    column: Column
    ink: int = 0
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """A name with a value for each series; ``href`` leads to what it names."""

    name: Said
    values: tuple[Value | None, ...]
    href: str = ""


@dataclass(frozen=True)
class Reading:
    """Reads a sheet for a reader of ``lang`` by the parts that its columns play; ``to`` makes an IRI's address.

    ``about`` is what all rows are about, where the query says it and no column does.
    """

    sheet: Sheet
    parts: Parts
    lang: Lang
    to: Callable[[str], str] = lambda _: ""
    about: str = ""

    def name(self, row: Row) -> Said:
        """What a row is called: the words of all columns that name it."""
        said = [self.say(row, column) for column in self.parts.names or _some(self.parts.date)]
        said = [one for one in said if one.words.strip()]
        if not said:
            return Said("–", self.lang)
        return Said(" · ".join(" ".join(one.words.split()) for one in said), said[0].lang)

    def href(self, row: Row) -> str:
        """Where the thing that a row is named by is looked at."""
        iri = self.sheet.iri(row, self.parts.names[0]) if self.parts.names else ""
        return self.to(iri) if iri else ""

    def value(self, row: Row, column: Column, longest: int = 13, *, hollow: bool = False) -> Value | None:
        """The value of a row, with the sign that says how exactly it is meant before it; a longer one is rounded."""
        number = self.sheet.number(row, column)
        if number is None:
            return None
        sign = self._sign(row)
        return Value(
            number,
            sign + say_value(number, self.lang, longest),
            sign + say_exactly(number, self.lang),
            hollow or self.is_planned(row),
        )

    def series(self) -> list[Series]:
        """Each series, in the order of the columns or, of one column, of the rows."""
        numbers, by = self.parts.numbers, self.parts.series
        if by is None:
            planned = [_PLANNED.fullmatch(one.name) is not None for one in numbers[:MOST_SERIES]]
            inks = _inks(planned)
            return [
                Series(one.called(self.lang), lambda _: True, one, ink, hollow)
                for one, ink, hollow in zip(numbers, inks, planned, strict=False)
            ]
        found: dict[object, str] = {}
        for row in self.sheet.rows:
            found.setdefault(row[by.place], self.say(row, by).words or say("unnamed", self.lang))
        return [
            Series(name, lambda row, key=key: row[by.place] == key, numbers[0], place % MOST_SERIES)  # type: ignore[misc]
            for place, (key, name) in enumerate(found.items())
        ]

    def unit(self) -> str:
        """The unit of all numbers, where a column names one."""
        if self.parts.unit is None or not self.sheet.rows:
            return ""
        return self.say(self.sheet.rows[0], self.parts.unit).words

    def notes(self, drawn: int, drawable: int) -> list[str]:
        """What the chart must own up to: rows beyond its limit, rows without a value, too many series, its unit."""
        found = [say("unit", self.lang, unit=self.unit())] if self.unit() else []
        if drawn < drawable:
            found.append(say("first_of", self.lang, shown=f"{drawn:,}", all=f"{drawable:,}"))
        series = self.series() if self.parts.numbers else []
        count = len(series)
        if count > MOST_SERIES:
            found.append(say("series_of", self.lang, shown=MOST_SERIES, all=count))
        if any(self.is_planned(row) for row in self.sheet.rows) or (count == 1 and series[0].hollow):
            found.append(say("planned", self.lang))
        return found

    def groups(self) -> list[Marks]:
        """The rows as marks; rows of one name are one where a column tells series apart."""
        series = self.series()[:MOST_SERIES]
        if self.parts.series is None:
            return [
                Marks(
                    self.name(row),
                    tuple(self.value(row, one.column, hollow=one.hollow) for one in series),
                    self.href(row),
                )
                for row in self.sheet.rows
            ]
        by_name: dict[Sequence[object], list[Row]] = {}
        for row in self.sheet.rows:
            by_name.setdefault(tuple(row[column.place] for column in self.parts.names), []).append(row)
        return [
            Marks(
                self.name(rows[0]),
                tuple(next((self.value(row, one.column) for row in rows if one.belongs(row)), None) for one in series),
                self.href(rows[0]),
            )
            for rows in by_name.values()
        ]

    def say(self, row: Row, column: Column) -> Said:
        """What a cell says; a yes or no in words."""
        if column.kind == "flag" and (term := row[column.place]) is not None:
            return Said(yes_or_no(is_true(term), self.lang), self.lang)
        return self.sheet.say(row, column, self.lang)

    def aim(self, row: Row) -> str:
        """Whether what a row says was achieved or is only planned, in words; nothing where no column tells it."""
        column = self.parts.aim
        if column is None or row[column.place] is None:
            return ""
        if column.kind == "flag":
            return say("aimed" if self.is_planned(row) else "achieved", self.lang)
        return self.say(row, column).words

    def _sign(self, row: Row) -> str:
        column = self.parts.sign
        term = row[column.place] if column else None
        if column is None or term is None or term.value == "=" or concept_id(term.value) == ("qualifier", "exact"):
            return ""
        words = self.sheet.say(row, column, self.lang).words
        return words + " " if words[-1:].isascii() and words[-1:].isalpha() else words

    def is_planned(self, row: Row) -> bool:
        """Whether what a row says is only planned, or a target."""
        column = self.parts.aim
        term = row[column.place] if column else None
        return term is not None and (concept_id(term.value) == ("aim", "target") or is_true(term))


def _inks(planned: Sequence[bool]) -> list[int]:
    """Which colour each of several columns has: what is planned that of the first that stands, the next its own."""
    standing = iter(range(len(planned)))
    hollow = iter(range(len(planned)))
    return [next(hollow if one else standing) for one in planned]


def _some(column: Column | None) -> tuple[Column, ...]:
    return (column,) if column else ()

"""An axis of numbers: which stretch of them it shows, where each lies, and its marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.model.text import Lang
from kg.view.chart_ink import SMALL
from kg.view.chart_numbers import say_ticks, ticks
from kg.view.svg_text import text_width

__all__ = ["Axis", "axis_of"]

_NOUGHT = Decimal(0)


@dataclass(frozen=True)
class Axis:
    """From ``start`` to ``end`` in pixels lie the numbers from ``low`` to ``high``; ``marks`` are round ones."""

    marks: Sequence[Decimal]
    said: Sequence[str]
    low: Decimal
    high: Decimal
    start: float
    end: float

    def at(self, value: Decimal) -> float:
        """The place of a number."""
        return self.start + (self.end - self.start) * float((value - self.low) / (self.high - self.low))

    def places(self) -> list[tuple[float, str]]:
        """The place of each mark and what it says, those left out that would lie upon the one before."""
        found: list[tuple[float, str, float]] = []
        for mark, words in zip(self.marks, self.said, strict=True):
            place, half = self.at(mark), text_width(words, SMALL) / 2
            if self.start > self.end or not found or place - half > found[-1][2] + 10:
                found.append((place, words, place + half))
        return [(place, words) for place, words, _ in found]


def axis_of(values: Iterable[Decimal], lang: Lang, start: float, end: float, *, snug: bool, most: int) -> Axis:
    """An axis that shows all ``values``, between two places.

    A ``snug`` one begins at nought and ends with the last value; any other ends at round numbers, and begins at nought
    only where that is near. Whole numbers have whole marks.
    """
    known = list(values)
    low, high = min(known, default=_NOUGHT), max(known, default=Decimal(1))
    if snug or 0 <= low < high * Decimal("0.5"):
        low, high = min(low, _NOUGHT), max(high, _NOUGHT)
    whole = bool(known) and all(value == value.to_integral_value() for value in known)
    marks = ticks(low, high, most, whole=whole)
    if snug and low < high:
        marks = [mark for mark in marks if low <= mark <= high]
    else:
        low, high = marks[0], marks[-1]
    return Axis(marks, say_ticks(marks, lang), low, high, start, end)

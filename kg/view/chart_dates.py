"""An axis of dates: where each lies, and its marks in years, months or days."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.model.dates import PartialDate, Precision
from kg.view.chart_ink import SMALL
from kg.view.svg_text import text_width

__all__ = ["DateAxis", "date_axis"]

#: From one mark to the next, finest first: how many days, months or years.
_STEPS: tuple[tuple[Precision, int], ...] = (
    *(("day", step) for step in (1, 2, 5, 10)),
    *(("month", step) for step in (1, 2, 3, 6)),
    *(("year", step) for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)),
)
_RANK: dict[Precision, int] = {"year": 0, "month": 1, "day": 2}
_LENGTHS: dict[Precision, int] = {"year": 4, "month": 7, "day": 10}
_DAYS: dict[Precision, float] = {"year": 365.25, "month": 30.4, "day": 1}

#: How far words stay from each other; marks nearer than the least are not even tried.
_AWAY, _LEAST = 18.0, 30.0


@dataclass(frozen=True)
class DateAxis:
    """From ``start`` to ``end`` in pixels lie the days from ``low`` to ``high``; ``marks`` are days with words."""

    low: float
    high: float
    start: float
    end: float
    marks: tuple[tuple[float, str], ...] = ()

    def at(self, day: float) -> float:
        """The place of a day, counted as :meth:`datetime.date.toordinal` does."""
        return self.start + (self.end - self.start) * (day - self.low) / (self.high - self.low)

    def middle(self, date: PartialDate) -> float:
        """The place of a date: the middle of the days that it can mean."""
        return self.at((date.first.toordinal() + date.last.toordinal() + 1) / 2)

    def reach(self, date: PartialDate) -> tuple[float, float]:
        """The places of the first day that a date can mean and of the end of the last."""
        return self.at(date.first.toordinal()), self.at(date.last.toordinal() + 1)


def date_axis(dates: Iterable[PartialDate], start: float, end: float) -> DateAxis:
    """An axis that shows all ``dates``. Its marks are no finer than the finest of them."""
    known = list(dates) or [PartialDate("2000")]
    finest = max((one.precision for one in known), key=_RANK.__getitem__)
    coarsest = min((one.precision for one in known), key=_RANK.__getitem__)
    low = float(min(one.first.toordinal() for one in known))
    high = float(max(one.last.toordinal() + 1 for one in known))
    bare = DateAxis(low, high, start, end)
    for precision, step in _STEPS:
        if _RANK[precision] > _RANK[finest] or (high - low) / (step * _DAYS[precision]) > (end - start) / _LEAST:
            continue
        # Where all dates are years, a year's mark stands in its middle, where its values do.
        marks = tuple(_marks(bare, precision, step, centred=precision == coarsest == finest))
        if len(marks) < 2 or _apart(bare, marks):
            return DateAxis(low, high, start, end, marks or ((known[0].first.toordinal(), str(known[0])),))
    return bare


def _apart(axis: DateAxis, marks: tuple[tuple[float, str], ...]) -> bool:
    """Whether the words of all marks have room beside each other."""
    room = text_width("0" * len(marks[0][1]), SMALL) + _AWAY
    places = [axis.at(day) for day, _ in marks]
    return all(one - before >= room for before, one in pairwise(places))


def _marks(axis: DateAxis, precision: Precision, step: int, *, centred: bool) -> Iterator[tuple[float, str]]:
    for day in _days(axis, precision, step):
        text = day.isoformat()[: _LENGTHS[precision]]
        one = PartialDate(text)
        place = (one.first.toordinal() + one.last.toordinal() + 1) / 2 if centred else float(day.toordinal())
        if axis.low <= place <= axis.high:
            yield place, text


def _days(axis: DateAxis, precision: Precision, step: int) -> Iterator[datetime.date]:
    """The days on which marks stand, one step after another, from before the axis to behind it."""
    first = datetime.date.fromordinal(max(1, int(axis.low)))
    last = min(int(axis.high), datetime.date.max.toordinal())
    if precision == "day":
        # Within a month the marks stand on the same days of each: the 1st, the 6th, the 11th …
        for ordinal in range(first.toordinal(), min(last, first.toordinal() + 2000) + 1):
            day = datetime.date.fromordinal(ordinal)
            if (day.day - 1) % step == 0 and day.day - 1 + step <= 31:
                yield day
        return
    months = step * (12 if precision == "year" else 1)
    start = (first.year * 12 + first.month - 1) // months * months
    for month in range(start, datetime.date.max.year * 12 + 12, months):
        if month < 12:
            continue  # there is no year 0
        day = datetime.date(month // 12, month % 12 + 1, 1)
        if day.toordinal() > last:
            return
        yield day

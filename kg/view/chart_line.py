"""Numbers over dates as lines with points; what is only planned is hollow, and the line to it dashed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from kg.model.dates import PartialDate
from kg.view.answer_shape import MOST_SERIES
from kg.view.chart_axis import Axis, axis_of
from kg.view.chart_dates import DateAxis, date_axis
from kg.view.chart_ink import LABEL, SMALL, Ink, Words, write
from kg.view.chart_legend import legend
from kg.view.chart_marks import Reading, Series, Value
from kg.view.chart_room import Room
from kg.view.chart_words import say
from kg.view.placing import Box
from kg.view.svg_text import clean, number, text_width

__all__ = ["draw_line"]

_HEIGHT, _ABOVE, _BELOW, _EDGE = 250.0, 22.0, 24.0, 14.0

#: With more points the line is all; with more than a few each value is not said, only the last, the highest and lowest.
_MOST_POINTS, _MOST_SAID, _SMALL_FROM = 150, 24, 40

#: So many points and pieces of lines are what words are kept off; a value of more characters than this is rounded.
_MOST_ALONG, _LONGEST = 2000, 8


class _Point(NamedTuple):
    """A value at a date, and where it lies."""

    date: PartialDate
    value: Value
    x: float
    y: float


class _Plan(NamedTuple):
    """The axes, and the points of each series in the order of time."""

    across: DateAxis
    up: Axis
    lines: list[tuple[Series, list[_Point]]]
    radius: float


def draw_line(reading: Reading, ink: Ink, width: float) -> tuple[list[str], float, list[str]]:
    """The elements, the height, and the notes that belong below."""
    found = _series(reading)
    left_out = len(reading.sheet.rows) - _drawable(reading)
    notes = reading.notes(0, 0)
    if left_out:
        notes.append(say("without", reading.lang, count=f"{left_out:,}"))
    if not found:
        return [], 0.0, notes
    keys, top = legend([one for one, _ in found], ink, width, round_marks=True) if len(found) > 1 else ([], 0.0)
    plan = _plan(found, reading, width, top)
    parts = [*keys, *_grid(plan, ink, width)]
    for one, points in plan.lines:
        colour = ink.series[one.ink]
        parts.extend(_line(points, colour))
        parts.extend(_points(points, one.name if len(found) > 1 else "", plan, colour, ink))
    height = top + _ABOVE + _HEIGHT + _BELOW
    parts.extend(_values(plan, ink, width, height, top))
    return parts, height, notes


def _drawable(reading: Reading) -> int:
    """How many rows have a date and a number."""
    sheet, parts = reading.sheet, reading.parts
    return sum(
        parts.date is not None
        and sheet.date(row, parts.date) is not None
        and any(sheet.number(row, one) is not None for one in parts.numbers)
        for row in sheet.rows
    )


def _series(reading: Reading) -> list[tuple[Series, list[tuple[PartialDate, Value]]]]:
    """Each series that has a point, with its dates and values in the order of time."""
    date = reading.parts.date
    found = []
    for one in reading.series()[:MOST_SERIES]:
        pairs = []
        for row in reading.sheet.rows:
            day = reading.sheet.date(row, date) if date and one.belongs(row) else None
            value = reading.value(row, one.column, _LONGEST, hollow=one.hollow) if day else None
            if day and value:
                pairs.append((day, value))
        if pairs:
            found.append((one, sorted(pairs, key=lambda pair: (pair[0].last, pair[0].first, pair[1].hollow))))
    return found


def _plan(
    found: list[tuple[Series, list[tuple[PartialDate, Value]]]], reading: Reading, width: float, top: float
) -> _Plan:
    pairs = [pair for _, points in found for pair in points]
    bottom = top + _ABOVE + _HEIGHT
    up = axis_of((value.number for _, value in pairs), reading.lang, bottom, top + _ABOVE, snug=False, most=6)
    left = max(text_width(words, SMALL) for words in up.said) + 10
    # The last value of each line stands behind its last point.
    right = max(text_width(points[-1][1].text, LABEL) for _, points in found) + _EDGE
    across = date_axis((date for date, _ in pairs), left + _EDGE, width - right)
    lines = [
        (one, [_Point(date, value, across.middle(date), up.at(value.number)) for date, value in points])
        for one, points in found
    ]
    most = max(len(points) for _, points in lines)
    return _Plan(across, up, lines, 4.2 if most <= _SMALL_FROM else 2.6 if most <= _MOST_POINTS else 0.0)


def _grid(plan: _Plan, ink: Ink, width: float) -> Iterator[str]:
    left = plan.across.start - _EDGE
    for y, words in plan.up.places():
        colour = ink.quiet if words == "0" else ink.border
        yield f'<path d="M{number(left)} {number(y)}H{number(width)}" stroke="{colour}" stroke-width="1"/>'
        yield write(Words(words, left - 8, y + 0.36 * SMALL, SMALL, "end"), ink.quiet)
    bottom = plan.up.start
    for day, words in plan.across.marks:
        x = plan.across.at(day)
        half = text_width(words, SMALL) / 2
        yield f'<path d="M{number(x)} {number(bottom)}v5" stroke="{ink.quiet}" stroke-width="1"/>'
        middle = min(max(x, half), width - half)
        yield write(Words(words, middle, bottom + 18, SMALL, "middle"), ink.quiet)


def _line(points: Sequence[_Point], colour: str) -> Iterator[str]:
    """The line through the points: whole to what was reached, dashed to what is only planned."""
    style = f'fill="none" stroke="{colour}" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"'
    reached = [point for point in points if not point.value.hollow]
    if len(reached) > 1:
        yield f'<path d="M{"L".join(map(_place, reached))}" {style}/>'
    for before, point in pairwise(points):
        if point.value.hollow:
            yield f'<path d="M{_place(before)}L{_place(point)}" {style} stroke-dasharray="2 5"/>'


def _place(point: _Point) -> str:
    return f"{number(point.x)} {number(point.y)}"


def _points(points: Sequence[_Point], name: str, plan: _Plan, colour: str, ink: Ink) -> Iterator[str]:
    """A point for each value; one that is known less exactly than others has a bar as long as its time may be."""
    if not plan.radius:
        return
    exact = len({point.date.precision for _, line in plan.lines for point in line}) == 1
    for point in points:
        start, end = plan.across.reach(point.date)
        said = " · ".join(filter(None, [name, str(point.date), point.value.exact]))
        place = f'cx="{number(point.x)}" cy="{number(point.y)}" r="{plan.radius:g}"'
        fill = f'fill="{ink.ground}" stroke="{colour}" stroke-width="2"'
        if not point.value.hollow:
            fill = f'fill="{colour}" stroke="{ink.ground}" stroke-width="1.2"'
        bar = ""
        if not exact and end - start > 4 * plan.radius:
            bar = (
                f'<path d="M{number(start)} {number(point.y)}H{number(end)}" stroke="{colour}" stroke-width="5"'
                ' stroke-opacity="0.25" stroke-linecap="round"/>'
            )
        yield f"<g><title>{clean(said)}</title>{bar}<circle {place} {fill}/></g>"


def _values(plan: _Plan, ink: Ink, width: float, height: float, top: float) -> Iterator[str]:
    """What the values are, where there is room: the last of each line first, then the highest and the lowest."""
    r = max(plan.radius, 2.0)
    room = Room(width, height, _taken(plan, r, width, height, top))
    lines = list(islice(_along(plan), _MOST_ALONG))
    last = [line[-1] for _, line in plan.lines]
    for place, point in enumerate(_worth_saying(plan)):
        words, x, y = point.value.text, point.x, point.y
        tries = [
            Words(words, x, y - r - 5, LABEL, "middle"),
            Words(words, x, y + r + 14, LABEL, "middle"),
            Words(words, x - r - 4, y - r - 2, LABEL, "end"),
            Words(words, x + r + 4, y - r - 2, LABEL),
            Words(words, x - r - 4, y + r + 11, LABEL, "end"),
            Words(words, x + r + 4, y + r + 11, LABEL),
        ]
        if place < len(last):
            tries.insert(0, Words(words, x + r + 5, y + 0.36 * LABEL))
        # The last value may lie upon a line, if there is no other way; no other one may.
        placed = room.place(*tries, avoid=lines) or (room.place(*tries) if place < len(last) else None)
        if placed:
            yield write(placed, ink.text, halo=ink.ground)


def _taken(plan: _Plan, r: float, width: float, height: float, top: float) -> list[Box]:
    """Where no value may stand: upon a point, the legend, or the words of the axes."""
    points = [point for _, line in plan.lines for point in line]
    return [
        *(Box(one.x - r, one.y - r, 2 * r, 2 * r) for one in points[:_MOST_ALONG]),
        Box(0, 0, width, top),
        Box(0, plan.up.start + 2, width, _BELOW),
        Box(0, 0, plan.across.start - _EDGE - 2, height),
    ]


def _along(plan: _Plan) -> Iterator[Box]:
    """Small boxes along the lines, one upon another."""
    for _, line in plan.lines:
        for one, other in pairwise(line):
            steps = max(1, int(max(abs(other.x - one.x), abs(other.y - one.y)) / 5))
            for step in range(steps):
                share = step / steps
                x, y = one.x + (other.x - one.x) * share, one.y + (other.y - one.y) * share
                yield Box(x - 1.5, y - 1.5, 3, 3)


def _worth_saying(plan: _Plan) -> list[_Point]:
    lines = [line for _, line in plan.lines]
    found = [line[-1] for line in lines]
    for line in lines:
        found += [max(line, key=lambda one: one.value.number), min(line, key=lambda one: one.value.number), line[0]]
    if sum(map(len, lines)) <= _MOST_SAID:
        found += [point for line in lines for point in line]
    return list(dict.fromkeys(found))

"""Named dates and spans of time in lanes below an axis of dates: no name lies upon another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.model.dates import PartialDate
from kg.view.answer_shape import MOST_BARS
from kg.view.chart_dates import DateAxis, date_axis
from kg.view.chart_ink import LABEL, SMALL, Ink, Words, cut, write
from kg.view.chart_marks import Reading
from kg.view.chart_words import say
from kg.view.svg_text import clean, number, text_width
from kg.view.terms import Said

__all__ = ["draw_timeline"]

_AXIS, _LANE, _EDGE, _RADIUS, _BAR = 30.0, 25.0, 8.0, 4.5, 9.0
_AWAY, _APART, _WIDEST = 7.0, 22.0, 0.62

#: With less room beside a mark its name stands below it; on a narrow page all names do.
_WIDE = 480.0
_LEAST = 230.0


class _Event(NamedTuple):
    """Something at a date, or from one until another; ``when`` says so."""

    name: Said
    start: PartialDate
    end: PartialDate
    when: str
    href: str


class _Stand(NamedTuple):
    """Where an event stands: its mark, its words, and what it takes of its lane; a tall one has its words below."""

    event: _Event
    mark: tuple[float, float]
    words: tuple[Words, Words]
    left: float
    right: float
    tall: bool


def draw_timeline(reading: Reading, ink: Ink, width: float) -> tuple[list[str], float, list[str]]:
    """The elements, the height, and the notes that belong below."""
    rows, events = len(reading.sheet.rows), list(_events(reading))
    shown = sorted(events[:MOST_BARS], key=lambda one: (one.start.first, one.end.last))
    notes = reading.notes(len(shown), len(events))
    if len(events) < rows:
        notes.append(say("without", reading.lang, count=f"{rows - len(events):,}"))
    if not shown:
        return [], 0.0, notes
    axis = date_axis([date for one in shown for date in (one.start, one.end)], _EDGE, width - _EDGE)
    lanes = _lanes([_stand(one, axis, width) for one in shown])
    tops, y = [], _AXIS + 8
    for lane in lanes:
        tops.append(y)
        y += _LANE + (LABEL + 5 if any(one.tall for one in lane) else 0)
    parts = list(_grid(axis, ink, y, width))
    for top, lane in zip(tops, lanes, strict=True):
        for one in lane:
            parts.extend(_drawn(one, top, ink))
    return parts, y, notes


def _events(reading: Reading) -> Iterator[_Event]:
    """The rows that have a date; an end before its start is none."""
    sheet, parts = reading.sheet, reading.parts
    for row in sheet.rows:
        start = sheet.date(row, parts.date) if parts.date else None
        end = sheet.date(row, parts.until) if parts.until else None
        if start is None and end is None:
            continue
        start, end = start or end, end or start
        assert start is not None and end is not None  # noqa: S101 (one of them is there)
        when = str(start) if start == end else f"{start} – {end}"
        yield _Event(reading.name(row), start, end, when, reading.href(row))


def _stand(event: _Event, axis: DateAxis, width: float) -> _Stand:
    """Words to the right of the mark where they have room, else to its left; below, where a span leaves too little."""
    left, right = axis.reach(event.start)[0], axis.reach(event.end)[1]
    if right - left < 2 * _RADIUS + 4:
        middle = (left + right) / 2
        left, right = middle - _RADIUS, middle + _RADIUS
    date = text_width(event.when, SMALL) + 4
    rooms = (width - right - _AWAY, left - _AWAY)
    wanted = min(date + text_width(event.name.words, LABEL), _WIDEST * width)
    behind = rooms[0] >= wanted or rooms[0] >= rooms[1]
    room = rooms[0] if behind else rooms[1]
    if width < _WIDE or room < min(wanted, _LEAST):
        return _tall(event, left, right, width)
    name = cut(event.name, LABEL, max(min(room, _WIDEST * width) - date, 24.0))[0]
    x = right + _AWAY if behind else left - _AWAY - date - text_width(name, LABEL)
    words = _words(event, name, x, 0.36 * LABEL)
    edges = (left, x + date + text_width(name, LABEL)) if behind else (x, right)
    return _Stand(event, (left, right), words, *edges, tall=False)


def _tall(event: _Event, left: float, right: float, width: float) -> _Stand:
    date = text_width(event.when, SMALL) + 4
    name = cut(event.name, LABEL, max(width - date, 24.0))[0]
    long = date + text_width(name, LABEL)
    x = min(max(left, 0.0), max(width - long, 0.0))
    return _Stand(
        event, (left, right), _words(event, name, x, LABEL + 8), min(left, x), max(right, x + long), tall=True
    )


def _words(event: _Event, name: str, x: float, y: float) -> tuple[Words, Words]:
    date = text_width(event.when, SMALL) + 4
    return Words(event.when, x, y, SMALL), Words(name, x + date, y, LABEL, lang=event.name.lang)


def _lanes(stands: list[_Stand]) -> list[list[_Stand]]:
    """Each event in the first lane that is free where it stands."""
    lanes: list[list[_Stand]] = []
    for one in stands:
        lane = next((lane for lane in lanes if all(_are_apart(one, other) for other in lane)), None)
        if lane is None:
            lanes.append([one])
        else:
            lane.append(one)
    return lanes


def _are_apart(one: _Stand, other: _Stand) -> bool:
    return one.left > other.right + _APART or one.right < other.left - _APART


def _grid(axis: DateAxis, ink: Ink, bottom: float, width: float) -> Iterator[str]:
    yield f'<path d="M0 {_AXIS:g}H{number(width)}" stroke="{ink.quiet}" stroke-width="1"/>'
    for day, words in axis.marks:
        x, half = axis.at(day), text_width(words, SMALL) / 2
        yield f'<path d="M{number(x)} {_AXIS - 5:g}V{number(bottom)}" stroke="{ink.border}" stroke-width="1"/>'
        yield write(Words(words, min(max(x, half), width - half), _AXIS - 11, SMALL, "middle"), ink.quiet)


def _drawn(one: _Stand, top: float, ink: Ink) -> Iterator[str]:
    left, right = one.mark
    middle, colour = top + _LANE / 2, ink.series[0]
    yield f"<g><title>{clean(f'{one.event.when} · {one.event.name.words}')}</title>"
    if right - left <= 2 * _RADIUS + 0.1:
        yield f'<circle cx="{number(left + _RADIUS)}" cy="{number(middle)}" r="{_RADIUS:g}" fill="{colour}"/>'
    else:
        # A span is full; a year or a month in which something happened on a day is faint.
        faint = ' fill-opacity="0.3"' if one.event.start == one.event.end else ""
        place = f'x="{number(left)}" y="{number(middle - _BAR / 2)}" width="{number(right - left)}" height="{_BAR:g}"'
        yield f'<rect {place} rx="{_BAR / 2:g}" fill="{colour}"{faint}/>'
    date, name = (words._replace(y=words.y + middle) for words in one.words)
    yield write(date, ink.quiet, halo=ink.ground)
    yield write(name, ink.text, halo=ink.ground, href=one.event.href)
    yield "</g>"

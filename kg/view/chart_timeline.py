"""Named dates and spans of time, one below another: the names stand together, their marks below an axis of dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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

_AXIS, _EDGE, _RADIUS, _BAR = 30.0, 8.0, 4.5, 9.0

#: A line of a name, between two rows, between names and marks, and the room of a mark that stands below its name.
_LINE, _GAP, _AWAY, _STRIP = 17.0, 13.0, 18.0, 20.0

#: From here on a page is wide enough for names beside the marks, of which they take so much, in so many lines.
_WIDE, _NAMES, _MOST_LINES = 480.0, 0.5, 4

#: Dates stand before their names where they take no more of the width than this, else above them.
_DATES = 0.12


class _Event(NamedTuple):
    """Something at a date, or from one until another; ``when`` says so."""

    name: Said
    start: PartialDate
    end: PartialDate
    when: str
    href: str


class _Row(NamedTuple):
    """An event with its name in lines, where its top is and how high it is, and where its mark has its middle."""

    event: _Event
    lines: tuple[str, ...]
    top: float
    height: float
    mark: float


class _Plan(NamedTuple):
    """Where everything stands: names begin at ``names``, behind their dates; 0 where these stand above them."""

    rows: Sequence[_Row]
    axis: DateAxis
    names: float
    wide: bool
    height: float


def draw_timeline(reading: Reading, ink: Ink, width: float) -> tuple[list[str], float, list[str]]:
    """The elements, the height, and the notes that belong below."""
    rows, events = len(reading.sheet.rows), list(_events(reading))
    shown = sorted(events[:MOST_BARS], key=lambda one: (one.start.first, one.end.last))
    notes = reading.notes(len(shown), len(events))
    if len(events) < rows:
        notes.append(say("without", reading.lang, count=f"{rows - len(events):,}"))
    if not shown:
        return [], 0.0, notes
    plan = _plan(shown, width)
    if any(_is_vague(row.event, plan.axis) for row in plan.rows):
        notes.append(say("vague", reading.lang))
    parts = list(_grid(plan, ink, width))
    for row in plan.rows:
        parts.extend(_drawn(row, plan, ink))
    return parts, plan.height, notes


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


def _plan(shown: Sequence[_Event], width: float) -> _Plan:
    """Names beside their marks, as wide as they need; on a narrow page each above its mark."""
    wide = width >= _WIDE
    dates = max(text_width(one.when, SMALL) for one in shown)
    names = dates + 12 if dates <= _DATES * width else 0.0
    most = (_NAMES * width if wide else width) - names
    longest = max(max(text_width(one.name.words, LABEL) + 4, text_width(one.when, SMALL)) for one in shown)
    left = names + min(longest, most) + _AWAY if wide else 0.0
    dated = [date for one in shown for date in (one.start, one.end)]
    axis = date_axis(dated, left + _EDGE, width - _EDGE)
    rows, y = [], _AXIS + _GAP / 2
    for one in shown:
        lines = cut(one.name, LABEL, most, most=_MOST_LINES)
        words = _LINE * (len(lines) + (not names))
        height = words if wide else words + _STRIP
        rows.append(_Row(one, lines, y, height, y + (words / 2 if wide else words + _STRIP / 2)))
        y += height + _GAP
    return _Plan(rows, axis, names, wide, y - _GAP / 2)


def _grid(plan: _Plan, ink: Ink, width: float) -> Iterator[str]:
    """The axis, its lines below the marks only, and a line between two rows: none goes through words."""
    left = plan.axis.start - _EDGE
    yield f'<path d="M{number(left)} {_AXIS:g}H{number(width)}" stroke="{ink.quiet}" stroke-width="1"/>'
    for row in plan.rows[1:]:
        y = number(row.top - _GAP / 2)
        yield f'<path d="M0 {y}H{number(width)}" stroke="{ink.border}" stroke-width="1"/>'
    strips = [(row.mark - _STRIP / 2, row.mark + _STRIP / 2) for row in plan.rows]
    strips = [(_AXIS, plan.height)] if plan.wide else strips
    for day, words in plan.axis.marks:
        x, half = plan.axis.at(day), text_width(words, SMALL) / 2
        course = "".join(
            f"M{number(x)} {number(top)}V{number(bottom)}" for top, bottom in [(_AXIS - 5, _AXIS), *strips]
        )
        yield f'<path d="{course}" stroke="{ink.border}" stroke-width="1"/>'
        middle = min(max(x, left + half), width - half)
        yield write(Words(words, middle, _AXIS - 11, SMALL, "middle"), ink.quiet)


def _drawn(row: _Row, plan: _Plan, ink: Ink) -> Iterator[str]:
    event = row.event
    yield f"<g><title>{clean(f'{event.when} · {event.name.words}')}</title>"
    yield _mark(event, plan.axis, row.mark, ink)
    base = row.top + 0.96 * LABEL
    yield write(Words(event.when, 0, base, SMALL), ink.quiet)
    for place, line in enumerate(row.lines, start=0 if plan.names else 1):
        words = Words(line, plan.names, base + place * _LINE, LABEL, lang=event.name.lang)
        yield write(words, ink.text, href=event.href)
    yield "</g>"


def _mark(event: _Event, axis: DateAxis, y: float, ink: Ink) -> str:
    """A span is a bar, a day a point; so is what is not known to the day, on a dotted line over all that it can be."""
    left, right = axis.reach(event.start)[0], axis.reach(event.end)[1]
    colour, middle = ink.series[0], (left + right) / 2
    if _is_vague(event, axis):
        style = f'fill="none" stroke="{colour}" stroke-width="1.5"'
        line = (
            f'<path d="M{number(left)} {number(y - 4)}v8M{number(right)} {number(y - 4)}v8" {style}/>'
            f'<path d="M{number(left)} {number(y)}H{number(right)}" {style} stroke-dasharray="2 4"/>'
        )
        ring = f'cx="{number(middle)}" cy="{number(y)}" r="{_RADIUS:g}"'
        return f'{line}<circle {ring} fill="{ink.ground}" stroke="{colour}" stroke-width="1.8"/>'
    if event.start == event.end or right - left < 2 * _RADIUS:
        return f'<circle cx="{number(middle)}" cy="{number(y)}" r="{_RADIUS:g}" fill="{colour}"/>'
    place = f'x="{number(left)}" y="{number(y - _BAR / 2)}" width="{number(right - left)}" height="{_BAR:g}"'
    return f'<rect {place} rx="{_BAR / 2:g}" fill="{colour}"/>'


def _is_vague(event: _Event, axis: DateAxis) -> bool:
    """Whether something was at a time, not from one until another, that is known less exactly than a point shows."""
    left, right = axis.reach(event.start)
    return event.start == event.end and event.start.precision != "day" and right - left > 2 * _RADIUS + 4

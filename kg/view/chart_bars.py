"""Horizontal bars with their names and values; on a narrow page each name stands above its bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.model.text import Lang
from kg.view.answer_shape import MOST_BARS
from kg.view.chart_axis import Axis, axis_of
from kg.view.chart_ink import LABEL, SMALL, Ink, Words, cut, write
from kg.view.chart_legend import legend
from kg.view.chart_marks import Marks, Reading, Series, Value
from kg.view.svg_text import clean, number, text_width

__all__ = ["draw_bars"]

#: From here on a page is wide enough for names beside the bars.
_WIDE = 480.0

#: The height of a bar, alone and beside others; between bars and between names; a line of a name.
_THICK, _THIN, _BETWEEN, _GAP, _LINE = 16.0, 12.0, 3.0, 12.0, 17.0

#: The most of the width that names take, and how far words stand from what they belong to.
_NAMES, _AWAY = 0.36, 7.0
#: The axis above the bars; on a narrow page there is none, each bar says its value.
_AXIS = 24.0


@dataclass(frozen=True)
class _Row:
    """A name with its bars: where its top is, how its name is broken, where the first bar lies."""

    marks: Marks
    lines: tuple[str, ...]
    top: float
    bars: float
    height: float


@dataclass(frozen=True)
class _Plan:
    """Where everything stands: the names end at ``names``, beside the bars or, in narrow pages, above them."""

    rows: Sequence[_Row]
    axis: Axis
    names: float
    thick: float
    top: float
    height: float


def draw_bars(reading: Reading, ink: Ink, width: float) -> tuple[list[str], float, list[str]]:
    """The elements, the height, and the notes that belong below."""
    groups = reading.groups()
    shown = groups[:MOST_BARS]
    series = reading.series()[: len(shown[0].values) if shown else 0]
    keys, top = legend(series, ink, width) if len(series) > 1 else ([], 0.0)
    plan = _plan(shown, width, top, reading.lang)
    parts = [*keys, *(_grid(plan, ink, width) if plan.names else ())]
    for row in plan.rows:
        parts.extend(_named(row, plan, ink))
        parts.extend(_barred(row, plan, ink, series))
    return parts, plan.height, reading.notes(len(shown), len(groups))


def _plan(shown: Sequence[Marks], width: float, top: float, lang: Lang) -> _Plan:
    wide = width >= _WIDE
    names = 0.0
    if wide:
        longest = max((text_width(one.name.words, LABEL) for one in shown), default=0.0)
        names = min(longest + 2, width * _NAMES)
    several = max((len(one.values) for one in shown), default=1) > 1
    thick = _THIN if several else _THICK
    rows, y = [], top + (_AXIS if wide else 2.0)
    for one in shown:
        lines = cut(one.name, LABEL, names or width, most=2)
        bars = len(one.values) * (thick + _BETWEEN) - _BETWEEN
        above = 0.0 if wide else len(lines) * _LINE + 3
        height = max(bars, len(lines) * _LINE) if wide else bars
        rows.append(_Row(one, lines, y, y + above + (height - bars) / 2, above + height))
        y += above + height + _GAP
    left = names + 2 * _AWAY if wide else 0.0
    return _Plan(rows, _axis(shown, left, width, lang), names, thick, top, y - _GAP / 2)


def _axis(shown: Sequence[Marks], left: float, width: float, lang: Lang) -> Axis:
    """The axis with room at its ends for the values that stand there."""
    values = [value for one in shown for value in one.values if value]
    numbers = [value.number for value in values]
    after = max(LABEL, *(text_width(value.text, LABEL) for value in values if value.number >= 0), 0.0)
    before = max((text_width(value.text, LABEL) for value in values if value.number < 0), default=0.0)
    start = left + (before + _AWAY if before else 0.0)
    end = max(width - after - _AWAY, start + 24)
    return axis_of(numbers, lang, start, end, snug=True, most=max(2, min(6, int((end - start) / 84))))


def _grid(plan: _Plan, ink: Ink, width: float) -> Iterator[str]:
    """The lines of the axis with what they say, above the bars; the line at nought is darker."""
    for place, words in plan.axis.places():
        half = text_width(words, SMALL) / 2
        x = min(max(place, half), width - half)
        zero = words == "0"
        colour = ink.quiet if zero else ink.border
        top, bottom = number(plan.top + _AXIS - 6), number(plan.height)
        yield f'<path d="M{number(place)} {top}V{bottom}" stroke="{colour}" stroke-width="1"/>'
        yield write(Words(words, x, plan.top + _AXIS - 11, SMALL, "middle"), ink.quiet)


def _named(row: _Row, plan: _Plan, ink: Ink) -> Iterator[str]:
    said = row.marks.name
    first = row.top + 0.86 * LABEL - 1
    if plan.names:
        first = row.top + (row.height - len(row.lines) * _LINE) / 2 + 0.96 * LABEL
    yield f"<g><title>{clean(said.words)}</title>"
    for place, line in enumerate(row.lines):
        x, anchor = (plan.names, "end") if plan.names else (0.0, "start")
        words = Words(line, x, first + place * _LINE, LABEL, anchor, lang=said.lang)
        yield write(words, ink.text, href=row.marks.href)
    yield "</g>"


def _barred(row: _Row, plan: _Plan, ink: Ink, series: Sequence[Series]) -> Iterator[str]:
    if not plan.names:
        nought, below = number(plan.axis.at(Decimal(0))), number(row.top + row.height + 1)
        yield f'<path d="M{nought} {number(row.bars - 1)}V{below}" stroke="{ink.quiet}" stroke-width="1"/>'
    for place, value in enumerate(row.marks.values):
        y = row.bars + place * (plan.thick + _BETWEEN)
        base = y + plan.thick / 2 + 0.36 * LABEL
        zero = plan.axis.at(Decimal(0))
        if value is None:
            yield write(Words("–", zero + _AWAY, base), ink.quiet)
            continue
        end = plan.axis.at(value.number)
        name = [series[place].name] if len(series) > 1 else []
        said = " · ".join([row.marks.name.words, *name, value.exact])
        colour = ink.series[series[place].ink]
        yield f"<g><title>{clean(said)}</title>{_bar(value, zero, end, y, plan.thick, colour, ink)}</g>"
        x, anchor = (end + _AWAY, "start") if value.number >= 0 else (end - _AWAY, "end")
        yield write(Words(value.text, x, base, LABEL, anchor), ink.text)


def _bar(value: Value, zero: float, end: float, y: float, thick: float, colour: str, ink: Ink) -> str:
    """A bar with a round end; a value that is not nought is always to be seen. A planned one is hollow and dashed."""
    way = 1 if end >= zero else -1
    long = max(abs(end - zero), 1.5 if value.number else 0.0)
    if not long:
        return ""
    if value.hollow:
        x, w = (zero if way > 0 else zero - long) + 0.75, max(long - 1.5, 0.5)
        place = f'x="{number(x)}" y="{number(y + 0.75)}" width="{number(w)}" height="{number(thick - 1.5)}"'
        return f'<rect {place} fill="{ink.ground}" stroke="{colour}" stroke-width="1.5" stroke-dasharray="4 3"/>'
    r = min(3.0, long)
    path = (
        f"M{number(zero)} {number(y)}h{number(way * (long - r))}"
        f"a{number(r)} {number(r)} 0 0 {int(way > 0)} {number(way * r)} {number(r)}v{number(thick - 2 * r)}"
        f"a{number(r)} {number(r)} 0 0 {int(way > 0)} {number(-way * r)} {number(r)}H{number(zero)}Z"
    )
    return f'<path d="{path}" fill="{colour}"/>'

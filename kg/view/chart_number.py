"""One number set large with its unit, and below what it counts, whose it is, when, and whether it is so yet."""

from __future__ import annotations

from collections.abc import Iterator

from kg.view.chart_ink import LABEL, Ink, Words, cut, write
from kg.view.chart_marks import Reading
from kg.view.chart_sheet import Row
from kg.view.svg_text import clean, number, text_width
from kg.view.terms import Said

__all__ = ["draw_number"]

_SIZE, _LEAST, _UNIT, _LINE = 52.0, 22.0, 17.0, 20.0

#: Between a number and its unit.
_AWAY = 9.0


def draw_number(reading: Reading, ink: Ink, width: float) -> tuple[list[str], float, list[str]]:
    """The elements, the height, and no notes: all is said."""
    row = reading.sheet.rows[0]
    value = reading.value(row, reading.parts.numbers[0])
    if value is None:
        return [], 0.0, []
    size = max(_LEAST, min(_SIZE, _SIZE * width / max(text_width(value.text, _SIZE, bold=True), 1.0)))
    y = 0.9 * size
    unit = reading.unit()
    beside = text_width(value.text, size, bold=True) + _AWAY + text_width(unit, _UNIT) <= width
    large = write(Words(value.text, 0, y, size, bold=True), ink.text)
    if unit and beside:
        large = large.replace("</text>", _following(unit, ink) + "</text>")
    parts = [f"<g><title>{clean(value.exact)}</title>", large, "</g>"]
    if unit and not beside:
        y += _UNIT + 10
        parts.append(write(Words(cut(Said(unit, reading.lang), _UNIT, width)[0], 0, y, _UNIT), ink.quiet))
    y += 4
    for said in _below(reading, row):
        for line in cut(said, LABEL + 1, width, most=3):
            y += _LINE + 2
            parts.append(write(Words(line, 0, y, LABEL + 1, lang=said.lang), ink.quiet))
    return parts, y + 8, []


def _following(unit: str, ink: Ink) -> str:
    """The unit in the same line of text: only the browser knows how wide its bold figures are."""
    return (
        f'<tspan dx="{number(_AWAY)}" font-size="{_UNIT:g}" font-weight="400" fill="{ink.quiet}">{clean(unit)}</tspan>'
    )


def _below(reading: Reading, row: Row) -> Iterator[Said]:
    """What the number counts, from the query or the column where no name says it; then its date and its aim."""
    parts, lang = reading.parts, reading.lang
    if reading.about:
        yield Said(reading.about, lang)
    if parts.names:
        yield reading.name(row)
    elif not reading.about:
        yield Said(parts.numbers[0].called(lang), lang)
    when = reading.sheet.date(row, parts.date) if parts.date else None
    aim = reading.aim(row)
    if last := " · ".join(filter(None, (str(when) if when else "", aim))):
        yield Said(last, lang)

"""One number set large, with what it counts and when below."""

from __future__ import annotations

from kg.view.chart_ink import LABEL, Ink, Words, cut, write
from kg.view.chart_marks import Reading
from kg.view.svg_text import clean, text_width
from kg.view.terms import Said

__all__ = ["draw_number"]

_SIZE, _LEAST, _UNIT, _LINE = 52.0, 22.0, 17.0, 20.0


def draw_number(reading: Reading, ink: Ink, width: float) -> tuple[list[str], float, list[str]]:
    """The elements, the height, and no notes: all is said."""
    row = reading.sheet.rows[0]
    value = reading.value(row, reading.parts.numbers[0])
    if value is None:
        return [], 0.0, []
    size = max(_LEAST, min(_SIZE, _SIZE * width / max(text_width(value.text, _SIZE, bold=True), 1.0)))
    y = 0.9 * size
    parts = [
        f"<g><title>{clean(value.exact)}</title>",
        write(Words(value.text, 0, y, size, bold=True), ink.text),
        "</g>",
    ]
    x = text_width(value.text, size, bold=True) + 8
    unit = reading.unit()
    if unit and x + text_width(unit, _UNIT) > width:
        x, y = 0.0, y + _UNIT + 10
    if unit:
        parts.append(write(Words(cut(Said(unit, reading.lang), _UNIT, width)[0], x, y, _UNIT), ink.quiet))
    when = reading.sheet.date(row, reading.parts.date) if reading.parts.date else None
    called = [reading.name(row)] if reading.parts.names else []
    called = [*called, *([Said(str(when), reading.lang)] if when else [])]
    for said in called or [Said(reading.parts.numbers[0].called(reading.lang), reading.lang)]:
        for line in cut(said, LABEL + 1, width, most=3):
            y += _LINE + 2
            parts.append(write(Words(line, 0, y, LABEL + 1, lang=said.lang), ink.quiet))
    return parts, y + 8, []

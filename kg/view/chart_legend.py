"""The legend of a chart with several series: a mark and a name for each, in rows above it."""

from __future__ import annotations

from collections.abc import Sequence

from kg.view.chart_ink import SMALL, Ink, Words, write
from kg.view.chart_marks import Series
from kg.view.svg_text import clean, fill, number, text_width

__all__ = ["legend"]

_ROW, _MARK, _GAP, _SIZE = 21.0, 10.0, 18.0, SMALL + 1
_BELOW = 8.0


def legend(series: Sequence[Series], ink: Ink, width: float, *, round_marks: bool = False) -> tuple[list[str], float]:
    """The elements and the height that they take."""
    parts: list[str] = []
    x, y = 0.0, 0.0
    for one in series:
        words = (fill(one.name, _SIZE, width - _MARK - 6, 1) or ("–",))[0]
        needed = _MARK + 6 + text_width(words, _SIZE)
        if x and x + needed > width:
            x, y = 0.0, y + _ROW
        parts.append(_mark(one, x, y + 4, ink.series[one.ink], ink.ground, _MARK / 2 if round_marks else 2))
        parts.append(write(Words(words, x + _MARK + 6, y + 4 + _MARK - 0.8, _SIZE), ink.text))
        x += needed + _GAP
    return parts, y + _ROW + _BELOW if series else 0.0


def _mark(one: Series, x: float, y: float, colour: str, ground: str, radius: float) -> str:
    side, fill_ = _MARK, f'fill="{colour}"'
    if one.hollow:
        x, y, side = x + 0.75, y + 0.75, _MARK - 1.5
        fill_ = f'fill="{ground}" stroke="{colour}" stroke-width="1.5" stroke-dasharray="3 2"'
    place = f'x="{number(x)}" y="{number(y)}" width="{side:g}" height="{side:g}" rx="{radius:g}"'
    return f"<rect {place} {fill_}><title>{clean(one.name)}</title></rect>"

"""The legend of a chart with several series: a mark and a name for each, in rows above it."""

from __future__ import annotations

from collections.abc import Sequence

from kg.view.chart_ink import SMALL, Ink, Words, write
from kg.view.svg_text import clean, fill, number, text_width

__all__ = ["legend"]

_ROW, _MARK, _GAP, _SIZE = 21.0, 10.0, 18.0, SMALL + 1
_BELOW = 8.0


def legend(names: Sequence[str], ink: Ink, width: float, *, round_marks: bool = False) -> tuple[list[str], float]:
    """The elements and the height that they take."""
    parts: list[str] = []
    x, y = 0.0, 0.0
    for place, name in enumerate(names):
        words = (fill(name, _SIZE, width - _MARK - 6, 1) or ("–",))[0]
        needed = _MARK + 6 + text_width(words, _SIZE)
        if x and x + needed > width:
            x, y = 0.0, y + _ROW
        colour, radius = ink.series[place], _MARK / 2 if round_marks else 2
        mark = f'x="{number(x)}" y="{number(y + 4)}" width="{_MARK:g}" height="{_MARK:g}" rx="{radius:g}"'
        parts.append(f'<rect {mark} fill="{colour}"><title>{clean(name)}</title></rect>')
        parts.append(write(Words(words, x + _MARK + 6, y + 4 + _MARK - 0.8, _SIZE), ink.text))
        x += needed + _GAP
    return parts, y + _ROW + _BELOW if names else 0.0

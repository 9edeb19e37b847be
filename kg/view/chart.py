"""An answer drawn as SVG text: bars, lines over dates, a timeline, a map, or one number set large."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from kg.engine.answer import Answer
from kg.model.text import Lang, Text
from kg.view.answer_shape import Fitting
from kg.view.chart_bars import draw_bars
from kg.view.chart_ink import Ink, Words, ink_of, sheet, write
from kg.view.chart_line import draw_line
from kg.view.chart_map import draw_map
from kg.view.chart_marks import Reading
from kg.view.chart_number import draw_number
from kg.view.chart_sheet import read_sheet
from kg.view.chart_timeline import draw_timeline
from kg.view.chart_words import say
from kg.view.directives import View
from kg.view.look import LookName

__all__ = ["DRAWN", "Chart", "draw"]

_Draw = Callable[[Reading, Ink, float], tuple[list[str], float, list[str]]]

_DRAWERS: dict[View, _Draw] = {
    "bars": draw_bars,
    "line": draw_line,
    "timeline": draw_timeline,
    "map": draw_map,
    "number": draw_number,
}

#: The views that are drawn here; a table, a graph and a yes or no are not.
DRAWN = frozenset(_DRAWERS)

#: No chart is narrower: below, it is drawn for this width and scaled.
_NARROWEST = 240


class Chart(NamedTuple):
    """An answer to draw: in which view, by which parts of its columns, for a reader of which language.

    ``to`` gives the address of an IRI's own page, or nothing where it has none; ``about`` is what all of the answer is
    about (a metric, say), where the query says it and no column does.
    """

    answer: Answer
    labels: Mapping[str, Text]
    fitting: Fitting
    view: View
    lang: Lang
    title: str = ""
    alt: str = ""
    to: Callable[[str], str] = lambda _: ""
    about: str = ""


def draw(chart: Chart, width: int = 720, *, look: LookName | None = None) -> str:
    """The chart as SVG, ``width`` pixels wide and as high as it needs to be; the same chart is always the same text.

    Without a ``look`` its colours are those of the page that it stands in; with one it is a file of its own, with its
    title, its ground and its fonts. Raises ValueError for a view that the answer does not have or that is not drawn.
    """
    if chart.view not in _DRAWERS or chart.view not in chart.fitting.parts:
        fit = ", ".join(view for view in chart.fitting.views if view in _DRAWERS) or "nothing"
        raise ValueError(f"This answer cannot be drawn as {chart.view}. It can be drawn as: {fit}.")
    ink = ink_of(look)
    room = float(max(width - (48 if look else 0), _NARROWEST))
    table = read_sheet(chart.answer, chart.labels)
    to = chart.to if look is None else _nowhere
    reading = Reading(table, chart.fitting.parts[chart.view], chart.lang, to, chart.about)
    parts, height, notes = _DRAWERS[chart.view](reading, ink, room)
    if not parts:
        parts, height = [write(Words(say("empty", chart.lang), 0, 18), ink.quiet)], 26.0
    return sheet(parts, (room, height), ink, lang=chart.lang, title=chart.title, alt=chart.alt, notes=notes)


def _nowhere(_: str) -> str:
    return ""  # a file has no pages beside it

"""The legend of an SVG picture: the types and stages that occur in it, in rows below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from kg.model.text import Lang
from kg.model.vocabulary import Stage, Vocabulary
from kg.view.look import LOOKS, LookName
from kg.view.svg_shapes import glyph
from kg.view.svg_text import fill, text, text_width

__all__ = ["ROW", "Key", "Row", "draw_rows", "legend_of", "rows_of"]

_SIZE = 12.0
_MARK = 7.0
#: Between two keys, and how much more between types and stages.
_GAP, _BREAK = 20.0, 14.0
#: The height of a row.
ROW = 23.0


class Key(NamedTuple):
    """A mark with its words: the shape of a type in its colour or, without a type, how a stage is drawn."""

    words: str
    type: str = ""
    shape: str = "circle"
    stage: Stage = "achieved"


#: The keys of a row, each with where its mark begins.
Row = list[tuple[float, Key]]


def legend_of(
    data: Mapping[str, Any], vocabulary: Vocabulary, lang: Lang, stages: Mapping[Stage, str]
) -> tuple[Key, ...]:
    """The types and stages that occur in a picture, in the vocabulary's order; ``stages`` has the words for these."""
    types = {node["kind"] for node in data["nodes"]}
    occurring = {node["stage"] for node in data["nodes"]}
    return (
        *(Key(one.name.say(lang), one.id, one.shape) for one in vocabulary.types if one.id in types),
        *(Key(words, stage=stage) for stage, words in stages.items() if stage in occurring),
    )


def rows_of(legend: Sequence[Key], width: float) -> list[Row]:
    """The keys in rows of at most ``width``; where one row is not enough for all, the stages begin a new one."""
    whole = _filled(legend, width)
    if len(whole) < 2:
        return whole
    parts = [key for key in legend if key.type], [key for key in legend if not key.type]
    return [row for part in parts for row in _filled(part, width)]


def _filled(legend: Sequence[Key], width: float) -> list[Row]:
    rows: list[Row] = []
    x, before = 0.0, ""
    for key in legend:
        words = "".join(fill(key.words, _SIZE, width - 3 * _MARK, 1))
        needed = 3 * _MARK + text_width(words, _SIZE)
        if before and not key.type:
            x += _BREAK
        if not rows or x + needed > width:
            rows.append([])
            x = 0.0
        rows[-1].append((x, key._replace(words=words)))
        x += needed + _GAP
        before = key.type
    return rows


def draw_rows(
    rows: Sequence[Row], left: float, top: float, colours: Mapping[str, Mapping[str, str]], look_name: LookName
) -> Iterator[str]:
    """The legend's elements, from a left upper corner on."""
    look = LOOKS[look_name]
    for number, row in enumerate(rows):
        middle = top + ROW * (number + 0.5)
        for x, key in row:
            colour = colours[key.type][look_name] if key.type else look.quiet
            yield glyph(key.shape, key.stage, colour, look.paper, (left + x + _MARK, middle), _MARK)
            yield text(key.words, left + x + 3 * _MARK, middle + 0.36 * _SIZE, _SIZE, look.text)

"""A picture as an SVG file with real text, for reports: it opens in browsers, Inkscape, LibreOffice and Word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from kg.model.text import Lang
from kg.view.look import FONTS, LOOKS, Look, LookName
from kg.view.placing import Box, View, place
from kg.view.svg_focus import focus_on
from kg.view.svg_legend import ROW, Key, draw_rows, legend_of, rows_of
from kg.view.svg_shapes import Scene, glyphs, islands, lines, names, plates, titles
from kg.view.svg_text import clean, fill, number, text

__all__ = ["Key", "legend_of", "svg"]

#: A picture is drawn no larger and no smaller than this, and on no narrower page; beyond, words grow or shrink with it.
_SCALES = (0.5, 1.4)
_LEAST_PAGE = 640.0

#: Around the islands, and around heading and foot.
_PAD, _MARGIN = 26.0, 24.0
_HEADING, _CAPTION = 19.0, 11.0
_HEADING_LINE, _CAPTION_LINE = 26.0, 16.5

_SPOKEN: dict[Lang, tuple[str, str, str]] = {"zh": ("：", "、", "zh-Hans"), "en": (": ", ", ", "en")}


class _Page(NamedTuple):
    """A page with its heading above the picture, its legend and its caption below."""

    width: float
    height: float
    heading: Sequence[str]
    view: View
    rows: Sequence[Any]
    caption: Sequence[str]


def svg(
    data: Mapping[str, Any],
    *,
    width: int,
    look: LookName,
    title: str,
    lang: Lang,
    caption: str = "",
    legend: Sequence[Key] | None = None,
    focus: Mapping[str, Any] | None = None,
    metadata: str = "",
) -> str:
    """The picture (``Picture.data``) as SVG 1.1, ``width`` pixels wide and as high as it needs to be.

    ``title`` stands above the picture ("" for none), ``legend`` (see :func:`legend_of`) and ``caption`` (source, data
    version, licence) below. ``focus`` is as the canvas has it: ``kind`` (entity, statement or way) and ``id``.
    ``metadata`` is for programs: it is in the file, not on the page. Raises ValueError for a width that is none.
    The same picture always gives the same text, and nothing in it points outside.
    """
    if width < 1:
        raise ValueError(f"A picture cannot be {width} pixels wide. Ask for 1 or more.")
    page = _page(data, width, title, caption, legend or ())
    light = focus_on(data, focus)
    scene = Scene(data, page.view, place(data, page.view, light), look, light)
    colours = LOOKS[look]
    w, h = number(page.width), number(page.height)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" xml:lang="{_SPOKEN[lang][2]}" width="{width}"'
        f' height="{number(page.height * width / page.width)}" viewBox="0 0 {w} {h}" font-family="{clean(FONTS)}">',
        f"<title>{clean(title)}</title>",
        f"<desc>{clean(_spoken(data, lang))}</desc>",
        f"<metadata>{clean(metadata)}</metadata>" if metadata else "",
        f'<rect width="{w}" height="{h}" fill="{colours.paper}"/>',
        *_layers(scene),
        *_head(page, colours),
        *_foot(page, data, look),
        "</svg>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _layers(scene: Scene) -> Iterator[str]:
    """The picture from the ground up."""
    middle = ' text-anchor="middle"'
    for name, more, parts in (
        ("islands", "", islands(scene)),
        ("relations", "", lines(scene)),
        ("entities", "", glyphs(scene)),
        ("relation-names", middle, plates(scene)),
        ("themes", middle, titles(scene)),
        ("names", middle, names(scene)),
    ):
        inside = "\n".join(parts)
        if inside:
            yield f'<g id="{name}"{more}>\n{inside}\n</g>'


def _page(data: Mapping[str, Any], width: int, title: str, caption: str, legend: Sequence[Key]) -> _Page:
    left, top, right, bottom = _extent(data)
    wide, high = max(right - left, 1.0), max(bottom - top, 1.0)
    narrowest, widest = (max(_LEAST_PAGE, wide * scale + 2 * _PAD) for scale in _SCALES)
    page = min(max(float(width), narrowest), widest)
    scale = min(_SCALES[1], (page - 2 * _PAD) / wide)
    room = page - 2 * _MARGIN
    heading = fill(title, _HEADING, room, 3, bold=True)
    rows = rows_of(legend, room)
    notes = fill(caption, _CAPTION, room, 8)
    above = _MARGIN * 0.75 + len(heading) * _HEADING_LINE if heading else 0.0
    frame = Box(0, above, page, high * scale + 2 * _PAD)
    height = frame.y + frame.h
    if rows or notes:
        height += len(rows) * ROW + len(notes) * _CAPTION_LINE + _MARGIN + (6 if rows and notes else 0)
    view = View(scale, page / 2 - (left + right) / 2 * scale, above + _PAD - top * scale, frame)
    return _Page(page, height, heading, view, rows, notes)


def _extent(data: Mapping[str, Any]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the picture, of entities that were moved too."""
    corners = [tuple(data["bounds"])]
    for node in data["nodes"]:
        (x, y), (w, h) = (node["x"], node["y"]), node["box"]
        corners.append((x - w / 2, y - 20, x + w / 2, y + h - 6))
    left, top, right, bottom = zip(*corners, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _head(page: _Page, colours: Look) -> Iterator[str]:
    for row, line in enumerate(page.heading):
        y = _MARGIN * 0.75 + _HEADING_LINE * row + 0.86 * _HEADING
        yield text(line, _MARGIN, y, _HEADING, colours.text, font_weight="600")


def _foot(page: _Page, data: Mapping[str, Any], look: LookName) -> Iterator[str]:
    top = page.view.frame.y + page.view.frame.h
    if page.rows:
        yield from draw_rows(page.rows, _MARGIN, top, data["colours"], look)
        top += len(page.rows) * ROW + 6
    for row, line in enumerate(page.caption):
        yield text(line, _MARGIN, top + _CAPTION_LINE * row + _CAPTION, _CAPTION, LOOKS[look].quiet)


def _spoken(data: Mapping[str, Any], lang: Lang) -> str:
    """The picture for who cannot see it: each theme with the names of its entities."""
    colon, comma, _ = _SPOKEN[lang]
    called = {node["id"]: node["name"] for node in data["nodes"]}
    return "\n".join(
        (group["name"] and group["name"] + colon) + comma.join(called[one] for one in group["members"])
        for group in data["groups"]
    )

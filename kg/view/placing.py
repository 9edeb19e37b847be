"""Where names stand in a picture that nobody can zoom: none on a shape, none on another name, none cut off.

The rules are those of the canvas (``stage/names.js``), at one scale. A name that finds no room by them is tried once
more further off, led to its shape by a thin line: the reader of a file cannot look closer.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from kg.view.svg_focus import Focus
from kg.view.svg_lines import Curve, Point, curve
from kg.view.svg_text import text_width

__all__ = ["LINE", "NAME_SIZE", "PLATE_SIZE", "TITLE_SIZE", "Box", "Name", "Placing", "Stand", "View", "place"]

#: From one line of a name to the next, and the sizes of the fonts of names, themes' titles and relations' names.
LINE = 15.0
NAME_SIZE, TITLE_SIZE, PLATE_SIZE = 12.5, 12.0, 11.5

#: A name further than this from its shape is led to it by a thin line.
_LEAD = 9.0

#: The lines of a hub are too many to be named one by one.
_MOST_PLATES = 24

#: How far off a name may stand: as the canvas has it, on the second try, and where it is the name in focus.
_CLOSE, _FAR, _FURTHEST = (0, 5, 11, 18, 26), (0, 5, 11, 18, 26, 34, 44), (0, 5, 11, 18, 26, 34, 44, 60, 80, 100)

_CELL = 64.0


class Box(NamedTuple):
    """A rectangle: its left upper corner, its width, its height."""

    x: float
    y: float
    w: float
    h: float

    def meets(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.x < other.x + other.w
            and other.x < self.x + self.w
            and self.y < other.y + other.h
            and other.y < self.y + self.h
        )

    def within(self, frame: Box) -> bool:
        """Whether it lies in ``frame`` with a little room around."""
        across = self.x > frame.x + 2 and self.x + self.w < frame.x + frame.w - 2
        return across and self.y > frame.y + 2 and self.y + self.h < frame.y + frame.h - 2


class View(NamedTuple):
    """How a picture lies on its page: the scale, where its (0, 0) comes to lie, and what names must stay within."""

    scale: float
    x: float
    y: float
    frame: Box

    def spot(self, x: float, y: float) -> Point:
        """Where a place of the picture is on the page."""
        return self.x + x * self.scale, self.y + y * self.scale


class Stand(NamedTuple):
    """An entity of the picture: where it stands on the page, and half the side of its shape there."""

    node: Mapping[str, Any]
    spot: Point
    r: float

    def box(self, part: float) -> Box:
        """The ground of its shape, or so large a part of it."""
        half = self.r * part
        return Box(self.spot[0] - half, self.spot[1] - half, 2 * half, 2 * half)


class Name(NamedTuple):
    """A name in its place; ``id`` is that of the entity, theme or statement, ``lead`` the line to a shape far off."""

    id: str
    lines: tuple[str, ...]
    box: Box
    bold: bool = True
    lead: tuple[Point, Point] | None = None


class Placing(NamedTuple):
    """All that has its place on the page; ``missing`` are the entities whose names found none."""

    stands: dict[str, Stand]
    curves: dict[str, Curve]
    titles: list[Name]
    plates: list[Name]
    names: list[Name]
    missing: list[str]


class _Ground:
    """What is taken already, by the cells of a grid, so that a look at one place does not look at all."""

    def __init__(self, frame: Box, taken: Iterable[Box]) -> None:
        self._frame = frame
        self._cells: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)
        for box in taken:
            self.take(box)

    def take(self, box: Box) -> None:
        for cell in self._under(box):
            self._cells[cell].append(box)

    def is_free(self, box: Box) -> bool:
        return box.within(self._frame) and not self._met(box)

    def is_clear(self, lead: tuple[Point, Point], start: Box) -> bool:
        """Whether a thin line from the shape that stands on ``start`` crosses nothing."""
        return not any(self._met(dot) for dot in _dots(lead) if not dot.meets(start))

    def _met(self, box: Box) -> bool:
        return any(box.meets(other) for cell in self._under(box) for other in self._cells.get(cell, ()))

    @staticmethod
    def _under(box: Box) -> Iterator[tuple[int, int]]:
        for column in range(math.floor(box.x / _CELL), math.floor((box.x + box.w) / _CELL) + 1):
            for row in range(math.floor(box.y / _CELL), math.floor((box.y + box.h) / _CELL) + 1):
                yield column, row


def place(data: Mapping[str, Any], view: View, focus: Focus | None = None) -> Placing:
    """Every name of the picture (``Picture.data``) in its place on the page; the same picture always the same way."""
    stands = {node["id"]: _stand(node, view) for node in data["nodes"]}
    smooth = data["options"]["edges"]["smooth"]
    curves = {
        edge["id"]: curve(stands[edge["from"]].spot, stands[edge["to"]].spot, bent=bool(smooth))
        for edge in data["edges"]
    }
    ground = _Ground(view.frame, (stand.box(0.9) for stand in stands.values()))
    names: list[Name] = []
    if focus and focus.entity:
        names += _names([stands[focus.entity]], ground, view, focus)
    plates = _plates(data, curves, ground, focus)
    titles = _titles(data, ground, view)
    rest = [stand for stand in stands.values() if not focus or stand.node["id"] != focus.entity]
    if focus:
        rest.sort(key=lambda stand: stand.node["id"] not in focus.near)
    names += _names(rest, ground, view, focus)
    named = {name.id for name in names}
    names += _names([stand for stand in rest if stand.node["id"] not in named], ground, view, focus, again=True)
    named = {name.id for name in names}
    return Placing(stands, curves, titles, plates, names, [one for one in stands if one not in named])


def _stand(node: Mapping[str, Any], view: View) -> Stand:
    # Shapes keep a readable size where the whole is shown small.
    readable = min(2.0, max(1.0, 0.72 / view.scale))
    return Stand(node, view.spot(node["x"], node["y"]), node["size"] * readable * view.scale)


def _names(
    stands: Sequence[Stand], ground: _Ground, view: View, focus: Focus | None, *, again: bool = False
) -> list[Name]:
    """The names that find a place, in the order of the entities; ``again`` is for those that found none before."""
    names = []
    for stand in stands:
        node = stand.node
        focused = focus is not None and node["id"] == focus.entity
        near = focus is not None and node["id"] in focus.near
        bold = node["rank"] > 0 or focused
        chief = bold or near
        aways: Sequence[int] = _CLOSE if chief else (0,)
        if focused:
            aways = _FURTHEST
        elif again:
            aways = _FAR
        forms = [_form(lines, NAME_SIZE, bold=bold) for lines in node["forms"] if chief or len(lines) < 3]
        gap = max(stand.r, 7) + (9 if focused else 3)
        tries = (
            Name(node["id"], lines, box, bold, _lead(stand, box))
            for away in aways
            for lines, w, h in forms
            for box in _around(stand.spot, w, h, gap + away, beside=chief or again or view.scale > 0.75)
            if ground.is_free(box)
        )
        found = next((one for one in tries if not one.lead or ground.is_clear(one.lead, stand.box(1))), None)
        if found:
            for taken in (found.box, *_dots(found.lead)):
                ground.take(taken)
            names.append(found)
    return names


def _form(lines: Sequence[str], size: float, *, bold: bool) -> tuple[tuple[str, ...], float, float]:
    """A name's lines with their width and height."""
    return tuple(lines), max(text_width(line, size, bold=bold) for line in lines) + 4, len(lines) * LINE


def _around(spot: Point, w: float, h: float, far: float, *, beside: bool) -> Iterator[Box]:
    """Where a name of this size may stand, so far from its shape: below, beside, above, then a little to the side."""
    middle, below, above = spot[0] - w / 2, spot[1] + far, spot[1] - far - h
    yield Box(middle, below, w, h)
    if beside:
        yield Box(spot[0] + far, spot[1] - h / 2, w, h)
        yield Box(spot[0] - far - w, spot[1] - h / 2, w, h)
    yield Box(middle, above, w, h)
    for aside in (w / 5, -w / 5, w / 2.4, -w / 2.4) if beside else (w / 6, -w / 6):
        yield Box(middle + aside, below, w, h)
        yield Box(middle + aside, above, w, h)


def _lead(stand: Stand, box: Box) -> tuple[Point, Point] | None:
    (x, y), r = stand.spot, stand.r
    end = min(max(x, box.x), box.x + box.w), min(max(y, box.y), box.y + box.h)
    length = math.dist(stand.spot, end)
    if length < r + _LEAD:
        return None
    return (x + (end[0] - x) * r / length, y + (end[1] - y) * r / length), end


def _dots(lead: tuple[Point, Point] | None) -> Iterator[Box]:
    """The ground of a thin line."""
    if lead is None:
        return
    steps = math.ceil(math.dist(*lead) / 3)
    for step in range(steps):
        x, y = Curve(lead).at(step / steps)
        yield Box(x - 0.5, y - 0.5, 1, 1)


def _titles(data: Mapping[str, Any], ground: _Ground, view: View) -> list[Name]:
    """The names of the themes; one that has no room near its island is left out."""
    titles = []
    left, right = view.frame.x, view.frame.x + view.frame.w
    for group in data["groups"]:
        if not group["name"]:
            continue
        lines, w, h = _form([group["name"]], TITLE_SIZE, bold=True)
        x, y = view.spot(*group["title"])
        x = min(max(x, left + w / 2 + 4), right - w / 2 - 4)
        tries = (
            Box(x - w / 2 + aside, y - h / 2 + down, w, h)
            for down in (0, -4, 4, -8, -12)
            for aside in (0, 14, -14, 30, -30, 50, -50)
        )
        box = next((box for box in tries if ground.is_free(box)), None)
        if box:
            ground.take(box)
            titles.append(Name(group["theme"], lines, box))
    return titles


def _plates(data: Mapping[str, Any], curves: Mapping[str, Curve], ground: _Ground, focus: Focus | None) -> list[Name]:
    """The names of the relations in focus, each near the middle of its line."""
    plates: list[Name] = []
    if focus is None or len(focus.lit) > _MOST_PLATES:
        return plates
    for edge in data["edges"]:
        if edge["id"] not in focus.lit:
            continue
        w = text_width(edge["name"], PLATE_SIZE) + 12
        spots = [curves[edge["id"]].at(part) for part in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)]
        tries = (Box(x - w / 2, y - 9 + down, w, 18) for down in (0, -16, 16, -28, 28) for x, y in spots)
        box = next((box for box in tries if ground.is_free(box)), None)
        if box:
            ground.take(box)
            plates.append(Name(edge["id"], (edge["name"],), box))
    return plates

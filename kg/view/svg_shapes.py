"""What a picture is drawn of, as SVG elements: islands, lines, shapes, names. The same as ``stage/paint.js`` paints."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from kg.model.vocabulary import Stage
from kg.view.look import LOOKS, Look, LookName
from kg.view.placing import LINE, NAME_SIZE, PLATE_SIZE, TITLE_SIZE, Name, Placing, Stand, View
from kg.view.shapes import BOX, TINT, path_of
from kg.view.svg_focus import FADED, Focus, strength
from kg.view.svg_lines import Curve, Point
from kg.view.svg_text import clean, number, text

__all__ = ["Scene", "glyph", "glyphs", "islands", "lines", "names", "plates", "titles"]

_FILLED: dict[Stage, float] = {"achieved": 1.0, "under-way": TINT, "planned": 0.0}

#: The head of an arrow: its length, and half its width for each pixel of length. What is lit has a larger one.
_HEAD, _LIT_HEAD, _HEAD_WIDTH = 5.5, 9.0, 0.38


class Scene(NamedTuple):
    """All that drawing asks for: the picture's data, how it lies on the page, its colours, what is in the light."""

    data: Mapping[str, Any]
    view: View
    placing: Placing
    look_name: LookName
    focus: Focus | None

    @property
    def look(self) -> Look:
        """The colours of ground, lines and words."""
        return LOOKS[self.look_name]


def islands(scene: Scene) -> Iterator[str]:
    """Each island twice: a little larger in the border's colour, then in the ground's."""
    look, view = scene.look, scene.view
    for group in scene.data["groups"]:
        members = [scene.placing.stands[one] for one in group["members"]]
        spots = {stand.node["id"]: (stand.spot[0], stand.spot[1] + 8 * view.scale) for stand in members}
        tree = "".join(f"M{_point(spots[a])}L{_point(spots[b])}" for a, b in group["tree"])
        for colour, grow in ((look.border, 1.4), (look.island, 0.0)):
            if tree:
                width = number(54 * view.scale + 2 * grow)
                yield f'<path d="{tree}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="round"/>'
            yield f'<path d="{"".join(_ground(stand, view.scale, grow) for stand in members)}" fill="{colour}"/>'


def _ground(stand: Stand, scale: float, grow: float) -> str:
    """The rounded ground below a shape and its name."""
    width, height = stand.node["box"]
    w, h = (width + 22) * scale + 2 * grow, (height + 30) * scale + 2 * grow
    r = min(26 * scale, h / 2, w / 2)
    x, y = stand.spot[0] - w / 2, stand.spot[1] - 28 * scale - grow
    arc = f"a{number(r)} {number(r)} 0 0 1 "
    across, down, turn = number(w - 2 * r), number(h - 2 * r), number(r)
    return (
        f"M{_point((x + r, y))}h{across}{arc}{turn} {turn}v{down}{arc}-{turn} {turn}"
        f"h-{across}{arc}-{turn} -{turn}v-{down}{arc}{turn} -{turn}z"
    )


def lines(scene: Scene) -> Iterator[str]:
    """The relations: what is planned dashed, what is in focus last, so that it lies on top."""
    called = {node["id"]: node["name"] for node in scene.data["nodes"]}
    lit = scene.focus.lit if scene.focus else frozenset()
    for edge in sorted(scene.data["edges"], key=lambda edge: edge["id"] in lit):
        is_lit, look = edge["id"] in lit, scene.look
        colour = look.accent if is_lit else look.line
        opacity = 1.0 if is_lit else (0.3 if scene.focus else 0.9) * (0.16 if edge["faint"] else 1)
        width = (1.8 if is_lit else edge["width"]) * max(scene.view.scale, 0.75)
        dashes = f' stroke-dasharray="{" ".join(map(str, edge["dashes"]))}"' if edge["dashes"] else ""
        course = scene.placing.curves[edge["id"]]
        head = ""
        if is_lit or not edge["faint"]:
            r = scene.placing.stands[edge["to"]].r
            head = _head(course, r + 2, _LIT_HEAD if is_lit else _HEAD, f'fill="{colour}"{_faded(opacity, "fill")}')
        said = f"{called[edge['from']]} — {edge['name']} — {called[edge['to']]}"
        yield (
            f'<g><title>{clean(said)}</title><path d="{_course(course)}" fill="none" stroke="{colour}"'
            f' stroke-width="{round(width, 2):g}"{dashes}{_faded(opacity, "stroke")}/>{head}</g>'
        )


def _course(course: Curve) -> str:
    start, *rest = course.points
    return f"M{_point(start)}{'_LQC'[len(rest)]}{' '.join(map(_point, rest))}"


def _faded(opacity: float, what: str) -> str:
    # Not the opacity of a group: that is drawn aside first, which takes its time for hundreds of them.
    return f' {what}-opacity="{round(opacity, 3):g}"' if opacity < 1 else ""


def _head(course: Curve, away: float, length: float, colours: str) -> str:
    """An arrow's head, ``away`` from the end of the line; none where the line is too short for one."""
    (x, y), (back_x, back_y) = course.before_end(away), course.before_end(away + length)
    long = math.dist((x, y), (back_x, back_y))
    if long < length / 2:
        return ""
    aside_x, aside_y = (y - back_y) * _HEAD_WIDTH * length / long, (back_x - x) * _HEAD_WIDTH * length / long
    corners = ((x, y), (back_x + aside_x, back_y + aside_y), (back_x - aside_x, back_y - aside_y))
    return f'<path d="M{"L".join(map(_point, corners))}Z" {colours}/>'


def _point(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def glyphs(scene: Scene) -> Iterator[str]:
    """The shapes of the entities, each with its whole name for who points at it or reads it aloud."""
    look = scene.look
    for stand in scene.placing.stands.values():
        node, (x, y) = stand.node, stand.spot
        colour = scene.data["colours"][node["kind"]][scene.look_name]
        ring = ""
        if scene.focus and node["id"] == scene.focus.entity:
            ring = (
                f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(stand.r + 5)}" fill="{look.ground}"'
                f' stroke="{look.accent}" stroke-width="2.5"/>'
            )
        opacity = strength(scene.focus, node["id"])
        shape = glyph(node["glyph"], node["stage"], colour, look.ground, stand.spot, stand.r, opacity)
        yield f"<g><title>{clean(node['name'])}</title>{ring}{shape}</g>"


def glyph(shape: str, stage: Stage, colour: str, ground: str, spot: Point, r: float, opacity: float = 1) -> str:
    """One shape (its middle, half its side): filled, tinted or dashed by its stage, on a ground that hides lines."""
    (x, y) = spot
    scale = 2 * r / BOX
    path, filled = path_of(shape), _FILLED[stage] * opacity
    place = f'transform="translate({number(x - r)} {number(y - r)}) scale({round(scale, 3):g})"'
    below = f'<path {place} d="{path}" fill="{ground}"/>' if filled < 1 else ""
    inside = f'fill="{colour}"{_faded(filled, "fill")}' if filled else 'fill="none"'
    dashes = ' stroke-dasharray="3.2 2.4"' if stage == "planned" else ""
    return (
        f'{below}<path {place} d="{path}" {inside} stroke="{colour}" stroke-width="1.9"'
        f' stroke-linejoin="round"{dashes}{_faded(opacity, "stroke")}/>'
    )


def names(scene: Scene) -> Iterator[str]:
    """The names of the entities; those out of focus together, below."""
    near = [name for name in scene.placing.names if strength(scene.focus, name.id) == 1]
    if len(near) < len(scene.placing.names):
        yield f'<g opacity="{FADED}">'
        yield from (_named(name, scene.look) for name in scene.placing.names if strength(scene.focus, name.id) < 1)
        yield "</g>"
    yield from (_named(name, scene.look) for name in near)


def _named(name: Name, look: Look) -> str:
    lead = ""
    if name.lead:
        lead = f'<path d="M{_point(name.lead[0])}L{_point(name.lead[1])}" stroke="{look.text}" stroke-width="0.8"/>'
    return f"<g>{lead}{''.join(_written(name, NAME_SIZE, look.text, look.island))}</g>"


def titles(scene: Scene) -> Iterator[str]:
    """The names of the themes."""
    yield '<g opacity="0.5">' if scene.focus else "<g>"
    for title in scene.placing.titles:
        yield "".join(_written(title, TITLE_SIZE, scene.look.quiet, scene.look.paper))
    yield "</g>"


def plates(scene: Scene) -> Iterator[str]:
    """The names of the relations in focus, each on a plate."""
    look = scene.look
    for plate in scene.placing.plates:
        x, y, w, h = map(number, plate.box)
        yield (
            f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="4" fill="{look.ground}" stroke="{look.accent}"/>'
            + text(plate.lines[0], *_base(plate, 0, h=plate.box.h, size=PLATE_SIZE), PLATE_SIZE, look.accent)
        )


def _written(name: Name, size: float, colour: str, halo: str) -> Iterator[str]:
    """The lines of a name, first broad in the colour of the ground: not every program paints the stroke below."""
    weight = "600" if name.bold else ""
    rows = [(line, *_base(name, row, h=LINE, size=size)) for row, line in enumerate(name.lines)]
    for line, x, y in rows:
        yield text(line, x, y, size, halo, font_weight=weight, stroke=halo, stroke_width=3.5, stroke_linejoin="round")
    for line, x, y in rows:
        yield text(line, x, y, size, colour, font_weight=weight)


def _base(name: Name, row: int, *, h: float, size: float) -> Point:
    """Where a line of a name begins to be written: its middle, on its base line."""
    return name.box.x + name.box.w / 2, name.box.y + h * (row + 0.5) + 0.36 * size

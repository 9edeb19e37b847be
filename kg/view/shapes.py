"""One outline per type shape, used alike by canvas, legend, cards and pictures."""

from __future__ import annotations

from urllib.parse import quote

from kg.model.vocabulary import Stage

__all__ = ["BOX", "FALLBACK", "SHAPES", "TINT", "mask_of", "path_of"]

#: Side of the square that each path is drawn in, its middle at (12, 12).
BOX = 24

#: How strongly a thing that is under way is filled; what is achieved is full, what is planned is empty.
TINT = 0.3

#: Shape → path data as in SVG's ``d`` attribute, which the canvas understands too (``new Path2D(d)``).
SHAPES = {
    "square": "M4 4H20V20H4Z",
    "circle": "M12 3.6A8.4 8.4 0 1 1 12 20.4A8.4 8.4 0 1 1 12 3.6Z",
    "page": "M5 2.5H14.2L19 7.3V21.5H5Z",
    "pennant": "M2.5 5.5H14.5L21.5 12L14.5 18.5H2.5Z",
    "hexagon": "M12 2.2L20.5 7.1V16.9L12 21.8L3.5 16.9V7.1Z",
    "diamond": "M12 1.8L22.2 12L12 22.2L1.8 12Z",
    "pin": "M12 22.4C8.4 18 4.8 13.4 4.8 9.2A7.2 7.2 0 0 1 19.2 9.2C19.2 13.4 15.6 18 12 22.4Z",
    "triangle": "M12 2.8L22 20.4H2Z",
    "star": "M12 1L14.9 9.1L23 12L14.9 14.9L12 23L9.1 14.9L1 12L9.1 9.1Z",
    "cross": "M8.2 3H15.8V8.2H21V15.8H15.8V21H8.2V15.8H3V8.2H8.2Z",
    "ring": "M12 2.8A9.2 9.2 0 1 1 12 21.2A9.2 9.2 0 1 1 12 2.8ZM12 8A4 4 0 1 0 12 16A4 4 0 1 0 12 8Z",
}

#: Drawn for a shape that is not in :data:`SHAPES`: an entity never vanishes for want of an outline.
FALLBACK = "circle"

# How each stage is drawn: (opacity of the filling, dashes of the outline).
_STAGES: dict[Stage, tuple[float, str]] = {"achieved": (1, ""), "under-way": (TINT, ""), "planned": (0, "3.2 2.4")}


def path_of(shape: str) -> str:
    """The path data of ``shape``, or of :data:`FALLBACK` where the shape has none."""
    return SHAPES.get(shape, SHAPES[FALLBACK])


def mask_of(shape: str, stage: Stage) -> str:
    """The glyph as a ``data:`` address for CSS ``mask``: the element's own colour shows through it."""
    opacity, dashes = _STAGES[stage]
    dash = f" stroke-dasharray='{dashes}'" if dashes else ""
    return _data_address(
        f"<path d='{path_of(shape)}' fill='black' fill-opacity='{opacity}' stroke='black' stroke-width='1.8'"
        f" stroke-linejoin='round'{dash}/>"
    )


def _data_address(inside: str) -> str:
    picture = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {BOX} {BOX}' width='48' height='48'>{inside}</svg>"
    return "data:image/svg+xml," + quote(picture, safe=" ='/:.,")

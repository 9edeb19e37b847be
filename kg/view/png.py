"""An SVG picture as PNG: Chinese is drawn right on any machine, because the font comes along."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from kg.view.look import LOOKS

__all__ = ["MOST_PIXELS", "png"]

#: A larger picture would take gigabytes while it is drawn.
MOST_PIXELS = 100_000_000

_FAMILY = "Noto Sans SC"

# The font has one weight. What is semibold gets a fine outline in its own colour, which widens no letter's place.
_SEMIBOLD = "".join(
    f'text[font-weight="600"][fill="{colour}"]{{stroke:{colour};stroke-width:0.5;stroke-linejoin:round}}'
    for look in LOOKS.values()
    for colour in (look.text, look.quiet)
)

# In the font an apostrophe is as wide as a Chinese character.
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])’")


def png(svg_text: str, *, width: int | None = None, scale: float = 1.0) -> bytes:
    """The picture that :func:`kg.view.svg.svg` made as PNG, ``width`` pixels wide or else ``scale`` times its own size.

    No font of the machine is used: the same picture gives the same bytes everywhere, and what the font does not have
    (emoji, Arabic) is an empty box. Raises ValueError for what would be no picture, or one of more than
    :data:`MOST_PIXELS`; ModuleNotFoundError, with what to install, where the drawing library or the font is missing.
    """
    try:
        from pylopdf_fonts_zh_cn import sans_path
        from resvg_py import svg_to_bytes
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            f"PNG pictures need {error.name}. Run: pip install resvg-py pylopdf-fonts-zh-cn. SVG works without it."
        ) from error
    own_width, own_height = _size(svg_text)
    wide = width if width is not None else round(own_width * scale)
    high = round(own_height * wide / own_width)
    if wide < 1 or high < 1 or wide * high > MOST_PIXELS:
        raise ValueError(f"A picture of {wide} × {high} pixels cannot be drawn: at most {MOST_PIXELS:,} in all.")
    return bytes(
        svg_to_bytes(
            svg_string=_APOSTROPHE.sub("&#39;", svg_text),
            width=wide,
            height=high,
            skip_system_fonts=True,
            font_files=[str(sans_path())],
            font_family=_FAMILY,
            sans_serif_family=_FAMILY,
            style_sheet=_SEMIBOLD,
        )
    )


def _size(svg_text: str) -> tuple[float, float]:
    root = ET.fromstring(svg_text)  # noqa: S314 (text of our own making)
    return float(root.get("width", 0)), float(root.get("height", 0))

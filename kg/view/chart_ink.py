"""What charts are drawn with: colours that follow the page or stand in the file, words that are measured, the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.model.text import Lang
from kg.view.look import FONTS, LOOKS, LookName
from kg.view.svg_text import clean, fill, number, text_width
from kg.view.terms import Said

__all__ = ["LABEL", "SMALL", "Ink", "Words", "cut", "ink_of", "sheet", "write"]

#: The sizes of fonts: of names and values, and of marks on axes and of notes.
LABEL, SMALL = 13.0, 11.5

_TONGUES: dict[Lang, str] = {"zh": "zh-Hans", "en": "en"}

#: Series by number, for light and dark pages: apart for the common kinds of colour blindness, and in lightness.
_SERIES = (
    ("#155E96", "#8CBEF0"),
    ("#D98200", "#F2B45C"),
    ("#00796B", "#4FC3A8"),
    ("#A7499A", "#E38BD6"),
    ("#786300", "#DCCB5E"),
    ("#7D8591", "#A9B0BA"),
)

_MARGIN, _HEADING, _HEADING_LINE, _NOTE_LINE = 24.0, 19.0, 26.0, 17.0


class Ink(NamedTuple):
    """Colours as SVG takes them; ``look`` is None where they follow the page that the chart stands in."""

    ground: str
    text: str
    quiet: str
    border: str
    second: str
    series: tuple[str, ...]
    look: LookName | None = None


class Words(NamedTuple):
    """A line of text: where its base line begins (or has its middle or end), how large, and how it looks."""

    words: str
    x: float
    y: float
    size: float = LABEL
    anchor: str = "start"
    bold: bool = False
    lang: Lang | None = None

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        width = text_width(self.words, self.size, bold=self.bold)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return left, self.y - 0.86 * self.size, left + width, self.y + 0.24 * self.size


def ink_of(look: LookName | None) -> Ink:
    """The colours of a file in ``look``; without one, those of the page."""
    if look is None:
        ground, text, quiet, border, second = (f"var(--kg-{name})" for name in Ink._fields[:5])
        series = tuple(f"light-dark({light}, {dark})" for light, dark in _SERIES)
        return Ink(ground, text, quiet, border, second, series)
    own = LOOKS[look]
    series = tuple(dark if look == "dark" else light for light, dark in _SERIES)
    return Ink(own.ground, own.text, own.quiet, own.border, own.second, series, look)


def write(line: Words, colour: str, *, halo: str = "", href: str = "") -> str:
    """A line of text as SVG; a ``halo`` keeps it readable over lines."""
    more = "" if line.anchor == "start" else f' text-anchor="{line.anchor}"'
    more += ' font-weight="600"' if line.bold else ""
    more += f' lang="{_TONGUES[line.lang]}"' if line.lang else ""
    if halo:
        more += f' stroke="{halo}" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke"'
    place = f'x="{number(line.x)}" y="{number(line.y)}" font-size="{line.size:g}" fill="{colour}"'
    element = f"<text {place}{more}>{clean(line.words)}</text>"
    return f'<a href="{clean(href)}">{element}</a>' if href else element


def cut(said: Said, size: float, width: float, *, most: int = 1, bold: bool = False) -> tuple[str, ...]:
    """Words in at most ``most`` lines of ``width``; there is always one, if only an ellipsis."""
    lines = fill(said.words, size, width, most, bold=bold) or ("–",)
    if len(lines) < 2 or lines[-1].endswith("…"):
        return lines
    # Lines of about one length look better than a long one and a single word below.
    aim = min(width, text_width(said.words, size, bold=bold) / len(lines) * 1.12)
    even = fill(said.words, size, aim, most, bold=bold)
    return lines if even[-1].endswith("…") else even


def sheet(
    parts: Sequence[str],
    size: tuple[float, float],
    ink: Ink,
    *,
    lang: Lang,
    title: str = "",
    alt: str = "",
    notes: Sequence[str] = (),
) -> str:
    """The whole SVG: a chart of this size with its notes below.

    In a file the title stands above, and there is a ground and a margin; a page has its own.
    """
    width, height = size
    margin = _MARGIN if ink.look else 0.0
    heading = fill(title, _HEADING, width, 3, bold=True) if ink.look else ()
    above = margin + (len(heading) * _HEADING_LINE + 4 if heading else 0.0)
    lines = [line for note in notes for line in fill(note, SMALL, width, 3)]
    below = height + (6 + len(lines) * _NOTE_LINE if lines else 0.0)
    w, h = number(width + 2 * margin), number(above + below + margin)
    fonts = f' font-family="{clean(FONTS)}"' if ink.look else ""
    tongue = _TONGUES[lang]
    role = "group" if any("<a " in part for part in parts) else "img"  # an image has no links within it
    spoken = f' aria-label="{clean(alt or title)}"' if alt or title else ""
    head = [
        Words(line, 0, _HEADING_LINE * row + 0.86 * _HEADING + margin - above, _HEADING, bold=True)
        for row, line in enumerate(heading)
    ]
    foot = [Words(line, 0, height + 6 + _NOTE_LINE * (row + 0.75), SMALL) for row, line in enumerate(lines)]
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" xml:lang="{tongue}" lang="{tongue}" role="{role}"'
            f'{spoken} width="{w}" height="{h}" viewBox="0 0 {w} {h}"{fonts}>',
            f"<title>{clean(title)}</title>",
            f"<desc>{clean(alt)}</desc>",
            *([f'<rect width="{w}" height="{h}" fill="{ink.ground}"/>'] if ink.look else []),
            f'<g transform="translate({number(margin)} {number(above)})">',
            *(write(line, ink.text) for line in head),
            *parts,
            *(write(line, ink.quiet) for line in foot),
            "</g>",
            "</svg>\n",
        )
    )

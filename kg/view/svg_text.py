"""Text in an SVG file: how wide it is, and in which characters it may stand in XML."""

from __future__ import annotations

import html
import re
import unicodedata

__all__ = ["clean", "fill", "number", "text", "text_width"]

# From the space to the tilde in thousandths of the font size, as in Noto Sans SC: of the fonts that a reader may have
# it is among the wide ones, so that what has room in it has room in the others too.
# fmt: off
_ASCII = (
    224, 323, 474, 555, 555, 921, 680, 278, 338, 338, 467, 555, 278, 347, 278, 392,
    555, 555, 555, 555, 555, 555, 555, 555, 555, 555, 278, 278, 555, 555, 555, 474,
    946, 608, 657, 638, 688, 589, 552, 689, 728, 293, 535, 646, 543, 812, 723, 742,
    633, 742, 635, 596, 599, 721, 575, 878, 573, 531, 603, 338, 392, 338, 555, 559,
    606, 563, 618, 510, 620, 554, 325, 564, 607, 275, 275, 552, 284, 926, 610, 606,
    620, 620, 388, 468, 377, 607, 521, 802, 498, 521, 475, 338, 270, 338, 555,
)
# fmt: on
_WIDE, _EMOJI = 1000, 1400

#: Bold Latin letters are wider by so much, Chinese characters are not.
_BOLD = 1.1

# What a line may be broken between: words with the space behind, Chinese characters with their punctuation.
_PIECES = re.compile(r"[（《「『“]*[\u2e80-\uffef][，。、；：！？）》」』”…]*|[^\s\u2e80-\uffef]+\s*|\s+")

# What XML 1.0 does not allow in any spelling, not even as a number.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text_width(words: str, size: float, *, bold: bool = False) -> float:
    """How wide ``words`` are at most, in a font of ``size`` pixels.

    >>> text_width("数据", 10)
    20.0
    >>> round(text_width("data", 10), 1), round(text_width("data", 10, bold=True), 1)
    (21.2, 23.4)
    """
    return sum(_advance(char) * (_BOLD if bold and char < "\u2e80" else 1) for char in words) * size / 1000


def _advance(char: str) -> int:
    if char < " " or unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return 0
    base = unicodedata.normalize("NFD", char)[0]
    if " " <= base <= "~":
        return _ASCII[ord(base) - 32]
    return _EMOJI if char >= "\U0001f000" and unicodedata.category(char) == "So" else _WIDE


def fill(words: str, size: float, width: float, most: int, *, bold: bool = False) -> tuple[str, ...]:
    """``words`` in lines of at most ``width`` pixels; what does not fit into ``most`` lines ends in an ellipsis.

    >>> fill("Beijing Municipal Science Commission", 10, 100, 1)
    ('Beijing Municipal…',)
    """

    def fits(line: str) -> bool:
        return text_width(line.rstrip(), size, bold=bold) <= width

    lines: list[str] = []
    for piece in _PIECES.findall(" ".join(words.split())):
        # A word that is too long for a line by itself is broken anywhere.
        for part in [piece] if fits(piece) else piece:
            if lines and fits(lines[-1] + part):
                lines[-1] += part
            else:
                lines.append(part)
    if len(lines) > most:
        last = lines[most - 1].rstrip()
        while last and not fits(last + "…"):
            last = last[:-1].rstrip()
        lines[most - 1 :] = [last + "…"]
    return tuple(line.rstrip() for line in lines)


def clean(words: str) -> str:
    """``words`` as they may stand in XML, in an element or in an attribute; what XML forbids is left out."""
    return html.escape(_FORBIDDEN.sub("", words))


def number(value: float) -> str:
    """A length or a place to a tenth of a pixel, in as few characters as it takes."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def text(words: str, x: float, y: float, size: float, colour: str, **more: str | float) -> str:
    """A line of text whose base line is at ``y``; ``more`` are attributes, with ``_`` for ``-``."""
    extra = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in more.items() if value != "")
    return f'<text x="{number(x)}" y="{number(y)}" font-size="{size:g}" fill="{colour}"{extra}>{clean(words)}</text>'

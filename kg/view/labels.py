"""Names broken into the short lines that stand under a shape."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

__all__ = ["LINE_HEIGHT", "LINE_WIDTH", "width_of", "wrap"]

#: In layout units, which are screen pixels at zoom 1: the widest line, and from one line to the next.
LINE_WIDTH = 106.0
LINE_HEIGHT = 14.5

_WIDE, _NARROW = 12.0, 6.1
_LINES = 2
#: Punctuation that does not begin a line, and what does not end one.
_NOT_FIRST = "，。、；：！？）》」』”’…,.;:!?)]}%×"
#: What a line may be broken behind, within a word.
_BREAKS = ("-", "/", "–")
_NOT_LAST = "（《「『“‘([{"


def width_of(text: str) -> float:
    """About how wide ``text`` is in a 12 px font; marks that join the character before take no room."""
    return sum(
        0.0 if unicodedata.combining(char) else _WIDE if unicodedata.east_asian_width(char) in "WF" else _NARROW
        for char in text
    )


def wrap(text: str, width: float = LINE_WIDTH, lines: int = _LINES) -> tuple[str, ...]:
    """``text`` in at most ``lines`` lines of about equal length; what does not fit ends in an ellipsis.

    >>> wrap("Beijing Municipal Science Commission")
    ('Beijing Municipal', 'Science…')
    >>> wrap("长安链")
    ('长安链',)
    """
    text = " ".join(text.split())
    total = width_of(text)
    if total <= width:
        return (text,)
    aim = min(width, max(total / lines * 1.08, width * 0.6))
    found: list[str] = []
    rest = list(_pieces(text))
    while rest and len(found) < lines:
        last = len(found) == lines - 1
        line, rest = _fill(rest, width if last else aim, width)
        found.append(line.strip())
    if rest:
        found[-1] = _shorten(found[-1], width)
    return tuple(found)


def _pieces(text: str) -> Iterable[str]:
    """What may not be broken: Latin words with the space behind, single Chinese characters with their punctuation."""
    piece = ""
    for char in text:
        wide = unicodedata.east_asian_width(char) in "WF" and char not in _NOT_FIRST
        starts = (
            wide
            or piece[-1:].isspace()
            or piece[-1:] in _BREAKS
            or unicodedata.east_asian_width(piece[-1:] or " ") in "WF"
        )
        if piece and starts and char not in _NOT_FIRST and not char.isspace() and piece[-1] not in _NOT_LAST:
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def _fill(pieces: list[str], aim: float, width: float) -> tuple[str, list[str]]:
    """One line of about ``aim``, never wider than ``width``, and what is left; a piece too long by itself is cut."""
    line = ""
    for place, piece in enumerate(pieces):
        longer = width_of((line + piece).rstrip())
        if line and longer > aim:
            return line, pieces[place:]
        if longer > width:
            cut = _shorten(piece, width, mark="")
            return cut, [piece[len(cut) :], *pieces[place + 1 :]]
        line += piece
    return line, []


def _shorten(text: str, width: float, mark: str = "…") -> str:
    """As much of ``text`` as fits together with ``mark``, at least one character."""
    kept = text
    while len(kept) > 1 and width_of(kept + mark) > width:
        kept = kept[:-1]
    return kept.rstrip() + mark

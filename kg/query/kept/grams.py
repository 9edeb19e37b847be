"""The pieces of names that entities are listed by, and the pieces that an entity has which a text may mean.

A piece stands as it is where it may lie anywhere in a name: a Chinese character, two characters one of which is
Chinese, two to four Latin letters or digits. One at the beginning of a name is marked by ``^``, at the beginning of a
word by ``_``. Two marks tell apart short names, of which the piece is half or more: ``~`` where it begins one, ``=``
where it lies anywhere in one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from kg.query.names import Key

__all__ = ["Wanted", "nearly_in", "pieces_of", "wanted_in", "wanted_of_word"]

#: The most Latin letters of one piece.
_LETTERS = 4
_SIZES = range(2, _LETTERS + 1)
#: The most pieces of a long text that are looked for, from all over it.
_MOST = 24


class Wanted(NamedTuple):
    """The pieces of one text: those of a name that begins with it, and of one in which it stands.

    ``near_begin`` and ``near_inside`` list the short names among these; empty where no list tells.
    """

    begin: tuple[str, ...]
    inside: tuple[str, ...]
    near_begin: str
    near_inside: str

    @property
    def all(self) -> Iterator[str]:
        """Every piece, each perhaps more than once."""
        yield from (*self.begin, *self.inside, *filter(None, (self.near_begin, self.near_inside)))


def pieces_of(key: Key) -> Iterator[str]:
    """Every piece that lists the key's entity, each perhaps more than once."""
    folded = key.folded
    for piece in _beginnings(folded):
        yield f"^{piece}"
        if len(folded) <= 2 * len(piece):
            yield f"~{piece}"
    for start in key.starts:
        yield from (f"_{piece}" for piece in _beginnings(folded[start : start + _LETTERS]))
    for piece in (*_signs(folded), *_pairs(folded), *(one for size in _SIZES for one in _letters(folded, size))):
        yield piece
        if len(folded) <= 2 * len(piece):
            yield f"={piece}"


def wanted_in(folded: str) -> Wanted:
    """The pieces of a whole text, folded and not empty."""
    first = max(_beginnings(folded), key=len)
    inside = _inside(folded)
    if len(folded) < _LETTERS and folded.isascii():
        # As a part it counts only where a word begins, and a single letter not even there.
        inside = (f"_{folded}",) if len(folded) > 1 else ()
    whole = first == folded
    return Wanted(
        begin=(f"^{first}", *_inside(folded)),
        inside=inside,
        near_begin=f"~{folded}" if whole else "",
        near_inside=f"={folded}" if inside == (folded,) else "",
    )


def wanted_of_word(word: str) -> tuple[str, ...]:
    """The pieces of a name in which a word so begins; of another than Latin, in which it stands anywhere."""
    if not word.isascii():
        return _inside(word)
    return (f"_{max(_beginnings(word), key=len)}", *_inside(word))


def nearly_in(folded: str) -> tuple[str, ...]:
    """The pieces of which a name has many that is the text but for a slip."""
    pieces = (*_signs(folded), *_pairs(folded), *_letters(folded, 2), *_letters(folded, 3))
    short = (f"={piece}" for size in _SIZES for piece in _letters(folded, size)) if len(folded) <= 2 * _LETTERS else ()
    return (*(f"^{piece}" for piece in list(_beginnings(folded))[:2]), *_few(pieces, 2 * _MOST), *short)


def _inside(folded: str) -> tuple[str, ...]:
    if len(folded) == 1 and not folded.isascii():
        return (folded,)
    return _few((*_pairs(folded), *_letters(folded, _LETTERS)), _MOST)


def _beginnings(text: str) -> Iterator[str]:
    """Its beginnings of up to four letters, or of two where a sign is none of these."""
    for size in range(1, min(len(text), _LETTERS) + 1):
        if size <= 2 or text[:size].isascii():
            yield text[:size]


def _signs(text: str) -> Iterator[str]:
    return (sign for sign in text if not sign.isascii())


def _pairs(text: str) -> Iterator[str]:
    return (pair for pair in map("".join, pairwise(text)) if not pair.isascii())


def _letters(text: str, size: int) -> Iterator[str]:
    windows = (text[start : start + size] for start in range(len(text) - size + 1))
    return (window for window in windows if window.isascii())


def _few(pieces: Iterable[str], most: int) -> tuple[str, ...]:
    """The different pieces; of too many, as many from all over the text."""
    found = tuple(dict.fromkeys(pieces))
    return found if len(found) <= most else tuple(found[place * len(found) // most] for place in range(most))

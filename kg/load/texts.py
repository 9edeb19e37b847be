"""The texts of sources that the reader has as files: proved by the recorded hash, and the paragraph around a phrase.

No text is part of the project. ``KG_TEXTS`` names a folder of the reader's own, with a file ``<source-id>.txt`` for
each source whose text is at hand.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg.load.text_file import read_text
from kg.model.reading import find_phrase, reading_text, text_hash
from kg.model.source import Source
from kg.model.text import Lang

__all__ = ["HeldText", "Passage", "Proved", "hold", "read_held", "text_file", "texts_folder"]

#: Whether a text is the one that was recorded: it is, it is another one, or the source has no hash to tell by.
Proved = Literal["proved", "differs", "unrecorded"]

#: More of a paragraph than this on either side of the phrase is left out.
_MOST = 500

_SPACE = re.compile(r"\s+")
_BLANK = re.compile(r"\n[^\S\n]*\n")
_WRAP = re.compile(r"\s*\n\s*")
_LATIN_WRAP = re.compile(r"(?<=[!-~])\s*\n\s*(?=[!-~])")
_SENTENCE_END = re.compile(r"[。！？][”’」』）]*|[.!?][\"')\u201d]*\s")


@dataclass(frozen=True, slots=True)
class Passage:
    """The paragraph of the original text around a phrase: what stands before it, the phrase there, what follows.

    ``cut_before`` and ``cut_after`` say that the paragraph has more than is given.
    """

    before: str
    phrase: str
    after: str
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True, slots=True)
class HeldText:
    """A source's text as it stands in the reader's file, and whether it is the recorded one."""

    source: str
    language: Lang
    proved: Proved
    text: str

    def around(self, phrase: str, position: int | None = None) -> Passage | None:
        """The paragraph around the phrase that begins at ``position`` of the reading text.

        None where the text is not proved, where the phrase is not in it, or where it stands there more than once and
        ``position`` does not choose.
        """
        if self.proved != "proved":
            return None
        found = find_phrase(reading_text(self.text, self.language), phrase, self.language)
        if position not in found:
            if len(found) != 1:
                return None
            position = found[0]
        places = _places(self.text, self.language)
        length = len(reading_text(phrase, self.language))
        start, end = places[position], places[position + length - 1] + 1
        return _passage(self.text, start, end, self.language)


def texts_folder() -> Path | None:
    """The folder that ``KG_TEXTS`` names, or None where it is not set."""
    chosen = os.environ.get("KG_TEXTS")
    return Path(chosen) if chosen else None


def text_file(source: Source, folder: Path | None = None) -> Path | None:
    """The file with the text of ``source``, in ``folder`` or else in :func:`texts_folder`; None where there is none."""
    found = folder or texts_folder()
    path = found / f"{source.id}.txt" if found else None
    return path if path and path.is_file() else None


def read_held(source: Source, path: Path) -> HeldText:
    """The text of ``source`` in the file at ``path``; raises :class:`DataError` for a file that cannot be read."""
    return hold(source, read_text(path))


def hold(source: Source, text: str) -> HeldText:
    """The text with whether it is the one that was recorded for ``source``."""
    proved: Proved = "unrecorded"
    if source.text is not None:
        same = text_hash(reading_text(text, source.language)) == source.text.sha256
        proved = "proved" if same else "differs"
    return HeldText(source.id, source.language, proved, text)


def _places(text: str, lang: Lang) -> list[int]:
    """Where each character of the reading text stands in the text itself."""
    if lang == "zh":
        return [place for place, sign in enumerate(text) if not sign.isspace()]
    spaces = {found.start(): found.end() for found in _SPACE.finditer(text)}
    inner = {start for start, end in spaces.items() if start > 0 and end < len(text)}
    return [place for place, sign in enumerate(text) if not sign.isspace() or place in inner]


def _passage(text: str, start: int, end: int, lang: Lang) -> Passage:
    """The paragraph around ``text[start:end]``: between blank lines, or between line ends in a text that has none."""
    breaks = [found.span() for found in _BLANK.finditer(text)] or [found.span() for found in re.finditer("\n", text)]
    first = max((after for _, after in breaks if after <= start), default=0)
    last = min((before for before, _ in breaks if before >= end), default=len(text))
    before = _unwrapped(text[first:start], lang).lstrip()
    after = _unwrapped(text[end:last], lang).rstrip()
    head, tail = _last_sentences(before), _first_sentences(after)
    return Passage(head, _unwrapped(text[start:end], lang), tail, head != before, tail != after)


def _unwrapped(part: str, lang: Lang) -> str:
    """Lines joined: with a space, but in Chinese only where both lines meet in Latin letters or digits."""
    if lang == "en":
        return _SPACE.sub(" ", part)
    return _WRAP.sub("", _LATIN_WRAP.sub(" ", part))


def _last_sentences(before: str) -> str:
    if len(before) <= _MOST:
        return before
    near = before[-_MOST:]
    found = _SENTENCE_END.search(near)
    return near[found.end() :] if found else near


def _first_sentences(after: str) -> str:
    if len(after) <= _MOST:
        return after
    near = after[:_MOST]
    ends = [found.end() for found in _SENTENCE_END.finditer(near)]
    return near[: ends[-1]].rstrip() if ends else near

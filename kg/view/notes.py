"""Curators' notes, which say the same in Chinese and then in English, in the reader's language alone."""

from __future__ import annotations

import re

from kg.model.text import Lang
from kg.view.terms import Said

__all__ = ["say_note"]

#: A sentence ends here, and the next begins behind the space.
_ENDS = re.compile(r"(?<=[。！？.!?])\s+|(?<=[。！？.!?][”’)）])\s+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")


def say_note(note: str, lang: Lang) -> Said:
    """The sentences of ``note`` in ``lang``; all of it where it has none, for a note is never dropped.

    >>> say_note("主语省略。 The subject is left out.", "en").words
    'The subject is left out.'
    >>> say_note("主语省略。", "en")
    Said(words='主语省略。', lang='zh')
    """
    sentences = [(_tongue(sentence), sentence) for sentence in _ENDS.split(note.strip())]
    own = [sentence for tongue, sentence in sentences if tongue == lang]
    if own:
        return Said(("" if lang == "zh" else " ").join(own), lang)
    return Said(note.strip(), sentences[0][0])


def _tongue(sentence: str) -> Lang:
    """Chinese says in one sign what takes English a few letters, and each quotes a few of the other's words."""
    return "zh" if 3 * len(_CHINESE.findall(sentence)) >= len(_LATIN.findall(sentence)) else "en"

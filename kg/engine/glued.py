"""Finds SERVICE and FROM where they stand against their neighbour, as in ``SERVICESILENT`` or ``FROMg:one``.

For a lexer that takes the longest word these are other words. A parser without one, as Oxigraph's, takes a keyword
wherever its letters stand, and reads on behind it. What can stand right before SERVICE and ends in letters is a
boolean; right before FROM it is ASK.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.engine.tokens import Token

__all__ = ["glued", "may_be_glued"]

_SERVICE = re.compile(r"(?:TRUE|FALSE)?SERVICE(?:SILENT)?", re.IGNORECASE)
_FROM = re.compile(r"(?:ASK)?FROM(?:NAMED)?", re.IGNORECASE)
_WATCHED = re.compile("SERVICE|FROM", re.IGNORECASE)


def may_be_glued(query: str) -> bool:
    """Whether one of the two stands anywhere in ``query``, in a string or an IRI too."""
    return _WATCHED.search(query) is not None


def glued(words: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """Each word (white space and comments left out) that can be read so, with ``service`` or ``from_glued``.

    A name whose prefix begins so is let pass where it can only be a name: of SERVICE a declared one, unless a group
    follows that no GRAPH is for; of FROM one within braces, behind FROM and NAMED, and what DESCRIBE describes.
    """
    declared = {words[index + 1].text for index, word in enumerate(words[:-1]) if _is(word, "PREFIX")}
    describes = any(_is(word, "DESCRIBE") for word in words)
    depth = 0
    for index, word in enumerate(words):
        before = words[index - 1] if index else Token("end", "", 0)
        follows = words[index + 1].text if index + 1 < len(words) else ""
        if word.kind == "mark":
            depth += (word.text == "{") - (word.text == "}")
        elif word.kind == "word":
            if _SERVICE.fullmatch(word.text):
                yield word, "service"
            elif _FROM.fullmatch(word.text) and not _is(word, "FROM"):
                yield word, "from_glued"
        elif word.kind == "name" and not _is(before, "PREFIX"):
            prefix = word.text.partition(":")[0]
            known = f"{prefix}:" in declared
            if _SERVICE.match(prefix) and not (known and (follows != "{" or _is(before, "GRAPH"))):
                yield word, "service"
            elif _FROM.match(prefix) and depth == 0 and not _is(before, "FROM", "NAMED") and not (known and describes):
                yield word, "from_glued"


def _is(word: Token, *keywords: str) -> bool:
    return word.kind == "word" and word.text.upper() in keywords

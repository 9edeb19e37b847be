"""Finds the word of a malformed query at which Oxigraph stopped understanding it.

Oxigraph reports the furthest character that any of its attempts has looked at; an attempt at a keyword looks at as many
characters as the keyword has, so the place is often some words too far, or the end of the text. White space between two
words means nothing in SPARQL: the query is parsed once more, on an empty store, with more blanks between any two words
than the longest keyword has letters. Then no attempt can look past the word at which it failed.
"""

from __future__ import annotations

import bisect
import re
from typing import NamedTuple

import pyoxigraph

from kg.engine.tokens import significant

__all__ = ["Failure", "find_failure"]

_GAP = " " * 24  # the longest keyword is ENCODE_FOR_URI
_MOST_WORDS = 20_000
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


class Failure(NamedTuple):
    """Where in the query the word begins that cannot stand there (its length: at the end), and Oxigraph's own words."""

    offset: int
    message: str


def find_failure(query: str, message: str) -> Failure:
    """Where ``query`` fails, whose parser said ``message``."""
    words = significant(query)
    if len(words) > _MOST_WORDS:
        return Failure(_offset(query, message), message)
    starts, text = [], ""
    parts = []
    position = 0
    for word in words:
        starts.append(position)
        parts.append(word.text)
        position += len(word.text) + len(_GAP)
    text = _GAP.join([*parts, ""])
    try:
        pyoxigraph.Store().query(text)
    except SyntaxError as error:
        message = str(error.args[0])
        at = bisect.bisect_right([*starts, len(text)], _offset(text, message)) - 1
        return Failure(words[at].offset if 0 <= at < len(words) else len(query), message)
    except (OSError, RuntimeError, ValueError):
        pass  # it could be parsed so, and failed later: keep the first place
    return Failure(_offset(query, message), message)


def _offset(text: str, message: str) -> int:
    """The character that a message points to: its lines end with line feeds, its columns count characters from 1."""
    place = _PLACE.match(message)
    if place is None:
        return 0
    line, column = int(place[1]), int(place[2])
    before = text.split("\n")[: line - 1]
    return min(len(text), sum(len(each) + 1 for each in before) + column - 1)

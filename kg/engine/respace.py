"""Reads a query without answering it, and finds the word at which Oxigraph stopped understanding it.

Oxigraph reports the furthest character that any of its attempts has looked at; an attempt at a keyword looks at as many
characters as the keyword has, so the place is often some words too far, or the end of the text. White space between two
words means nothing in SPARQL: the query is parsed once more with more blanks between any two words than the longest
keyword has letters. Then no attempt can look past the word at which it failed.
"""

from __future__ import annotations

import bisect
import functools
import re

import pyoxigraph

from kg.engine.tokens import significant
from kg.engine.wire import Failure

__all__ = ["check", "find_failure"]

_GAP = " " * 24  # the longest keyword is ENCODE_FOR_URI
_MOST_WORDS = 20_000
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


def check(query: str) -> Failure | None:
    """Where ``query`` is not SPARQL; None for one that can be asked. Nothing is evaluated, an ASK neither."""
    message = _parse(query)
    return None if message is None else find_failure(query, message)


def find_failure(query: str, message: str) -> Failure:
    """Where ``query`` fails, whose parser said ``message``."""
    words = significant(query)
    if len(words) > _MOST_WORDS:
        return Failure(_offset(query, message), message)
    starts, parts = [], []
    position = 0
    for word in words:
        starts.append(position)
        parts.append(word.text)
        position += len(word.text) + len(_GAP)
    text = _GAP.join([*parts, ""])
    said = _parse(text)
    if said is None:  # it can be parsed so: keep the first place
        return Failure(_offset(query, message), message)
    at = bisect.bisect_right([*starts, len(text)], _offset(text, said)) - 1
    return Failure(words[at].offset if 0 <= at < len(words) else len(query), said)


def _parse(query: str) -> str | None:
    """What the parser has against ``query``.

    A value is given for a variable that the query has not: Oxigraph refuses that when it has read the query and before
    it begins to answer it.
    """
    name = "nobody"
    while name in query:
        name += "0"
    try:
        _empty().query(query, substitutions={pyoxigraph.Variable(name): pyoxigraph.Literal("")})
    except SyntaxError as error:
        return str(error.args[0])
    except (OSError, RuntimeError, ValueError):
        return None
    return None


@functools.cache
def _empty() -> pyoxigraph.Store:
    return pyoxigraph.Store()


def _offset(text: str, message: str) -> int:
    """The character that a message points to: its lines end with line feeds, its columns count characters from 1."""
    place = _PLACE.match(message)
    if place is None:
        return 0
    line, column = int(place[1]), int(place[2])
    before = text.split("\n")[: line - 1]
    return min(len(text), sum(len(each) + 1 for each in before) + column - 1)

"""Says in a person's words why a query that was read could not be worked out, from what Oxigraph said."""

from __future__ import annotations

import re

from kg.engine.faultwords import Both, in_words
from kg.errors import QueryError, UnanswerableQuery

__all__ = ["failure_of"]

_MOST_SHOWN = 300  # characters of a function's IRI
#: What Oxigraph finds out only when it comes to a call: that no such function is known, or none of so many arguments.
_UNKNOWN = re.compile(r"The custom function (<.*>) is not supported")
_MISCOUNTED = re.compile(r"The custom function (<.*>) requires between (\d+) and (\d+) arguments, but (\d+) were given")


def failure_of(said: str) -> QueryError:
    """The error for what Oxigraph ``said`` instead of an answer: only what is told of a function is the query's own."""
    if unknown := _UNKNOWN.fullmatch(said):
        return _unanswerable("no_function", function=_shown(unknown[1]))
    if miscounted := _MISCOUNTED.fullmatch(said):
        function, least, most, given = miscounted.groups()
        wanted = _arguments(int(least), int(most))
        return _unanswerable("arguments", function=_shown(function), wanted=wanted, given=given)
    zh, en = in_words("no_answer", "failed", why=said)
    return QueryError(en, zh=zh)


def _unanswerable(key: str, **values: object) -> UnanswerableQuery:
    zh, en = in_words("no_answer", key, **values)
    return UnanswerableQuery(en, zh=zh)


def _shown(iri: str) -> str:
    return iri if len(iri) <= _MOST_SHOWN else iri[: _MOST_SHOWN - 1] + "…"


def _arguments(least: int, most: int) -> Both:
    if least == most:
        return Both(f"{most} 个", "1 argument" if most == 1 else f"{most} arguments")
    return Both(f"{least} 到 {most} 个", f"{least} to {most} arguments")

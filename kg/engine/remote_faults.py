"""Says in a person's words why a store gave no answer, from what it answered instead."""

from __future__ import annotations

import re

from kg.engine.faultwords import in_words, unavailable
from kg.engine.http import Exchange
from kg.errors import QueryError, QueryTimeout, UnanswerableQuery

__all__ = ["failure_of"]

_MOST_SHOWN = 300  # characters of what a store says
#: How stores say that a limit of their own has stopped a query: Virtuoso, Fuseki, GraphDB, Stardog, QLever.
_TIMED_OUT = re.compile(
    r"S1T00|S1TAT|time[ -]?d? ?out|timeout|exceeds the limit of \d+ \(sec\)|query evaluation interrupted", re.IGNORECASE
)
#: What Virtuoso adds to each message: the whole query, with what it was told besides.
_ECHO = re.compile(r"\s*SPARQL query:.*", re.DOTALL)
#: How Virtuoso says, with the status of a fault of its own, that it has no such function.
_UNDEFINED = "SR185: Undefined procedure"
_MARKUP = re.compile(r"<[^<>]*>")


def failure_of(exchange: Exchange, url: str, seconds: float, hidden: tuple[str, ...] = ()) -> QueryError:
    """The error for a response that is no success, to a question that was asked ``seconds`` ago."""
    status = exchange.status
    if status in (301, 302, 303, 307, 308):
        return unavailable("moved", url=url, to=exchange.headers.get("location", "?")[:_MOST_SHOWN])
    if status in (401, 403):
        return unavailable("password", url=url)
    if status in (404, 405, 410):
        return unavailable("no_endpoint", url=url, status=status)
    if status in (429, 502, 503):
        return unavailable("store_busy", url=url, status=status)
    said = _ECHO.sub("", exchange.told())
    for secret in hidden:
        said = said.replace(secret, "…")
    if status in (408, 504) or _TIMED_OUT.search(said):
        return QueryTimeout(round(seconds, 1))
    zh, en = in_words("no_answer", "dialect", why=_first_words(said) or f"HTTP {status}")
    at_fault = status == 400 or _UNDEFINED in said
    return UnanswerableQuery(en, zh=zh) if at_fault else QueryError(en, zh=zh)


def _first_words(said: str) -> str:
    plain = " ".join(_MARKUP.sub(" ", said).split())
    return plain if len(plain) <= _MOST_SHOWN else plain[: _MOST_SHOWN - 1] + "…"

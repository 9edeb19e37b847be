"""Reads what a store answers into an :class:`~kg.engine.answer.Answer`'s bytes, as it comes."""

from __future__ import annotations

import contextlib
import copy
import json
from collections.abc import Callable, Mapping
from typing import IO, NamedTuple, cast

import pyoxigraph

from kg.engine.answer import Form
from kg.engine.base import Limits
from kg.engine.http import Broken, Exchange
from kg.engine.sink import Enough, RowSink, TooLong, TripleSink
from kg.engine.wire import Cancelled, Overdue
from kg.errors import QueryError

__all__ = ["NotAnAnswer", "Read", "read_answer"]

_RESULTS: Mapping[str, pyoxigraph.QueryResultsFormat] = {
    "application/sparql-results+json": pyoxigraph.QueryResultsFormat.JSON,
    "application/json": pyoxigraph.QueryResultsFormat.JSON,
    "application/sparql-results+xml": pyoxigraph.QueryResultsFormat.XML,
    "application/xml": pyoxigraph.QueryResultsFormat.XML,
    "text/xml": pyoxigraph.QueryResultsFormat.XML,
}
_GRAPHS: Mapping[str, pyoxigraph.RdfFormat] = {
    "application/n-triples": pyoxigraph.RdfFormat.N_TRIPLES,
    "text/plain": pyoxigraph.RdfFormat.N_TRIPLES,
    "text/turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/x-turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/rdf+xml": pyoxigraph.RdfFormat.RDF_XML,
}
_MOST_OF_ASK = 10_000  # bytes


class NotAnAnswer(Exception):
    """The response is none of the standard formats, or breaks off within one; the text says what it is."""


class Read(NamedTuple):
    """An answer's body in the form of :class:`~kg.engine.answer.Answer`, its rows, and whether there were more."""

    body: bytes
    rows: int
    cut: bool


def read_answer(form: Form, exchange: Exchange, limits: Limits) -> Read:
    """Read the body of a response that says that all is well.

    Raises NotAnAnswer, TooLong for more bytes than the limits allow, Broken, and Overdue and Cancelled of its question.
    """
    exchange.most = limits.megabytes << 20
    read: Callable[[Exchange, Limits], Read] = {"select": _select, "ask": _ask, "graph": _graph}[form]
    try:
        return read(exchange, limits)
    except (SyntaxError, ValueError, RecursionError) as error:
        failure: Exception = NotAnAnswer(f"{exchange.media_type}: {str(error)[:200]}")
    except (Broken, TooLong, Overdue, Cancelled, QueryError) as error:
        failure = copy.copy(error)
    # Raised here, without the frames in which Oxigraph's reader lives: only this very thread may let go of that.
    raise failure


def _select(exchange: Exchange, limits: Limits) -> Read:
    if exchange.media_type not in _RESULTS:
        raise ValueError("no format for results")
    found = pyoxigraph.parse_query_results(cast("IO[bytes]", exchange), _RESULTS[exchange.media_type])
    if isinstance(found, pyoxigraph.QueryBoolean):
        raise ValueError("a yes or no where rows were asked for")
    rows = RowSink(limits.rows, limits.megabytes << 20)
    with contextlib.suppress(Enough):
        found.serialize(cast("IO[bytes]", rows), pyoxigraph.QueryResultsFormat.TSV)
    return Read(b"".join(rows.blocks), rows.rows, rows.cut)


def _ask(exchange: Exchange, limits: Limits) -> Read:
    del limits  # a yes or no has none
    said = exchange.told(_MOST_OF_ASK)
    if exchange.media_type in ("text/plain", "text/html") and said.lower() in ("true", "false"):
        return Read(said.lower().encode(), 1, False)
    if exchange.media_type not in _RESULTS:
        raise ValueError("no format for a yes or no")
    if _RESULTS[exchange.media_type] == pyoxigraph.QueryResultsFormat.JSON:
        read = json.loads(said)
        verdict = read.get("boolean") if isinstance(read, dict) else None
    else:
        found = pyoxigraph.parse_query_results(said, pyoxigraph.QueryResultsFormat.XML)
        verdict = bool(found) if isinstance(found, pyoxigraph.QueryBoolean) else None
    if not isinstance(verdict, bool):
        raise ValueError("no yes or no in it")
    return Read(b"true" if verdict else b"false", 1, False)


def _graph(exchange: Exchange, limits: Limits) -> Read:
    if exchange.media_type not in _GRAPHS:
        raise ValueError("no format for graphs")
    triples = TripleSink(limits.rows, limits.megabytes << 20)
    quads = pyoxigraph.parse(cast("IO[bytes]", exchange), _GRAPHS[exchange.media_type])
    with contextlib.suppress(Enough):
        pyoxigraph.serialize(
            (quad.triple for quad in quads), cast("IO[bytes]", triples), pyoxigraph.RdfFormat.N_TRIPLES
        )
    return Read(b"".join(triples.blocks), triples.rows, triples.cut)

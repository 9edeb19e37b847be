"""Reads a request of the SPARQL 1.1 Protocol: the query, and the graphs that it is asked of.

See https://www.w3.org/TR/sparql11-protocol/, section 2.1. A query comes by GET, in a posted form, or as a posted body
of its own; the graphs always as parameters.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from kg.engine.base import Graphs
from kg.errors import QueryStopped
from kg.serve.faults import ProtocolError

__all__ = ["Asked", "read_request"]

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

#: The longest body: the guard's longest query, each byte of it spelled as three.
MOST_BYTES = 3_100_000
_MOST_FIELDS = 10_000


class Asked(NamedTuple):
    """A query, the ``graphs`` beside it (None: as the query itself says), the ``format`` and ``lang`` wished for."""

    query: str
    graphs: Graphs | None
    format: str
    lang: str


async def read_request(request: Request) -> Asked | None:
    """What ``request`` asks; None for a GET without a query, which asks what this place is.

    Raises ProtocolError, and QueryStopped when the client goes away before all is said.
    """
    fields = _fields(request.scope["query_string"])
    if request.method == "POST":
        kind = _content_type(request)
        body = await _body(request)
        fields += _fields(body) if kind == FORM else [("query", _text(body))]
    if any(name == "update" for name, _ in fields):
        raise ProtocolError(400, "read_only")
    said = dict(fields)
    request.state.lang = said.get("lang", "")  # for what may have to be said of the query
    queries = [value for name, value in fields if name == "query"]
    if not queries and request.method != "POST":
        return None
    if len(queries) != 1:
        raise ProtocolError(400, "not_one_query", count=len(queries))
    # An empty one is what a form sends whose field was left empty.
    default = tuple(value for name, value in fields if name == "default-graph-uri" and value)
    named = tuple(value for name, value in fields if name == "named-graph-uri" and value)
    graphs = Graphs(default, named) if default or named else None
    return Asked(queries[0], graphs, said.get("format", ""), said.get("lang", ""))


def _content_type(request: Request) -> str:
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    if kind == UPDATE:
        raise ProtocolError(400, "read_only")
    if kind not in (FORM, QUERY) or _charset(parameters) not in ("utf-8", "utf8"):
        raise ProtocolError(415, "not_posted_so", form=FORM, query=QUERY, kind=kind or "–")
    return kind


def _charset(parameters: str) -> str:
    said = (each.partition("=") for each in parameters.lower().split(";"))
    return next((value.strip(' "') for name, _, value in said if name.strip() == "charset"), "utf-8")


async def _body(request: Request) -> bytes:
    pieces, size = [], 0
    try:
        async for piece in request.stream():
            size += len(piece)
            if size > MOST_BYTES:
                raise ProtocolError(413, "too_long", most=MOST_BYTES)
            pieces.append(piece)
    except ClientDisconnect:
        raise QueryStopped(0.0) from None
    return b"".join(pieces)


def _fields(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise ProtocolError(400, "not_utf8", why=error) from None


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise ProtocolError(400, "not_utf8", why=error) from None

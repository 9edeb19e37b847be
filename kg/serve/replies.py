"""Turns an answer into a response: in the format that was chosen, in pieces where it is long, with its validator."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from kg.engine.answer import Answer
from kg.engine.base import Engine, Graphs
from kg.engine.convert import convert_in_pieces
from kg.engine.repeatable import repeatable
from kg.errors import QueryError
from kg.export.answer_about import About
from kg.export.answer_files import write_answer_file
from kg.graph.names import PREFIXES, SD
from kg.model.text import Lang
from kg.query.labels import read_labels
from kg.serve.description import FORMATS
from kg.serve.faults import ProtocolError
from kg.serve.formats import Chosen, formats_of
from kg.serve.pages import graph_page, verdict_page
from kg.view.tables import iris_of

__all__ = ["body_of", "etag_of", "headers_of", "reply"]

_PREFIXES = {**PREFIXES, "sd": SD, "formats": FORMATS}
_PIECE = 1 << 18  # bytes that are handed over at once: the client's pace holds the rest back
_PAGE_ROWS = 2_000  # that a page for people shows

#: A page may hold what the data holds, and does nothing: no script, nothing fetched.
_PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'"


def etag_of(query: str, graphs: Graphs | None, chosen: Chosen, lang: Lang, data_version: str) -> str:
    """A weak validator (rows may come in another order); empty for a query that gives another answer each time."""
    if not repeatable(query):
        return ""
    said = "\0".join((query, repr(graphs), chosen.media_type, lang if chosen.name == "html" else ""))
    return f'W/"{data_version}-{hashlib.sha256(said.encode(errors="replace")).hexdigest()[:16]}"'


def headers_of(chosen: Chosen, etag: str, lang: Lang) -> dict[str, str]:
    """What every answer says of itself: it may be kept, and is to be checked by its validator before it is used."""
    headers = {"Vary": "Accept, Accept-Language" if chosen.name == "html" else "Accept", "Cache-Control": "no-cache"}
    headers["X-Content-Type-Options"] = "nosniff"
    if etag:
        headers["ETag"] = etag
    if chosen.name == "html":
        headers |= {"Content-Language": lang, "Content-Security-Policy": _PAGE_POLICY}
    return headers


def body_of(answer: Answer, chosen: Chosen, query: str, engine: Engine, lang: Lang) -> Iterable[bytes]:
    """The answer's bytes. Raises ProtocolError for one that the format cannot hold, before the first of them."""
    if chosen.name == "html":
        return [_page(answer, query, engine, lang)]
    pieces = convert_in_pieces(answer, chosen.name, prefixes=_PREFIXES)
    try:
        first: bytes | None = next(pieces)
    except QueryError:  # of an XML, which comes as a whole
        first = None
    if first is None:  # raised here and not there: what Oxigraph was reading may only be let go by this very thread
        others = (name for name in formats_of(answer.form) if name not in ("xml", "rdfxml", "html"))
        raise ProtocolError(406, "cannot_hold", others=", ".join(others))
    return _chain(first, pieces) if answer.rows > 0 else [first]


def reply(
    pieces: Iterable[bytes], chosen: Chosen, headers: dict[str, str], hold: Callable[[], Callable[[], None]]
) -> Response:
    """The response: whole and with its length where it is one short piece, else as a stream.

    A stream takes a place by ``hold`` until it is read: who reads slowly makes the server keep the answer.
    """
    if isinstance(pieces, list) and len(pieces) == 1 and len(pieces[0]) <= _PIECE:
        return Response(pieces[0], headers=headers, media_type=chosen.media_type)
    return _Stream(_sliced(pieces), headers=headers, media_type=chosen.media_type, leave=hold())


class _Stream(StreamingResponse):
    def __init__(self, pieces: Iterator[bytes], *, leave: Callable[[], None], **rest: Any) -> None:
        super().__init__(pieces, **rest)
        self._leave = leave

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._leave()


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterable[bytes]:
    second = next(rest, None)
    if second is None:
        return [first]
    return _chained(first, second, rest)


def _chained(first: bytes, second: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield second
    yield from rest


def _sliced(pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        for start in range(0, len(piece), _PIECE):
            yield piece[start : start + _PIECE]


def _page(answer: Answer, query: str, engine: Engine, lang: Lang) -> bytes:
    if answer.form == "ask":
        return verdict_page(answer.boolean, query, lang)
    if answer.form == "graph":
        return graph_page(engine, query, answer, lang)
    labels = read_labels(engine, iris_of(answer, _PAGE_ROWS))
    return write_answer_file(answer, "html", About("", query, answer.data_version, lang=lang), labels)

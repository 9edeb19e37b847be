"""One line of JSON for each request: who waited how long for what, without the words that a reader looked for."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.engine.tokens import Token, tokenize

__all__ = ["Logged", "log_to_stderr", "redacted"]

LOGGER = logging.getLogger("kg.serve")

_MOST_SHOWN = 2_000  # characters of a query in the log
_REDACTED = {"string": '"…"', "number": "0", "space": " "}
_IRI = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]*:[^'()&]*)?>")

#: Quotation marks that are none in SPARQL and all the same stand around what a reader looked for.
_QUOTES = {"“": "“”", "”": "“”", "‘": "‘’", "’": "‘’", "„": "“”", "«": "»", "`": "`"}
_WIDE = re.compile("[「」『』＂＇]")


class Logged:
    """Logs every request to ``app``; a handler adds what it knows to ``request.state.log``."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        facts: dict[str, Any] = {}
        scope.setdefault("state", {})["log"] = facts
        started, seen = time.perf_counter(), {"status": 0, "bytes": 0}

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
            elif message["type"] == "http.response.body":
                seen["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception:  # that nobody foresaw: who is outside of this answers with 500, and tells it
            seen["status"] = seen["status"] or 500
            facts["failed"] = "crashed"
            raise
        finally:
            if LOGGER.isEnabledFor(logging.INFO):
                took = round(1000 * (time.perf_counter() - started), 2)
                client = (scope.get("client") or ("",))[0]
                LOGGER.info(_line(scope["method"], scope["path"], client, took, {**seen, **facts}))


def _line(method: str, path: str, client: str, took: float, facts: dict[str, Any]) -> str:
    told = {"at": _now(), "client": client, "method": method, "path": path, "ms": took, **facts}
    if "query" in told:  # made fit for the log here, when the client has its answer
        query, whole = told["query"]
        told["query"] = query if whole else redacted(query)
    return json.dumps(told, ensure_ascii=False)


def redacted(query: str) -> str:
    """The query with a mark in place of each string and number, its comments left out: the question, not its words."""
    return _redacted(query[: 2 * _MOST_SHOWN])


@lru_cache(maxsize=256)  # programs ask the same again and again
def _redacted(query: str) -> str:
    parts, closing = [], ""
    for token in tokenize(query):
        if closing:  # between the quotation marks of a text, which are no strings
            closing = "" if token.text in closing or "\n" in token.text else closing
        elif token.text in _QUOTES:
            closing = _QUOTES[token.text]
            parts.append('"…"')
        elif token.kind != "comment":
            parts.append(_REDACTED.get(token.kind, token.text) if _plain(token) else "…")
    return "".join(parts).strip()[:_MOST_SHOWN]


def _plain(token: Token) -> bool:
    """Whether no string can hide in it: ``<'a'&&?b>`` is an IRI by the grammar, and a comparison for some parsers."""
    return _IRI.fullmatch(token.text) is not None if token.kind == "iri" else not _WIDE.search(token.text)


def log_to_stderr() -> None:
    """Write the lines to standard error, with what the server has to say of itself as lines of the same kind."""
    # What no line has need not be found out for each: Python's logging HOWTO, “Optimization”.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    for logger, level in ((LOGGER, logging.INFO), (logging.getLogger("uvicorn.error"), logging.WARNING)):
        logger.addHandler(handler)
        logger.setLevel(level)
        logger.propagate = False


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        if record.name == LOGGER.name:
            return record.getMessage()
        told = {"at": _now(), "level": record.levelname.lower(), "said": record.getMessage().strip()}
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")

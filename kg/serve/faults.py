"""What the endpoint says when it gives no answer: a status, a reason, and what to do."""

from __future__ import annotations

import json
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import (
    AnswerTooLarge,
    EngineUnavailable,
    KgError,
    MalformedQuery,
    QueryStopped,
    QueryTimeout,
    RefusedQuery,
    UnanswerableQuery,
)
from kg.model.text import Lang
from kg.serve.language import language
from kg.serve.words import say

__all__ = ["ProtocolError", "kind_of", "refusal"]

#: Seconds after which to ask again when all places are taken.
RETRY_AFTER = 2

# The statuses of SPARQL 1.1 Protocol, section 2.2: 400 for what is no query, or none that is answered here: what the
# client has to mend. Clients take 401 and 403 for a wish for a password, so a refusal is a 400, too. A deadline is
# never an empty answer. Every other error is the server's own, and a 500.
_STATUS: tuple[tuple[type[KgError], int, str], ...] = (
    (MalformedQuery, 400, "malformed"),
    (RefusedQuery, 400, "refused"),
    (UnanswerableQuery, 400, "unanswerable"),
    (QueryTimeout, 504, "timeout"),
    (QueryStopped, 503, "stopped"),
    (AnswerTooLarge, 507, "too-large"),
    (EngineUnavailable, 503, "unavailable"),
)


class ProtocolError(KgError):
    """Raised for a request that the SPARQL 1.1 Protocol, or HTTP, does not have.

    ``status`` is the one to answer with, ``key`` that of its words, in which ``values`` are filled in.
    """

    def __init__(self, status: int, key: str, *, headers: Mapping[str, str] | None = None, **values: object) -> None:
        self.status = status
        self.headers = dict(headers or {})
        super().__init__(say(key, "en", **values), zh=say(key, "zh", **values))


def refusal(request: Request, error: KgError) -> Response:
    """The response for ``error``: a sentence in plain text, or RFC 9457 problem details where JSON is wanted."""
    status, kind = _status(error), kind_of(error)
    lang = _spoken(error, language(request, getattr(request.state, "lang", None)))
    headers = dict(error.headers) if isinstance(error, ProtocolError) else {}
    headers |= {"Cache-Control": "no-store", "Content-Language": lang, "X-Content-Type-Options": "nosniff"}
    if status == 503:
        headers["Retry-After"] = str(RETRY_AFTER)
    if "json" not in request.headers.get("accept", "").lower():
        text = error.say(lang) + "\n"
        return Response(text, status, headers, media_type="text/plain; charset=utf-8")
    told: dict[str, object] = {"type": f"urn:bde:{kind}", "title": kind, "status": status, "detail": error.say(lang)}
    if isinstance(error, MalformedQuery):
        cures = [{"label": cure.label(lang)} for cure in error.cures]
        told |= {"line": error.line, "column": error.column, "cures": cures}
    body = json.dumps(told, ensure_ascii=False).encode()
    return Response(body, status, headers, media_type="application/problem+json")


def kind_of(error: KgError) -> str:
    """What kind of failure it is, in a word that has nothing of the query in it."""
    if isinstance(error, ProtocolError):
        return "not-found" if error.status == 404 else "request"
    return next((kind for each, _, kind in _STATUS if isinstance(error, each)), "failed")


def _spoken(error: KgError, wished: Lang) -> Lang:
    """``wished``, where the error has words in that language."""
    return wished if error.say(wished) != error.say("en") else "en"


def _status(error: KgError) -> int:
    if isinstance(error, ProtocolError):
        return error.status
    return next((status for each, status, _ in _STATUS if isinstance(error, each)), 500)

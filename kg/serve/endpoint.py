"""The endpoint as an ASGI application: SPARQL, what it is, what the data set is, its things, and its health."""

from __future__ import annotations

import re
import threading
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg.engine.answer import Answer, Form
from kg.engine.base import Limits, StepwiseEngine
from kg.engine.forms import form_at_a_glance, form_of
from kg.engine.guard import MOST_BYTES
from kg.engine.pending import Pending
from kg.errors import AnswerTooLarge, KgError
from kg.model.text import Lang
from kg.serve.asking import Desk
from kg.serve.description import dataset_description, service_description
from kg.serve.faults import ProtocolError, kind_of, refusal
from kg.serve.formats import Chosen, choose
from kg.serve.language import language
from kg.serve.logs import Logged
from kg.serve.pages import ask_page, thing_page
from kg.serve.protocol import Asked, read_request
from kg.serve.replies import body_of, etag_of, headers_of, reply
from kg.serve.settings import Settings
from kg.serve.things import describe_thing
from kg.serve.words import say

__all__ = ["make_app"]

_HOST = re.compile(r"[A-Za-z0-9._\-]+(:[0-9]+)?|\[[0-9A-Fa-f:.]+\](:[0-9]+)?")
_OPAQUE = re.compile(r'"([^"]*)"')
_HEALTH = Limits(seconds=5.0, rows=1)
_ANY_NEWS = "ASK { FILTER (RAND() < 2) }"  # which is asked anew each time
_SOON = 0.001  # seconds
_SHORT = 1 << 16  # bytes of an answer that are written in another format in no time

_Page = Callable[[], bytes]


class _Question:
    """What one request asks; ``log`` is told what became of it."""

    def __init__(
        self, engine: StepwiseEngine, asked: Asked, chosen: Chosen, lang: Lang, limits: Limits, log: dict[str, object]
    ) -> None:
        self._engine, self._asked, self._chosen, self._lang, self._limits = engine, asked, chosen, lang, limits
        self._log = log
        self._pending: Pending | None = None

    def pieces_soon(self, gone: threading.Event) -> Iterable[bytes] | None:
        """The response's bytes, where they are few and can be had at once."""
        answer = self._begun(gone).within(_SOON)
        short = answer is not None and len(answer.body) <= _SHORT and self._chosen.name != "html"
        return self.pieces(gone) if short else None

    def pieces(self, gone: threading.Event) -> Iterable[bytes]:
        """The response's bytes."""
        answer, limits = self._begun(gone).answer(), self._limits
        self._log |= {"rows": answer.rows, "engine_ms": round(1000 * answer.seconds, 2)}
        if answer.cut:
            raise AnswerTooLarge(say("cut", "en", rows=limits.rows), zh=say("cut", "zh", rows=limits.rows))
        return body_of(answer, self._chosen, self._asked.query, self._engine, self._lang)

    def _begun(self, gone: threading.Event) -> Pending:
        if self._pending is None:
            query, graphs = self._asked.query, self._asked.graphs
            self._pending = self._engine.begin(query, limits=self._limits, cancel=gone, graphs=graphs)
        return self._pending


class _Endpoint:
    """Answers requests from ``engine``, each in a thread beside the event loop."""

    def __init__(self, engine: StepwiseEngine, settings: Settings) -> None:
        self._engine = engine
        self._settings = settings
        self._desk = Desk(settings.places)

    @asynccontextmanager
    async def open(self, _app: Starlette) -> AsyncIterator[None]:
        """From the start of the server to its end."""
        try:
            yield
        finally:
            self._desk.close()

    async def sparql(self, request: Request) -> Response:
        """The protocol: an answer, or for a GET without a query what this service is."""
        asked = await read_request(request)
        if asked is None:
            return await self.service(request)
        self._note(request, asked)
        lang = language(request, asked.lang)
        accept = request.headers.get("accept", "")
        form = await _form_of(asked.query)
        # What is no query at all is answered by what is wrong with it, and not by what it cannot be had in.
        chosen = choose(form, accept, asked.format) if form else choose("select", "")
        etag = etag_of(asked.query, asked.graphs, chosen, lang, self._engine.data_version)
        headers = headers_of(chosen, etag, lang)
        if etag and etag in _validators(request):
            return Response(status_code=304, headers=headers)
        question = _Question(self._engine, asked, chosen, lang, self._settings.limits, request.state.log)
        pieces = await self._desk.work(request, question.pieces, question.pieces_soon)
        return reply(pieces, chosen, headers, lambda: self._desk.hold(request))

    async def service(self, request: Request) -> Response:
        """The service description, or for a browser a page that says the same to a person."""
        address, lang = _address(request), language(request)
        return await self._graph(
            request,
            lambda: service_description(self._engine, address),
            lambda _: ask_page(self._engine, address, lang),
        )

    async def dataset(self, request: Request) -> Response:
        """``/.well-known/void``: the data set's own description."""
        address = _address(request)
        return await self._graph(request, lambda: dataset_description(self._engine, address))

    async def thing(self, request: Request) -> Response:
        """One of the graph's own IRIs."""
        path, lang = request.path_params["path"], language(request)
        iri = ""

        def described() -> Answer:
            nonlocal iri
            iri, answer = describe_thing(self._engine, path)
            return answer

        return await self._graph(request, described, lambda answer: thing_page(self._engine, iri, answer, lang))

    async def _graph(
        self, request: Request, describe: Callable[[], Answer], page: Callable[[Answer], bytes] | None = None
    ) -> Response:
        lang = language(request)
        chosen = choose("graph", request.headers.get("accept", ""), request.query_params.get("format", ""))
        if chosen.name == "html" and page is None:
            chosen = choose("graph", "text/turtle")
        etag = etag_of(str(request.url), None, chosen, lang, self._engine.data_version)
        headers = headers_of(chosen, etag, lang)
        if etag in _validators(request):
            return Response(status_code=304, headers=headers)

        def work(_gone: threading.Event) -> Iterable[bytes]:
            answer = describe()
            if page is not None and chosen.name == "html":
                return [page(answer)]
            return body_of(answer, chosen, "", self._engine, lang)

        return reply(await self._desk.work(request, work), chosen, headers, lambda: self._desk.hold(request))

    async def health(self, request: Request) -> Response:
        """Whether a question is answered, by asking one."""
        version = self._engine.data_version
        try:
            await self._desk.work(request, lambda gone: self._engine.ask(_ANY_NEWS, limits=_HEALTH, cancel=gone))
        except KgError as error:
            told = {"status": "down", "data_version": version, "reason": str(error)}
            return JSONResponse(told, 503, {"Cache-Control": "no-store"})
        return JSONResponse({"status": "ok", "data_version": version}, headers={"Cache-Control": "no-store"})

    def _note(self, request: Request, asked: Asked) -> None:
        request.state.log["query"] = (asked.query, self._settings.log_queries)


def make_app(engine: StepwiseEngine, settings: Settings | None = None) -> Starlette:
    """The application; whoever made ``engine`` closes it."""
    settings = settings or Settings()
    endpoint = _Endpoint(engine, settings)
    cross_origin = Middleware(
        CORSMiddleware,
        allow_origins=list(settings.origins),
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=["*"],
        expose_headers=["ETag", "Retry-After", "Content-Language"],
        max_age=86_400,
    )
    return Starlette(
        routes=[
            Route("/sparql", endpoint.sparql, methods=["GET", "POST"]),
            Route("/health", endpoint.health),
            Route("/.well-known/void", endpoint.dataset),
            Route("/", endpoint.service),
            Route("/{path:path}", endpoint.thing),
        ],
        middleware=[Middleware(Logged), cross_origin],
        exception_handlers={KgError: _refused, HTTPException: _refused, Exception: _failed},
        lifespan=endpoint.open,
    )


async def _refused(request: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException):
        error = _told(request, error)
    assert isinstance(error, KgError)  # noqa: S101 (nothing else is sent here)
    request.state.log["failed"] = kind_of(error)
    return refusal(request, error)


async def _failed(request: Request, _error: Exception) -> Response:
    return refusal(request, ProtocolError(500, "failed"))


def _told(request: Request, error: HTTPException) -> ProtocolError:
    if error.status_code == 405:
        allowed = ", ".join(sorted(re.findall(r"\w+", (error.headers or {}).get("Allow", ""))))
        return ProtocolError(405, "no_method", method=request.method, allowed=allowed, headers=error.headers)
    return ProtocolError(error.status_code, "elsewhere", what=error.detail, headers=error.headers)


async def _form_of(query: str) -> Form | None:
    """The form by the first word that names one; None for what has none, or is too long to be a query."""
    found = form_at_a_glance(query)
    return found or (None if len(query) > MOST_BYTES else await run_in_threadpool(form_of, query))


def _validators(request: Request) -> set[str]:
    said = request.headers.get("if-none-match", "")
    return {f'W/"{each}"' for each in _OPAQUE.findall(said)}  # compared weakly: RFC 9110, section 8.8.3.2


def _address(request: Request) -> str:
    """The endpoint's own address as the client knows it."""
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        raise ProtocolError(400, "bad_host")
    return f"{request.url.scheme}://{host}/sparql"

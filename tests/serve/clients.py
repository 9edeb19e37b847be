"""A server at a free port, a client that knows nothing of it but HTTP, and engines that stand in for the true one."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple, Self
from urllib.parse import urlencode

from kg.engine.answer import Answer
from kg.engine.base import DEFAULT_LIMITS, Graphs, Limits, StepwiseEngine
from kg.engine.pending import Pending, later
from kg.errors import QueryStopped
from kg.serve.endpoint import make_app
from kg.serve.server import make_server
from kg.serve.settings import Settings

__all__ = ["Failing", "Held", "Place", "Reply", "send_on", "serving"]

Headers = Mapping[str, str]


class Reply(NamedTuple):
    """What came back, its headers by their names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def type(self) -> str:
        """The media type, its parameters left out."""
        return self.headers.get("content-type", "").partition(";")[0]

    def json(self) -> Any:
        return json.loads(self.body)


class Place(NamedTuple):
    """Where a server is."""

    host: str
    port: int

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self.host, self.port, timeout=60)

    def send(self, method: str, path: str, body: bytes | None = None, headers: Headers | None = None) -> Reply:
        """One request on a connection of its own."""
        connection = self.connect()
        try:
            return send_on(connection, method, path, body, headers)
        finally:
            connection.close()

    def get(self, path: str, accept: str = "", **headers: str) -> Reply:
        """GET; a header ``accept_language`` is written as a parameter."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.send("GET", path, None, {**({"Accept": accept} if accept else {}), **named})

    def ask(self, query: str, accept: str = "", *, headers: Headers | None = None, **parameters: str) -> Reply:
        """The query by GET."""
        path = "/sparql?" + urlencode({"query": query, **parameters})
        return self.send("GET", path, None, {**({"Accept": accept} if accept else {}), **(headers or {})})

    def post(self, body: str | bytes, kind: str, *, path: str = "/sparql", headers: Headers | None = None) -> Reply:
        """The body as it is, under the media type ``kind``."""
        sent = body.encode() if isinstance(body, str) else body
        return self.send("POST", path, sent, {"Content-Type": kind, **(headers or {})})

    def raw(self, request: bytes) -> bytes:
        """All that is answered to these very bytes, until the server closes the connection."""
        with socket.create_connection(self, timeout=60) as connection:
            connection.sendall(request)
            return b"".join(iter(lambda: connection.recv(65_536), b""))


def send_on(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    body: bytes | None = None,
    headers: Headers | None = None,
) -> Reply:
    """One request on a connection that stays open."""
    connection.request(method, path, body, dict(headers or {}))
    response = connection.getresponse()
    read = response.read()
    return Reply(response.status, {name.lower(): value for name, value in response.getheaders()}, read)


class Held:
    """An engine whose questions end when they are cancelled, and not before."""

    data_version = "held"
    graphs: frozenset[str] = frozenset()

    def __init__(self) -> None:
        self.asked, self.cancelled = threading.Event(), threading.Event()

    def ask(
        self,
        query: str,
        *,
        limits: Limits = DEFAULT_LIMITS,
        cancel: threading.Event | None = None,
        graphs: Graphs | None = None,
    ) -> Answer:
        assert cancel is not None, "nobody could stop this question"
        self.asked.set()
        if cancel.wait(60):
            self.cancelled.set()
        raise QueryStopped(0.0)

    def begin(self, query: str, **options: Any) -> Pending:
        return later(lambda: self.ask(query, **options))

    def check(self, query: str) -> None:
        """All is well."""

    def close(self) -> None:
        """There is nothing to close."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Failing(Held):
    """An engine that raises what it was made with."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def ask(self, query: str, **_: Any) -> Answer:
        raise self.error


@contextmanager
def serving(engine: StepwiseEngine, settings: Settings | None = None) -> Iterator[Place]:
    """The endpoint over ``engine`` on a server that ends with the block."""
    server = make_server(make_app(engine, settings))
    opened = socket.create_server(("127.0.0.1", 0))
    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    place = Place(*opened.getsockname()[:2])
    thread = threading.Thread(target=server.run, args=([opened],))
    thread.start()
    try:
        yield place
    finally:
        server.should_exit = True
        thread.join()
        opened.close()

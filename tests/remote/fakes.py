"""A small scripted HTTP store: it notes every request, and answers as it was told, to the byte."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qsl, urlsplit

__all__ = [
    "JSON",
    "NTRIPLES",
    "TURTLE",
    "XML",
    "Asked",
    "Fake",
    "Replying",
    "Talk",
    "hang_up",
    "in_turn",
    "says",
    "silent",
]

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
NTRIPLES, TURTLE = "application/n-triples", "text/turtle"


class Asked(NamedTuple):
    """A request: ``headers`` by lower-case name, and on which ``connection`` (from 1) it came."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    connection: int

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def parameters(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Those of the form that was posted."""
        return parse_qsl(self.body.decode(), keep_blank_values=True)

    def all(self, name: str) -> list[str]:
        """The values of a field, in the order of the form."""
        return [value for field, value in self.fields if field == name]

    @property
    def query(self) -> str:
        return next(iter(self.all("query")), "")


class Talk:
    """The way back to who asked."""

    def __init__(self, handler: _Handler, fake: Fake) -> None:
        self._handler = handler
        self._fake = fake

    def raw(self, sent: bytes) -> None:
        """Send these bytes as they are."""
        self._handler.wfile.write(sent)

    def head(self, status: int = 200, media: str = "", **headers: str) -> None:
        """Send a head; the names of headers are written with underscores."""
        lines = [f"HTTP/1.1 {status} Told", f"Server: {self._fake.server}"]
        lines += [f"Content-Type: {media}"] if media else []
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.raw("\r\n".join([*lines, "", ""]).encode())

    def chunk(self, sent: bytes) -> None:
        self.raw(f"{len(sent):x}\r\n".encode() + sent + b"\r\n")

    def hang_up(self) -> None:
        """End the connection."""
        self._handler.close_connection = True
        with contextlib.suppress(OSError):
            self._handler.connection.shutdown(socket.SHUT_WR)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until the test lets go, or is over, or for so long; whether it let go."""
        return self._fake.let_go.wait(seconds)


Replying = Callable[[Asked, Talk], None]


def says(body: bytes | str, media: str = JSON, status: int = 200, framing: str = "length", **headers: str) -> Replying:
    """Answers with this body: of a told ``length``, ``chunked``, or until the ``close`` of the connection."""
    sent = body.encode() if isinstance(body, str) else body

    def reply(asked: Asked, talk: Talk) -> None:
        if framing == "length":
            talk.head(status, media, Content_Length=str(len(sent)), **headers)
            talk.raw(sent)
        elif framing == "chunked":
            talk.head(status, media, Transfer_Encoding="chunked", **headers)
            for start in range(0, len(sent), 1000):
                talk.chunk(sent[start : start + 1000])
            talk.raw(b"0\r\n\r\n")
        else:
            talk.head(status, media, Connection="close", **headers)
            talk.raw(sent)
            talk.hang_up()

    return reply


def silent(asked: Asked, talk: Talk) -> None:
    """Says nothing until the test lets go."""
    talk.wait()
    talk.hang_up()


def hang_up(asked: Asked, talk: Talk) -> None:
    """Ends the connection without a word."""
    talk.hang_up()


def in_turn(*replies: Replying) -> Replying:
    """One reply after another, the last for all that come after."""
    left = list(replies)

    def reply(asked: Asked, talk: Talk) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(asked, talk)

    return reply


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.number = self.server.fake.note_connection(self.connection)  # type: ignore[attr-defined]  # ours, below

    def _reply(self) -> None:
        fake: Fake = self.server.fake  # type: ignore[attr-defined]  # ours, below
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, self.path, headers, body, self.number)
        fake.note(asked)
        fake.reply(asked, Talk(self, fake))

    do_GET = do_POST = do_PUT = do_DELETE = _reply  # noqa: N815 (the library's names)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True
    request_queue_size = 128

    def __init__(self, fake: Fake) -> None:
        self.fake = fake
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who asked may go whenever it likes; anything else is a fault of the fake, which its end tells."""
        self.fake.note_fault()


class Fake:
    """A store on a free port of the loopback, for as long as the block lasts."""

    def __init__(self, reply: Replying = silent, *, server: str = "Fake/1", path: str = "/sparql") -> None:
        self.reply = reply
        self.server = server
        self.asked: list[Asked] = []
        self.connections = 0
        self.let_go = threading.Event()
        self._open: list[socket.socket] = []
        self._faults: list[BaseException] = []
        self._changed = threading.Condition()
        self._server = _Server(self)
        self.port = self._server.server_address[1]
        self.root = f"http://127.0.0.1:{self.port}"
        self.url = self.root + path
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def note_connection(self, opened: socket.socket) -> int:
        with self._changed:
            self._open.append(opened)
            self.connections += 1
            return self.connections

    def note(self, asked: Asked) -> None:
        with self._changed:
            self.asked.append(asked)
            self._changed.notify_all()

    def note_fault(self) -> None:
        error = sys.exc_info()[1]
        if error is not None and not isinstance(error, ConnectionError):
            self._faults.append(error)

    def wait_for(self, requests: int) -> None:
        """Wait until so many requests have come."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.asked) >= requests, 30), self.asked

    def hang_up_all(self) -> None:
        """End every connection, as a server does that has waited long enough for another request."""
        with self._changed:
            gone, self._open = self._open, []
        for each in gone:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.let_go.set()
        self._server.shutdown()
        self._thread.join()
        self.hang_up_all()
        self._server.server_close()
        assert not self._faults, self._faults

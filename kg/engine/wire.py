"""What travels between the engine and one of its workers: a request, and the reply to it.

Each is a fixed head and a body of the length that the head names, in network byte order, over a stream socket. Our own
two structs, because unpickling what a worker sent would give a worker that went wrong a way into the parent.
"""

from __future__ import annotations

import contextlib
import json
import math
import socket
import struct
import threading
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

__all__ = [
    "ASK",
    "CHECKED",
    "FAILED",
    "GRAPH",
    "MALFORMED",
    "NO_MEMORY",
    "OUTSIDE",
    "SELECT",
    "TOO_LONG",
    "Cancelled",
    "Failure",
    "Overdue",
    "Patience",
    "Reply",
    "Request",
    "exchange",
    "receive",
    "receive_request",
    "send_reply",
]

_REQUEST = struct.Struct("!dQQ??II")
_REPLY = struct.Struct("!c?QQQ")
_PIECE = 1 << 18
_LOOK_EVERY = 0.02  # seconds between two looks at a cancel event: it cannot wake a thread that waits on a socket
_LONGEST_WAIT = 3600.0  # seconds; what a socket's timeout can surely hold

# The kinds of reply: three answers, what was found in texts that were only read, and the ways to have no answer.
SELECT, ASK, GRAPH = b"s", b"a", b"g"
CHECKED = b"c"
MALFORMED, FAILED, OUTSIDE, TOO_LONG, NO_MEMORY = b"m", b"f", b"o", b"l", b"x"


class Overdue(Exception):
    """The deadline has passed."""


class Cancelled(Exception):
    """The one who asked no longer wants the answer."""


class Patience:
    """How long one question may still be waited for."""

    def __init__(self, seconds: float, cancel: threading.Event | None = None) -> None:
        self._end = time.monotonic() + seconds
        self._cancel = cancel
        self._alarm = math.inf
        self._act: Callable[[], None] = lambda: None

    def wake(self, seconds: float, act: Callable[[], None]) -> None:
        """Have ``act`` called, by who waits, when waiting has gone on for ``seconds`` from now; it may raise."""
        self._alarm, self._act = time.monotonic() + seconds, act

    @property
    def left(self) -> float:
        """The seconds until the deadline; 0 or less when it has passed."""
        return self._end - time.monotonic()

    def sleep_on(self) -> None:
        """Call nothing any more."""
        self._alarm = math.inf

    def step(self) -> float:
        """The seconds to wait before looking again. Raises Overdue or Cancelled, and what is woken raises."""
        now = time.monotonic()
        if now >= self._alarm:
            self._alarm = math.inf
            self._act()
        left = min(self._end, self._alarm) - now
        if self._cancel is not None:
            if self._cancel.is_set():
                raise Cancelled
            left = min(left, _LOOK_EVERY) if left > 0 else left
        if left <= 0:
            raise Overdue
        return min(left, _LONGEST_WAIT)


class Request(NamedTuple):
    """A question for a worker.

    At most ``rows`` rows, ``size`` bytes of answer and of memory; ``union`` makes all graphs together the default
    graph, ``graphs`` those of the protocol in place of the query's own (the default graph's, then the named ones);
    after ``seconds`` a worker that nobody can kill any more ends by itself. With ``check``, ``query`` is a JSON
    list of texts, which are read and not answered: the reply has null or the Failure of each.
    """

    query: str
    seconds: float
    rows: int
    size: int
    union: bool
    check: bool = False
    graphs: tuple[Sequence[str], Sequence[str]] | None = None


class Reply(NamedTuple):
    """A worker's answer: its kind, whether it was cut, its rows, by how many bytes the worker has grown, its body."""

    kind: bytes
    cut: bool
    rows: int
    grown: int
    body: bytes


class Failure(NamedTuple):
    """Where in a query the word begins that cannot stand there (its length: at the end), and what the parser said."""

    offset: int
    message: str


def exchange(connection: socket.socket, request: Request, patience: Patience) -> Reply:
    """Send ``request`` and wait for the reply. Raises Overdue, Cancelled, EOFError or OSError (the worker ended)."""
    seconds, rows, size, union, check = request[1:6]
    query, graphs = request.query.encode(), json.dumps(request.graphs).encode() if request.graphs else b""
    head = _REQUEST.pack(seconds, rows, size, union, check, len(query), len(graphs))
    unsent = memoryview(head + query + graphs)
    while unsent:
        connection.settimeout(patience.step())
        with contextlib.suppress(TimeoutError):
            unsent = unsent[connection.send(unsent) :]
    kind, cut, rows, grown, length = _REPLY.unpack(receive(connection, _REPLY.size, patience))
    return Reply(kind, cut, rows, grown, receive(connection, length, patience))


def receive_request(connection: socket.socket) -> Request | None:
    """The next request, or None when there will be none."""
    try:
        seconds, rows, size, union, check, length, named = _REQUEST.unpack(receive(connection, _REQUEST.size))
        query, graphs = receive(connection, length).decode(), receive(connection, named)
        return Request(query, seconds, rows, size, union, check, json.loads(graphs) if graphs else None)
    except (EOFError, ConnectionError):
        return None


def send_reply(connection: socket.socket, reply: Reply, blocks: Sequence[bytes] = ()) -> None:
    """Send ``reply``, its body followed by ``blocks``, which are not joined: an answer can be as large as the limit."""
    length = len(reply.body) + sum(map(len, blocks))
    head = _REPLY.pack(reply.kind, reply.cut, reply.rows, reply.grown, length)
    if length < _PIECE:
        connection.sendall(b"".join((head, reply.body, *blocks)))
        return
    for block in (head, reply.body, *blocks):
        connection.sendall(block)


def receive(connection: socket.socket, length: int, patience: Patience | None = None) -> bytes:
    """Exactly ``length`` bytes. Raises EOFError when the other side ends first, and what ``patience`` raises."""
    pieces = []
    while length:
        if patience is not None:
            connection.settimeout(patience.step())
        try:
            piece = connection.recv(min(length, _PIECE))
        except TimeoutError:
            continue
        if not piece:
            raise EOFError("the other side of the connection has ended")
        length -= len(piece)
        pieces.append(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)

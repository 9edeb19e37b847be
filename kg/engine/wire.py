"""What travels between the engine and one of its workers: a request, and the reply to it.

Each is a fixed head and a body of the length that the head names, in network byte order, over a stream socket. Our own
two structs, because unpickling what a worker sent would give a worker that went wrong a way into the parent.
"""

from __future__ import annotations

import json
import math
import socket
import struct
import threading
import time
from collections.abc import Callable, Generator, Sequence
from typing import Any, NamedTuple, TypeVar

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
    "finish",
    "receive",
    "receive_request",
    "send_reply",
]

T = TypeVar("T")

_REQUEST = struct.Struct("!dQQ?II")
_REPLY = struct.Struct("!c?QQQ")
_PIECE = 1 << 18  # bytes that are read at once
_FIRST = 1 << 14  # and of a message not yet known to be longer
_LOOK_EVERY = 0.02  # seconds between two looks at a cancel event: it cannot wake a thread that waits on a socket
_LONGEST_WAIT = 3600.0  # seconds; what a socket's timeout can surely hold
_SHORTEST_WAIT = 0.0001  # none at all would be another mode of the socket

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
        self._seconds = seconds
        self._cancel = cancel
        self.begin()
        self._alarm = math.inf
        self._pause = math.inf
        self._act: Callable[[], None] = lambda: None

    def begin(self, most: float = math.inf) -> None:
        """Count the time, or ``most`` seconds of it, from now."""
        self._end = time.monotonic() + min(self._seconds, most)

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

    def pause_after(self, seconds: float) -> None:
        """Who waits has something else to do in ``seconds`` from now."""
        self._pause = time.monotonic() + seconds

    @property
    def hurried(self) -> bool:
        """Whether who waits has something else to do soon."""
        return self._pause < math.inf

    @property
    def paused(self) -> bool:
        """Whether who waits is to do something else now."""
        return time.monotonic() >= self._pause

    def nap(self) -> float:
        """The seconds to wait before looking again, if there is anything else to do. Raises as :meth:`step` does."""
        return max(_SHORTEST_WAIT, min(self.step(), self._pause - time.monotonic()))

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

    At most ``rows`` rows, ``size`` bytes of answer and of memory; ``graphs`` are what it is asked of (the default
    graph's, then the named ones), None for the merge of all graphs and each by its name; after ``seconds`` a worker
    that nobody can kill any more ends by itself. With ``check``, ``query`` is a JSON list of texts, which are read and
    not answered: the reply has null or the Failure of each.
    """

    query: str
    seconds: float
    rows: int
    size: int
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


def exchange(connection: socket.socket, request: Request, patience: Patience) -> Generator[None, None, Reply]:
    """Send ``request`` and wait for the reply, with a step wherever ``patience`` says that there is a pause.

    Raises Overdue, Cancelled, EOFError or OSError (the worker ended).
    """
    seconds, rows, size, check = request[1:5]
    query, graphs = request.query.encode(), json.dumps(request.graphs).encode() if request.graphs else b""
    head = _REQUEST.pack(seconds, rows, size, check, len(query), len(graphs))
    unsent = memoryview(head + query + graphs)
    while unsent:
        connection.settimeout(patience.nap())
        try:
            unsent = unsent[connection.send(unsent) :]
        except TimeoutError:
            if patience.paused:
                yield
    (kind, cut, rows, grown, _), body = yield from _message(connection, _REPLY, 1, patience)
    return Reply(kind, cut, rows, grown, body)


def finish(steps: Generator[None, None, T]) -> T:
    """What ``steps`` end with, taken one after another."""
    while True:
        try:
            next(steps)
        except StopIteration as ended:
            result: T = ended.value
            return result


def receive_request(connection: socket.socket) -> Request | None:
    """The next request, or None when there will be none."""
    try:
        (seconds, rows, size, check, length, _), body = finish(_message(connection, _REQUEST, 2))
    except (EOFError, ConnectionError):
        return None
    query, graphs = body[:length].decode(), body[length:]
    return Request(query, seconds, rows, size, check, json.loads(graphs) if graphs else None)


def send_reply(connection: socket.socket, reply: Reply, blocks: Sequence[bytes] = ()) -> None:
    """Send ``reply``, its body followed by ``blocks``, which are not joined: an answer can be as large as the limit."""
    length = len(reply.body) + sum(map(len, blocks))
    head = _REPLY.pack(reply.kind, reply.cut, reply.rows, reply.grown, length)
    if length < _PIECE:
        connection.sendall(b"".join((head, reply.body, *blocks)))
        return
    for block in (head, reply.body, *blocks):
        connection.sendall(block)


def receive(connection: socket.socket, length: int) -> bytes:
    """Exactly ``length`` bytes. Raises EOFError when the other side ends first, OSError."""
    pieces = []
    while length:
        pieces.append(_piece(connection, min(length, _PIECE)))
        length -= len(pieces[-1])
    return b"".join(pieces)


def _message(
    connection: socket.socket, head: struct.Struct, lengths: int, patience: Patience | None = None
) -> Generator[None, None, tuple[tuple[Any, ...], bytes]]:
    """A head, whose last fields are the ``lengths`` of what follows it, and that; most fit into one piece."""
    pieces: list[bytes] = []
    fields: tuple[Any, ...] = ()
    missing, most = head.size, _FIRST
    while missing > 0:
        if patience is not None:
            connection.settimeout(patience.nap())
        try:
            pieces.append(_piece(connection, most))
        except TimeoutError:
            if patience is None:
                raise
            if patience.paused:
                yield
            continue
        missing -= len(pieces[-1])
        if not fields and missing <= 0:
            start = b"".join(pieces)
            fields, pieces, most = head.unpack_from(start), [start[head.size :]], _PIECE
            missing += sum(fields[-lengths:])
    return fields, pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _piece(connection: socket.socket, most: int) -> bytes:
    piece = connection.recv(most)
    if not piece:
        raise EOFError("the other side of the connection has ended")
    return piece

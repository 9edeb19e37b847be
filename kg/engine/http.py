"""Speaks HTTP with a store: connections that are kept, each wait no longer than the question is patient.

The requests and responses are the standard library's; ours is the socket beneath them, which looks up from every wait
to see whether the question is still wanted. So a deadline holds to the millisecond whatever the store does, and
a connection whose question was given up is closed, which tells the store.
"""

from __future__ import annotations

import base64
import contextlib
import http.client
import io
import math
import ssl
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from kg.engine.address import web_address
from kg.engine.login import Answering, Login
from kg.engine.patient import CONNECT_WITHIN, Patient, connect
from kg.engine.sink import TooLong
from kg.engine.wire import Patience

__all__ = ["Broken", "Exchange", "Http", "Unreachable"]

_MOST_IDLE = 16
_MOST_TOLD = 4_000  # bytes of what a store says when it fails
_MOST_HEADERS = 10_000


class Unreachable(Exception):
    """No connection could be had; the text says why."""


class Broken(Exception):
    """The connection ended before the answer did; the text says how."""


class _Plain(http.client.HTTPConnection):
    def connect(self) -> None:
        super().connect()
        self.sock = Patient(self.sock)


class _Secure(http.client.HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        self.sock = Patient(self.sock)


def _socket_of(connection: http.client.HTTPConnection) -> Patient:
    assert isinstance(connection.sock, Patient)  # noqa: S101 (it is only ever connected by the two classes above)
    return connection.sock


class Exchange(io.RawIOBase):
    """A response that is being read: its ``status``, its ``headers`` by lower-case name, and its body as a file.

    Closing it before its end closes the connection. Reading raises Broken, TooLong for more than ``most`` bytes, and
    Overdue and Cancelled of its question.
    """

    most: float = math.inf
    offered: str = ""  # the header Authorization of its request

    def __init__(
        self,
        home: Http,
        connection: http.client.HTTPConnection,
        patient: Patient,
        response: http.client.HTTPResponse,
    ) -> None:
        self._home = home
        self._patient = patient
        self._connection: http.client.HTTPConnection | None = connection
        self._response = response
        self.status = response.status
        self.headers: Mapping[str, str] = {name.lower(): value for name, value in response.getheaders()}

    @property
    def media_type(self) -> str:
        """The media type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what has come."""
        try:
            count = self._response.readinto(buffer)
        except (http.client.HTTPException, OSError, ValueError) as error:
            raise Broken(_said(error)) from error
        if not count and len(buffer) and self._response.length:
            raise Broken(f"{self._response.length:,} bytes are missing")
        self.most -= count
        if self.most < 0:
            raise TooLong
        return count

    def told(self, most: int = _MOST_TOLD) -> str:
        """The first ``most`` bytes of the body as text: what a store says when it fails."""
        said = b""
        while len(said) < most and (more := self.read(most - len(said))):
            said += more
        return said.decode(errors="replace").strip()

    def finish(self) -> None:
        """Read what may follow an answer that was read to its end, so that the connection can be kept."""
        self.read(64)

    def close(self) -> None:
        """Give the connection back if all was read, else end it."""
        connection, self._connection = self._connection, None
        if connection is not None:
            self._home.give_back(connection, self._patient, self._response)
        super().close()


class Http:
    """One store's address, and the connections to it; safe to share between threads.

    Raises KgError for what is no address.
    """

    def __init__(self, url: str, login: Login) -> None:
        self.url = url
        self._address = web_address(url)
        self._answering = Answering(login)
        basic = base64.b64encode(f"{login.user}:{login.password}".encode()).decode()
        self.secrets = tuple(filter(None, (login.password, login.token, login.user and basic)))
        self._lock = threading.Lock()
        self._idle: list[http.client.HTTPConnection] = []
        self._closed = False
        self._busy: set[Patient] = set()
        # Virtuoso repeats each graph of a query in a header of its own, and the library reads a hundred at most; this
        # is the only way to tell it.
        vars(http.client)["_MAXHEADERS"] = _MOST_HEADERS

    def send(
        self,
        method: str,
        body: bytes,
        headers: Mapping[str, str],
        patience: Patience,
        *,
        target: str = "",
    ) -> Exchange:
        """Send a request and read the head of its response.

        ``target`` is another path on the same server. Whatever is sent may be sent twice: if a kept connection turns
        out to have ended, it is sent once more on a new one. Raises Unreachable, Broken, and Overdue and Cancelled of
        its question.
        """
        target = target or self._address.target
        exchange = self._send(method, target, body, headers, patience)
        if exchange.status in (401, 403) and self._answering.take(
            exchange.headers.get("www-authenticate", ""), exchange.offered
        ):
            with exchange:
                exchange.told()
            exchange = self._send(method, target, body, headers, patience)
        return exchange

    def _send(self, method: str, target: str, body: bytes, headers: Mapping[str, str], patience: Patience) -> Exchange:
        kept = self._pop()
        if kept is not None:
            with contextlib.suppress(Broken):
                return self._exchange(kept, method, target, body, headers, patience)
        return self._exchange(self._connect(patience), method, target, body, headers, patience)

    def _exchange(
        self,
        connection: http.client.HTTPConnection,
        method: str,
        target: str,
        body: bytes,
        headers: Mapping[str, str],
        patience: Patience,
    ) -> Exchange:
        allowed = self._answering.header(method, target)
        sent = {**headers, **({"Authorization": allowed} if allowed else {})}
        socket_of = _socket_of(connection)
        with self._lock:
            self._busy.add(socket_of)
        try:
            socket_of.patience = patience
            connection.request(method, target, body, sent)
            exchange = Exchange(self, connection, socket_of, connection.getresponse())
            exchange.offered = allowed
            return exchange
        except BaseException as error:  # the question was given up: what comes now is nobody's
            with self._lock:
                self._busy.discard(socket_of)
            connection.close()
            if isinstance(error, (http.client.HTTPException, OSError)):
                raise Broken(_said(error)) from error
            raise

    def _connect(self, patience: Patience) -> http.client.HTTPConnection:
        scheme, host, port, _ = self._address
        connection: http.client.HTTPConnection
        if scheme == "https":
            connection = _Secure(host, port, context=ssl.create_default_context())
        else:
            connection = _Plain(host, port)
        # The library has no public way to be given a socket of one's own making.
        vars(connection)["_create_connection"] = lambda address, *_: connect(address, patience)
        try:
            connection.timeout = max(0.001, min(patience.left, CONNECT_WITHIN))
            connection.connect()
        except (OSError, UnicodeError) as error:
            connection.close()
            patience.step()  # whose time may have run out while it tried
            raise Unreachable(_said(error)) from error
        return connection

    def _pop(self) -> http.client.HTTPConnection | None:
        while True:
            with self._lock:
                kept = self._idle.pop() if self._idle else None
            if kept is None or _socket_of(kept).quiet():
                return kept
            kept.close()

    def give_back(
        self, connection: http.client.HTTPConnection, patient: Patient, response: http.client.HTTPResponse
    ) -> None:
        """Keep a connection whose response was read to its end; close any other."""
        with self._lock:
            keep = response.isclosed() and not response.will_close and not self._closed and len(self._idle) < _MOST_IDLE
            self._busy.discard(patient)
            if keep:
                self._idle.append(connection)
        if not keep:
            connection.close()
            response.close()

    def close(self) -> None:
        """Close what is kept. May be repeated."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            for busy in self._busy:
                busy.cut()
        for connection in idle:
            connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _said(error: BaseException) -> str:
    """What an error of the system or the library says, in few words."""
    return getattr(error, "strerror", None) or str(error) or type(error).__name__

"""Speaks HTTP with a store: connections that are kept, each wait no longer than the question is patient.

The requests and responses are the standard library's; ours is the socket beneath them, which looks up from every wait
to see whether the question is still wanted. So a deadline holds to the millisecond whatever the store does, and
a connection whose question was given up is closed, which tells the store.
"""

from __future__ import annotations

import http.client
import io
import math
import socket
import ssl
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

from kg.engine.login import Answering, Login
from kg.engine.sink import TooLong
from kg.engine.wire import Patience
from kg.errors import KgError

__all__ = ["Broken", "Exchange", "Http", "Unreachable", "web_address"]

_CONNECT_WITHIN = 5.0  # seconds: a host that does not answer in that time is down, however patient the question is
_MOST_IDLE = 16
_MOST_TOLD = 4_000  # bytes of what a store says when it fails
_MOST_HEADERS = 10_000
_ACKNOWLEDGE: int | None = getattr(socket, "TCP_QUICKACK", None)  # Linux has it


class Unreachable(Exception):
    """No connection could be had; the text says why."""


class Broken(Exception):
    """The connection ended before the answer did; the text says how."""


class Address(NamedTuple):
    """Where a store is; ``target`` is the path with its query."""

    scheme: str
    host: str
    port: int | None
    target: str


def web_address(url: str) -> Address:
    """The parts of ``url``. Raises KgError for what is no address of a server."""
    try:
        found = urlsplit(url)
        address = Address(found.scheme, found.hostname or "", found.port, found.path or "/")
    except ValueError as error:
        raise _no_address(url, str(error)) from None
    if found.username is not None or found.password is not None:
        raise KgError(
            "The address of an endpoint has no name and password in it, as addresses are shown and logged. "
            "Set KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD.",
            zh="端点网址会被显示和记录，不能写用户名和密码。请设置 KG_ENDPOINT_USER 和 KG_ENDPOINT_PASSWORD。",
        )
    if address.scheme not in ("http", "https") or not address.host or any(sign <= " " for sign in url):
        raise _no_address(url, "")
    return address._replace(target=address.target + (f"?{found.query}" if found.query else ""))


def _no_address(url: str, why: str) -> KgError:
    said = f" ({why})" if why else ""
    return KgError(
        f"“{url}” is no address of a SPARQL endpoint{said}. Write it as http://host:port/path.",
        zh=f"“{url}”不是 SPARQL 端点的网址{said}。请写成 http://主机:端口/路径。",
    )


class _Patient:
    """A socket that gives up when its question does."""

    def __init__(self, opened: socket.socket) -> None:
        self._socket = opened
        self.patience = Patience(_CONNECT_WITHIN)

    def sendall(self, data: bytes) -> None:
        unsent = memoryview(data)
        while unsent:
            self._socket.settimeout(self.patience.step())
            try:
                unsent = unsent[self._socket.send(unsent) :]
            except TimeoutError:
                continue

    def recv_into(self, buffer: memoryview) -> int:
        while True:
            self._socket.settimeout(self.patience.step())
            # A store that writes its answer in pieces (Virtuoso) waits with the next until the last is acknowledged,
            # and the system does so only after 40 ms unless it is told to, anew each time.
            if _ACKNOWLEDGE is not None:
                self._socket.setsockopt(socket.IPPROTO_TCP, _ACKNOWLEDGE, 1)
            try:
                return self._socket.recv_into(buffer)
            except TimeoutError:
                continue

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reading(self), 1 << 16)

    def close(self) -> None:
        self._socket.close()


class _Reading(io.RawIOBase):
    def __init__(self, patient: _Patient) -> None:
        self._patient = patient

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._patient.recv_into(memoryview(buffer))


class _Plain(http.client.HTTPConnection):
    def connect(self) -> None:
        super().connect()
        self.sock = _Patient(self.sock)


class _Secure(http.client.HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        self.sock = _Patient(self.sock)


def _socket_of(connection: http.client.HTTPConnection) -> _Patient:
    assert isinstance(connection.sock, _Patient)  # noqa: S101 (it is only ever connected by the two classes above)
    return connection.sock


class Exchange(io.RawIOBase):
    """A response that is being read: its ``status``, its ``headers`` by lower-case name, and its body as a file.

    Closing it before its end closes the connection. Reading raises Broken, TooLong for more than ``most`` bytes, and
    Overdue and Cancelled of its question.
    """

    most: float = math.inf

    def __init__(self, home: Http, connection: http.client.HTTPConnection, response: http.client.HTTPResponse) -> None:
        self._home = home
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
            self._home.give_back(connection, self._response)
        super().close()


class Http:
    """One store's address, and the connections to it; safe to share between threads.

    Raises KgError for what is no address.
    """

    def __init__(self, url: str, login: Login) -> None:
        self.url = url
        self._address = web_address(url)
        host = f"{self._address.scheme}://{urlsplit(url).netloc}"
        self._answering = Answering(login, host)
        self._lock = threading.Lock()
        self._idle: list[http.client.HTTPConnection] = []
        self._closed = False
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
        again: bool = True,
    ) -> Exchange:
        """Send a request and read the head of its response.

        ``target`` is another path on the same server. ``again`` says that the request may be sent twice: if a kept
        connection turns out to have ended, it is sent once more on a new one. Raises Unreachable, Broken, and
        Overdue and Cancelled of its question.
        """
        target = target or self._address.target
        exchange = self._send(method, target, body, headers, patience, again)
        if exchange.status in (401, 403) and self._answering.take(exchange.headers.get("www-authenticate", "")):
            with exchange:
                exchange.told()
            exchange = self._send(method, target, body, headers, patience, again)
        return exchange

    def _send(
        self, method: str, target: str, body: bytes, headers: Mapping[str, str], patience: Patience, again: bool
    ) -> Exchange:
        kept = self._pop()
        if kept is not None:
            try:
                return self._exchange(kept, method, target, body, headers, patience)
            except Broken:
                if not again:
                    raise
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
        try:
            _socket_of(connection).patience = patience
            connection.request(method, target, body, sent)
            return Exchange(self, connection, connection.getresponse())
        except (http.client.HTTPException, OSError) as error:
            connection.close()
            raise Broken(_said(error)) from error
        except BaseException:  # the question was given up: what comes now is nobody's
            connection.close()
            raise

    def _connect(self, patience: Patience) -> http.client.HTTPConnection:
        scheme, host, port, _ = self._address
        within = max(0.001, min(patience.left, _CONNECT_WITHIN))
        connection: http.client.HTTPConnection
        if scheme == "https":
            connection = _Secure(host, port, timeout=within, context=ssl.create_default_context())
        else:
            connection = _Plain(host, port, timeout=within)
        try:
            connection.connect()
        except (OSError, UnicodeError) as error:
            patience.step()  # whose time may have run out while it tried
            raise Unreachable(_said(error)) from error
        return connection

    def _pop(self) -> http.client.HTTPConnection | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def give_back(self, connection: http.client.HTTPConnection, response: http.client.HTTPResponse) -> None:
        """Keep a connection whose response was read to its end; close any other."""
        with self._lock:
            keep = response.isclosed() and not response.will_close and not self._closed and len(self._idle) < _MOST_IDLE
            if keep:
                self._idle.append(connection)
        if not keep:
            connection.close()

    def close(self) -> None:
        """Close what is kept. May be repeated."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
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

"""Runs the endpoint: opens its port, says where it is, and ends it in an orderly way."""

from __future__ import annotations

import logging
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from kg.errors import KgError

__all__ = ["make_server", "run"]

_GRACE = 5  # seconds in which requests under way may end


def run(app: ASGIApp, host: str, port: int, started: Callable[[str], None]) -> None:
    """Serve ``app`` until the process is told to end; ``started`` is given the endpoint's address, once it is open.

    ``port`` 0 takes any that is free. Raises KgError where the port cannot be opened.
    """
    opened = _open(host, port)
    with opened:
        number = opened.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        with _orderly_end():
            started(f"http://{shown}:{number}/sparql")
            make_server(app).run(sockets=[opened])


def make_server(app: ASGIApp) -> uvicorn.Server:
    """The server of ``app``, which is to be given its open socket."""
    # It writes whole addresses, with the queries in them, wherever a handler stands above it.
    logging.getLogger("uvicorn.access").disabled = True
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http="h11",  # whatever else is installed: it holds heads to a length
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=True,
            timeout_graceful_shutdown=_GRACE,
        )
    )


@contextmanager
def _orderly_end() -> Iterator[None]:
    """A signal to end is no failure: once the server has ended, which sends it anew, all that is open is closed."""
    before = {number: signal.signal(number, _leave) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _open(host: str, port: int) -> socket.socket:
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        opened = socket.create_server(address[:2], family=family, backlog=2048)
    except (OSError, UnicodeError) as error:  # the second for a name that is too long for one
        reason = (getattr(error, "strerror", None) or str(error)).partition(" (while")[0]
        raise KgError(
            f"The port {port} of {host} cannot be opened ({reason}). Choose another with --port, or --host.",
            zh=f"无法打开 {host} 的端口 {port}（{reason}）。请用 --port 或 --host 另选。",
        ) from error
    # asyncio does this for sockets of its own only; a head and a small body would else wait 40 ms for each other.
    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return opened

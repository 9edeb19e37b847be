"""A socket that looks up from every wait to see whether its question is still wanted."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import select
import socket
import time
from typing import Any

from kg.engine.wire import Patience

__all__ = ["CONNECT_WITHIN", "Patient", "connect"]

CONNECT_WITHIN = 5.0  # seconds: a host that does not answer in that time is down, however patient the question is
_ACKNOWLEDGE: int | None = getattr(socket, "TCP_QUICKACK", None)  # Linux has it


class Patient:
    """A socket that gives up when its question does."""

    def __init__(self, opened: socket.socket) -> None:
        self._socket = opened
        self._wanted, self._readers = True, 0
        self.patience = Patience(CONNECT_WITHIN)

    def sendall(self, data: bytes) -> None:
        """Send all of ``data``. Raises OSError, and what the question's patience raises."""
        unsent = memoryview(data)
        while unsent:
            self._socket.settimeout(self.patience.step())
            try:
                unsent = unsent[self._socket.send(unsent) :]
            except TimeoutError:
                continue

    def recv_into(self, buffer: memoryview) -> int:
        """Read what has come. Raises OSError, and what the question's patience raises."""
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
        """What the library reads a response from."""
        self._readers += 1
        return io.BufferedReader(_Reading(self), 1 << 16)

    def close(self) -> None:
        """End the connection, as soon as nobody reads from it any more: a response may be read after that."""
        self._wanted = False
        self._end()

    def let_go(self) -> None:
        """One reader fewer."""
        self._readers -= 1
        self._end()

    def _end(self) -> None:
        if not self._wanted and not self._readers:
            self._socket.close()

    def cut(self) -> None:
        """End the connection under whoever waits for it."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def quiet(self) -> bool:
        """Whether nothing has come, not even the end, since the last answer."""
        try:
            return not select.select([self._socket], [], [], 0)[0]
        except (OSError, ValueError):
            return False


class _Reading(io.RawIOBase):
    def __init__(self, patient: Patient) -> None:
        self._patient = patient

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._patient.recv_into(memoryview(buffer))

    def close(self) -> None:
        if not self.closed:
            super().close()
            self._patient.let_go()


def connect(address: tuple[str, int], patience: Patience) -> socket.socket:
    """A connection to the first address of a host that takes one. Raises OSError, and what ``patience`` raises."""
    end = time.monotonic() + CONNECT_WITHIN
    failed: OSError = OSError("no address")
    for family, kind, protocol, _, where in socket.getaddrinfo(*address, 0, socket.SOCK_STREAM):
        opened = socket.socket(family, kind, protocol)
        try:
            opened.setblocking(False)
            error = opened.connect_ex(where)
            while error in (errno.EINPROGRESS, errno.EWOULDBLOCK):
                left = min(patience.step(), end - time.monotonic())
                if left <= 0:
                    raise TimeoutError("timed out")
                if select.select([], [opened], [], left)[1]:
                    error = opened.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if error:
                raise OSError(error, os.strerror(error))
            opened.settimeout(max(0.001, end - time.monotonic()))
            return opened
        except OSError as why:
            opened.close()
            failed = why
        except BaseException:
            opened.close()
            raise
    raise failed

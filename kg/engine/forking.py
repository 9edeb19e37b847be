"""Workers forked from a supervisor that has the data loaded (Linux, macOS): see :mod:`kg.engine.zygote`."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

from kg.engine import wire
from kg.engine.control import COMMAND, ENDED, FORK, KILL, LENGTH, SLOW
from kg.engine.faultwords import unavailable
from kg.engine.launcher import Ending, child_environment
from kg.errors import EngineUnavailable

__all__ = ["ForkLauncher", "can_fork"]

_ANSWER_WITHIN = 10.0  # seconds in which a supervisor must do as told; it only forks, kills and waits


def can_fork() -> bool:
    """Whether this system can fork a process and hand it a socket."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds") and hasattr(socket, "AF_UNIX")


class ForkLauncher:
    """Starts the supervisor, starts another if it was killed, and has it fork workers.

    Without ``merge``, workers have the graphs as they are, see :mod:`kg.engine.early`; for that, no other supervisor is
    started. Raises EngineUnavailable where no process can be started.
    """

    def __init__(self, nquads: bytes, *, merge: bool = True) -> None:
        self._nquads = nquads
        self._merge = merge
        self._lock = threading.Lock()
        self._closed = False
        self._supervisor = _Supervisor(merge)

    def load(self) -> frozenset[str]:
        """Hand the data over and wait until it is loaded; the named graphs in it. Raises EngineUnavailable."""
        try:
            return self._supervisor.load(self._nquads)
        except EngineUnavailable:
            if self._closed:
                raise unavailable("closed") from None
            raise

    def launch(self) -> ForkedWorker:
        """A new worker, which is being forked while this returns. Raises EngineUnavailable."""
        with self._lock:
            if self._closed:
                raise unavailable("closed")
            if self._merge and not self._supervisor.alive():
                self._supervisor.close()
                self._supervisor = _Supervisor(self._merge)
                if self._closed:  # just now
                    self._supervisor.close()
                self.load()
            return self._supervisor.fork()

    def close(self) -> None:
        """End the supervisor, which ends its workers."""
        self._closed = True
        self._supervisor.close()  # also one that somebody with the lock waits for
        with self._lock:
            self._supervisor.close()


class _Supervisor:
    """One supervisor process, by its control socket. Raises EngineUnavailable where it cannot start."""

    def __init__(self, merge: bool) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._deaf = True  # until it has loaded
        self._fed = False
        try:
            self._control, other = socket.socketpair()
        except OSError as error:
            raise unavailable("not_started", error=error) from error
        with other:
            descriptor = other.fileno()
            try:
                self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
                    [sys.executable, "-P", "-m", "kg.engine.zygote", str(descriptor), str(int(merge))],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    env=child_environment(),
                    pass_fds=[descriptor],
                    start_new_session=True,  # Ctrl-C in the terminal is for the program that asks
                )
            except OSError as error:
                self._control.close()
                raise unavailable("not_started", error=error) from error

    def load(self, nquads: bytes) -> frozenset[str]:
        """Hand over the data; the named graphs in it. Raises EngineUnavailable, also when it is closed meanwhile."""
        try:
            told = self._hand_over(nquads)
        except (EOFError, OSError, ValueError) as error:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_ANSWER_WITHIN)  # it ends by itself, and how is to be told
            self.close()
            raise unavailable("ended_loading", code=self._process.returncode) from error
        if "error" in told:
            self.close()
            raise unavailable("not_loaded", why=told["error"])
        return frozenset(told["graphs"])

    def _hand_over(self, nquads: bytes) -> dict[str, Any]:
        assert self._process.stdin is not None  # noqa: S101 (opened as a pipe above)
        self._fed = True
        with contextlib.suppress(BrokenPipeError), self._process.stdin as pipe:  # it refused the data, and says why
            pipe.write(nquads)
        (length,) = LENGTH.unpack(wire.receive(self._control, LENGTH.size))
        told: dict[str, Any] = json.loads(wire.receive(self._control, length))
        self._deaf = False
        return told

    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def fork(self) -> ForkedWorker:
        """A new worker: the supervisor forks it when it reads the command, questions wait in the socket till then."""
        try:
            connection, other = socket.socketpair()
        except OSError as error:
            raise unavailable("not_started", error=error) from error
        number = next(self._numbers)
        try:
            with other, self._lock:
                socket.send_fds(self._control, [COMMAND.pack(FORK, number)], [other.fileno()])
        except OSError as error:
            connection.close()
            raise unavailable("supervisor_ended", error=error) from error
        return ForkedWorker(self, number, connection)

    def kill(self, number: int) -> Ending:
        """Have a worker killed and reaped; how it ended."""
        try:
            with self._lock:
                self._control.settimeout(_ANSWER_WITHIN)
                self._control.sendall(COMMAND.pack(KILL, number))
                code, length = ENDED.unpack(wire.receive(self._control, ENDED.size))
                return Ending(code, wire.receive(self._control, length).decode(errors="replace"))
        except (EOFError, OSError):
            self.close()  # it is dead, or it hangs: either way its workers are nobody's, and end with their connection
            return Ending(0, "")

    def slow_down(self, number: int) -> None:
        """Have a worker give way; one whose supervisor is gone will be found out by its next question."""
        with contextlib.suppress(OSError), self._lock:
            self._control.sendall(COMMAND.pack(SLOW, number))

    def close(self) -> None:
        """Close the connection, on which it kills its workers and ends; wait for that. One that loads is killed."""
        if self._deaf:
            self._process.kill()
        if not self._fed and self._process.stdin is not None:
            self._process.stdin.close()
        self._control.close()
        try:
            self._process.wait(_ANSWER_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@dataclass(frozen=True, slots=True)
class ForkedWorker:
    """A worker as its parent sees it: a socket to ask on, and the supervisor that can kill it."""

    _supervisor: _Supervisor
    _number: int
    _connection: socket.socket

    def usable(self) -> bool:
        """Whether its supervisor still stands."""
        return self._supervisor.alive()

    def exchange(self, request: wire.Request, patience: wire.Patience) -> Generator[None, None, wire.Reply]:
        """Send a question and wait for the reply; see :func:`kg.engine.wire.exchange`."""
        return wire.exchange(self._connection, request, patience)

    def slow_down(self) -> bool:
        """Have the process give way to others for as long as it lives: only root could take that back."""
        self._supervisor.slow_down(self._number)
        return True

    def end(self) -> Ending:
        """Kill the process, wait until it is gone, and tell how it ended."""
        ending = self._supervisor.kill(self._number)
        self._connection.close()
        return ending

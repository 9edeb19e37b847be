"""Workers started as fresh processes that load the data themselves, where a system cannot fork (Windows).

Each connects back over the loopback interface and proves by a secret, given to it on its standard input, that it is
ours; then it is sent the data. Starting one takes as long as loading, which happens while the one before it works.
"""

from __future__ import annotations

import hmac
import json
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator

from kg.engine import wire
from kg.engine.control import LENGTH, SECRET_BYTES
from kg.engine.faultwords import unavailable
from kg.engine.launcher import Ending, child_environment
from kg.errors import EngineUnavailable

__all__ = ["SpawnLauncher", "SpawnedWorker"]

_START_WITHIN = 300.0  # seconds from starting a worker to its having loaded the data
_PROVE_WITHIN = 10.0  # seconds in which whoever connects must show the secret
_LAST_WORDS = 4000  # bytes of a dead worker's error output that are handed on


class SpawnLauncher:
    """Starts one process for each worker. Raises EngineUnavailable when none can be started."""

    def __init__(self, nquads: bytes) -> None:
        self._nquads = nquads
        self._lock = threading.Lock()
        self._workers: list[SpawnedWorker] = []
        self._closed = False
        self._first: SpawnedWorker | None = self._start()

    def load(self) -> frozenset[str]:
        """Wait until the first worker has loaded the data; the named graphs in it. Raises EngineUnavailable."""
        assert self._first is not None  # noqa: S101 (none is launched before this)
        try:
            return self._first.loaded()
        except EngineUnavailable:
            self._first.end()
            raise

    def launch(self) -> SpawnedWorker:
        """A new worker, which is still loading when this returns. Raises EngineUnavailable."""
        with self._lock:
            if self._closed:
                raise unavailable("closed")
            worker, self._first = self._first or self._start(), None
            self._workers = [each for each in self._workers if each.usable()] + [worker]
            return worker

    def _start(self) -> SpawnedWorker:
        try:
            return SpawnedWorker(self._nquads)
        except OSError as error:
            raise unavailable("not_started", error=error) from error

    def close(self) -> None:
        """End every worker."""
        with self._lock:
            self._closed = True
            workers, self._workers = self._workers, []
            if self._first is not None:
                workers.append(self._first)
        for worker in workers:
            worker.end()


class SpawnedWorker:
    """A worker as its parent sees it. Raises OSError when the process cannot be started."""

    def __init__(self, nquads: bytes) -> None:
        self._secret = secrets.token_bytes(SECRET_BYTES)
        self._words = tempfile.TemporaryFile()  # noqa: SIM115 (read when the worker has ended)
        self._ready = threading.Event()
        self._connection: socket.socket | None = None
        self._told: dict[str, object] = {}
        listener = socket.create_server(("127.0.0.1", 0))
        command = [sys.executable, "-P", "-m", "kg.engine.spawned", str(listener.getsockname()[1])]
        try:
            self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
                command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=self._words, env=child_environment()
            )
        except OSError:
            listener.close()
            self._words.close()
            raise
        assert self._process.stdin is not None  # noqa: S101 (opened as a pipe above)
        with self._process.stdin as pipe:
            pipe.write(self._secret)
        threading.Thread(target=self._load, args=(listener, nquads), daemon=True).start()

    def _load(self, listener: socket.socket, nquads: bytes) -> None:
        """Wait for the worker to connect, hand over the data, and learn which graphs there are."""
        connection = None
        try:
            with listener:
                connection = self._accept(listener)
            if connection is not None:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                connection.sendall(LENGTH.pack(len(nquads)))
                connection.sendall(nquads)
                (length,) = LENGTH.unpack(wire.receive(connection, LENGTH.size))
                self._told = json.loads(wire.receive(connection, length))
                self._connection = connection
        except (EOFError, OSError) as error:
            self._told = {"error": f"the worker that was to load it ended: {error}"}
            if connection is not None:
                connection.close()
        finally:
            self._ready.set()

    def _accept(self, listener: socket.socket) -> socket.socket | None:
        """The connection of whoever knows the secret; None when the worker ended without connecting."""
        until = time.monotonic() + _START_WITHIN
        listener.settimeout(0.2)
        while time.monotonic() < until and self._process.poll() is None:
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            connection.settimeout(_PROVE_WITHIN)
            try:
                if hmac.compare_digest(wire.receive(connection, SECRET_BYTES), self._secret):
                    connection.settimeout(_START_WITHIN)
                    return connection
            except (EOFError, OSError):
                pass  # someone else who found the port: let them go, and wait on
            connection.close()
        return None

    def loaded(self) -> frozenset[str]:
        """Wait until the data is loaded; the named graphs in it. Raises EngineUnavailable."""
        self._ready.wait(_START_WITHIN)
        graphs = self._told.get("graphs")
        if not isinstance(graphs, list):
            why = self._told.get("error", "its process did not start")
            raise unavailable("not_loaded", why=why)
        return frozenset(graphs)

    def usable(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def exchange(self, request: wire.Request, patience: wire.Patience) -> Generator[None, None, wire.Reply]:
        """Send a question and wait for the reply; see :func:`kg.engine.wire.exchange`."""
        while not self._ready.wait(patience.nap()):
            if patience.paused:
                yield
        if self._connection is None:
            raise EOFError("the worker did not start")
        return (yield from wire.exchange(self._connection, request, patience))

    def slow_down(self) -> bool:
        """Nothing: starting another in its place would cost more than it gives."""
        return False

    def end(self) -> Ending:
        """Kill the process, wait until it is gone, and tell how it ended."""
        self._process.kill()
        code = self._process.wait()
        self._ready.wait(_PROVE_WITHIN)
        if self._connection is not None:
            self._connection.close()
        if self._words.closed:
            return Ending(code, "")
        with self._words as words:
            words.seek(max(0, words.seek(0, 2) - _LAST_WORDS))
            return Ending(code, words.read().decode(errors="replace"))

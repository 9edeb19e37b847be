"""A real SPARQL store of another make: Virtuoso, started on this machine for the tests that ask one.

Needs Debian's virtuoso-opensource; without it the tests skip and say so, or fail where KG_REQUIRE_BROWSER=1, which asks
that everything be here.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NoReturn

import pytest

from kg.engine.login import Login
from kg.export.loading import load_store

__all__ = ["LOGIN", "Virtuoso", "virtuoso"]

LOGIN = Login("dba", "dba")  # as a new database has it; it listens on the loopback only
_STARTED_WITHIN = 60  # seconds

_SETTINGS = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
CheckpointInterval = 0
CaseMode = 2
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
ThreadsPerQuery = 2
MaxQueryMem = 1G
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 64
MaxKeepAlives = 64
KeepAliveTimeout = 60
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 2000000
MaxQueryExecutionTime = 600
"""


def no_virtuoso() -> NoReturn:
    reason = "no virtuoso-t on this machine"
    if os.environ.get("KG_REQUIRE_BROWSER") == "1":
        pytest.fail(f"{reason}, and KG_REQUIRE_BROWSER=1 asks for everything", pytrace=False)
    pytest.skip(reason)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


class Virtuoso:
    """A Virtuoso in a folder of its own, empty at first; it can be killed, and started again on what it had kept."""

    def __init__(self, folder: Path, buffers: int = 20_000) -> None:
        self.folder = folder
        self.port = free_port()
        self.endpoint = f"http://127.0.0.1:{self.port}/sparql"
        self._process: subprocess.Popen[bytes] | None = None
        settings = _SETTINGS.format(sql=free_port(), http=self.port, buffers=buffers, dirty=3 * buffers // 4)
        (folder / "virtuoso.ini").write_text(settings)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        program = shutil.which("virtuoso-t") or no_virtuoso()
        (self.folder / "virtuoso.lck").unlink(missing_ok=True)
        command = [program, "+foreground", "+configfile", "virtuoso.ini"]
        self._process = subprocess.Popen(command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + _STARTED_WITHIN
        while time.monotonic() < end and self._process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.endpoint}?query=ASK%20%7B%7D", timeout=2):  # noqa: S310
                    return
            except OSError:
                _give_it_time()
        pytest.fail("Virtuoso did not start: " + (self.folder / "virtuoso.log").read_text()[-2000:], pytrace=False)

    def load(self, nquads: BinaryIO) -> None:
        """Send it a graph, as ``kg load`` does."""
        load_store(self.endpoint, LOGIN, nquads)

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End it, by default as a crash would."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait()
            self._process = None


def _give_it_time() -> None:
    """A started process is waited for by the clock, and nothing else is."""
    import threading

    threading.Event().wait(0.1)


@contextmanager
def virtuoso(nquads: BinaryIO | None = None) -> Iterator[Virtuoso]:
    """A Virtuoso, with this graph in it if one is given, for as long as the block lasts."""
    with tempfile.TemporaryDirectory() as folder:
        store = Virtuoso(Path(folder))
        try:
            store.start()
            if nquads is not None:
                store.load(nquads)
            yield store
        finally:
            store.end()

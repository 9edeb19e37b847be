"""The supervisor: holds the loaded graph, answers nothing, forks a worker whenever one is wanted, and kills it.

Forking a loaded process costs milliseconds where a fresh process would load the data again, and a killed worker leaves
the graph untouched. Started by :mod:`kg.engine.forking` as ``python -m kg.engine.zygote DESCRIPTOR MERGE`` and not by
``multiprocessing``, which would import the parent's main module (Streamlit's) again. It reads the N-Quads from standard
input, merges their graphs if MERGE is 1, then obeys the commands that come over the socket DESCRIPTOR: fork a worker
for the socket that comes with the command, or kill a worker and tell how it ended. Only the one that forks may reap, so
that no number of a process is ever used again before it is killed. When the socket closes, because the parent closed it
or died, all ends.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterator
from typing import BinaryIO

from kg.engine.confine import no_core_dumps
from kg.engine.control import COMMAND, ENDED, FORK, LENGTH, SLOW
from kg.engine.loading import Loaded, load
from kg.engine.worker import serve

__all__ = ["Zygote", "main"]

_GIVES_WAY = 10  # of 19: others get some nine tenths of a processor that both want
_LAST_WORDS = 4000  # bytes of a dead worker's error output that are handed on


class Zygote:
    """The loaded store, and the workers forked from it by the number that the parent gave them."""

    def __init__(self, control: socket.socket, loaded: Loaded) -> None:
        self._control = control
        self._loaded = loaded
        self._workers: dict[int, tuple[int, BinaryIO]] = {}
        self._unborn: dict[int, str] = {}

    def obey(self) -> None:
        """Carry out commands until the parent is gone, then leave no worker behind."""
        try:
            while True:
                command, descriptors, _, _ = socket.recv_fds(self._control, COMMAND.size, 1, socket.MSG_WAITALL)
                if len(command) < COMMAND.size:
                    return
                action, number = COMMAND.unpack(command)
                if action == FORK:
                    self._try_to_fork(number, socket.socket(fileno=descriptors[0]))
                elif action == SLOW:
                    self._slow_down(number)
                else:
                    status, words = self._kill(number)
                    self._control.sendall(ENDED.pack(status, len(words)) + words)
        except ConnectionError:
            return
        finally:
            for number in list(self._workers):
                self._kill(number)

    def _try_to_fork(self, number: int, connection: socket.socket) -> None:
        """Fork; where the system refuses (too many processes), the parent sees the connection end and asks why."""
        with connection:
            try:
                self._fork(number, connection)
            except OSError as error:
                self._unborn[number] = f"no worker could be started: {error}"

    def _fork(self, number: int, connection: socket.socket) -> None:
        words = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 (kept until the worker has ended)
        process = os.fork()
        if process == 0:
            self._become_worker(connection, words)
        self._workers[number] = (process, words)

    def _become_worker(self, connection: socket.socket, words: BinaryIO) -> None:
        """In the child: serve, then end without unwinding into the supervisor's loop."""
        status = 1
        try:
            self._control.close()
            for _, other in self._workers.values():
                other.close()
            os.dup2(words.fileno(), 2)
            gc.enable()
            serve(connection, self._loaded)
            status = 0
        except BaseException:  # whatever it was: the parent is told by the last words
            os.write(2, traceback.format_exc().encode(errors="replace"))
        finally:
            os._exit(status)

    def _slow_down(self, number: int) -> None:
        if number in self._workers:
            os.setpriority(os.PRIO_PROCESS, self._workers[number][0], _GIVES_WAY)

    def _kill(self, number: int) -> tuple[int, bytes]:
        """Kill a worker and wait for its end; its exit code (negative: the signal) and the end of its error output."""
        if number not in self._workers:
            return 0, self._unborn.pop(number, "").encode()
        process, words = self._workers.pop(number)
        os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
        with words:
            words.seek(max(0, words.seek(0, os.SEEK_END) - _LAST_WORDS))
            return os.waitstatus_to_exitcode(status), words.read()


@contextlib.contextmanager
def _ending_with(control: socket.socket) -> Iterator[None]:
    """End this process when the parent is gone meanwhile: it says nothing before it was told something."""
    here, there = socket.socketpair()

    def watch() -> None:
        if control in select.select([control, there], [], [])[0]:
            os._exit(0)

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield
    finally:
        here.close()
        watching.join()  # no thread may run beside a fork
        there.close()


def main(descriptor: int, merge: bool) -> None:
    """Load, tell the parent which graphs there are or why there are none, and obey it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    no_core_dumps()
    gc.disable()
    control = socket.socket(fileno=descriptor)
    with _ending_with(control):
        loaded, told = load(sys.stdin.buffer, merge=merge)
    sys.stdin.close()
    gc.freeze()
    body = json.dumps(told).encode()
    with contextlib.suppress(ConnectionError):  # the parent is gone: obeying will end at once
        control.sendall(LENGTH.pack(len(body)) + body)
    if loaded is not None:
        Zygote(control, loaded).obey()
        os._exit(0)  # at once: gigabytes need not be given back piece by piece


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2] == "1")

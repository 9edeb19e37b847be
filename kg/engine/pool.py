"""Lends out workers, one to a question, and keeps one in reserve so that no question waits for a process to start."""

from __future__ import annotations

import threading

from kg.engine.faultwords import unavailable
from kg.engine.launcher import Ending, Launcher, Worker
from kg.engine.wire import Overdue, Patience
from kg.errors import EngineUnavailable

__all__ = ["Pool"]


class Pool:
    """At most ``places`` workers at work at once, and at least one idle beside them; used by many threads.

    The one used last is lent first: its memory is warm, and the others' stays shared with the supervisor.
    """

    def __init__(self, launcher: Launcher, places: int) -> None:
        self._launcher = launcher
        self._places = places
        self._free = threading.Semaphore(places)
        self._lock = threading.Lock()
        self._idle: list[Worker] = [launcher.launch()]
        self._closed = False

    def take(self, patience: Patience) -> Worker:
        """A worker for one question; end it or give it back. Raises EngineUnavailable (busy, closed), Cancelled."""
        try:
            free = self._free.acquire(blocking=False)  # with no patience at all, a free place is still no busy engine
            while not free:
                free = self._free.acquire(timeout=patience.step())
        except Overdue:
            raise unavailable("busy", places=self._places) from None
        try:
            return self._pick()
        except BaseException:
            self._free.release()
            raise

    def _pick(self) -> Worker:
        """An idle worker, else a new one; a lock is never held while one starts, as that can mean loading the data."""
        self.check_open()
        worker = self._pop() or self._launcher.launch()
        try:
            if not self._idle:
                self._keep(self._launcher.launch())
        except EngineUnavailable:
            worker.end()
            raise
        return worker

    def _pop(self) -> Worker | None:
        while True:
            with self._lock:
                worker = self._idle.pop() if self._idle else None
            if worker is None or worker.usable():
                return worker
            worker.end()

    def _keep(self, worker: Worker) -> None:
        with self._lock:
            wanted = not self._closed and len(self._idle) < self._places
            if wanted:
                self._idle.append(worker)
        if not wanted:
            worker.end()

    def give_back(self, worker: Worker) -> None:
        """Return a worker that can answer again."""
        self._keep(worker)
        self._free.release()

    def lose(self, worker: Worker) -> Ending:
        """End a worker, free its place, and tell how it ended."""
        try:
            return worker.end()
        finally:
            self._free.release()

    def check_open(self) -> None:
        """Raises EngineUnavailable after :meth:`close`."""
        if self._closed:
            raise unavailable("closed")

    def close(self) -> None:
        """End all idle workers; whoever has one learns from its connection that it ended."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.end()

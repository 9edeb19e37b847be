"""Lends out workers, one to a question, and keeps one in reserve so that no question waits for a process to start."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from kg.engine.faultwords import unavailable
from kg.engine.launcher import Ending, Launcher, Worker
from kg.engine.queue import Place, Queue
from kg.engine.readers import reader_now
from kg.engine.wire import Patience
from kg.errors import EngineUnavailable

__all__ = ["Lease", "Pool"]

#: Seconds after which a question is a long one.
LONG = 0.2


@dataclass(eq=False, slots=True)
class Lease:
    """A worker that answers one question, the place that the question has, and whether the worker can answer more."""

    worker: Worker
    place: Place
    slowed: bool = False


class Pool:
    """At most ``places`` workers at short questions and as many at long ones, and at least one idle beside them.

    None is there before :meth:`warm` or the first question.

    Used by many threads. The worker used last is lent first: its memory is warm, and the others' stays shared with the
    supervisor.
    """

    def __init__(self, launcher: Launcher, places: int) -> None:
        self._launcher = launcher
        self._places = places
        self._queue = Queue(places)
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._closed = False

    def warm(self) -> None:
        """Have a first worker started. Raises EngineUnavailable."""
        self._keep(self._launch())

    def take(self, patience: Patience) -> Lease:
        """A worker for one question; end it or give it back. Raises EngineUnavailable (busy, closed), Cancelled."""
        place = self._queue.enter(reader_now(), patience)
        try:
            lease = Lease(self._pick(), place)
        except BaseException:
            self._queue.leave(place)
            raise
        patience.wake(LONG, lambda: self._turn_long(lease))
        return lease

    def ready(self) -> bool:
        """Whether there seems to be a worker that need not be started first."""
        with self._lock:
            return bool(self._idle) and self._idle[-1].usable()

    def _turn_long(self, lease: Lease) -> None:
        if self._queue.turn_long(lease.place):
            lease.slowed = lease.worker.slow_down()

    def _pick(self) -> Worker:
        """An idle worker, else a new one; a lock is never held while one starts, as that can mean loading the data."""
        self.check_open()
        worker = self._pop() or self._launch()
        try:
            if not self._idle:
                self._keep(self._launch())
        except EngineUnavailable:
            worker.end()
            raise
        return worker

    def _launch(self) -> Worker:
        try:
            return self._launcher.launch()
        except EngineUnavailable:
            self.check_open()  # of a launcher that is closed meanwhile, that is what is to be told
            raise

    def _pop(self) -> Worker | None:
        while True:
            with self._lock:
                worker = self._idle.pop() if self._idle else None
            if worker is None or worker.usable():
                return worker
            worker.end()

    def _keep(self, worker: Worker) -> None:
        with self._lock:
            wanted = not self._closed and len(self._idle) <= self._places
            if wanted:
                self._idle.append(worker)
        if not wanted:
            worker.end()

    def give_back(self, lease: Lease) -> None:
        """Return a worker that can answer again; one that was slowed down is ended, for it stays slow."""
        if lease.slowed:
            self.lose(lease)
            return
        self._keep(lease.worker)
        self._queue.leave(lease.place)

    def lose(self, lease: Lease) -> Ending:
        """End a worker, free its place, and tell how it ended."""
        try:
            return lease.worker.end()
        finally:
            self._queue.leave(lease.place)

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

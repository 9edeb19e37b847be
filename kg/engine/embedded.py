"""The engine on this machine: Oxigraph in worker processes that can be killed, with the guard before them."""

from __future__ import annotations

import json
import signal
import threading
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Literal, Self

from kg.engine import wire
from kg.engine.answer import Answer, Form
from kg.engine.base import DEFAULT_LIMITS, Graphs, Limits
from kg.engine.examine import CHECK_SECONDS, Examiner
from kg.engine.faultwords import in_words, too_large, unavailable
from kg.engine.forking import ForkLauncher, can_fork
from kg.engine.guard import approve, approve_graphs
from kg.engine.launcher import Ending, Launcher
from kg.engine.pool import Pool
from kg.engine.spawning import SpawnLauncher
from kg.engine.wire import Failure
from kg.errors import QueryError, QueryStopped, QueryTimeout, RefusedQuery

__all__ = ["EmbeddedEngine"]

_FORMS: dict[bytes, Form] = {wire.SELECT: "select", wire.ASK: "ask", wire.GRAPH: "graph"}
_MEGABYTE = 1 << 20
_GROWN_TOO_MUCH = 64 * _MEGABYTE  # a worker that keeps more than this after an answer is replaced


class EmbeddedEngine:
    """Answers from ``nquads`` (N-Quads in UTF-8), see :class:`kg.engine.base.Engine`.

    ``prefixes`` (prefix to IRI) are those that messages about an unknown prefix propose. ``launcher`` chooses how
    workers are made; ``auto`` forks where the system can. Raises EngineUnavailable when the data cannot be loaded.
    """

    def __init__(
        self,
        nquads: bytes,
        data_version: str,
        *,
        max_workers: int = 8,
        prefixes: Mapping[str, str] | None = None,
        launcher: Literal["auto", "fork", "spawn"] = "auto",
    ) -> None:
        self.data_version = data_version
        fork = can_fork() if launcher == "auto" else launcher == "fork"
        self._launcher: Launcher = ForkLauncher(nquads) if fork else SpawnLauncher(nquads)
        self._pool = Pool(self._launcher, max_workers)
        self.examiner = Examiner(self._exchange, dict(prefixes or {}))

    @property
    def graphs(self) -> frozenset[str]:
        """The IRIs of the named graphs, which FROM may name."""
        return self._launcher.graphs

    def ask(
        self,
        query: str,
        *,
        limits: Limits = DEFAULT_LIMITS,
        cancel: threading.Event | None = None,
        graphs: Graphs | None = None,
    ) -> Answer:
        """Answer ``query``; see :meth:`kg.engine.base.Engine.ask`."""
        started = time.perf_counter()
        patience = wire.Patience(limits.seconds, cancel)
        self._pool.check_open()
        approved = approve(query, self.graphs)
        if graphs is not None:
            approve_graphs(graphs, self.graphs)
        size = limits.megabytes * _MEGABYTE
        union = not approved.own_dataset
        request = wire.Request(approved.query, limits.seconds, limits.rows, size, union, graphs=graphs)
        try:
            reply = self._exchange(request, patience)
        except wire.Overdue:
            raise QueryTimeout(limits.seconds) from None
        except wire.Cancelled:
            raise QueryStopped(time.perf_counter() - started) from None
        if reply.kind == wire.MALFORMED:
            trying = wire.Patience(min(limits.seconds, CHECK_SECONDS), cancel)
            raise self.examiner.explained(query, Failure(*json.loads(reply.body)), self.graphs, trying)
        form = _FORMS.get(reply.kind)
        if form is None:
            raise _failure(reply, limits.megabytes)
        seconds = time.perf_counter() - started
        return Answer(form, reply.body, reply.rows, reply.cut, seconds, self.data_version)

    def check(self, query: str) -> None:
        """Raise what is wrong with ``query``, and answer nothing; see :meth:`kg.engine.base.Engine.check`."""
        self._pool.check_open()
        self.examiner.check(approve(query, self.graphs).query, self.graphs, wire.Patience(CHECK_SECONDS))
        self._pool.check_open()

    def _exchange(self, request: wire.Request, patience: wire.Patience) -> wire.Reply:
        try:
            return self._lend(request, patience)
        except BrokenPipeError:  # the worker had ended before it could be asked: another has not
            pass
        try:
            return self._lend(request, patience)
        except BrokenPipeError as error:
            raise unavailable("workers_end") from error

    def _lend(self, request: wire.Request, patience: wire.Patience) -> wire.Reply:
        lease = self._pool.take(patience)
        try:
            reply = lease.worker.exchange(request, patience)
        except BaseException as error:
            patience.sleep_on()
            ending = self._pool.lose(lease)
            if isinstance(error, (EOFError, OSError)) and not isinstance(error, BrokenPipeError):
                self._pool.check_open()
                raise _explain_ending(ending, request.size // _MEGABYTE) from None
            raise
        patience.sleep_on()
        if reply.kind == wire.NO_MEMORY or reply.grown > _GROWN_TOO_MUCH:
            self._pool.lose(lease)
        else:
            self._pool.give_back(lease)
        return reply

    def close(self) -> None:
        """End all processes. Questions under way end in EngineUnavailable. May be repeated."""
        self._pool.close()
        self._launcher.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _failure(reply: wire.Reply, megabytes: int) -> QueryError:
    """Why a worker that goes on has no answer."""
    if reply.kind == wire.TOO_LONG:
        return too_large("answer", megabytes)
    if reply.kind == wire.NO_MEMORY:
        return too_large("memory", megabytes)
    said = reply.body.decode()
    if reply.kind == wire.OUTSIDE:
        zh, en = in_words("no_answer", "outside", what=said)
        return RefusedQuery(en, zh=zh)
    zh, en = in_words("no_answer", "failed", why=said)
    return QueryError(en, zh=zh)


def _explain_ending(ending: Ending, megabytes: int) -> QueryError:
    """Why a worker ended on its own in the middle of a question."""
    if "memory allocation of" in ending.words or "MemoryError" in ending.words:
        return too_large("memory", megabytes)
    if ending.code == -signal.SIGSEGV:
        return too_large("deep", megabytes)
    how = ending.words.strip().splitlines()[-1:] or [f"exit code {ending.code}"]
    return unavailable("worker_ended", how=how[0])

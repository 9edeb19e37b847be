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
from kg.engine.base import DEFAULT_LIMITS, Limits
from kg.engine.forking import ForkLauncher, can_fork
from kg.engine.guard import Approved, approve
from kg.engine.launcher import Ending, Launcher
from kg.engine.malformed import explain
from kg.engine.pool import Pool
from kg.engine.spawning import SpawnLauncher
from kg.errors import AnswerTooLarge, EngineUnavailable, QueryError, QueryStopped, QueryTimeout, RefusedQuery

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
        self._prefixes = dict(prefixes or {})
        fork = can_fork() if launcher == "auto" else launcher == "fork"
        self._launcher: Launcher = ForkLauncher(nquads) if fork else SpawnLauncher(nquads)
        self._pool = Pool(self._launcher, max_workers)

    @property
    def graphs(self) -> frozenset[str]:
        """The IRIs of the named graphs, which FROM may name."""
        return self._launcher.graphs

    def ask(self, query: str, *, limits: Limits = DEFAULT_LIMITS, cancel: threading.Event | None = None) -> Answer:
        """Answer ``query``; see :meth:`kg.engine.base.Engine.ask`."""
        started = time.perf_counter()
        patience = wire.Patience(limits.seconds, cancel)
        self._pool.check_open()
        approved = approve(query, self.graphs)
        try:
            reply = self._exchange(approved, limits, patience)
        except wire.Overdue:
            raise QueryTimeout(limits.seconds) from None
        except wire.Cancelled:
            raise QueryStopped(time.perf_counter() - started) from None
        form = _FORMS.get(reply.kind)
        if form is None:
            raise self._failure(query, reply, limits)
        seconds = time.perf_counter() - started
        return Answer(form, reply.body, reply.rows, reply.cut, seconds, self.data_version)

    def _exchange(self, approved: Approved, limits: Limits, patience: wire.Patience) -> wire.Reply:
        size = limits.megabytes * _MEGABYTE
        request = wire.Request(approved.query, limits.seconds, limits.rows, size, not approved.own_dataset)
        try:
            return self._lend(request, limits, patience)
        except BrokenPipeError:  # the worker had ended before it could be asked: another has not
            pass
        try:
            return self._lend(request, limits, patience)
        except BrokenPipeError as error:
            raise EngineUnavailable(
                "The engine's workers end before they can be asked. Ask again; if that does not help, start anew."
            ) from error

    def _lend(self, request: wire.Request, limits: Limits, patience: wire.Patience) -> wire.Reply:
        worker = self._pool.take(patience)
        try:
            reply = worker.exchange(request, patience)
        except BaseException as error:
            ending = self._pool.lose(worker)
            if isinstance(error, (EOFError, OSError)) and not isinstance(error, BrokenPipeError):
                self._pool.check_open()
                raise _explain_ending(ending, limits) from None
            raise
        if reply.kind == wire.NO_MEMORY or reply.grown > _GROWN_TOO_MUCH:
            self._pool.lose(worker)
        else:
            self._pool.give_back(worker)
        return reply

    def _failure(self, query: str, reply: wire.Reply, limits: Limits) -> QueryError:
        if reply.kind == wire.MALFORMED:
            offset, message = json.loads(reply.body)
            return explain(query, offset, message, self._prefixes)
        if reply.kind == wire.TOO_LONG:
            return _too_large(f"its answer has more than {limits.megabytes} MB")
        if reply.kind == wire.NO_MEMORY:
            return _too_large(f"it needs more than {limits.megabytes} MB of memory")
        if reply.kind == wire.OUTSIDE:
            return RefusedQuery(
                "Refused: the query reaches for something outside this graph, which is never fetched. Leave out what "
                f"names another server or file ({reply.body.decode()})."
            )
        return QueryError(f"The question could not be worked out: {reply.body.decode()}. Change the part it names.")

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


def _too_large(why: str) -> AnswerTooLarge:
    return AnswerTooLarge(
        f"Stopped: {why}. Ask for less: add a LIMIT, select fewer variables, or count and group fewer combinations."
    )


def _explain_ending(ending: Ending, limits: Limits) -> QueryError:
    """Why a worker ended on its own in the middle of a question."""
    if "memory allocation of" in ending.words or "MemoryError" in ending.words:
        return _too_large(f"it needs more than {limits.megabytes} MB of memory")
    if ending.code == -signal.SIGSEGV:
        return _too_large("it is nested too deep, or is too long a chain, to be worked on")
    how = ending.words.strip().splitlines()[-1:] or [f"exit code {ending.code}"]
    return EngineUnavailable(
        f"The worker that was answering ended before its answer ({how[0]}); no other question was touched. Ask again."
    )

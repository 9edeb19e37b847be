"""The engine on this machine: Oxigraph in worker processes that can be killed, with the guard before them."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Generator, Mapping
from typing import Literal

from kg.engine import wire
from kg.engine.answer import Answer, Form
from kg.engine.base import DEFAULT_LIMITS, Graphs, Limits, Stepwise
from kg.engine.early import Early
from kg.engine.embedded_faults import failure_of
from kg.engine.examine import CHECK_SECONDS, Examiner
from kg.engine.faultwords import in_words, too_large
from kg.engine.forking import ForkLauncher, can_fork
from kg.engine.guard import approve, approve_graphs
from kg.engine.launcher import Launcher
from kg.engine.lending import MEGABYTE, ask_pool
from kg.engine.misplaced import misplaced_aggregate
from kg.engine.pending import Pending
from kg.engine.pool import Pool
from kg.engine.spawning import SpawnLauncher
from kg.engine.wire import Failure
from kg.errors import EngineUnavailable, QueryError, QueryStopped, QueryTimeout, RefusedQuery

__all__ = ["EmbeddedEngine"]

_FORMS: dict[bytes, Form] = {wire.SELECT: "select", wire.ASK: "ask", wire.GRAPH: "graph"}
_SHORT = 4_000  # characters of a query that are looked through in no time
_MUCH = 32 << 20  # bytes of N-Quads, of some 150,000 triples: merging the graphs of more takes long


class EmbeddedEngine(Stepwise):
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
        self._early: Early | None = None
        try:
            if fork and len(nquads) > _MUCH:
                with contextlib.suppress(EngineUnavailable):  # it does without
                    self._early = Early(ForkLauncher(nquads, merge=False), max_workers, self._load)
            self._graphs = self._early.load() if self._early else self._load()
        except BaseException:
            self.close()
            raise
        self.examiner = Examiner(self._exchange, dict(prefixes or {}))

    def _load(self) -> frozenset[str]:
        graphs = self._launcher.load()
        self._pool.warm()
        return graphs

    def known_version(self) -> str:
        """The version, which never changes; see :meth:`kg.engine.base.StepwiseEngine.known_version`."""
        return self.data_version

    @property
    def graphs(self) -> frozenset[str]:
        """The IRIs of the named graphs, which FROM may name."""
        return self._graphs

    def begin(
        self,
        query: str,
        *,
        limits: Limits = DEFAULT_LIMITS,
        cancel: threading.Event | None = None,
        graphs: Graphs | None = None,
    ) -> Pending:
        """The question ``query``; see :meth:`kg.engine.base.StepwiseEngine.begin`."""
        patience = wire.Patience(limits.seconds, cancel)
        return Pending(self._asking(query, limits, cancel, graphs, patience), patience)

    def _asking(
        self,
        query: str,
        limits: Limits,
        cancel: threading.Event | None,
        graphs: Graphs | None,
        patience: wire.Patience,
    ) -> Generator[None, None, Answer]:
        started = time.perf_counter()
        self._pool.check_open()
        foreign = graphs is not None and not self.graphs.issuperset((*graphs.default, *graphs.named))
        if patience.hurried and (len(query) > _SHORT or foreign or not self._pool.ready()):
            yield  # as what comes next may take long, and cannot be left off
        approved = approve(query, self.graphs)
        if graphs is not None:
            approve_graphs(graphs, self.graphs)
        size = limits.megabytes * MEGABYTE
        asked_of = graphs or approved.dataset
        request = wire.Request(approved.query, limits.seconds, limits.rows, size, graphs=asked_of)
        try:
            reply = yield from self._exchanged(request, patience)
        except wire.Overdue:
            raise QueryTimeout(limits.seconds) from None
        except wire.Cancelled:
            raise QueryStopped(time.perf_counter() - started) from None
        malformed = reply.kind == wire.MALFORMED
        failure = Failure(*json.loads(reply.body)) if malformed else misplaced_aggregate(query)
        if failure is not None:
            if patience.hurried:
                yield  # as above
            trying = wire.Patience(min(limits.seconds, CHECK_SECONDS), cancel)
            raise self.examiner.explained(query, failure, self.graphs, trying)
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
        return wire.finish(self._exchanged(request, patience))

    def _exchanged(self, request: wire.Request, patience: wire.Patience) -> Generator[None, None, wire.Reply]:
        early = self._early
        if early is not None and not early.over:
            reply = yield from early.reply(request, patience)
            if reply is not None:
                return reply
        return (yield from ask_pool(self._pool, request, patience))

    def close(self) -> None:
        """End all processes. Questions under way end in EngineUnavailable. May be repeated."""
        self._pool.close()
        self._launcher.close()
        if self._early is not None:
            self._early.close()


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
    return failure_of(said)

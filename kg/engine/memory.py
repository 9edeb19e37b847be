"""Remembers short answers, so that what is asked again and again is asked once for each version of the data."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

from kg.engine.answer import Answer
from kg.engine.base import DEFAULT_LIMITS, Graphs, Limits, Stepwise, StepwiseEngine
from kg.engine.bounded import Bounded
from kg.engine.pending import Pending, at_once
from kg.engine.repeatable import repeatable

__all__ = ["RememberingEngine"]

_MOST_BYTES = 32 << 20  # of queries and answers together
_SHORT = 1 << 16  # bytes of an answer that is worth its place
_EACH = 1_000  # bytes that remembering one takes besides

_Key = tuple[str, Graphs | None, int]


class RememberingEngine(Stepwise):
    """Asks ``engine``, which it owns, for what it does not remember; see :class:`kg.engine.base.Engine`.

    An answer is remembered for as long as the data version is known to be the same, ``most`` bytes of them, and only if
    the query gives the same at each asking. One that is remembered keeps to the limits: it is short, and of as many
    rows at most. A store that may have changed, or may be down, is asked, as if nothing was remembered.
    """

    def __init__(self, engine: StepwiseEngine, most: int = _MOST_BYTES) -> None:
        self._engine = engine
        self._answers: Bounded[_Key, Answer] = Bounded(most)
        self._closed = False

    @property
    def data_version(self) -> str:
        """That of the engine behind."""
        return self._engine.data_version

    def known_version(self) -> str:
        """That of the engine behind."""
        return self._engine.known_version()

    @property
    def graphs(self) -> frozenset[str]:
        """Those of the engine behind."""
        return self._engine.graphs

    def begin(
        self,
        query: str,
        *,
        limits: Limits = DEFAULT_LIMITS,
        cancel: threading.Event | None = None,
        graphs: Graphs | None = None,
    ) -> Pending:
        """The question ``query``; see :meth:`kg.engine.base.StepwiseEngine.begin`."""
        started, key = time.perf_counter(), (query, graphs, limits.rows)
        known = self._remembered(key)
        if known is not None:
            return at_once(replace(known, seconds=time.perf_counter() - started))
        pending = self._engine.begin(query, limits=limits, cancel=cancel, graphs=graphs)
        pending.then = lambda answer: self._remember(key, answer)
        return pending

    def _remembered(self, key: _Key) -> Answer | None:
        known = None if self._closed else self._answers.get(key)
        return known if known and known.data_version == self._engine.known_version() else None

    def _remember(self, key: _Key, answer: Answer) -> None:
        query = key[0]
        if len(answer.body) <= _SHORT and repeatable(query):
            self._answers.put(key, len(query) + len(answer.body) + _EACH, answer)

    def check(self, query: str) -> None:
        """Read ``query`` only; see :meth:`kg.engine.base.Engine.check`."""
        self._engine.check(query)

    def close(self) -> None:
        """Close the engine behind, and answer nothing any more. May be repeated."""
        self._closed = True
        self._answers.clear()
        self._engine.close()

"""An engine that has only so much time for all the questions of one task together."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from types import TracebackType
from typing import Self

from kg.engine.answer import Answer
from kg.engine.base import DEFAULT_LIMITS, Engine, Graphs, Limits
from kg.errors import QueryTimeout

__all__ = ["Within"]


class Within:
    """Passes questions on to ``engine`` until ``seconds`` have gone by since it was made; then QueryTimeout."""

    def __init__(self, engine: Engine, seconds: float) -> None:
        self.data_version = engine.data_version
        self._engine = engine
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """The seconds that are left, 0 where there are none."""
        return max(0.0, self._end - time.monotonic())

    @property
    def graphs(self) -> frozenset[str]:
        """Those of the engine behind."""
        return self._engine.graphs

    def ask(
        self,
        query: str,
        *,
        limits: Limits = DEFAULT_LIMITS,
        cancel: threading.Event | None = None,
        graphs: Graphs | None = None,
    ) -> Answer:
        """Answer ``query`` in the time that is left; see :meth:`kg.engine.base.Engine.ask`."""
        left = self.left
        if not left:
            raise QueryTimeout(self.seconds)
        limits = replace(limits, seconds=min(limits.seconds, left))
        return self._engine.ask(query, limits=limits, cancel=cancel, graphs=graphs)

    def check(self, query: str) -> None:
        """Read ``query`` only; see :meth:`kg.engine.base.Engine.check`."""
        self._engine.check(query)

    def close(self) -> None:
        """The engine behind stays open: it is not this one's."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

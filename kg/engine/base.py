"""The one interface through which every question is asked, whatever store answers it."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass
from types import TracebackType
from typing import NamedTuple, Protocol, Self

from kg.engine.answer import Answer
from kg.engine.pending import Pending

__all__ = ["DEFAULT_LIMITS", "Engine", "Graphs", "Limits", "Stepwise", "StepwiseEngine"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one question may cost.

    ``seconds`` from the call to the answer, waiting for a free place included; ``rows`` of the answer, after which it
    is cut; ``megabytes`` (2**20 bytes) of working memory, and of answer.
    """

    seconds: float = 10.0
    rows: int = 100_000
    megabytes: int = 512

    def __post_init__(self) -> None:
        if not (0 < self.seconds < math.inf and self.rows > 0 and self.megabytes > 0):
            raise ValueError(f"every limit must be a number greater than zero: {self}")


DEFAULT_LIMITS = Limits()


class Graphs(NamedTuple):
    """What a query is asked of, by the IRIs of graphs: those that together are its default graph, those for GRAPH.

    It takes the place of the query's own FROM, as the SPARQL 1.1 Protocol has it (section 2.1.4).
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


class Engine(Protocol):
    """Something that answers read-only SPARQL 1.1; safe to share between threads.

    A query without ``FROM`` sees the union of all graphs, whose IRIs are ``graphs``. ``data_version`` names the state
    of the data that answers.
    """

    @property
    def data_version(self) -> str:
        """Which data answers, in a word that changes with it."""

    @property
    def graphs(self) -> frozenset[str]:
        """The IRIs of the named graphs, which FROM may name."""

    def ask(
        self,
        query: str,
        *,
        limits: Limits = DEFAULT_LIMITS,
        cancel: threading.Event | None = None,
        graphs: Graphs | None = None,
    ) -> Answer:
        """Answer ``query``, or raise the :class:`kg.errors.QueryError` that says why there is no answer.

        ``graphs`` are what it is asked of, where that is not to be what the query itself says; ``RefusedQuery`` for one
        that the engine does not have. Setting ``cancel`` from another thread stops the work and raises
        ``QueryStopped``. An answer that reached ``limits.rows`` is returned with ``cut`` set; one without rows is an
        answer, too.
        """

    def check(self, query: str) -> None:
        """Read ``query`` as :meth:`ask` would, and answer nothing; for errors as one types.

        Raises ``MalformedQuery`` or ``RefusedQuery`` for what cannot be asked. It takes a second at most: a query that
        cannot be read in that time passes.
        """

    def close(self) -> None:
        """Free everything that the engine holds; asking afterwards raises ``EngineUnavailable``. May be repeated."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class StepwiseEngine(Engine, Protocol):
    """One whose questions can be waited for in parts."""

    def known_version(self) -> str:
        """The data version, if it is sure to be that of now; else nothing, and asking anything finds it out."""

    def begin(
        self,
        query: str,
        *,
        limits: Limits = DEFAULT_LIMITS,
        cancel: threading.Event | None = None,
        graphs: Graphs | None = None,
    ) -> Pending:
        """The question that :meth:`ask` asks, for who wants to wait for it in parts; its limits count from now."""


class Stepwise:
    """What all such engines have in common."""

    def ask(
        self: StepwiseEngine,
        query: str,
        *,
        limits: Limits = DEFAULT_LIMITS,
        cancel: threading.Event | None = None,
        graphs: Graphs | None = None,
    ) -> Answer:
        """Answer ``query``; see :meth:`Engine.ask`."""
        return self.begin(query, limits=limits, cancel=cancel, graphs=graphs).answer()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self: Engine, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

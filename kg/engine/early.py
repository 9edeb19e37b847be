"""Answers before the graphs are merged what the merge would not change, and else waits for the merge.

Of much data, merging the graphs takes longer than reading them. So two processes read it at once: one that merges the
graphs, of which all will be asked, and one that leaves them as they are, of which is asked meanwhile what can be.

Of graphs that share triples, the union that Oxigraph makes has a solution more often than their merge has it, and has
no other ones: whether a solution is there depends, in every operator of SPARQL's algebra that neither sums up nor
counts rows, on which solutions its operands have, not on how often. So a table in which no row stands twice is that of
the merge, too, and so is a yes or no. Whatever else comes of a question, an error too, is not sure, and it is asked
again when the merge is made. Its time counts from then, as merging is part of the start.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Generator
from copy import copy

from kg.engine import wire
from kg.engine.faultwords import unavailable
from kg.engine.forms import form_of
from kg.engine.launcher import Launcher
from kg.engine.lending import ask_pool
from kg.engine.pool import Pool
from kg.engine.repeatable import repeatable
from kg.errors import EngineUnavailable, QueryError

__all__ = ["Early", "fit_to_be_early", "same_when_merged"]

#: What sums up, counts rows, or makes a graph, in which each solution may have blank nodes of its own. A false find
#: costs a wait. (REDUCED may drop what is repeated, and then nothing is.)
_UNFIT = re.compile(
    r"(?:COUNT|SUM|AVG|MIN|MAX|SAMPLE|GROUP_CONCAT)(?:\s++|#[^\n\r]*+)*+\(|GROUP|HAVING|LIMIT|OFFSET|CONSTRUCT|DESCRIBE",
    re.IGNORECASE,
)
_SECONDS = 1.0  # for an early answer: what takes longer may take much less when no triple is there twice
_SURE = frozenset({wire.ASK, wire.MALFORMED})


def fit_to_be_early(request: wire.Request) -> bool:
    """Whether a question may be asked before the merge, if :func:`same_when_merged` says yes to what comes."""
    query = request.query
    same = repeatable(query) or form_of(query) == "ask"  # a yes or no, of whatever there is, is as good as the next
    return request.graphs is None and same and _UNFIT.search(query) is None


def same_when_merged(reply: wire.Reply) -> bool:
    """Whether the merge of the graphs, too, would give ``reply`` to a fit question."""
    if reply.kind != wire.SELECT or reply.cut:
        return reply.kind in _SURE
    rows = reply.body.split(b"\n")[1:-1]
    return len(set(rows)) == len(rows)


class Early:
    """Questions to workers of ``launcher``, whose graphs are not merged, while ``merge`` runs in a thread.

    ``places`` are those of a :class:`kg.engine.pool.Pool`. ``merge`` ends with the graphs' IRIs; what it raises is told
    to whoever waited for it.
    """

    def __init__(self, launcher: Launcher, places: int, merge: Callable[[], frozenset[str]]) -> None:
        self._launcher = launcher
        self._pool = Pool(launcher, places)
        self._merged = threading.Event()
        self._graphs: frozenset[str] = frozenset()
        self._failure: EngineUnavailable | None = None
        self._thread = threading.Thread(target=self._wait_for, args=(merge,), daemon=True)
        try:
            self._thread.start()
        except RuntimeError as error:  # there are too many
            launcher.close()
            raise unavailable("not_started", error=error) from error

    def _wait_for(self, merge: Callable[[], frozenset[str]]) -> None:
        try:
            self._graphs = merge()
        except EngineUnavailable as error:
            self._failure = error
        except (OSError, RuntimeError, MemoryError) as error:
            self._failure = unavailable("not_started", error=error)
        self._merged.set()
        self._end()

    def load(self) -> frozenset[str]:
        """Wait until the graphs are loaded as they are, or else until they are merged; their IRIs.

        Raises EngineUnavailable.
        """
        try:
            graphs = self._launcher.load()
            self._pool.warm()
        except EngineUnavailable:
            self._merged.wait()
            self._check()
            return self._graphs
        return graphs

    @property
    def over(self) -> bool:
        """Whether nothing is to be waited for any more."""
        return self._merged.is_set()

    def reply(self, request: wire.Request, patience: wire.Patience) -> Generator[None, None, wire.Reply | None]:
        """A sure reply; or None, when the graphs are merged and the question's time begins.

        Raises Cancelled, and EngineUnavailable where they cannot be merged.
        """
        if request.check:
            return (yield from self._read(request, patience))
        if fit_to_be_early(request):
            reply = yield from self._asked(request, patience)
            if reply is not None and same_when_merged(reply):
                return reply
        patience.begin()
        while not self._merged.wait(patience.nap()):
            if patience.paused:
                yield
            patience.begin()
        patience.begin()
        self._check()
        return None

    def _read(self, request: wire.Request, patience: wire.Patience) -> Generator[None, None, wire.Reply | None]:
        """The reply to who wants texts read, which is the same before the merge and after it."""
        try:
            return (yield from ask_pool(self._pool, request, patience))
        except EngineUnavailable:
            if not self.over:
                raise
            return None

    def _asked(self, request: wire.Request, patience: wire.Patience) -> Generator[None, None, wire.Reply | None]:
        patience.begin(_SECONDS)
        try:
            return (yield from ask_pool(self._pool, request, patience))
        except (wire.Overdue, QueryError):
            return None  # which the merge may have no need for

    def _check(self) -> None:
        if self._failure is not None:
            raise copy(self._failure)  # as many may raise it at once

    def _end(self) -> None:
        self._pool.close()
        self._launcher.close()

    def close(self) -> None:
        """End the workers, when ``merge`` has ended; whoever closes has seen to that."""
        self._end()
        self._thread.join()

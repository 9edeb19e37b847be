"""The engine that asks another store: any SPARQL 1.1 endpoint that holds the graph, with the guard before it."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Mapping

from kg.engine.answer import Answer, Form
from kg.engine.base import DEFAULT_LIMITS, Graphs, Limits, Stepwise
from kg.engine.dialect import enclosed, worded
from kg.engine.embedded import EmbeddedEngine
from kg.engine.examine import CHECK_SECONDS
from kg.engine.faultwords import in_words, too_large, unavailable
from kg.engine.forms import form_of
from kg.engine.guard import Approved, approve, approve_extensions, approve_graphs, without_from
from kg.engine.held import WHAT_IS_HELD, Held, read_held
from kg.engine.login import Login
from kg.engine.pending import Pending, later
from kg.engine.pool import LONG
from kg.engine.queue import Queue
from kg.engine.readers import reader_now
from kg.engine.replies import Read
from kg.engine.sink import TooLong
from kg.engine.store import Store
from kg.engine.wire import Cancelled, Overdue, Patience
from kg.errors import QueryError, QueryStopped, QueryTimeout, RefusedQuery

__all__ = ["FRESH_SECONDS", "RemoteEngine"]

#: For which what the store holds is believed without asking again. ``kg load`` waits until nobody believes it.
FRESH_SECONDS = 5.0
_LOOK = Limits(seconds=10.0, rows=1_000_000, megabytes=256)
_MOST_EXAMINED = 10_000


class RemoteEngine(Stepwise):
    """Asks the endpoint at ``url``, see :class:`kg.engine.base.Engine`.

    At most ``places`` questions are under way at once. ``prefixes`` (to IRIs) are those that messages about an unknown
    prefix propose. ``held`` is what the store holds, where it cannot be asked yet. Raises KgError for what is no
    address, and EngineUnavailable where no whole graph of ours answers.
    """

    def __init__(
        self,
        url: str,
        login: Login | None = None,
        *,
        places: int = 8,
        prefixes: Mapping[str, str] | None = None,
        held: Held | None = None,
    ) -> None:
        self.url = url
        self._store = Store(url, login or Login())
        self._queue = Queue(places)
        self._closed = False
        self._lock = threading.Lock()
        self._looking = threading.Lock()
        self._examined: set[bytes] = set()
        self._fixed = held is not None
        try:
            self._held, self._looked = held or self._first_look(), time.monotonic()
            self._examiner = EmbeddedEngine(b"", "", max_workers=4, prefixes=prefixes)
        except BaseException:
            self._store.close()
            raise

    @property
    def data_version(self) -> str:
        """The version of the data that the store holds, as of some seconds ago; nothing is waited for."""
        if self._stale() and not self._closed:
            threading.Thread(target=self._look_quietly, daemon=True).start()
        return self._held.version

    def known_version(self) -> str:
        """The version, where the store was asked for it just now; see :meth:`StepwiseEngine.known_version`."""
        return "" if self._stale() else self._held.version

    @property
    def graphs(self) -> frozenset[str]:
        """The IRIs of the named graphs, which FROM may name."""
        return self._held.all_graphs

    def begin(
        self,
        query: str,
        *,
        limits: Limits = DEFAULT_LIMITS,
        cancel: threading.Event | None = None,
        graphs: Graphs | None = None,
    ) -> Pending:
        """The question ``query``; see :meth:`kg.engine.base.StepwiseEngine.begin`. A store takes long, always."""
        patience = Patience(limits.seconds, cancel)
        return later(lambda: self._ask(query, limits, graphs, patience))

    def _ask(self, query: str, limits: Limits, graphs: Graphs | None, patience: Patience) -> Answer:
        started = time.perf_counter()
        try:
            held = self._held_now(patience)
            approved = _approve(query, held, graphs)
            self._examine(query, held, patience)
            form = form_of(query) or "select"
            asked_of = graphs or (Graphs() if approved.dataset else held.dataset(query))
            asked_of = enclosed(asked_of, bool(approved.dataset) and graphs is None, self._store.server)
            text = without_from(query) if graphs is not None and approved.dataset else query
            read = self._take_turn(worded(text, self._store.server), form, asked_of, limits, patience)
            if self._held_now(patience).version != held.version:
                raise unavailable("changed", url=self.url)
        except Overdue:
            raise QueryTimeout(limits.seconds) from None
        except Cancelled:
            raise QueryStopped(time.perf_counter() - started) from None
        except TooLong:
            raise too_large("answer", limits.megabytes) from None
        return Answer(form, read.body, read.rows, read.cut, time.perf_counter() - started, held.version)

    def check(self, query: str) -> None:
        """Raise what is wrong with ``query``, and answer nothing; see :meth:`kg.engine.base.Engine.check`."""
        self._store.check_open()
        _approve(query, self._held)
        approve_extensions(query)
        self._examiner.examiner.check(query, self._held.all_graphs, Patience(CHECK_SECONDS))

    def _examine(self, query: str, held: Held, patience: Patience) -> None:
        """Read the query here first: faults are told better than stores do, and what is no SPARQL 1.1 is never sent."""
        digest = hashlib.sha256(query.encode()).digest()
        if digest in self._examined:
            return
        approve_extensions(query)
        if not self._examiner.examiner.check(query, held.all_graphs, Patience(patience.left)):
            patience.step()  # whose time may have run out meanwhile
            zh, en = in_words("refused", "unread", seconds=f"{CHECK_SECONDS:g}")
            raise RefusedQuery(en, zh=zh)
        with self._lock:
            if len(self._examined) >= _MOST_EXAMINED:
                self._examined.clear()
            self._examined.add(digest)

    def _take_turn(self, query: str, form: Form, graphs: Graphs, limits: Limits, patience: Patience) -> Read:
        place = self._queue.enter(reader_now(), patience)

        def turn_long() -> None:
            self._queue.turn_long(place)

        patience.wake(LONG, turn_long)
        try:
            return self._store.ask(query, form, limits, patience, graphs)
        finally:
            patience.sleep_on()
            self._queue.leave(place)

    def _first_look(self) -> Held:
        try:
            return self._look(Patience(_LOOK.seconds))
        except Overdue:
            raise unavailable("unreachable", url=self.url, why=f"{_LOOK.seconds:g} s") from None

    def _stale(self) -> bool:
        return not self._fixed and time.monotonic() - self._looked > FRESH_SECONDS

    def _held_now(self, patience: Patience) -> Held:
        """What the store holds, asked again if that was long ago. Raises QueryError, Overdue and Cancelled."""
        self._store.check_open()
        if self._stale():
            while not self._looking.acquire(timeout=patience.step()):
                pass
            try:
                if self._stale():
                    self._held, self._looked = self._look(patience), time.monotonic()
            finally:
                self._looking.release()
        return self._held

    def _look(self, patience: Patience) -> Held:
        read = self._store.ask(WHAT_IS_HELD, "select", _LOOK, patience)
        held = read_held(Answer("select", read.body, read.rows, read.cut, 0.0, "").records())
        if held is None:
            raise unavailable("nothing_held", url=self.url)
        return held

    def _look_quietly(self) -> None:
        """Look, for whom nobody waits; a store that is down is found out by the next question."""
        if not self._looking.acquire(blocking=False):
            return
        try:
            self._held = self._look(Patience(_LOOK.seconds))
            self._looked = time.monotonic()
        except (QueryError, Overdue, TooLong):
            return
        finally:
            self._looking.release()

    def close(self) -> None:
        """Close every connection. May be repeated."""
        self._closed = True
        self._store.close()
        self._examiner.close()


def _approve(query: str, held: Held, graphs: Graphs | None = None) -> Approved:
    approved = approve(query, held.all_graphs)
    if graphs is not None:
        approve_graphs(graphs, held.all_graphs)
    return approved

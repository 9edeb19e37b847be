"""Who is next: short questions wait for short ones only, and no reader takes all the places."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.engine.base import Limits
from kg.engine.embedded import EmbeddedEngine
from kg.engine.queue import MOST_LONG, Place, Queue
from kg.engine.readers import asked_by, reader_now
from kg.engine.wire import Cancelled, Patience
from kg.errors import EngineUnavailable, QueryStopped, QueryTimeout

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
AT_ONCE = 1e-9  # seconds: whoever has to wait at all waits in vain


class Waiting:
    """Readers who wait for a place, each in a thread; ``called`` are those who got one, in that order."""

    def __init__(self, queue: Queue, pool: ThreadPoolExecutor) -> None:
        self.called: list[str] = []
        self._queue, self._pool = queue, pool
        self._changed = threading.Condition()

    def add(self, reader: str) -> None:
        """One more who waits; returns when it stands in the queue."""
        before = len(self._queue._waiting)
        self._pool.submit(self._wait, reader)
        while len(self._queue._waiting) == before:
            threading.Event().wait(0.001)

    def _wait(self, reader: str) -> None:
        self._queue.enter(reader, Patience(30))
        with self._changed:
            self.called.append(reader)
            self._changed.notify_all()

    def wait_for(self, count: int) -> list[str]:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.called) >= count, 30)
            return list(self.called)


def test_a_free_place_is_had_without_any_patience() -> None:
    queue = Queue(2)
    queue.leave(queue.enter("a", Patience(AT_ONCE)))


def test_whoever_waits_too_long_is_told_that_the_engine_is_busy_and_leaves_no_trace() -> None:
    queue = Queue(1)
    place = queue.enter("a", Patience(1))
    with pytest.raises(EngineUnavailable, match="busy: its 1 workers"):
        queue.enter("b", Patience(AT_ONCE))
    queue.leave(place)
    queue.leave(queue.enter("b", Patience(AT_ONCE)))


def test_whoever_gives_up_waiting_leaves_no_trace() -> None:
    queue = Queue(1)
    place = queue.enter("a", Patience(1))
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        queue.enter("b", Patience(30, stop))
    queue.leave(place)
    queue.leave(queue.enter("b", Patience(AT_ONCE)))


def test_the_reader_with_the_fewest_places_is_next() -> None:
    queue = Queue(4)
    places = [queue.enter(reader, Patience(1)) for reader in ("a", "a", "b", "c")]
    with ThreadPoolExecutor(3) as pool:
        waiting = Waiting(queue, pool)
        for reader in ("a", "b", "d"):
            waiting.add(reader)
        queue.leave(places[3])
        assert waiting.wait_for(1) == ["d"]
        queue.leave(places[2])
        assert waiting.wait_for(2) == ["d", "b"]
        queue.leave(places[0])
        assert waiting.wait_for(3) == ["d", "b", "a"]


def test_one_reader_has_half_of_the_places_at_most() -> None:
    queue = Queue(4)
    for _ in range(2):
        queue.enter("a", Patience(1))
    with pytest.raises(EngineUnavailable):
        queue.enter("a", Patience(AT_ONCE))
    queue.enter("b", Patience(AT_ONCE))


def test_who_has_no_name_is_held_to_no_share() -> None:
    queue = Queue(4)
    for _ in range(4):
        queue.enter("", Patience(AT_ONCE))


def test_a_long_question_leaves_its_place_to_a_short_one() -> None:
    queue = Queue(1)
    long = queue.enter("a", Patience(1))
    assert queue.turn_long(long)
    short = queue.enter("a", Patience(AT_ONCE))
    queue.leave(short)
    queue.leave(long)
    queue.leave(queue.enter("a", Patience(AT_ONCE)))


def test_one_reader_has_two_long_questions_at_most() -> None:
    queue = Queue(8)
    places = [queue.enter("a", Patience(1)) for _ in range(MOST_LONG + 1)]
    for place in places[:MOST_LONG]:
        queue.turn_long(place)
    with pytest.raises(EngineUnavailable, match="2 long questions under way"):
        queue.turn_long(places[-1])
    queue.leave(places[0])
    assert queue.turn_long(places[-1])


def test_a_long_question_keeps_its_place_where_there_is_no_room_for_long_ones() -> None:
    queue = Queue(1)
    first = queue.enter("", Patience(1))
    queue.turn_long(first)
    second = queue.enter("", Patience(1))
    assert not queue.turn_long(second)
    with pytest.raises(EngineUnavailable):
        queue.enter("", Patience(AT_ONCE))
    queue.leave(first)
    with pytest.raises(EngineUnavailable):
        queue.enter("", Patience(AT_ONCE))
    queue.leave(second)
    queue.leave(queue.enter("", Patience(AT_ONCE)))


@given(st.lists(st.tuples(st.sampled_from(["in", "long", "out"]), st.sampled_from(["", "a", "b"]), st.integers(0, 9))))
def test_whatever_happens_the_places_are_all_free_in_the_end(steps: list[tuple[str, str, int]]) -> None:
    queue, places = Queue(3), list[Place]()
    for act, reader, which in steps:
        try:
            if act == "in":
                places.append(queue.enter(reader, Patience(AT_ONCE)))
            elif places and act == "long" and not places[which % len(places)].long:
                queue.turn_long(places[which % len(places)])
            elif places and act == "out":
                queue.leave(places.pop(which % len(places)))
        except EngineUnavailable:
            pass  # no place, or a long one too many: both are answers
    for place in places:
        queue.leave(place)
    assert [queue.enter("", Patience(AT_ONCE)).moved for _ in range(3)] == [False] * 3


def test_a_reader_is_known_within_and_not_after() -> None:
    with asked_by("a"):
        assert reader_now() == "a"
    assert reader_now() == ""


def test_short_questions_are_answered_while_endless_ones_hold_every_place(nquads: bytes) -> None:
    stop = threading.Event()

    def endless(reader: str) -> None:
        with asked_by(reader), pytest.raises((QueryStopped, QueryTimeout)):
            engine.ask(ENDLESS, limits=Limits(seconds=60), cancel=stop)

    with EmbeddedEngine(nquads, "v1", max_workers=2) as engine, ThreadPoolExecutor(2) as pool:
        under_way = [pool.submit(endless, reader) for reader in ("a", "b")]
        with asked_by("c"):
            for _ in range(20):
                assert engine.ask("ASK {}", limits=Limits(seconds=30)).boolean
        assert not any(each.done() for each in under_way)
        stop.set()
        for each in under_way:
            each.result()


def test_a_third_long_question_of_one_reader_is_refused_with_the_reason(nquads: bytes) -> None:
    stop = threading.Event()
    refused = threading.Event()

    def endless() -> None:
        with asked_by("a"):
            try:
                engine.ask(ENDLESS, limits=Limits(seconds=60), cancel=stop)
            except EngineUnavailable as error:
                assert "2 long questions under way" in str(error)
                refused.set()
            except QueryStopped:
                pass  # those that were allowed

    with EmbeddedEngine(nquads, "v1", max_workers=6) as engine, ThreadPoolExecutor(3) as pool:
        under_way = [pool.submit(endless) for _ in range(3)]
        assert refused.wait(30)
        stop.set()
        for each in under_way:
            each.result()

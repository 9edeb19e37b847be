"""A question that is waited for in parts."""

from __future__ import annotations

import gc
import threading

import pytest

from kg.engine.base import Graphs, Limits
from kg.engine.embedded import EmbeddedEngine
from kg.errors import MalformedQuery, QueryStopped, QueryTimeout, RefusedQuery

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
PATIENT = 60.0  # seconds
HASTY = 0.01


def test_an_answer_that_comes_in_time_is_the_one_that_is_asked_for(tiny: EmbeddedEngine) -> None:
    found = tiny.begin(COUNT).within(PATIENT)
    assert found is not None
    assert found.records() == tiny.ask(COUNT).records()


def test_an_answer_is_kept_for_who_asks_again(tiny: EmbeddedEngine) -> None:
    pending = tiny.begin(COUNT)
    assert pending.answer() is pending.within(0.0) is pending.answer()


def test_a_question_goes_on_when_it_is_not_waited_for(tiny: EmbeddedEngine) -> None:
    pending = tiny.begin(ENDLESS, limits=Limits(seconds=0.5))
    assert pending.within(HASTY) is None
    assert pending.within(HASTY) is None
    with pytest.raises(QueryTimeout):
        pending.answer()


def test_a_question_that_was_begun_can_be_stopped(tiny: EmbeddedEngine) -> None:
    stop = threading.Event()
    pending = tiny.begin(ENDLESS, limits=Limits(seconds=PATIENT), cancel=stop)
    assert pending.within(HASTY) is None
    stop.set()
    with pytest.raises(QueryStopped):
        pending.answer()


def test_another_thread_can_wait_on(tiny: EmbeddedEngine) -> None:
    pending = tiny.begin("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?b ?f }")
    pending.within(0.0)
    found: list[int] = []
    waiting = threading.Thread(target=lambda: found.append(pending.answer().rows))
    waiting.start()
    waiting.join(PATIENT)
    assert found == [1]


def test_a_question_that_nobody_waits_for_any_more_gives_its_place_back(nquads: bytes) -> None:
    with EmbeddedEngine(nquads, "v", max_workers=1) as engine:
        pending = engine.begin(ENDLESS, limits=Limits(seconds=PATIENT))
        assert pending.within(HASTY) is None
        del pending
        gc.collect()
        assert engine.ask("ASK {}", limits=Limits(seconds=5.0)).boolean


@pytest.mark.parametrize("query", ["SELECT ?s { ?s ?p }", "SELECT * { ?s ?p ?o } # " + "x" * 5_000])
def test_what_may_take_long_is_left_for_who_has_time(tiny: EmbeddedEngine, query: str) -> None:
    pending = tiny.begin(query, limits=Limits(rows=1))
    assert pending.within(PATIENT) is None
    if "#" in query:
        assert pending.answer().rows == 1
    else:
        with pytest.raises(MalformedQuery):
            pending.answer()


def test_what_is_refused_is_refused_at_once(tiny: EmbeddedEngine) -> None:
    with pytest.raises(RefusedQuery):
        tiny.begin("LOAD <http://example.org/>").within(PATIENT)


def test_an_error_is_raised_again_for_who_asks_again(tiny: EmbeddedEngine) -> None:
    pending = tiny.begin(ENDLESS, limits=Limits(seconds=0.2))
    for act in (pending.answer, pending.answer, lambda: pending.within(PATIENT)):
        with pytest.raises(QueryTimeout):
            act()


def test_graphs_that_are_not_here_are_left_for_who_has_time(tiny: EmbeddedEngine) -> None:
    pending = tiny.begin("ASK {}", graphs=Graphs(("http://e/" + "x" * 1_000_000,)))
    assert pending.within(PATIENT) is None
    with pytest.raises(RefusedQuery):
        pending.answer()

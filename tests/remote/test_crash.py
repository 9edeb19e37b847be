"""A store that crashes ends one question, with one error; when it is up again, the same engine answers."""

from __future__ import annotations

import signal
import threading
import time

import pytest

from kg.engine.base import Limits
from kg.errors import EngineUnavailable
from kg.graph.build import Rdf
from tests.remote.kit import Asking, Connect, Scratch, the_error

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER (?a != ?d && ?d != ?g) }"


@pytest.mark.parametrize("others", [0, 3])
def test_a_store_that_is_killed_ends_its_questions_and_answers_when_it_is_up_again(
    scratch: Scratch, connect: Connect, twice_rdf: Rdf, others: int
) -> None:
    store = scratch.hold(twice_rdf.nquads)
    engine = connect(store)
    before = engine.ask(COUNT).records()
    questions = [Asking(lambda: engine.ask(ENDLESS, limits=Limits(seconds=60))) for _ in range(1 + others)]
    try:
        for one in questions:
            one.start()
        threading.Event().wait(0.3)  # until Virtuoso works on them, which nothing tells
        store.end(signal.SIGKILL)
        for one in questions:
            assert type(one.ended(5).error) is EngineUnavailable, repr(one.error or one.answer)
            assert store.endpoint in one.error.say("zh") and store.endpoint in one.error.say("en")
        for _ in range(2):
            the_error(engine, COUNT, EngineUnavailable, limits=Limits(seconds=5))
    finally:
        store.start()
    started = time.monotonic()
    answer = engine.ask(COUNT)
    assert time.monotonic() - started < 1
    assert answer.records() == before
    assert answer.data_version == engine.data_version == twice_rdf.data_version

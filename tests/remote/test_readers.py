"""Many readers, one store: none is held up by another's slow questions, and none asks more than the places allow."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

import pytest

from kg.engine.base import Limits
from kg.engine.queue import MOST_LONG
from kg.engine.readers import asked_by
from kg.engine.remote import RemoteEngine
from kg.errors import EngineUnavailable, QueryError
from tests.remote.fakes import Asked, Fake, Talk, says
from tests.remote.kit import Asking, Connect, results, the_error, until

SLOW, QUICK = "SELECT ?slow { ?s ?p ?slow }", "SELECT ?quick { ?s ?p ?quick }"
PATIENT = Limits(seconds=60)


def reply(asked: Asked, talk: Talk) -> None:
    """Slow questions are answered when the test lets go, quick ones at once."""
    if "?slow" in asked.query:
        talk.wait()
    says(results("x"))(asked, talk)


def of(reader: str, engine: RemoteEngine, query: str, limits: Limits = PATIENT) -> Asking:
    def ask() -> object:
        with asked_by(reader):
            return engine.ask(query, limits=limits)

    thread = Asking(ask)  # type: ignore[arg-type]  # an answer
    thread.start()
    return thread


@pytest.fixture
def started(fake: Fake) -> Callable[..., Asking]:
    """Questions that are all ended when the test is."""
    fake.reply = reply
    with ExitStack() as ends:

        def start(reader: str, engine: RemoteEngine, query: str, limits: Limits = PATIENT) -> Asking:
            thread = of(reader, engine, query, limits)
            ends.callback(thread.join, 60)
            ends.callback(fake.let_go.set)
            return thread

        yield start


def test_slow_questions_of_one_reader_do_not_hold_up_another(
    fake: Fake, connect: Connect, started: Callable[..., Asking]
) -> None:
    engine = connect(fake, places=4)
    for _ in range(2):
        started("slow", engine, SLOW)
    fake.wait_for(2)
    for number in range(8):
        assert started("quick", engine, QUICK + "#" * number).ended(20).answer


def test_one_reader_takes_at_most_half_of_the_places(
    fake: Fake, connect: Connect, started: Callable[..., Asking]
) -> None:
    engine = connect(fake, places=4)
    for _ in range(4):
        started("greedy", engine, SLOW)
    fake.wait_for(2)
    assert started("another", engine, QUICK).ended(20).answer


def test_long_questions_leave_their_places_to_short_ones(
    fake: Fake, connect: Connect, started: Callable[..., Asking]
) -> None:
    engine = connect(fake, places=2)
    for number in range(2):
        started(f"reader {number}", engine, SLOW)
    fake.wait_for(2)
    assert started("another", engine, QUICK).ended(20).answer


def test_a_reader_has_so_many_long_questions_and_no_more(
    fake: Fake, connect: Connect, started: Callable[..., Asking]
) -> None:
    engine = connect(fake, places=8)
    long = [started("greedy", engine, SLOW) for _ in range(MOST_LONG + 1)]
    until(lambda: any(one.error for one in long))
    refused = [one for one in long if isinstance(one.error, EngineUnavailable)]
    assert len(refused) == 1
    assert "long questions" in str(refused[0].error)
    fake.let_go.set()
    assert sum(one.ended().answer is not None for one in long) == MOST_LONG


def test_no_more_questions_are_under_way_than_there_are_places(
    fake: Fake, connect: Connect, started: Callable[..., Asking]
) -> None:
    """Two at short questions, and two more that have become long ones."""
    engine = connect(fake, places=2)
    for number in range(6):
        started(f"reader {number}", engine, SLOW)
    fake.wait_for(4)
    last = the_error(engine, QUICK, EngineUnavailable, limits=Limits(seconds=0.5))
    assert "busy" in str(last)
    assert len(fake.asked) == 4


@pytest.mark.parametrize("ends", ["in time", "too late"])
def test_a_place_is_free_again_however_its_question_ended(fake: Fake, connect: Connect, ends: str) -> None:
    engine = connect(fake, places=1)
    fake.reply = reply
    for number in range(4):
        if ends == "too late":
            with pytest.raises(QueryError):
                engine.ask(SLOW + "#" * number, limits=Limits(seconds=0.25))
        else:
            fake.reply = says("No.", "text/plain", 500)
            with pytest.raises(QueryError):
                engine.ask(QUICK)
    fake.reply = reply
    assert engine.ask(QUICK).empty

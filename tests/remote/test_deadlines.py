"""A question ends at its deadline, or when nobody wants it any more, whatever the store does meanwhile."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kg.engine.base import Limits
from kg.engine.http import Http
from kg.engine.login import Login
from kg.engine.wire import Overdue, Patience
from kg.errors import EngineUnavailable, QueryError, QueryStopped, QueryTimeout
from tests.remote.fakes import JSON, Asked, Fake, Replying, Talk, in_turn, says, silent
from tests.remote.kit import Asking, Connect, asking, results, the_error

SELECT = "SELECT ?x { ?s ?p ?x }"
SOON, LATE = 0.3, 1.3  # the deadline, and what would be too late on the busiest machine


def _half_a_head(asked: Asked, talk: Talk) -> None:
    talk.raw(b"HTTP/1.1 200 OK\r\nContent-Type: ")
    talk.wait()


def _a_head(asked: Asked, talk: Talk) -> None:
    talk.head(200, JSON, Content_Length="1000")
    talk.wait()


def _a_trickling_head(asked: Asked, talk: Talk) -> None:
    talk.raw(b"HTTP/1.1 200 OK\r\n")
    while not talk.wait(0.01):
        talk.raw(b"X-More: 1\r\n")


def _a_trickling_body(asked: Asked, talk: Talk) -> None:
    talk.head(200, JSON, Transfer_Encoding="chunked")
    talk.chunk(b'{"head":{"vars":["x"]},"results":{"bindings":[')
    while not talk.wait(0.01):
        talk.chunk(b'{"x":{"type":"literal","value":"1"}},')


def _a_trickling_error(asked: Asked, talk: Talk) -> None:
    talk.head(500, "text/plain", Transfer_Encoding="chunked")
    while not talk.wait(0.01):
        talk.chunk(b"!")


@contextmanager
def _deaf() -> Iterator[str]:
    """An address at which nobody takes a connection: the queue of those who wait there is full."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        waiting = []
        for _ in range(8):
            one = socket.socket()
            one.setblocking(False)
            one.connect_ex(listening.getsockname())
            waiting.append(one)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/sparql"
        finally:
            for one in waiting:
                one.close()


def _timed(question: Asking) -> float:
    started = time.monotonic()
    question.start()
    question.ended()
    return time.monotonic() - started


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize(
    "reply", [silent, _half_a_head, _a_head, _a_trickling_head, _a_trickling_body, _a_trickling_error]
)
def test_a_question_ends_at_its_deadline(fake: Fake, connect: Connect, reply: Replying, kept: bool) -> None:
    fake.reply = in_turn(says(results("x")), reply)
    engine = connect(fake)
    if kept:
        engine.ask(SELECT)
    else:
        engine.check(SELECT)
        fake.reply = reply
    started = time.monotonic()
    error = the_error(engine, SELECT, QueryTimeout, limits=Limits(seconds=SOON))
    assert SOON <= time.monotonic() - started < LATE
    assert f"{SOON:g}" in error.say("zh") and f"{SOON:g}" in error.say("en")
    assert len(fake.asked) == 1 + kept


def test_a_question_to_a_host_that_takes_no_connection_ends_at_its_deadline(connect: Connect) -> None:
    with _deaf() as url:
        engine = connect(url)
        engine.check(SELECT)
        started = time.monotonic()
        the_error(engine, SELECT, QueryTimeout, limits=Limits(seconds=SOON))
        assert SOON <= time.monotonic() - started < LATE


def test_a_host_of_several_addresses_has_no_more_time_than_one(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _deaf() as url:
        engine = connect(url)
        engine.check(SELECT)
        look_up = socket.getaddrinfo
        monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **more: 6 * look_up(*asked, **more))
        started = time.monotonic()
        the_error(engine, SELECT, QueryTimeout, limits=Limits(seconds=SOON))
        assert time.monotonic() - started < LATE


def test_a_host_that_takes_no_connection_is_down_long_before_a_patient_question_ends(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.engine.patient.CONNECT_WITHIN", SOON)
    with _deaf() as url:
        error = the_error(connect(url), SELECT, EngineUnavailable, limits=Limits(seconds=60))
        assert url in error.say("zh") and url in error.say("en")


def test_a_store_that_reads_no_request_is_given_up_at_the_deadline() -> None:
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        listening.bind(("127.0.0.1", 0))
        listening.listen(5)
        with Http(f"http://127.0.0.1:{listening.getsockname()[1]}/sparql", Login()) as http:
            sent, started = b"x" * (32 << 20), time.monotonic()
            with pytest.raises(Overdue):
                http.send("POST", sent, {}, Patience(SOON))
            assert time.monotonic() - started < LATE


@pytest.mark.parametrize("reply", [silent, _a_head, _a_trickling_head, _a_trickling_body])
def test_a_question_that_nobody_wants_any_more_ends_at_once(fake: Fake, connect: Connect, reply: Replying) -> None:
    fake.reply = reply
    engine, cancel = connect(fake), threading.Event()
    with asking(lambda: engine.ask(SELECT, limits=Limits(seconds=60), cancel=cancel)) as question:
        fake.wait_for(1)
        cancel.set()
        question.ended(5)
    assert type(question.error) is QueryStopped
    assert question.error.seconds < 5
    fake.let_go.set()
    fake.reply = says(results("x"))
    assert engine.ask(SELECT).empty


def test_a_question_that_nobody_wanted_from_the_start_is_not_sent(fake: Fake, connect: Connect) -> None:
    cancel = threading.Event()
    cancel.set()
    engine = connect(fake)
    the_error(engine, SELECT, QueryStopped, cancel=cancel)
    assert not fake.asked


def test_a_question_can_be_stopped_while_a_connection_is_being_had(connect: Connect) -> None:
    with _deaf() as url:
        engine, cancel = connect(url), threading.Event()
        engine.check(SELECT)
        question = Asking(lambda: engine.ask(SELECT, limits=Limits(seconds=60), cancel=cancel))
        threading.Timer(SOON, cancel.set).start()
        assert _timed(question) < SOON + LATE
    assert type(question.error) is QueryStopped


def test_a_question_that_was_given_up_leaves_no_connection_to_the_next(fake: Fake, connect: Connect) -> None:
    """What the store says too late to the first question must never be read as the answer to the second."""

    def late(asked: Asked, talk: Talk) -> None:
        talk.wait()
        says(results("x", of=[{"x": "late"}]))(asked, talk)

    fake.reply = in_turn(late, says(results("x", of=[{"x": "new"}])))
    engine = connect(fake)
    the_error(engine, SELECT, QueryTimeout, limits=Limits(seconds=SOON))
    fake.let_go.set()
    assert [row["x"].value for row in engine.ask(SELECT).records()] == ["new"]
    assert fake.connections == 2


@pytest.mark.parametrize(("server", "wanted"), [("Virtuoso/07.20.3229 (Linux) x86_64", 2500), ("Fake/1", None)])
def test_a_store_that_understands_it_learns_how_long_it_may_work(
    fake: Fake, connect: Connect, server: str, wanted: int | None
) -> None:
    fake.server = server
    fake.reply = says(results("x"))
    engine = connect(fake)
    for _ in range(2):
        engine.ask(SELECT, limits=Limits(seconds=1.5))
    told = fake.asked[1].all("timeout")
    assert told == [] if wanted is None else 1500 < int(told[0]) <= wanted


@pytest.mark.parametrize("how", ["answer", "error"])
def test_what_a_store_stopped_by_itself_is_no_answer(fake: Fake, connect: Connect, how: str) -> None:
    """Virtuoso gives what it had by then, with 200, and says so in a header only; or the error S1T00."""
    fake.server = "Virtuoso/07.20.3229"
    answer = says(results("x", of=[{"x": "1"}]), X_SQL_State="S1TAT", X_SQL_Message="Anytime query timed out")
    error = says("Virtuoso S1T00 Error SR171: Transaction timed out", "text/plain", 500)
    fake.reply = answer if how == "answer" else error
    the_error(connect(fake), SELECT, QueryTimeout)


def test_a_store_that_cut_by_itself_is_cut(fake: Fake, connect: Connect) -> None:
    fake.server = "Virtuoso/07.20.3229"
    many = results("x", of=[{"x": str(number)} for number in range(10)])
    fake.reply = in_turn(says(many, X_SPARQL_MaxRows="10"), says(many, X_SPARQL_MaxRows="11"))
    engine = connect(fake)
    assert (engine.ask(SELECT).cut, engine.ask(SELECT).cut) == (True, False)


def test_errors_of_questions_are_query_errors(fake: Fake, connect: Connect) -> None:
    fake.reply = says("Something else", "text/plain", 500)
    error = the_error(connect(fake), SELECT, QueryError)
    assert "Something else" in str(error)

"""Connections to a store: kept and used again, had anew where one had ended, and given up with their questions."""

from __future__ import annotations

import gc
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from kg.engine.base import Limits
from kg.errors import AnswerTooLarge, EngineUnavailable, QueryTimeout
from tests.remote.fakes import JSON, NTRIPLES, Asked, Fake, Replying, Talk, hang_up, in_turn, says
from tests.remote.kit import Asking, Connect, asking, results, the_error

SELECT, CONSTRUCT = "SELECT ?x { ?s ?p ?x }", "CONSTRUCT WHERE { ?s ?p ?o }"
ANSWER = says(results("x", of=[{"x": "1"}]))
LINES = [f"<urn:s> <urn:p> <urn:o{number}> .\n" for number in range(100)]


def _with_length(asked: Asked, talk: Talk) -> None:
    talk.head(200, NTRIPLES, Content_Length=str(len("".join(LINES))))
    talk.raw("".join(LINES[:50]).encode())
    talk.hang_up()


def _in_chunks(asked: Asked, talk: Talk) -> None:
    talk.head(200, NTRIPLES, Transfer_Encoding="chunked")
    talk.chunk("".join(LINES[:50]).encode())
    talk.hang_up()


def _within_a_chunk(asked: Asked, talk: Talk) -> None:
    talk.head(200, NTRIPLES, Transfer_Encoding="chunked")
    talk.raw(b"ffff\r\n" + "".join(LINES[:50]).encode())
    talk.hang_up()


def _half_a_head(asked: Asked, talk: Talk) -> None:
    talk.raw(b"HTTP/1.1 200 OK\r\nContent-Ty")
    talk.hang_up()


def _no_http(asked: Asked, talk: Talk) -> None:
    talk.raw(b"SSH-2.0-OpenSSH_9.2\r\n")
    talk.hang_up()


@pytest.mark.parametrize("framing", ["length", "chunked"])
def test_one_connection_serves_one_question_after_another(fake: Fake, connect: Connect, framing: str) -> None:
    fake.reply = says(results("x", of=[{"x": "1"}] * 5000), framing=framing)
    engine = connect(fake)
    for _ in range(5):
        assert engine.ask(SELECT).rows == 5000
    assert (fake.connections, len(fake.asked)) == (1, 5)


def test_a_connection_is_kept_after_an_error_of_the_store(fake: Fake, connect: Connect) -> None:
    fake.reply = in_turn(says("Too busy.", "text/plain", 503), ANSWER)
    engine = connect(fake)
    the_error(engine, SELECT, EngineUnavailable)
    assert engine.ask(SELECT).rows == 1
    assert fake.connections <= 2


def test_a_store_that_keeps_no_connection_is_asked_on_a_new_one_each_time(fake: Fake, connect: Connect) -> None:
    fake.reply = says(results("x"), Connection="close")
    engine = connect(fake)
    for _ in range(3):
        assert engine.ask(SELECT).empty
    assert (fake.connections, len(fake.asked)) == (3, 3)


def test_questions_at_once_have_a_connection_each_and_these_are_kept(fake: Fake, connect: Connect) -> None:
    together = threading.Barrier(4)

    def reply(asked: Asked, talk: Talk) -> None:
        together.wait(30)
        ANSWER(asked, talk)

    fake.reply = reply
    engine = connect(fake)
    for _ in range(3):
        with ThreadPoolExecutor(4) as threads:
            assert [answer.rows for answer in threads.map(engine.ask, [SELECT] * 4)] == [1] * 4
    assert (fake.connections, len(fake.asked)) == (4, 12)


def test_a_kept_connection_that_the_store_had_ended_is_had_anew_once(fake: Fake, connect: Connect) -> None:
    fake.reply = ANSWER
    engine = connect(fake)
    engine.ask(SELECT)
    fake.hang_up_all()
    assert engine.ask(SELECT).rows == 1
    assert fake.connections == 2


def test_a_store_that_ends_the_new_connection_too_is_asked_no_third_time(fake: Fake, connect: Connect) -> None:
    fake.reply = in_turn(ANSWER, hang_up)
    engine = connect(fake)
    engine.ask(SELECT)
    error = the_error(engine, SELECT, EngineUnavailable)
    assert fake.url in error.say("zh") and fake.url in str(error)
    assert len(fake.asked) == 3


def test_a_new_connection_that_ends_is_not_had_again(fake: Fake, connect: Connect) -> None:
    fake.reply = hang_up
    the_error(connect(fake), SELECT, EngineUnavailable)
    assert len(fake.asked) == 1


def test_what_a_store_says_into_an_idle_connection_is_no_answer(fake: Fake, connect: Connect) -> None:
    """As servers and balancers do that have waited long enough for another request."""
    idle, said = threading.Event(), threading.Event()

    def reply(asked: Asked, talk: Talk) -> None:
        ANSWER(asked, talk)
        if asked.connection == 1:
            idle.wait(30)
            talk.raw(b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            said.set()
            talk.wait()

    fake.reply = reply
    engine = connect(fake)
    assert engine.ask(SELECT).rows == 1
    idle.set()
    assert said.wait(30)
    assert engine.ask(SELECT).rows == 1


@pytest.mark.parametrize("broken", [_with_length, _in_chunks, _within_a_chunk])
@pytest.mark.parametrize("kept", [False, True])
def test_half_an_answer_is_an_error_and_is_not_asked_for_again(
    fake: Fake, connect: Connect, broken: Replying, kept: bool
) -> None:
    fake.reply = in_turn(says("".join(LINES), NTRIPLES), broken) if kept else broken
    engine = connect(fake)
    if kept:
        assert engine.ask(CONSTRUCT).rows == 100
    error = the_error(engine, CONSTRUCT, EngineUnavailable)
    assert "broke off" in str(error) and fake.url in str(error)
    assert len(fake.asked) == 1 + kept


def test_half_an_answer_in_json_is_an_error_that_says_that_it_broke_off(fake: Fake, connect: Connect) -> None:
    body = results("x", of=[{"x": str(number)} for number in range(100)])

    def reply(asked: Asked, talk: Talk) -> None:
        talk.head(200, JSON, Content_Length=str(len(body)))
        talk.raw(body[: len(body) // 2].encode())
        talk.hang_up()

    fake.reply = reply
    assert "broke off" in str(the_error(connect(fake), SELECT, EngineUnavailable))


@pytest.mark.parametrize("broken", [_half_a_head, _no_http])
def test_what_is_no_http_is_an_error_of_the_store(fake: Fake, connect: Connect, broken: Replying) -> None:
    fake.reply = broken
    assert fake.url in str(the_error(connect(fake), SELECT, EngineUnavailable))


def _endless(asked: Asked, talk: Talk) -> None:
    """Rows without end, until the connection is."""
    talk.head(200, NTRIPLES, Transfer_Encoding="chunked")
    number = 0
    while not talk.wait(0):
        talk.chunk(b"".join(b"<urn:s> <urn:p> <urn:o%d> .\n" % each for each in range(number, number + 1000)))
        number += 1000


def test_who_has_enough_rows_hangs_up(fake: Fake, connect: Connect) -> None:
    fake.reply = in_turn(_endless, ANSWER)
    engine = connect(fake)
    answer = engine.ask(CONSTRUCT, limits=Limits(seconds=30, rows=5000))
    assert (answer.rows, answer.cut) == (5000, True)
    assert engine.ask(SELECT).rows == 1
    assert fake.connections == 2


def test_who_has_more_bytes_than_allowed_hangs_up_and_says_so(fake: Fake, connect: Connect) -> None:
    fake.reply = in_turn(_endless, ANSWER)
    engine = connect(fake)
    error = the_error(engine, CONSTRUCT, AnswerTooLarge, limits=Limits(seconds=60, rows=10**9, megabytes=2))
    assert "2 MB" in error.say("zh") and "2 MB" in error.say("en")
    assert engine.ask(SELECT).rows == 1


def test_the_byte_limit_holds_for_what_is_told_where_no_row_ends(fake: Fake, connect: Connect) -> None:
    begun = '{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"'
    fake.reply = says(begun + "x" * (2 << 20))
    the_error(connect(fake), SELECT, AnswerTooLarge, limits=Limits(megabytes=1))


def test_an_engine_closed_under_a_question_ends_it(fake: Fake, connect: Connect) -> None:
    engine = connect(fake)
    with asking(lambda: engine.ask(SELECT, limits=Limits(seconds=60))) as question:
        fake.wait_for(1)
        engine.close()
        question.join(5)
        waited = question.is_alive()
        fake.let_go.set()
    assert isinstance(question.error, EngineUnavailable), question.answer
    assert "closed" in str(question.error)
    assert not waited, "it went on until the store answered"


def test_a_closed_engine_says_so_and_may_be_closed_again(fake: Fake, connect: Connect) -> None:
    fake.reply = ANSWER
    engine = connect(fake)
    engine.ask(SELECT)
    for _ in range(2):
        engine.close()
    assert "closed" in str(the_error(engine, SELECT, EngineUnavailable))
    with pytest.raises(EngineUnavailable, match="closed"):
        engine.check(SELECT)
    assert engine.data_version == "v1"
    assert len(fake.asked) == 1


@pytest.mark.parametrize("limits", [Limits(seconds=0.3), Limits(megabytes=1)])
def test_an_error_in_the_midst_of_an_answer_may_end_in_another_thread(
    fake: Fake, connect: Connect, limits: Limits
) -> None:
    """What reads answers may be let go of by its own thread only; an error must not carry it into another."""

    def reply(asked: Asked, talk: Talk) -> None:
        talk.head(200, JSON, Transfer_Encoding="chunked")
        talk.chunk(b'{"head":{"vars":["x"]},"results":{"bindings":[')
        row = b'{"x":{"type":"literal","value":"' + b"x" * 1000 + b'"}},'
        for _ in range(3000 if limits.megabytes == 1 else 5):
            talk.chunk(row)
        talk.wait()

    fake.reply = reply
    engine = connect(fake)
    question = Asking(lambda: engine.ask(SELECT, limits=limits))
    question.start()
    error = question.ended().error
    assert isinstance(error, AnswerTooLarge if limits.megabytes == 1 else QueryTimeout)
    fake.let_go.set()
    del error, question
    gc.collect()

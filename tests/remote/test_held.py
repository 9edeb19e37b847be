"""What a store holds: looked at when it was not for a while, and believed only where it is whole."""

from __future__ import annotations

import gc
import threading
from io import BytesIO

import pytest

from kg.engine.base import Limits
from kg.engine.held import WHAT_IS_HELD
from kg.engine.login import Login
from kg.engine.memory import RememberingEngine
from kg.engine.remote import RemoteEngine
from kg.errors import EngineUnavailable, KgError, QueryStopped, QueryTimeout
from kg.export.loading import load_store
from kg.graph.build import Rdf
from kg.graph.names import DATASET, GRAPH_DATASET, GRAPH_ENTITIES, GRAPH_INDEX, GRAPH_UNION, PREFIXES
from tests.remote.fakes import Asked, Fake, Replying, Talk, hang_up, says, silent
from tests.remote.kit import Asking, Connect, asking, results, the_error, until
from tests.remote.standard import Standard

pytestmark = pytest.mark.usefixtures("no_lists")

SELECT = "SELECT ?x { ?s ?p ?x }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def told(version: str = "v1", *graphs: str, merged: bool = True) -> str:
    rows = [{"version": version, "graph": graph} for graph in graphs or ("urn:g",)]
    return results("version", "graph", "union", of=[*rows, *([{"union": GRAPH_UNION}] if merged else [])])


class Looked:
    """A reply that tells looks and questions apart."""

    def __init__(self, look: Replying) -> None:
        self.look = look
        self.looks = 0

    def __call__(self, asked: Asked, talk: Talk) -> None:
        if asked.query == WHAT_IS_HELD:
            self.looks += 1
            self.look(asked, talk)
        else:
            says(results("x"))(asked, talk)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a store holds is never believed without asking again."""
    monkeypatch.setattr("kg.engine.remote.FRESH_SECONDS", -1.0)


def test_what_is_held_is_asked_of_the_whole_store_and_believed_for_a_while(fake: Fake, connect: Connect) -> None:
    fake.reply = looked = Looked(says(told("v7", "urn:g", "urn:h")))
    engine = connect(fake, held=None)
    assert engine.data_version == "v7"
    assert engine.graphs == {"urn:g", "urn:h", GRAPH_DATASET, GRAPH_INDEX}
    for _ in range(3):
        assert engine.ask(SELECT).data_version == "v7"
    assert looked.looks == 1
    assert not fake.asked[0].all("default-graph-uri")


def test_what_is_remembered_is_believed_no_longer_than_what_is_held(
    fake: Fake, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.reply = Looked(says(told("v1")))
    engine = RememberingEngine(connect(fake, held=None))
    for _ in range(2):
        assert engine.ask(SELECT).data_version == "v1"
    asked = len(fake.asked)
    fake.reply = Looked(says(told("v2")))
    assert engine.ask(SELECT).data_version == "v1"
    assert len(fake.asked) == asked
    monkeypatch.setattr("kg.engine.remote.FRESH_SECONDS", -1.0)
    assert engine.ask(SELECT).data_version == "v2"
    fake.reply = hang_up
    with pytest.raises(EngineUnavailable):
        engine.ask(SELECT)


def test_data_that_was_loaded_anew_answers_under_its_new_version(
    standard: Standard, connect: Connect, at_once: None, sample_rdf: Rdf, twice_rdf: Rdf
) -> None:
    load_store(standard.url, Login(), BytesIO(sample_rdf.nquads))
    engine = connect(standard)
    assert engine.ask(SELECT).data_version == sample_rdf.data_version
    before = engine.ask(COUNT).records()
    load_store(standard.url, Login(), BytesIO(twice_rdf.nquads))
    answer = engine.ask(COUNT)
    assert answer.data_version == engine.data_version == twice_rdf.data_version
    assert answer.records() != before


def test_the_data_version_is_told_at_once_and_looked_up_behind_it(fake: Fake, connect: Connect, at_once: None) -> None:
    may_answer, answered = threading.Event(), threading.Event()
    fake.reply = looked = Looked(says(told("v1")))
    engine = connect(fake, held=None)

    def slowly(asked: Asked, talk: Talk) -> None:
        may_answer.wait(30)
        says(told("v2"))(asked, talk)
        answered.set()

    looked.look = slowly
    assert [engine.data_version for _ in range(3)] == ["v1"] * 3
    may_answer.set()
    assert answered.wait(30)
    until(lambda: engine.data_version == "v2")


@pytest.mark.parametrize(
    "look",
    [
        says("Down.", "text/plain", 503),
        says("Something went wrong.", "text/plain", 500),
        says("Took too long.", "text/plain", 504),
        says(told("v1"), X_SQL_State="S1TAT"),
        says(results("version", "graph", "union")),
        says("<html/>", "text/html"),
        hang_up,
    ],
    ids=["busy", "error", "timeout", "stopped", "empty", "html", "broken"],
)
def test_a_look_that_fails_behind_the_scenes_disturbs_nobody(
    fake: Fake, connect: Connect, monkeypatch: pytest.MonkeyPatch, look: Replying, at_once: None
) -> None:
    """An exception in the thread that looks would fail this test by its warning."""
    fake.reply = looked = Looked(says(told("v1")))
    engine = connect(fake, held=None)
    looked.look = look
    assert engine.data_version == "v1"
    fake.wait_for(2)
    for thread in threading.enumerate():
        if thread.daemon and "look" in thread.name.lower():
            thread.join(10)
    looked.look = says(told("v2"))
    until(lambda: engine.data_version == "v2")


@pytest.mark.parametrize(
    "look",
    [
        says(results("version", "graph", "union")),
        says(results("version", "graph", "union", of=[{"version": "a"}, {"version": "b"}])),
        says(results("version", "graph", "union", of=[{"graph": "urn:g"}])),
        says(results("version", "graph", "union", of=[{"union": GRAPH_UNION}])),
    ],
    ids=["nothing", "two versions", "no version", "only the index"],
)
def test_a_store_without_a_whole_graph_of_ours_is_told_apart(fake: Fake, look: Replying) -> None:
    fake.reply = look
    with pytest.raises(EngineUnavailable) as caught:
        RemoteEngine(fake.url)
    for lang in ("zh", "en"):
        assert f"kg load {fake.url}" in caught.value.say(lang)
    del caught
    gc.collect()  # a connection that nobody closed would say so now


@pytest.mark.parametrize("look", [says("No.", "text/plain", 401), says("Oops", "text/plain", 500), hang_up])
def test_an_engine_that_cannot_begin_leaves_nothing_open(fake: Fake, look: Replying) -> None:
    fake.reply = look
    with pytest.raises(KgError):
        RemoteEngine(fake.url)
    gc.collect()


def test_a_store_that_does_not_say_what_it_holds_in_time_cannot_be_reached(
    fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.engine.remote._LOOK", Limits(seconds=0.2))
    fake.reply = silent
    with pytest.raises(EngineUnavailable) as caught:
        RemoteEngine(fake.url)
    assert fake.url in caught.value.say("zh")


def test_a_question_looks_within_its_own_deadline(fake: Fake, connect: Connect, at_once: None) -> None:
    fake.reply = looked = Looked(says(told()))
    engine = connect(fake, held=None)
    looked.look = silent
    the_error(engine, SELECT, QueryTimeout, limits=Limits(seconds=0.3))


def test_a_question_that_waits_for_anothers_look_keeps_its_deadline_and_can_be_stopped(
    fake: Fake, connect: Connect, at_once: None
) -> None:
    fake.reply = looked = Looked(says(told()))
    engine, cancel = connect(fake, held=None), threading.Event()
    looked.look = silent
    with asking(lambda: engine.ask(SELECT, limits=Limits(seconds=30))):
        fake.wait_for(2)
        the_error(engine, SELECT, QueryTimeout, limits=Limits(seconds=0.3))
        stopped = Asking(lambda: engine.ask(SELECT, limits=Limits(seconds=20), cancel=cancel))
        stopped.start()
        cancel.set()
        stopped.join(3)
        waited = stopped.is_alive()
        fake.let_go.set()
        stopped.ended()
    assert not waited, "it was not stopped while another looked"
    assert isinstance(stopped.error, QueryStopped)


def test_many_questions_at_once_look_once(fake: Fake, connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    fake.reply = looked = Looked(says(told()))
    engine = connect(fake, held=None)
    monkeypatch.setattr(engine, "_looked", engine._looked - 60)
    together = [Asking(lambda: engine.ask(SELECT)) for _ in range(6)]
    for one in together:
        one.start()
    assert all(one.ended().answer for one in together)
    assert looked.looks == 2


def test_a_store_with_very_many_graphs_is_known_whole(fake: Fake, connect: Connect) -> None:
    many = [f"urn:graph:{number}" for number in range(10_050)]
    fake.reply = Looked(says(told("v1", *many)))
    assert connect(fake, held=None).graphs >= set(many)


def test_readers_of_a_store_that_lost_its_graph_are_told(
    standard: Standard, connect: Connect, at_once: None, sample_rdf: Rdf
) -> None:
    load_store(standard.url, Login(), BytesIO(sample_rdf.nquads))
    engine = connect(standard)
    standard.content.update(f"DROP GRAPH <{GRAPH_DATASET}>")
    assert "kg load" in str(the_error(engine, SELECT, EngineUnavailable))
    version = f'<{DATASET}> <{PREFIXES["dcat"]}version> "v9" ; <{PREFIXES["void"]}subset> <{GRAPH_ENTITIES}>'
    standard.content.update(f"INSERT DATA {{ GRAPH <{GRAPH_DATASET}> {{ {version} }} }}")
    assert engine.ask(SELECT).data_version == "v9"

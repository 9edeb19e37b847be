"""Before the graphs are merged: an answer is what it will be after that, or it is waited for."""

from __future__ import annotations

import math
import signal
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.engine import embedded, wire
from kg.engine.base import Graphs
from kg.engine.early import Early, fit_to_be_early, same_when_merged
from kg.engine.embedded import EmbeddedEngine
from kg.engine.forking import ForkLauncher
from kg.engine.launcher import Ending
from kg.engine.loading import Loaded, load
from kg.engine.pending import Pending
from kg.engine.worker import answer
from kg.errors import EngineUnavailable, MalformedQuery, QueryStopped

#: Two graphs, which share two triples.
SHARED = b"""\
<a:s> <a:p> <a:o> <g:1> .
<a:s> <a:p> <a:o> <g:2> .
<a:o> <a:p> "x" <g:1> .
<a:o> <a:p> "x" <g:2> .
<a:t> <a:p> "y" <g:2> .
"""

_TERMS = ("<a:0>", "<a:1>", "<a:2>")
_NAMES = ("?x", "?y", "?z")
_triples = st.sets(st.tuples(*[st.sampled_from(_TERMS)] * 3).map(" ".join), min_size=1)
_slots = st.sampled_from(_NAMES + _TERMS)
_triple = st.tuples(_slots, st.sampled_from(("<a:0>", "<a:1>", "?p", "<a:0>/<a:1>", "<a:0>*")), _slots).map(" ".join)
_pattern = st.recursive(
    _triple,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: f"{{ {two[0]} }} {{ {two[1]} }}"),
        st.tuples(inner, inner).map(lambda two: f"{{ {two[0]} }} UNION {{ {two[1]} }}"),
        st.tuples(inner, inner).map(lambda two: f"{two[0]} OPTIONAL {{ {two[1]} }}"),
        st.tuples(inner, inner).map(lambda two: f"{two[0]} MINUS {{ {two[1]} }}"),
        st.tuples(inner, inner).map(lambda two: f"{two[0]} FILTER NOT EXISTS {{ {two[1]} }}"),
        st.tuples(inner, _slots, _slots).map(lambda some: f"{some[0]} FILTER ({some[1]} != {some[2]})"),
        inner.map(lambda one: f"GRAPH ?g {{ {one} }}"),
        inner.map(lambda one: f"{{ SELECT DISTINCT ?x {{ {one} }} }}"),
        inner.map(lambda one: f"{{ SELECT REDUCED ?y {{ {one} }} }}"),
        inner.map(lambda one: f"{one} VALUES ?x {{ <a:0> <a:1> }}"),
        inner.map(lambda one: f"{one} BIND (STR(?x) AS ?w)"),
    ),
    max_leaves=4,
)


def loaded(lines: bytes, *, merge: bool = False) -> Loaded:
    found, _ = load(BytesIO(lines), merge=merge)
    assert found is not None
    return found


def asked(query: str) -> wire.Request:
    return wire.Request(query, 5, 1000, 1 << 24)


def replied(store: Loaded, request: wire.Request) -> wire.Reply:
    reply, blocks = answer(store, request)
    return reply._replace(body=reply.body + b"".join(blocks))


def lines(reply: wire.Reply) -> Counter[bytes]:
    return Counter(reply.body.split(b"\n"))


@given(
    one=_triples,
    other=_triples,
    head=st.sampled_from(("ASK", "SELECT *", "SELECT ?x", "SELECT DISTINCT ?y", "SELECT (STR(?x) AS ?text)")),
    pattern=_pattern,
)
def test_an_early_answer_is_the_one_of_the_merge(one: set[str], other: set[str], head: str, pattern: str) -> None:
    graphs = {"<g:1>": one, "<g:2>": one | other}
    text = "".join(f"{triple} {graph} .\n" for graph, triples in graphs.items() for triple in triples).encode()
    request = asked(f"{head} {{ {pattern} }}")
    assert fit_to_be_early(request)
    early, late = replied(loaded(text), request), replied(loaded(text, merge=True), request)
    if same_when_merged(early):
        assert lines(early) == lines(late)


@pytest.mark.parametrize(
    ("query", "sure"),
    [
        ("SELECT * { ?s <a:p> ?o }", False),
        ("SELECT DISTINCT * { ?s <a:p> ?o }", True),
        ("SELECT * { <a:administration> <a:min> ?o }", True),
        ("SELECT ?s { ?s <a:p> 'y' }", True),
        ("SELECT ?s { ?s <a:p> 'nobody' }", True),
        ("SELECT ?s { ?s <a:p> 'y' MINUS { ?s <a:p> <a:o> } }", True),
        ("SELECT ?s { ?s <a:p> 'y' } LIMIT 5", False),
        ("SELECT (COUNT(*) AS ?n) { ?s <a:p> 'y' }", False),
        ("SELECT (MAX # the greatest\n (?o) AS ?n) { ?s <a:p> ?o }", False),
        ("SELECT (1+SUM(?o) AS ?n) { ?s <a:p> ?o }", False),
        ("SELECT * { { SELECT ?s { ?s <a:p> ?o } LIMIT 1 } }", False),
        ("SELECT (BNODE() AS ?new) { ?s <a:p> ?o }", False),
        ("ASK { ?s <a:p> ?o }", True),
        ("ASK { { SELECT ?s { ?s <a:p> ?o } GROUP BY ?s HAVING (COUNT(*) > 1) } }", False),
        ("CONSTRUCT { ?s <a:q> (?o) } WHERE { ?s <a:p> ?o }", False),
        ("DESCRIBE <a:s>", False),
        ("SELEC * { ?s <a:p> ?o }", True),
        ("SELECT * { ?s <a:p> ?o FILTER (<a:unknown>(?o)) }", False),
    ],
)
def test_what_the_merge_could_change_is_not_sure(query: str, sure: bool) -> None:
    request = asked(query)
    assert (fit_to_be_early(request) and same_when_merged(replied(loaded(SHARED), request))) == sure


@pytest.mark.parametrize("limits", [{"rows": 2}, {"size": 8}])
def test_an_answer_that_a_limit_ends_is_not_sure(limits: dict[str, int]) -> None:
    request = asked("SELECT DISTINCT * { ?s <a:p> ?o }")._replace(**limits)
    assert not same_when_merged(replied(loaded(SHARED), request))


def test_a_dataset_of_its_own_waits_for_the_merge() -> None:
    assert not fit_to_be_early(asked("ASK { ?s <a:p> ?o }")._replace(graphs=(["g:1", "g:2"], [])))


# ------------------------------------------------------------------------------- who waits, and for how long


class FakeWorker:
    """Replies what it is told to, or raises it; counts the questions, and whether it was ended."""

    def __init__(self, outcome: wire.Reply | BaseException) -> None:
        self.outcome, self.questions, self.ends = outcome, 0, 0

    def usable(self) -> bool:
        return True

    def exchange(self, request: wire.Request, patience: wire.Patience) -> Generator[None, None, wire.Reply]:
        self.questions += 1
        if isinstance(self.outcome, BaseException):
            raise self.outcome
        yield
        return self.outcome

    def slow_down(self) -> bool:
        return True

    def end(self) -> Ending:
        self.ends += 1
        return Ending(0, "")


class FakeLauncher:
    """Launches workers that all reply the same."""

    def __init__(self, outcome: wire.Reply | BaseException) -> None:
        self.outcome, self.workers, self.closed, self.refuses = outcome, list[FakeWorker](), False, False

    @property
    def questions(self) -> int:
        return sum(worker.questions for worker in self.workers)

    def load(self) -> frozenset[str]:
        if self.refuses:
            raise EngineUnavailable("closed")
        return frozenset({"g:1"})

    def launch(self) -> FakeWorker:
        self.workers.append(FakeWorker(self.outcome))
        return self.workers[-1]

    def close(self) -> None:
        self.closed = True


class Beginning:
    """What can be asked early, and the merge, which is made when the test says so."""

    def __init__(self, outcome: wire.Reply | BaseException, failure: Exception | None = None) -> None:
        self.launcher, self.failure, self.merged = FakeLauncher(outcome), failure, threading.Event()
        self.early = Early(self.launcher, 2, self._merge)

    def _merge(self) -> frozenset[str]:
        self.merged.wait()
        if self.failure is not None:
            raise self.failure
        return frozenset({"g:1"})

    def merge(self) -> None:
        self.merged.set()
        self.early._thread.join()


@pytest.fixture
def begin() -> Iterator[Callable[..., Beginning]]:
    begun: list[Beginning] = []

    def one(*arguments: Any) -> Beginning:
        begun.append(Beginning(*arguments))
        return begun[-1]

    yield one
    for each in begun:
        each.merge()


def in_steps(seconds: float = 5, cancel: threading.Event | None = None) -> wire.Patience:
    """The patience of who has something else to do at each step."""
    patience = wire.Patience(seconds, cancel)
    patience.pause_after(-1)
    return patience


YES = wire.Reply(wire.ASK, False, 1, 0, b"true")
GROWN = YES._replace(grown=1 << 30)
TWICE = wire.Reply(wire.SELECT, False, 2, 0, b"?s\n<a:s>\n<a:s>\n")
FIT, UNFIT = asked("ASK { ?s ?p ?o }"), asked("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
READ = FIT._replace(check=True)


def test_a_sure_reply_waits_for_nothing(begin: Callable[..., Beginning]) -> None:
    one = begin(YES)
    for _ in range(2):
        assert wire.finish(one.early.reply(FIT, wire.Patience(5))) == YES
    assert (one.launcher.questions, one.early.over) == (2, False)


def test_many_are_answered_at_once(begin: Callable[..., Beginning]) -> None:
    one = begin(YES)
    both = [one.early.reply(FIT, wire.Patience(5)) for _ in range(2)]
    for steps in both:
        next(steps)
    assert [wire.finish(steps) for steps in both] == [YES, YES]


def test_an_unfit_question_waits_and_keeps_nobody_waiting(begin: Callable[..., Beginning]) -> None:
    one = begin(YES)
    waiting = one.early.reply(UNFIT, in_steps())
    next(waiting)
    assert wire.finish(one.early.reply(FIT, wire.Patience(5))) == YES
    next(waiting)
    one.merge()
    assert wire.finish(waiting) is None
    assert one.launcher.questions == 1


def test_the_deadline_counts_from_the_merge(begin: Callable[..., Beginning]) -> None:
    one, patience = begin(YES), wire.Patience(60)

    class LongAfter(threading.Event):
        """Is set when all the time has passed."""

        def wait(self, timeout: float | None = None) -> bool:
            patience._end = 0.0
            return True

    one.early._merged = LongAfter()
    assert wire.finish(one.early.reply(UNFIT, patience)) is None
    assert patience.left > 0


@pytest.mark.parametrize("outcome", [TWICE, wire.Overdue(), EOFError(), BrokenPipeError()])
def test_what_is_not_sure_is_asked_again_after_the_merge(
    begin: Callable[..., Beginning], outcome: wire.Reply | BaseException
) -> None:
    one = begin(outcome)
    steps = one.early.reply(FIT, in_steps())
    for _ in range(3):
        next(steps)
    one.merge()
    assert wire.finish(steps) is None


NO_MEMORY = wire.Reply(wire.NO_MEMORY, False, 0, 0, b"")


def test_who_wants_a_text_read_waits_for_no_merge(begin: Callable[..., Beginning]) -> None:
    with pytest.raises(wire.Overdue):
        wire.finish(begin(wire.Overdue()).early.reply(READ, wire.Patience(1)))
    with pytest.raises(EngineUnavailable):
        wire.finish(begin(EOFError()).early.reply(READ, wire.Patience(1)))
    assert wire.finish(begin(NO_MEMORY).early.reply(READ, wire.Patience(1))) == NO_MEMORY


def test_what_is_wrong_with_the_merge_is_told_whatever_it_is(begin: Callable[..., Beginning]) -> None:
    one = begin(YES, OSError("too many files"))
    one.merge()
    with pytest.raises(EngineUnavailable, match="too many files"):
        wire.finish(one.early.reply(UNFIT, wire.Patience(1)))


def test_whoever_waited_is_told_why_the_graphs_cannot_be_merged(begin: Callable[..., Beginning]) -> None:
    one = begin(YES, EngineUnavailable("no memory"))
    steps = one.early.reply(UNFIT, in_steps())
    next(steps)
    one.merge()
    with pytest.raises(EngineUnavailable, match="no memory"):
        wire.finish(steps)


def test_who_waits_for_the_merge_can_stop(begin: Callable[..., Beginning]) -> None:
    stop = threading.Event()
    steps = begin(YES).early.reply(UNFIT, in_steps(cancel=stop))
    next(steps)
    stop.set()
    with pytest.raises(wire.Cancelled):
        next(steps)


def test_a_question_given_up_ends_its_own_worker_and_others_are_asked(begin: Callable[..., Beginning]) -> None:
    one = begin(YES)
    steps = one.early.reply(FIT, wire.Patience(5))
    next(steps)
    steps.close()
    assert one.launcher.workers[0].ends == 1
    assert wire.finish(one.early.reply(FIT, wire.Patience(5))) == YES


def test_no_worker_outlives_the_merge(begin: Callable[..., Beginning]) -> None:
    one = begin(YES)
    one.early.load()
    wire.finish(one.early.reply(FIT, wire.Patience(5)))
    busy = one.early.reply(FIT, wire.Patience(5))
    next(busy)
    one.merge()
    assert one.early.over
    assert one.launcher.closed
    wire.finish(busy)
    assert [worker.ends for worker in one.launcher.workers] == [1, 1]


def test_graphs_that_are_merged_are_enough_where_they_cannot_be_read_as_they_are(
    begin: Callable[..., Beginning],
) -> None:
    one = begin(YES)
    one.launcher.refuses = True
    one.merged.set()
    assert one.early.load() == {"g:1"}


def test_a_worker_that_grew_too_much_is_replaced(begin: Callable[..., Beginning]) -> None:
    one = begin(GROWN)
    wire.finish(one.early.reply(FIT, wire.Patience(5)))
    assert one.launcher.workers[0].ends == 1


def test_a_query_is_looked_through_in_no_time() -> None:
    assert fit_to_be_early(asked(f"# how they count {'#' * 40}\nASK {{ ?min {'# # ' * 20}\n ?p ?o }}"))


# ------------------------------------------------------------------------------- with real processes


@pytest.fixture
def much(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is loaded counts as so much that its merge takes long."""
    monkeypatch.setattr(embedded, "_MUCH", 0)


def merging(engine: EmbeddedEngine) -> subprocess.Popen[bytes]:
    """The process that merges the graphs."""
    assert isinstance(engine._launcher, ForkLauncher)
    return engine._launcher._supervisor._process


def as_read(engine: EmbeddedEngine) -> subprocess.Popen[bytes]:
    """The process that leaves them as they were read."""
    assert engine._early is not None
    assert isinstance(engine._early._launcher, ForkLauncher)
    return engine._early._launcher._supervisor._process


@pytest.fixture
def held(much: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddedEngine]:
    """An engine whose merge stands still until it is told to go on."""
    load = ForkLauncher.load

    stopped: list[int] = []

    def first_stopped_if_it_merges(launcher: ForkLauncher) -> frozenset[str]:
        process = launcher._supervisor._process
        if launcher._merge and not stopped:
            stopped.append(process.pid)
            process.send_signal(signal.SIGSTOP)
        return load(launcher)

    monkeypatch.setattr(ForkLauncher, "load", first_stopped_if_it_merges)
    with EmbeddedEngine(SHARED, "v") as engine:
        yield engine


def waiting(engine: EmbeddedEngine, cancel: threading.Event | None = None) -> Pending:
    """A question that has begun to wait for the merge."""
    pending = engine.begin(COUNT, cancel=cancel)
    assert pending.within(0.0001) is None  # before anything that may take long
    assert pending.within(0.0001) is None
    return pending


def go_on(engine: EmbeddedEngine) -> None:
    merging(engine).send_signal(signal.SIGCONT)


COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
THREE = b"?n\n3\n"


def test_every_question_gets_the_answer_of_the_merge(much: None) -> None:
    with EmbeddedEngine(SHARED, "v") as engine:
        assert engine.ask("SELECT ?s { ?s <a:p> 'y' }").body == b"?s\n<a:t>\n"
        assert engine.ask("SELECT * { ?s ?p ?o }").rows == 3
        assert engine.ask(COUNT).body == THREE
        assert engine.ask(COUNT, graphs=Graphs(("g:1", "g:2"), ())).body == THREE


def test_what_the_merge_cannot_change_is_answered_before_it(held: EmbeddedEngine) -> None:
    assert held.ask("SELECT ?s { ?s <a:p> 'y' }").body == b"?s\n<a:t>\n"
    assert held.ask("ASK { FILTER (RAND() < 2) }").boolean
    with pytest.raises(MalformedQuery):
        held.ask("SELEC * { ?s ?p ?o }")
    with pytest.raises(MalformedQuery):
        held.check("SELEC * { ?s ?p ?o }")


def test_a_question_in_steps_waits_in_steps(held: EmbeddedEngine) -> None:
    pending = waiting(held)
    go_on(held)
    assert pending.answer().body == THREE


def test_all_who_wait_get_the_answer_of_the_merge(held: EmbeddedEngine) -> None:
    with ThreadPoolExecutor(8) as readers:
        waiting = [readers.submit(held.ask, COUNT) for _ in range(8)]
        assert held.ask("ASK { ?s <a:p> 'y' }").boolean
        go_on(held)
        assert [each.result().body for each in waiting] == [THREE] * 8


def test_a_question_that_waits_for_the_merge_can_be_stopped(held: EmbeddedEngine) -> None:
    stop = threading.Event()
    pending = waiting(held, stop)
    stop.set()
    with pytest.raises(QueryStopped):
        pending.within(math.inf)


def test_closing_ends_a_merge_under_way_and_who_waits_for_it(held: EmbeddedEngine) -> None:
    pending = waiting(held)
    held.close()
    assert merging(held).returncode == -signal.SIGKILL
    assert as_read(held).returncode == 0
    with pytest.raises(EngineUnavailable, match="closed"):
        pending.answer()


def test_a_merge_that_is_killed_is_told_of_and_made_anew_by_the_next_question(
    held: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    pending = waiting(held)
    merging(held).kill()
    with pytest.raises(EngineUnavailable, match="-9"):
        pending.answer()
    assert held.ask(COUNT).body == THREE


def test_the_process_that_does_not_merge_ends_with_the_merge(held: EmbeddedEngine) -> None:
    assert held.ask("ASK { ?s <a:p> 'y' }").boolean
    go_on(held)
    assert held.ask(COUNT).body == THREE
    assert as_read(held).wait() == 0


def test_data_that_cannot_be_read_ends_both_processes(much: None) -> None:
    with pytest.raises(EngineUnavailable, match="not be loaded"):
        EmbeddedEngine(b"no quads", "v")


def test_an_engine_whose_early_process_was_killed_waits_for_the_merge(held: EmbeddedEngine) -> None:
    assert held.ask("ASK { ?s <a:p> 'y' }").boolean
    as_read(held).kill()
    as_read(held).wait()
    pending = waiting(held)
    go_on(held)
    assert pending.answer().body == THREE


@pytest.mark.parametrize("fails", ["start", "load"])
def test_an_engine_does_without_an_early_process_that_fails(
    much: None, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    class Failing(ForkLauncher):
        def __init__(self, nquads: bytes, *, merge: bool = True) -> None:
            if fails == "start" and not merge:
                raise EngineUnavailable("too many processes")
            super().__init__(nquads, merge=merge)

        def load(self) -> frozenset[str]:
            if not self._merge:
                self._supervisor._process.kill()
            return super().load()

    monkeypatch.setattr(embedded, "ForkLauncher", Failing)
    with EmbeddedEngine(SHARED, "v") as engine:
        assert engine.graphs == {"g:1", "g:2"}
        assert engine.ask(COUNT).body == THREE

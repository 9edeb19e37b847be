"""What is remembered of answers, and what is asked anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kg.engine.base import Graphs, Limits
from kg.engine.embedded import EmbeddedEngine
from kg.engine.memory import RememberingEngine
from kg.engine.pending import Pending
from kg.errors import EngineUnavailable, MalformedQuery

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
GRAPH = "https://example.org/graph/0"


class Counted(EmbeddedEngine):
    """Counts its questions."""

    asked = 0

    def begin(self, query: str, **options: Any) -> Pending:
        self.asked += 1
        return super().begin(query, **options)


@pytest.fixture
def behind(nquads: bytes) -> Iterator[Counted]:
    with Counted(nquads, "v1") as engine:
        yield engine


@pytest.fixture
def engine(behind: Counted) -> RememberingEngine:
    return RememberingEngine(behind)


def test_what_was_asked_is_not_asked_again(engine: RememberingEngine, behind: Counted) -> None:
    first, second = engine.ask(COUNT), engine.ask(COUNT)
    assert first.body == second.body == behind.ask(COUNT).body
    assert behind.asked == 1 + 1
    assert second.seconds < first.seconds


def test_a_question_that_is_waited_for_in_parts_is_remembered_too(engine: RememberingEngine, behind: Counted) -> None:
    pending = engine.begin(COUNT)
    while pending.within(0.0) is None:
        pass
    assert engine.begin(COUNT).within(0.0) is not None
    assert behind.asked == 1


@pytest.mark.parametrize(
    ("limits", "graphs"), [(Limits(rows=5), None), (Limits(), Graphs((GRAPH,))), (Limits(), Graphs((), (GRAPH,)))]
)
def test_another_limit_of_rows_or_other_graphs_make_another_question(
    engine: RememberingEngine, behind: Counted, limits: Limits, graphs: Graphs | None
) -> None:
    query = "SELECT ?s { ?s ?p ?o }"
    whole = engine.ask(query)
    other = engine.ask(query, limits=limits, graphs=graphs)
    assert (other.rows, other.cut) != (whole.rows, whole.cut)
    assert engine.ask(query, limits=limits, graphs=graphs).rows == other.rows
    assert behind.asked == 2


@pytest.mark.parametrize("function", ["RAND()", "NOW()", "UUID()", "STRUUID()", "BNODE()", "rand ()"])
def test_what_differs_at_each_asking_is_asked_anew(engine: RememberingEngine, behind: Counted, function: str) -> None:
    for _ in range(2):
        engine.ask(f"SELECT ({function} AS ?x) {{}}")
    assert behind.asked == 2


def test_an_order_by_chance_is_asked_anew_however_it_is_written(engine: RememberingEngine, behind: Counted) -> None:
    for _ in range(2):
        engine.ask("SELECT ?s { ?s ?p ?o } ORDER BYRAND()")
    assert behind.asked == 2


def test_data_that_may_be_others_are_asked(
    engine: RememberingEngine, behind: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.ask(COUNT)
    monkeypatch.setattr(behind, "known_version", lambda: "")
    assert engine.ask(COUNT).rows == 1
    assert behind.asked == 2


def test_another_version_of_the_data_is_asked_anew(engine: RememberingEngine, behind: Counted) -> None:
    engine.ask(COUNT)
    behind.data_version = "v2"
    assert engine.ask(COUNT).data_version == "v2"
    assert behind.asked == 2


def test_no_error_is_remembered(engine: RememberingEngine, behind: Counted) -> None:
    for _ in range(2):
        with pytest.raises(MalformedQuery):
            engine.ask("SELECT")
    assert behind.asked == 2


def test_a_long_answer_is_not_remembered(engine: RememberingEngine, behind: Counted) -> None:
    for _ in range(2):
        assert len(engine.ask("SELECT * { ?s ?p ?o . ?t ?q ?o } LIMIT 2000").body) > 1 << 16
    assert behind.asked == 2


def test_what_was_not_asked_for_longest_is_forgotten_first(behind: Counted) -> None:
    engine = RememberingEngine(behind, most=4_000)
    queries = [f"ASK {{ ?s ?p {number} }}" for number in range(4)]
    for query in (*queries[:3], queries[0], queries[3]):
        engine.ask(query)
    before = behind.asked
    engine.ask(queries[0])
    assert behind.asked == before
    engine.ask(queries[1])
    assert behind.asked == before + 1


def test_after_closing_nothing_is_answered(engine: RememberingEngine) -> None:
    engine.ask(COUNT)
    engine.close()
    with pytest.raises(EngineUnavailable):
        engine.ask(COUNT)

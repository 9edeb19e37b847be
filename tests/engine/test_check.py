"""A look at a query: what cannot be asked is told, and nothing is answered."""

from __future__ import annotations

import json

import pytest

from kg.engine import wire
from kg.engine.base import Engine
from kg.engine.embedded import EmbeddedEngine
from kg.engine.forking import ForkLauncher, can_fork
from kg.engine.respace import check
from kg.errors import EngineUnavailable, MalformedQuery, RefusedQuery

NUMBERS = " ".join(map(str, range(100)))
NEVER = "{ " + " ".join(f"VALUES ?v{n} {{ {NUMBERS} }}" for n in range(9)) + " FILTER(?v1 + ?v2 = -1) }"
FORMS = ["ASK", "SELECT (COUNT(*) AS ?n)", "SELECT *", "CONSTRUCT { ?v1 ?v2 ?v3 }", "DESCRIBE ?v1"]


@pytest.mark.parametrize("form", FORMS)
def test_what_is_read_is_not_evaluated(form: str) -> None:
    assert check(f"{form} WHERE {NEVER} ORDER BY ?v1") is None  # evaluated, it would not end in a lifetime


@pytest.mark.parametrize("form", FORMS)
def test_a_fault_is_found_in_every_form(form: str) -> None:
    found = check(f"{form} WHERE {{ ?v1 ?v2 ?v3 ")
    assert found is not None
    assert found.offset == len(f"{form} WHERE {{ ?v1 ?v2 ?v3 ")


def test_a_query_that_can_be_asked_passes(tiny: EmbeddedEngine) -> None:
    engine: Engine = tiny
    for form in FORMS:
        engine.check(f"{form} WHERE {NEVER}")


def test_what_cannot_be_asked_is_told(tiny: EmbeddedEngine) -> None:
    with pytest.raises(MalformedQuery):
        tiny.check("ASK {")
    with pytest.raises(RefusedQuery):
        tiny.check("CLEAR ALL")


@pytest.mark.parametrize(
    "query", ["ASK { " + "(1" * 200 + ")" * 200 + " ?p ?o }", "ASK { FILTER(" + "1||" * 10_000 + "1) }"]
)
def test_what_cannot_be_read_in_time_passes(tiny: EmbeddedEngine, query: str) -> None:
    tiny.check(query)
    with pytest.raises(MalformedQuery):
        tiny.check("ASK {")


def test_the_name_that_nobody_has_can_be_had(tiny: EmbeddedEngine) -> None:
    tiny.check("SELECT ?nobody ?nobody0 { ?nobody ?p ?nobody0 }")


def test_a_spawned_worker_checks_as_well(nquads: bytes) -> None:
    with EmbeddedEngine(nquads, "v1", launcher="spawn") as engine:
        engine.check("ASK {}")
        with pytest.raises(MalformedQuery):
            engine.check("ASK {")


def test_an_engine_that_is_closed_checks_nothing() -> None:
    engine = EmbeddedEngine(b"", "v1")
    engine.close()
    with pytest.raises(EngineUnavailable):
        engine.check("ASK {}")


@pytest.mark.skipif(not can_fork(), reason="needs fork")
def test_a_worker_reads_many_texts_at_once(nquads: bytes) -> None:
    launcher = ForkLauncher(nquads)
    launcher.load()
    worker = launcher.launch()
    request = wire.Request(json.dumps(["ASK {}", "ASK {"]), 5, 1, 1 << 26, check=True)
    reply = wire.finish(worker.exchange(request, wire.Patience(5)))
    worker.end()
    launcher.close()
    first, second = json.loads(reply.body)
    assert (reply.kind, first, second[0]) == (wire.CHECKED, None, 5)

"""The log has one line of JSON for each request, and nothing of what a reader looked for."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.engine.base import Engine
from kg.serve.logs import log_to_stderr, redacted
from kg.serve.settings import Settings
from tests.serve.clients import Failing, Place, serving

Lines = Callable[..., list[dict[str, Any]]]
SECRET, DIGITS = "Geheimnis密语", "777888"


def test_every_request_is_one_line(sample_engine: Engine, lines: Lines) -> None:
    with serving(sample_engine) as place:
        asked = place.ask("SELECT * { ?s ?p ?o } LIMIT 3", "text/csv")
        place.ask("SELECT * {")
        place.get("/health")
        place.send("PUT", "/sparql")
        place.get("/entity/nothing-at-all")
    answered, malformed, health, put, missing = lines(5)
    assert (answered["status"], answered["rows"], answered["bytes"]) == (200, 3, len(asked.body))
    assert answered["client"] == "127.0.0.1"
    assert answered["ms"] >= answered["engine_ms"] > 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", answered["at"])
    assert "failed" not in answered
    assert [line.get("failed") for line in (malformed, health, put, missing)] == [
        "malformed",
        None,
        "request",
        "not-found",
    ]
    assert [line["path"] for line in (health, put, missing)] == ["/health", "/sparql", "/entity/nothing-at-all"]


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s ?p "%s" }',
        "SELECT * { ?s ?p '''a\n%s'''@zh FILTER (?p != %d) } # %s",
        'SELECT * { ?s ?p "%s } LIMIT 5',
        'SELECT * { ?s ?p """%s } LIMIT 5',
        "SELECT * { ?s ?p “%s” }",
        "SELECT * { ?s ?p 「%s」 }",
        'SELECT * { ?s ?p "%s" "',
        'INSERT DATA { <urn:x> <urn:y> "%s" }',
        'SELECT * { ?s ?p ?o FILTER (?o<"%s"&&?s>3) }',
        "SELECT * { ?s ?p ?o FILTER(?o<'%s'&&?s>3) }",
        "SELECT * FROM <urn:x> { ?s ?p '%s' }",
        'SELECT (STRDT("%s", xsd:date) AS ?x) {}',
    ],
)
def test_strings_and_numbers_are_not_in_the_log(
    place: Place, lines: Lines, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    monkeypatch.setattr(logging.getLogger("uvicorn.access"), "propagate", True)  # whatever else is set up in a process
    caplog.set_level(logging.DEBUG)
    filled = query.replace("%s", f"{SECRET} {DIGITS}").replace("%d", DIGITS)
    place.ask(filled, headers={"X-Request": SECRET.encode().hex()})
    place.ask(filled, **{"default-graph-uri": "http://127.0.0.1/" + DIGITS})
    assert len(lines(2)) == 2
    logged = "".join(record.getMessage() + str(record.exc_info) for record in caplog.records)
    assert "SELECT" in logged or "INSERT" in logged
    assert SECRET not in logged
    assert DIGITS not in logged


def test_with_log_queries_the_query_is_logged_as_it_is(sample_engine: Engine, lines: Lines) -> None:
    query = f"ASK {{ ?s ?p '{SECRET} 🚀 \\u0041' }} # {DIGITS}\n"
    with serving(sample_engine, Settings(log_queries=True)) as place:
        place.ask(query)
    assert lines(1)[0]["query"] == query


def test_a_line_is_one_line_whatever_the_path_is(place: Place, lines: Lines, caplog: pytest.LogCaptureFixture) -> None:
    place.get("/a%0A%0D%00%7B%22%E9%95%BF%FF%F0%9F%9A%80")
    (line,) = lines(1, path='/a\n\r\0{"长\ufffd🚀')
    assert line["status"] == 404
    assert all("\n" not in record.getMessage() for record in caplog.records if record.name == "kg.serve")


# ---- Redacted --------------------------------------------------------------------------------------------------------

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r\\\"'"), min_size=1, max_size=20).map(
    lambda word: f"\u25c6{word}\u25c6"
)
LITERALS = st.tuples(
    WORDS, st.sampled_from(['"%s"', "'%s'", '"""%s"""', "'''%s'''", '"\\"%s\\\\"', '"%s"@zh', '"%s"^^<urn:x>'])
)
PLAIN = st.sampled_from(
    [
        "SELECT",
        "*",
        "{",
        "}",
        "(",
        ")",
        "?x",
        "<",
        "<urn:a>",
        "<=",
        ">",
        "&&",
        ".",
        ";",
        "a:b",
        "#x\n",
        "\n",
        " ",
        "^",
        "_:b",
    ]
)


@given(st.lists(st.one_of(LITERALS, PLAIN), max_size=20), st.sampled_from(["", " "]))
def test_no_string_of_a_query_survives(parts: list[tuple[str, str] | str], between: str) -> None:
    query = between.join(part if isinstance(part, str) else part[1].replace("%s", part[0]) for part in parts)
    assert "\u25c6" not in redacted(query)


@given(st.text(max_size=200), st.sampled_from(['"%s', "'%s", '"""%s', "'''%s"]))
def test_no_string_survives_where_the_query_is_cut(start: str, quote: str) -> None:
    head = f"SELECT * {{ ?s ?p {'?o ' * 1_320}"
    assert "\u25c6" not in redacted(head + quote.replace("%s", "\u25c6" * 5_000))
    assert len(redacted(head + start)) <= 2_000


def test_what_is_left_is_the_question() -> None:
    query = (
        'PREFIX a: <urn:a#>\nSELECT ?s { # who\n  ?s a:name "Ada"@en ; a:age 36.5 . FILTER (?s != <urn:b>) }\nLIMIT 10'
    )
    assert redacted(query) == (
        'PREFIX a: <urn:a#> SELECT ?s {  ?s a:name "…"@en ; a:age 0 . FILTER (?s != <urn:b>) } LIMIT 0'
    )
    assert len(redacted("?x " * 100_000)) <= 2_000


# ---- On standard error -----------------------------------------------------------------------------------------------


@pytest.fixture
def as_found(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The loggers, and what Python notes for each line, afterwards as they were before."""
    for name in ("logThreads", "logProcesses", "logMultiprocessing"):
        monkeypatch.setattr(logging, name, getattr(logging, name))
    loggers = [logging.getLogger(name) for name in ("kg.serve", "uvicorn.error")]
    before = [(logger.level, logger.propagate, list(logger.handlers)) for logger in loggers]
    try:
        yield
    finally:
        for logger, (level, propagate, handlers) in zip(loggers, before, strict=True):
            logger.setLevel(level)
            logger.propagate = propagate
            logger.handlers = handlers


def test_every_line_on_standard_error_is_json(as_found: None, capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr()
    with serving(Failing(RuntimeError("out of order"))) as place:
        place.ask("ASK {}")
        place.raw(b"nonsense\r\n\r\n")
    told = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["status"] for line in told if "status" in line] == [500]
    assert [line["level"] for line in told if "level" in line] == ["error", "warning"]
    assert "out of order" in next(line["traceback"] for line in told if "traceback" in line)

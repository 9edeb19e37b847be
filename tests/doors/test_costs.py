"""What is done with a query before it has a deadline takes time in step with its length, whatever is in it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

import pytest

from kg.engine.guard import approve, approve_extensions
from kg.engine.malformed import explain
from kg.errors import QueryError
from kg.query.sparql.tidy import tidy

_TIMES = 8


def _approved(query: str) -> None:
    approve(query, ())
    approve_extensions(query)


def _explained(query: str) -> None:
    explain(query, query.index("\\") if "\\" in query else query.index("<>"), "expected", {})


def _seconds(work: Callable[[str], object], query: str) -> float:
    """The processor time of this thread alone, which a busy machine makes no longer."""
    started = time.thread_time()
    with contextlib.suppress(QueryError, ValueError):
        work(query)
    return time.thread_time() - started


@pytest.mark.parametrize(
    ("work", "unit", "rest", "size"),
    [
        pytest.param(_approved, "\\", "#" + 45 * "x", 2_500, id="the-guard-backslashes"),
        pytest.param(_approved, "a.", "", 2_500, id="the-guard-words-with-dots"),
        pytest.param(_approved, "1<'x>'", "", 1_000, id="the-guard-less-thans"),
        pytest.param(_approved, "PREFIX a: <b:c> ", "ASK FROM a:x {}", 500, id="the-guard-prefixes"),
        pytest.param(_explained, "\\", "", 250, id="the-reason-backslashes"),
        pytest.param(_explained, "<>", "", 250, id="the-reason-signs"),
        pytest.param(tidy, "UNION {} ", "", 2_000, id="the-format-unions"),
    ],
)
def test_eight_times_the_query_costs_about_eight_times_as_much(
    work: Callable[[str], object], unit: str, rest: str, size: int
) -> None:
    once = min(_seconds(work, size * unit + size * rest) for _ in range(3))
    more = _seconds(work, _TIMES * size * unit + _TIMES * size * rest)
    assert more < 3 * _TIMES * once

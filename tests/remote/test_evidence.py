"""What an answer rests on is the same statements, whatever store gave it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from kg.engine.base import Engine, Limits
from kg.engine.remote import RemoteEngine
from kg.query.ask import with_prefixes
from kg.query.evidence import trace
from kg.query.questions import get_question, load_questions
from kg.query.sparql.read import read_query
from tests.stores import Virtuoso

_LIMITS = Limits(seconds=60, rows=50_000)  # a busy machine may take its time


@pytest.fixture(scope="module")
def remote(real_virtuoso: Virtuoso) -> Iterator[RemoteEngine]:
    with RemoteEngine(real_virtuoso.endpoint) as engine:
        yield engine


def rests_on(engine: Engine, text: str) -> tuple[Counter[tuple[Any, ...]], bool, set[str]]:
    """Each row with the statements behind it; whether that is all, and what cannot be traced."""
    answer = engine.ask(text, limits=_LIMITS)
    cited = trace(engine, read_query(text), answer, answer.rows, _LIMITS)
    rows = answer.terms() if answer.form == "select" else answer.triples() if answer.form == "graph" else [()]
    card = {note.number: note.card.id for note in cited.notes}
    behind = [
        (*(cell and cell.value for cell in row), frozenset(map(card.__getitem__, notes)))
        for row, notes in zip(rows, cited.rows, strict=False)
    ]
    return Counter(behind), cited.complete, {one.reason for one in cited.untraced}


#: What a DESCRIBE tells is the store's choice.
_FREE = "graph_described"
#: Virtuoso loses steps of a path without an end, in some of its plans, when two of them meet.
_LOSES = "cooperation_rests_on"


@pytest.mark.parametrize("name", [each.name for each in load_questions() if each.name not in (_FREE, _LOSES)])
def test_a_stored_question_rests_on_the_same_statements(engine: Engine, remote: RemoteEngine, name: str) -> None:
    text = get_question(name).text()
    assert rests_on(remote, text) == rests_on(engine, text)


def test_where_a_store_loses_steps_what_it_finds_is_right_and_is_not_called_all(
    engine: Engine, remote: RemoteEngine
) -> None:
    text = get_question(_LOSES).text()
    (here, _, _), (there, complete, _) = rests_on(engine, text), rests_on(remote, text)
    behind = {row[:-1]: row[-1] for row in here}
    assert {row[:-1] for row in there} == behind.keys()
    assert all(row[-1] <= behind[row[:-1]] for row in there)
    assert complete == (there == here)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT DISTINCT ?a ?b { ?a bde:carriesOut ?b } ORDER BY ?a ?b LIMIT 3",
        "SELECT DISTINCT ?a ?b { { ?a bde:carriesOut ?b } UNION { ?b bde:partOf ?a } } ORDER BY ?a ?b LIMIT 5",
        "SELECT DISTINCT ?a ?b { { ?a bde:carriesOut ?b } UNION { ?b bde:partOf ?a } }",
    ],
)
def test_rows_that_are_looked_for_rest_on_the_same_statements(engine: Engine, remote: RemoteEngine, text: str) -> None:
    rows, *_ = found = rests_on(remote, with_prefixes(text))
    assert found == rests_on(engine, with_prefixes(text))
    assert any(row[-1] for row in rows)

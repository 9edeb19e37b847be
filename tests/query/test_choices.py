"""A form offers those values with which a stored question has an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.check.sound import load_knowledge
from kg.engine.base import Engine
from kg.engine.start import start_engine
from kg.query.choices import fruitful
from kg.query.questions import Parameter, Question, load_questions

CASES = [
    (question, parameter)
    for question in load_questions()
    for parameter in question.parameters
    if parameter.kind not in ("text", "date")
]


@pytest.fixture(scope="module")
def real() -> Engine:
    with start_engine(load_knowledge(Path(__file__).resolve().parents[2] / "data")) as engine:
        yield engine


@pytest.mark.parametrize(("question", "parameter"), CASES, ids=lambda one: one.name)
def test_what_is_offered_has_rows_and_nothing_else_has(real: Engine, question: Question, parameter: Parameter) -> None:
    found = fruitful(real, question, parameter)
    if found is None:
        assert "WHERE" not in question.sparql
        return
    assert parameter.default in found
    for value in sorted(found)[:3]:
        answer = real.ask(question.text(**{parameter.name: value}))
        assert answer.boolean if answer.form == "ask" else answer.rows
    assert real.ask(question.text(**{parameter.name: "nothing-of-this-name"})).rows <= 1


def test_texts_and_dates_are_free(real: Engine) -> None:
    free = [(q, p) for q in load_questions() for p in q.parameters if p.kind in ("text", "date")]
    assert free
    assert all(fruitful(real, question, parameter) is None for question, parameter in free)

"""The proof of the stored questions: all of them, on the data at hand, and what does not answer is not called sound."""

from __future__ import annotations

import dataclasses

import pytest

from kg.engine.base import Engine
from kg.errors import QueryTimeout
from kg.query import proofs
from kg.query.proofs import prove
from kg.query.questions import Question, get_question, load_questions


def only(monkeypatch: pytest.MonkeyPatch, question: Question) -> None:
    monkeypatch.setattr(proofs, "load_questions", lambda: (question,))


def test_there_are_at_least_44_and_all_are_sound_on_the_real_data(engine: Engine) -> None:
    found = prove(engine)
    assert len(found) >= 44
    assert [one.question for one in found] == list(load_questions())
    assert [one.question.name for one in found if not one.sound] == []


def test_rows_and_form_are_those_of_the_answer(engine: Engine) -> None:
    for one in prove(engine):
        answer = engine.ask(one.question.text())
        assert (one.form, one.rows) == (answer.form, answer.rows)


def test_a_no_is_not_sound(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    stated = get_question("sources_is_stated")
    unknown = dataclasses.replace(stated.parameters[0], default="nothing-of-this-name")
    only(monkeypatch, dataclasses.replace(stated, parameters=(unknown,)))
    (found,) = prove(engine)
    assert (found.form, found.rows, found.sound) == ("ask", 0, False)


def test_no_rows_are_not_sound(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, dataclasses.replace(get_question("graph_types"), sparql="SELECT ?x WHERE { ?x ?x ?x }"))
    (found,) = prove(engine)
    assert (found.error, found.sound) == (None, False)


def test_one_that_fails_says_why_and_stops_no_other(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object, **__: object) -> None:
        raise QueryTimeout(10)

    monkeypatch.setattr(engine, "ask", late)
    found = prove(engine)
    assert len(found) == len(load_questions())
    assert all(isinstance(one.error, QueryTimeout) and one.form is None and not one.sound for one in found)

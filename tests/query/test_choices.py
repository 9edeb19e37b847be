"""A form offers those values with which a stored question has an answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.check.sound import load_knowledge
from kg.engine.answer import Answer
from kg.engine.base import Engine, Limits
from kg.engine.start import start_engine
from kg.errors import EngineUnavailable
from kg.query import choices
from kg.query.choices import choices_to_keep, fruitful, nearest
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


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine, too, the choices are found in time."""
    monkeypatch.setattr(choices, "_LIMITS", replace(choices._LIMITS, seconds=60))


@pytest.mark.usefixtures("patient")
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


NAMES = {"bayer": ["拜耳", "Bayer"], "jingdong": ["京东", "JD.com"], "records-shared": ["共享数据", "Records shared"]}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("bayr", ["bayer"]),
        ("BAYER AG", ["bayer"]),
        ("拜耳", ["bayer"]),
        ("record", ["records-shared"]),
        ("xyz", []),
        ("", []),
    ],
)
def test_the_nearest_choices_are_found_by_id_and_by_name(wanted: str, found: list[str]) -> None:
    assert nearest(wanted, NAMES) == found


def test_what_is_no_fault_of_the_question_is_not_kept() -> None:
    with pytest.raises(EngineUnavailable):
        list(choices_to_keep(Out(), Limits()))  # type: ignore[arg-type] # it has all that is asked of it here


def test_where_the_store_is_down_a_form_offers_all_and_asks_again() -> None:
    out = Out()
    question, parameter = CASES[0]
    for _ in range(2):
        assert fruitful(out, question, parameter) is None  # type: ignore[arg-type] # as above
    assert out.asked == 2


class Out:
    """An engine that is not there."""

    data_version = "v"
    graphs: frozenset[str] = frozenset()
    asked = 0

    def ask(self, _query: str, **_: object) -> Answer:
        self.asked += 1
        raise EngineUnavailable("It is out of order.", zh="它坏了。")

"""Every stored question: its head is whole, it runs on the real data, and it has rows."""

from __future__ import annotations

import re

import pytest

from kg.engine.answer import Term
from kg.engine.base import Engine
from kg.errors import MalformedQuery, NotFound
from kg.graph.names import BASE
from kg.model.knowledge import Knowledge
from kg.query.bind import parameters
from kg.query.questions import Kind, Parameter, Question, get_question, groups, load_questions
from kg.query.sparql import tree
from kg.query.sparql.read import read_query

QUESTIONS = load_questions()
IDS = [question.name for question in QUESTIONS]


def test_there_are_enough_of_every_form(engine: Engine) -> None:
    forms = [engine.ask(question.text()).form for question in QUESTIONS]
    assert len(forms) >= 20
    assert set(forms) == {"select", "ask", "graph"}


def test_every_group_has_questions() -> None:
    assert list(dict.fromkeys(question.group for question in QUESTIONS)) == list(groups())


def test_titles_differ() -> None:
    for lang in ("zh", "en"):
        titles = [getattr(question.title, lang) for question in QUESTIONS]
        assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_it_has_an_answer_in_the_real_data(engine: Engine, question: Question) -> None:
    answer = engine.ask(question.text())
    assert answer.rows > 0
    assert answer.form != "ask" or answer.boolean


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_its_parameters_are_those_of_its_text(question: Question) -> None:
    assert set(parameters(question.sparql)) == {parameter.name for parameter in question.parameters}


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_it_names_its_columns_and_has_one_order(question: Question) -> None:
    assert not re.search(r"SELECT\s+(DISTINCT\s+)?\*", question.sparql)
    assert "SELECT" not in question.sparql or "ORDER BY" in question.sparql


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_every_term_of_our_own_that_it_asks_for_is_in_the_data(engine: Engine, question: Question) -> None:
    constants = [part.term.value for part in tree.parts(read_query(question.text())) if isinstance(part, tree.Constant)]
    ours = {value for value in constants if value.startswith(BASE) and not value.endswith(("#", "/"))}
    for iri in ours:
        triples = f"{{ <{iri}> ?p ?o }} UNION {{ ?s <{iri}> ?o }} UNION {{ ?s ?p <{iri}> }}"
        assert engine.ask(f"ASK {{ {triples} UNION {{ GRAPH <{iri}> {{ ?s ?p ?o }} }} }}").boolean, iri


def test_an_answer_is_cut_by_the_page_and_not_by_the_question() -> None:
    limited = {question.name: read_query(question.text()).limit for question in QUESTIONS}
    assert {name: limit for name, limit in limited.items() if limit is not None} == {"graph_most_connected": 50}
    assert "50" in get_question("graph_most_connected").about.say("zh")  # there it is what is asked for


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_labels_stand_in_both_languages_in_every_row(engine: Engine, question: Question) -> None:
    answer = engine.ask(question.text())
    pairs = [name.removesuffix("_zh") for name in answer.columns if name.endswith("_zh")]
    assert all(f"{name}_en" in answer.columns for name in pairs)
    for row in answer.records() if answer.form == "select" else ():
        for name in pairs:
            assert name not in row or (f"{name}_zh" in row and f"{name}_en" in row)


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_no_row_stands_twice(engine: Engine, question: Question) -> None:
    answer = engine.ask(question.text())
    rows = answer.terms() if answer.form == "select" else []
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_it_comes_out_the_same_twice(engine: Engine, question: Question) -> None:
    first, again = (engine.ask(question.text()) for _ in range(2))
    assert first.form == "graph" or first.body == again.body


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_its_defaults_exist(knowledge: Knowledge, question: Question) -> None:
    known = {
        "entity": knowledge.entities,
        "theme": knowledge.themes,
        "metric": knowledge.metrics,
        "source": knowledge.sources,
        "type": knowledge.types,
        "status": knowledge.statuses,
    }
    for parameter in question.parameters:
        assert parameter.kind in ("text", "date") or parameter.default in known[parameter.kind]


def test_no_row_is_lost_for_want_of_a_label(sample_engine: Engine) -> None:
    rows = sample_engine.ask(get_question("sources_words").text(words="leads")).records()
    assert [row["subject_zh"] for row in rows] == [row["subject_en"] for row in rows]
    assert len(rows) == 1


def test_a_missing_speaker_does_not_multiply_rows(sample_engine: Engine) -> None:
    rows = sample_engine.ask(get_question("sources_evidence").text(entity="changan-chain")).records()
    assert len(rows) == 6
    assert sum("speaker" not in row for row in rows) == 3


def test_a_parameter_takes_another_value(sample_engine: Engine) -> None:
    question = get_question("figures_of_metric")
    assert sample_engine.ask(question.text(metric="time-saved")).rows == 1
    assert sample_engine.ask(question.text(metric="records-shared")).rows == 2


def test_text_with_quotes_stays_text(sample_engine: Engine) -> None:
    assert sample_engine.ask(get_question("sources_words").text(words='"))} ; DROP ALL #')).empty


@pytest.mark.parametrize(
    ("kind", "value"),
    [("entity", "a b"), ("entity", "x> ?p"), ("theme", ""), ("date", "2025-02-30"), ("date", "soon")],
)
def test_a_value_of_another_kind_is_refused(kind: Kind, value: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Parameter("name", kind, "default").term(value)


def test_a_date_keeps_its_precision() -> None:
    term = Parameter("day", "date", "2025").term("2025-03")
    assert isinstance(term, Term)
    assert term.datatype.endswith("gYearMonth")


def test_a_date_may_be_written_in_other_ways() -> None:
    assert Parameter("day", "date", "2025").term("2025年3月1日").value == "2025-03-01"


def test_an_unknown_parameter_is_named() -> None:
    with pytest.raises(NotFound, match="entity"):
        get_question("plans_and_facts").text(entty="changan-chain")


def test_an_unknown_question_comes_with_the_nearest() -> None:
    with pytest.raises(NotFound, match="plans_promised"):
        get_question("plans_promise")


def test_the_text_without_its_values_is_no_question_yet(engine: Engine) -> None:
    with pytest.raises(MalformedQuery, match=r"\$entity"):
        Question("x", QUESTIONS[0].title, QUESTIONS[0].about, "graph", (), "ASK { $entity ?p ?o }").text()

"""Every stored question comes out cited, or says why not; and what is cited speaks of what the row shows."""

from __future__ import annotations

import pytest

from kg.engine.answer import Answer
from kg.engine.base import Engine
from kg.graph.names import entity_id
from kg.query.evidence import MOST_OF_ROW, Cited, trace
from kg.query.questions import Question, get_question, load_questions
from kg.query.rows import RelationRow, StatementCard
from kg.query.sparql.read import read_query

QUESTIONS = load_questions()
IDS = [question.name for question in QUESTIONS]

#: Those that ask for relations, figures or statuses row by row: every row has its statements.
CITED = {
    "cooperation_parties",
    "cooperation_partners",
    "cooperation_rests_on",
    "cooperation_shared",
    "figures_all",
    "figures_not_exact",
    "figures_of_entity",
    "figures_of_metric",
    "firsts_all",
    "firsts_by_type",
    "graph_with_status",
    "leads_of_entity",
    "leads_people",
    "leads_who_does_what",
    "places_what",
    "plans_and_facts",
    "plans_of_theme",
    "plans_promised",
    "sources_evidence",
    "sources_is_stated",
    "sources_since",
    "sources_words",
}


def cite(engine: Engine, question: Question) -> tuple[Answer, Cited]:
    text = question.text()
    answer = engine.ask(text)
    return answer, trace(engine, read_query(text), answer)


def speaks_of(card: StatementCard) -> set[str]:
    """The entities that a statement names."""
    row = card.row
    named = {card.subject.id} | ({row.other.id} if isinstance(row, RelationRow) else set())
    return named | ({row.evidence.speaker.id} if row.evidence.speaker else set())


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_every_row_is_cited_or_there_is_a_reason(engine: Engine, question: Question) -> None:
    answer, cited = cite(engine, question)
    assert len(cited.rows) == len(cited.counts) == min(answer.rows, 100)
    assert all(cited.rows) or cited.untraced
    assert not {"unreadable", "subquery", "path"} & {one.reason for one in cited.untraced}


@pytest.mark.parametrize("name", sorted(CITED))
def test_every_row_of_relations_and_figures_is_cited(engine: Engine, name: str) -> None:
    _, cited = cite(engine, get_question(name))
    assert all(cited.rows)
    assert cited.complete


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_numbers_and_notes_belong_together(engine: Engine, question: Question) -> None:
    _, cited = cite(engine, question)
    used = list(dict.fromkeys(number for row in cited.rows for number in row))
    assert used == [note.number for note in cited.notes] == list(range(1, len(used) + 1))
    assert len({note.card.id for note in cited.notes}) == len(cited.notes)
    for numbers, count in zip(cited.rows, cited.counts, strict=True):
        assert len(numbers) == (count if count <= MOST_OF_ROW else 0)


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_each_note_speaks_of_what_its_row_shows(engine: Engine, question: Question) -> None:
    answer, cited = cite(engine, question)
    if answer.form != "select":
        return
    cards = {note.number: note.card for note in cited.notes}
    for row, numbers in zip(answer.terms(), cited.rows, strict=False):
        shown = {entity_id(cell.value) for cell in row if cell and cell.kind == "iri"} - {None}
        for number in numbers:
            assert not shown or shown & speaks_of(cards[number])


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_each_phrase_shown_is_that_of_its_note(engine: Engine, question: Question) -> None:
    answer, cited = cite(engine, question)
    if "phrase" not in answer.columns:
        return
    cards = {note.number: note.card for note in cited.notes}
    for record, numbers in zip(answer.records(), cited.rows, strict=False):
        assert record["phrase"].value in {cards[number].row.evidence.phrase for number in numbers}


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_the_places_of_what_is_untraced_stand_in_the_text(engine: Engine, question: Question) -> None:
    _, cited = cite(engine, question)
    text = question.text()
    assert all(text[one.span.start : one.span.end].strip() for one in cited.untraced)
    assert len(set(cited.untraced)) == len(cited.untraced)

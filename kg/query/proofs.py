"""Runs every stored question on the data at hand, to show that each answers."""

from __future__ import annotations

from dataclasses import dataclass

from kg.engine.answer import Form
from kg.engine.base import Engine
from kg.errors import QueryError
from kg.query.questions import Question, load_questions

__all__ = ["Proof", "prove"]


@dataclass(frozen=True, slots=True)
class Proof:
    """What a stored question answered with its own values: so many ``rows`` in so many ``seconds``.

    The rows of an ASK are 1 for yes and 0 for no. Where it did not answer, ``error`` is why, and ``form`` is None.
    """

    question: Question
    form: Form | None
    rows: int
    seconds: float
    error: QueryError | None = None

    @property
    def sound(self) -> bool:
        """Whether it answered with something to show."""
        return self.error is None and self.rows > 0


def prove(engine: Engine) -> tuple[Proof, ...]:
    """The proof of every stored question, by group and name."""
    return tuple(_prove(engine, question) for question in load_questions())


def _prove(engine: Engine, question: Question) -> Proof:
    try:
        answer = engine.ask(question.text())
    except QueryError as error:
        return Proof(question, None, 0, 0.0, error)
    # An ASK that says no has an answer, but nothing that shows what it asks for.
    rows = int(answer.boolean) if answer.form == "ask" else answer.rows
    return Proof(question, answer.form, rows, answer.seconds)

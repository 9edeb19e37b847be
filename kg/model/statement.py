"""Statements: what a source says of entities, each with the words that say it.

There are three kinds: a *relation* between two entities, a *figure* of one, and the *status* of one.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, StringConstraints, Tag

from kg.model.dates import PartialDate
from kg.model.record import Id, Record
from kg.model.text import Text

__all__ = ["PHRASE_LIMIT", "Aim", "Figure", "Relation", "Statement", "StatementBase", "Status", "kind_of"]

#: The most characters that a phrase may have: enough to prove a statement, too few to copy an article.
PHRASE_LIMIT = 40

Phrase = Annotated[str, StringConstraints(min_length=1, max_length=PHRASE_LIMIT)]


def _number(value: object) -> object:
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return value
    raise ValueError("a value is a number such as 1500 or 2.5, without quotes, separators or units")


#: A number as it is written; never a float, which would not be that number.
Value = Annotated[Decimal, BeforeValidator(_number)]

#: Whether a figure was reached or is a goal.
Aim = Literal["achieved", "target"]


class StatementBase(Record):
    """What all three kinds of statement share: of whom, by whom, and in which words.

    ``phrase`` is the shortest run of the source's own words that carries the statement; ``position`` is where it
    begins in the source's reading text, in characters from 0, filled in by ``kg verify --record``. ``speaker`` is the
    person whose words the source reports.
    """

    subject: Id
    speaker: Id | None = None
    phrase: Phrase
    position: Annotated[int, Field(ge=0, strict=True)] | None = None
    note: str | None = None


class Relation(StatementBase):
    """The subject stands in a relation to the object.

    Without ``status`` the relation holds; with a status whose stage is *planned* it is only intended. ``role`` says in
    which capacity ("Deputy Director"), ``since`` from when.
    """

    relation: Id
    object: Id
    role: Text | None = None
    status: Id | None = None
    since: PartialDate | None = None


class Figure(StatementBase):
    """A value of a metric, as of a date: ``value`` in the metric's unit, ``qualifier`` for how exactly it is meant."""

    figure: Id
    value: Value
    qualifier: Id = "exact"
    as_of: PartialDate
    aim: Aim = "achieved"


class Status(StatementBase):
    """The status of the subject as of a date; ``since`` says from when it has had it, where the source does."""

    status: Id
    as_of: PartialDate
    since: PartialDate | None = None


def kind_of(value: Any) -> str | None:
    """The kind of a statement, told by the key that only this kind has."""
    keys = value if isinstance(value, dict) else type(value).model_fields if isinstance(value, Record) else ()
    if "relation" in keys:
        return "relation"
    if "figure" in keys:
        return "figure"
    return "status" if "status" in keys else None


Statement = Annotated[
    Annotated[Relation, Tag("relation")] | Annotated[Figure, Tag("figure")] | Annotated[Status, Tag("status")],
    Discriminator(
        kind_of,
        custom_error_type="no_kind",
        custom_error_message="a statement has one of the keys relation, figure or status",
    ),
]

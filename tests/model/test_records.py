"""Dates, texts and statements: what the model takes and what it refuses."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kg.errors import NotFound
from kg.model.dates import PartialDate
from kg.model.entity import Entity
from kg.model.knowledge import Knowledge
from kg.model.statement import Figure, Relation, Status, kind_of
from kg.model.text import Text

FIGURE: dict[str, Any] = {"figure": "n", "subject": "a", "value": 1, "as_of": 2025, "phrase": "1"}


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-12", "2025-12-01", "2025-12-31"),
        ("2025-03-20", "2025-03-20", "2025-03-20"),
        ("9999", "9999-01-01", "9999-12-31"),
    ],
)
def test_a_date_means_all_of_its_days(text: str, first: str, last: str) -> None:
    date = PartialDate.read(text)
    assert (date.first.isoformat(), date.last.isoformat(), str(date)) == (first, last, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "25",
        "2025-3",
        "2025-13",
        "2025-00",
        "2025-02-29",
        "0000",
        "2025-03-20T00:00",
        "2025/03",
        "２０２５",
        "2025\n",
        "-2025",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not"):
        PartialDate.read(text)


@given(st.dates())
def test_a_day_is_itself(day: datetime.date) -> None:
    assert PartialDate.read(day.isoformat()).first == PartialDate.read(day.isoformat()).last == day


def test_text_falls_back_to_the_other_language() -> None:
    assert (Text(en="Ada").say("zh"), Text(zh="甲", en="A").say("zh")) == ("Ada", "甲")


def test_text_without_words_is_refused() -> None:
    with pytest.raises(ValidationError, match="neither zh nor en"):
        Text()


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValidationError, match="extra"):
        Entity.model_validate({"id": "a", "name": {"zh": "甲"}, "description": {"zh": "乙"}, "colour": "red"})


@pytest.mark.parametrize("value", [1, Decimal("2.4"), -5, 0])
def test_a_value_is_a_number(value: object) -> None:
    assert Figure.model_validate({**FIGURE, "value": value}).value == value


@pytest.mark.parametrize("value", [1.5, "1", True, None, Decimal("NaN"), Decimal("Infinity")])
def test_a_value_that_is_not_exactly_a_number_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        Figure.model_validate({**FIGURE, "value": value})


@pytest.mark.parametrize("length", [0, 41])
def test_a_phrase_has_from_1_to_40_characters(length: int) -> None:
    with pytest.raises(ValidationError):
        Figure.model_validate({**FIGURE, "phrase": "字" * length})


def test_the_kind_of_a_statement_is_told_by_its_key() -> None:
    assert kind_of({"relation": "a", "status": "b"}) == "relation"
    assert kind_of(Status(subject="a", status="b", as_of=PartialDate("2025"), phrase="x")) == "status"
    assert kind_of(Relation(subject="a", relation="b", object="c", phrase="x")) == "relation"
    assert kind_of({"subject": "a"}) is None
    assert kind_of("text") is None


def test_an_unknown_id_is_told_with_the_nearest(sample: Knowledge) -> None:
    with pytest.raises(NotFound, match="changan-chain"):
        sample.get_entity("chang-an-chain")
    with pytest.raises(NotFound, match="2025-01-05-sample"):
        sample.get_source("2025-01-06-sample")


def test_only_a_status_of_the_stage_planned_makes_a_relation_planned(sample: Knowledge) -> None:
    relations = [statement for _, statement in sample.statements() if isinstance(statement, Relation)]
    assert [relation.relation for relation in relations if sample.is_planned(relation)] == ["builds-on"]

"""Phrases proved against a text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.check.verify import record, verify
from kg.errors import DataError
from kg.load.files import Loaded
from kg.model.dates import PartialDate
from kg.model.source import Source
from kg.model.statement import Figure, Statement, Status
from kg.model.text import Lang, Text

TEXT = "王飞表示,数据\n\n  共享超2.4万亿条。数据流通,数据治理。"


def status(phrase: str, position: int | None = None) -> Status:
    return Status(subject="it", status="operating", as_of=PartialDate("2025"), phrase=phrase, position=position)


def source(*statements: Statement, language: Lang = "zh") -> Source:
    return Source(
        id="2025-a",
        title=Text(zh="甲"),
        kind="news",
        publisher=Text(zh="乙"),
        official=False,
        language=language,
        url="https://example.org",
        date=PartialDate("2025"),
        statements=statements,
    )


def test_a_phrase_that_stands_once_is_proved_where_it_stands() -> None:
    result = verify(source(status("王飞表示"), status("共享超2.4万亿条")), TEXT)
    assert result.holds
    assert [proof.position for proof in result.proofs] == [0, 7]


def test_a_phrase_runs_over_a_line_break() -> None:
    assert verify(source(status("数据共享")), TEXT).holds


def test_an_english_phrase_runs_over_a_line_break() -> None:
    assert verify(
        source(status("over 1.8 trillion records"), language="en"), "It has over\n 1.8  trillion records."
    ).holds


def test_a_phrase_that_is_not_there_is_told_with_its_longest_part() -> None:
    (problem,) = verify(source(status("共享近2.4万亿条")), TEXT).problems
    assert (problem.record, problem.file) == ("statement 1", "sources/2025-a.yaml")
    assert "“2.4万亿条”" in problem.cure


def test_a_phrase_of_foreign_characters_has_no_part_there() -> None:
    (problem,) = verify(source(status("xyz")), TEXT).problems
    assert problem.cure == "Copy it from the text"


def test_a_phrase_that_stands_twice_is_told_with_its_positions() -> None:
    (problem,) = verify(source(status("数据")), TEXT).problems
    assert "5, 17, 22" in problem.message


def test_a_position_decides_between_places() -> None:
    assert verify(source(status("数据", 17)), TEXT).proofs[0].position == 17


def test_a_wrong_position_is_told_with_the_right_one() -> None:
    (problem,) = verify(source(status("共享超", 8)), TEXT).problems
    assert "not at position 8 but at 7" in problem.message


def test_every_phrase_that_does_not_hold_is_listed() -> None:
    result = verify(source(status("甲"), status("王飞"), status("乙")), TEXT)
    assert [problem.record for problem in result.problems] == ["statement 1", "statement 3"]
    assert not result.holds


def test_recording_makes_everything_hold() -> None:
    recorded = record(source(status("王飞"), status("数据", 17)), TEXT)
    assert recorded.text is not None
    assert recorded.text.characters == 27
    assert [statement.position for statement in recorded.statements] == [0, 17]
    assert verify(recorded, TEXT).holds
    assert verify(recorded, TEXT).recorded


def test_recording_twice_changes_nothing() -> None:
    once = record(source(status("王飞")), TEXT)
    assert record(once, TEXT) == once


def test_the_layout_of_the_text_does_not_matter_in_chinese() -> None:
    recorded = record(source(status("王飞")), TEXT)
    assert verify(recorded, TEXT.replace("\n\n  ", "\r\n")).holds


def test_another_text_is_told_by_its_hash_and_length() -> None:
    (problem,) = verify(record(source(status("王飞")), TEXT), TEXT + "完").problems
    assert problem.record == "text"
    assert "28 characters, not 27" in problem.message


def test_recording_corrects_positions_when_the_text_has_changed() -> None:
    recorded = record(source(status("共享超")), TEXT)
    assert record(recorded, "前言。" + TEXT).statements[0].position == 10


def test_recording_names_every_phrase_that_cannot_be_placed() -> None:
    with pytest.raises(DataError) as raised:
        record(source(status("数据"), status("没有"), status("王飞")), TEXT)
    assert [problem.record for problem in raised.value.problems] == ["statement 1", "statement 2"]


def test_nothing_is_recorded_of_an_empty_text() -> None:
    with pytest.raises(DataError, match="the text is empty"):
        record(source(status("王飞")), " \n")


def test_problems_name_the_line_where_it_is_known(sample_loaded: Loaded) -> None:
    known = sample_loaded.knowledge.sources["2024-06-sample"]
    result = verify(known, "over 1.8 trillion records", sample_loaded.origin)
    assert [problem.line for problem in result.problems] == [21]


def test_figures_are_proved_like_the_rest() -> None:
    figure = Figure(subject="it", figure="n", value=Decimal(1), as_of=PartialDate("2025"), phrase="超2.4万亿条")
    assert verify(source(figure), TEXT).proofs[0].position == 9

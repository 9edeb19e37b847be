"""The CSV table has a row per statement, and its spreadsheet form cannot run a formula."""

from __future__ import annotations

import csv
import io

import pytest

from kg.export.table import FORMULA_STARTS, write_csv, write_spreadsheet_csv
from kg.export.words import table_words
from kg.model.knowledge import Knowledge


def rows(content: bytes) -> dict[str, dict[str, str]]:
    return {row["statement"]: row for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))}


@pytest.fixture(scope="module")
def table(sample: Knowledge) -> dict[str, dict[str, str]]:
    return rows(write_csv(sample))


def test_there_is_a_row_for_each_statement(knowledge: Knowledge) -> None:
    assert len(rows(write_csv(knowledge))) == sum(1 for _ in knowledge.statements())


def test_the_columns_are_the_documented_ones(table: dict[str, dict[str, str]]) -> None:
    for row in table.values():
        assert list(row) == list(table_words().columns)
        assert None not in row.values()


def test_a_planned_relation_reads_as_a_plan(table: dict[str, dict[str, str]]) -> None:
    row = {column: value for column, value in table["741bf04c7ad34fd1"].items() if value}
    assert row == {
        "statement": "741bf04c7ad34fd1",
        "kind": "relation",
        "subject": "trusted-data-space",
        "subject_zh": "可信数据空间",
        "subject_en": "Trusted Data Space",
        "predicate": "builds-on",
        "predicate_zh": "将基于",
        "predicate_en": "is to build on",
        "object": "changan-chain",
        "object_zh": "长安链",
        "object_en": "Chang'an Chain",
        "status": "announced",
        "status_zh": "已宣布",
        "status_en": "announced",
        "stage": "planned",
        "planned": "true",
        "phrase": "将打造基于长安链的可信数据空间",
        "phrase_language": "zh",
        "speaker": "liu-weihua",
        "speaker_zh": "刘卫华",
        "speaker_en": "Liu Weihua",
        "source": "2025-01-05-sample",
        "source_zh": "样本发布会",
        "source_en": "Sample press conference",
        "source_date": "2025-01-05",
        "url": "https://example.org/sample",
    }


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("predicate", "records-shared"),
        ("sign", ">"),
        ("value", "2400000000000"),
        ("unit_en", "records"),
        ("qualifier_zh", "超"),
        ("aim", "achieved"),
        ("as_of", "2025-01-05"),
        ("planned", ""),
    ],
)
def test_a_figure_has_its_value_unit_and_qualifier(table: dict[str, dict[str, str]], column: str, value: str) -> None:
    assert table["3d6dc3f6e5f1a59c"][column] == value


@pytest.mark.parametrize(
    ("column", "value"), [("predicate", "status"), ("predicate_zh", "状态"), ("status", "operating"), ("since", "2021")]
)
def test_a_status_has_its_dates(table: dict[str, dict[str, str]], column: str, value: str) -> None:
    assert table["b7d14b701da49c19"][column] == value


def test_lines_end_as_rfc_4180_says_and_there_is_no_byte_order_mark(sample: Knowledge) -> None:
    content = write_csv(sample)
    assert content.startswith(b"statement,kind,")
    assert content.count(b"\r\n") == content.count(b"\n") == len(rows(content)) + 1


def test_cells_come_back_exactly(hostile: Knowledge, hostile_name: str) -> None:
    assert hostile_name in {row["subject_en"] for row in rows(write_csv(hostile)).values()}


def test_the_spreadsheet_form_has_a_byte_order_mark_and_no_formula(hostile: Knowledge, hostile_name: str) -> None:
    content = write_spreadsheet_csv(hostile)
    assert content.startswith(b"\xef\xbb\xbf")
    found = rows(content)
    assert f"'{hostile_name}" in {row["subject_en"] for row in found.values()}
    assert not [cell for row in found.values() for cell in row.values() if cell.startswith(FORMULA_STARTS)]


def test_the_spreadsheet_form_says_the_same(sample: Knowledge) -> None:
    plain, harmless = rows(write_csv(sample)), rows(write_spreadsheet_csv(sample))
    assert {key: {c: v.lstrip("'") for c, v in row.items()} for key, row in harmless.items()} == plain

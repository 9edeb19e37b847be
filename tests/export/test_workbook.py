"""The workbook has a sheet for each kind of record, and no cell of it is a formula."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from kg.export.workbook import write_xlsx
from kg.graph.build import data_version
from kg.model.knowledge import Knowledge
from kg.model.statement import Figure, Relation, Status

SHEETS = ["Read me 说明", "Entities 实体", "Relations 关系", "Figures 数据", "Statuses 状态", "Sources 来源"]


def read(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def records(book: Workbook, sheet: str) -> list[dict[str, object]]:
    """The rows of a sheet, under the English half of their headings."""
    head, *rows = book[sheet].iter_rows(values_only=True)
    columns = [str(heading).split("\n")[1] for heading in head]
    return [dict(zip(columns, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def book(sample: Knowledge) -> Workbook:
    return read(write_xlsx(sample))


def test_the_sheets_are_named_in_both_languages(book: Workbook) -> None:
    assert book.sheetnames == SHEETS


def test_each_sheet_has_a_row_for_each_record(knowledge: Knowledge) -> None:
    book = read(write_xlsx(knowledge))
    statements = [statement for _, statement in knowledge.statements()]
    kinds = [sum(isinstance(said, kind) for said in statements) for kind in (Relation, Figure, Status)]
    counts = [len(knowledge.entities), *kinds, len(knowledge.sources)]
    assert [book[name].max_row - 1 for name in SHEETS[1:]] == counts


def test_the_header_row_stays_and_the_columns_are_wide_enough(book: Workbook) -> None:
    for name in SHEETS[1:]:
        sheet = book[name]
        assert sheet.freeze_panes == "A2"
        assert all(9 <= width.width <= 50 for width in sheet.column_dimensions.values())


def test_a_planned_relation_reads_as_a_plan(book: Workbook) -> None:
    (row,) = [row for row in records(book, "Relations 关系") if row["Statement"] == "741bf04c7ad34fd1"]
    assert row["Relation or metric (Chinese)"] == "将基于"
    assert row["Only planned"] is True
    assert row["Phrase"] == "将打造基于长安链的可信数据空间"


def test_a_value_is_a_number_with_its_sign(book: Workbook) -> None:
    (row,) = [row for row in records(book, "Figures 数据") if row["Statement"] == "3d6dc3f6e5f1a59c"]
    assert (row["Sign"], row["Value"], row["Unit (Chinese)"]) == (">", 2400000000000, "条")


def test_a_value_with_more_digits_than_excel_keeps_is_text(sample: Knowledge) -> None:
    source = sample.sources["2025-01-05-sample"]
    long = source.statements[4].model_copy(update={"value": Decimal("1234567890123456.7")})
    changed = Knowledge(
        sample.vocabulary,
        sample.entities,
        sample.type_of,
        {source.id: source.model_copy(update={"statements": (long,)})},
    )
    (row,) = records(read(write_xlsx(changed)), "Figures 数据")
    assert row["Value"] == "1234567890123456.7"


def test_no_cell_is_a_formula_or_a_link(hostile: Knowledge) -> None:
    book = read(write_xlsx(hostile))
    for sheet in book:
        for row in sheet.iter_rows():
            assert [cell.coordinate for cell in row if cell.data_type == "f" or cell.hyperlink] == []


def test_a_hostile_name_stays_text(hostile: Knowledge) -> None:
    names = {str(row["Name (English)"]) for row in records(read(write_xlsx(hostile)), "Entities 实体")}
    assert any(name.startswith("=1+1 </script> ]]> --> &amp;") for name in names)
    assert any(name.startswith("=Ada") for name in names)


def test_the_first_sheet_has_the_data_version_and_the_counts(sample: Knowledge, book: Workbook) -> None:
    text = "\n".join(str(cell) for row in book["Read me 说明"].iter_rows(values_only=True) for cell in row)
    assert data_version(sample) in text
    assert "7 entities" not in text
    assert f"{len(sample.entities)} entities, 4 relations, 3 figures, 1 statuses, 2 sources" in text
    assert "CC BY 4.0" in text


def test_the_file_knows_no_clock(sample: Knowledge) -> None:
    with zipfile.ZipFile(io.BytesIO(write_xlsx(sample))) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")

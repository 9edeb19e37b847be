"""An answer in a spreadsheet: numbers are numbers, text is text, and nothing in it runs."""

from __future__ import annotations

import csv
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from kg.engine.answer import Answer
from kg.errors import AnswerTooLarge, QueryError
from kg.export.answer_about import About
from kg.export.answer_csv import is_formula
from kg.export.answer_files import write_answer_file

XSD = "http://www.w3.org/2001/XMLSchema#"
ABOUT = About("题目", "SELECT *\n{ ?a ?b ?c }", "0123abcd", sources=("甲", "乙"), lang="zh")
FORMULAS = (
    "=1+1",
    "+1",
    "-1-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "\u200b=1",
    "\ufeff=1",
)


def select(columns: str, *rows: tuple[str, ...]) -> Answer:
    lines = ["\t".join(f"?{name}" for name in columns.split()), *("\t".join(row) for row in rows)]
    return Answer("select", "".join(f"{line}\n" for line in lines).encode(), len(rows), False, 0.1, "0123abcd")


def literal(text: str) -> str:
    return (
        '"'
        + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
        + '"'
    )


def typed(text: str, datatype: str) -> str:
    return f"{literal(text)}^^<{XSD}{datatype}>"


def book(answer: Answer, about: About = ABOUT) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_answer_file(answer, "xlsx", about)))


def spreadsheet(answer: Answer) -> list[list[str]]:
    content = write_answer_file(answer, "spreadsheet", ABOUT)
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_could_run_is_known(text: str) -> None:
    assert is_formula(text)


@pytest.mark.parametrize("text", ["", "北京", "a=b", "1-1", "'=1", "2025-03-20", "(＝)"])
def test_text_that_could_not_run_is_left(text: str) -> None:
    assert not is_formula(text)


@pytest.mark.parametrize("text", FORMULAS)
def test_the_button_s_csv_makes_it_text(text: str) -> None:
    assert spreadsheet(select("a", (literal(text),)))[1] == [f"'{text}"]


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_for_programs_keeps_it(text: str) -> None:
    content = write_answer_file(select("a", (literal(text),)), "csv", ABOUT)
    assert list(csv.reader(io.StringIO(content.decode(), newline="")))[1] == [text]


def test_only_the_button_s_csv_has_a_byte_order_mark() -> None:
    answer = select("a", ('"北京"',))
    assert write_answer_file(answer, "spreadsheet", ABOUT).startswith(b"\xef\xbb\xbfa\r\n")
    assert write_answer_file(answer, "csv", ABOUT).startswith(b"a\r\n")


def test_a_negative_number_stays_a_number() -> None:
    answer = select("a b", ("-5", typed("-1.50", "decimal")))
    assert spreadsheet(answer)[1] == ["-5", "-1.50"]


def test_a_formula_that_says_to_be_a_number_is_none() -> None:
    answer = select("a", (typed("=1+1", "decimal"),))
    assert spreadsheet(answer)[1] == ["'=1+1"]
    assert book(answer).worksheets[0]["A2"].data_type == "s"


@pytest.mark.parametrize("text", FORMULAS[:9])
def test_in_a_workbook_it_is_text_that_stays_text_when_edited(text: str) -> None:
    cell = book(select("a", (literal(text),))).worksheets[0]["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), min_size=1, max_size=30))
def test_text_comes_back_from_a_workbook_as_it_was(text: str) -> None:
    cell = book(select("a", (literal(text),))).worksheets[0]["A2"]
    assert cell.value == text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


def test_text_that_looks_like_the_library_s_own_markup_stays_text() -> None:
    text = "<r><t>x</t></r>"
    assert book(select("a", (literal(text),))).worksheets[0]["A2"].value == text


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("42", 42),
        ("-5", -5),
        ("2.50", 2.5),
        ("1.5e3", 1500),
        ("true", True),
        (typed("2400000000000", "integer"), 2400000000000),
        (typed("5", "nonNegativeInteger"), 5),
        (typed("1234567890123456.7", "decimal"), "1234567890123456.7"),
        (typed("1.0000000000000000000000000000001", "decimal"), "1.0000000000000000000000000000001"),
        (typed("1" + "0" * 400, "integer"), "1" + "0" * 400),
        (typed("INF", "double"), "INF"),
        (typed("2025-03-20", "date"), "2025-03-20"),
        (typed("2025-03", "gYearMonth"), "2025-03"),
        (typed("2025", "gYear"), "2025"),
    ],
)
def test_a_cell_is_what_excel_keeps_exactly(cell: str, value: object) -> None:
    found = book(select("a", (cell,))).worksheets[0]["A2"].value
    assert (found, type(found)) == (value, type(value))


def test_the_heading_stays_and_columns_are_as_wide_as_chinese_is() -> None:
    sheet = book(select("a b", ('"五个汉字宽"', '"' + "长" * 100 + '"'))).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert 12 <= sheet.column_dimensions["A"].width <= 13
    assert sheet.column_dimensions["B"].width <= 50


def test_the_sheets_are_the_answer_its_sources_and_its_query() -> None:
    found = book(select("a"))
    assert found.sheetnames == ["Answer 答案", "Sources 来源", "Query 查询"]
    assert [row[0] for row in found["Query 查询"].iter_rows(values_only=True)] == ABOUT.query.split("\n")
    assert list(found["Sources 来源"].iter_rows(values_only=True))[-2:] == [(1, "甲"), (2, "乙")]


def test_each_row_says_which_sources_it_rests_on() -> None:
    about = About("t", "", "1", sources=("甲", "乙"), notes=((1, 2), ()), lang="zh")
    sheet = book(select("a", ("1",), ("2",)), about).worksheets[0]
    assert [row[1] for row in sheet.iter_rows(values_only=True)] == ["来源编号", "1, 2", None]


def test_the_document_knows_its_title_and_version_and_no_clock() -> None:
    content = write_answer_file(select("a"), "xlsx", ABOUT)
    properties = openpyxl.load_workbook(io.BytesIO(content)).properties
    assert (properties.title, properties.category) == ("题目", "0123abcd")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")
        assert b"0123abcd" in archive.read("docProps/custom.xml")


def test_a_text_longer_than_a_cell_is_refused_with_its_place() -> None:
    with pytest.raises(QueryError, match=r"row 3, column 1 has 40,000") as caught:
        book(select("a", ("1",), (literal("🚀" * 20_000),)))
    assert "第 3 行第 1 列有 40,000 个" in caught.value.say("zh")


def test_more_rows_than_a_sheet_has_are_refused() -> None:
    with pytest.raises(AnswerTooLarge, match="1,048,575 rows"):
        write_answer_file(Answer("select", b"?a\n", 2_000_000, False, 0.1, "1"), "xlsx", ABOUT)


def test_a_query_longer_than_a_cell_is_kept_over_several() -> None:
    query = "# " + "长" * 70_000
    rows = book(select("a"), About("", query, "1"))["Query 查询"].iter_rows(values_only=True)
    assert "".join(str(row[0]) for row in rows) == query

"""Parquet has a type for a column that has one datatype, and text for any other."""

from __future__ import annotations

import datetime
import io
import json
from decimal import Decimal

import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.engine.answer import Answer
from kg.export.answer_about import About
from kg.export.answer_files import write_answer_file

XSD = "http://www.w3.org/2001/XMLSchema#"
ABOUT = About("题目", "ASK {}", "0123abcd", sources=("甲",))


def table(*cells: str, about: About = ABOUT, cut: bool = False) -> pyarrow.Table:
    body = "?a\n" + "".join(f"{cell}\n" for cell in cells)
    answer = Answer("select", body.encode(), len(cells), cut, 0.1, "0123abcd")
    return pyarrow.parquet.read_table(io.BytesIO(write_answer_file(answer, "parquet", about)))


def typed(text: str, datatype: str) -> str:
    return f'"{text}"^^<{XSD}{datatype}>'


@pytest.mark.parametrize(
    ("cells", "kind", "values"),
    [
        (("1", "", "-5"), "int64", [1, None, -5]),
        (("1.5", "-0.25"), "decimal128(3, 2)", [Decimal("1.50"), Decimal("-0.25")]),
        (("1e3", typed("-INF", "double")), "double", [1000.0, float("-inf")]),
        (("true", typed("0", "boolean")), "bool", [True, False]),
        ((typed("2025-03-20", "date"),), "date32[day]", [datetime.date(2025, 3, 20)]),
        (("<http://e.x/a>",), "string", ["http://e.x/a"]),
        (('"北京"@zh', ""), "string", ["北京", None]),
        (("_:b",), "string", ["_:b"]),
        (("1", "1.5"), "string", ["1", "1.5"]),
        ((typed("2025", "gYear"),), "string", ["2025"]),
        ((typed("2025-02-30", "date"),), "string", ["2025-02-30"]),
        ((typed("x", "integer"), "1"), "string", ["x", "1"]),
        ((typed("9" * 19, "integer"),), "string", ["9" * 19]),
        ((typed("1" * 30 + "." + "1" * 30, "decimal"),), "string", ["1" * 30 + "." + "1" * 30]),
        (("", ""), "string", [None, None]),
    ],
    ids=str,
)
def test_a_column_has_the_type_that_all_of_its_cells_have(
    cells: tuple[str, ...], kind: str, values: list[object]
) -> None:
    column = table(*cells).column("a")
    assert str(column.type) == kind
    assert column.to_pylist() == values


@given(
    st.lists(
        st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12), min_size=1
    )
)
def test_decimals_come_back_exactly(values: list[Decimal]) -> None:
    assert table(*(typed(f"{value:f}", "decimal") for value in values)).column("a").to_pylist() == values


@given(st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1))
def test_whole_numbers_come_back_exactly(values: list[int]) -> None:
    assert table(*(typed(str(value), "integer") for value in values)).column("a").to_pylist() == values


def test_the_schema_knows_the_answer() -> None:
    about = About("题目", "ASK {}", "0123abcd", sources=("甲", "乙"), notes=((2,),), address="https://e.x/")
    found = {key.decode(): value.decode() for key, value in table("1", about=about, cut=True).schema.metadata.items()}
    assert (found["title"], found["query"], found["version"], found["address"]) == (
        "题目",
        "ASK {}",
        "0123abcd",
        "https://e.x/",
    )
    assert (found["rows"], found["cut"]) == ("1", "true")
    assert (json.loads(found["sources"]), json.loads(found["notes"])) == (["甲", "乙"], [[2]])


def test_a_column_knows_its_datatype_and_its_language() -> None:
    assert table('"北京"@zh').schema.field("a").metadata[b"language"] == b"zh"
    assert table(typed("2025", "gYear")).schema.field("a").metadata[b"datatype"] == f"{XSD}gYear".encode()
    assert table("<http://e.x/a>").schema.field("a").metadata[b"kind"] == b"iri"

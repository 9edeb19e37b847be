"""An answer as Parquet: columns with types, and what is known of the answer in the schema."""

from __future__ import annotations

import datetime
import io
import json
import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.engine.answer import Answer
from kg.export.answer_about import About, facts
from kg.export.answer_columns import Column, read_columns

if TYPE_CHECKING:
    import pyarrow

__all__ = ["write_answer_parquet"]

#: The whole numbers of a column of integers, and the digits of a column of decimals.
_LEAST, _MOST, _DIGITS = -(2**63), 2**63 - 1, 38


def write_answer_parquet(answer: Answer, about: About) -> bytes:
    """Every column as it is, null where unbound.

    A column with one datatype (integer, decimal, double, boolean, date) has that type; any other is text. The schema's
    metadata has title, query, data version, number of rows, whether it was cut, sources and notes; a column's its
    datatype and language.
    """
    import pyarrow as pa  # late: it is slow to import
    import pyarrow.parquet as pq

    about.hold(answer)
    columns = read_columns(answer)
    arrays = [_array(column) for column in columns]
    fields = [
        pa.field(column.name, array.type, metadata=_of_column(column))
        for column, array in zip(columns, arrays, strict=True)
    ]
    schema = pa.schema(fields, metadata=_of_answer(answer, about))
    content = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), content)
    return content.getvalue()


def _of_column(column: Column) -> dict[str, str] | None:
    known = {"kind": "iri" if column.kind == "iri" else "", "datatype": column.datatype, "language": column.lang}
    return {key: value for key, value in known.items() if value} or None


def _of_answer(answer: Answer, about: About) -> dict[str, str]:
    notes = json.dumps(about.notes) if about.notes is not None else ""
    known = {"title": about.title, "query": about.query, "language": about.lang, "notes": notes, "remark": about.remark}
    known |= facts(answer, about) | {"rows": str(answer.rows), "cut": json.dumps(answer.cut)}
    known["sources"] = json.dumps(about.sources, ensure_ascii=False)
    return {key: value for key, value in known.items() if value}


def _array(column: Column) -> pyarrow.Array:
    import pyarrow as pa

    texts = {text for text in column.texts if text is not None}
    read, kind = _reader(column, texts)
    values = {text: read(text) for text in texts}
    return pa.array([None if text is None else values[text] for text in column.texts], type=kind)


def _reader(column: Column, texts: set[str]) -> tuple[Any, pyarrow.DataType]:
    """What reads a cell, and the type of the result: text for what Parquet's types have no room for."""
    import pyarrow as pa

    if column.kind == "integer" and all(len(text) < 30 and _LEAST <= int(text) <= _MOST for text in texts):
        return int, pa.int64()
    if column.kind == "decimal":
        whole = max(len(text.lstrip("+-0").partition(".")[0]) for text in texts)
        part = max(len(text.partition(".")[2]) for text in texts)
        if whole + part <= _DIGITS:
            return Decimal, pa.decimal128(max(1, whole + part), part)
    if column.kind == "double":
        return _double, pa.float64()
    if column.kind == "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get, pa.bool_()
    if column.kind == "date" and all(map(_is_day, texts)):
        return datetime.date.fromisoformat, pa.date32()
    return str, pa.string()


def _double(text: str) -> float:
    return math.nan if text == "NaN" else float(text.replace("INF", "inf"))


def _is_day(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True

"""The type of each column of an answer, where all of its cells have one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kg.engine.answer import LANG_STRING, XSD, Answer, Term
from kg.query.shown import columns_of, rows_of

__all__ = ["Column", "ColumnKind", "read_columns"]

ColumnKind = Literal["integer", "decimal", "double", "boolean", "date", "iri", "text"]

_WELL_FORMED: Mapping[str, tuple[ColumnKind, re.Pattern[str]]] = {
    XSD + "integer": ("integer", re.compile(r"[+-]?[0-9]+")),
    XSD + "decimal": ("decimal", re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")),
    XSD + "double": ("double", re.compile(r"[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|INF)|NaN")),
    XSD + "boolean": ("boolean", re.compile(r"true|false|0|1")),
    XSD + "date": ("date", re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")),
}

_TEXT: tuple[ColumnKind, re.Pattern[str]] = ("text", re.compile(""))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``kind`` is "text" where its cells differ, or one is not written as its datatype wants.

    ``datatype`` and ``lang`` are those that all of its cells have, else empty. ``texts`` has the cells as they are
    written, None where they are unbound.
    """

    name: str
    kind: ColumnKind
    datatype: str
    lang: str
    texts: tuple[str | None, ...]


def read_columns(answer: Answer) -> tuple[Column, ...]:
    """Every column of a SELECT or of a graph's triples, in order."""
    names, rows = columns_of(answer), rows_of(answer)
    return tuple(_column(name, [row[at] for row in rows]) for at, name in enumerate(names))


def _column(name: str, cells: list[Term | None]) -> Column:
    distinct = {cell for cell in cells if cell is not None}
    datatypes, langs = {cell.datatype for cell in distinct}, {cell.lang for cell in distinct}
    datatype = next(iter(datatypes)) if len(datatypes) == 1 else ""
    lang = next(iter(langs)) if len(langs) == 1 else ""
    texts = {cell: f"_:{cell.value}" if cell.kind == "blank" else cell.value for cell in distinct}
    written = tuple([None if cell is None else texts[cell] for cell in cells])
    return Column(name, _kind(distinct, datatype), "" if datatype == LANG_STRING else datatype, lang, written)


def _kind(distinct: set[Term], datatype: str) -> ColumnKind:
    if distinct and all(cell.kind == "iri" for cell in distinct):
        return "iri"
    kind, pattern = _WELL_FORMED.get(datatype, _TEXT)
    return kind if all(pattern.fullmatch(cell.value) for cell in distinct) else "text"

"""The statements as one CSV table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from decimal import Decimal

from kg.export.rows import Cell, cells, statement_rows
from kg.export.words import table_words
from kg.graph.names import decimal_text
from kg.model.knowledge import Knowledge

__all__ = ["FORMULA_STARTS", "write_csv", "write_spreadsheet_csv"]

#: What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(knowledge: Knowledge) -> bytes:
    """One row per statement, for programs: RFC 4180, UTF-8 without a byte order mark, cells exactly as they are.

    The columns are those of ``words.toml``: the statement's digits and kind; its subject, relation or metric, and
    object with their names in both languages; role; sign, value, unit and qualifier; dates, status, stage and whether
    it is only planned; the phrase with its position; speaker, source and web address.
    """
    return _table(knowledge, _plain).encode()


def write_spreadsheet_csv(knowledge: Knowledge) -> bytes:
    """The same for Excel and WPS: with a byte order mark, and an apostrophe before text that would start a formula."""
    return _table(knowledge, _harmless).encode("utf-8-sig")


def _table(knowledge: Knowledge, write: Callable[[Cell], str]) -> str:
    columns = list(table_words().columns)
    rows = ([write(cell) for cell in cells(row, columns)] for row in statement_rows(knowledge))
    return _csv(columns, rows)


def _csv(header: list[str], rows: Iterable[list[str]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return decimal_text(cell) if isinstance(cell, Decimal) else str(cell)


def _harmless(cell: Cell) -> str:
    text = _plain(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(FORMULA_STARTS) else text

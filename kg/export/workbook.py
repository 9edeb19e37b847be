"""The knowledge as an Excel workbook, a sheet for each kind of record."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.export.rows import Cell, Row, cells, entity_rows, source_rows, statement_rows
from kg.export.words import table_words
from kg.export.xml_text import legal
from kg.graph.build import data_version
from kg.graph.names import decimal_text
from kg.graph.ontology import LICENCE
from kg.graph.wording import wording
from kg.model.knowledge import Knowledge
from kg.model.text import LANGS

if TYPE_CHECKING:
    from xlsxwriter.format import Format as CellFormat
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["write_xlsx"]

_ABOUT = "subject subject_zh subject_en predicate predicate_zh predicate_en"
_ORIGIN = "phrase speaker_zh speaker_en source source_zh source_en source_date url note statement"
_STATUS = "status_zh status_en stage"
_COLUMNS = {
    "entities": "id name_zh name_en short_zh short_en type_zh type_en themes_zh themes_en "
    f"description_zh description_en {_STATUS} as_of aliases former replaced_by links note",
    "relations": f"{_ABOUT} object object_zh object_en planned {_STATUS} role_zh role_en since {_ORIGIN}",
    "figures": f"{_ABOUT} sign value unit_zh unit_en qualifier_zh qualifier_en aim as_of {_ORIGIN}",
    "statuses": f"subject subject_zh subject_en {_STATUS} as_of since {_ORIGIN}",
    "sources": "id title_zh title_en kind_zh kind_en publisher_zh publisher_en official language date published "
    "accessed url characters sha256 statements note",
}
#: A document has a date of creation; this one is fixed, so that equal knowledge gives equal bytes.
_CREATED = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)
#: Excel keeps 15 digits of a number; a value with more is written as text.
_DIGITS = 15
#: The widest and the narrowest column, in characters.
_WIDEST, _NARROWEST = 48, 9


def write_xlsx(knowledge: Knowledge) -> bytes:
    """The workbook: read me, entities, relations, figures, statuses, sources, each headed in both languages.

    Text is always written as text, so that no cell becomes a formula or a link; what XML cannot carry becomes U+FFFD.
    """
    from xlsxwriter.workbook import Workbook  # late: it is slow to import

    content = io.BytesIO()
    book = Workbook(content, {"in_memory": True, "constant_memory": False})
    book.set_properties({"title": wording().dataset.title.say("en"), "created": _CREATED})
    sheets = _sheets(knowledge)
    _write_read_me(book, knowledge, {name: len(rows) for name, rows in sheets.items()})
    for name, rows in sheets.items():
        _write_sheet(book, name, _COLUMNS[name].split(), rows)
    book.close()
    return content.getvalue()


def _sheets(knowledge: Knowledge) -> dict[str, list[Row]]:
    statements = list(statement_rows(knowledge))
    return {
        "entities": list(entity_rows(knowledge)),
        "relations": [row for row in statements if row["kind"] == "relation"],
        "figures": [row for row in statements if row["kind"] == "figure"],
        "statuses": [row for row in statements if row["kind"] == "status"],
        "sources": list(source_rows(knowledge)),
    }


def _write_read_me(book: Workbook, knowledge: Knowledge, amounts: dict[str, int]) -> None:
    words = wording().dataset
    facts = {f"title_{lang}": words.title.say(lang) for lang in LANGS}
    facts |= {f"description_{lang}": words.description.say(lang) for lang in LANGS}
    facts |= {name: str(amount) for name, amount in amounts.items()}
    facts |= {"version": data_version(knowledge), "licence": LICENCE}
    sheet = book.add_worksheet(_both("read_me"))
    wrap, bold = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True, "font_size": 14})
    sheet.set_column(0, 1, 70)
    for number, line in enumerate(table_words().read_me.lines):
        for column, lang in enumerate(LANGS):
            sheet.write_string(number, column, line.say(lang).format(**facts), wrap if number else bold)


def _write_sheet(book: Workbook, name: str, columns: list[str], rows: list[Row]) -> None:
    words = table_words()
    sheet = book.add_worksheet(_both(name))
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    number = book.add_format({"num_format": "#,##0.##########"})
    whole = book.add_format({"num_format": "#,##0"})
    headings = ["\n".join(said for _, said in words.heading(column).items()) for column in columns]
    for at, heading in enumerate(headings):
        sheet.write_string(0, at, heading, head)
    for line, row in enumerate(rows, start=1):
        for at, cell in enumerate(cells(row, columns)):
            _write_cell(sheet, line, at, cell, whole if isinstance(cell, Decimal) and cell == int(cell) else number)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _width(_lines(headings[at], (row.get(column) for row in rows))))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)


def _write_cell(sheet: Worksheet, line: int, column: int, cell: Cell, number: CellFormat) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(line, column, cell)
    elif isinstance(cell, int):
        sheet.write_number(line, column, cell)
    elif isinstance(cell, Decimal) and len(cell.normalize().as_tuple().digits) <= _DIGITS:
        sheet.write_number(line, column, float(cell), number)
    elif cell:
        sheet.write_string(line, column, legal(decimal_text(cell) if isinstance(cell, Decimal) else cell))


def _both(sheet: str) -> str:
    """A sheet's name in both languages."""
    name = table_words().sheets[sheet]
    return f"{name.say('en')} {name.say('zh')}"


def _lines(heading: str, column: Iterable[Cell]) -> Iterator[str]:
    yield from heading.split("\n")
    for cell in column:
        yield from str("" if cell is None else cell).split("\n")


def _width(lines: Iterable[str]) -> int:
    """Wide enough for the longest line, where a Chinese character counts as two, within limits."""
    longest = max(sum(1 if character < "\u2e80" else 2 for character in line) for line in lines)
    return min(_WIDEST, max(_NARROWEST, longest + 2))

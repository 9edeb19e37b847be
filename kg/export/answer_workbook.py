"""An answer as an Excel workbook: its rows, its sources, its query."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kg.engine.answer import XSD, Answer
from kg.errors import AnswerTooLarge, QueryError
from kg.export.answer_about import About, facts, said_facts
from kg.export.answer_cells import Cell, Shown, link_of, shown
from kg.export.answer_csv import is_formula
from kg.export.answer_words import answer_words, say_both, say_word
from kg.export.xml_text import legal
from kg.model.text import Text
from kg.query.shown import is_number

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["write_answer_xlsx"]

#: Fixed, so that equal answers give equal bytes.
_CREATED = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)
#: What Excel holds: rows below the heading, characters of a cell, digits of a number, links of a sheet, their length.
_MOST_ROWS, _LONGEST, _DIGITS, _MOST_LINKS, _LONGEST_LINK = 1_048_575, 32_767, 15, 65_530, 1_000
#: A custom property and the tip of a link are at most so long; both count an emoji as two.
_PROPERTY = _TIP = 127
#: The widest and the narrowest column, in characters.
_WIDEST, _NARROWEST = 48, 9
#: From here on thousands are set off; below it may be a year.
_LARGE = 10_000

_FORMATS: Mapping[str, dict[str, Any]] = {
    "head": {"bold": True, "valign": "top", "bottom": 1},
    "name": {"bold": True, "valign": "top"},
    "wrap": {"text_wrap": True, "valign": "top"},
    "code": {"font_name": "Consolas"},
    "text": {},
    # Kept as text when somebody edits the cell, or saves the sheet as another.
    "quoted": {"quote_prefix": True},
    "link": {"font_color": "#155E96", "underline": 1},
    "whole": {"num_format": "0"},
    "large": {"num_format": "#,##0"},
    "part": {"num_format": "0.##########"},
    "large part": {"num_format": "#,##0.##########"},
    "double": {"num_format": "General"},
}


def write_answer_xlsx(answer: Answer, about: About, labels: Mapping[str, Text]) -> bytes:
    """The rows with labels, IRIs as links behind them; then the sources and facts; then the query, line by line.

    Numbers are numbers, but for those with more digits than Excel keeps; a date is text, as precise as it is stored.
    Raises :class:`AnswerTooLarge` for more rows than a sheet has, QueryError for a text that no cell can hold.
    """
    from xlsxwriter.workbook import Workbook  # late: it is slow to import

    if answer.rows > _MOST_ROWS:
        raise AnswerTooLarge(f"A sheet holds {_MOST_ROWS:,} rows, and this answer has {answer.rows:,}. Choose CSV.")
    content = io.BytesIO()
    book = Workbook(content, {"in_memory": True, "constant_memory": False})
    looks = {name: book.add_format(look) for name, look in _FORMATS.items()}
    _describe(book, answer, about)
    _Rows(book.add_worksheet(say_both("answer")), looks, shown(answer, labels, about)).write()
    _write_sources(book.add_worksheet(say_both("sources")), looks, answer, about)
    sheet = book.add_worksheet(say_both("query"))
    sheet.set_column(0, 0, 120)
    for line, text in enumerate(_lines(about.query)):
        _put(sheet, line, 0, text, looks["code"])
    book.close()
    return content.getvalue()


def _describe(book: Workbook, answer: Answer, about: About) -> None:
    """The document's own properties."""
    told = "\n".join(f"{name}: {value}" for name, value in said_facts(answer, about).items())
    properties = {"title": about.title, "comments": f"{told}\n\n{about.query}", "category": about.data_version}
    book.set_properties({name: legal(value) for name, value in properties.items()} | {"created": _CREATED})
    names = answer_words().facts
    for key, value in facts(answer, about).items():
        book.set_custom_property(names[key].say("en"), legal(value)[:_PROPERTY], "text")


def _write_sources(sheet: Worksheet, looks: Mapping[str, Any], answer: Answer, about: About) -> None:
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 100)
    lines = [(about.title, ""), *said_facts(answer, about).items()]
    lines += [(say_word("sources", about.lang), about.remark)] if about.sources or about.remark else []
    for line, (name, value) in enumerate(lines):
        _put(sheet, line, 0, name, looks["name"])
        _put(sheet, line, 1, value, looks["wrap"])
    for number, source in enumerate(about.sources, start=1):
        line = len(lines) + number - 1
        sheet.write_number(line, 0, number, looks["name"])
        _put(sheet, line, 1, source, looks["wrap"])


class _Rows:
    """Writes the sheet of rows. Text is written as text, so that no cell becomes a formula or an unsafe link."""

    def __init__(self, sheet: Worksheet, looks: Mapping[str, Any], table: Shown) -> None:
        self.sheet, self.looks, self.table = sheet, looks, table
        self.links = 0

    def write(self) -> None:
        """Headings that stay in sight, rows, widths."""
        heads, sheet = self.table.heads, self.sheet
        for at, name in enumerate(heads):
            sheet.write_string(0, at, name, self.looks["head"])
        for line, row in enumerate(self.table.rows, start=1):
            if row and (row[0] is None or not row[0].face.text):
                sheet.write_blank(line, 0, None, self.looks["text"])  # a row with nothing in it is a row
            for at, cell in enumerate(row):
                if cell is not None and cell.face.text:
                    self._cell(line, at, cell)
        for line, numbers in enumerate(self.table.notes, start=1):
            if numbers:
                sheet.write_string(line, len(heads) - 1, ", ".join(map(str, numbers)))
        for at, name in enumerate(heads):
            cells = (row[at] for row in self.table.rows) if at < len(self.table.columns) else ()
            sheet.set_column(at, at, _width([name, *{cell.face.text for cell in cells if cell is not None}]))
        sheet.freeze_panes(1, 0)
        if heads:
            sheet.autofilter(0, 0, len(self.table.rows), len(heads) - 1)

    def _cell(self, line: int, at: int, cell: Cell) -> None:
        text, sheet = cell.face.text, self.sheet
        link = link_of(cell)
        if is_number(cell.term) and _fits(text, cell.term.datatype):
            sheet.write_number(line, at, float(text), self.looks[_look(text, cell.term.datatype)])
        elif cell.term.datatype == f"{XSD}boolean" and cell.term.value in ("true", "false"):
            sheet.write_boolean(line, at, cell.term.value == "true")
        elif link and len(link) <= _LONGEST_LINK and self.links < _MOST_LINKS and not _is_markup(text):
            self.links += 1
            tip = link if len(link) <= _TIP else None
            sheet.write_url(line, at, link, self.looks["link"], _held(text, line, at), tip)
        else:
            _put(sheet, line, at, text, self.looks["quoted" if is_formula(text) else "text"])


def _put(sheet: Worksheet, line: int, at: int, text: str, look: Any) -> None:
    """Write text as text."""
    held = _held(text, line, at)
    if _is_markup(held):
        sheet.write_rich_string(line, at, held[0], look, held[1:], look)
    else:
        sheet.write_string(line, at, held, look)


def _is_markup(text: str) -> bool:
    """Whether the library would take the text for markup that it had made itself, and write it as such."""
    return text.startswith("<r>") and text.endswith("</r>")


def _held(text: str, line: int, at: int) -> str:
    size = len(text.encode("utf-16-le")) // 2 if len(text) > _LONGEST // 2 else 0
    if size > _LONGEST:
        row, column = line + 1, at + 1
        raise QueryError(
            f"A cell of a workbook holds {_LONGEST:,} characters, and row {row}, column {column} has {size:,}."
            " Choose CSV.",
            zh=f"工作簿的单元格最多容纳 {_LONGEST:,} 个字符，第 {row} 行第 {column} 列有 {size:,} 个。请改用 CSV。",
        )
    return legal(text)


@lru_cache(maxsize=4096)
def _fits(text: str, datatype: str) -> bool:
    """Whether Excel keeps the number as it is."""
    if datatype in (f"{XSD}double", f"{XSD}float"):
        return abs(float(text)) < 1e300
    digits = text.lstrip("+-").replace(".", "")
    return len(digits) <= 300 and len(digits.strip("0")) <= _DIGITS


def _look(text: str, datatype: str) -> str:
    if datatype in (f"{XSD}double", f"{XSD}float"):
        return "double"
    kind = "part" if text.partition(".")[2].strip("0") else "whole"
    large = abs(float(text)) >= _LARGE
    return {"part": "large part", "whole": "large"}[kind] if large else kind


def _lines(text: str) -> Iterable[str]:
    """The lines of the query, each short enough for a cell."""
    for line in legal(text).splitlines():
        yield from [line[at : at + _LONGEST] for at in range(0, len(line), _LONGEST)] or [""]


def _width(texts: Iterable[str]) -> int:
    """Wide enough for the longest line, where a Chinese character counts as two, within limits."""
    longest = 0
    for text in texts:
        for line in text[: _WIDEST * 4].split("\n"):
            if len(line) * 2 > longest:
                longest = max(longest, sum(1 if sign < "\u2e80" else 2 for sign in line[:_WIDEST]))
    return min(_WIDEST, max(_NARROWEST, longest + 2))

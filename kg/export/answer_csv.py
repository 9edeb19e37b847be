"""An answer as CSV: triples for programs, and anything for spreadsheets, where no cell can become a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator

from kg.engine.answer import LANG_STRING, XSD, Answer, Term
from kg.export.table import FORMULA_STARTS
from kg.query.shown import columns_of, is_number, rows_of

__all__ = ["is_formula", "write_answer_csv", "write_triples_csv"]

#: White space and signs without width may stand before it, and the signs of formulas may be full-width.
_FORMULA = re.compile(rf"[\s\x00-\x1f\u200b-\u200f\u2060\ufeff]*[{re.escape(''.join(FORMULA_STARTS))}＝＋－＠]")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula."""
    return _FORMULA.match(text) is not None


def write_answer_csv(answer: Answer) -> bytes:
    """For Excel and WPS: with a byte order mark, and an apostrophe before text that would start a formula.

    A number stays one, its sign too. Every column is there, as it is.
    """
    return _table(answer, _harmless).encode("utf-8-sig")


def write_triples_csv(answer: Answer) -> bytes:
    """The triples of a graph for programs, sorted: subject, predicate, object, its datatype and its language."""
    return _table(answer, _plain).encode()


def _table(answer: Answer, write: Callable[[Term | None], str]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    if answer.form == "graph":
        writer.writerow((*columns_of(answer), "datatype", "language"))
        writer.writerows(_triples(answer, write))
    else:
        writer.writerow(columns_of(answer))
        writer.writerows(_written(rows_of(answer), write))
    return text.getvalue()


def _triples(answer: Answer, write: Callable[[Term | None], str]) -> Iterator[list[str]]:
    for subject, predicate, thing in sorted(answer.triples()):
        datatype = "" if thing.datatype in (LANG_STRING, XSD + "string") else thing.datatype
        yield [write(subject), write(predicate), write(thing), datatype, thing.lang]


def _written(rows: Iterable[tuple[Term | None, ...]], write: Callable[[Term | None], str]) -> Iterator[list[str]]:
    known: dict[Term | None, str] = {}
    for row in rows:
        cells = []
        for term in row:
            cell = known.get(term)
            if cell is None:
                cell = known[term] = write(term)
            cells.append(cell)
        yield cells


def _plain(term: Term | None) -> str:
    if term is None:
        return ""
    return f"_:{term.value}" if term.kind == "blank" else term.value


def _harmless(term: Term | None) -> str:
    text = _plain(term)
    return f"'{text}" if is_formula(text) and not is_number(term) else text

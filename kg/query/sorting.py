"""An answer's rows in another order, or only the first of them; the answer stays one block of bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from kg.engine.answer import Answer, Term
from kg.model.text import Lang, Text
from kg.query.shown import columns_of, face, is_number, rows_of

__all__ = ["first_rows", "sorted_answer"]

_Key = tuple[int, Decimal, bytes]


def sorted_answer(answer: Answer, column: str, labels: Mapping[str, Text], lang: Lang, *, down: bool) -> Answer:
    """The answer by one column: numbers by value, all else by what a reader of ``lang`` sees; empty cells come last.

    Rows that are equal there stay in their order. An answer that has no such column stays as it is.
    """
    columns = columns_of(answer)
    if column not in columns:
        return answer
    place = columns.index(column)
    read = _reader(labels, lang)
    cells = [row[place] for row in rows_of(answer)]
    filled = [index for index, cell in enumerate(cells) if cell is not None]
    filled.sort(key=lambda index: read(cells[index]), reverse=down)
    empty = [index for index, cell in enumerate(cells) if cell is None]
    lines = _lines(answer)
    return _with(answer, [lines[index] for index in (*filled, *empty)])


def first_rows(answer: Answer, count: int) -> Answer:
    """The first ``count`` rows or triples, as an answer that was not cut."""
    return answer if answer.rows <= count or answer.form == "ask" else _with(answer, _lines(answer, count))


def _reader(labels: Mapping[str, Text], lang: Lang) -> Callable[[Term | None], _Key]:
    known: dict[Term | None, _Key] = {}

    def read(term: Term | None) -> _Key:
        if term not in known:
            known[term] = _key(term, labels, lang)
        return known[term]

    return read


def _key(term: Term | None, labels: Mapping[str, Text], lang: Lang) -> _Key:
    if term is None:
        return (2, Decimal(0), b"")
    if is_number(term):
        try:
            return (0, Decimal(term.value), b"")
        except InvalidOperation:
            return (1, Decimal(0), term.value.encode())
    # The commoner Chinese signs stand in the order of their sounds in GB 2312, which GB 18030 contains.
    return (1, Decimal(0), face(term, labels, lang).text.casefold().encode("gb18030", "replace"))


def _lines(answer: Answer, count: int | None = None) -> list[bytes]:
    """The rows as they stand in the body; no row holds a line end."""
    head = int(answer.form == "select")
    most = answer.rows if count is None else count
    return answer.body.split(b"\n", head + most)[head : head + most]


def _with(answer: Answer, lines: list[bytes]) -> Answer:
    head = [answer.body.partition(b"\n")[0]] if answer.form == "select" else []
    return replace(answer, body=b"\n".join([*head, *lines, b""]), rows=len(lines))

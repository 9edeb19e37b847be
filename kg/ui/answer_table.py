"""An answer as a table: labels in the reader's language, sorted by a click on a column, with the notes of each row."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from kg.model.text import Lang
from kg.ui.asked import Asked
from kg.ui.markup import address, link
from kg.ui.words import say
from kg.view.tables import Cell, Table

__all__ = ["answer_table"]

#: A cell of at most so many characters stands on one line.
_ONE_WORD = 12

#: A whole number of more digits is grouped.
_YEAR = 4


def answer_table(shown: Table, asked: Asked, notes: Mapping[int, tuple[int, ...]] | None = None) -> str:
    """The table; ``notes`` has the numbers of the notes of each row, None where they are not asked for."""
    lang = asked.lang
    heads = "".join(
        _head(name, head, place in shown.numeric, asked)
        for place, (name, head) in enumerate(zip(shown.columns, shown.heads, strict=True))
    )
    if notes is not None:
        heads += f'<th scope="col" class="notes">{escape(say("evidence", lang))}</th>'
    rows = "".join(
        f"<tr>{_row(row, shown, lang)}{'' if notes is None else _marks(notes.get(place, ()), lang)}</tr>"
        for place, row in enumerate(shown.rows)
    )
    label = escape(asked.title or say("answer", lang))
    return (
        f'<div class="table answer" tabindex="0" role="region" aria-label="{label}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _head(name: str, head: str, number: bool, asked: Asked) -> str:
    order = st.query_params.get("sort", "")
    state = {name: "ascending", f"-{name}": "descending"}.get(order, "none")
    wanted = {"none": name, "ascending": f"-{name}", "descending": ""}[state]
    mark = {"ascending": " ↑", "descending": " ↓", "none": ""}[state]
    inside = f'<span title="?{escape(name)}">{escape(head)}</span><span aria-hidden="true">{mark}</span>'
    css = ' class="number"' if number else ""
    return f'<th scope="col" aria-sort="{state}"{css}>{link(asked.here(sort=wanted), inside)}</th>'


def _row(row: tuple[Cell | None, ...], shown: Table, lang: Lang) -> str:
    cells = []
    for place, cell in enumerate(row):
        short = ' class="short"' if cell and len(cell.text) <= _ONE_WORD else ""
        css = ' class="number"' if place in shown.numeric else short
        cells.append(f"<td{css}>{_cell(cell, lang, number=place in shown.numeric)}</td>")
    return "".join(cells)


def _marks(numbers: tuple[int, ...], lang: Lang) -> str:
    """The numbers of the notes, each a way to its words below the table."""
    if not numbers:
        return f'<td class="notes"><span class="quiet" title="{escape(say("no_note", lang))}">–</span></td>'
    marks = "".join(
        f'<a href="#note-{number}" aria-label="{escape(say("note_number", lang, number=number))}">{number}</a>'
        for number in numbers
    )
    return f'<td class="notes">{marks}</td>'


def _cell(cell: Cell | None, lang: Lang, *, number: bool) -> str:
    if cell is None:
        return '<span class="quiet">–</span>'
    text = escape(_grouped(cell.text) if number else cell.text)
    title = f' title="{escape(cell.iri or cell.text)}"' if cell.iri or number else ""
    tongue = f' lang="{escape(cell.lang)}"' if cell.lang else ""
    inside = f"<span{title}{tongue}>{text}</span>"
    if cell.entity:
        return link(address("", lang, entity=cell.entity), inside)
    if cell.source:
        return link(address("sources", lang, id=cell.source), inside)
    return inside


def _grouped(number: str) -> str:
    """A long whole number in groups of three; a year, and what has an exponent, stays as it is."""
    return f"{int(number):,}" if number.lstrip("-").isdecimal() and len(number.lstrip("-")) > _YEAR else number

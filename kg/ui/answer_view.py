"""An answer that has something to show: how much, in what words, in which view, and what can be done with it."""

from __future__ import annotations

from html import escape

import streamlit as st

from kg.engine.answer import Answer
from kg.model.text import Lang
from kg.query.labels import read_labels
from kg.query.shown import yes_or_no
from kg.query.sorting import first_rows, sorted_answer
from kg.ui.answer_notes import cited_answer, notes
from kg.ui.answer_picture import Pictured
from kg.ui.answer_table import answer_table
from kg.ui.answer_take import code, files
from kg.ui.asked import Asked
from kg.ui.empty import explain
from kg.ui.figure import switch, view_of
from kg.ui.hollow import hollow_columns
from kg.ui.in_words import words_of
from kg.ui.markup import link
from kg.ui.state import app
from kg.ui.words import say
from kg.view.answer_shape import fitting
from kg.view.tables import iris_of, table

__all__ = ["answered"]

#: Rows on the screen at first, and after a click; files have all.
_SHOWN, _MOST = 100, 1000

#: What can stand below an answer, as the address says.
_SECTIONS = ("notes", "files", "code")


def answered(answer: Answer, asked: Asked) -> None:
    """The answer, and below it the section that the address asks for."""
    count = _MOST if st.query_params.get("show") == "more" else _SHOWN
    section = st.query_params.get("more", "")
    found = _sorted(answer, asked.lang)
    cited = cited_answer(asked, found, count) if section == "notes" else None
    # As few elements as there can be: each is a message of its own to the browser.
    above, below = _summary(answer, asked, count) + _caption(asked) + hollow_columns(asked), _tools(asked, section)
    pictured = None
    if answer.form == "ask":
        verdict = f'<p class="verdict">{yes_or_no(answer.boolean, asked.lang).capitalize()}</p>'
        st.html(above + verdict + below)
        if not answer.boolean:
            explain(asked)
    else:
        pictured = _view(found, asked, count, dict(enumerate(cited.rows)) if cited else None, (above, below))
    if section == "notes":
        st.html(notes(cited, asked))
    elif section == "files":
        files(answer, asked, pictured)
    elif section == "code":
        code(asked)


def _sorted(answer: Answer, lang: Lang) -> Answer:
    order = st.query_params.get("sort", "")
    if not order or answer.form == "ask":
        return answer
    labels = read_labels(app().engine, iris_of(answer, answer.rows))
    return sorted_answer(answer, order.removeprefix("-"), labels, lang, down=order.startswith("-"))


def _summary(answer: Answer, asked: Asked, count: int) -> str:
    """How much came, how fast, of which data; whether there is more."""
    lang = asked.lang
    seconds = f"{answer.seconds:.3f}"
    if answer.form == "ask":
        parts = [f"<span>{escape(say('in_seconds', lang, seconds=seconds))}</span>"]
    else:
        key = "answered_graph" if answer.form == "graph" else "answered_one" if answer.rows == 1 else "answered"
        parts = [f"<b>{escape(say(key, lang, rows=f'{answer.rows:,}', seconds=seconds))}</b>"]
    parts.append(f"<span>{escape(say('version', lang, version=answer.data_version))}</span>")
    if store := app().store:
        parts.append(f"<span>{escape(say('from_store', lang, store=store))}</span>")
    if answer.cut:
        parts.append(f"<strong>{escape(say('cut_answer', lang, rows=f'{answer.rows:,}'))}</strong>")
    if answer.rows > count:
        more = min(answer.rows, _MOST)
        words = escape(say("shown_rows", lang, count=count))
        way = link(asked.here(show="more"), escape(say("show_more", lang, count=f"{more:,}"))) if count < _MOST else ""
        parts.append(f"<span>{words} {way}</span>")
    return f'<div class="answered" role="status">{"".join(parts)}</div>'


def _caption(asked: Asked) -> str:
    """The query in words."""
    words = words_of(asked, asked.lang)
    return f'<p class="in-words">{escape(words)}</p>' if words else ""


def _view(
    answer: Answer,
    asked: Asked,
    count: int,
    marks: dict[int, tuple[int, ...]] | None,
    around: tuple[str, str],
) -> Pictured | None:
    """The answer in the view that its query asks for, else in the one that tells most, with the way to the others.

    ``around`` is the markup above and below it.
    """
    above, below = around
    first = first_rows(answer, count)
    labels = read_labels(app().engine, iris_of(first, count))
    fit = fitting(first, labels, asked.headings)
    view = view_of(fit, asked.text)
    above += switch(fit, view, asked.lang, asked.text, asked.viewed)
    if view == "table":
        st.html(above + answer_table(table(first, labels, asked.lang, count, asked.headings), asked, marks) + below)
        return None
    drawn = first_rows(answer, _MOST)  # a picture has room for more than a table's first rows
    if drawn.rows > first.rows:
        labels = read_labels(app().engine, iris_of(drawn, drawn.rows))
    pictured = Pictured(drawn, labels, fit, view, asked)
    st.html(above)
    pictured.show()
    st.html(below)
    return pictured


def _tools(asked: Asked, section: str) -> str:
    """The sections as links, the open one marked; a second click closes it."""
    lang = asked.lang
    parts = []
    for one in _SECTIONS:
        mark = ' aria-current="true"' if one == section else ""
        href = escape(asked.here(more="" if one == section else one))
        parts.append(f'<a href="{href}" target="_self"{mark}>{escape(say(f"more_{one}", lang))}</a>')
    copy = escape(say("copy_answer_link", lang))
    parts.append(f'<button type="button" data-copy-address>{copy}</button>')
    return f'<nav class="answer-tools" aria-label="{escape(say("do_with_answer", lang))}">{"".join(parts)}</nav>'

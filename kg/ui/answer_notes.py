"""The evidence behind an answer: a numbered note for each statement it rests on, and what has no evidence."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from html import escape

import streamlit as st

from kg.engine.answer import Answer
from kg.query.evidence import Cited, trace
from kg.query.sparql.read import Unread, read_query
from kg.ui.asked import Asked
from kg.ui.state import app
from kg.ui.statement import statement_notes
from kg.ui.words import say

__all__ = ["cited_answer", "notes"]


def cited_answer(asked: Asked, answer: Answer, rows: int) -> Cited | None:
    """The notes of the first ``rows`` rows; None for a query that cannot be traced at all."""
    return _cited(asked.text, replace(answer, seconds=0.0), rows)


@st.cache_resource(show_spinner=False, max_entries=32)
def _cited(text: str, answer: Answer, rows: int) -> Cited | None:
    """The answer, which names its data version, is what the notes are kept under."""
    try:
        query = read_query(text)
    except Unread:
        return None
    return trace(app().engine, query, answer, rows)


def notes(cited: Cited | None, asked: Asked) -> str:
    """The notes below the table."""
    lang = asked.lang
    title = f'<h2 class="head">{escape(say("evidence", lang))}</h2>'
    if cited is None:
        return f'{title}<p class="lead">{escape(say("not_traced", lang))}</p>'
    told = statement_notes([note.card for note in cited.notes], lang)
    items = "".join(
        f'<li id="note-{note.number}" value="{note.number}" tabindex="-1">{said}</li>'
        for note, said in zip(cited.notes, told, strict=True)
    )
    listed = f'<ol class="notes">{items}</ol>' if items else f'<p class="lead">{escape(say("no_notes", lang))}</p>'
    return f"{title}{listed}{_untraced(cited, asked)}"


def _untraced(cited: Cited, asked: Asked) -> str:
    """What carries no evidence, each kind once with the places in the query that it is about."""
    kinds = Counter(one.reason for one in cited.untraced if one.reason not in ("schema", "optional"))
    if not kinds:
        return ""
    items = []
    for reason in kinds:
        parts = {_short(asked.text[one.span.start : one.span.end]) for one in cited.untraced if one.reason == reason}
        shown = " ".join(f"<code>{escape(part)}</code>" for part in sorted(parts) if part)
        words = say(f"untraced_{reason.replace('-', '_')}", asked.lang)
        items.append(f"<li>{escape(words)} {shown}</li>")
    return f'<h3 class="kind">{escape(say("untraced", asked.lang))}</h3><ul class="names">{"".join(items)}</ul>'


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 80 else f"{one_line[:79]}…"

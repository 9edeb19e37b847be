"""An answer without rows, or a no: which part of the query fails, why, and what would mend it."""

from __future__ import annotations

from html import escape

import streamlit as st

from kg.query.advice import Advice, advise
from kg.query.sparql.read import Unread, read_query
from kg.ui.advice import advice_box
from kg.ui.asked import Asked
from kg.ui.state import app
from kg.ui.words import say

__all__ = ["empty", "explain"]


def empty(asked: Asked) -> None:
    """Say so at once, then what was found out."""
    title, hint = escape(say("empty", asked.lang)), escape(say("empty_hint", asked.lang))
    st.html(f'<div class="outcome empty" role="alert"><h2>{title}</h2><p>{hint}</p></div>')
    explain(asked)


def explain(asked: Asked) -> None:
    """Why nothing matches, and what would mend it; nothing where nothing was found out."""
    advice = _advice(app().engine.data_version, asked.text)
    box = advice_box(advice, asked.text, asked.lang, asked.to) if advice is not None else ""
    if box:
        st.html(box)


@st.cache_resource(show_spinner=False, max_entries=64)
def _advice(version: str, text: str) -> Advice | None:
    """The advice, worked out once; None for a query that cannot be read as SPARQL 1.1."""
    del version  # it is what the result is kept under
    try:
        return advise(app().engine, read_query(text))
    except Unread:
        return None

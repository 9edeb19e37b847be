"""The strip below the picture: as of when, how much is shown, and what is not."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from kg.model.dates import PartialDate
from kg.model.text import Lang
from kg.ui.showing import PANEL, Showing, go
from kg.ui.state import MOST_DRAWN
from kg.ui.words import say

__all__ = ["strip"]

_KEY = "until"


def strip(showing: Showing, lang: Lang) -> None:
    """Views, time, counts."""
    dates = _dates(showing)
    if len(dates) > 1:
        with st.container(key="time"):
            _slider(showing, dates, lang)
    found, whole = showing.found, showing.whole
    counts = say("shown", lang, entities=len(found.entities), relations=len(found.relations))
    notes = []
    hidden = len(whole.entities) - len(found.entities)
    if hidden:
        notes.append(say("filtered_out", lang, count=hidden))
    if whole.cut:
        notes.append(say("cut_picture", lang, count=MOST_DRAWN))
    if showing.unread:
        notes.append(say("unread_link", lang, parts=", ".join(part[:40] for part in showing.unread[:3])))
    note = escape(" · ".join(notes))
    said = f'<span class="quiet" title="{note}">{note}</span>' if notes else ""
    st.html(f'<div class="shown" role="status"><b>{escape(counts)}</b>{said}</div>')


def _dates(showing: Showing) -> list[PartialDate]:
    """The dates from which something on the picture is known to hold, in order."""
    begins = showing.sieve.begins
    found = {begins(said) for one in showing.whole.entities for said in one.mentions}
    found |= {begins(said) for line in showing.whole.relations for said in line.mentions}
    return sorted(found, key=lambda date: (date.last, date.text))


def _slider(showing: Showing, dates: list[PartialDate], lang: Lang) -> None:
    """A slider over the dates; its last place is no filter."""
    filters = showing.scene.filters
    texts = [str(date) for date in dates]
    asked = filters.until
    at = [text for date, text in zip(dates, texts, strict=True) if asked and date.first <= asked.last]
    st.session_state[_KEY] = at[-1] if at else (texts[0] if asked else texts[-1])

    def moved() -> None:
        chosen = st.session_state[_KEY]
        until = None if chosen == texts[-1] else PartialDate.read(chosen)
        panel = {name: st.query_params[name] for name in PANEL if name in st.query_params}
        go(replace(showing.scene, filters=replace(filters, until=until)), **panel)

    st.html(f'<span class="quiet">{escape(say("until", lang))}</span>')
    st.select_slider(say("until", lang), texts, key=_KEY, on_change=moved, label_visibility="collapsed")

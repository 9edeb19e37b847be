"""The strip below the picture: as of when, how much is shown, and what is not."""

from __future__ import annotations

import json
from dataclasses import replace
from html import escape

import streamlit as st

from kg.model.dates import PartialDate
from kg.model.text import Lang
from kg.ui.frame import within
from kg.ui.showing import PANEL, Showing
from kg.ui.state import MOST_DRAWN
from kg.ui.words import say

__all__ = ["strip"]


def strip(showing: Showing, lang: Lang) -> None:
    """Views, time, counts."""
    dates = _dates(showing)
    if len(dates) > 1:
        st.html(_slider(showing, dates, lang))
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


def _slider(showing: Showing, dates: list[PartialDate], lang: Lang) -> str:
    """A slider over the dates, each with the address that shows it; the last place is no filter.

    Streamlit's own slider would bring half a megabyte of scripts to the first picture.
    """
    filters = showing.scene.filters
    panel = {name: st.query_params[name] for name in PANEL if name in st.query_params}
    scenes = [replace(showing.scene, filters=replace(filters, until=date)) for date in dates[:-1]]
    scenes.append(replace(showing.scene, filters=replace(filters, until=None)))
    asked = filters.until
    at = sum(asked is None or date.first <= asked.last for date in dates)
    texts = [str(date) for date in dates]
    steps = escape(json.dumps([within(lang, scene, **panel) for scene in scenes]))
    now = texts[max(0, at - 1)]
    return (
        f'<label class="until"><span>{escape(say("until", lang))}</span><input type="range" min="0" data-stay="until" '
        f'max="{len(texts) - 1}" value="{max(0, at - 1)}" aria-valuetext="{now}" data-steps="{steps}" '
        f'data-texts="{escape(json.dumps(texts))}"><output>{now}</output></label>'
    )

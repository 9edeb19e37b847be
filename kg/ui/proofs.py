"""The page that proves the stored questions: what each answered, when, and on which data."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

import streamlit as st

from kg.model.text import Lang
from kg.query.proofs import Proof, prove
from kg.query.questions import groups
from kg.query.shown import yes_or_no
from kg.ui.markup import address, link
from kg.ui.state import app
from kg.ui.words import say

__all__ = ["proofs"]


def proofs(lang: Lang) -> None:
    """A line for each question, by group; one that did not answer stands out."""
    found, when = _proved(app().engine.data_version)
    sound = sum(one.sound for one in found)
    lead = say("proofs_lead", lang, sound=sound, count=len(found), when=when, version=app().engine.data_version)
    st.html(f'<h1 class="title">{escape(say("proofs", lang))}</h1><p class="lead">{escape(lead)}</p>')
    heads = "".join(
        f'<th scope="col"{" class=number" if key != "question" else ""}>{escape(say(key, lang))}</th>'
        for key in ("question", "rows", "milliseconds")
    )
    parts = []
    for group, title in groups().items():
        lines = "".join(_line(one, lang) for one in found if one.question.group == group)
        if lines:
            name = escape(title.say(lang))
            parts.append(f'<tbody><tr><th scope="rowgroup" colspan="3" class="kind">{name}</th></tr>{lines}</tbody>')
    st.html(f'<div class="table proofs"><table><thead><tr>{heads}</tr></thead>{"".join(parts)}</table></div>')


def _line(proof: Proof, lang: Lang) -> str:
    name = link(address("ask", lang, question=proof.question.name), escape(proof.question.title.say(lang)))
    if proof.error is not None:
        return f'<tr class="unsound"><td>{name}</td><td colspan="2">{escape(proof.error.say(lang))}</td></tr>'
    css = "" if proof.sound else ' class="unsound"'
    rows = yes_or_no(bool(proof.rows), lang).capitalize() if proof.form == "ask" else f"{proof.rows:,}"
    return (
        f'<tr{css}><td>{name}</td><td class="number">{rows}</td><td class="number">{1000 * proof.seconds:.1f}</td></tr>'
    )


@st.cache_resource(show_spinner=False, max_entries=2)
def _proved(version: str) -> tuple[tuple[Proof, ...], str]:
    """The proofs of this version of the data, and when they were made."""
    del version  # it is what the result is kept under
    return prove(app().engine), datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")

"""The page of queries: stored questions, a builder, an editor, and what a query came to."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from kg.model.text import Lang
from kg.query.ask import with_prefixes
from kg.query.questions import Question
from kg.query.sparql.tidy import tidy
from kg.ui import outcome
from kg.ui.asked import BY_ITSELF, Asked, highlighted
from kg.ui.builder import builder
from kg.ui.carried import asked_text, missing, query_address
from kg.ui.editor import editor
from kg.ui.frame import language
from kg.ui.looking import look
from kg.ui.markup import address, link
from kg.ui.proofs import proofs
from kg.ui.question_form import form
from kg.ui.questions import body, chosen_question, listed
from kg.ui.words import say
from kg.view.directives import VIEWS, directives, with_view

__all__ = ["page"]

#: What the editor holds before a reader has written anything: relations with the words behind them.
_FIRST = """\
SELECT ?subject ?relation ?object ?phrase WHERE {
  ?statement a bde:Relation ;
      rdf:subject ?subject ;
      rdf:predicate ?relation ;
      rdf:object ?object ;
      bde:phrase ?phrase .
}
ORDER BY ?relation ?subject ?object
LIMIT 50
"""


def page() -> None:
    """The stored questions beside the one that is asked; the address says all of it."""
    lang = language()
    with st.container(key="page"), st.container(key="asking", horizontal=True, gap=None, wrap=False):
        with st.container(key="stored"):
            st.html(listed(lang))
        with st.container(key="work"):
            if "proofs" in st.query_params:
                proofs(lang)
            elif "build" in st.query_params:
                _built(lang)
            elif question := chosen_question(lang):
                _stored(question, lang)
            else:
                _written(lang)


def _ways_in(now: str, lang: Lang, text: str) -> str:
    """Choosing and writing, side by side; who goes over to writing takes the query ``text`` along."""
    parts = []
    write = query_address(text, lang) if text and now != "write" else address("ask", lang)
    for one, href in (("build", address("ask", lang, build="")), ("write", write)):
        mark = ' aria-current="true"' if one == now else ""
        parts.append(f'<a href="{escape(href)}" target="_self"{mark}>{escape(say(f"way_{one}", lang))}</a>')
    return f'<nav class="lang ways-in" aria-label="{escape(say("ways_in", lang))}">{"".join(parts)}</nav>'


def _head(title: str, lead: str, now: str, lang: Lang, text: str = "") -> str:
    return (
        f'<div class="ask-head"><h1 class="title">{escape(title)}</h1>{_ways_in(now, lang, text)}</div>'
        f'<p class="lead">{escape(lead)}</p>'
    )


def _stored(question: Question, lang: Lang) -> None:
    """A stored question: its form, its SPARQL behind a toggle, its answer."""
    title = question.title.say(lang)
    head = st.empty()  # what it leads to is known once the form has been read
    given = form(question, lang)
    text = "" if given is None else _looked_at(body(question.text(**given)))
    head.html(_head(title, question.about.say(lang), "", lang, text))
    if text:
        _answer(Asked(text, "question", lang, title))


def _built(lang: Lang) -> None:
    """The builder, the SPARQL that it writes, and its answer."""
    head = st.empty()
    text, headings = builder(lang)
    text = _looked_at(text) if text else ""
    head.html(_head(say("build_title", lang), say("build_lead", lang), "build", lang, text))
    if text:
        _answer(Asked(text, "build", lang, headings=headings))


def _answer(asked: Asked) -> None:
    """The query behind a toggle, from where it can be taken over, and what it came to."""
    lang = asked.lang
    over = link(asked.to(asked.text), escape(say("take_over", lang)) + " →")
    st.html(f'<details class="fold code"><summary>SPARQL</summary>{highlighted(asked.text)}<p>{over}</p></details>')
    outcome.show(asked)


def _looked_at(text: str) -> str:
    """The query with the view that the address asks for."""
    wanted = st.query_params.get("view", "")
    if wanted == BY_ITSELF:
        return with_view(text, None)
    known = next((view for view in VIEWS if view == wanted), None)
    return with_view(text, known) if known else text


def _written(lang: Lang) -> None:
    """The editor, and what its query came to once it was run."""
    text = asked_text()
    title = directives(text).title if text else ""
    st.html(_head(title or say("ask", lang), "" if text else say("not_run", lang), "write", lang))
    editor(text or with_prefixes(_FIRST), lang, partial(look, lang=lang), tidy, missing=missing())
    if text:
        st.html(f'<p class="not-run" role="status">{escape(say("not_run_yet", lang))}</p>')
        outcome.show(Asked(text, "query", lang, title))

"""The stored questions on the page: the list of them, and the one that the address names."""

from __future__ import annotations

from html import escape
from itertools import dropwhile

import streamlit as st

from kg.errors import NotFound
from kg.model.text import Lang
from kg.query.questions import Question, get_question, groups, load_questions
from kg.ui.markup import address, link
from kg.ui.words import say

__all__ = ["body", "chosen_question", "listed"]

#: So many groups stand open before a question is chosen.
_OPEN = 3


def listed(lang: Lang) -> str:
    """The stored questions by group, each a link."""
    chosen = st.query_params.get("question", "")
    parts: list[str] = []
    for group, title in groups().items():
        found = [question for question in load_questions() if question.group == group]
        names = [question.name for question in found]
        items = "".join(f"<li>{_link(question, chosen, lang)}</li>" for question in found)
        opened = " open" if chosen in names or (not chosen and len(parts) < _OPEN) else ""
        count = f'<span class="count">{len(found)}</span>'
        parts.append(
            f'<details class="group"{opened}><summary class="head">{escape(title.say(lang))} {count}</summary>'
            f'<ul class="names">{items}</ul></details>'
        )
    proofs = link(address("ask", lang, proofs="all"), escape(say("proofs_link", lang)))
    return f'<nav aria-label="{escape(say("questions", lang))}">{"".join(parts)}<p class="quiet">{proofs}</p></nav>'


def _link(question: Question, chosen: str, lang: Lang, css: str = "question") -> str:
    css += " chosen" if question.name == chosen else ""
    return link(address("ask", lang, question=question.name), escape(question.title.say(lang)), css=css)


def chosen_question(lang: Lang) -> Question | None:
    """The stored question that the address names; a message where there is none of that name."""
    name = st.query_params.get("question", "")
    if not name:
        return None
    try:
        return get_question(name)
    except NotFound as error:
        near = " · ".join(_link(get_question(one), "", lang, css="") for one in error.suggestions)
        title = escape(say("no_question", lang, id=name))
        st.html(f'<div class="outcome refused" role="alert"><h2>{title}</h2><p>{near}</p></div>')
        return None


def body(sparql: str) -> str:
    """The query without the comments at its head, which the page shows as title and description."""
    lines = sparql.splitlines(keepends=True)
    return "".join(dropwhile(lambda line: line.startswith("#") or not line.strip(), lines))

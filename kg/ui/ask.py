"""The SPARQL page: stored questions, a form for their parameters, an editor, and what a query came to."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from itertools import dropwhile
from typing import Any

import streamlit as st

from kg.errors import NotFound
from kg.model.text import Lang
from kg.query.ask import with_prefixes
from kg.query.questions import Parameter, Question, get_question, groups, load_questions
from kg.ui import facts, outcome
from kg.ui.frame import language
from kg.ui.markup import address, link
from kg.ui.state import app
from kg.ui.words import say
from kg.view.terms import say as said

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

#: A query longer than this is not put into the address: some browsers and servers cut longer ones.
_LONGEST = 6000


def page() -> None:
    """Stored questions beside the editor; what was run stays in the address."""
    lang = language()
    with st.container(key="page"), st.container(key="asking", horizontal=True, gap=None, wrap=False):
        with st.container(key="stored"):
            st.html(_stored(lang))
        with st.container(key="work"):
            _work(lang)


def _stored(lang: Lang) -> str:
    """The stored questions by group, each a link."""
    chosen = st.query_params.get("question", "")
    parts = []
    for group, title in groups().items():
        found = [question for question in load_questions() if question.group == group]
        if found:
            parts.append(facts.head(title.say(lang)))
            items = "".join(f"<li>{_question_link(question, chosen, lang)}</li>" for question in found)
            parts.append(f'<ul class="names">{items}</ul>')
    return f'<nav aria-label="{escape(say("questions", lang))}">{"".join(parts)}</nav>' if parts else "<span></span>"


def _question_link(question: Question, chosen: str, lang: Lang) -> str:
    css = "question chosen" if question.name == chosen else "question"
    return link(address("ask", lang, question=question.name), escape(question.title.say(lang)), css=css)


def _work(lang: Lang) -> None:
    chosen = _chosen(lang)
    if chosen:
        about = f'<p class="lead">{escape(chosen.about.say(lang))}</p>'
        st.html(f'<h1 class="title">{escape(chosen.title.say(lang))}</h1>{about}')
    else:
        st.html(f'<h1 class="title">{say("ask", lang)}</h1><p class="lead">{escape(say("not_run", lang))}</p>')
    given = _form(chosen, lang) if chosen else {}
    asked = st.query_params.get("query", "")
    written = _body(chosen.text(**given)) if chosen else asked or with_prefixes(_FIRST)
    if st.session_state.get("written") != written:
        # Another question, or another value in its form: its text takes the editor's place. A rerun never does.
        st.session_state["written"] = st.session_state["editor"] = written
    text = st.text_area(say("query", lang), key="editor", height=300)
    run = st.button(say("run", lang), key="run", type="primary", shortcut="Ctrl+Enter")
    if run:
        _remember(text, written, chosen)
    if run or asked or chosen:
        outcome.show(text if run or not asked else asked, lang)


def _body(sparql: str) -> str:
    """The query without the comments at its head, which the page shows as title and description."""
    lines = sparql.splitlines(keepends=True)
    return "".join(dropwhile(lambda line: line.startswith("#") or not line.strip(), lines))


def _chosen(lang: Lang) -> Question | None:
    """The stored question that the address names; a message where there is none of that name."""
    name = st.query_params.get("question", "")
    if not name:
        return None
    try:
        return get_question(name)
    except NotFound as error:
        near = " · ".join(link(address("ask", lang, question=one), escape(one)) for one in error.suggestions)
        title = escape(say("no_question", lang, id=name))
        st.html(f'<div class="outcome refused" role="alert"><h2>{title}</h2><p>{near}</p></div>')
        return None


def _remember(text: str, written: str, chosen: Question | None) -> None:
    """Put what was run into the address: the question's name while its text is unchanged, else the text."""
    if chosen and text == written:
        return
    st.query_params.pop("question", None)
    if len(text) <= _LONGEST:
        st.query_params["query"] = text
        st.session_state["written"] = text
    else:
        st.query_params.pop("query", None)


def _form(question: Question, lang: Lang) -> dict[str, str]:
    """A field for each parameter, filled from the address, else with the question's own value."""
    given: dict[str, str] = {}
    if not question.parameters:
        return given
    with st.container(key="form", horizontal=True):
        for parameter in question.parameters:
            now = st.query_params.get(f"p-{parameter.name}", parameter.default)
            value = _field(question, parameter, now, lang)
            given[parameter.name] = value
            if value != parameter.default:
                st.query_params[f"p-{parameter.name}"] = value
            else:
                st.query_params.pop(f"p-{parameter.name}", None)
    return given


def _field(question: Question, parameter: Parameter, now: str, lang: Lang) -> str:
    """One field: a choice among what the data has, or words to type."""
    key = f"field-{question.name}-{parameter.name}"
    label = say(parameter.kind, lang)
    choices = _choices(parameter, lang)
    if not choices:
        return st.text_input(label, now, key=key) or parameter.default
    ids = list(choices)
    place = ids.index(now) if now in choices else ids.index(parameter.default) if parameter.default in choices else 0
    return st.selectbox(label, ids, place, key=key, format_func=lambda one: choices[one]) or parameter.default


def _choices(parameter: Parameter, lang: Lang) -> dict[str, str]:
    """What a parameter can be, by id, with names; nothing for texts and dates."""
    knowledge = app().knowledge
    families: dict[str, Mapping[str, Any]] = {
        "entity": knowledge.entities,
        "source": knowledge.sources,
        "theme": knowledge.themes,
        "metric": knowledge.metrics,
        "status": knowledge.statuses,
        "type": knowledge.types,
    }
    found = families.get(parameter.kind, {})
    names = {
        one: said(thing.title if parameter.kind == "source" else thing.name, lang).words for one, thing in found.items()
    }
    return dict(sorted(names.items(), key=lambda item: item[1]))

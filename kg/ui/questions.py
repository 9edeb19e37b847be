"""The stored questions on the page: the list of them, and a form for the parameters of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from itertools import dropwhile
from typing import Any

import streamlit as st

from kg.errors import NotFound
from kg.model.text import Lang
from kg.query.choices import fruitful
from kg.query.questions import Parameter, Question, get_question, groups, load_questions
from kg.ui.markup import address, link
from kg.ui.state import app
from kg.ui.words import WORDS, say
from kg.view.terms import say as said

__all__ = ["body", "chosen_question", "form", "listed"]

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


def _link(question: Question, chosen: str, lang: Lang) -> str:
    css = "question chosen" if question.name == chosen else "question"
    return link(address("ask", lang, question=question.name), escape(question.title.say(lang)), css=css)


def chosen_question(lang: Lang) -> Question | None:
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


def body(sparql: str) -> str:
    """The query without the comments at its head, which the page shows as title and description."""
    lines = sparql.splitlines(keepends=True)
    return "".join(dropwhile(lambda line: line.startswith("#") or not line.strip(), lines))


def form(question: Question, lang: Lang) -> dict[str, str]:
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
    label = say(f"field_{parameter.name}" if f"field_{parameter.name}" in WORDS else parameter.kind, lang)
    choices = _choices(question, parameter, now, lang)
    if not choices:
        return st.text_input(label, now, key=key) or parameter.default
    ids = list(choices)
    place = ids.index(now) if now in choices else ids.index(parameter.default) if parameter.default in choices else 0
    return st.selectbox(label, ids, place, key=key, format_func=lambda one: choices[one]) or parameter.default


def _choices(question: Question, parameter: Parameter, now: str, lang: Lang) -> dict[str, str]:
    """What a parameter can be, by id, with names: what has an answer, and what is chosen. Texts and dates are free."""
    terms, directory = app().terms, app().directory
    fit = fruitful(app().engine, question, parameter)
    families: dict[str, Callable[[], Mapping[str, Any]]] = {
        "entity": lambda: directory.entities([*(fit or ()), now]),
        "source": lambda: directory.sources,
        "theme": lambda: terms.themes,
        "metric": lambda: terms.metrics,
        "status": lambda: terms.statuses,
        "type": lambda: terms.types,
    }
    family = families[parameter.kind]() if parameter.kind in families else {}
    offered = {one: thing for one, thing in family.items() if fit is None or one in fit or one == now}
    names = {
        one: said(thing.title if parameter.kind == "source" else thing.name, lang).words
        for one, thing in offered.items()
    }
    return dict(sorted(names.items(), key=lambda item: item[1].casefold().encode("gb18030")))

"""The form of a stored question: a field for each parameter, and at the field what is wrong with its value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import streamlit as st

from kg.errors import NotFound
from kg.model.text import Lang
from kg.query.card import statement_card
from kg.query.choices import fruitful, nearest
from kg.query.questions import Parameter, Question
from kg.query.written_dates import read_written_date
from kg.ui.asked import here
from kg.ui.markup import link
from kg.ui.state import app, shown
from kg.ui.words import WORDS, say
from kg.view.terms import say as said

__all__ = ["form"]


def form(question: Question, lang: Lang) -> dict[str, str] | None:
    """A value for each parameter: that of the address, else the question's own; None where one is no value.

    Then its field says so, and nothing is asked: an answer for another value would be taken for that of this one.
    """
    if not question.parameters:
        return {}
    with st.container(key="form", horizontal=True):
        fields = [(one.name, _field(question, one, lang)) for one in question.parameters]
    given = {name: value for name, value in fields if value is not None}
    return given if len(given) == len(fields) else None


def _field(question: Question, parameter: Parameter, lang: Lang) -> str | None:
    """One field: a choice among what the data has, or words to type, with a hint or with what is wrong below it."""
    name = f"p-{parameter.name}"
    now = st.query_params.get(name, parameter.default)
    choices = _choices(question, parameter, now, lang)
    if now not in choices and name not in st.query_params:
        now = next(iter(choices), now)  # data without the question's own value
    with st.container(key=f"one-{name}", gap=None):
        value = _chosen(question, parameter, now, choices, lang) if choices else _typed(question, parameter, now, lang)
        if value != parameter.default and (value or not choices):
            st.query_params[name] = value
        elif value:
            st.query_params.pop(name, None)
        meant = value or (now if choices and now not in choices else "")
        wrong = _wrong(parameter, meant, choices, lang)
        if not meant.strip():
            st.html(f'<p class="field-hint" role="status">{wrong}</p>')
        elif wrong:
            st.html(f'<p class="field-fault" role="alert">{wrong}</p>')
        elif f"hint_{parameter.name}" in WORDS:
            st.html(f'<p class="field-hint">{escape(say(f"hint_{parameter.name}", lang))}</p>')
    return None if wrong else value.strip()


def _label(parameter: Parameter, lang: Lang) -> str:
    key = f"field_{parameter.name}"
    return say(key if key in WORDS else parameter.kind, lang)


def _chosen(question: Question, parameter: Parameter, now: str, choices: Mapping[str, str], lang: Lang) -> str:
    """What is chosen; empty where nothing is, since the address names what there is not."""
    key = _key(question, parameter, now, now if now in choices else None)
    if st.session_state[key] not in choices:
        st.session_state[key] = None
    found = st.selectbox(
        _label(parameter, lang),
        list(choices),
        index=None if st.session_state[key] is None else 0,
        key=key,
        format_func=lambda one: choices[one],
        placeholder=say("choose_one", lang),
    )
    _said(key, found or now)
    return found or ""


def _typed(question: Question, parameter: Parameter, now: str, lang: Lang) -> str:
    key = _key(question, parameter, now, now)
    written = f"write_{parameter.name}"
    found = st.text_input(_label(parameter, lang), key=key, placeholder=say(written, lang) if written in WORDS else "")
    _said(key, found)
    return found


def _key(question: Question, parameter: Parameter, now: str, value: str | None) -> str:
    """The key of a field, which holds ``value`` where the address is another than the field itself last made it.

    A field keeps its value from run to run; a link, or the browser's way back, would change the address alone.
    """
    key = f"field-{question.name}-{parameter.name}"
    if key not in st.session_state or st.session_state.get(f"{key}-said") != now:
        st.session_state[key] = value
    return key


def _said(key: str, value: str) -> None:
    st.session_state[f"{key}-said"] = value


def _wrong(parameter: Parameter, value: str, choices: Mapping[str, str], lang: Lang) -> str:
    """Why the value is none, and what to do, as markup; empty where it is one."""
    if not value.strip():
        return escape(say("field_empty" if parameter.kind in ("text", "date") else "choose_one", lang))
    if parameter.kind == "date":
        try:
            read_written_date(value)
        except ValueError:
            return escape(say("no_date", lang, value=value))
    elif parameter.name == "statement":  # a text to the query, which takes a number that there is not as well
        try:
            statement_card(app().engine, value.strip().lower())
        except NotFound:
            return escape(say("no_statement_number", lang, value=value))
    elif parameter.kind != "text" and value not in choices and not app().directory.entity(value):
        return _unknown(parameter, value, choices, lang)
    return ""


def _unknown(parameter: Parameter, value: str, choices: Mapping[str, str], lang: Lang) -> str:
    """There is nothing of that id, but something like it."""
    kind = _label(parameter, lang)
    words = escape(say("no_such", lang, kind=kind[:1].lower() + kind[1:], value=value))
    near = nearest(value.replace("-", " "), {one: [one.replace("-", " "), name] for one, name in choices.items()})
    links = "".join(f" {link(here(lang, **{f'p-{parameter.name}': one}), escape(choices[one]))}" for one in near)
    return f"{words} {escape(say('near_names', lang))}{links}" if near else words


def _choices(question: Question, parameter: Parameter, now: str, lang: Lang) -> dict[str, str]:
    """What a parameter can be, by id, with names: what has an answer, and what is chosen. Texts and dates are free."""
    terms, directory = app().terms, app().directory
    fit = fruitful(app().engine, question, parameter)
    drawn = [one.id for one in shown().overview.entities] if fit is None and parameter.kind == "entity" else []
    families: dict[str, Callable[[], Mapping[str, Any]]] = {
        "entity": lambda: directory.entities([*(fit or drawn), now]),
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

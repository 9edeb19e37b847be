"""The editor component: a query as the reader writes it, with what is wrong in it and what could come next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import streamlit as st

from kg.errors import KgError
from kg.model.text import Lang
from kg.ui.carried import MOST_CHARACTERS, carry
from kg.ui.words import WORDS, say

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

__all__ = ["Look", "editor"]

#: Text, caret and whether to complete → ``marks``, ``from``, ``to`` and ``items``; places are characters from 0.
Look = Callable[[str, int, bool], Mapping[str, Any]]

_KEY = "courier"
_HOME = files("kg.ui").joinpath("editor")
_SCRIPTS = (
    "lexer.js",
    "text.js",
    "store.js",
    "address.js",
    "menus.js",
    "faults.js",
    "paint.js",
    "popup.js",
    "typing.js",
    "running.js",
    "keys.js",
    "asking.js",
    "editor.js",
)
_QUESTIONS = frozenset({"look", "format", "carry"})
_NOTHING: Mapping[str, Any] = {"marks": [], "items": [], "from": 0, "to": 0}


def editor(
    text: str,
    lang: Lang,
    look: Look,
    tidy: Callable[[str], str],
    *,
    address: str = "",
    missing: str = "",
) -> None:
    """Mount the editor; ``text`` is what the page wants in it, taken over only when it is another than last time.

    ``look`` is asked as the reader types, and gives a mapping that can be written as JSON::

        {"marks": [{"start", "end", "message", "cures": [{"label", "edits": [{"start", "end", "text"}]}]}],
         "from", "to", "items": [{"text", "label", "detail", "kind", "count", "edits"}]}

    ``tidy`` formats a query, and raises ValueError for one that it cannot follow. Running puts the text into the
    address as ``query``, or its id as ``long`` (see :mod:`kg.ui.carried`); ``address`` is the query string under which
    the page shows ``text``, such as ``question=firsts``, and is kept while the text is unchanged. ``missing`` is the
    ``long`` of the address where it is not known: the browser then hands the text over itself.
    """
    data = {"text": text, "address": address, "missing": missing, "words": _words(lang)}
    with st.container(key="query-editor", gap=None):
        _editor()(key="editor", data=data)
    st.session_state["editor-run"] = st.session_state.get("editor-run", 0) + 1
    with st.container(key="editor-courier"):
        _carry_messages(look, tidy)


@st.fragment
def _carry_messages(look: Look, tidy: Callable[[str], str]) -> None:
    """The courier, by itself: what the editor asks runs this function and not the page, and sends but the answer."""
    data = {
        "run": st.session_state["editor-run"],
        "look": _answer("look", lambda asked: _looked(look, asked)),
        "format": _answer("format", lambda asked: _formatted(tidy, asked)),
        "carry": _answer("carry", lambda asked: {"id": carry(asked["text"])}),
    }
    _courier()(key=_KEY, data=data, on_ask_change=_note)


def _note() -> None:
    """Keep what the editor asked for under its number; called before the fragment runs."""
    questions = st.session_state[_KEY].get("ask") or {}
    for name in _QUESTIONS & questions.keys():
        known, _ = st.session_state.get(f"{_KEY}-{name}", ({}, None))
        if questions[name]["n"] != known.get("n"):
            st.session_state[f"{_KEY}-{name}"] = questions[name], None


def _answer(name: str, work: Callable[[dict[str, Any]], Mapping[str, Any]]) -> dict[str, Any] | None:
    """The answer to what was last asked, worked out once: a run that was broken off loses none."""
    asked, answer = st.session_state.get(f"{_KEY}-{name}", (None, None))
    if asked is None:
        return None
    if answer is None:
        answer = {**work(asked), "n": asked["n"]}
        st.session_state[f"{_KEY}-{name}"] = asked, answer
    return dict(answer)


def _looked(look: Look, asked: dict[str, Any]) -> Mapping[str, Any]:
    if len(asked["text"]) > MOST_CHARACTERS:
        return _NOTHING
    try:
        return look(asked["text"], asked["caret"], asked["complete"])
    except KgError:  # without an engine a query can still be written; running it will say what is wrong
        return _NOTHING


def _formatted(tidy: Callable[[str], str], asked: dict[str, Any]) -> Mapping[str, Any]:
    try:
        return {"text": tidy(asked["text"]), "done": True}
    except ValueError:
        return {"text": asked["text"], "done": False}


@cache
def _words(lang: Lang) -> dict[str, str]:
    """The component's words: those of ``wording/editor.toml`` without what their keys begin with."""
    words = {key.removeprefix("editor_"): say(key, lang) for key in WORDS if key.startswith("editor_")}
    return {**words, "lang": lang}


@cache
def _script() -> str:
    """The scripts as one: what their files export is simply at hand in what follows."""
    parts = (_HOME.joinpath(name).read_text(encoding="utf-8") for name in _SCRIPTS)
    text = "".join(parts)
    for kind in ("function", "async function", "const"):
        text = text.replace(f"\nexport {kind}", f"\n{kind}")
    return text


@cache
def _editor() -> ComponentRenderer:
    html, css = (_HOME.joinpath(name).read_text(encoding="utf-8") for name in ("editor.html", "editor.css"))
    return st.components.v2.component("kg_editor", html=html, css=css, js=_script())


@cache
def _courier() -> ComponentRenderer:
    script = _HOME.joinpath("courier.js").read_text(encoding="utf-8")
    return st.components.v2.component("kg_editor_courier", js=script)

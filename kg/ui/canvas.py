"""The canvas component: a picture on the page itself that tells what the reader does on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import streamlit as st

from kg.view.script import STAGE_HTML, stage_css, stage_js, vis_js

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

__all__ = ["Done", "canvas", "preload"]

_KEY = "canvas"

# The library is a component without data: its half megabyte is sent once, not with every change of the picture.
_LIBRARY_END = '\nglobalThis.dispatchEvent(new Event("kg-vis-ready"));\nexport default () => {};\n'


class Done(NamedTuple):
    """What the reader did: picked something (or the ground), opened an entity by a double click, or moved one."""

    act: Literal["pick", "open", "move"]
    id: str
    kind: Literal["entity", "statement", "nothing"] = "entity"
    x: int = 0
    y: int = 0


def canvas(data: dict[str, Any], on_done: Callable[[Done], None]) -> None:
    """Mount the canvas with ``data``: a picture's, with ``version``, ``base``, ``at``, ``focus`` and ``words``.

    ``on_done`` is called, before the page is run again, with what the reader did. What stands in the picture stays in
    its place while ``version`` changes; only a new ``base`` is another picture, which is shown as a whole, or at
    ``at`` (x, y and zoom). A new ``focus`` lights up in the picture that stands.
    """

    def done() -> None:
        found = st.session_state[_KEY].get("done")
        if found:
            on_done(Done(**found))

    _canvas()(key=_KEY, data=data, height="stretch", on_done_change=done)


def preload() -> None:
    """Send the library, which shows nothing, ahead of all else on the page: it takes longest to be ready."""
    with st.container(key="library"):
        _library()(key="vis")


@cache
def _library() -> ComponentRenderer:
    return st.components.v2.component("kg_vis", js=vis_js() + _LIBRARY_END)


@cache
def _canvas() -> ComponentRenderer:
    glue = files("kg.ui").joinpath("canvas.js").read_text(encoding="utf-8")
    return st.components.v2.component("kg_canvas", html=STAGE_HTML, css=stage_css(), js=stage_js() + glue)

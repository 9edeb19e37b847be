"""The canvas component: vis-network in the page itself, fed with a picture, telling what the reader picked."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import streamlit as st

from kg.view.picture import vis_js

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

__all__ = ["Pick", "canvas"]

_HERE = files("kg.ui")
_KEY = "canvas"

_STAGE = """
<div class="stage">
  <div class="canvas" role="img"></div>
  <div class="zoom" role="group">
    <button type="button" class="in"><svg viewBox="0 0 16 16" aria-hidden="true">
      <path d="M8 2.5v11M2.5 8h11"/></svg></button>
    <button type="button" class="out"><svg viewBox="0 0 16 16" aria-hidden="true">
      <path d="M2.5 8h11"/></svg></button>
    <button type="button" class="fit"><svg viewBox="0 0 16 16" aria-hidden="true">
      <path d="M2 5V2h3M11 2h3v3M14 11v3h-3M5 14H2v-3M5.5 5.5h5v5h-5z"/></svg></button>
  </div>
</div>
"""

# The library is a component without data: its half megabyte is sent once, not with every change of the picture.
_LIBRARY_END = '\nglobalThis.dispatchEvent(new Event("kg-vis-ready"));\nexport default () => {};\n'


class Pick(NamedTuple):
    """What the reader picked: an entity or a statement with its id, or nothing (the ground)."""

    kind: Literal["entity", "statement", "nothing"]
    id: str


def canvas(data: dict[str, Any], on_pick: Callable[[Pick], None]) -> None:
    """Mount the canvas with ``data`` (a picture's, with ``version``, ``focus`` and ``words``).

    ``on_pick`` is called, before the page is run again, with what the reader picked. The picture is rebuilt only when
    ``version`` changes; a new ``focus`` lights up in the picture that stands.
    """
    with st.container(key="library"):
        _library()(key="vis")

    def picked() -> None:
        found = st.session_state[_KEY].get("picked")
        if found:
            on_pick(Pick(found["kind"], found["id"]))

    _canvas()(key=_KEY, data=data, height="stretch", on_picked_change=picked)


@cache
def _library() -> ComponentRenderer:
    return st.components.v2.component("kg_vis", js=vis_js() + _LIBRARY_END)


@cache
def _canvas() -> ComponentRenderer:
    paint, names, glue, style = (
        _HERE.joinpath(name).read_text(encoding="utf-8") for name in ("paint.js", "names.js", "canvas.js", "canvas.css")
    )
    # One module: what the two above export is simply at hand in the glue below them.
    script = (paint + names).replace("export function", "function") + glue
    return st.components.v2.component("kg_canvas", html=_STAGE, css=style, js=script)

"""An answer's picture on the page, drawn for the width that it has, and the choice between its views."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

import streamlit as st

from kg.model.text import Lang
from kg.ui.markup import link
from kg.ui.words import say
from kg.view.answer_shape import Fitting
from kg.view.directives import View, directives, with_view
from kg.view.look import FONTS

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

__all__ = ["WIDTHS", "figure", "switch", "view_of"]

#: A picture is drawn for these widths; the page shows the widest that it has room for.
WIDTHS = (320, 480, 680, 920)

_HTML = '<figure class="figure"></figure>'
_CSS = f"""
:host {{ display: block; }}
.figure {{ margin: 0; min-height: 1px; color: var(--kg-text); font-family: {FONTS}; text-autospace: normal; }}
.figure svg {{ display: block; max-width: 100%; height: auto; overflow: visible; }}
.figure text {{ font-variant-numeric: tabular-nums; }}
.figure a {{ text-decoration: none; outline: none; }}
.figure a:is(:hover, :focus-visible) text {{ fill: var(--kg-accent); text-decoration: underline; }}
"""


def figure(draw: Callable[[int], str], *, key: str = "figure") -> None:
    """Show what ``draw`` makes for each of :data:`WIDTHS`: SVG text, in which everything is escaped."""
    pictures: Mapping[str, str] = {str(width): draw(width) for width in WIDTHS}
    with st.container(key=f"picture-{key}"):
        _figure()(key=key, data={"pictures": pictures}, height="content")


def view_of(fitting: Fitting, query: str) -> View:
    """The view that a query asks for, where its answer has it, else the one that tells most."""
    asked = directives(query).view
    return asked if asked in fitting.views and asked is not None else fitting.chosen


def switch(fitting: Fitting, chosen: View, lang: Lang, query: str, to: Callable[[str], str]) -> str:
    """The views of an answer as links, where there are several, and below them why it is not seen as was asked.

    Each leads to the query that says so, whose address ``to`` makes. The view that the answer opens in by itself needs
    no words in the query, unless these are there for another one.
    """
    return _links(fitting, chosen, lang, query, to) + _misfit(fitting, chosen, lang, query)


def _misfit(fitting: Fitting, chosen: View, lang: Lang, query: str) -> str:
    """What the view that a query asks for would need, and what is shown instead; nothing where it fits."""
    asked = directives(query).view
    if asked is None or asked in fitting.views:
        return ""
    between = "；" if lang == "zh" else "; "
    words = say(f"needs_{asked}", lang) + between + say(f"instead_{chosen}", lang)
    return f'<p class="note misfit" role="note">{escape(words)}</p>'


def _links(fitting: Fitting, chosen: View, lang: Lang, query: str, to: Callable[[str], str]) -> str:
    if len(fitting.views) < 2:
        return ""
    bare = with_view(query, None)
    by_itself = view_of(fitting, bare)
    parts = []
    for view in fitting.views:
        href = to(bare if view == by_itself else with_view(query, view))
        inside = f'<span class="icon" aria-hidden="true"></span>{escape(say(f"as_{view}", lang))}'
        made = link(href, inside, css=f"as as-{view}")
        mark = ' aria-current="true"' if view == chosen else ""
        parts.append(made.replace("<a ", f'<a data-stay="as-{view}"{mark} ', 1))
    return f'<nav class="switch" aria-label="{escape(say("shown_as", lang))}">{"".join(parts)}</nav>'


@cache
def _figure() -> ComponentRenderer:
    glue = files("kg.ui").joinpath("figure.js").read_text(encoding="utf-8")
    return st.components.v2.component("kg_figure", html=_HTML, css=_CSS, js=glue)

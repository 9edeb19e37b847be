"""The page that opens: the graph with its legend and tools, and a panel on what is picked."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape

import streamlit as st

from kg.errors import NotFound
from kg.model.text import Lang
from kg.query.scene import Filters
from kg.ui import opening, panel, tools, twin
from kg.ui.canvas import Done, canvas
from kg.ui.code import as_code
from kg.ui.frame import language, within
from kg.ui.growth import MOST_AT_ONCE, growth
from kg.ui.legend import legend
from kg.ui.markup import address, link
from kg.ui.save import save
from kg.ui.showing import Showing, focus_now, go, now, open_showing, picture_data
from kg.ui.strip import strip
from kg.ui.trail import trail
from kg.ui.ways import ways
from kg.ui.words import say

__all__ = ["page"]

_AT = re.compile(r"(-?\d{1,6}(?:\.\d{1,2})?)_(-?\d{1,6}(?:\.\d{1,2})?)_(\d(?:\.\d{1,5})?)")


def page() -> None:
    """Legend; tools, canvas or its twin, strip; panel."""
    lang, showing = language(), now()
    with st.container(key="stage", horizontal=True, gap=None, wrap=False):
        with st.container(key="legend"):
            st.html(tools.views(lang) + legend(showing, lang))
        with st.container(key="middle"):
            _middle(showing, lang)
            with st.container(key="strip", horizontal=True, gap=None):
                st.html(tools.tools(showing, trail(showing.scene), lang))
                strip(showing, lang)
        with st.container(key="panel"):
            _panel(showing, lang)


def _middle(showing: Showing, lang: Lang) -> None:
    view = st.query_params.get("view", "graph")
    if view in ("list", "tree"):
        with st.container(key="list"):
            st.html(twin.table(showing, lang) if view == "list" else twin.tree(showing, lang))
        return
    spoken = {key: say(key, lang) for key in ("zoom_in", "zoom_out", "zoom_fit")}
    spoken["graph"] = say("graph_of", lang, count=len(showing.found.entities))
    if not showing.found.entities:
        st.html(_empty(showing, lang))
    data = picture_data(showing, lang)
    canvas({**data, "at": _at(), "focus": focus_now(showing), "words": spoken}, _done)


def _empty(showing: Showing, lang: Lang) -> str:
    """Why nothing is to be seen, and the way out."""
    if showing.whole.entities:
        back = link(within(lang, replace(showing.scene, filters=Filters())), escape(say("clear_filters", lang)))
        return f'<p class="empty" role="status">{escape(say("empty_filtered", lang))} {back}</p>'
    back = link(address("", lang), escape(say("start_opening", lang)))
    return f'<p class="empty" role="status">{escape(say("empty_picture", lang))} {back}</p>'


def _at() -> list[float] | None:
    """Where the address says that the view is: the middle and the zoom."""
    found = _AT.fullmatch(st.query_params.get("at", ""))
    return [float(part) for part in found.groups()] if found else None


def _done(done: Done) -> None:
    """Put what the reader did into the address, from which the page is then made."""
    scene = open_showing().scene
    panel_now = {name: st.query_params[name] for name in ("entity", "statement") if name in st.query_params}
    if done.act == "move":
        go(scene.then("pin", done.id, str(done.x), str(done.y)), **panel_now)
    elif done.act == "open":
        go(scene.then("grow", done.id, "any", "both", str(_further(done.id))), entity=done.id)
    elif done.kind == "statement":
        go(scene, statement=done.id, entity=panel_now.get("entity", ""))
    elif done.kind == "entity" and (chosen := st.query_params.get("with")):
        act, _, first = chosen.partition("~")
        if act == "compare":
            go(scene, page="compare", ids=f"{first}~{done.id}")
        else:
            go(scene, path=f"{first}~{done.id}")
    else:
        go(scene, entity=done.id if done.kind == "entity" else "")


def _further(entity: str) -> int:
    """How many neighbours a double click asks for: some more than there are on the picture."""
    near = {
        end
        for line in now().whole.relations
        for end in (line.subject, line.object)
        if entity in (line.subject, line.object)
    }
    return min(999, len(near) + MOST_AT_ONCE)


def _panel(showing: Showing, lang: Lang) -> None:
    entity, statement = st.query_params.get("entity", ""), st.query_params.get("statement", "")
    start, _, end = st.query_params.get("path", "").partition("~")
    act, _, first = st.query_params.get("with", "").partition("~")
    asked = st.query_params.get("panel", "")
    try:
        if asked == "code":
            as_code(showing, lang)
        elif asked == "save":
            save(showing, lang)
        elif act in ("path", "compare"):
            st.html(opening.pending(act, first, lang))
        elif statement:
            st.html(panel.statement(statement, entity, lang))
        elif start and end:
            st.html(ways(start, end, lang))
        elif entity:
            st.html(panel.entity(entity, lang) + growth(showing, entity, lang))
        else:
            st.html(opening.opening(showing, lang))
    except NotFound as error:
        st.html(panel.not_found(error, lang))

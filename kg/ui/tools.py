"""The tools over the picture: where to start, back and again, tidy, and what can be taken away."""

from __future__ import annotations

from html import escape

import streamlit as st

from kg.model.text import Lang
from kg.query.scene import Scene
from kg.ui.frame import within
from kg.ui.markup import address, link
from kg.ui.showing import PANEL, Showing, has_in_focus, kept
from kg.ui.state import shown
from kg.ui.trail import Trail
from kg.ui.words import say

__all__ = ["starts", "tools", "views"]


def tools(showing: Showing, trail: Trail, lang: Lang) -> str:
    """The row of tools as links; what cannot be done now is no link."""
    back, again = (_step(name, scene, lang) for name, scene in (("undo", trail.before), ("redo", trail.after)))
    tidy = _step("tidy", showing.scene.then("tidy") if showing.scene.steps else None, lang)
    copy = f'<button type="button" class="tool link" data-copy-address {_named("copy_link", lang)}><i></i></button>'
    panels = "".join(_panel(name, key, lang) for name, key in (("code", "as_code"), ("save", "save_view")))
    return (
        f'<div class="tools" role="toolbar" aria-label="{escape(say("tools", lang))}">'
        f'<div class="set">{_menu(showing, lang)}</div><div class="set">{back}{again}{tidy}</div>'
        f'<div class="set">{copy}{panels}</div></div>'
    )


def starts(lang: Lang) -> list[tuple[str, Scene, str]]:
    """The starting points: what each is called, its scene, and the entity that it puts in focus ("" for none)."""
    found = [
        (say("start_opening", lang), Scene(), ""),
        (say("start_promised", lang), Scene("promised"), ""),
        (say("start_new", lang), Scene("new"), ""),
        (say("start_all", lang), Scene("all"), ""),
    ]
    featured = [one for one in shown().overview.entities if one.featured]
    return found + [(one.entity.label.say(lang), Scene(f"around.{one.id}"), one.id) for one in featured]


def views(lang: Lang) -> str:
    """Graph, table or tree: links, so that each view has its address."""
    view = st.query_params.get("view", "graph")
    rest = {name: value for name, value in st.query_params.items() if name not in ("lang", "page", "view", "sort")}
    parts = []
    for one in ("graph", "list", "tree"):
        mark = ' aria-current="true"' if one == view else ""
        href = address("", lang, **rest, **({"view": one} if one != "graph" else {}))
        parts.append(f'<a href="{escape(href)}" target="_self"{mark}>{say(f"{one}_view", lang)}</a>')
    return f'<nav class="lang views" aria-label="{say("view", lang)}">{"".join(parts)}</nav>'


def _menu(showing: Showing, lang: Lang) -> str:
    items = []
    for name, scene, entity in starts(lang):
        mark = ' aria-current="true"' if scene.start == showing.scene.start else ""
        panel = {"entity": entity} if entity else {}
        href = address("", lang, **kept(), **({"start": scene.start} if scene.start else {}), **panel)
        items.append(f'<a href="{escape(href)}" target="_self"{mark}>{escape(name)}</a>')
    return (
        f'<details class="menu up"><summary class="tool wide">{escape(say("start_menu", lang))}'
        f'<span aria-hidden="true">▴</span></summary><nav>{"".join(items)}</nav></details>'
    )


def _step(name: str, scene: Scene | None, lang: Lang) -> str:
    if scene is None:
        return f'<span class="tool off {name}" role="link" aria-disabled="true" {_named(name, lang)}><i></i></span>'
    panel = {one: st.query_params[one] for one in PANEL if one in st.query_params}
    href = within(lang, scene, **(panel if has_in_focus(scene) else {}))
    return link(href, "<i></i>", css=f"tool {name}", label=say(name, lang))


def _panel(name: str, key: str, lang: Lang) -> str:
    on = st.query_params.get("panel") == name
    href = within(lang, **({} if on else {"panel": name}))
    return link(href, "<i></i>", css=f"tool {name}{' on' if on else ''}", label=say(key, lang))


def _named(key: str, lang: Lang) -> str:
    text = escape(say(key, lang))
    return f'title="{text}" aria-label="{text}"'

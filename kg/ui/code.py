"""The panel that says the picture in code: as SPARQL, and as Python."""

from __future__ import annotations

from html import escape

import streamlit as st

from kg.graph.names import PREFIXES
from kg.model.text import Lang
from kg.query.scene import write_scene
from kg.ui import facts
from kg.ui.frame import within
from kg.ui.markup import address, link
from kg.ui.showing import Showing
from kg.ui.state import MOST_DRAWN
from kg.ui.words import say
from kg.view.code import as_python, as_sparql

__all__ = ["as_code"]


def as_code(showing: Showing, lang: Lang) -> None:
    """Both, each with a button that copies it; the query opens on the Ask page too."""
    ids = [one.id for one in showing.found.entities]
    title = say("picture_title", lang, entities=len(ids), relations=len(showing.found.relations))
    spaces = {name: PREFIXES[name] for name in ("bde", "plan", "ent")}
    query = as_sparql(title, ids, showing.scene.filters, spaces, lang)
    script = as_python(title, write_scene(showing.scene), MOST_DRAWN)
    close = link(within(lang), "×", css="x", label=say("close", lang))
    st.html(
        f'<div class="kicker"><span>{escape(say("as_code", lang))}</span>{close}</div>'
        f'<h1 class="title">{escape(title)}</h1><p class="lead">{escape(say("as_code_lead", lang))}</p>'
        + facts.head("SPARQL")
    )
    st.code(query, language="sparql", wrap_lines=True)
    st.html(link(address("ask", lang, query=query), escape(say("open_in_ask", lang)) + " →") + facts.head("Python"))
    st.code(script, language="python", wrap_lines=True)

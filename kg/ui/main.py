"""The app as a whole: its pages, what stands around them, and what is shown when it cannot open."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from uuid import uuid4

import streamlit as st

from kg.engine.readers import asked_by
from kg.errors import DataError, KgError, QueryError
from kg.model.knowledge import Knowledge
from kg.model.text import Lang
from kg.ui import ask, compare, download, entity, explore, sources
from kg.ui.canvas import preload
from kg.ui.frame import bare_style, language, top_bar
from kg.ui.showing import forget, open_showing
from kg.ui.state import app
from kg.ui.words import say

__all__ = ["main", "page_now"]

_ICON = Path(__file__).with_name("icon.png")

_DRAW: dict[str, Callable[[], None]] = {
    "": explore.page,
    "ask": ask.page,
    "sources": sources.page,
    "download": download.page,
    "entity": entity.page,
    "compare": compare.page,
}


def main() -> None:
    """Show the page that the address names, each reader's questions in that reader's own share of the engine."""
    with asked_by(st.session_state.setdefault("reader", uuid4().hex)):
        _show()


def _show() -> None:
    lang = language()
    st.set_page_config(page_title=_title(lang), page_icon=str(_ICON), layout="wide")
    try:
        st.set_page_config(page_title=_title(lang, app().knowledge))
    except DataError as error:
        _data_error(error, lang)
        return
    except KgError as error:
        st.html(bare_style())
        st.html(f'<div class="wide"><h1 class="title">{say("engine_down", lang)}</h1><p>{escape(str(error))}</p></div>')
        return
    current = page_now()
    try:
        if current:
            forget()
        else:
            if st.query_params.get("view", "graph") not in ("list", "tree"):
                preload()
            open_showing()
        top_bar(lang, current)
        _DRAW[current]()
    except QueryError as error:
        title = f'<h1 class="title">{say("failed", lang)}</h1>'
        st.html(f'<div class="wide" role="alert">{title}<p>{escape(str(error))}</p></div>')


def page_now() -> str:
    """The page that the address names; the graph for any other name."""
    asked = st.query_params.get("page", "")
    return asked if asked in _DRAW else ""


def _title(lang: Lang, knowledge: Knowledge | None = None) -> str:
    """What a tab or a bookmark is called: the thing that is looked at, else the page, then the app."""
    app_title = say("title", lang)
    asked = st.query_params.get("id" if page_now() else "entity", "")
    if knowledge and asked and page_now() in ("", "entity") and asked in knowledge.entities:
        return f"{knowledge.entities[asked].name.say(lang)} · {app_title}"
    if knowledge and page_now() == "sources" and asked in knowledge.sources:
        return f"{knowledge.sources[asked].title.say(lang)} · {app_title}"
    if knowledge and page_now() == "compare":
        compared = [one for one in st.query_params.get("ids", "").split("~") if one in knowledge.entities]
        names = [knowledge.entities[one].name.say(lang) for one in compared]
        return " · ".join([" / ".join(names) or say("compare", lang), app_title])
    return f"{say(page_now(), lang)} · {app_title}" if page_now() else app_title


def _data_error(error: DataError, lang: Lang) -> None:
    """Every problem with its place and its cure."""
    st.html(bare_style())
    heads = "".join(f"<th scope='col'>{say(key, lang)}</th>" for key in ("where", "what", "cure"))
    rows = []
    for problem in error.problems:
        place = f"{problem.file}:{problem.line}" if problem.line else problem.file
        cells = (f"{place} {problem.record}", problem.message, problem.cure)
        rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    st.html(
        f'<div class="wide" role="alert"><h1 class="title">{say("data_wrong", lang)} ({len(rows)})</h1>'
        f'<p class="lead">{say("data_wrong_lead", lang)}</p>'
        f'<div class="table"><table><thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table></div></div>'
    )

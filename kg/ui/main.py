"""The app as a whole: its pages, what stands around them, and what is shown when it cannot open."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from uuid import uuid4

import streamlit as st

from kg.engine.readers import asked_by
from kg.errors import DataError, KgError, QueryError
from kg.model.text import Lang
from kg.query.directory import Directory
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
        st.set_page_config(page_title=_title(lang, app().directory))
    except DataError as error:
        _data_error(error, lang)
        return
    except KgError as error:
        st.html(bare_style())
        title = f'<h1 class="title">{say("engine_down", lang)}</h1>'
        st.html(f'<div class="wide" role="alert">{title}<p>{escape(error.say(lang))}</p></div>')
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
        st.html(f'<div class="wide" role="alert">{title}<p>{escape(error.say(lang))}</p></div>')


def page_now() -> str:
    """The page that the address names; the graph for any other name."""
    asked = st.query_params.get("page", "")
    return asked if asked in _DRAW else ""


def _title(lang: Lang, directory: Directory | None = None) -> str:
    """What a tab or a bookmark is called: the thing that is looked at, else the page, then the app."""
    title = say("title", lang)
    page = page_now()
    asked = st.query_params.get("id" if page else "entity", "")
    if directory and asked and page in ("", "entity") and (entity := directory.entity(asked)):
        return f"{entity.name.say(lang)} · {title}"
    if directory and asked and page == "sources" and (source := directory.sources.get(asked)):
        return f"{source.title.say(lang)} · {title}"
    if directory and page == "compare":
        names = [one.name.say(lang) for one in directory.entities(st.query_params.get("ids", "").split("~")).values()]
        return " · ".join([" / ".join(names) or say("compare", lang), title])
    return f"{say(page, lang)} · {title}" if page else title


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

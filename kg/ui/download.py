"""The whole graph in every format: each file is made when asked for, once for a version of the data."""

from __future__ import annotations

from html import escape

import streamlit as st

from kg.export.formats import FORMATS, get_format
from kg.export.table import write_spreadsheet_csv
from kg.model.text import Lang
from kg.ui.frame import language
from kg.ui.state import app, saved_page, shown, whole
from kg.ui.words import WORDS, say

__all__ = ["page"]

_PAGE = "page"


def page() -> None:
    """A line for each format: what it is for, and a button that makes it, then saves it."""
    lang = language()
    version = app().engine.data_version
    with st.container(key="page"):
        lead = say("download_lead", lang, version=version)
        if store := app().store:
            lead = f"{lead} {say('download_from', lang, store=store)}"
        st.html(f'<h1 class="title">{say("download", lang)}</h1><p class="lead">{escape(lead)}</p>')
        with st.container(key="formats"):
            for name in (_PAGE, *FORMATS):
                _format(name, version, lang)


def _format(name: str, version: str, lang: Lang) -> None:
    title, file_name, media_type = _facts(name, lang)
    use = say(f"{name}_use", lang) if f"{name}_use" in WORDS else ""
    wanted = f"made-{name}"
    with st.container(key=f"format-{name}", horizontal=True, gap=None, wrap=False):
        st.html(f'<div class="format"><b>{escape(title)}</b><span>{escape(use)}</span></div>')
        if st.session_state.get(wanted):
            content = _made(name, version, lang if name == _PAGE else "")
            label = say("save_file", lang, size=_size(len(content)))
            st.download_button(
                label, content, file_name, media_type, key=f"save-{name}", on_click="ignore", type="primary"
            )
        else:
            st.button(say("make_file", lang), key=f"make-{name}", on_click=_want, args=(wanted,))


def _want(name: str) -> None:
    st.session_state[name] = True


def _facts(name: str, lang: Lang) -> tuple[str, str, str]:
    """Title, file name and media type."""
    if name == _PAGE:
        return say("page_title", lang), "beijing-digital-economy.html", "text/html"
    one = get_format(name)
    return one.title.say(lang), one.file_name, one.media_type


@st.cache_resource(show_spinner=False, max_entries=40)
def _made(name: str, version: str, lang: str) -> bytes:
    """The file's bytes; the version of the data is part of what they are kept under."""
    del version
    if name == _PAGE:
        tongue: Lang = "zh" if lang == "zh" else "en"
        now = shown()
        return saved_page(now.network, now.layout, tongue)
    if name == "csv":  # who saves a table from a page opens it in a spreadsheet, which wants its byte order mark
        return write_spreadsheet_csv(whole())
    return get_format(name).write(whole())


def _size(count: int) -> str:
    """A number of bytes as people read it, in units of 1000."""
    if count < 1000:
        return f"{count} B"
    if count < 1_000_000:
        return f"{count / 1000:.0f} KB"
    return f"{count / 1_000_000:.1f} MB"

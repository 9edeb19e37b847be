"""The component behind every page: quick links, keys, and the language that the page says it is in."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import streamlit as st

from kg.model.text import Lang
from kg.ui.words import say

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

__all__ = ["quick_links"]


def quick_links(lang: Lang) -> None:
    """Mount the component, which shows nothing. Without it links are links: the browser loads the page anew."""
    with st.container(key="links"):
        _links()(key="quick", data={"lang": "zh-Hans" if lang == "zh" else "en", "copied": say("copied", lang)})


@cache
def _links() -> ComponentRenderer:
    return st.components.v2.component("kg_links", js=files("kg.ui").joinpath("links.js").read_text(encoding="utf-8"))

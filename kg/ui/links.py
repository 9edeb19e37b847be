"""The component that makes links within the app quick: the address changes, and the page is run for it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

__all__ = ["quick_links"]


def quick_links() -> None:
    """Mount the component, which shows nothing. Without it links are links: the browser loads the page anew."""
    with st.container(key="links"):
        _links()(key="quick")


@cache
def _links() -> ComponentRenderer:
    return st.components.v2.component("kg_links", js=files("kg.ui").joinpath("links.js").read_text(encoding="utf-8"))

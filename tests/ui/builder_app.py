"""The builder alone on a page, with the query that it stands for: what its tests run."""

from __future__ import annotations

from html import escape

import streamlit as st

from kg.ui.builder import builder
from kg.ui.frame import language, top_bar

st.set_page_config(layout="wide")
_lang = language()
top_bar(_lang, "ask")
with st.container(key="page"), st.container(key="asking"), st.container(key="work"):
    st.html('<h1 class="title">…</h1>')
    st.html(f'<pre class="query">{escape(builder(_lang)[0])}</pre>')

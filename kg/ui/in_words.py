"""A reader's query as a sentence, with the labels that the graph has."""

from __future__ import annotations

import streamlit as st

from kg.model.text import Lang
from kg.query.labels import read_labels
from kg.query.sparql.read import Unread, read_query
from kg.ui.asked import Asked
from kg.ui.state import app
from kg.view.in_words import in_words, iris_in

__all__ = ["words_of"]


def words_of(asked: Asked, lang: Lang) -> str:
    """The query in words; empty where it cannot be read as SPARQL 1.1."""
    own = tuple((name, words.say(lang)) for name, words in asked.headings.items())
    return _words_of(app().engine.data_version, asked.text, lang, own)


@st.cache_resource(show_spinner=False, max_entries=128)
def _words_of(version: str, text: str, lang: Lang, own: tuple[tuple[str, str], ...]) -> str:
    del version  # it is what the result is kept under
    try:
        query = read_query(text)
    except Unread:
        return ""
    one = app()
    return in_words(query, read_labels(one.engine, iris_in(query)), one.glossary.relations, lang, dict(own))

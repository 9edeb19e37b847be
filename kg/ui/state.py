"""What the app has loaded, once for all readers: the knowledge, the engine that answers, the pictures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from kg.check.sound import load_knowledge
from kg.engine.base import Engine
from kg.engine.start import start_engine
from kg.load.folder import data_folder
from kg.model.knowledge import Knowledge
from kg.model.text import Lang, Text
from kg.query.directory import Directory
from kg.query.overview import Overview, overview
from kg.query.stats import Stats, stats
from kg.ui.words import say
from kg.view.cards import Reader
from kg.view.layout import Layout
from kg.view.network import Network, network_of
from kg.view.picture import arrange
from kg.view.standalone import standalone_content
from kg.view.standalone_page import standalone_page
from kg.view.terms import Terms

__all__ = ["App", "app", "reader", "saved_page", "shown"]

#: The most entities drawn at once; beyond it a picture says that it is cut.
MOST_DRAWN = 400


@dataclass(frozen=True)
class App:
    """Everything that pages read; nobody changes it.

    ``knowledge`` is what the files say: its vocabulary, and what is saved or proved by the files themselves. Who and
    what there is, pages ask of ``engine`` or look up in ``directory``.
    """

    knowledge: Knowledge
    engine: Engine
    directory: Directory
    terms: Terms
    stats: Stats


@dataclass(frozen=True)
class Shown:
    """The opening picture, the same in both languages."""

    overview: Overview
    network: Network[str]
    layout: Layout


def app() -> App:
    """Everything, loaded once; raises :class:`DataError` with what is wrong, or an error of the engine."""
    return _load(data_folder())


@st.cache_resource(show_spinner=False, on_release=lambda one: one.engine.close())
def _load(folder: Path) -> App:
    knowledge = load_knowledge(folder)
    engine = start_engine(knowledge)
    return App(knowledge, engine, Directory(engine), Terms(knowledge.vocabulary), stats(engine))


def shown() -> Shown:
    """The opening picture's entities and where they stand, worked out once for each version of the data."""
    return _shown(app().engine.data_version)


@st.cache_resource(show_spinner=False, max_entries=4)
def _shown(version: str) -> Shown:
    del version  # it is what the result is kept under
    one = app()
    found = overview(one.engine, limit=MOST_DRAWN)
    network = network_of(found, one.terms)
    return Shown(found, network, arrange(network, one.knowledge.vocabulary))


def reader(lang: Lang) -> Reader:
    """For whom cards are made: the vocabulary's words in ``lang``, and the stage of each entity of the picture."""
    terms = app().terms
    return Reader(terms, lang, {one.id: terms.stage(one.status) for one in shown().overview.entities})


def saved_page(network: Network[str], layout: Layout, lang: Lang, **more: Any) -> bytes:
    """A picture as one file that opens without a network; ``more`` is what the page may be told besides."""
    one = app()
    content = standalone_content(one.engine, one.knowledge, network, layout)
    return standalone_page(content, Text(zh=say("title", "zh"), en=say("title", "en")), lang, **more).encode()

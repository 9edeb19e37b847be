"""What the app has loaded, once for all readers: the knowledge, the engine that answers, the pictures."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from kg.check.sound import load_knowledge
from kg.collector import keep_for_long
from kg.engine.address import web_address
from kg.engine.base import Engine
from kg.engine.memory import RememberingEngine
from kg.engine.start import connect_engine, endpoint_named, start_engine
from kg.load.folder import data_folder
from kg.model.glossary import Glossary
from kg.model.knowledge import Knowledge
from kg.model.source import Source
from kg.model.text import Lang, Text
from kg.query.directory import Directory
from kg.query.knowledge import read_knowledge, read_part, read_source
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

__all__ = ["App", "app", "part", "reader", "saved_page", "shown", "source_of", "whole"]

#: The most entities drawn at once; beyond it a picture says that it is cut.
MOST_DRAWN = 400


@dataclass(frozen=True)
class App:
    """Everything that pages read; nobody changes it.

    ``glossary`` is what the vocabulary's files say, ``files`` all that the data files say, where it is they that the
    engine answers from. Who and what there is, pages ask of ``engine`` or look up in ``directory``; whole records, for
    what is saved or proved, they get from :func:`whole`, :func:`part` and :func:`source_of`.
    """

    glossary: Glossary
    files: Knowledge | None
    engine: Engine
    directory: Directory
    terms: Terms

    @property
    def store(self) -> str:
        """Host and port of the store that answers; empty where it is the data files."""
        return "" if self.files else ":".join(str(part) for part in web_address(endpoint_named())[1:3] if part)

    @property
    def stats(self) -> Stats:
        """How much there is, counted once for each version of the data."""
        return _stats(self.engine.data_version)


@dataclass(frozen=True)
class Shown:
    """The opening picture, the same in both languages."""

    overview: Overview
    network: Network[str]
    layout: Layout


def app() -> App:
    """Everything, loaded once; raises :class:`DataError` with what is wrong, or an error of the engine."""
    return _load(data_folder(), endpoint_named())


@st.cache_resource(show_spinner=False, on_release=lambda one: one.engine.close())
def _load(folder: Path, endpoint: str) -> App:
    knowledge = load_knowledge(folder)
    engine = RememberingEngine(connect_engine(endpoint) if endpoint else start_engine(knowledge))
    files = None if endpoint else knowledge
    loaded = App(knowledge, files, engine, Directory(engine), Terms(knowledge.vocabulary))
    keep_for_long()
    return loaded


@st.cache_resource(show_spinner=False, max_entries=4)
def _stats(version: str) -> Stats:
    del version  # it is what the result is kept under
    return stats(app().engine)


def whole() -> Knowledge:
    """Everything that there is, for an export of all; read from the store where there are no files of it."""
    one = app()
    return one.files or read_knowledge(one.engine, one.glossary)


def part(entities: Collection[str], relations: Collection[str]) -> Knowledge:
    """Knowledge that has at least these entities, these relations (digits of statements) and what belongs to them."""
    one = app()
    return one.files or read_part(one.engine, one.glossary, entities, relations)


def source_of(wanted: str) -> Source | None:
    """The record of a source, None where there is none."""
    one = app()
    return one.files.sources.get(wanted) if one.files else read_source(one.engine, wanted)


def shown() -> Shown:
    """The opening picture's entities and where they stand, worked out once for each version of the data."""
    return _shown(app().engine.data_version)


@st.cache_resource(show_spinner=False, max_entries=4)
def _shown(version: str) -> Shown:
    del version  # it is what the result is kept under
    one = app()
    found = overview(one.engine, limit=MOST_DRAWN)
    network = network_of(found, one.terms)
    return Shown(found, network, arrange(network, one.glossary.vocabulary))


def reader(lang: Lang) -> Reader:
    """For whom cards are made: the vocabulary's words in ``lang``, and the stage of each entity of the picture."""
    terms = app().terms
    return Reader(terms, lang, {one.id: terms.stage(one.status) for one in shown().overview.entities})


def saved_page(network: Network[str], layout: Layout, lang: Lang, **more: Any) -> bytes:
    """A picture as one file that opens without a network; ``more`` is what the page may be told besides."""
    one = app()
    content = standalone_content(one.engine, one.glossary, network, layout)
    return standalone_page(content, Text(zh=say("title", "zh"), en=say("title", "en")), lang, **more).encode()

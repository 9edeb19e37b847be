"""Asks a reader's query beside the page: the page stays alive meanwhile, whatever the reader does next stops it."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from html import escape
from time import perf_counter

import streamlit as st

from kg.engine.answer import Answer
from kg.engine.base import Limits
from kg.engine.bounded import Bounded
from kg.engine.repeatable import repeatable
from kg.model.text import Lang
from kg.ui.markup import link
from kg.ui.state import app
from kg.ui.words import say

__all__ = ["FILE_LIMITS", "LIMITS", "ask_beside", "ask_for_file"]

#: What a reader's query may cost on the screen; nobody reads more rows there.
LIMITS = Limits(rows=10_000)

#: What it may cost as a file.
FILE_LIMITS = Limits(seconds=60, rows=1_000_000)

#: Seconds before the page says that it is still working, and between two looks whether the reader went on.
_QUIET, _STEP = 0.15, 0.25

#: The most bytes of answers that are remembered for all readers together.
_MOST_BYTES = 64 << 20


@st.cache_resource(show_spinner=False, max_entries=2)
def _kept(version: str) -> Bounded[str, Answer]:
    """The latest answers by query, so that another look at one does not ask for it again."""
    del version  # it is what the result is kept under
    return Bounded(_MOST_BYTES)


@st.cache_resource(show_spinner=False)
def _helpers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=64, thread_name_prefix="ask")


def ask_beside(query: str, stop: str, lang: Lang) -> Answer:
    """The answer to a reader's query; ``stop`` is the address of the page on which it is not asked.

    While it lasts, the page counts the seconds and offers to stop. A reader who goes anywhere else stops it, too, for
    Streamlit then ends this run of the page. Raises the :class:`kg.errors.QueryError` that the engine raises.
    """
    engine = app().engine
    kept = _kept(engine.data_version)
    known = kept.get(query)
    if known is not None:
        return known
    cancel = threading.Event()
    future = _helpers().submit(copy_context().run, engine.ask, query, limits=LIMITS, cancel=cancel)
    try:
        answer = _wait(future, stop, lang)
    finally:
        cancel.set()
    if len(answer.body) <= _MOST_BYTES // 8 and repeatable(query):
        kept.put(query, len(answer.body), answer)
    return answer


def ask_for_file(query: str) -> Answer:
    """The answer to a query with all its rows, as far as a file may have them."""
    return app().engine.ask(query, limits=FILE_LIMITS)


def _wait(future: Future[Answer], stop: str, lang: Lang) -> Answer:
    started = perf_counter()
    try:
        return future.result(_QUIET)
    except TimeoutError:
        pass
    slot = st.empty()
    while not future.done():
        slot.html(_working(perf_counter() - started, stop, lang))  # a reader who went on ends the run of the page here
        wait([future], _STEP)
    slot.empty()
    return future.result()


def _working(seconds: float, stop: str, lang: Lang) -> str:
    so_far = escape(say("so_far", lang, seconds=int(seconds)))
    return (
        f'<div class="working"><span role="status">{escape(say("working", lang))}</span>'
        f'<span aria-hidden="true">{so_far}</span>{link(stop, escape(say("stop", lang)), css="stop")}'
        f'<span class="quiet">{escape(say("stop_hint", lang))}</span></div>'
    )

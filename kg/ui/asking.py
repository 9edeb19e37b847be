"""Asks a reader's query beside the page: the page stays alive meanwhile, whatever the reader does next stops it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from html import escape
from time import perf_counter

import streamlit as st

from kg.engine.answer import Answer
from kg.engine.base import Limits
from kg.model.text import Lang
from kg.query.repeatable import repeatable
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


class _Kept:
    """The latest answers by query, so that another look at one does not ask for it again."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._lock = threading.Lock()
        self._bytes = 0

    def get(self, query: str) -> Answer | None:
        with self._lock:
            if query in self._answers:
                self._answers.move_to_end(query)
            return self._answers.get(query)

    def put(self, query: str, answer: Answer) -> None:
        if len(answer.body) > _MOST_BYTES // 8 or not repeatable(query):
            return
        with self._lock:
            if query not in self._answers:
                self._answers[query] = answer
                self._bytes += len(answer.body)
            while self._bytes > _MOST_BYTES:
                _, lost = self._answers.popitem(last=False)
                self._bytes -= len(lost.body)


@st.cache_resource(show_spinner=False, max_entries=2)
def _kept(version: str) -> _Kept:
    del version  # it is what the result is kept under
    return _Kept()


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
    kept.put(query, answer)
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
    while True:
        slot.html(_working(perf_counter() - started, stop, lang))  # a reader who went on ends the run of the page here
        try:
            answer = future.result(_STEP)
        except TimeoutError:
            continue
        slot.empty()
        return answer


def _working(seconds: float, stop: str, lang: Lang) -> str:
    so_far = escape(say("so_far", lang, seconds=int(seconds)))
    return (
        f'<div class="working"><span role="status">{escape(say("working", lang))}</span>'
        f'<span aria-hidden="true">{so_far}</span>{link(stop, escape(say("stop", lang)), css="stop")}'
        f'<span class="quiet">{escape(say("stop_hint", lang))}</span></div>'
    )

"""What the tests of the remote store say again and again: what a scripted store holds, and how answers compare."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, contextmanager
from io import BytesIO
from typing import Any

import pytest

from kg.engine.answer import Answer
from kg.engine.base import Engine
from kg.engine.held import WHAT_IS_HELD, Held, read_held
from kg.engine.login import Login
from kg.engine.remote import RemoteEngine
from kg.engine.store import Store
from kg.errors import QueryError
from tests.stores import Virtuoso

__all__ = ["GRAPH", "HELD", "Asking", "Connect", "Scratch", "asking", "bag", "held_by", "results", "the_error", "until"]

Connect = Callable[..., RemoteEngine]

GRAPH = "https://example.org/graph/one"
HELD = Held("v1", frozenset({GRAPH}), merged=False)


def bag(answer: Answer) -> Counter[Any]:
    """What an answer says, whatever the order of its rows and columns."""
    if answer.form == "select":
        return Counter(tuple(sorted(row.items())) for row in answer.records())
    return Counter(answer.triples() if answer.form == "graph" else [answer.boolean])


def results(*names: str, of: Iterable[Mapping[str, str]] = ()) -> str:
    """SPARQL results in JSON, every value a plain literal."""
    bindings = [{name: {"type": "literal", "value": value} for name, value in row.items()} for row in of]
    return json.dumps({"head": {"vars": list(names)}, "results": {"bindings": bindings}})


def the_error(engine: Engine, query: str, kind: type[QueryError], **asked: Any) -> QueryError:
    """The one error of exactly this kind that the query ends in; it speaks both languages."""
    with pytest.raises(QueryError) as caught:
        engine.ask(query, **asked)
    error = caught.value
    assert type(error) is kind, repr(error)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in error.say("zh"))
    return error


class Asking(threading.Thread):
    """A question in a thread of its own."""

    def __init__(self, ask: Callable[[], Answer]) -> None:
        super().__init__()
        self._ask = ask
        self.answer: Answer | None = None
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.answer = self._ask()
        except BaseException as error:  # the test looks at it
            self.error = error

    def ended(self, within: float = 30) -> Asking:
        """Itself, when it has ended in so many seconds."""
        self.join(within)
        assert not self.is_alive(), "it still waits"
        return self


def until(true: Callable[[], bool], within: float = 10) -> None:
    """Wait for what another thread is about to bring about."""
    pause, end = threading.Event(), time.monotonic() + within
    while not true():
        assert time.monotonic() < end
        pause.wait(0.01)


@contextmanager
def asking(ask: Callable[[], Answer]) -> Any:
    """A question that is under way while the block runs."""
    thread = Asking(ask)
    thread.start()
    try:
        yield thread
    finally:
        thread.join(60)


def held_by(url: str) -> Held | None:
    """What a reader who comes now would believe that the store holds."""
    with closing(Store(url, Login())) as store:
        return read_held(store.answer(WHAT_IS_HELD).records())


class Scratch:
    """A Virtuoso that any test may load anew."""

    def __init__(self, store: Virtuoso) -> None:
        self.store = store
        self._holds: bytes | None = None

    def hold(self, nquads: bytes) -> Virtuoso:
        """The store with this in it."""
        if self._holds != nquads:
            self._holds = None
            self.store.load(BytesIO(nquads))
            self._holds = nquads
        return self.store

    def changed(self) -> Virtuoso:
        """The store, of which nobody knows any more what it holds."""
        self._holds = None
        return self.store

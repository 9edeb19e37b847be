"""Loads a store from beginning to end: sends, counts, works out, describes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from typing import BinaryIO, NamedTuple

from kg.engine.login import Login
from kg.engine.start import engine_of_load
from kg.engine.store import Store
from kg.export.store_writers import GraphStore, Updates, Writer, guess_writer
from kg.export.to_store import Load, Progress, read_version
from kg.query.kept.make import keep

__all__ = ["Loaded", "Telling", "Ways", "load_store"]


class Ways(NamedTuple):
    """Where a store takes graphs: by the Graph Store Protocol, by updates, or (neither) as is to be guessed."""

    graph_store: str = ""
    update: str = ""

    def writer(self, store: Store, login: Login) -> Writer:
        """The writer of ``store``, which has answered before. Raises KgError for what is no address."""
        if self.graph_store:
            return GraphStore(self.graph_store, login)
        return Updates(self.update, login) if self.update else guess_writer(store.url, store.server, login)


class Loaded(NamedTuple):
    """What a store holds now: the data's version, its triples by graph, and the byte at which the load had begun."""

    version: str
    graphs: dict[str, int]
    begun: int


@contextmanager
def _silent(_what: str) -> Iterator[None]:
    yield


class Telling(NamedTuple):
    """Who hears how far a load is: ``progress`` after each window, ``step`` around what takes long otherwise."""

    progress: Callable[[Progress], object] = lambda _: None
    step: Callable[[str], AbstractContextManager[None]] = _silent


def load_store(
    endpoint: str,
    login: Login,
    nquads: BinaryIO,
    *,
    ways: Ways = Ways(),  # noqa: B008 (a tuple: nobody changes it)
    anew: bool = False,
    telling: Telling = Telling(),  # noqa: B008 (the same)
) -> Loaded:
    """Make the store whose queries are answered at ``endpoint`` hold the graph in ``nquads``, and nothing else of ours.

    A load of the same data that did not end goes on where it stopped, unless it is to begin ``anew``. Raises KgError.
    """
    version = read_version(nquads)
    with closing(Store(endpoint, login)) as store:
        store.answer("ASK {}")  # what the store calls itself, and whether it answers at all
        with closing(ways.writer(store, login)) as writer:
            load = Load(nquads, version, writer, store.answer)
            begun = load.send(telling.progress, anew=anew)
            with telling.step("Counting what arrived"):
                graphs = dict(load.verify())
            with (
                telling.step("Working out what pages ask for"),
                engine_of_load(endpoint, login, version, graphs) as engine,
            ):
                load.work_out(keep(engine))
            load.describe()
    return Loaded(version, graphs, begun)

"""A store without a network: loads are sent to it act by act, and can be cut off before or after any of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from io import BytesIO

import pyoxigraph
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat

from kg.engine.answer import Answer
from kg.engine.held import WHAT_IS_HELD, Held, read_held
from kg.errors import KgError
from kg.export.to_store import Load
from kg.graph.build import Rdf
from kg.graph.names import GRAPH_INDEX, GRAPH_LOADING, GRAPH_UNION
from kg.graph.terms import Quad, line

__all__ = ["CutOff", "Inside", "wanted"]


class CutOff(KgError):
    """The connection is gone, or the process."""


class Inside:
    """The store, and a writer to it.

    ``cut_at`` is the act (from 1) that never ends: it was not begun, or (``done``) it was done and nobody heard of it.
    ``after_each`` is called after every act.
    """

    def __init__(self, *holds: Rdf) -> None:
        self.content = pyoxigraph.Store()
        self.acts = 0
        self.cut_at = 0
        self.done = False
        self.after_each: Callable[[], object] = lambda: None
        for rdf in holds:
            self.load(rdf)

    def drop(self, graph: str) -> None:
        self._act(lambda: self.content.remove_graph(NamedNode(graph)))

    def add(self, graph: str, lines: Sequence[bytes]) -> None:
        sent = b"".join(lines)
        self._act(lambda: self.content.load(sent, format=RdfFormat.N_TRIPLES, to_graph=NamedNode(graph)))

    def close(self) -> None:
        """It has nothing to close."""

    def _act(self, act: Callable[[], object]) -> None:
        self.acts += 1
        last = self.acts == self.cut_at
        if not last or self.done:
            act()
        if last:
            raise CutOff(f"cut off at act {self.acts}")
        self.after_each()

    def ask(self, query: str) -> Answer:
        """The answer of the whole store."""
        found = self.content.query(query)
        if isinstance(found, pyoxigraph.QueryBoolean):
            return Answer("ask", b"true" if found else b"false", 1, False, 0.0, "")
        said = found.serialize(format=QueryResultsFormat.TSV) or b""
        return Answer("select", said, said.count(b"\n") - 1, False, 0.0, "")

    def load(self, rdf: Rdf, *, anew: bool = False) -> int:
        """Load it from beginning to end; the byte at which the load began."""
        load = Load(BytesIO(rdf.nquads), rdf.data_version, self, self.ask)
        begun = load.send(lambda _: None, anew=anew)
        load.verify()
        load.work_out(())
        load.describe()
        return begun

    def load_until(self, act: int, rdf: Rdf, *, done: bool = False, anew: bool = False) -> bool:
        """Load it, and be cut off at that act; whether there were so many."""
        self.acts, self.cut_at, self.done = 0, act, done
        with suppress(CutOff):
            self.load(rdf, anew=anew)
        reached, self.cut_at = self.acts >= act, 0
        return reached

    def held(self) -> Held | None:
        """What a reader believes that the store holds."""
        return read_held(self.ask(WHAT_IS_HELD).records())

    def lines(self) -> set[str]:
        """All that is there, as canonical N-Quads, but the index."""
        left = (quad for quad in self.content if quad.graph_name != NamedNode(GRAPH_INDEX))
        return set(pyoxigraph.serialize(left, format=RdfFormat.N_QUADS).decode().splitlines())


def wanted(rdf: Rdf) -> set[str]:
    """All that is to be there, but the index: the graphs, and their merge."""
    merged = {line(Quad(*quad[:3], GRAPH_UNION)) for quad in rdf.quads}
    store = pyoxigraph.Store()  # which spells terms as that of the test does
    store.load("\n".join([*map(line, rdf.quads), *merged]).encode(), format=RdfFormat.N_QUADS)
    assert GRAPH_LOADING not in {quad.graph for quad in rdf.quads}
    return set(pyoxigraph.serialize(store, format=RdfFormat.N_QUADS).decode().splitlines())

"""Loads N-Quads into a store in memory, and tells what the engine must know of them."""

from __future__ import annotations

from typing import BinaryIO

import pyoxigraph

__all__ = ["load"]


def load(nquads: BinaryIO) -> tuple[pyoxigraph.Store | None, dict[str, object]]:
    """The store and ``{"graphs": [IRI, …]}``; or no store and ``{"error": why}``."""
    store = pyoxigraph.Store()
    try:
        store.load(nquads, pyoxigraph.RdfFormat.N_QUADS)
    except (SyntaxError, ValueError, OSError) as error:
        return None, {"error": str(error)}
    named = [graph.value for graph in store.named_graphs() if isinstance(graph, pyoxigraph.NamedNode)]
    return store, {"graphs": named}

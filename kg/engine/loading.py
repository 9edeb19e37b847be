"""Loads N-Quads into a store in memory, and tells what the engine must know of them."""

from __future__ import annotations

from typing import BinaryIO, NamedTuple

import pyoxigraph

__all__ = ["Loaded", "load"]

# Two graphs that state the same triple: found at once where there are any, and else after looking up every triple.
_SHARED = "ASK { GRAPH ?g { ?s ?p ?o } GRAPH ?h { ?s ?p ?o } FILTER (?g != ?h) }"
_ALSO_DEFAULT = "ASK { GRAPH ?g { ?s ?p ?o } ?s ?p ?o }"
_MERGE = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"


class Loaded(NamedTuple):
    """A store, and whether its default graph is the union of all graphs already."""

    store: pyoxigraph.Store
    merged: bool


def load(nquads: BinaryIO) -> tuple[Loaded | None, dict[str, object]]:
    """The store and ``{"graphs": [IRI, …]}``; or no store and ``{"error": why}``.

    Oxigraph's union has a triple as often as there are graphs that state it, where SPARQL means a merge, which has it
    once: two sources that agree would be counted twice. So where graphs share triples, the merge is made here.
    """
    store = pyoxigraph.Store()
    try:
        store.load(nquads, pyoxigraph.RdfFormat.N_QUADS)
    except (SyntaxError, ValueError, OSError) as error:
        return None, {"error": str(error)}
    named = [graph.value for graph in store.named_graphs() if isinstance(graph, pyoxigraph.NamedNode)]
    merged = any(bool(store.query(each)) for each in (_SHARED, _ALSO_DEFAULT))
    if merged:
        store.update(_MERGE)
    return Loaded(store, merged), {"graphs": named}

"""Loads N-Quads into a store in memory, and tells what the engine must know of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

import pyoxigraph

__all__ = ["Loaded", "load", "merge"]

# Two graphs that state the same triple: found at once where there are any, and else after looking up every triple.
_SHARED = "ASK { GRAPH ?g { ?s ?p ?o } GRAPH ?h { ?s ?p ?o } FILTER (?g != ?h) }"
_ALSO_DEFAULT = "ASK { ?s ?p ?o GRAPH ?g { ?s ?p ?o } }"
_MERGE = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"


class Loaded(NamedTuple):
    """A store, and whether its graphs share triples, so that its default graph is the merge of all of them already."""

    store: pyoxigraph.Store
    merged: bool


def load(nquads: BinaryIO, *, merge: bool = True) -> tuple[Loaded | None, dict[str, object]]:
    """The store and ``{"graphs": [IRI, …]}``; or no store and ``{"error": why}``.

    Oxigraph's union has a triple as often as there are graphs that state it, where SPARQL means a merge, which has it
    once: two sources that agree would be counted twice. So where graphs share triples, the merge is made here, unless
    it is told not to: making it takes longer than reading.
    """
    store = pyoxigraph.Store()
    try:
        # Whoever writes N-Quads for us has made sure of its IRIs and language tags, so they are not read once more.
        store.load(nquads, pyoxigraph.RdfFormat.N_QUADS, lenient=True)
    except (SyntaxError, ValueError, OSError) as error:
        return None, {"error": str(error)}
    named = [graph.value for graph in store.named_graphs() if isinstance(graph, pyoxigraph.NamedNode)]
    merged = merge and any(bool(store.query(each)) for each in (_SHARED, _ALSO_DEFAULT))
    if merged:
        store.update(_MERGE)
    return Loaded(store, merged), {"graphs": named}


def merge(
    store: pyoxigraph.Store, default: Iterable[pyoxigraph.NamedNode], named: Iterable[pyoxigraph.NamedNode]
) -> pyoxigraph.Store:
    """A store whose default graph is the merge of the graphs ``default`` of ``store``, with its graphs ``named``.

    Of several graphs Oxigraph, too, has a triple as often as they state it (SPARQL 1.1, section 13.2, has it once).
    """

    def quads() -> Iterator[pyoxigraph.Quad]:
        for graph in default:
            for one in store.quads_for_pattern(None, None, None, graph):
                yield pyoxigraph.Quad(one.subject, one.predicate, one.object)
        for graph in named:
            yield from store.quads_for_pattern(None, None, None, graph)

    merged = pyoxigraph.Store()
    merged.extend(quads())
    return merged

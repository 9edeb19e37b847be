"""Our terms as rdflib's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from rdflib import Dataset, Graph, URIRef
from rdflib import Literal as RdflibLiteral

from kg.graph.names import PREFIXES
from kg.graph.terms import Quad, Term

__all__ = ["to_dataset", "to_graph"]


@lru_cache(maxsize=1 << 16)
def _term(term: Term) -> URIRef | RdflibLiteral:
    if isinstance(term, str):
        return URIRef(term)
    return RdflibLiteral(term.value, lang=term.lang or None, datatype=URIRef(term.datatype) if term.datatype else None)


def to_dataset(quads: Iterable[Quad]) -> Dataset:
    """A Dataset with the quads in their named graphs; its default graph is the union of all."""
    dataset = Dataset(default_union=True)
    _bind(dataset)
    graphs: dict[str, Graph] = {}

    def rows() -> Iterator[tuple[URIRef, URIRef, URIRef | RdflibLiteral, Graph]]:
        for subject, predicate, value, graph in quads:
            if graph not in graphs:
                graphs[graph] = dataset.graph(URIRef(graph))
            yield URIRef(subject), URIRef(predicate), _term(value), graphs[graph]

    dataset.addN(rows())
    return dataset


def to_graph(quads: Iterable[Quad]) -> Graph:
    """One Graph with the triples of all the quads."""
    graph = Graph()
    _bind(graph)
    graph.addN((URIRef(s), URIRef(p), _term(o), graph) for s, p, o, _ in quads)
    return graph


def _bind(graph: Graph) -> None:
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, override=True, replace=True)

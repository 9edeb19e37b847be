"""The graph as lines: N-Quads with its named graphs, N-Triples without."""

from __future__ import annotations

from kg.graph.build import build
from kg.graph.terms import triple_line
from kg.model.knowledge import Knowledge

__all__ = ["write_nquads", "write_ntriples"]


def write_nquads(knowledge: Knowledge) -> bytes:
    """The canonical N-Quads: sorted by code point, escapes as in RDF 1.2 N-Quads."""
    return build(knowledge).nquads


def write_ntriples(knowledge: Knowledge) -> bytes:
    """The union of all graphs, each triple once, sorted by code point."""
    triples = {quad.triple for quad in build(knowledge).quads}
    return "".join(sorted(f"{triple_line(triple)}\n" for triple in triples)).encode()

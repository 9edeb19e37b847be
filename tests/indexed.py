"""Engines whose store keeps answers, as one has that ``kg load`` loaded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from kg.engine.base import Engine
from kg.engine.embedded import EmbeddedEngine
from kg.graph.build import build
from kg.graph.names import GRAPH_INDEX, PREFIXES
from kg.graph.terms import Quad, line
from kg.model.knowledge import Knowledge
from kg.query.kept.make import keep

__all__ = ["Both", "both", "index_of"]


class Both(NamedTuple):
    """Engines on the same knowledge: one without an index, one with it."""

    plain: Engine
    kept: Engine


def index_of(engine: Engine) -> bytes:
    """The index as N-Quads."""
    return "".join(f"{line(Quad(*triple, GRAPH_INDEX))}\n" for triple in keep(engine)).encode()


@contextmanager
def both(knowledge: Knowledge) -> Iterator[Both]:
    """Start both engines, and close them."""
    rdf = build(knowledge)
    with EmbeddedEngine(rdf.nquads, rdf.data_version, prefixes=PREFIXES) as plain:
        nquads = rdf.nquads + index_of(plain)
        with EmbeddedEngine(nquads, rdf.data_version, prefixes=PREFIXES) as kept:
            yield Both(plain, kept)

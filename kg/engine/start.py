"""Starts the embedded engine on what was loaded."""

from __future__ import annotations

from kg.engine.embedded import EmbeddedEngine
from kg.graph.build import build
from kg.graph.names import PREFIXES
from kg.model.knowledge import Knowledge

__all__ = ["start_engine"]


def start_engine(knowledge: Knowledge, *, max_workers: int = 8) -> EmbeddedEngine:
    """An engine that answers questions about ``knowledge``, at most ``max_workers`` at once; close it when done.

    Raises :class:`kg.errors.EngineUnavailable` where its processes cannot be started.
    """
    rdf = build(knowledge)
    return EmbeddedEngine(rdf.nquads, rdf.data_version, max_workers=max_workers, prefixes=PREFIXES)

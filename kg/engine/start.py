"""Starts an engine: the embedded one on what was loaded, or one that asks a store elsewhere."""

from __future__ import annotations

import os
from collections.abc import Collection

from kg.engine.embedded import EmbeddedEngine
from kg.engine.held import Held
from kg.engine.login import Login, login_from
from kg.engine.remote import RemoteEngine
from kg.graph.build import build
from kg.graph.names import PREFIXES
from kg.model.knowledge import Knowledge

__all__ = ["connect_engine", "endpoint_named", "engine_of_load", "start_engine"]


def start_engine(knowledge: Knowledge, *, max_workers: int = 8) -> EmbeddedEngine:
    """An engine that answers questions about ``knowledge``, at most ``max_workers`` at once; close it when done.

    Raises :class:`kg.errors.EngineUnavailable` where its processes cannot be started.
    """
    rdf = build(knowledge)
    return EmbeddedEngine(rdf.nquads, rdf.data_version, max_workers=max_workers, prefixes=PREFIXES)


def connect_engine(url: str, *, places: int = 8) -> RemoteEngine:
    """An engine that asks the SPARQL endpoint at ``url``, at most ``places`` questions at once; close it when done.

    Who asks is what the environment says (:func:`kg.engine.login.login_from`). Raises KgError for what is no address,
    and EngineUnavailable where no whole graph of ours answers.
    """
    return RemoteEngine(url, login_from(), places=places, prefixes=PREFIXES)


def engine_of_load(url: str, login: Login, version: str, graphs: Collection[str]) -> RemoteEngine:
    """An engine on a store that is being loaded, whose ``graphs`` are there and merged, and not yet described."""
    return RemoteEngine(url, login, prefixes=PREFIXES, held=Held(version, frozenset(graphs), True))


def endpoint_named() -> str:
    """The endpoint that ``KG_ENDPOINT`` names; empty where the graph is to be made from the data files."""
    return os.environ.get("KG_ENDPOINT", "")

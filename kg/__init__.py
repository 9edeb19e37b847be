"""The Beijing digital-economy knowledge graph: every statement with the source's own words behind it.

>>> from kg import load_knowledge
>>> knowledge = load_knowledge()
>>> knowledge.get_entity("changan-chain").name.say("zh")
'长安链'

The names below are imported when they are first used: ``kg --help`` must not wait for RDF libraries.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.check.sound import load_knowledge
    from kg.engine.base import Engine, Limits
    from kg.engine.start import start_engine
    from kg.errors import DataError, KgError, NotFound, Problem, QueryError
    from kg.model.knowledge import Knowledge

__all__ = [
    "DataError",
    "Engine",
    "KgError",
    "Knowledge",
    "Limits",
    "NotFound",
    "Problem",
    "QueryError",
    "load_knowledge",
    "start_engine",
]

_HOMES = {
    "kg.check.sound": ("load_knowledge",),
    "kg.engine.base": ("Engine", "Limits"),
    "kg.engine.start": ("start_engine",),
    "kg.errors": ("DataError", "KgError", "NotFound", "Problem", "QueryError"),
    "kg.model.knowledge": ("Knowledge",),
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

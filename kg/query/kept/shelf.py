"""Looks up what was worked out when the data was loaded: one question for many answers, each asked for only once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from kg.engine.base import Engine
from kg.engine.bounded import Bounded
from kg.graph.index_names import kept_iri, kept_name
from kg.graph.names import GRAPH_INDEX
from kg.query.ask import ask
from kg.query.describe import blocks
from kg.query.terms import iri

__all__ = ["ABOUT", "FORMAT", "About", "about", "has_index", "kept", "kept_one"]

#: What all that is kept is of: under this name stand the version of the data and of this way to keep answers.
ABOUT = "about"
FORMAT = 2
#: What almost every page asks for is looked up with it.
_ALWAYS = ("hubs", "sources")

# VALUES stands within GRAPH: Oxigraph would read the whole graph to join the two.
_QUESTION = """
SELECT ?kept ?value WHERE { GRAPH graph:index { VALUES ?kept { $kept } ?kept bde:kept ?value } }
"""

#: The most characters of answers that are remembered for one engine, and what one that is not there counts for.
_MOST = 16 << 20
_LEAST = 100


class About(NamedTuple):
    """Of how many entities the answers are, and in how many parts whole names are kept."""

    entities: int
    shards: int


@dataclass
class _Shelf:
    """What was looked up of one data version.

    ``about`` is what is said of all that is kept; None where the store keeps no answers of just this data.
    """

    version: str
    about: About | None
    answers: Bounded[str, tuple[Any]] = field(default_factory=lambda: Bounded(_MOST))

    def get(self, names: Iterable[str]) -> dict[str, Any]:
        """What is remembered of these; None for what the store has not."""
        known = {name: self.answers.get(name) for name in names}
        return {name: found[0] for name, found in known.items() if found is not None}

    def put(self, name: str, size: int, answer: Any) -> None:
        """Remember one more, in a tuple as it can be None, and forget those that were not asked for the longest."""
        self.answers.put(name, size + _LEAST, (answer,))


_shelves: WeakKeyDictionary[Engine, _Shelf] = WeakKeyDictionary()


def has_index(engine: Engine) -> bool:
    """Whether the store keeps answers of the very data that it holds; one round trip for each version of the data."""
    return _shelf(engine) is not None


def about(engine: Engine) -> About | None:
    """What is said of all that is kept; None where nothing is."""
    shelf = _shelf(engine)
    return None if shelf is None else shelf.about


def kept(engine: Engine, names: Iterable[str]) -> dict[str, Any]:
    """The answers that are kept under these names, as JSON has them; what is not there is left out.

    Nobody may change them. Without an index nothing is asked; else one round trip for each 400 that are new.
    """
    shelf = _shelf(engine)
    if shelf is None:
        return {}
    wanted = list(dict.fromkeys(names))
    found = shelf.get(wanted)
    missing = [name for name in wanted if name not in found]
    read = _read(engine, missing)
    for name in missing:
        size, found[name] = read.get(name, (0, None))
        shelf.put(name, size, found[name])
    return {name: found[name] for name in wanted if found[name] is not None}


def kept_one(engine: Engine, name: str) -> Any:
    """The answer that is kept under this name; None where there is none."""
    return kept(engine, [name]).get(name)


def _shelf(engine: Engine) -> _Shelf | None:
    if GRAPH_INDEX not in engine.graphs:
        return None
    known, version = _shelves.get(engine), engine.data_version
    if known is None or known.version != version:
        read = _read(engine, [ABOUT, *_ALWAYS])
        _, said = read.get(ABOUT, (0, {}))
        # What was kept of other data, or in another way, is as good as nothing.
        ours = (said.get("format"), said.get("version")) == (FORMAT, version)
        known = _Shelf(version, About(said["entities"], said["shards"]) if ours else None)
        for name, (size, answer) in read.items():
            known.put(name, size, answer)
        _shelves[engine] = known
    return None if known.about is None else known


def _read(engine: Engine, names: list[str]) -> dict[str, tuple[int, Any]]:
    """Each answer with the number of its characters."""
    found = {}
    for block in blocks([iri(kept_iri(name)) for name in names]):
        for row in ask(engine, _QUESTION, kept=block).records():
            text = row["value"].value
            found[kept_name(row["kept"].value) or ""] = len(text), json.loads(text)
    return found

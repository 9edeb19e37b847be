"""Graphs of our shape in any size, for tests and benchmarks; equal arguments give equal bytes.

    python -m tests.generated TRIPLES FILE [--seed N]

Everything in them is invented but the vocabulary, which is that of the data folder. Their records are the project's own
and are written by the project's own builders, chunk by chunk, so that size costs no memory. A few hubs have most of the
relations: ``place-1`` and ``agency-1`` the most. All other entities are named ``programme-57`` and the like, too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.model.knowledge import Knowledge
from kg.model.statement import Statement
from tests.generated.rdf import Writer
from tests.generated.world import World

__all__ = ["generate", "knowledge", "write"]

_TRIPLES_PER_ENTITY = 66  # with all that is said of it


def generate(triples: int, seed: int = 0) -> Iterator[bytes]:
    """N-Quads in UTF-8, in blocks of whole lines, none of which stands twice; at least some 6,000 lines."""
    entities = triples // _TRIPLES_PER_ENTITY
    return Writer(World(entities, _sources(entities), seed), triples).blocks()


def write(path: Path, triples: int, seed: int = 0, tell: Callable[[int], object] | None = None) -> int:
    """Write the graph to a file; ``tell`` hears after each block how many lines there are. Returns that number."""
    lines = 0
    with path.open("wb") as file:
        for block in generate(triples, seed):
            file.write(block)
            lines += block.count(b"\n")
            if tell is not None:
                tell(lines)
    return lines


def knowledge(entities: int, seed: int = 0) -> Knowledge:
    """Knowledge of so many entities (the hubs, 33 at least, among them), which keeps all rules of the data."""
    world = World(entities, _sources(entities), seed)
    parts = [world.head()]
    left = entities - len(parts[0].entities)
    if left > 0:
        parts.append(world.chunk(left))
    said: dict[str, list[Statement]] = {document.source.id: [] for document in world.documents}
    for part in parts:
        for source, statement in part.statements():
            said[source.id].append(statement)
    return Knowledge(
        parts[0].vocabulary,
        {key: entity for part in parts for key, entity in part.entities.items()},
        {key: kind for part in parts for key, kind in part.type_of.items()},
        {document.source.id: document.record(said[document.source.id]) for document in world.documents},
    )


def _sources(entities: int) -> int:
    """A named graph for each source: 5 at 20,000 triples, 140 at ten million."""
    return min(200, max(4, math.isqrt(max(entities, 0)) * 36 // 100))

"""Works out what is kept of how much there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.engine.base import Engine
from kg.graph.names import compact
from kg.query import catalogue, stats
from kg.query.kept.census import LIMITS

__all__ = ["count_answers"]


def count_answers(engine: Engine) -> Iterator[tuple[str, Any]]:
    """Every kept count, with its name; two questions, which read the whole graph. Raises QueryError."""
    yield stats.KEPT_AS, stats.count_everything(engine, LIMITS)
    counted = catalogue.count_triples(engine, LIMITS)
    yield catalogue.KEPT_AS, [[columns, list(map(compact, values)), count] for columns, values, count in counted]

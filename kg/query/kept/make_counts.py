"""Works out what is kept of how much there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.engine.base import Engine, Limits
from kg.graph.names import compact
from kg.query import catalogue, stats
from kg.query.builder_options import builds_to_keep
from kg.query.choices import MOST_CHOICES, choices_to_keep
from kg.query.ends import ends_to_keep
from kg.query.kept.census import LIMITS, Census

__all__ = ["count_answers"]

_OF_CHOICES = Limits(seconds=10, rows=MOST_CHOICES)  # each: a form can do without


def count_answers(engine: Engine, census: Census) -> Iterator[tuple[str, Any]]:
    """Every kept count, with its name: some questions that read the whole graph. Raises QueryError."""
    yield stats.KEPT_AS, stats.count_everything(engine, LIMITS)
    counted = list(catalogue.count_triples(engine, LIMITS))
    yield catalogue.KEPT_AS, [[columns, list(map(compact, values)), count] for columns, values, count in counted]
    properties = [
        (values[-1], values[0] if columns[0] == "class" else "", count)
        for columns, values, count in counted
        if columns in (("property",), ("class", "property"))
    ]
    yield from ends_to_keep(engine, properties, LIMITS)
    yield from builds_to_keep(engine, sorted({one for one in census.types.values() if one}), LIMITS)
    yield from choices_to_keep(engine, _OF_CHOICES)

"""Works out what is kept of where pictures start."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from kg.engine.base import Engine
from kg.query.ask import ask
from kg.query.kept.census import LIMITS, Census
from kg.query.kept.starts import MOST_RANKED, group_name, start_name
from kg.query.starts import KEPT_MOST, MOST_OPENING, new_ids, opening_ids, promised_ids
from kg.query.terms import id_of

__all__ = ["start_answers"]

_PLANNED = "SELECT ?status WHERE { ?status bde:stage stage:planned }"


def start_answers(engine: Engine, census: Census) -> Iterator[tuple[str, Any]]:
    """Every kept answer about starts, with its name. Raises QueryError."""
    ranked, found_as = census.ranked(), census.found_as()
    groups: defaultdict[str, list[list[Any]]] = defaultdict(list)
    for one in ranked:
        # Pictures show retired ones too, search and completion do not.
        names = [group_name(), *(group_name("theme", theme) for theme in census.themes[one])]
        if one in found_as:
            names += [group_name("named"), group_name("type", census.types[one])]
        for name in names:
            if len(groups[name]) < MOST_RANKED:
                groups[name].append([one, census.weights[one]])
    yield from groups.items()
    planned = sorted(id_of(row["status"].value) for row in ask(engine, _PLANNED, LIMITS).records())
    yield start_name("", KEPT_MOST, ()), opening_ids(engine, ranked[:KEPT_MOST], LIMITS)
    yield start_name("new", MOST_OPENING, ()), new_ids(engine, MOST_OPENING, LIMITS)
    yield start_name("promised", MOST_OPENING, planned), promised_ids(engine, planned, MOST_OPENING, LIMITS)

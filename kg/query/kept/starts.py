"""What is kept of where pictures start: the best known of all, of a theme, of a type, and what a start shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from heapq import merge
from itertools import islice

from kg.engine.base import Engine
from kg.query.kept.shelf import kept, kept_one

__all__ = ["MOST_RANKED", "best_known", "group_name", "start_kept", "start_name"]

#: The most entities that are kept of each group.
MOST_RANKED = 1_000


def group_name(facet: str = "", value: str = "") -> str:
    """What the best known are kept under: of all, of one "theme" or "type", or of all that are "named".

    Of types, and of those named, retired ones are none.
    """
    return f"best/{facet}/{value}" if facet else "best"


def start_name(start: str, most: int, planned: Collection[str]) -> str:
    """What the ids are kept under that a picture starts with.

    See :func:`kg.query.starts.start_ids`, which also has a say in what these can be.
    """
    return f"start/{start or 'opening'}/{most}/{'.'.join(sorted(planned)) if start == 'promised' else ''}"


def start_kept(engine: Engine, start: str, most: int, planned: Collection[str]) -> tuple[str, ...] | None:
    """The ids that a picture starts with; None where they are not kept."""
    found = kept_one(engine, start_name(start, most, planned))
    return None if found is None else tuple(found)


def best_known(
    engine: Engine, most: int, facet: str = "", values: Collection[str] | None = None
) -> dict[str, int] | None:
    """The entities of which most is said, at most ``most``, with that number: of all, or of several themes or types.

    See :func:`group_name`. None where that is not kept, or not as many as are wanted.
    """
    names = [group_name(facet)] if values is None else [group_name(facet, value) for value in dict.fromkeys(values)]
    found = kept(engine, names)
    if most > MOST_RANKED or (values is None and not found):
        return None
    if not found and kept_one(engine, group_name()) is None:
        return None
    return dict(islice(_merged(found.values()), most))


def _merged(groups: Iterable[Iterable[tuple[str, int]]]) -> Iterable[tuple[str, int]]:
    """The groups as one, each entity once."""
    seen = set()
    for one, weight in merge(*groups, key=lambda pair: (-pair[1], pair[0])):
        if one not in seen:
            seen.add(one)
            yield one, weight

"""Lists of entities by their numbers: how they are kept, and what several of them have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

__all__ = ["Postings", "common", "written"]


@dataclass(frozen=True, slots=True)
class Postings:
    """The first of ``total`` numbers, ascending; the rest is not kept."""

    total: int
    numbers: tuple[int, ...]
    _members: frozenset[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_members", frozenset(self.numbers))

    @classmethod
    def read(cls, kept: Sequence[int]) -> Postings:
        """The list as :func:`written` wrote it."""
        total, *steps = kept
        return cls(total, tuple(accumulate(steps)))

    @property
    def complete(self) -> bool:
        """Whether it has all numbers."""
        return self.total == len(self.numbers)

    def of(self, some: Sequence[int]) -> list[int]:
        """Those of the numbers that are on the list, or would stand where it was cut off."""
        members = self._members
        if self.complete:
            return [number for number in some if number in members]
        last = self.numbers[-1]
        return [number for number in some if number > last or number in members]


def written(total: int, numbers: Sequence[int]) -> list[int]:
    """The list as it is kept: its whole length, the first number, and from there each one's distance.

    >>> written(5, [3, 4, 10])
    [5, 3, 1, 6]
    """
    return [total, *numbers[:1], *(after - before for before, after in pairwise(numbers))]


def common(lists: Iterable[Postings]) -> list[int]:
    """The numbers that may be on all of the ``lists``, ascending; none for no lists.

    All that are on all of them are among these where one list is complete. Else they are those of the list that
    reaches furthest, which may leave out numbers beyond its end.
    """
    every = list(lists)
    if not every:
        return []
    complete = [one for one in every if one.complete]
    base = min(complete, key=lambda one: one.total) if complete else max(every, key=lambda one: one.numbers[-1])
    found = list(base.numbers)
    for one in every:
        if one is not base:
            found = one.of(found)
    return found

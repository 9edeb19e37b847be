"""Where words find room on a chart: never upon other words, never beyond its edge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.view.chart_ink import Words
from kg.view.placing import Box

__all__ = ["Room"]


class Room:
    """The free room of a chart of some size; what was placed is taken."""

    def __init__(self, width: float, height: float, taken: Iterable[Box] = ()) -> None:
        self._frame = Box(0, 0, width, height)
        self._taken = list(taken)

    def place(self, *tries: Words, avoid: Sequence[Box] = ()) -> Words | None:
        """The first of ``tries`` that has room and meets nothing to ``avoid``, which is then taken; None for none."""
        for words in tries:
            left, top, right, bottom = words.box
            box = Box(left - 2, top, right - left + 4, bottom - top)
            inside = left >= 0 and top >= 0 and right <= self._frame.w and bottom <= self._frame.h
            if inside and not any(box.meets(other) for others in (self._taken, avoid) for other in others):
                self._taken.append(box)
                return words
        return None

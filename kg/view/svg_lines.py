"""The course of a relation's line: the curve that vis-network draws, for what is drawn without a browser."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple

__all__ = ["Curve", "Point", "curve"]

Point = tuple[float, float]

#: How far a line swings out, as a part of its length.
_ROUNDNESS = 0.1

#: A relation of something to itself: a loop that rises so far above the shape.
_LOOP = 34.0


class Curve(NamedTuple):
    """A Bézier curve: two points for a straight line, three for a bent one, four for a loop."""

    points: tuple[Point, ...]

    def at(self, part: float) -> Point:
        """The point on the curve, from 0 at its beginning to 1 at its end (de Casteljau)."""
        points = list(self.points)
        while len(points) > 1:
            points = [(a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part) for a, b in pairwise(points)]
        return points[0]

    def before_end(self, away: float) -> Point:
        """The last point that is so far ``away`` from the end; the middle where the curve is too short."""
        end = self.points[-1]
        low, high = 0.5, 1.0
        for _ in range(24):
            part = (low + high) / 2
            low, high = (part, high) if math.dist(self.at(part), end) > away else (low, part)
        return self.at(low)


def curve(start: Point, end: Point, *, bent: bool) -> Curve:
    """The line from ``start`` to ``end``; a bent one swings out clockwise, so that two that answer each other part."""
    if start == end:
        x, y = start
        return Curve((start, (x - _LOOP, y - 1.6 * _LOOP), (x + _LOOP, y - 1.6 * _LOOP), end))
    if not bent:
        return Curve((start, end))
    # Between the two ends and at right angles to the line: vis-network's curvedCW.
    reach = (_ROUNDNESS * 0.5 + 0.5) * math.dist(start, end)
    angle = math.atan2(start[1] - end[1], end[0] - start[0]) + (_ROUNDNESS * 0.5 + 0.5) * math.pi
    return Curve((start, (start[0] + reach * math.sin(angle), start[1] + reach * math.cos(angle)), end))

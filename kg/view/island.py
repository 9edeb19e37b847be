"""The layout of one island: linked entities near each other, no two label boxes on top of each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["Points", "arrange"]

Points = NDArray[np.float64]

#: The golden angle: points on a spiral that turns by it fill a disc evenly. No start is random.
_GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))

#: Work for one island, in pairs of points moved: large islands get fewer rounds, so that the time stays under a second.
_WORK = 1_000_000
_ROUNDS = (12, 15)

_GRAVITY = 0.25

#: Width to height of an island, and how much shorter its outer rows are than its middle one (0 to 1).
_FLATNESS = 1.25
_ROUNDNESS = 0.75
_SWAY = 3.5


def arrange(boxes: Points, links: Sequence[tuple[int, int]]) -> Points:
    """Where to put things of these ``boxes`` (width, height) that are joined by ``links``; the middle is (0, 0).

    Springs and repulsion (Fruchterman and Reingold 1991) in units of the mean box, then rows.
    The same input gives the same output: nothing in it is random.
    """
    count = len(boxes)
    if count == 1:
        return np.zeros((1, 2))
    scale = boxes.mean(axis=0)
    points = _pull(_spiral(count), links) * scale
    points = _rows(points, boxes)
    low, high = (points - boxes / 2).min(axis=0), (points + boxes / 2).max(axis=0)
    return np.asarray(points - (low + high) / 2)


def _spiral(count: int) -> Points:
    turn = np.arange(count) * _GOLDEN_ANGLE
    return np.asarray(np.sqrt(np.arange(count) + 0.5)[:, None] * np.column_stack([np.cos(turn), np.sin(turn)]))


def _pull(points: Points, links: Sequence[tuple[int, int]]) -> Points:
    """Move ``points`` until links are short and the rest keeps its distance, in units of the ideal distance."""
    count = len(points)
    rounds = int(np.clip(_WORK // (count * count), *_ROUNDS))
    ends = np.array(sorted(set(links)), dtype=np.intp).reshape(-1, 2)
    x, y = points[:, 0].copy(), points[:, 1].copy()
    reach = np.sqrt(count) / 2
    for turn in range(rounds):
        right, down = x[:, None] - x, y[:, None] - y
        push = 1 / np.maximum(right * right + down * down, 1e-3)
        across = (right * push).sum(axis=1) - _GRAVITY * x
        along = (down * push).sum(axis=1) - _GRAVITY * y
        if len(ends):
            one, other = ends[:, 0], ends[:, 1]
            tug = np.sqrt(right[one, other] ** 2 + down[one, other] ** 2) / 2
            for force, gap in ((across, right[one, other] * tug), (along, down[one, other] * tug)):
                force += np.bincount(other, gap, count) - np.bincount(one, gap, count)
        length = np.maximum(np.sqrt(across**2 + along**2), 1e-9)
        step = np.minimum(length, reach * (1 - turn / rounds) * 0.35 + 0.01) / length
        x, y = x + across * step, y + along * step
    return np.column_stack([x, y])


def _rows(points: Points, boxes: Points) -> Points:
    """The same picture in rows: as dense as names can stand, no two on top of each other, round rather than square."""
    count = len(boxes)
    widths, heights = boxes[:, 0], boxes[:, 1]
    total = float(widths.sum())
    rows = int(np.clip(round(np.sqrt(total / (float(heights.mean()) * _FLATNESS))), 1, count))
    bends = (np.arange(rows) - (rows - 1) / 2) / ((rows + 1) / 2)
    room = np.cumsum(np.sqrt(1 - _ROUNDNESS * bends**2))
    order = np.argsort(points[:, 1], kind="stable")
    filled = np.cumsum(widths[order]) - widths[order] / 2
    row_of = np.searchsorted(room / room[-1] * total, filled)
    settled = np.zeros_like(points)
    y = 0.0
    for row in range(rows):
        inside = order[row_of == row]
        if not len(inside):
            continue
        inside = inside[np.argsort(points[inside, 0], kind="stable")]
        ends = np.cumsum(widths[inside])
        # A little up, a little down: rows that do not read as rows.
        sway = np.where((np.arange(len(inside)) + row) % 2, _SWAY, -_SWAY) if len(inside) > 1 else 0.0
        height = float(heights[inside].max())
        settled[inside, 0] = ends - widths[inside] / 2 - float(ends[-1]) / 2
        settled[inside, 1] = y + _SWAY + heights[inside] / 2 + sway
        y += height + 2 * _SWAY
    return settled

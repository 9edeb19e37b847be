"""Islands packed side by side: each as near to the middle as it fits, none on top of another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.view.island import Points

__all__ = ["Island", "pack"]

#: Width to height of the whole: about that of the canvas between legend and panel on a laptop.
_ASPECT = 1.04

#: Water between two islands, and the side of a grid cell at least, in layout units.
_MARGIN = 16.0
_CELL = 12.0

#: How much it counts that islands with relations between them lie near each other.
_CLOSENESS = 0.12

#: The whole is rastered to about so many cells a side, so that packing takes the same time at any size.
_CELLS = 110


@dataclass(frozen=True)
class Island:
    """A group's name and the boxes in it: their ``middles`` and their ``boxes`` (width, height)."""

    name: str
    middles: Points
    boxes: Points


#: Where another island lies, and its share of the relations.
_Pull = tuple[float, float, float]


class _Edges(NamedTuple):
    """The cells that the whole reaches to."""

    left: int
    top: int
    right: int
    bottom: int

    def with_box(self, column: int, row: int, width: int, height: int) -> _Edges:
        return _Edges(
            min(self.left, column), min(self.top, row), max(self.right, column + width), max(self.bottom, row + height)
        )


def pack(
    islands: Sequence[Island], ties: Mapping[tuple[str, str], int], aspect: float = _ASPECT
) -> dict[str, tuple[float, float]]:
    """How far to move each island; ``ties`` counts the relations between two of them, which then lie near each other.

    ``aspect`` is the width to height that the whole should have.

    Rastered placement after Freivalds, Dogrusoz and Kikusts, "Disconnected graph layout and the polyomino packing
    approach" (2002): largest first, each at the cheapest free place.
    """
    area = sum(float(((island.boxes + 2 * _MARGIN).prod(axis=1)).sum()) for island in islands)
    cell = max(_CELL, float(np.sqrt(area)) / _CELLS)
    masks = {island.name: _raster(island, cell) for island in islands}
    order = sorted(islands, key=lambda island: (-int(masks[island.name].sum()), island.name))
    side = min(2 * sum(max(mask.shape) for mask in masks.values()) + 4, 5 * _CELLS)
    taken = np.zeros((side, side), dtype=bool)
    edges = _Edges(side // 2, side // 2, side // 2, side // 2)
    middles: dict[str, tuple[float, float]] = {}
    moves: dict[str, tuple[float, float]] = {}
    for island in order:
        mask = masks[island.name]
        height, width = mask.shape
        weight = sum(ties.get((island.name, other), 0) for other in middles) or 1
        pulls = [(*place, ties.get((island.name, other), 0) / weight) for other, place in middles.items()]
        blocked = _blocked(taken, mask)
        cost = np.where(blocked, np.inf, _cost(blocked.shape, mask.shape, edges, pulls, aspect))
        if not middles:
            cost[side // 2 - height // 2, side // 2 - width // 2] = -1.0  # the first stands in the middle
        row, column = (int(place) for place in np.unravel_index(int(np.argmin(cost)), cost.shape))
        taken[row : row + height, column : column + width] |= mask
        edges = (
            edges.with_box(column, row, width, height) if middles else _Edges(column, row, column + width, row + height)
        )
        middles[island.name] = (column + width / 2, row + height / 2)
        low = _low(island)
        moves[island.name] = (column * cell - low[0], row * cell - low[1])
    return moves


def _low(island: Island) -> Points:
    return np.asarray((island.middles - island.boxes / 2).min(axis=0) - _MARGIN)


def _raster(island: Island, cell: float) -> NDArray[np.bool_]:
    """The cells that the island's boxes cover, each box with its margin."""
    low = _low(island)
    begin = np.floor((island.middles - island.boxes / 2 - _MARGIN - low) / cell).astype(int)
    end = np.ceil((island.middles + island.boxes / 2 + _MARGIN - low) / cell).astype(int)
    width, height = end.max(axis=0)
    mask = np.zeros((height, width), dtype=bool)
    for (left, top), (right, bottom) in zip(begin, end, strict=True):
        mask[top:bottom, left:right] = True
    return mask


def _blocked(taken: NDArray[np.bool_], mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """For each place of the mask's corner, whether it would lie on something: only its rim need be tried."""
    rows, columns = taken.shape[0] - mask.shape[0] + 1, taken.shape[1] - mask.shape[1] + 1
    blocked = np.zeros((rows, columns), dtype=bool)
    for row, column in np.argwhere(mask):
        blocked |= taken[row : row + rows, column : column + columns]
    return blocked


def _cost(
    places: tuple[int, ...], size: tuple[int, ...], edges: _Edges, pulls: Sequence[_Pull], aspect: float
) -> Points:
    """For each place, how large the whole would become, a little more where it lies far from what it is tied to."""
    columns, rows = np.arange(places[1])[None, :], np.arange(places[0])[:, None]
    width = np.maximum(edges.right, columns + size[1]) - np.minimum(edges.left, columns)
    height = np.maximum(edges.bottom, rows + size[0]) - np.minimum(edges.top, rows)
    across, down = columns + size[1] / 2, rows + size[0] / 2
    cost = np.maximum(width / aspect, height) + 0.2 * (width / aspect + height)
    middle = (edges.left + edges.right) / 2, (edges.top + edges.bottom) / 2
    cost = cost + 0.05 * np.hypot((across - middle[0]) / aspect, down - middle[1])
    for x, y, weight in pulls:
        cost = cost + _CLOSENESS * weight * np.hypot(across - x, down - y)
    return np.asarray(cost)

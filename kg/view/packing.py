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
_CELLS = 60


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
    islands: Sequence[Island], ties: Mapping[tuple[str, str], int], aspect: float = _ASPECT, cells: int = _CELLS
) -> dict[str, tuple[float, float]]:
    """How far to move each island; ``ties`` counts the relations between two of them, which then lie near each other.

    ``aspect`` is the width to height that the whole should have, ``cells`` about how many cells it is high and wide.

    Rastered placement after Freivalds, Dogrusoz and Kikusts, "Disconnected graph layout and the polyomino packing
    approach" (2002): largest first, each at the cheapest free place.
    """
    area = sum(float(((island.boxes + 2 * _MARGIN).prod(axis=1)).sum()) for island in islands)
    cell = max(_CELL, float(np.sqrt(area)) / cells)
    masks = {island.name: _raster(island, cell) for island in islands}
    order = sorted(islands, key=lambda island: (-int(masks[island.name].sum()), island.name))
    taken = np.zeros((0, 0), dtype=bool)
    middles: dict[str, tuple[float, float]] = {}
    corners: dict[str, tuple[int, int]] = {}
    for island in order:
        mask = masks[island.name]
        height, width = mask.shape
        # Around the whole there is room for one more on each side; nothing lies further out.
        sea = np.pad(taken, ((height, height), (width, width)))
        edges = _Edges(width, height, width + taken.shape[1], height + taken.shape[0])
        middles = {name: (x + width, y + height) for name, (x, y) in middles.items()}
        corners = {name: (x + width, y + height) for name, (x, y) in corners.items()}
        tied = {other: ties[island.name, other] for other in middles if (island.name, other) in ties}
        pulls = [(*middles[other], count / sum(tied.values())) for other, count in tied.items()]
        cost = np.where(_blocked(sea, mask), np.inf, _cost(sea.shape, mask.shape, edges, pulls, aspect))
        row, column = (int(place) for place in np.unravel_index(int(np.argmin(cost)), cost.shape))
        sea[row : row + height, column : column + width] |= mask
        middles[island.name] = (column + width / 2, row + height / 2)
        corners[island.name] = (column, row)
        own = _Edges(column, row, column + width, row + height)
        left, top, right, bottom = edges.with_box(column, row, width, height) if taken.size else own
        taken = sea[top:bottom, left:right]
        middles = {name: (x - left, y - top) for name, (x, y) in middles.items()}
        corners = {name: (x - left, y - top) for name, (x, y) in corners.items()}
    lows = {island.name: _low(island) for island in islands}
    return {name: (x * cell - lows[name][0], y * cell - lows[name][1]) for name, (x, y) in corners.items()}


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
    """For each place of the mask's corner, whether it would lie on something.

    Each row of the mask is a few runs of cells; how many cells of a run are taken is the difference of two sums.
    """
    rows, columns = taken.shape[0] - mask.shape[0] + 1, taken.shape[1] - mask.shape[1] + 1
    sums = np.pad(np.cumsum(taken, axis=1, dtype=np.int16), ((0, 0), (1, 0)))
    blocked = np.zeros((rows, columns), dtype=bool)
    for row, cells in enumerate(mask):
        ends = np.flatnonzero(np.diff(np.concatenate(([0], cells.view(np.int8), [0]))))
        line = sums[row : row + rows]
        for begin, end in zip(ends[::2], ends[1::2], strict=True):
            blocked |= line[:, end : end + columns] != line[:, begin : begin + columns]
    return blocked


def _cost(sea: tuple[int, ...], size: tuple[int, ...], edges: _Edges, pulls: Sequence[_Pull], aspect: float) -> Points:
    """For each place, how large the whole would become, a little more where it lies far from what it is tied to."""
    columns = np.arange(sea[1] - size[1] + 1)[None, :]
    rows = np.arange(sea[0] - size[0] + 1)[:, None]
    width = np.maximum(edges.right, columns + size[1]) - np.minimum(edges.left, columns)
    height = np.maximum(edges.bottom, rows + size[0]) - np.minimum(edges.top, rows)
    across, down = columns + size[1] / 2, rows + size[0] / 2
    cost = np.maximum(width / aspect, height) + 0.2 * (width / aspect + height)
    middle = (edges.left + edges.right) / 2, (edges.top + edges.bottom) / 2
    cost += 0.05 * np.sqrt(((across - middle[0]) / aspect) ** 2 + (down - middle[1]) ** 2)
    for x, y, weight in pulls:
        cost += _CLOSENESS * weight * np.sqrt((across - x) ** 2 + (down - y) ** 2)
    return np.asarray(cost)

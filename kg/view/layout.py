"""Where each entity stands: themes as islands, each laid out within itself, packed side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np

from kg.view.island import Points, arrange
from kg.view.packing import Island, pack

__all__ = ["GLYPH_HEIGHT", "Group", "Layout", "Place", "Small", "lay_out", "spanning_tree"]

Place = tuple[float, float]

#: The height of a theme's title.
_TITLE_HEIGHT = 24.0

#: The height of the part of a box that the shape stands in; the label is below it.
GLYPH_HEIGHT = 26.0

#: How far an island's ground reaches beyond its boxes.
_SHORE = 12.0

#: Width to height of the picture on a small screen, a phone held upright.
_SMALL_ASPECT = 0.82

#: Names take so much of a small picture that its islands need not be fitted as closely.
_SMALL_CELLS = 44


@dataclass(frozen=True)
class Small:
    """Where an island stands on a small screen: how far all of it moves, and the place of its title."""

    shift: Place
    title: Place


@dataclass(frozen=True)
class Group:
    """An island: its theme ("" for entities without one), where its title stands, who is in it, how they hang together.

    ``tree`` joins the members by the shortest lines: drawn thick, they are the island's ground. ``small`` is its place
    on a small screen, where names take more of the picture.
    """

    theme: str
    title: Place
    members: tuple[str, ...]
    tree: tuple[tuple[str, str], ...]
    small: Small


@dataclass(frozen=True)
class Layout:
    """Entity id → (x, y), in pixels at zoom 1 with y downwards, and the islands."""

    places: Mapping[str, Place]
    groups: tuple[Group, ...]


def lay_out(
    graph: nx.Graph[str], titles: Mapping[str, float], small: Mapping[str, tuple[float, float]] | None = None
) -> Layout:
    """Lay out ``graph``; the same graph always gets the same picture, whatever order it was built in.

    Nodes have a ``box`` (width, height of the shape with its label below) and a ``theme`` ("" or absent: found from
    their neighbours). ``titles`` has the width of each theme's name, for which room is kept above its island; ``small``
    has the width and height that it takes on a small screen, in the same units.
    """
    theme_of = _themes(graph)
    members: dict[str, list[str]] = {}
    for node in sorted(theme_of):
        members.setdefault(theme_of[node], []).append(node)
    bare: list[Island] = []
    for theme, inside in sorted(members.items()):
        boxes = np.array([graph.nodes[node]["box"] for node in inside], dtype=float)
        index = {node: place for place, node in enumerate(inside)}
        links = [(index[a], index[b]) for a, b in graph.edges(inside) if a in index and b in index and a != b]
        middles = arrange(boxes, sorted((min(pair), max(pair)) for pair in links))
        bare.append(Island(theme, middles, boxes))
    ties = _ties(graph, theme_of)
    islands = [_with_title(island, titles.get(island.name, 0.0), _TITLE_HEIGHT) for island in bare]
    moves = pack(islands, ties)
    smalls = _smalls(bare, small or {}, ties)
    places: dict[str, Place] = {}
    groups = []
    for island in islands:
        shift = np.array(moves[island.name])
        inside = members[island.name]
        for node, (x, y), (_, height) in zip(inside, island.middles + shift, island.boxes, strict=False):
            places[node] = (round(float(x), 1), round(float(y - height / 2 + GLYPH_HEIGHT / 2), 1))
        move, title = smalls[island.name]
        groups.append(
            Group(
                island.name,
                _place(island.middles[-1] + shift),
                tuple(inside),
                spanning_tree(inside, places),
                Small(_place(move - shift), title),
            )
        )
    return Layout(places, tuple(groups))


def _place(point: Points) -> Place:
    return round(float(point[0]), 1), round(float(point[1]), 1)


def _smalls(
    bare: list[Island], titles: Mapping[str, tuple[float, float]], ties: Counter[tuple[str, str]]
) -> dict[str, tuple[Points, Place]]:
    """For a small screen: how far each island moves, and where its title then stands."""
    islands = [_with_title(island, *titles.get(island.name, (0.0, _TITLE_HEIGHT))) for island in bare]
    moves = pack(islands, ties, _SMALL_ASPECT, _SMALL_CELLS)
    found = {}
    for island in islands:
        move = np.array(moves[island.name])
        found[island.name] = (move, _place(island.middles[-1] + move))
    return found


def _themes(graph: nx.Graph[str]) -> dict[str, str]:
    """Each entity's theme; one without takes the theme that most of its neighbours have."""
    theme_of: dict[str, str] = {node: graph.nodes[node].get("theme") or "" for node in graph}
    while True:
        found = {}
        for node in sorted(node for node, theme in theme_of.items() if not theme):
            counts = Counter(theme_of[other] for other in graph[node] if theme_of[other])
            if counts:
                found[node] = min(counts, key=lambda theme: (-counts[theme], theme))
        if not found:
            return theme_of
        theme_of.update(found)


def _ties(graph: nx.Graph[str], theme_of: Mapping[str, str]) -> Counter[tuple[str, str]]:
    ties: Counter[tuple[str, str]] = Counter()
    for a, b in graph.edges():
        if theme_of[a] != theme_of[b]:
            ties[theme_of[a], theme_of[b]] += 1
            ties[theme_of[b], theme_of[a]] += 1
    return ties


def _with_title(island: Island, width: float, height: float) -> Island:
    """The island with one more box, its last: the title, above the highest box that it would stand on."""
    tops = island.middles[:, 1] - island.boxes[:, 1] / 2
    highest = int(np.argmin(tops))
    x = float(island.middles[highest, 0])
    near = np.abs(island.middles[:, 0] - x) < (island.boxes[:, 0] + width) / 2
    y = float(tops[near].min()) - height / 2 - _SHORE
    return Island(
        island.name,
        np.vstack([island.middles, [[x, y]]]),
        np.vstack([island.boxes, [[max(width, 1.0), height]]]),
    )


def spanning_tree(inside: Sequence[str], places: Mapping[str, Place]) -> tuple[tuple[str, str], ...]:
    """The shortest lines that join all members (Prim's minimum spanning tree over the plane)."""
    x, y = np.array([places[node] for node in inside]).T
    nearest = np.zeros(len(inside), dtype=int)
    away = (x - x[0]) ** 2 + (y - y[0]) ** 2
    free = np.arange(len(inside)) > 0
    tree: list[tuple[str, str]] = []
    while len(tree) < len(inside) - 1:
        new = int(np.where(free, away, np.inf).argmin())
        tree.append((inside[int(nearest[new])], inside[new]))
        free[new] = False
        gap = (x - x[new]) ** 2 + (y - y[new]) ** 2
        closer = gap < away
        nearest[closer], away[closer] = new, gap[closer]
    return tuple(tree)

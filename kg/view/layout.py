"""Where each entity stands: themes as islands, each laid out within itself, packed side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np

from kg.view.island import arrange
from kg.view.packing import Island, pack

__all__ = ["Group", "Layout", "lay_out"]

Place = tuple[float, float]

#: The height of a theme's title, and of the part of a box that the shape stands in; the label is below it.
_TITLE_HEIGHT = 24.0
_GLYPH_HEIGHT = 26.0

#: How far an island's ground reaches beyond its boxes.
_SHORE = 12.0


@dataclass(frozen=True)
class Group:
    """An island: its theme ("" for entities without one), where its title stands, who is in it, how they hang together.

    ``tree`` joins the members by the shortest lines: drawn thick, they are the island's ground.
    """

    theme: str
    title: Place
    members: tuple[str, ...]
    tree: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Layout:
    """Entity id → (x, y), in pixels at zoom 1 with y downwards, and the islands."""

    places: Mapping[str, Place]
    groups: tuple[Group, ...]


def lay_out(graph: nx.Graph[str], titles: Mapping[str, float]) -> Layout:
    """Lay out ``graph``; the same graph always gets the same picture, whatever order it was built in.

    Nodes have a ``box`` (width, height of the shape with its label below) and a ``theme`` ("" or absent: found from
    their neighbours). ``titles`` has the width of each theme's name, for which room is kept above its island.
    """
    theme_of = _themes(graph)
    members: dict[str, list[str]] = {}
    for node in sorted(theme_of):
        members.setdefault(theme_of[node], []).append(node)
    islands: list[Island] = []
    for theme, inside in sorted(members.items()):
        boxes = np.array([graph.nodes[node]["box"] for node in inside], dtype=float)
        index = {node: place for place, node in enumerate(inside)}
        links = [(index[a], index[b]) for a, b in graph.edges(inside) if a in index and b in index and a != b]
        middles = arrange(boxes, sorted((min(pair), max(pair)) for pair in links))
        islands.append(_with_title(Island(theme, middles, boxes), titles.get(theme, 0.0)))
    moves = pack(islands, _ties(graph, theme_of))
    places: dict[str, Place] = {}
    groups = []
    for island in islands:
        shift = np.array(moves[island.name])
        inside = members[island.name]
        for node, (x, y), (_, height) in zip(inside, island.middles + shift, island.boxes, strict=False):
            places[node] = (round(float(x), 1), round(float(y - height / 2 + _GLYPH_HEIGHT / 2), 1))
        x, y = island.middles[-1] + shift
        groups.append(
            Group(island.name, (round(float(x), 1), round(float(y), 1)), tuple(inside), _tree(inside, places))
        )
    return Layout(places, tuple(groups))


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


def _with_title(island: Island, width: float) -> Island:
    """The island with one more box, its last: the title, above the highest box that it would stand on."""
    tops = island.middles[:, 1] - island.boxes[:, 1] / 2
    highest = int(np.argmin(tops))
    x = float(island.middles[highest, 0])
    near = np.abs(island.middles[:, 0] - x) < (island.boxes[:, 0] + width) / 2
    y = float(tops[near].min()) - _TITLE_HEIGHT / 2 - _SHORE
    return Island(
        island.name,
        np.vstack([island.middles, [[x, y]]]),
        np.vstack([island.boxes, [[max(width, 1.0), _TITLE_HEIGHT]]]),
    )


def _tree(inside: list[str], places: Mapping[str, Place]) -> tuple[tuple[str, str], ...]:
    """The shortest lines that join all members (Prim's minimum spanning tree over the plane)."""
    points = np.array([places[node] for node in inside])
    nearest = np.zeros(len(inside), dtype=int)
    away = np.hypot(*(points - points[0]).T)
    away[0] = np.inf
    joined = {0}
    tree = []
    while len(joined) < len(inside):
        new = int(np.argmin(away))
        tree.append((inside[int(nearest[new])], inside[new]))
        joined.add(new)
        gap = np.hypot(*(points - points[new]).T)
        closer = gap < away
        nearest[closer], away[closer] = new, gap[closer]
        away[list(joined)] = np.inf
    return tuple(tree)

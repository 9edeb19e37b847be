"""A layout that grows: what comes finds a free place beside what it belongs to, and nothing else moves."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import count

import networkx as nx
import numpy as np

from kg.view.layout import GLYPH_HEIGHT, Group, Layout, Place, Small, spanning_tree

__all__ = ["moved", "only", "with_more"]

#: Room between a new box and all others, and how far apart the places are that are tried for it, in layout units.
_GAP = 10.0
_STEP = 26.0

#: How far a title may stand from the highest entity of its island, and where it stands above one.
_NEAR, _TITLE_ABOVE = 140.0, 38.0

_GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))


def with_more(layout: Layout, graph: nx.Graph[str], added: Mapping[str, str]) -> Layout:
    """The layout with each of ``added`` (id → beside whom, "" for beside its neighbours) in a free place.

    They are placed in their order, each on the island of what it stands beside. ``graph`` has the ``box`` of every
    node, as for :func:`kg.view.layout.lay_out`; what it does not know is left out.
    """
    places = dict(layout.places)
    boxes = {node: _box(places[node], graph.nodes[node]["box"]) for node in places if node in graph}
    home = {member: place for place, group in enumerate(layout.groups) for member in group.members}
    joined: dict[int, list[str]] = {}
    alone: list[str] = []
    for node, wish in added.items():
        if node not in graph or node in places:
            continue
        near = [wish] if wish in places else sorted(other for other in graph[node] if other in places)
        middle = _middle([places[one] for one in near] or list(places.values()))
        places[node], boxes[node] = _free(middle, graph.nodes[node]["box"], list(boxes.values()))
        island = next((home[one] for one in near if one in home), None)
        if island is None:
            alone.append(node)
        else:
            home[node] = island
            joined.setdefault(island, []).append(node)
    groups = [
        _grown(group, (*group.members, *joined.get(place, ())), places) for place, group in enumerate(layout.groups)
    ]
    if alone:
        # Their own island, which small screens leave where it is.
        groups.append(
            Group("", places[alone[0]], tuple(alone), spanning_tree(alone, places), Small((0.0, 0.0), places[alone[0]]))
        )
    return Layout(places, tuple(groups))


def moved(layout: Layout, pinned: Mapping[str, Place]) -> Layout:
    """The layout with some nodes where the reader put them: they leave their island, which closes behind them."""
    known = {node: (float(x), float(y)) for node, (x, y) in pinned.items() if node in layout.places}
    if not known:
        return layout
    places = {**layout.places, **known}
    groups = [_grown(group, tuple(one for one in group.members if one not in known), places) for group in layout.groups]
    loose = []
    for group in layout.groups:
        for node in group.members:
            if node in known:
                shift = replace(group.small, title=known[node])
                loose.append(Group("", known[node], (node,), (), shift))
    return Layout(places, tuple(group for group in (*groups, *loose) if group.members))


def only(layout: Layout, shown: Collection[str]) -> Layout:
    """The same places for those that are ``shown``; an island without any is gone."""
    places = {node: place for node, place in layout.places.items() if node in shown}
    if len(places) == len(layout.places):
        return layout
    groups = [_grown(group, tuple(one for one in group.members if one in places), places) for group in layout.groups]
    return Layout(places, tuple(group for group in groups if group.members))


def _grown(group: Group, members: tuple[str, ...], places: Mapping[str, Place]) -> Group:
    if members == group.members or not members:
        return replace(group, members=members)
    found = replace(group, members=members, tree=spanning_tree(members, places))
    y, x = min((places[node][1], places[node][0]) for node in members)
    if abs(group.title[0] - x) < _NEAR and abs(group.title[1] - y) < _NEAR:
        return found
    # The title would stand far from all that is left: it comes to the highest of them.
    right, down = group.small.shift
    small = Small(group.small.shift, (x + right, y + down - 2 * _TITLE_ABOVE))
    return replace(found, title=(x, y - _TITLE_ABOVE), small=small)


#: Left, top, right, bottom.
_Box = tuple[float, float, float, float]


def _box(place: Place, size: tuple[float, float]) -> _Box:
    """The ground that a node at ``place`` takes with its name below."""
    (x, y), (width, height) = place, size
    return x - width / 2, y - GLYPH_HEIGHT / 2, x + width / 2, y - GLYPH_HEIGHT / 2 + height


def _middle(places: list[Place]) -> Place:
    if not places:
        return 0.0, 0.0
    points = np.array(places)
    return float(points[:, 0].mean()), float(points[:, 1].mean())


def _free(middle: Place, size: tuple[float, float], taken: list[_Box]) -> tuple[Place, _Box]:
    """The first place on a spiral around ``middle`` where a box of this size touches no other."""
    walls = np.array(taken).reshape(-1, 4) + np.array([-_GAP, -_GAP, _GAP, _GAP])
    for turn in count():
        far, angle = _STEP * np.sqrt(turn), turn * _GOLDEN_ANGLE
        # A picture is read in lines: wider than it is high.
        place = round(middle[0] + 1.3 * far * np.cos(angle), 1), round(middle[1] + far * np.sin(angle), 1)
        left, top, right, bottom = box = _box(place, size)
        beside = (walls[:, 2] <= left) | (walls[:, 0] >= right) | (walls[:, 3] <= top) | (walls[:, 1] >= bottom)
        if beside.all():
            return place, box
    raise AssertionError("a spiral has no end")

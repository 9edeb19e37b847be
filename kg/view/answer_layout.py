"""Where the things of an answer stand: on a page in a picture twice as wide as it is high, on a phone in a high one."""

from __future__ import annotations

from typing import NamedTuple

import networkx as nx
import numpy as np

from kg.view.island import arrange
from kg.view.layout import GLYPH_HEIGHT, Group, Layout, Place, Small, spanning_tree
from kg.view.network import Network, dot_of
from kg.view.packing import Island, pack

__all__ = ["chief", "lay_out_wide"]

#: Names take so much of a picture that its islands need not be fitted closely.
_CELLS = 44


#: Where there are more things than this, so many of them are the chief ones.
_MANY, _CHIEF = 24, 8

#: On a phone names have room at the chief things only, and more of it, for they stay as large as ever.
_LARGER, _BARE = 1.5, (46.0, 44.0)


class _Form(NamedTuple):
    """Width to height of the whole, and how much flatter than one of the explore page each of its islands is."""

    aspect: float
    flatter: float
    bare: bool = False


#: On a wide page, and on a phone held upright.
_WIDE, _SMALL = _Form(1.85, 1.5), _Form(0.76, 0.55, bare=True)


def chief(network: Network[str]) -> set[str]:
    """The things of a large network that most relations meet at: they are named first, however small it is shown."""
    if len(network) <= _MANY:
        return set()
    return set(sorted(network, key=lambda node: (-network.degree(node), node))[:_CHIEF])


def lay_out_wide(network: Network[str], *, for_file: bool = False) -> Layout:
    """The layout of ``network``, the parts that hang together side by side; the same one always gets the same picture.

    Unlike on the explore page, the lines of a hub count: often they are the whole answer, and all is near its hub. And
    on a phone everything has a place of its own, for which each is a group by itself. In a file, which is no phone, the
    parts are the groups.
    """
    flat: nx.Graph[str] = nx.Graph(network)
    parts = sorted((sorted(part) for part in nx.connected_components(flat)), key=lambda part: (-len(part), part))
    places = _packed(parts, flat, network, _WIDE)
    if for_file:
        still = Small((0.0, 0.0), (0.0, 0.0))
        whole = (Group("", (0.0, 0.0), tuple(part), spanning_tree(part, places), still) for part in parts)
        return Layout(places, tuple(whole))
    smalls = _packed(parts, flat, network, _SMALL)
    groups = []
    for node, (x, y) in places.items():
        right, down = smalls[node]
        small = Small((round(right - x, 1), round(down - y, 1)), (0.0, 0.0))
        groups.append(Group("", (0.0, 0.0), (node,), (), small))
    return Layout(places, tuple(groups))


def _packed(parts: list[list[str]], flat: nx.Graph[str], network: Network[str], form: _Form) -> dict[str, Place]:
    """The place of everything in a picture of some form."""
    islands = [_island(str(place), part, flat, network, form) for place, part in enumerate(parts)]
    moves = pack(islands, {}, form.aspect, _CELLS)
    places: dict[str, Place] = {}
    for part, island in zip(parts, islands, strict=True):
        for node, (x, y), (_, height) in zip(
            part, island.middles + np.array(moves[island.name]), island.boxes, strict=True
        ):
            places[node] = (round(float(x), 1), round(float(y - height / 2 + GLYPH_HEIGHT / 2), 1))
    return places


def _island(name: str, part: list[str], flat: nx.Graph[str], network: Network[str], form: _Form) -> Island:
    boxes = np.array([dot_of(network, node).box for node in part], dtype=float)
    if form.bare and (named := chief(network)):
        known = np.array([node in named for node in part])[:, None]
        boxes = np.where(known, boxes * _LARGER, np.array(_BARE))
    index = {node: place for place, node in enumerate(part)}
    links = sorted({(min(pair), max(pair)) for a, b in flat.edges(part) for pair in [(index[a], index[b])] if a != b})
    # Things that are arranged as if they were higher stand in fewer, longer rows.
    taller = np.array([1.0, form.flatter])
    return Island(name, np.asarray(arrange(boxes * taller, links) / taller), boxes)

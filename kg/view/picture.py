"""A networkx graph with its layout as what vis-network draws: nodes, edges and options as pyvis makes them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from pyvis.network import Network as VisNetwork

from kg.model.text import Lang
from kg.model.vocabulary import Vocabulary
from kg.view.labels import width_of, wrap
from kg.view.layout import Group, Layout, lay_out
from kg.view.look import LOOKS
from kg.view.network import Dot, Line, Network, dot_of, is_hub, plane
from kg.view.shapes import SHAPES, TINT

__all__ = ["Picture", "arrange", "draw", "rooms"]

#: Left, top, right, bottom.
Bounds = tuple[float, float, float, float]

#: Physics off: positions are ours. The canvas has its own keys and buttons.
_OPTIONS: dict[str, Any] = {
    "autoResize": False,
    "physics": {"enabled": False},
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 350,
        "keyboard": {"enabled": False},
    },
    "nodes": {"borderWidth": 0, "chosen": False},
    "edges": {"smooth": {"enabled": True, "type": "curvedCW", "roundness": 0.1}, "hoverWidth": 0.6, "chosen": False},
}

#: On a small screen a theme's name stands in short lines, and takes this much more of the picture.
_TITLE_WIDTH, _TITLE_LINE = 96.0, 15.0
_SMALL = 4.0

#: The forms that a name may take, tried in this order: widest line and most lines.
_FORMS = ((106.0, 2), (170.0, 1), (76.0, 3))

#: From so many relations on lines are straight: curves would make moving the picture slow.
_STRAIGHT_FROM = 500


@dataclass(frozen=True)
class Picture:
    """What a canvas draws. ``groups`` are the islands, ``bounds`` the corners of the whole with its names.

    ``small`` are the corners on a small screen.
    """

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    options: dict[str, Any]
    groups: list[dict[str, Any]]
    bounds: Bounds
    small: Bounds

    def data(self, vocabulary: Vocabulary) -> dict[str, Any]:
        """The picture as JSON-ready data, with the outlines and colours that it is drawn with."""
        return {
            "nodes": self.nodes,
            "edges": self.edges,
            "options": self.options,
            "groups": self.groups,
            "bounds": self.bounds,
            "smallBounds": self.small,
            "shapes": SHAPES,
            "tint": TINT,
            "colours": {type_.id: type_.colour.model_dump() for type_ in vocabulary.types},
            "look": {name: look._asdict() for name, look in LOOKS.items()},
        }


def arrange(network: Network[str], vocabulary: Vocabulary) -> Layout:
    """The layout of ``network``, the same in both languages: room is kept for the longer name."""
    return lay_out(plane(network), *rooms(vocabulary))


def rooms(vocabulary: Vocabulary) -> tuple[dict[str, float], dict[str, tuple[float, float]]]:
    """The room that each theme's title takes: its width, and on a small screen its width and height."""
    titles = {theme.id: max(width_of(words) * 1.1 for _, words in theme.name.items()) for theme in vocabulary.themes}
    small = {}
    for theme in vocabulary.themes:
        lines = [_title_lines(words) for _, words in theme.name.items()]
        width = max(width_of(line) * 1.1 for name in lines for line in name)
        small[theme.id] = (width * _SMALL, max(map(len, lines)) * _TITLE_LINE * _SMALL)
    return titles, small


def _title_lines(name: str) -> tuple[str, ...]:
    return wrap(name, _TITLE_WIDTH, 3)


def draw(network: Network[str], layout: Layout, vocabulary: Vocabulary, lang: Lang) -> Picture:
    """The picture in ``lang``."""
    shapes = {type_.id: type_.shape for type_ in vocabulary.types}
    vis = VisNetwork(height="100vh", width="100%", directed=True, cdn_resources="in_line")
    vis.set_options(json.dumps(_options(network)))
    for node in _by_rank(network):
        dot = dot_of(network, node)
        look = {"label": " ", "title": dot.ref.name.say(lang), "shape": "custom", "glyph": shapes[dot.ref.type]}
        vis.add_node(node, **_node(dot, network.degree(node), layout, lang), **look)
    lines: list[Line] = [data["line"] for *_, data in network.edges(data=True)]
    for line in sorted(lines, key=lambda line: line.statement):
        vis.add_edge(line.subject, line.object, **_edge(network, line, lang), title=line.name.say(lang))
    nodes, edges, *_, options = vis.get_network_data()
    return Picture(
        nodes,
        edges,
        json.loads(options),
        _groups(layout, vocabulary, lang),
        _bounds(network, layout),
        _small_bounds(layout),
    )


def _options(network: Network[str]) -> dict[str, Any]:
    if network.number_of_edges() < _STRAIGHT_FROM:
        return _OPTIONS
    return {**_OPTIONS, "edges": {**_OPTIONS["edges"], "smooth": False}}


def _by_rank(network: Network[str]) -> list[str]:
    """The entities in the order in which their names get their places: starting points first, then by relations."""
    return sorted(network, key=lambda node: (not dot_of(network, node).featured, -network.degree(node), node))


def _node(dot: Dot, degree: int, layout: Layout, lang: Lang) -> dict[str, Any]:
    x, y = layout.places[dot.ref.id]
    return {
        "name": dot.ref.name.say(lang),
        "forms": _forms(dot.ref.label.say(lang)),
        "kind": dot.ref.type,
        "stage": dot.stage,
        "rank": int(dot.featured or degree >= 8),
        "box": dot.box,
        "size": round(min(15.0, 8.5 + degree**0.5 * 1.3 + 2 * dot.featured), 1),
        "x": x,
        "y": y,
    }


def _forms(label: str) -> list[tuple[str, ...]]:
    """The name in lines, in the ways in which it may stand; the first is the usual one, no other cuts it short."""
    usual, *others = (wrap(label, width, lines) for width, lines in _FORMS)
    return list(dict.fromkeys([usual, *(form for form in others if not form[-1].endswith("…"))]))


def _edge(network: Network[str], line: Line, lang: Lang) -> dict[str, Any]:
    name = line.name.say(lang)
    return {
        "id": line.statement,
        "name": name,
        "width": 1,
        "dashes": [5, 4] if line.planned else False,
        "faint": is_hub(network, line.subject) or is_hub(network, line.object),
    }


def _groups(layout: Layout, vocabulary: Vocabulary, lang: Lang) -> list[dict[str, Any]]:
    names = {theme.id: theme.name.say(lang) for theme in vocabulary.themes}
    return [
        {
            **asdict(group),
            "name": names.get(group.theme, ""),
            "lines": _title_lines(names.get(group.theme, "")),
        }
        for group in layout.groups
    ]


def _small_bounds(layout: Layout) -> Bounds:
    """Left, top, right and bottom of all shapes and titles on a small screen."""
    edges = [(0.0, 0.0, 0.0, 0.0)] if not layout.places else []
    for group in layout.groups:
        edges.extend(_small_edges(group, layout))
    left, top, right, bottom = zip(*edges, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _small_edges(group: Group, layout: Layout) -> list[Bounds]:
    (right, down), (x, y) = group.small.shift, group.small.title
    moved = [(layout.places[node][0] + right, layout.places[node][1] + down) for node in group.members]
    shapes = [(a - 40, b - 24, a + 40, b + 40) for a, b in moved]
    half = _TITLE_LINE * _SMALL
    return [*shapes, (x, y - half, x, y + half)] if group.theme else shapes


def _bounds(network: Network[str], layout: Layout) -> Bounds:
    """Left, top, right and bottom of all shapes with their names and of the titles."""
    edges = [(0.0, 0.0, 0.0, 0.0)] if not layout.places else []
    for node in network:
        dot = dot_of(network, node)
        (x, y), (width, height) = layout.places[node], dot.box
        edges.append((x - width / 2, y - 20, x + width / 2, y + height - 6))
    edges.extend((x - 40, y - 14, x + 40, y + 14) for group in layout.groups for x, y in [group.title] if group.theme)
    left, top, right, bottom = zip(*edges, strict=True)
    return min(left), min(top), max(right), max(bottom)

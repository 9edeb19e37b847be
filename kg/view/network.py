"""The knowledge that a picture shows, as a networkx graph with what the picture needs of each entity and relation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

from kg.model.text import Text
from kg.model.vocabulary import Stage
from kg.query.overview import Overview
from kg.query.rows import EntityRef
from kg.view.labels import LINE_HEIGHT, width_of, wrap
from kg.view.terms import Terms

__all__ = ["Dot", "Line", "Network", "dot_of", "is_hub", "make_network", "network_of", "plane"]

#: Nodes are entity ids with the attribute ``dot``, edges are keyed by statement with the attribute ``line``.
Network = nx.MultiDiGraph

#: A node with more relations is a hub ("Beijing"): its lines are drawn faintly until it is in focus.
_HUB = 24

#: Room around a label, and the least size of a box.
_GAP = 12.0
_LEAST_WIDTH = 44.0
_GLYPH_HEIGHT = 30.0


@dataclass(frozen=True, slots=True)
class Dot:
    """An entity in a picture; ``stage`` is that of its newest status, *achieved* where no source gives one."""

    ref: EntityRef
    themes: tuple[str, ...] = ()
    stage: Stage = "achieved"
    featured: bool = False

    @property
    def box(self) -> tuple[float, float]:
        """Width and height of the shape with its name, in the language that needs more: one layout serves both."""
        lines = [wrap(words) for _, words in self.ref.label.items()]
        width = max(width_of(line) for name in lines for line in name)
        return max(_LEAST_WIDTH, width + _GAP), _GLYPH_HEIGHT + LINE_HEIGHT * max(map(len, lines)) + _GAP / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A relation in a picture; ``name`` reads from ``subject`` to ``object``. A planned one is no fact."""

    statement: str
    subject: str
    object: str
    name: Text
    planned: bool = False


def make_network(dots: Iterable[Dot], lines: Iterable[Line]) -> Network[str]:
    """The graph of these entities and of the relations between them; a relation to anything else is left out."""
    network: Network[str] = nx.MultiDiGraph()
    for dot in dots:
        network.add_node(dot.ref.id, dot=dot)
    for line in lines:
        if line.subject in network and line.object in network:
            network.add_edge(line.subject, line.object, key=line.statement, line=line)
    return network


def dot_of(network: Network[str], node: str) -> Dot:
    """The entity at a node."""
    dot: Dot = network.nodes[node]["dot"]
    return dot


def is_hub(network: Network[str], node: str) -> bool:
    """Whether so many relations meet at a node that drawing them all would hide the rest."""
    return bool(network.degree(node) > _HUB)


def plane(network: Network[str]) -> nx.Graph[str]:
    """What the layout needs to know: boxes, themes and who is joined to whom.

    Of several themes an entity stands under the one that fewest others have. Nothing is drawn towards a hub.
    """
    flat: nx.Graph[str] = nx.Graph()
    common = Counter(theme for node in network for theme in dot_of(network, node).themes)
    for node in network:
        dot = dot_of(network, node)
        flat.add_node(node, box=dot.box, theme=min(dot.themes, key=lambda theme: (common[theme], theme), default=""))
    hubs = {node for node in network if is_hub(network, node)}
    flat.add_edges_from((one, other) for one, other in network.edges() if one != other and not {one, other} & hubs)
    return flat


def network_of(shown: Overview, terms: Terms) -> Network[str]:
    """The network of an overview, with the names and stages that the vocabulary gives."""
    dots = (Dot(one.entity, one.themes, terms.stage(one.status), one.featured) for one in shown.entities)
    lines = (
        Line(one.statements[0], one.subject, one.object, terms.relation(one.relation, planned=one.planned), one.planned)
        for one in shown.relations
    )
    return make_network(dots, lines)

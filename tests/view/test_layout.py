"""The layout: the same from run to run, nothing on top of anything."""

from __future__ import annotations

import itertools
import random

import networkx as nx
import pytest

from kg.view.layout import Layout, lay_out

TITLES = {f"theme-{number}": 80.0 for number in range(8)}


def graph_of(count: int, seed: int = 1) -> nx.Graph[str]:
    chance = random.Random(seed)  # noqa: S311 (a sample, not a secret)
    graph: nx.Graph[str] = nx.Graph()
    names = [f"entity-{number:04}" for number in range(count)]
    for name in names:
        theme = f"theme-{chance.randrange(8)}" if chance.random() < 0.85 else ""
        graph.add_node(name, theme=theme, box=(chance.choice([50, 70, 106]), chance.choice([45, 60])))
    graph.add_edges_from((chance.choice(names), chance.choice(names)) for _ in range(count))
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    return graph


def boxes(graph: nx.Graph[str], layout: Layout) -> list[tuple[float, float, float, float]]:
    """Left, top, right, bottom of each label's box; shapes stand 13 above the box's own height."""
    found = []
    for node, (x, y) in layout.places.items():
        width, height = graph.nodes[node]["box"]
        found.append((x - width / 2, y - 13, x + width / 2, y - 13 + height))
    return found


@pytest.mark.parametrize("count", [1, 2, 5, 60, 200])
def test_no_two_names_share_a_place(count: int) -> None:
    graph = graph_of(count)
    for one, other in itertools.combinations(boxes(graph, lay_out(graph, TITLES)), 2):
        apart = (
            one[2] <= other[0] + 0.5 or other[2] <= one[0] + 0.5 or one[3] <= other[1] + 0.5 or other[3] <= one[1] + 0.5
        )
        assert apart, (one, other)


def test_the_layout_does_not_depend_on_the_order_of_building() -> None:
    graph = graph_of(80)
    other: nx.Graph[str] = nx.Graph()
    other.add_nodes_from(reversed(list(graph.nodes(data=True))))
    other.add_edges_from((second, first) for first, second in reversed(list(graph.edges)))
    assert lay_out(other, TITLES) == lay_out(graph, TITLES)


def test_islands_do_not_share_ground() -> None:
    graph = graph_of(120)
    layout = lay_out(graph, TITLES)
    home = {node: group.theme for group in layout.groups for node in group.members}
    named = list(zip(layout.places, boxes(graph, layout), strict=True))
    for (one, a), (other, b) in itertools.combinations(named, 2):
        if home[one] != home[other]:
            assert a[2] + 8 < b[0] or b[2] + 8 < a[0] or a[3] + 8 < b[1] or b[3] + 8 < a[1]


def test_an_entity_without_a_theme_goes_where_its_neighbours_are() -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node("chain", theme="theme-1", box=(50, 45))
    graph.add_node("person", theme="", box=(50, 45))
    graph.add_node("nobody", theme="", box=(50, 45))
    graph.add_edge("chain", "person")
    groups = {group.theme: group.members for group in lay_out(graph, TITLES).groups}
    assert groups == {"theme-1": ("chain", "person"), "": ("nobody",)}


def test_each_island_hangs_together() -> None:
    for group in lay_out(graph_of(60), TITLES).groups:
        tree: nx.Graph[str] = nx.Graph(group.tree)
        tree.add_nodes_from(group.members)
        assert nx.is_tree(tree)


def test_on_a_small_screen_each_title_has_a_place_of_its_own() -> None:
    graph = graph_of(60)
    layout = lay_out(graph, TITLES, dict.fromkeys(TITLES, (300.0, 120.0)))
    titles = []
    shapes = []
    for group in layout.groups:
        (right, down), (x, y) = group.small.shift, group.small.title
        if group.theme:
            titles.append((x - 150, y - 60, x + 150, y + 60))
        shapes.extend((layout.places[node][0] + right, layout.places[node][1] + down) for node in group.members)
    assert not [(box, at) for box in titles for at in shapes if box[0] < at[0] < box[2] and box[1] < at[1] < box[3]]
    for one, other in itertools.combinations(titles, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_nothing_to_lay_out_is_an_empty_layout() -> None:
    empty = lay_out(nx.Graph(), TITLES)
    assert (dict(empty.places), empty.groups) == ({}, ())

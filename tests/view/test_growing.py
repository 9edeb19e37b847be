"""A layout that grows: what stands stays, what comes finds room."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.view.growing import moved, only, with_more
from kg.view.layout import GLYPH_HEIGHT, Layout, lay_out

SIZE = (80.0, 60.0)


def graph_of(*nodes: str, theme: str = "ai") -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    for node in nodes:
        graph.add_node(node, box=SIZE, theme=theme)
    return graph


def overlaps(layout: Layout) -> int:
    boxes = [(x, y - GLYPH_HEIGHT / 2) for x, y in layout.places.values()]
    return sum(
        abs(a[0] - b[0]) < SIZE[0] and abs(a[1] - b[1]) < SIZE[1] for i, a in enumerate(boxes) for b in boxes[:i]
    )


@pytest.fixture
def four() -> Layout:
    return lay_out(graph_of(*"abcd"), {})


@given(st.integers(1, 40), st.sampled_from(["", "a", "e"]))
def test_what_comes_lies_on_nothing_and_moves_nothing(count: int, beside: str) -> None:
    base = lay_out(graph_of(*"abcd"), {})
    new = [f"new{place}" for place in range(count)]
    grown = with_more(base, graph_of(*"abcd", *new), dict.fromkeys(new, beside))
    assert {node: grown.places[node] for node in "abcd"} == dict(base.places)
    assert set(grown.places) == {*"abcd", *new}
    assert overlaps(grown) == 0


def test_what_comes_stands_on_the_island_of_what_it_belongs_to(four: Layout) -> None:
    grown = with_more(four, graph_of(*"abcde"), {"e": "a"})
    (group,) = grown.groups
    assert set(group.members) == set("abcde")
    assert {one for pair in group.tree for one in pair} == set("abcde")


def test_what_comes_for_nobody_stands_beside_its_neighbours(four: Layout) -> None:
    graph = graph_of(*"abcde")
    graph.add_edge("e", "d")
    grown = with_more(four, graph, {"e": ""})
    (x, y), (a, b) = grown.places["e"], grown.places["d"]
    assert abs(x - a) + abs(y - b) < 3 * sum(SIZE)


def test_who_knows_nobody_has_an_island_of_its_own(four: Layout) -> None:
    grown = with_more(four, graph_of(*"abcde"), {"e": ""})
    assert [group.members for group in grown.groups][-1] == ("e",)


def test_an_empty_picture_can_grow() -> None:
    grown = with_more(lay_out(nx.Graph(), {}), graph_of("a", "b"), {"a": "", "b": "a"})
    assert set(grown.places) == {"a", "b"}
    assert overlaps(grown) == 0


def test_an_id_that_the_graph_does_not_know_gets_no_place(four: Layout) -> None:
    assert with_more(four, graph_of(*"abcd"), {"nobody": "a"}) == four


def test_what_the_reader_moved_is_where_it_was_put(four: Layout) -> None:
    found = moved(four, {"a": (900, -40), "nobody": (1, 1)})
    assert found.places["a"] == (900.0, -40.0)
    assert {node: found.places[node] for node in "bcd"} == {node: four.places[node] for node in "bcd"}


def test_what_was_moved_leaves_its_island(four: Layout) -> None:
    found = moved(four, {"a": (900, -40)})
    assert sorted(group.members for group in found.groups) == [("a",), ("b", "c", "d")]


def test_what_is_left_of_an_island_keeps_its_place(four: Layout) -> None:
    found = only(four, {"b", "d"})
    assert found.places == {node: four.places[node] for node in "bd"}
    assert [group.members for group in found.groups] == [("b", "d")]


def test_an_island_without_anybody_is_gone(four: Layout) -> None:
    assert only(four, set()).groups == ()


def test_a_title_stays_near_what_is_left_of_its_island() -> None:
    names = [f"n{place}" for place in range(60)]
    layout = lay_out(graph_of(*names), {"ai": 90.0})
    lowest = max(names, key=lambda name: layout.places[name][1])
    (group,) = only(layout, {lowest}).groups
    (x, y), (a, b) = layout.places[lowest], group.title
    assert abs(x - a) < 150
    assert 0 < y - b < 150

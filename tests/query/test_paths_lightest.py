"""The lightest ways in a graph at hand: the same as when all ways are weighed, hubs come late, and it ends."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.query import routes
from kg.query.routes import PLANNED_STEP, STEP, hub_weight, lightest

Links = dict[str, dict[str, int]]
Route = tuple[str, ...]


def links_of(edges: dict[str, int]) -> Links:
    """The links in both directions, of pairs of names with a space between."""
    found: Links = {}
    for pair, weight in edges.items():
        one, other = pair.split()
        found.setdefault(one, {})[other] = weight
        found.setdefault(other, {})[one] = weight
    return found


def hubs_of(links: Links) -> dict[str, int]:
    return {name: hub_weight(len(near)) for name, near in links.items()}


def star(hub: str, leaves: int) -> dict[str, int]:
    return {f"{hub} {hub}-{leaf}": STEP for leaf in range(leaves)}


def weight_of(route: Route, links: Links, hubs: dict[str, int]) -> int:
    return sum(links[here][there] for here, there in pairwise(route)) + sum(hubs[inner] for inner in route[1:-1])


def weighed(links: Links, start: str, end: str, longest: int) -> list[Route]:
    """Every way there is, in the order that is promised."""
    graph: nx.Graph[str] = nx.Graph([(one, other) for one, near in links.items() for other in near])
    found = [tuple(route) for route in nx.all_simple_paths(graph, start, end, cutoff=longest)]
    shortest = min((len(route) for route in found), default=0)
    hubs = hubs_of(links)
    return sorted(found, key=lambda one: (max(len(one), shortest + 1), weight_of(one, links, hubs), len(one), one))


names = st.sampled_from("abcdefgh")
pairs = st.tuples(names, names).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: " ".join(sorted(pair)))
graphs = st.dictionaries(pairs, st.sampled_from([STEP, PLANNED_STEP]), min_size=1, max_size=20).map(links_of)


@given(graphs, st.integers(1, 6), st.integers(1, 7))
def test_the_ways_are_those_that_weighing_all_of_them_gives(links: Links, ways: int, longest: int) -> None:
    start, end = min(links), max(links)
    assert lightest(links, hubs_of(links), start, end, ways, longest) == weighed(links, start, end, longest)[:ways]


def test_of_two_ways_of_one_length_the_one_without_a_hub_comes_first() -> None:
    links = links_of({"a hub": STEP, "hub z": STEP, "a plain": STEP, "plain z": STEP, **star("hub", 30)})
    assert lightest(links, hubs_of(links), "a", "z", 2, 6) == [("a", "plain", "z"), ("a", "hub", "z")]


def test_a_way_one_step_longer_comes_before_one_through_a_hub() -> None:
    links = links_of({"a hub": STEP, "hub z": STEP, "a b": STEP, "b y": STEP, "y z": STEP, **star("hub", 100)})
    assert lightest(links, hubs_of(links), "a", "z", 2, 6) == [("a", "b", "y", "z"), ("a", "hub", "z")]


def test_a_way_two_steps_longer_comes_after_one_through_a_hub() -> None:
    edges = {"a hub": STEP, "hub z": STEP, "a b": STEP, "b c": STEP, "c y": STEP, "y z": STEP}
    links = links_of({**edges, **star("hub", 100)})
    assert lightest(links, hubs_of(links), "a", "z", 2, 6) == [("a", "hub", "z"), ("a", "b", "c", "y", "z")]


def test_a_few_more_relations_do_not_make_a_hub() -> None:
    links = links_of({"a m": STEP, "m z": STEP, "a b": STEP, "b y": STEP, "y z": STEP, **star("m", 5)})
    assert lightest(links, hubs_of(links), "a", "z", 1, 6) == [("a", "m", "z")]


def test_how_many_relations_the_ends_have_does_not_matter() -> None:
    links = links_of({"a z": STEP, "a b": STEP, "b z": STEP, **star("a", 200), **star("z", 200)})
    assert lightest(links, hubs_of(links), "a", "z", 2, 6) == [("a", "z"), ("a", "b", "z")]


def test_a_planned_step_weighs_more_than_one_that_holds() -> None:
    links = links_of({"a b": PLANNED_STEP, "b z": STEP, "a c": STEP, "c z": STEP})
    assert lightest(links, hubs_of(links), "a", "z", 2, 6) == [("a", "c", "z"), ("a", "b", "z")]


def test_a_search_gives_up_with_the_lightest_that_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "MOST_TRIED", 300)
    ring = "abcdefghij"
    links = links_of({f"{one} {other}": STEP for one in ring for other in ring if one < other})
    everything = weighed(links, "a", "j", 5)
    found = lightest(links, hubs_of(links), "a", "j", len(everything), 5)
    assert found[:65] == everything[:65]
    assert len(found) < len(everything)

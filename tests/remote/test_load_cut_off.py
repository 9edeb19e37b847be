"""A load that was cut off at any act goes on where it stopped, and nobody takes a part of it for the whole."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from kg.graph.build import Rdf
from kg.graph.names import GRAPH_DATASET, GRAPH_LOADING
from tests.remote.inside import Inside, wanted


@pytest.fixture(autouse=True)
def small_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some three windows for the sample."""
    monkeypatch.setattr("kg.export.to_store._WINDOW", 90_000)


@pytest.fixture(scope="module")
def whole(twice_rdf: Rdf) -> set[str]:
    return wanted(twice_rdf)


@pytest.fixture(scope="module")
def before(sample_rdf: Rdf) -> set[str]:
    return wanted(sample_rdf)


def stopped(*holds: Rdf, load: Rdf, anew: bool = False) -> Iterator[tuple[str, Inside]]:
    """The same load, cut off before and after each of its acts, each time in a store of its own."""
    for act in itertools.count(1):
        for done in (False, True):
            store = Inside(*holds)
            if not store.load_until(act, load, done=done, anew=anew):
                return
            yield f"{'after' if done else 'before'} act {act}", store


def test_a_load_puts_all_graphs_and_their_merge(twice_rdf: Rdf, whole: set[str]) -> None:
    store = Inside()
    assert store.load(twice_rdf) == 0
    assert store.lines() == whole
    held = store.held()
    assert held is not None and held.version == twice_rdf.data_version and held.merged
    assert held.graphs == {quad.graph for quad in twice_rdf.quads}


def test_a_load_cut_off_anywhere_ends_equal_when_it_is_run_again(twice_rdf: Rdf, whole: set[str]) -> None:
    went_on = 0
    for where, store in stopped(load=twice_rdf):
        went_on += store.load(twice_rdf) > 0
        assert store.lines() == whole, where
    assert went_on > 10, "and is not begun anew each time"


def test_a_load_that_was_once_on_its_way_never_begins_from_the_start_again(twice_rdf: Rdf) -> None:
    begun = {}
    for where, store in stopped(load=twice_rdf):
        if store.held() is None:  # else it had just ended
            begun[where] = store.load(twice_rdf)
    once = list(itertools.dropwhile(lambda where: not begun[where], begun))
    assert [where for where in once if not begun[where]] == []


def test_a_load_that_goes_on_sends_no_window_twice(twice_rdf: Rdf) -> None:
    fresh = Inside()
    fresh.load(twice_rdf)
    store = Inside()
    store.load_until(fresh.acts - 2, twice_rdf)
    store.acts = 0
    assert store.load(twice_rdf) == len(twice_rdf.nquads)
    assert store.acts < fresh.acts // 3


def test_a_load_anew_cut_off_anywhere_ends_equal_when_it_is_run_again(twice_rdf: Rdf, whole: set[str]) -> None:
    for where, store in stopped(twice_rdf, load=twice_rdf, anew=True):
        store.load(twice_rdf)
        assert store.lines() == whole, where


def test_a_load_anew_of_half_a_load_cut_off_anywhere_ends_equal_when_it_is_run_again(
    twice_rdf: Rdf, whole: set[str]
) -> None:
    for act in itertools.count(1):
        store = Inside()
        store.load_until(20, twice_rdf)
        if not store.load_until(act, twice_rdf, anew=True):
            break
        store.load(twice_rdf)
        assert store.lines() == whole, f"cut off at act {act}"


def test_other_data_cut_off_anywhere_leaves_nothing_of_it_to_the_first(
    twice_rdf: Rdf, sample_rdf: Rdf, whole: set[str]
) -> None:
    """Half of the one, then some acts of the other, then the one again."""
    for act in itertools.count(1):
        store = Inside()
        store.load_until(20, twice_rdf)
        if not store.load_until(act, sample_rdf):
            break
        store.load(twice_rdf)
        assert store.lines() == whole, f"cut off at act {act}"


def test_what_replaces_other_data_leaves_nothing_of_it(twice_rdf: Rdf, sample_rdf: Rdf, before: set[str]) -> None:
    for where, store in stopped(twice_rdf, load=sample_rdf):
        store.load(sample_rdf)
        assert store.lines() == before, where


def test_anew_begins_from_the_start(twice_rdf: Rdf, whole: set[str]) -> None:
    store = Inside()
    store.load_until(20, twice_rdf)
    assert store.load(twice_rdf, anew=True) == 0
    assert store.lines() == whole


@pytest.mark.parametrize("first", ["nothing", "other data", "the same data"])
def test_after_no_act_does_a_reader_take_a_part_for_the_whole(
    twice_rdf: Rdf, sample_rdf: Rdf, whole: set[str], before: set[str], first: str
) -> None:
    holds = {"nothing": (), "other data": (sample_rdf,), "the same data": (twice_rdf,)}[first]
    store = Inside(*holds)
    known = {twice_rdf.data_version: whole, sample_rdf.data_version: before}
    seen: list[str] = []

    def look() -> None:
        held = store.held()
        if held is not None:
            there = {each for each in store.lines() if f"<{GRAPH_LOADING}>" not in each}
            assert there == known[held.version], f"act {store.acts}: {len(there)} of {len(known[held.version])}"
            assert held.merged
            seen.append(held.version)

    store.after_each = look
    store.load(twice_rdf)
    assert seen[-1:] == [twice_rdf.data_version]


def test_a_description_that_takes_several_acts_is_not_believed_before_the_last(
    twice_rdf: Rdf, whole: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As updates send it, a thousand triples at once: a graph with many sources has more."""
    store = Inside()
    add = store.add

    def add_in_pieces(graph: str, lines: list[bytes]) -> None:
        for start in range(0, len(lines), 40):
            add(graph, lines[start : start + 40])

    monkeypatch.setattr(store, "add", add_in_pieces)
    store.after_each = lambda: store.held() is None or _whole(store, whole)
    store.load(twice_rdf)
    assert store.held() is not None


def _whole(store: Inside, whole: set[str]) -> None:
    there = {each for each in store.lines() if f"<{GRAPH_LOADING}>" not in each}
    described = sum(f"<{GRAPH_DATASET}> ." in each for each in there)
    assert there == whole, f"{described} triples of the description, {len(there)} of {len(whole)} in all"


def test_what_is_not_ours_is_left_alone(twice_rdf: Rdf, sample_rdf: Rdf) -> None:
    store = Inside()
    foreign = ["urn:example:other", "https://w3id.org/beijing-digital-economy-of-others/graph/x", "https://w3id.org/"]
    for graph in foreign:
        store.add(graph, [b"<urn:s> <urn:p> <urn:o> .\n"])
    default = "<urn:s> <urn:p> <urn:default> ."
    store.content.update(f"INSERT DATA {{ {default} }}")
    for rdf in (twice_rdf, sample_rdf, twice_rdf):
        store.load(rdf, anew=True)
    kept = {f"<urn:s> <urn:p> <urn:o> <{graph}> ." for graph in foreign} | {default}
    assert kept <= store.lines()

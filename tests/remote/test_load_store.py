"""Loads of true stores of two makes: what arrives is counted, what was there is gone, and nobody reads a part of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from io import BytesIO
from typing import Any

import pytest

from kg.engine.login import Login
from kg.engine.store import Store
from kg.errors import EngineUnavailable, KgError
from kg.export.loading import Telling, Ways, load_store
from kg.export.store_writers import Writer
from kg.export.to_store import Progress
from kg.graph.build import Rdf, build
from kg.graph.names import (
    GRAPH_DATASET,
    GRAPH_ENTITIES,
    GRAPH_LOADING,
    GRAPH_UNION,
    graph_iri,
)
from kg.model.knowledge import Knowledge
from tests.remote.kit import Connect, Scratch, held_by
from tests.remote.standard import PASSWORD, USER, Standard
from tests.stores import LOGIN

pytestmark = pytest.mark.usefixtures("no_lists")

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
SIZES = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


def sizes(rdf: Rdf) -> Counter[str]:
    return Counter(quad.graph for quad in rdf.quads)


def merged(rdf: Rdf) -> int:
    return len({tuple(quad)[:3] for quad in rdf.quads})


def counted(url: str) -> Counter[str]:
    """The sizes of all graphs of ours that a store has, by itself."""
    with closing(Store(url, Login())) as store:
        rows = store.answer(SIZES).records()
    ours = {row["g"].value: int(row["n"].value) for row in rows}
    return Counter({graph: size for graph, size in ours.items() if "/beijing-digital-economy/graph/" in graph})


class Cut:
    """Ways to a store whose writer calls ``before`` with the number of each act, counted from 1, and its graph."""

    def __init__(self, before: Callable[[int, str], object], ways: Ways = Ways()) -> None:  # noqa: B008 (a tuple)
        self.before = before
        self.ways = ways
        self.acts = 0

    def writer(self, store: Store, login: Login) -> Writer:
        self._writer = self.ways.writer(store, login)
        return self

    def _next(self, graph: str) -> None:
        self.acts += 1
        self.before(self.acts, graph)

    def drop(self, graph: str) -> None:
        self._next(graph)
        self._writer.drop(graph)

    def add(self, graph: str, lines: list[bytes]) -> None:
        self._next(graph)
        self._writer.add(graph, lines)

    def close(self) -> None:
        self._writer.close()


class CutOff(KgError):
    """The process is gone."""


def cut_at_window(number: int) -> Cut:
    """Ways to a store that are cut off before a window is whole: its merge is the last of it."""
    merges: list[int] = []

    def before(act: int, graph: str) -> None:
        if graph == GRAPH_UNION:
            merges.append(act)
        if len(merges) > number:
            raise CutOff

    return Cut(before)


@pytest.mark.parametrize(
    ("way", "auth"),
    [("", ""), ("graph_store", "digest"), ("graph_store", "basic"), ("update", "digest"), ("update", "")],
)
def test_a_store_is_loaded_by_either_protocol(way: str, auth: str, twice_rdf: Rdf) -> None:
    with Standard(auth, guarded=lambda asked: bool(asked.path == "/data" or asked.all("update"))) as store:
        ways = Ways(**{way: getattr(store, way)}) if way else Ways()
        done = load_store(store.url, Login(USER, PASSWORD), BytesIO(twice_rdf.nquads), ways=ways)
        assert done.version == twice_rdf.data_version
        assert Counter(done.graphs) == sizes(twice_rdf) - Counter({GRAPH_DATASET: sizes(twice_rdf)[GRAPH_DATASET]})
        assert sum(map(store.count, sizes(twice_rdf))) == len(twice_rdf.quads)
        assert store.count(GRAPH_UNION) == merged(twice_rdf) < len(twice_rdf.quads)
        assert store.count(GRAPH_LOADING) == 0
        used = {asked.path for asked in store.asked}
        assert used == {"graph_store": {"/query", "/data"}, "update": {"/query", "/update"}, "": {"/query"}}[way]


@pytest.mark.parametrize("way", ["", "graph_store", "update"])
def test_virtuoso_is_loaded_by_either_protocol(scratch: Scratch, connect: Connect, way: str, twice_rdf: Rdf) -> None:
    store = scratch.changed()
    root = store.endpoint.removesuffix("/sparql")
    ways = {
        "": Ways(),
        "graph_store": Ways(graph_store=f"{root}/sparql-graph-crud-auth"),
        "update": Ways(update=f"{root}/sparql-auth"),
    }[way]
    load_store(store.endpoint, LOGIN, BytesIO(twice_rdf.nquads), ways=ways, anew=True)
    found = counted(store.endpoint)
    assert {graph: found[graph] for graph in sizes(twice_rdf)} == sizes(twice_rdf)
    assert found[GRAPH_UNION] == merged(twice_rdf)
    assert connect(store).ask(COUNT).records()[0]["n"].value == str(merged(twice_rdf))


def test_virtuoso_cut_off_in_the_middle_goes_on_where_it_stopped(
    scratch: Scratch, connect: Connect, twice_rdf: Rdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.export.to_store._WINDOW", 60_000)
    store = scratch.changed()
    with pytest.raises(CutOff):
        load_store(store.endpoint, LOGIN, BytesIO(twice_rdf.nquads), ways=cut_at_window(3), anew=True)
    assert held_by(store.endpoint) is None
    done = load_store(store.endpoint, LOGIN, BytesIO(twice_rdf.nquads))
    assert 0 < done.begun < len(twice_rdf.nquads)
    found = counted(store.endpoint)
    assert {graph: found[graph] for graph in sizes(twice_rdf)} == sizes(twice_rdf)
    assert found[GRAPH_UNION] == merged(twice_rdf)
    assert GRAPH_LOADING not in found


def test_graphs_that_are_no_more_are_gone_from_virtuoso(scratch: Scratch, twice_rdf: Rdf, generated: Knowledge) -> None:
    other = build(generated)
    store = scratch.hold(other.nquads)
    assert set(sizes(other)) <= set(counted(store.endpoint))
    scratch.hold(twice_rdf.nquads)
    found = counted(store.endpoint)
    assert not (set(sizes(other)) - set(sizes(twice_rdf))) & set(found)
    assert {graph: found[graph] for graph in sizes(twice_rdf)} == sizes(twice_rdf)


@pytest.mark.parametrize("make", ["standard", "virtuoso"])
def test_a_window_that_holds_nothing_but_description_hurts_nobody(
    request: pytest.FixtureRequest, make: str, twice_rdf: Rdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.export.to_store._WINDOW", 20_000)
    store = request.getfixturevalue("standard") if make == "standard" else None
    url = store.url if store else request.getfixturevalue("scratch").changed().endpoint
    ways = Ways(graph_store=store.graph_store) if store else Ways()
    load_store(url, LOGIN, BytesIO(twice_rdf.nquads), ways=ways)
    assert counted(url) >= sizes(twice_rdf)


@pytest.mark.parametrize("graph", [GRAPH_ENTITIES, graph_iri("2024-06-sample"), GRAPH_UNION, GRAPH_DATASET])
@pytest.mark.parametrize("way", ["graph_store", "update"])
def test_a_store_that_loses_a_triple_is_found_out_and_described_as_nothing(
    standard: Standard, connect: Connect, twice_rdf: Rdf, graph: str, way: str
) -> None:
    standard.lose = lambda to, lines: lines[:-1] if to == graph else lines
    with pytest.raises(KgError, match="--anew") as caught:
        load_store(standard.url, Login(), BytesIO(twice_rdf.nquads), ways=Ways(**{way: getattr(standard, way)}))
    assert graph in str(caught.value)
    assert held_by(standard.url) is None


@pytest.mark.parametrize("way", ["graph_store", "update"])
def test_readers_see_the_old_or_the_new_or_are_told_to_wait(
    standard: Standard,
    connect: Connect,
    twice_rdf: Rdf,
    sample_rdf: Rdf,
    way: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kg.export.to_store._WINDOW", 200_000)
    monkeypatch.setattr("kg.engine.remote.FRESH_SECONDS", -1.0)
    load_store(standard.url, Login(), BytesIO(sample_rdf.nquads))
    whole = {rdf.data_version: str(merged(rdf)) for rdf in (sample_rdf, twice_rdf)}
    engine, told = connect(standard), Counter[str]()

    def read(act: int, _: str) -> None:
        try:
            answer = engine.ask(COUNT)
        except EngineUnavailable as error:
            assert f"kg load {standard.url}" in error.say("zh") and "kg load" in error.say("en")
            told["wait"] += 1
            return
        assert answer.records()[0]["n"].value == whole[answer.data_version], f"before act {act}"
        told[answer.data_version] += 1

    load_store(
        standard.url,
        Login(),
        BytesIO(twice_rdf.nquads),
        ways=Cut(read, Ways(**{way: getattr(standard, way)})),
    )
    read(0, "")
    assert told["wait"] > 10 and told[sample_rdf.data_version] and told[twice_rdf.data_version]


def test_a_reader_who_looked_a_moment_ago_sees_no_part_either(
    standard: Standard, connect: Connect, twice_rdf: Rdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a store holds is believed for seconds, in which a load can have taken half of it away."""
    monkeypatch.setattr("kg.engine.remote.FRESH_SECONDS", 0.2)
    monkeypatch.setattr("kg.export.to_store._UNTIL_FORGOTTEN", 0.4)
    load_store(standard.url, Login(), BytesIO(twice_rdf.nquads))
    engine, whole = connect(standard), str(merged(twice_rdf))
    read: list[str] = []

    def before(_: int, __: str) -> None:
        with suppress(EngineUnavailable):
            read.append(engine.ask(COUNT).records()[0]["n"].value)

    load_store(standard.url, Login(), BytesIO(twice_rdf.nquads), ways=Cut(before), anew=True)
    assert set(read) == {whole}


def test_who_listens_hears_how_far_a_load_is(
    standard: Standard, twice_rdf: Rdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.export.to_store._WINDOW", 90_000)
    heard: list[Progress] = []
    load_store(standard.url, Login(), BytesIO(twice_rdf.nquads), telling=Telling(heard.append))
    assert len(heard) > 2
    assert [each.done for each in heard] == sorted({each.done for each in heard})
    assert heard[-1].done == heard[-1].total == len(twice_rdf.nquads)
    assert heard[-1].quads == len(twice_rdf.quads) - sizes(twice_rdf)[GRAPH_DATASET]


def test_what_was_loaded_says_of_itself_what_it_is(standard: Standard, twice_rdf: Rdf) -> None:
    load_store(standard.url, Login(), BytesIO(twice_rdf.nquads))
    held = held_by(standard.url)
    assert held is not None
    assert (held.version, held.graphs, held.merged) == (twice_rdf.data_version, frozenset(sizes(twice_rdf)), True)


def test_an_answer_whose_data_was_replaced_meanwhile_is_not_given(
    standard: Standard, connect: Connect, sample_rdf: Rdf, twice_rdf: Rdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_store(standard.url, Login(), BytesIO(sample_rdf.nquads))
    engine = connect(standard)
    assert str(engine.ask(COUNT).records()[0]["n"].value) == str(merged(sample_rdf))
    asked = engine._store.ask

    def slow(*args: Any, **more: Any) -> Any:
        """While this question is worked on, others load; and it takes longer than what is held is believed."""
        read = asked(*args, **more)
        monkeypatch.setattr(engine._store, "ask", asked)
        load_store(standard.url, Login(), BytesIO(twice_rdf.nquads))
        monkeypatch.setattr("kg.engine.remote.FRESH_SECONDS", -1.0)
        return read

    monkeypatch.setattr(engine._store, "ask", slow)
    with pytest.raises(EngineUnavailable, match="replaced"):
        engine.ask(COUNT)
    assert engine.ask(COUNT).data_version == twice_rdf.data_version

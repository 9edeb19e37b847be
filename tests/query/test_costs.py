"""What pages ask reads no more of a graph ten times as great, where the store keeps answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from kg.engine.base import Engine
from kg.query.card import entity_card
from kg.query.catalogue import catalogue
from kg.query.complete import complete
from kg.query.compose import compose
from kg.query.everyone import names_for
from kg.query.names import names_of
from kg.query.neighbours import neighbour_counts, neighbour_ids
from kg.query.overview import overview
from kg.query.paths import paths
from kg.query.scene import Scene
from kg.query.search import resolve, search
from kg.query.stats import stats
from tests import generated
from tests.indexed import Both, both

_PLANNED = ("announced", "drafted")
_EDITED = "SELECT * WHERE { ent:prog"


def picture(start: str) -> Callable[[Engine], object]:
    return lambda engine: overview(engine, ids=compose(engine, Scene(start), _PLANNED, 400).shown)


def searched(text: str) -> Callable[[Engine], object]:
    return lambda engine: search(engine, text, 8)


#: What a reader does, and the most rows that it may read in a graph of any size: of search 300 names and their lists,
#: of a picture some of each of the entities on it that are no hubs, of a card so many statements of a hub.
ACTS: dict[str, tuple[Callable[[Engine], object], int]] = {
    "stats": (stats, 5),
    "catalogue": (catalogue, 800),
    "opening": (picture(""), 3_500),
    "all": (picture("all"), 12_000),
    "new": (picture("new"), 3_500),
    "promised": (picture("promised"), 3_500),
    "around a hub": (picture("around.place-1"), 1_500),
    "around one": (picture("around.programme-20"), 1_500),
    "panel": (lambda engine: entity_card(engine, "programme-20"), 800),
    "panel of a hub": (lambda engine: entity_card(engine, "place-1"), 5_000),
    "growth": (lambda engine: neighbour_counts(engine, "place-1"), 5),
    "growing": (lambda engine: neighbour_ids(engine, "place-1", limit=12), 10),
    "growing by a relation": (lambda engine: neighbour_ids(engine, "place-1", "part-of", False, 12), 10),
    "ways": (lambda engine: paths(engine, "programme-20", "company-5"), 2_000),
    "ways between hubs": (lambda engine: paths(engine, "place-1", "agency-1"), 2_000),
    **{
        f"search {text}": (searched(text), 500)
        for text in ("平台", "zhihuijiaotong", "smart", "programme-20", "数据 平台", "a", "zhjt")
    },
    **{f"search {text}": (searched(text), 1_000) for text in ("智慧交痛工程", "xyzzyx", "smrat tranpsort")},
    "resolve": (lambda engine: resolve(engine, "programme-20"), 500),
    "completion": (lambda engine: complete(engine, _EDITED, len(_EDITED)), 1_500),
    "names": (lambda engine: names_for(engine, ["place-1", "programme-20"]), 100),
}


@pytest.fixture(scope="module", params=[300, 3_000])
def world(request: pytest.FixtureRequest) -> Iterator[Both]:
    with both(generated.knowledge(request.param)) as started:
        yield started


@pytest.mark.parametrize("act", ACTS)
def test_the_rows_that_are_read_have_a_bound(world: Both, act: str, counting: type) -> None:
    do, most = ACTS[act]
    engine = counting(world.kept)
    do(engine)
    assert sum(engine.rows) <= most
    assert engine.bytes < 3_000_000


def test_without_what_is_kept_all_names_are_read(world: Both, counting: type) -> None:
    engine = counting(world.plain)
    search(engine, "平台")
    assert sum(engine.rows) > 5 * len(names_of(world.plain).entities)

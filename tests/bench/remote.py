"""What each question of the explore page takes on a big remote store, against the embedded engine on 100,000 triples.

    python -m tests.generated 10000000 big.nq && kg load http://127.0.0.1:8890/sparql --nquads big.nq
    PYTHONPATH=. python tests/bench/remote.py http://127.0.0.1:8890/sparql [--triples 100000] [--times 20]

Both hold graphs of ``tests.generated``. A question is all that the page asks for one thing that a reader does, by the
page's own functions, each time about other entities of the same rank. To aim for: the median on the big store at most
3 × what it is on the small graph, plus 50 ms. The floor is one look-up of one name.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from kg import load_knowledge
from kg.engine.base import Engine
from kg.engine.embedded import EmbeddedEngine
from kg.engine.start import connect_engine
from kg.query.ask import ask
from kg.query.card import entity_card, statement_card
from kg.query.compose import compose
from kg.query.directory import Directory
from kg.query.neighbours import neighbour_counts
from kg.query.overview import overview
from kg.query.paths import paths
from kg.query.scene import Scene, Step
from kg.query.search import resolve, search
from kg.query.stats import stats
from kg.query.terms import entity, id_of
from tests.generated import write

_MOST = 400  # entities that the page draws
_SMALL = "SELECT ?e WHERE { GRAPH graph:entities { ?e dcterms:identifier ?id } } LIMIT 3000"
_STATEMENT = "SELECT ?s WHERE { ?s rdf:subject $e } LIMIT 1"
_NAME = "SELECT ?name WHERE { $e skos:prefLabel ?name }"
_HUBS = ("place-1", "agency-1", "agency-2", "place-2", "agency-3")


class World(NamedTuple):
    """An engine, the ids of common entities and of hubs, and the statuses of what is planned."""

    engine: Engine
    common: list[str]
    planned: tuple[str, ...]

    def few(self, count: int) -> Iterator[list[str]]:
        """Other entities each time, ``count`` of them."""
        step = len(self.common) // 40
        for turn in range(40):
            yield self.common[turn * step : turn * step + count]


Act = Callable[[World, list[str]], object]


def scene(start: str, *steps: tuple[str, ...]) -> Act:
    """The picture with this start and these steps, in which ``{}`` stands for an entity."""

    def act(world: World, chosen: list[str]) -> object:
        done = tuple(Step(step[0], tuple(part.format(chosen[0]) for part in step[1:])) for step in steps)  # type: ignore[arg-type] # its acts are a Literal
        cast = compose(world.engine, Scene(start=start.format(chosen[0]), steps=done), world.planned, _MOST)
        return overview(world.engine, ids=cast.ids)

    return act


def hub(act: Act) -> Act:
    return lambda world, chosen: act(world, [_HUBS[len(chosen[0]) % len(_HUBS)]])


def panel(world: World, chosen: list[str]) -> object:
    return entity_card(world.engine, chosen[0])


def statement(world: World, chosen: list[str]) -> object:
    found = ask(world.engine, _STATEMENT, e=entity(chosen[0])).records()
    return statement_card(world.engine, id_of(found[0]["s"].value)) if found else None


QUESTIONS: dict[str, Act] = {
    "a name (the floor)": lambda world, chosen: ask(world.engine, _NAME, e=entity(chosen[0])),
    "opening": scene(""),
    "start: promised": scene("promised"),
    "start: new": scene("new"),
    "start: around one": scene("around.{}"),
    "start: around a hub": hub(scene("around.{}")),
    "everything": scene("all"),
    "panel": panel,
    "panel of a hub": hub(panel),
    "statement": statement,
    "growth counts": lambda world, chosen: neighbour_counts(world.engine, chosen[0]),
    "growth counts of a hub": hub(lambda world, chosen: neighbour_counts(world.engine, chosen[0])),
    "growth": scene("", ("add", "{}"), ("grow", "{}", "any", "both", "12")),
    "ways": lambda world, chosen: paths(world.engine, chosen[0], chosen[1]),
    "search: a name": lambda world, chosen: search(world.engine, chosen[0].replace("-", " "), 8),
    "search: 数据": lambda world, _: search(world.engine, "数据", 8),
    "search: a slip": lambda world, chosen: search(world.engine, chosen[0].replace("m", "n"), 8),
    "resolve": lambda world, chosen: resolve(world.engine, chosen[0]),
    "compare": lambda world, chosen: [entity_card(world.engine, one) for one in chosen[:3]],
    "names by id": lambda world, chosen: Directory(world.engine).entities(chosen),
    "sources": lambda world, _: Directory(world.engine).sources,
    "counts": lambda world, _: stats(world.engine),
}


def world_of(engine: Engine, planned: tuple[str, ...]) -> World:
    found = [id_of(row["e"].value) for row in ask(engine, _SMALL).records()]
    common = [one for one in found if one.startswith(("programme", "platform", "technology"))]
    common.sort(key=lambda one: (-int(one.rpartition("-")[2]), one))  # hubs have the low numbers
    return World(engine, common, planned)


def times(world: World, act: Act, count: int) -> list[float]:
    found = []
    for chosen, _ in zip(world.few(5), range(count + 1), strict=False):
        start = time.perf_counter()
        act(world, chosen)
        found.append(time.perf_counter() - start)
    return found[1:]  # the first reads what is kept of a data version


def main(given: argparse.Namespace) -> None:
    glossary = load_knowledge()
    planned = tuple(one.id for one in glossary.statuses.values() if one.stage == "planned")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "small.nq"
        print(f"embedded: {write(file, given.triples):,} triples; remote: {given.endpoint}")
        with EmbeddedEngine(file.read_bytes(), "small") as small, connect_engine(given.endpoint) as big:
            worlds = [world_of(each, planned) for each in (small, big)]
            for name, act in QUESTIONS.items():
                if given.only and given.only not in name:
                    continue
                told(name, *(times(world, act, given.times) for world in worlds))


def told(name: str, ours: list[float], theirs: list[float]) -> None:
    small, big = (1000 * statistics.median(each) for each in (ours, theirs))
    most = 3 * small + 50
    verdict = "" if big <= most else "  ABOVE"
    print(f"{name:24} embedded {small:8.1f} ms, remote {big:8.1f} ms (aim {most:8.1f}){verdict}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("endpoint")
    parser.add_argument("--triples", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--only", default="")
    main(parser.parse_args())

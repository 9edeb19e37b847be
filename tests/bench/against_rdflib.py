"""The engine against rdflib's own, on a generated graph of our shape, in one run.

    PYTHONPATH=. python tests/bench/against_rdflib.py [--triples N] [--start N]

To aim for: at 100,000 triples, look-ups at least 60 × and aggregates at least 15 × as fast (median of each query; the
answers must have as many rows); from files to the first answer at 1,000,000 triples at least 10 × as fast. Look-ups are
short ones, and those that pages ask; each is told as it is asked first, and as it is answered from memory.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import rdflib

from kg.engine.answer import Answer
from kg.engine.base import Engine, Limits
from kg.engine.embedded import EmbeddedEngine
from kg.engine.memory import RememberingEngine
from kg.graph.names import entity_iri
from kg.query.ask import with_prefixes
from kg.query.card import entity_card
from kg.query.labels import read_labels
from kg.query.neighbours import neighbour_counts
from kg.query.overview import overview
from tests.generated import write

LOOK_UPS = {
    "name": "SELECT ?name { ent:programme-5 skos:prefLabel ?name }",
    "page": "SELECT ?p ?o { ent:agency-1 ?p ?o }",
    "near": "SELECT ?other ?name { ?s rdf:subject ent:agency-3 ; rdf:object ?other . ?other skos:prefLabel ?name }",
    "evidence": "SELECT ?s ?phrase { ?s rdf:subject ent:programme-7 ; bde:phrase ?phrase ; dcterms:source ?source }",
    "way": "SELECT ?b ?c { ent:programme-9 ?p ?b . ?b ?q ?c . ?c a bde:Place }",
}
#: The kinds of look-ups whose times the aim was taken from: a name, all of an entity, a neighbourhood, a path.
KINDS = {
    "label": 'SELECT ?name { ent:programme-5 skos:prefLabel ?name FILTER (LANG(?name) = "zh") }',
    "entity": """SELECT ?p ?o ?name {
      ent:agency-1 ?p ?o OPTIONAL { ?o skos:prefLabel ?name FILTER (LANG(?name) = "zh") }
    }""",
    "around": """CONSTRUCT { ent:programme-7 ?p ?o . ?o ?q ?r } WHERE {
      ent:programme-7 ?p ?o OPTIONAL { ?o ?q ?r }
    }""",
    "path": "SELECT ?b ?c ?d { ent:programme-9 ?p ?b . ?b ?q ?c . ?c ?r ?d . ?d a bde:Place }",
}
AGGREGATES = {
    "by type": "SELECT ?type (COUNT(?s) AS ?n) { ?s a ?type } GROUP BY ?type",
    "by relation": "SELECT ?r (COUNT(*) AS ?n) { ?s a bde:Relation ; rdf:predicate ?r } GROUP BY ?r",
    "metrics": "SELECT ?m (COUNT(*) AS ?n) (MAX(?v) AS ?most) { ?f bde:metric ?m ; bde:value ?v } GROUP BY ?m",
    "by source": "SELECT ?source (COUNT(*) AS ?n) { ?s dcterms:source ?source } GROUP BY ?source",
    "predicates": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
}
PAGES: dict[str, Callable[[Any], object]] = {
    "panel": lambda engine: entity_card(engine, "programme-20"),
    "growth": lambda engine: neighbour_counts(engine, "programme-20"),
    "labels": lambda engine: read_labels(engine, map(entity_iri, ("programme-20", "agency-1"))),
    "picture": lambda engine: overview(engine, ids=["programme-20", "agency-1", "place-3"]),
}
_FIRST = "SELECT ?name { ent:agency-1 skos:prefLabel ?name }"
_LONG = Limits(seconds=300, rows=10_000_000)


def median(act: Callable[[], int], times: int) -> tuple[float, int]:
    found, rows = [], 0
    for _ in range(times):
        start = time.perf_counter()
        rows = act()
        found.append(time.perf_counter() - start)
    return statistics.median(found), rows


def loaded(path: Path) -> rdflib.Dataset:
    """The same graphs in rdflib, a query seeing the union of all, as in our engine."""
    return rdflib.Dataset(default_union=True).parse(path, format="nquads")


class Heard:
    """Passes questions on and keeps their texts."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.data_version, self.graphs = engine, engine.data_version, engine.graphs
        self.queries: list[str] = []

    def ask(self, query: str, **options: Any) -> Answer:
        self.queries.append(query)
        return self.engine.ask(query, **options)


def asked_by_pages(engine: Engine) -> dict[str, str]:
    """What pages ask, each question once."""
    found = {}
    for name, act in PAGES.items():
        heard = Heard(engine)
        act(heard)
        found |= {f"{name} {number}": query for number, query in enumerate(heard.queries, 1)}
    return found


def queries(path: Path) -> None:
    graph = loaded(path)
    with RememberingEngine(EmbeddedEngine(path.read_bytes(), "v")) as engine:
        kinds = {title: with_prefixes(text) for title, text in KINDS.items()}
        short = {title: with_prefixes(text) for title, text in LOOK_UPS.items()}
        sums = {title: with_prefixes(text) for title, text in AGGREGATES.items()}
        compare(graph, engine, "a look-up of each kind (aim 60 ×)", kinds, 7)
        compare(graph, engine, "short look-ups (aim 60 ×)", short, 7)
        compare(graph, engine, "look-ups of pages (aim 60 ×)", asked_by_pages(engine), 3)
        compare(graph, engine, "aggregates (aim 15 ×)", sums, 3)


def compare(graph: rdflib.Dataset, engine: Engine, head: str, asked: dict[str, str], times: int) -> None:
    print(head)
    for title, query in asked.items():
        print(f"  {title:12} {told(graph, engine, query, times)}")


def told(graph: rdflib.Dataset, engine: Engine, query: str, times: int) -> str:
    """How both took one query, ours by a remark that no query before it had, and as it was remembered."""
    numbers = count()
    theirs, known = median(lambda: len(list(graph.query(query))), times)
    ours, rows = median(lambda: engine.ask(f"{query}#{next(numbers)}", limits=_LONG).rows, 5 * times)
    again, _ = median(lambda: engine.ask(query, limits=_LONG).rows, 5 * times)
    assert rows == known, f"{rows} rows, rdflib {known}: {query}"
    return (
        f"{theirs / ours:7.0f} × {1000 * ours:8.2f} ms, {1000 * theirs:9.1f} ms, {rows:6,} rows; "
        f"again {theirs / again:9,.0f} ×"
    )


def start(path: Path) -> None:
    query = with_prefixes(_FIRST)
    began = time.perf_counter()
    with EmbeddedEngine(path.read_bytes(), "v") as engine:
        assert engine.ask(query).rows
        ours = time.perf_counter() - began
    began = time.perf_counter()
    assert len(list(loaded(path).query(query)))
    theirs = time.perf_counter() - began
    print(f"from the file to the first answer: {theirs / ours:.1f} × (aim 10; {ours:.1f} s, {theirs:.1f} s)")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--triples", type=int, default=100_000)
    parser.add_argument("--start", type=int, default=1_000_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for triples, act in ((given.triples, queries), (given.start, start)):
            if triples:
                file = Path(folder) / f"{triples}.nq"
                print(f"{write(file, triples):,} triples")
                act(file)

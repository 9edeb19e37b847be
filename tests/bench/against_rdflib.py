"""The engine against rdflib's own, on a generated graph of our shape, in one run.

    PYTHONPATH=. python tests/bench/against_rdflib.py [--triples N] [--start N]

To aim for: at 100,000 triples, look-ups at least 60 × and aggregates at least 15 × as fast (median of each query; the
answers must have as many rows); from files to the first answer at 1,000,000 triples at least 10 × as fast.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import rdflib

from kg.engine.base import Limits
from kg.engine.embedded import EmbeddedEngine
from kg.query.ask import with_prefixes
from tests.generated import write

LOOK_UPS = {
    "name": "SELECT ?name { ent:programme-5 skos:prefLabel ?name }",
    "page": "SELECT ?p ?o { ent:agency-1 ?p ?o }",
    "near": "SELECT ?other ?name { ?s rdf:subject ent:agency-3 ; rdf:object ?other . ?other skos:prefLabel ?name }",
    "evidence": "SELECT ?s ?phrase { ?s rdf:subject ent:programme-7 ; bde:phrase ?phrase ; dcterms:source ?source }",
    "way": "SELECT ?b ?c { ent:programme-9 ?p ?b . ?b ?q ?c . ?c a bde:Place }",
}
AGGREGATES = {
    "by type": "SELECT ?type (COUNT(?s) AS ?n) { ?s a ?type } GROUP BY ?type",
    "by relation": "SELECT ?r (COUNT(*) AS ?n) { ?s a bde:Relation ; rdf:predicate ?r } GROUP BY ?r",
    "metrics": "SELECT ?m (COUNT(*) AS ?n) (MAX(?v) AS ?most) { ?f bde:metric ?m ; bde:value ?v } GROUP BY ?m",
    "by source": "SELECT ?source (COUNT(*) AS ?n) { ?s dcterms:source ?source } GROUP BY ?source",
    "predicates": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
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


def queries(path: Path) -> None:
    graph = loaded(path)
    with EmbeddedEngine(path.read_bytes(), "v") as engine:
        for name, asked, aim, times in (("look-ups", LOOK_UPS, 60, 7), ("aggregates", AGGREGATES, 15, 3)):
            print(f"{name} (aim {aim} ×)")
            for title, text in asked.items():
                query = with_prefixes(text)
                theirs, known = median(lambda query=query: len(list(graph.query(query))), times)  # type: ignore[misc]
                ours, rows = median(lambda query=query: engine.ask(query, limits=_LONG).rows, 5 * times)  # type: ignore[misc]
                assert rows == known, f"{title}: {rows} rows, rdflib {known}"
                print(
                    f"  {title:12} {theirs / ours:6.0f} × {1000 * ours:8.2f} ms, {1000 * theirs:9.1f} ms, {rows:,} rows"
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
        for count, act in ((given.triples, queries), (given.start, start)):
            if count:
                file = Path(folder) / f"{count}.nq"
                print(f"{write(file, count):,} triples")
                act(file)

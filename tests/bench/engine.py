"""What the engine costs beside raw pyoxigraph, on the same data in the same run.

    python tests/bench/engine.py [FILE.nq] [--entities N] [--repeat N]

Without a file it makes a graph. It prints a table and judges nothing: times belong to a machine.
"""

from __future__ import annotations

import argparse
import contextlib
import statistics
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from kg.engine.base import Limits
from kg.engine.embedded import EmbeddedEngine
from kg.errors import AnswerTooLarge, QueryError, QueryTimeout

EX = "https://example.org/"
QUERIES = {
    "ask": "ASK {}",
    "one row": "SELECT (1 AS ?x) {}",
    "first row": "SELECT * { ?s ?p ?o } LIMIT 1",
    "count all": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "by predicate": "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n)",
    "text": "SELECT ?s { ?s ?p ?o FILTER(CONTAINS(STR(?o), '99')) } LIMIT 20",
    "1,000 rows": "SELECT * { ?s ?p ?o } LIMIT 1000",
    "50,000 rows": "SELECT * { ?s ?p ?o } LIMIT 50000",
    "1,000 triples": "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1000",
}
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i"


def generate(entities: int) -> bytes:
    """N-Quads of about the shape of ours: five statements an entity, three graphs."""
    lines = []
    for number in range(entities):
        entity, graph = f"<{EX}entity/{number}>", f"<{EX}graph/{number % 3}>"
        lines += [
            f"{entity} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{EX}Type{number % 7}> {graph} .",
            f'{entity} <{EX}name> "实体{number}"@zh {graph} .',
            f'{entity} <{EX}name> "entity {number}"@en {graph} .',
            f"{entity} <{EX}partOf> <{EX}entity/{number // 2}> {graph} .",
            f'{entity} <{EX}value> "{number}"^^<http://www.w3.org/2001/XMLSchema#integer> {graph} .',
        ]
    return "\n".join(lines).encode()


def raw(store: ox.Store, query: str) -> bytes:
    """The answer as pyoxigraph alone writes it, in the format that the engine uses."""
    found = store.query(query, use_default_graph_as_union=True)
    if isinstance(found, ox.QueryTriples):
        return found.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
    return found.serialize(format=ox.QueryResultsFormat.TSV) or b""


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that ``work`` takes, whatever it ends in."""
    started = time.perf_counter()
    with contextlib.suppress(QueryError):
        work()
    return (time.perf_counter() - started) * 1000


def compare(store: ox.Store, engine: EmbeddedEngine, repeat: int) -> None:
    """Each query by both, in turns."""
    print(f"{'query':16}{'raw ms':>10}{'engine ms':>11}{'more ms':>9}{'ratio':>7}")
    for name, query in QUERIES.items():
        alone, through = [], []
        for _ in range(max(5, repeat if name not in ("count all", "by predicate", "50,000 rows") else repeat // 10)):
            alone.append(timed(partial(raw, store, query)))
            through.append(timed(partial(engine.ask, query)))
        one, other = statistics.median(alone), statistics.median(through)
        print(f"{name:16}{one:10.3f}{other:11.3f}{other - one:9.3f}{other / one:7.2f}")


def stop(engine: EmbeddedEngine, repeat: int) -> None:
    """From a deadline to the error, from there to the next answer, and the same after cancelling and bursting."""
    late, following, cancelled, bursting = [], [], [], []
    for _ in range(repeat):
        late.append(timed(lambda: engine.ask(ENDLESS, limits=Limits(seconds=0.2))) - 200)
        following.append(timed(lambda: engine.ask(QUERIES["one row"])))
        cancel = threading.Event()
        moment = [0.0]

        def set_it(cancel: threading.Event = cancel, moment: list[float] = moment) -> None:
            moment[0] = time.perf_counter()
            cancel.set()

        timer = threading.Timer(0.05, set_it)
        timer.start()
        timed(partial(engine.ask, ENDLESS, cancel=cancel))
        cancelled.append((time.perf_counter() - moment[0]) * 1000)
        try:
            engine.ask(HUNGRY, limits=Limits(seconds=60, megabytes=64))
        except (AnswerTooLarge, QueryTimeout):
            bursting.append(timed(lambda: engine.ask(QUERIES["one row"])))
    rows = {
        "deadline to error": late,
        "error to next answer": following,
        "cancel to error": cancelled,
        "memory limit to next answer": bursting,
    }
    print(f"\n{'stopping':30}{'median ms':>10}{'worst ms':>10}")
    for name, times in rows.items():
        print(f"{name:30}{statistics.median(times):10.1f}{max(times):10.1f}")


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, help="N-Quads to ask")
    parser.add_argument("--entities", type=int, default=20_000, help="of the graph made without a file")
    parser.add_argument("--repeat", type=int, default=300)
    given = parser.parse_args()
    nquads = given.file.read_bytes() if given.file else generate(given.entities)
    store = ox.Store()
    loading = timed(lambda: store.load(nquads, ox.RdfFormat.N_QUADS))
    started = time.perf_counter()
    with EmbeddedEngine(nquads, "bench") as engine:
        engine.ask("ASK {}")
        print(f"{len(store):,} quads; load: raw {loading:.0f} ms, engine to first answer", end=" ")
        print(f"{(time.perf_counter() - started) * 1000:.0f} ms; {sys.version.split()[0]}\n")
        compare(store, engine, given.repeat)
        stop(engine, 5)


if __name__ == "__main__":
    main()

"""What the endpoint costs beside a constant answer on the same server, and thirty readers at once.

    PYTHONPATH=. python tests/bench/serve.py [cost|readers] [--seconds N]

``cost``: a one-row query over the endpoint, the same by the engine alone, and an ASGI application that always gives the
same bytes; to aim for: endpoint less engine at most 1.5 × the constant answer.
``readers``: thirty readers for a minute, one who sends queries that never end and one whose queries fill memory. To aim
for: every other answer right, the median at most 2 × and the 99th percentile at most 5 × what it is alone, and the
memory afterwards within a tenth of what it was.
"""

from __future__ import annotations

import http.client
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from kg import load_knowledge, start_engine

_ONE = "SELECT ?name { <https://w3id.org/beijing-digital-economy/entity/changan-chain> ?p ?name } LIMIT 1"
_ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"
_HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c"
_SMALL = (
    _ONE,
    "ASK { ?s ?p ?o }",
    "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n) ?p",
    "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 50",
    "CONSTRUCT { <https://w3id.org/beijing-digital-economy/entity/beijing> ?p ?o } "
    "WHERE { <https://w3id.org/beijing-digital-economy/entity/beijing> ?p ?o }",
)
_CONSTANT = """
import sys, socket, uvicorn
async def app(scope, receive, send):
    body = b'{"head":{"vars":["name"]},"results":{"bindings":[{"name":{"type":"literal","value":"x"}}]}}'
    headers = [(b"content-type", b"application/sparql-results+json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
opened = socket.create_server(("127.0.0.1", 0), backlog=2048)
opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
print(f"http://127.0.0.1:{opened.getsockname()[1]}/sparql", file=sys.stderr, flush=True)
config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False, lifespan="off")
uvicorn.Server(config).run(sockets=[opened])
"""


@contextmanager
def served(*command: str) -> Iterator[tuple[str, int, int]]:
    """A server as a process of its own: host, port, number of the process."""
    process = subprocess.Popen([sys.executable, *command], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    found = None
    while found is None:
        found = re.search(r"http://([\d.]+):(\d+)/", process.stderr.readline())
    threading.Thread(target=process.stderr.read, daemon=True).start()
    try:
        yield found[1], int(found[2]), process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def ask(connection: http.client.HTTPConnection, query: str) -> tuple[int, bytes, float]:
    start = time.perf_counter()
    connection.request(
        "GET", f"/sparql?query={quote(query)}", headers={"Accept": "application/n-triples, text/csv;q=0.9"}
    )
    response = connection.getresponse()
    body = response.read()
    return response.status, body, time.perf_counter() - start


def cost(times: int = 400) -> None:
    with (
        start_engine(load_knowledge()) as engine,
        served("-c", _CONSTANT) as flat,
        served("-m", "kg", "serve", "--port", "0") as ours,
    ):
        ends = [http.client.HTTPConnection(host, port) for host, port, _ in (flat, ours)]
        for end in ends:
            end.connect()
            end.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        found: list[list[float]] = [[], [], [], []]
        for turn in range(times):
            new = f"{_ONE} # {turn}"  # nothing that is remembered
            for place, end in enumerate(ends):
                found[place].append(ask(end, new)[2])
            found[2].append(engine.ask(new).seconds)
            found[3].append(ask(ends[1], _ONE)[2])
        constant, endpoint, alone, again = (1000 * statistics.median(each[20:]) for each in found)
    print(
        f"endpoint less engine: {(endpoint - alone) / constant:.2f} × a constant answer "
        f"(endpoint {endpoint:.2f} ms, engine {alone:.2f} ms, constant {constant:.2f} ms); "
        f"asked again: {again / constant:.2f} × in all"
    )


class Reader(threading.Thread):
    """Asks one query after another, resting between them, from an address of its own."""

    def __init__(self, number: int, host: str, port: int, until: float, queries: tuple[str, ...], rest: float) -> None:
        super().__init__()
        self.took: list[float] = []
        self.statuses: dict[int, int] = {}
        self.wrong = 0
        self._where = host, port, (f"127.0.1.{number}", 0)
        self._until, self._queries, self._rest = until, queries, rest
        self._dice = random.Random(number)  # noqa: S311 - a benchmark wants the same readers each time
        self.expected: dict[str, bytes] = {}

    def run(self) -> None:
        host, port, source = self._where
        connection = http.client.HTTPConnection(host, port, timeout=120, source_address=source)
        time.sleep(self._dice.random() * self._rest)
        while time.monotonic() < self._until:
            query = self._dice.choice(self._queries)
            status, body, took = ask(connection, f"{query} # {self._dice.random()}")  # nothing that is remembered
            self.statuses[status] = self.statuses.get(status, 0) + 1
            self.took.append(took)
            self.wrong += status != 200 or sorted(body.split()) != sorted(self.expected.get(query, body).split())
            time.sleep(self._rest * self._dice.uniform(0.5, 1.5))
        connection.close()


def memory(process: int) -> int:
    """Kilobytes that a process and all that it started have for themselves."""
    family = [process]
    for one in family:
        family += [int(each) for each in Path(f"/proc/{one}/task/{one}/children").read_text().split()]
    total = 0
    for one in family:
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{one}/smaps_rollup").read_text(), re.MULTILINE)
        total += int(found[1]) if found else 0
    return total


def crowd(host: str, port: int, seconds: float, readers: int, bad: bool, expected: dict[str, bytes]) -> list[Reader]:
    until = time.monotonic() + seconds
    people = [Reader(n, host, port, until, _SMALL, 1.0) for n in range(2, 2 + readers)]
    spoilers = [Reader(101, host, port, until, (_ENDLESS,), 0.01), Reader(102, host, port, until, (_HUNGRY,), 0.01)]
    for one in people:
        one.expected = expected
    for one in (*people, *(spoilers if bad else ())):
        one.start()
    for one in (*people, *(spoilers if bad else ())):
        one.join()
    if bad:
        print(f"  the endless one was answered {spoilers[0].statuses}, the hungry one {spoilers[1].statuses}")
    return people


def told(name: str, people: list[Reader]) -> tuple[float, float]:
    took = sorted(each for one in people for each in one.took)
    median, late = statistics.median(took), took[int(0.99 * len(took))]
    wrong = sum(one.wrong for one in people)
    print(f"{name}: {len(took)} answers, {wrong} wrong, median {1000 * median:.2f} ms, p99 {1000 * late:.2f} ms")
    return median, late


def readers(seconds: float) -> None:
    with served("-m", "kg", "serve", "--port", "0", "--timeout", "10") as (host, port, process):
        connection = http.client.HTTPConnection(host, port)
        expected = {query: ask(connection, query)[1] for query in _SMALL}
        alone = told("one reader alone", crowd(host, port, seconds / 3, 1, False, expected))
        calm = told("28 readers", crowd(host, port, seconds / 3, 28, False, expected))
        before = memory(process)
        among = told("28 readers and two spoilers", crowd(host, port, seconds, 28, True, expected))
        time.sleep(11)
        after = memory(process)
    print(f"against one alone: median {among[0] / alone[0]:.2f} ×, p99 {among[1] / alone[1]:.2f} ×")
    print(f"against 28 without spoilers: median {among[0] / calm[0]:.2f} ×, p99 {among[1] / calm[1]:.2f} ×")
    print(f"memory: {before} kB before, {after} kB after ({100 * (after / before - 1):+.1f} %)")


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
    wanted = [each for each in sys.argv[1:] if not each.startswith("--")] or ["cost", "readers"]
    if "cost" in wanted:
        cost()
    if "readers" in wanted:
        readers(float(sys.argv[sys.argv.index("--seconds") + 1]) if "--seconds" in sys.argv else 60.0)

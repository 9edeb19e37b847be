"""Sends the whole graph to a store, window by window, so that a load that was cut off goes on where it stopped.

The order keeps a reader from ever seeing half a graph: the description of the data goes first when a graph is replaced,
and comes last. Beside the graphs themselves the store gets their merge (``GRAPH_UNION``): no store's own way to
show several graphs as one is fast and counts a triple that two sources state once.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import BinaryIO, NamedTuple

from kg.engine.answer import Answer
from kg.engine.remote import FRESH_SECONDS
from kg.errors import KgError
from kg.export.store_writers import Writer
from kg.graph.names import BASE, DATASET, GRAPH_DATASET, GRAPH_INDEX, GRAPH_LOADING, GRAPH_UNION, PREFIXES, SD
from kg.graph.terms import Literal, Triple, triple_line

__all__ = ["Load", "Progress", "read_version"]

_WINDOW = 5 << 20  # bytes of N-Quads that are sent, and then remembered as sent
#: Seconds from dropping a description until no engine believes in it any more.
_UNTIL_FORGOTTEN = 2 * FRESH_SECONDS
_VERSION, _VALUE = PREFIXES["dcat"] + "version", PREFIXES["prov"] + "value"

_HOW_FAR = f"SELECT ?p ?o {{ GRAPH <{GRAPH_LOADING}> {{ <{GRAPH_LOADING}> ?p ?o }} }}"
_GRAPHS = f'SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER (STRSTARTS(STR(?g), "{BASE}graph/")) }}'
_COUNT = "SELECT (COUNT(*) AS ?n) {{ GRAPH <{}> {{ ?s ?p ?o }} }}"

Lines = dict[str, list[bytes]]


class Progress(NamedTuple):
    """How far a load is, in bytes of N-Quads and in the quads that they hold."""

    done: int
    total: int
    quads: int


def read_version(nquads: BinaryIO) -> str:
    """The data version that N-Quads say of themselves. Raises KgError where they do not; the file is rewound."""
    start, end = f'<{DATASET}> <{_VERSION}> "'.encode(), f" <{GRAPH_DATASET}> .\n".encode()
    found, digest = set(), hashlib.sha256()
    for line in nquads:
        if not line.endswith(end):
            digest.update(line)
        elif line.startswith(start):
            found.add(line[len(start) :].split(b'"')[0].decode(errors="replace"))
    nquads.seek(0)
    if len(found) != 1:
        raise KgError("These N-Quads do not describe their data set. Send a file that “kg export nquads” wrote.")
    version = found.pop()
    if version != digest.hexdigest()[:12]:
        raise KgError(
            f"These N-Quads are not whole, or were changed: they say to be version {version}, and make another. "
            "Write them anew with “kg export nquads”."
        )
    return version


class Load:
    """One load of ``nquads`` (canonical lines, none of which stands twice), whose data version is ``version``.

    ``ask`` puts a query to the whole store. All methods raise KgError.
    """

    def __init__(self, nquads: BinaryIO, version: str, writer: Writer, ask: Callable[[str], Answer]) -> None:
        self._nquads = nquads
        self._version = version
        self._writer = writer
        self._ask = ask
        self._sizes: Counter[str] = Counter()
        self._description: list[bytes] = []
        self._last, self._merged = b"", 0

    def send(self, tell: Callable[[Progress], object], *, anew: bool = False) -> int:
        """Send all graphs but the description; the byte at which it began: a load that did not end goes on there.

        ``tell`` hears after each window how far it is.
        """
        begun = 0 if anew else self._how_far()
        if begun == 0:
            self._clear()
            self._remember(0)
        done, total = 0, self._nquads.seek(0, 2)
        self._nquads.seek(0)
        while window := self._nquads.readlines(_WINDOW):
            done += sum(map(len, window))
            for line in window:
                triple = line.rpartition(b" <")[0]
                self._merged += triple != self._last
                self._last = triple
            by_graph = _by_graph(window)
            self._description += by_graph.pop(GRAPH_DATASET, [])
            self._sizes.update({graph: len(lines) for graph, lines in by_graph.items()})
            if done > begun:
                self._add(by_graph)
                self._remember(done)
            tell(Progress(done, total, self._sizes.total()))
        return begun

    def verify(self) -> Mapping[str, int]:
        """Have the store count each graph; their sizes. Raises KgError where one has other than was sent."""
        for graph, size in sorted(self._sizes.items()):
            self._compare(graph, size)
        return dict(self._sizes)

    def work_out(self, triples: Iterable[Triple]) -> None:
        """Put what was worked out from the graphs into their index, and that they are merged."""
        self._writer.drop(GRAPH_INDEX)
        batch, size = [_line((DATASET, SD + "defaultGraph", GRAPH_UNION))], 0
        for line in map(_line, triples):
            batch.append(line)
            size += len(line)
            if size >= _WINDOW:
                self._writer.add(GRAPH_INDEX, batch)
                batch, size = [], 0
        if batch:
            self._writer.add(GRAPH_INDEX, batch)

    def describe(self) -> None:
        """Put the description, by which readers know that all is there, and forget that it was being loaded."""
        version = f"<{DATASET}> <{_VERSION}> ".encode()
        last = [line for line in self._description if line.startswith(version)]
        first = [line for line in self._description if not line.startswith(version)]
        self._writer.add(GRAPH_UNION, self._description)
        self._compare(GRAPH_UNION, self._merged)
        self._writer.drop(GRAPH_DATASET)
        self._writer.add(GRAPH_DATASET, first)
        self._compare(GRAPH_DATASET, len(first))
        self._writer.add(GRAPH_DATASET, last)
        self._writer.drop(GRAPH_LOADING)

    def _how_far(self) -> int:
        rows = self._ask(_HOW_FAR).records()
        versions = {row["o"].value for row in rows if row["p"].value == _VERSION}
        done = [int(row["o"].value) for row in rows if row["p"].value == _VALUE]
        return max(done, default=0) if versions == {self._version} else 0

    def _clear(self) -> None:
        """Remove what there is of ours, the description before all else."""
        there = {row["g"].value for row in self._ask(_GRAPHS).records()}
        first = (GRAPH_DATASET, GRAPH_LOADING, GRAPH_INDEX)
        for graph in sorted(there, key=lambda each: (*(each != one for one in first), each)):
            self._writer.drop(graph)
            if graph == GRAPH_DATASET:
                time.sleep(_UNTIL_FORGOTTEN)

    def _remember(self, done: int) -> None:
        said = ((_VERSION, self._version), (_VALUE, str(done)))
        self._writer.add(GRAPH_LOADING, [_line((GRAPH_LOADING, name, Literal(value))) for name, value in said])

    def _add(self, by_graph: Lines) -> None:
        merged: dict[bytes, None] = {}
        for graph, lines in by_graph.items():
            self._writer.add(graph, lines)
            merged |= dict.fromkeys(lines)
        if merged:
            self._writer.add(GRAPH_UNION, list(merged))

    def _compare(self, graph: str, size: int) -> None:
        (row,) = self._ask(_COUNT.format(graph)).records()
        found = int(row["n"].value)
        if found != size:
            raise KgError(
                f"The store has {found:,} triples in <{graph}>, and {size:,} were sent. "
                "Load once more with --anew; if that does not help, the store changes what it is given."
            )


def _by_graph(window: Iterable[bytes]) -> Lines:
    """Quads as triples, by graph: the graph's IRI is the last term of a line, and has no blank in it."""
    found: Lines = defaultdict(list)
    for line in window:
        triple, _, graph = line.rstrip(b" .\r\n").rpartition(b" ")
        found[graph[1:-1].decode()].append(triple + b" .\n")
    return found


def _line(triple: Triple) -> bytes:
    return f"{triple_line(triple)}\n".encode()

"""The two standard ways to write graphs into a store: the Graph Store HTTP Protocol, and SPARQL 1.1 Update.

See https://www.w3.org/TR/sparql11-http-rdf-update/ and https://www.w3.org/TR/sparql11-update/. Each act may be done
twice: a graph is a set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol
from urllib.parse import quote, urlencode, urlsplit

from kg.engine.http import Broken, Http, Unreachable
from kg.engine.login import Login
from kg.engine.wire import Patience
from kg.errors import KgError

__all__ = ["GraphStore", "Updates", "Writer", "guess_writer"]

_PATIENCE = 600.0  # seconds for one request: dropping a graph of many millions takes long
_TRIPLES_AT_ONCE = 1_000  # of an update: Virtuoso's compiler takes no more than some thousands
_MOST_SHOWN = 300  # characters of what a store says


class Writer(Protocol):
    """Writes into the named graphs of one store. All methods raise KgError."""

    def drop(self, graph: str) -> None:
        """Remove a graph; nothing where there is none."""

    def add(self, graph: str, lines: Sequence[bytes]) -> None:
        """Add triples to a graph, each a line of N-Triples."""

    def close(self) -> None:
        """Close every connection."""


class GraphStore:
    """The Graph Store HTTP Protocol at ``url``, each graph named by the parameter ``graph``."""

    def __init__(self, url: str, login: Login) -> None:
        self._http = Http(url, login)
        parts = urlsplit(url)
        self._target = (parts.path or "/") + "?" + (f"{parts.query}&" if parts.query else "")

    def drop(self, graph: str) -> None:
        """Remove a graph; see :class:`Writer`."""
        _send(self._http, "DELETE", self._at(graph), b"", {}, also=404)

    def add(self, graph: str, lines: Sequence[bytes]) -> None:
        """Add triples; see :class:`Writer`."""
        headers = {"Content-Type": "application/n-triples"}
        _send(self._http, "POST", self._at(graph), b"".join(lines), headers)

    def _at(self, graph: str) -> str:
        return f"{self._target}graph={quote(graph, safe='')}"

    def close(self) -> None:
        """Close every connection."""
        self._http.close()


class Updates:
    """SPARQL 1.1 Update at ``url``, posted as a form."""

    def __init__(self, url: str, login: Login, *, field: str = "update") -> None:
        self._http = Http(url, login)
        self._field = field

    def drop(self, graph: str) -> None:
        """Remove a graph; see :class:`Writer`."""
        self._update(f"DROP SILENT GRAPH <{graph}>")

    def add(self, graph: str, lines: Sequence[bytes]) -> None:
        """Add triples; see :class:`Writer`. N-Triples are triples of an INSERT DATA as they are."""
        for start in range(0, len(lines), _TRIPLES_AT_ONCE):
            triples = b"".join(lines[start : start + _TRIPLES_AT_ONCE]).decode()
            self._update(f"INSERT DATA {{ GRAPH <{graph}> {{\n{triples}}} }}")

    def _update(self, text: str) -> None:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        _send(self._http, "POST", "", urlencode({self._field: text}).encode(), headers)

    def close(self) -> None:
        """Close every connection."""
        self._http.close()


def _send(http: Http, method: str, target: str, body: bytes, headers: dict[str, str], also: int = 0) -> None:
    """Send one act; ``also`` is a status that is as good as success. Raises KgError."""
    try:
        with http.send(method, body, headers, Patience(_PATIENCE), target=target) as exchange:
            said = exchange.told()
            exchange.finish()
            if exchange.status // 100 == 2 or exchange.status == also:
                return
            status = exchange.status
    except Unreachable as error:
        raise KgError(
            f"The store at {http.url} cannot be reached ({error}). Run the same command again to go on."
        ) from None
    except Broken as error:
        raise KgError(f"The store at {http.url} broke off ({error}). Run the same command again to go on.") from None
    if status in (401, 403):
        raise KgError(
            f"The store at {http.url} lets nobody write as we asked (HTTP {status}). Set KG_ENDPOINT_USER and "
            "KG_ENDPOINT_PASSWORD (or KG_ENDPOINT_TOKEN) to a login that may."
        )
    raise KgError(
        f"The store at {http.url} refused to {method} (HTTP {status}): {' '.join(said.split())[:_MOST_SHOWN]}"
    )


def guess_writer(url: str, server: str, login: Login) -> Writer:
    """The writer of a store by the address of its queries and the name it gives itself.

    The addresses are those of the stores' manuals; what is unknown takes updates where it takes queries, as many do.
    """
    for address in _graph_stores(url, server):
        return GraphStore(address, login)
    return Updates(url, login)


def _graph_stores(url: str, server: str) -> Iterator[str]:
    parts = urlsplit(url)
    base = f"{parts.scheme}://{parts.netloc}"
    path = parts.path.rstrip("/")
    if server.startswith("Virtuoso"):
        yield f"{base}/sparql-graph-crud-auth"
    elif "/repositories/" in path:  # GraphDB, RDF4J
        yield f"{base}{path}/rdf-graphs/service"
    elif server.startswith(("Apache Jena", "Fuseki", "Jetty")):  # Fuseki: DATASET/sparql, DATASET/query, DATASET
        yield f"{base}{path.removesuffix('/sparql').removesuffix('/query')}/data"

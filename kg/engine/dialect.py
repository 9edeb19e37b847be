"""What a store wants to be told, or says, in a way of its own: by its name in the header Server."""

from __future__ import annotations

import math
from collections.abc import Mapping

from kg.engine.answer import Form
from kg.engine.base import Graphs
from kg.engine.trailing import values_inside
from kg.graph.names import BASE

__all__ = ["accept", "cut_by_store", "enclosed", "stopped_by_store", "time_limit", "worded"]

_GRAPH = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"
_JSON = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
#: Virtuoso writes XML some four times as fast as JSON.
_XML = "application/sparql-results+xml, application/sparql-results+json;q=0.8"

_NOWHERE = f"{BASE}graph/none"  # a graph that no store has
_SPARE_SECONDS = 1.0  # after our own deadline, until a store that knows no closed connection ends by itself


def accept(form: Form, server: str) -> str:
    """The header Accept for an answer of this form: what can be read here, the fastest first."""
    if form == "graph":
        return _GRAPH
    return _XML if _is_virtuoso(server) and form == "select" else _JSON


def time_limit(seconds: float, server: str) -> list[tuple[str, str]]:
    """The fields by which the store learns when nobody waits any more; none for one whose word for it is unknown.

    Virtuoso counts milliseconds, takes no fewer than 1,000, and goes on with a query whose client has gone.
    """
    if not _is_virtuoso(server):
        return []
    return [("timeout", str(max(1_000, math.ceil(1_000 * (seconds + _SPARE_SECONDS)))))]


def enclosed(graphs: Graphs, own_dataset: bool, server: str) -> Graphs:
    """``graphs``, so that GRAPH sees none but those: in Virtuoso it sees every graph of the store where none is named.

    What Virtuoso is sent is added to a query's own FROM; elsewhere it would take its place.
    """
    if not _is_virtuoso(server) or graphs.named or not (graphs.default or own_dataset):
        return graphs
    return graphs._replace(named=(_NOWHERE,))


def worded(query: str, server: str) -> str:
    """``query`` in the words in which the store answers it rightly.

    Of VALUES behind a pattern Virtuoso finds nothing where they have several columns, cuts before it looks at them, and
    takes them in a SELECT only, which has to show their variables.
    """
    return values_inside(query) if _is_virtuoso(server) else query


def stopped_by_store(headers: Mapping[str, str]) -> bool:
    """Whether the store ended the query at a deadline of its own, and gave what it had by then: Virtuoso's S1TAT."""
    return headers.get("x-sql-state", "") == "S1TAT"


def cut_by_store(headers: Mapping[str, str], rows: int) -> bool:
    """Whether the store gave only the first rows of more: Virtuoso's ResultSetMaxRows."""
    most = headers.get("x-sparql-maxrows", "")
    return most.isdigit() and rows >= int(most)


def _is_virtuoso(server: str) -> bool:
    return server.startswith("Virtuoso")

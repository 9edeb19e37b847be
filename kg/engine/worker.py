"""Answers one query after another on one connection, in a process that can be killed at any moment.

Nothing here decides what may be asked (:mod:`kg.engine.guard` does) or for how long (:mod:`kg.engine.pool` does).
"""

from __future__ import annotations

import contextlib
import json
import signal
import socket
from typing import IO, cast

import pyoxigraph

from kg.engine import wire
from kg.engine.confine import Confinement
from kg.engine.loading import Loaded, merge
from kg.engine.respace import check, find_failure
from kg.engine.sink import Enough, RowSink, TooLong, TripleSink

__all__ = ["answer", "serve"]


def serve(connection: socket.socket, loaded: Loaded) -> None:
    """Answer the requests that come over ``connection`` from what was ``loaded`` until the other side closes it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that asks, which closes the connection
    connection.setblocking(True)
    confinement = Confinement()
    while (request := wire.receive_request(connection)) is not None:
        confinement.begin(request.seconds, request.size)
        reply, blocks = answer(loaded, request)
        reply = reply._replace(grown=confinement.end())
        try:
            wire.send_reply(connection, reply, blocks)
        except ConnectionError:
            return


def answer(loaded: Loaded, request: wire.Request) -> tuple[wire.Reply, list[bytes]]:
    """The reply to a request, and the rest of its body."""
    try:
        if request.check:
            found_in = [check(text) for text in json.loads(request.query)]
            return wire.Reply(wire.CHECKED, False, 0, 0, json.dumps(found_in).encode()), []
        found = _query(loaded, request)
        if isinstance(found, pyoxigraph.QueryBoolean):
            return wire.Reply(wire.ASK, False, 1, 0, b"true" if found else b"false"), []
        if isinstance(found, pyoxigraph.QuerySolutions):
            return _select(found, request)
        return _graph(found, request)
    except SyntaxError as error:
        return _none(wire.MALFORMED, json.dumps(find_failure(request.query, str(error.args[0])))), []
    except TooLong:
        return _none(wire.TOO_LONG), []
    except MemoryError:
        return _none(wire.NO_MEMORY), []
    except OSError as error:  # the store is in memory: only a SERVICE or the like goes to the system
        return _none(wire.OUTSIDE, str(error)), []
    except (RuntimeError, ValueError) as error:
        return _none(wire.FAILED, str(error)), []


def _query(
    loaded: Loaded, request: wire.Request
) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples:
    if request.graphs is None:
        return loaded.store.query(request.query, use_default_graph_as_union=not loaded.merged)
    default, named = ([pyoxigraph.NamedNode(each) for each in dict.fromkeys(graphs)] for graphs in request.graphs)
    if loaded.merged and len(default) > 1:
        merged = merge(loaded.store, default, named)
        return merged.query(request.query, default_graph=[pyoxigraph.DefaultGraph()], named_graphs=list(named))
    return loaded.store.query(request.query, default_graph=list(default), named_graphs=list(named))


def _select(found: pyoxigraph.QuerySolutions, request: wire.Request) -> tuple[wire.Reply, list[bytes]]:
    rows = RowSink(request.rows, request.size)
    with contextlib.suppress(Enough):
        found.serialize(cast("IO[bytes]", rows), pyoxigraph.QueryResultsFormat.TSV)
    return wire.Reply(wire.SELECT, rows.cut, rows.rows, 0, b""), rows.blocks


def _graph(found: pyoxigraph.QueryTriples, request: wire.Request) -> tuple[wire.Reply, list[bytes]]:
    triples = TripleSink(request.rows, request.size)
    with contextlib.suppress(Enough):
        found.serialize(cast("IO[bytes]", triples), pyoxigraph.RdfFormat.N_TRIPLES)
    return wire.Reply(wire.GRAPH, triples.cut, triples.rows, 0, b""), triples.blocks


def _none(kind: bytes, message: str = "") -> wire.Reply:
    return wire.Reply(kind, False, 0, 0, message.encode(errors="replace"))

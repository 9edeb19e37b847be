"""What an attack reaches for: a server that sees who comes, and a file whose words no answer may have."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from urllib.parse import parse_qs, urlsplit

from kg.engine.held import WHAT_IS_HELD
from kg.graph.names import GRAPH_ENTITIES

__all__ = ["SESAME", "Bait", "Listener", "StandIn", "started", "write_secret"]

_Server = TypeVar("_Server", bound=http.server.HTTPServer)

SESAME = "open-sesame"
_TURTLE = f'<urn:cave> <urn:says> "{SESAME}" .\n'.encode()


class Bait(NamedTuple):
    """The address of the listening server, and that of the file."""

    http: str
    file: str

    def put_into(self, query: str) -> str:
        """The query with the two addresses in their places."""
        return query.replace("@HTTP@", self.http).replace("@FILE@", self.file)


class Listener(http.server.ThreadingHTTPServer):
    """Notes everyone who connects, and gives Turtle to whoever asks."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Giving)
        self.connections = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/cave.ttl"

    def verify_request(self, request: Any, client_address: Any) -> bool:
        self.connections += 1
        return True


class StandIn(http.server.ThreadingHTTPServer):
    """An endpoint that says that it holds the graph, notes every other query, and says yes to it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Noting)
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/sparql"


class _Quiet(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def give(self, body: bytes, media_type: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _Giving(_Quiet):
    def do_GET(self) -> None:
        self.give(_TURTLE, "text/turtle")

    do_POST = do_GET  # noqa: N815 (the name that http.server calls)


class _Noting(_Quiet):
    server: StandIn

    def do_GET(self) -> None:
        self._answer(urlsplit(self.path).query)

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def _answer(self, fields: str) -> None:
        query = parse_qs(fields).get("query", [fields])[0]
        if query != WHAT_IS_HELD:
            self.server.asked.append(query)
        answer = _HELD if query == WHAT_IS_HELD else {"head": {}, "boolean": True}
        self.give(json.dumps(answer).encode(), "application/sparql-results+json")


_HELD = {
    "head": {"vars": ["version", "graph", "union"]},
    "results": {
        "bindings": [
            {
                "version": {"type": "literal", "value": "v1"},
                "graph": {"type": "uri", "value": GRAPH_ENTITIES},
            }
        ]
    },
}


@contextmanager
def started(server: _Server) -> Iterator[_Server]:
    """The server at work for as long as the block lasts."""
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def write_secret(folder: Path) -> Path:
    """A file of Turtle whose words no answer may have."""
    secret = folder / "secret.ttl"
    secret.write_bytes(_TURTLE)
    return secret

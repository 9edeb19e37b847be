"""A store of another make than Virtuoso: Oxigraph behind the standard protocols, with a login if one is wanted.

Queries at ``/query`` (posted as a form, with ``default-graph-uri`` and ``named-graph-uri``), updates at ``/update``
and, as many stores have it, at ``/query`` too, graphs at ``/data?graph=`` (Graph Store HTTP Protocol).
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import threading
import urllib.request
from collections.abc import Callable, Mapping, Sequence

import pyoxigraph
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat

from tests.remote.fakes import JSON, NTRIPLES, Asked, Fake, Talk, says

__all__ = ["PASSWORD", "TOKEN", "USER", "Standard"]

USER, PASSWORD, TOKEN = "reader", "s3cret-Passwort", "t0ken-of-nobody"

_FORMATS: Mapping[str, QueryResultsFormat | RdfFormat] = {
    JSON: QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    NTRIPLES: RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
}


class Standard(Fake):
    """The store; ``auth`` is "", "basic", "digest" or "bearer", and ``guarded`` says which requests need it.

    ``results`` and ``graphs`` are the formats it answers in. ``lose`` takes away of what is sent to a graph.
    """

    def __init__(self, auth: str = "", *, guarded: Callable[[Asked], bool] = lambda _: True) -> None:
        super().__init__(self._standard, server="Standard/1", path="/query")
        self.auth = auth
        self.guarded = guarded
        self.graph_store, self.update = f"{self.root}/data", f"{self.root}/update"
        self.results, self.graphs = JSON, NTRIPLES
        self.lose: Callable[[str, list[bytes]], list[bytes]] = _lose_nothing
        self.content = pyoxigraph.Store()
        self._lock = threading.Lock()
        self._nonces: dict[str, set[str]] = {}

    def forget_nonces(self) -> None:
        """Have every digest made again."""
        self._nonces.clear()

    def quads(self) -> set[str]:
        """All that it holds, as lines of N-Quads."""
        return set(pyoxigraph.serialize(self.content, format=RdfFormat.N_QUADS).decode().splitlines())

    def count(self, graph: str) -> int:
        return sum(1 for _ in self.content.quads_for_pattern(None, None, None, NamedNode(graph)))

    def _standard(self, asked: Asked, talk: Talk) -> None:
        if self.auth and self.guarded(asked) and not self._lets_in(asked):
            challenge = self._challenge()
            says("Who are you?", "text/plain", 401, **({"WWW_Authenticate": challenge} if challenge else {}))(
                asked, talk
            )
            return
        try:
            media, said = self._act(asked)
        except (SyntaxError, ValueError) as error:
            says(str(error), "text/plain", 400)(asked, talk)
            return
        if media:
            says(said, media, framing="chunked")(asked, talk)
        else:
            talk.head(204)

    def _act(self, asked: Asked) -> tuple[str, bytes]:
        """Do what is asked: the media type and the body of the answer, both empty for none."""
        if asked.path == "/data":
            self._change(asked.method, asked.parameters["graph"], asked.body)
        elif update := asked.all("update"):
            with self._lock:
                self._update(update[0])
        elif asked.query:
            return self._answer(asked)
        else:
            raise ValueError("neither a query nor an update")
        return "", b""

    def _change(self, method: str, graph: str, body: bytes) -> None:
        with self._lock:
            if method in ("DELETE", "PUT"):
                self.content.remove_graph(NamedNode(graph))
            if method in ("POST", "PUT"):
                kept = b"".join(self.lose(graph, body.splitlines(keepends=True)))
                self.content.load(kept, format=RdfFormat.N_TRIPLES, to_graph=NamedNode(graph))

    def _update(self, text: str) -> None:
        found = re.fullmatch(r"INSERT DATA \{ GRAPH <([^>]*)> \{\n(.*)\} \}", text, re.DOTALL)
        if found is None:
            self.content.update(text)
            return
        kept = self.lose(found[1], found[2].encode().splitlines(keepends=True))
        self.content.update(f"INSERT DATA {{ GRAPH <{found[1]}> {{ {b''.join(kept).decode()} }} }}")

    def _answer(self, asked: Asked) -> tuple[str, bytes]:
        default, named = asked.all("default-graph-uri"), asked.all("named-graph-uri")
        dataset = {}
        if default or named:
            dataset = {"default_graph": _nodes(default), "named_graphs": _nodes(named)}
        found = self.content.query(asked.query, **dataset)
        media = self.graphs if isinstance(found, pyoxigraph.QueryTriples) else self.results
        return media, found.serialize(format=_FORMATS[media]) or b""

    def _challenge(self) -> str:
        if self.auth == "digest":
            nonce = secrets.token_hex(8)
            self._nonces[nonce] = set()
            return f'Digest realm="graphs", nonce="{nonce}", qop="auth", algorithm=MD5, opaque="o"'
        return {"basic": 'Basic realm="graphs"', "bearer": 'Bearer realm="graphs"'}.get(self.auth, "")

    def _lets_in(self, asked: Asked) -> bool:
        scheme, _, said = asked.headers.get("authorization", "").partition(" ")
        if self.auth == "basic":
            return (scheme, said) == ("Basic", base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode())
        if self.auth == "bearer":
            return (scheme, said) == ("Bearer", TOKEN)
        return scheme == "Digest" and self._digest_fits(asked, said)

    def _digest_fits(self, asked: Asked, said: str) -> bool:
        """Whether it is the digest of RFC 7616 for this very request, with a count that was not used yet."""
        given = urllib.request.parse_keqv_list(urllib.request.parse_http_list(said))
        with self._lock:
            used = self._nonces.get(given.get("nonce", ""))
            if used is None or given.get("nc") in used or given.get("uri") != asked.target:
                return False
            used.add(given["nc"])
        who = _md5(f"{USER}:graphs:{PASSWORD}")
        what = _md5(f"{asked.method}:{asked.target}")
        wanted = _md5(":".join((who, given["nonce"], given["nc"], given["cnonce"], "auth", what)))
        return (given["username"], given["response"]) == (USER, wanted)


def _lose_nothing(graph: str, lines: list[bytes]) -> list[bytes]:
    return lines


def _nodes(iris: Sequence[str]) -> list[NamedNode]:
    return [NamedNode(iri) for iri in iris]


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()

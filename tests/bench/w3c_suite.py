"""The query tests of the W3C's SPARQL 1.0 and 1.1 suites, as their manifests list them."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

import pyoxigraph as ox
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

__all__ = ["Suite", "Test", "find_suites", "read_data"]

Kind = Literal["evaluation", "csv", "positive", "negative"]

#: A folder's name, and the address that its files have in their own words.
_BASES = {
    "sparql11": "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/",
    "data-sparql11": "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/",
    "sparql10": "http://www.w3.org/2001/sw/DataAccess/tests/data-r2/",
    "data-r2": "http://www.w3.org/2001/sw/DataAccess/tests/data-r2/",
    "dawg-data-r2": "http://www.w3.org/2001/sw/DataAccess/tests/data-r2/",
}
_QUERY_GROUPS = {"aggregates", "bind", "bindings", "cast", "construct", "csv-tsv-res", "exists", "functions"}
_QUERY_GROUPS |= {"grouping", "json-res", "negation", "project-expression", "property-path", "subquery", "syntax-query"}

_MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
_QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
_DAWGT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#")
_KINDS: Mapping[Node, Kind] = {
    _MF.QueryEvaluationTest: "evaluation",
    _MF.CSVResultFormatTest: "csv",
    _MF.PositiveSyntaxTest: "positive",
    _MF.PositiveSyntaxTest11: "positive",
    _MF.NegativeSyntaxTest: "negative",
    _MF.NegativeSyntaxTest11: "negative",
}
_FROM = re.compile(r"\bFROM\s+(?:NAMED\s+)?(?:<([^<>\s]*)>|(\w*:)(\w+))", re.IGNORECASE)
_PREFIX = re.compile(r"\bPREFIX\s+(\w*:)\s*<([^<>\s]*)>", re.IGNORECASE)
_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".n3": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
}


class Test(NamedTuple):
    """One test. ``default`` and ``named`` are the addresses of the data, ``sources`` those that its own FROM names."""

    group: str
    name: str
    kind: Kind
    address: str
    query: str
    default: tuple[str, ...]
    named: tuple[str, ...]
    sources: tuple[str, ...]
    result: Path | None


class Suite(NamedTuple):
    """A folder of tests, and the address that stands for it."""

    folder: Path
    base: str

    def path(self, address: str) -> Path:
        """The file at an address."""
        return self.folder / urllib.parse.unquote(address.removeprefix(self.base))

    def tests(self) -> Iterator[Test]:
        """The tests of all groups that are about reading queries and answering them; those withdrawn are left out."""
        newer = "data-sparql11" in self.base
        for manifest in sorted(self.folder.glob("*/manifest.ttl")):
            if not newer or manifest.parent.name in _QUERY_GROUPS:
                yield from self._group(manifest)

    def _group(self, manifest: Path) -> Iterator[Test]:
        name = f"{'1.1' if 'data-sparql11' in self.base else '1.0'} {manifest.parent.name}"
        graph = Graph().parse(manifest, format="turtle", publicID=f"{self.base}{manifest.parent.name}/manifest.ttl")
        for entries in graph.objects(None, _MF.entries):
            for test in Collection(graph, entries):
                kinds = [_KINDS[each] for each in graph.objects(test, RDF.type) if each in _KINDS]
                if kinds and (test, _DAWGT.approval, _DAWGT.Withdrawn) not in graph:
                    yield self._test(graph, test, name, kinds[0])

    def _test(self, graph: Graph, test: Node, group: str, kind: Kind) -> Test:
        action, result = graph.value(test, _MF.action), graph.value(test, _MF.result)
        address = str(graph.value(action, _QT.query) or action)
        query = self.path(address).read_bytes().decode()
        named = [graph.value(each, _QT.graph) or each for each in graph.objects(action, _QT.graphData)]
        return Test(
            group=group,
            name=str(test).rpartition("#")[2],
            kind=kind,
            address=address,
            query=query,
            default=tuple(sorted(map(str, graph.objects(action, _QT.data)))),
            named=tuple(sorted(map(str, named))),
            sources=tuple(_sources(query, address)),
            result=self.path(str(result)) if isinstance(result, URIRef) else None,
        )


def _sources(query: str, address: str) -> Iterator[str]:
    """The graphs that the query's own FROM names."""
    prefixes = dict(_PREFIX.findall(query))
    for iri, prefix, local in _FROM.findall(query):
        yield urllib.parse.urljoin(address, prefixes.get(prefix, "") + local if prefix else iri)


def find_suites(folder: Path) -> list[Suite]:
    """The suites in the folder, however deep: each is a folder with a name that the W3C or a distribution gives it."""
    found = [path for path in sorted(folder.rglob("*")) if path.is_dir() and path.name in _BASES]
    return [Suite(path, _BASES[path.name]) for path in found if any(path.glob("*/manifest.ttl"))]


def read_data(path: Path, address: str) -> list[ox.Triple]:
    """The triples of a data file; no blank node of it is one of another file, or of the same file read again."""
    quads = ox.parse(path=path, format=_FORMATS[path.suffix], base_iri=address, rename_blank_nodes=True, lenient=True)
    return [quad.triple for quad in quads]

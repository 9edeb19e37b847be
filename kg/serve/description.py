"""What the endpoint says of itself: the service description, and the data set's own with where it can be asked.

See https://www.w3.org/TR/sparql11-service-description/ and, for ``/.well-known/void``, https://www.w3.org/TR/void/.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.engine.answer import Answer
from kg.engine.base import Engine
from kg.graph.names import DATASET, GRAPH_DATASET, PREFIXES, SD
from kg.graph.terms import Triple, triple_line
from kg.query.ask import ask

__all__ = ["FORMATS", "dataset_description", "service_description"]

RDF, VOID = PREFIXES["rdf"], PREFIXES["void"]
#: The registry of formats that service descriptions refer to: https://www.w3.org/ns/formats/.
FORMATS = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "JSON-LD", "RDF_XML", "N-Quads", "TriG",
)  # fmt: skip

_DATASET = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{GRAPH_DATASET}> {{ ?s ?p ?o }} }}"


def service_description(engine: Engine, endpoint: str) -> Answer:
    """The endpoint at the address ``endpoint`` as ``sd:Service``, with every graph that a query may name."""
    return _answer(_service(engine, endpoint), engine.data_version)


def dataset_description(engine: Engine, endpoint: str) -> Answer:
    """What the graph says of the data set, and that it can be asked at ``endpoint``. Raises QueryError."""
    found = ask(engine, _DATASET)
    here = _lines([(DATASET, RDF + "type", VOID + "Dataset"), (DATASET, VOID + "sparqlEndpoint", endpoint)])
    return _graph(b"".join(sorted({*found.body.splitlines(keepends=True), *here})), engine.data_version)


def _service(engine: Engine, endpoint: str) -> Iterator[Triple]:
    dataset = f"{endpoint}#dataset"
    yield endpoint, RDF + "type", SD + "Service"
    yield endpoint, SD + "endpoint", endpoint
    yield endpoint, SD + "supportedLanguage", SD + "SPARQL11Query"
    yield endpoint, SD + "feature", SD + "UnionDefaultGraph"
    for name in _RESULT_FORMATS:
        yield endpoint, SD + "resultFormat", FORMATS + name
    yield endpoint, SD + "defaultDataset", dataset
    yield dataset, RDF + "type", SD + "Dataset"
    yield dataset, SD + "defaultGraph", f"{endpoint}#union"
    yield f"{endpoint}#union", RDF + "type", SD + "Graph"
    for number, graph in enumerate(sorted(engine.graphs), 1):
        named = f"{endpoint}#graph-{number}"
        yield dataset, SD + "namedGraph", named
        yield named, RDF + "type", SD + "NamedGraph"
        yield named, SD + "name", graph


def _answer(triples: Iterable[Triple], version: str) -> Answer:
    return _graph(b"".join(_lines(triples)), version)


def _lines(triples: Iterable[Triple]) -> list[bytes]:
    return [f"{triple_line(triple)}\n".encode() for triple in triples]


def _graph(body: bytes, version: str) -> Answer:
    return Answer("graph", body, body.count(b"\n"), False, 0.0, version)

"""What the graph says of one of its own IRIs, which answers under the same path here as it has after its base."""

from __future__ import annotations

from kg.engine.answer import Answer
from kg.engine.base import Engine
from kg.graph.names import BASE, GRAPH_ONTOLOGY, ONTOLOGY_HEADER, PLANNED_HEADER
from kg.query.ask import ask
from kg.query.terms import iri
from kg.serve.faults import ProtocolError

__all__ = ["describe_thing"]

# A statement is said of a thing whatever part the thing has in it; with it comes the evidence that it stands on.
_THING = """
CONSTRUCT { ?s ?p ?o } WHERE {
  { $thing ?p ?o . BIND ($thing AS ?s) }
  UNION { ?s rdf:subject|rdf:object|bde:subject|bde:speaker $thing ; ?p ?o }
  UNION {
    ?statement rdf:subject|rdf:object|bde:subject|bde:speaker $thing ; prov:wasDerivedFrom ?s .
    ?s ?p ?o .
  }
  UNION { $thing prov:wasDerivedFrom ?s . ?s ?p ?o }
}
"""
_GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH $graph { ?s ?p ?o } }"


def describe_thing(engine: Engine, path: str) -> tuple[str, Answer]:
    """The IRI at ``path``, and its triples: its own, those of statements in which it stands, and their evidence.

    A graph gives all that is in it, and the ontology's address the ontology. Raises ProtocolError (404) or QueryError.
    """
    found = BASE + path
    if found in (ONTOLOGY_HEADER, PLANNED_HEADER):
        return found, ask(engine, _GRAPH, graph=iri(GRAPH_ONTOLOGY))
    if found in engine.graphs:
        return found, ask(engine, _GRAPH, graph=iri(found))
    try:
        answer = ask(engine, _THING, thing=iri(found))
    except ValueError:  # not even an IRI
        raise _nothing_at(found) from None
    if answer.empty:
        raise _nothing_at(found)
    return found, answer


def _nothing_at(found: str) -> ProtocolError:
    return ProtocolError(404, "no_thing", what="".join(sign if sign.isprintable() else "·" for sign in found))

"""From what a solution binds to the statements that say it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.engine.answer import Term
from kg.engine.base import Engine
from kg.graph.names import PREFIXES, graph_iri
from kg.query.ask import ask
from kg.query.describe import blocks
from kg.query.evidence_parts import Part
from kg.query.sparql.nodes import Constant, Node
from kg.query.terms import id_of

__all__ = ["Claim", "Edge", "allowed", "claim_of", "claim_of_triple", "sayings"]

_ENTITY, _STATEMENT, _EVIDENCE = (PREFIXES[name] for name in ("ent", "stmt", "ev"))

# In one question, so that a relation which two sources state is found twice.
_QUESTION = """
SELECT ?subject ?predicate ?object ?statement ?source WHERE {
  VALUES (?subject ?predicate ?object) { $edges }
  ?statement rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; dcterms:source ?source .
}
"""


class Edge(NamedTuple):
    """A triple between two entities, which statements may say."""

    subject: Term
    predicate: Term
    object: Term


class Claim(NamedTuple):
    """What a part of the query found: a statement by its digits, or an edge, in one graph or (empty) in any."""

    statement: str
    edge: Edge | None = None
    graph: str = ""


def claim_of(part: Part, solution: Mapping[str, Term]) -> Claim | None:
    """What a part claims in a solution in which it holds; None where no statement can say so."""
    found = [_value(node, solution) for node in part.nodes()]
    subject, *others = found
    if subject is None or subject.kind != "iri":
        return None
    if len(others) < 2:
        return _of_statement(subject)
    predicate, thing = others[0], others[1]
    if predicate is None or thing is None or (part.graph is not None and others[2] is None):
        return None
    graph = others[2].value if part.graph is not None and others[2] is not None else ""
    return claim_of_triple(subject, predicate, thing, graph)


def claim_of_triple(subject: Term, predicate: Term, thing: Term, graph: str = "") -> Claim | None:
    """What a triple of the graph says; None where no statement can say so."""
    if subject.kind == "iri" and subject.value.startswith(_ENTITY):
        between = thing.kind == "iri" and thing.value.startswith(_ENTITY)
        return Claim("", Edge(subject, predicate, thing), graph) if between else None
    return _of_statement(subject)


def sayings(engine: Engine, edges: Iterable[Edge]) -> Iterator[tuple[Edge, str, str]]:
    """The statements that say ``edges``: each edge with the statement's digits and the graph that it stands in."""
    for block in blocks(list(dict.fromkeys(edges))):
        for row in ask(engine, _QUESTION, edges=block).records():
            edge = Edge(row["subject"], row["predicate"], row["object"])
            yield edge, id_of(row["statement"].value), graph_iri(id_of(row["source"].value))


def _of_statement(subject: Term) -> Claim | None:
    """The statement that a node is, or whose evidence it is; evidence has the digits of its statement."""
    for namespace in (_STATEMENT, _EVIDENCE):
        if subject.kind == "iri" and subject.value.startswith(namespace):
            return Claim(subject.value.removeprefix(namespace).partition("/")[0])
    return None


def _value(node: Node, solution: Mapping[str, Term]) -> Term | None:
    if isinstance(node, Constant):
        return node.term
    return solution.get(node.name) if hasattr(node, "name") else None


def allowed(graph: str, claim: Claim, default: Collection[str]) -> bool:
    """Whether what stands in ``graph`` is what a claim is about."""
    return graph == claim.graph if claim.graph else not default or graph in default

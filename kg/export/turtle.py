"""The graph as Turtle and TriG, in sorted order and without blank nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from kg.graph.build import build
from kg.graph.names import PREFIXES, compact
from kg.graph.ontology import ontology_triples
from kg.graph.shapes import shapes_turtle
from kg.graph.terms import Literal, Term, Triple, spell
from kg.model.knowledge import Knowledge

__all__ = ["write_ontology", "write_shapes", "write_trig", "write_turtle"]

_TYPE = PREFIXES["rdf"] + "type"
_BARE = {PREFIXES["xsd"] + name for name in ("boolean", "integer")}


def write_turtle(knowledge: Knowledge) -> bytes:
    """The union of all graphs as one Turtle document (W3C, RDF 1.1 Turtle)."""
    triples = {quad.triple for quad in build(knowledge).quads}
    return _document("\n".join(_subjects(triples, "")))


def write_trig(knowledge: Knowledge) -> bytes:
    """Every named graph in a block of its own (W3C, RDF 1.1 TriG)."""
    graphs: dict[str, list[Triple]] = {}
    for quad in build(knowledge).quads:
        graphs.setdefault(quad.graph, []).append(quad.triple)
    blocks = []
    for graph in sorted(graphs):
        inside = "\n".join(_subjects(graphs[graph], "    "))
        blocks.append(f"{_resource(graph)} {{\n{inside}}}\n")
    return _document("\n".join(blocks))


def write_ontology(knowledge: Knowledge) -> bytes:
    """The ontology alone, as Turtle."""
    return _document("\n".join(_subjects(set(ontology_triples(knowledge.vocabulary)), "")))


def write_shapes(knowledge: Knowledge) -> bytes:
    """The SHACL shapes, as Turtle."""
    return shapes_turtle(knowledge.vocabulary)


def _document(body: str) -> bytes:
    prefixes = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
    return f"{prefixes}\n{body}".encode()


def _subjects(triples: Iterable[Triple], indent: str) -> Iterator[str]:
    """Each subject as one paragraph, sorted by IRI."""
    subjects: dict[str, dict[str, list[Term]]] = {}
    for subject, predicate, value in triples:
        subjects.setdefault(subject, {}).setdefault(predicate, []).append(value)
    for subject in sorted(subjects):
        yield _paragraph(subject, subjects[subject], indent)


def _paragraph(subject: str, values: dict[str, list[Term]], indent: str) -> str:
    """The type first, then the predicates by their short names; many values of one predicate each get a line."""
    said = []
    for predicate in sorted(values, key=lambda each: (each != _TYPE, compact(each))):
        verb = "a" if predicate == _TYPE else _resource(predicate)
        terms = [_term(value) for value in sorted(values[predicate], key=spell)]
        join = ", " if predicate == _TYPE else f",\n{indent}        "
        said.append(f"{verb} {join.join(terms)}")
    return f"{indent}{_resource(subject)} {f' ;{chr(10)}{indent}    '.join(said)} .\n"


@lru_cache(maxsize=1 << 14)
def _resource(iri: str) -> str:
    short = compact(iri)
    return short if short != iri else f"<{iri}>"


def _term(term: Term) -> str:
    if isinstance(term, Literal):
        if term.datatype in _BARE:
            return term.value
        text = spell(Literal(term.value, term.lang))
        return f"{text}^^{_resource(term.datatype)}" if term.datatype else text
    return _resource(term)

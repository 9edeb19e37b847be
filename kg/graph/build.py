"""The whole knowledge as RDF: quads in named graphs, and their canonical N-Quads."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.graph.dataset import dataset_triples
from kg.graph.entities import entity_triples
from kg.graph.names import GRAPH_DATASET, GRAPH_ENTITIES, GRAPH_ONTOLOGY, GRAPH_VOCABULARY, graph_iri
from kg.graph.ontology import ontology_triples
from kg.graph.sources import source_triples
from kg.graph.statements import statement_triples
from kg.graph.terms import Quad, line
from kg.graph.vocabulary import vocabulary_triples
from kg.model.knowledge import Knowledge

if TYPE_CHECKING:
    import rdflib

__all__ = ["Rdf", "build", "data_version", "nquads", "to_rdf"]


@dataclass(frozen=True)
class Rdf:
    """The knowledge as RDF.

    ``quads`` are distinct and in the order of their lines; ``nquads`` are those lines in UTF-8, each with its line end;
    ``data_version`` is 12 hexadecimal digits of the SHA-256 of the lines outside ``graph:dataset``.
    """

    quads: tuple[Quad, ...]
    nquads: bytes
    data_version: str


def build(knowledge: Knowledge) -> Rdf:
    """Make the RDF of everything: canonical, so equal knowledge gives equal bytes in any process."""
    said = {line(quad): quad for quad in _knowledge_quads(knowledge)}
    version = hashlib.sha256(_bytes(sorted(said))).hexdigest()[:12]
    for triple in dataset_triples(knowledge, tuple(said.values()), version):
        quad = Quad(*triple, GRAPH_DATASET)
        said[line(quad)] = quad
    lines = sorted(said)
    return Rdf(tuple(said[each] for each in lines), _bytes(lines), version)


def nquads(knowledge: Knowledge) -> bytes:
    """The knowledge as canonical N-Quads: sorted, distinct, UTF-8, identical from run to run."""
    return build(knowledge).nquads


def data_version(knowledge: Knowledge) -> str:
    """12 hexadecimal digits that change with the knowledge, and only with it."""
    return build(knowledge).data_version


def to_rdf(knowledge: Knowledge) -> rdflib.Dataset:
    """The knowledge as an rdflib Dataset, a named graph per source, the default graph being the union of all."""
    from kg.graph.rdflib_terms import to_dataset  # late: rdflib is slow to import, and few callers want it

    return to_dataset(build(knowledge).quads)


def _bytes(lines: list[str]) -> bytes:
    return "".join(f"{each}\n" for each in lines).encode()


def _knowledge_quads(knowledge: Knowledge) -> Iterator[Quad]:
    for triple in entity_triples(knowledge):
        yield Quad(*triple, GRAPH_ENTITIES)
    for triple in vocabulary_triples(knowledge.vocabulary):
        yield Quad(*triple, GRAPH_VOCABULARY)
    for triple in ontology_triples(knowledge.vocabulary):
        yield Quad(*triple, GRAPH_ONTOLOGY)
    for source in knowledge.sources.values():
        graph = graph_iri(source.id)
        for triple in source_triples(source):
            yield Quad(*triple, graph)
        for statement in source.statements:
            for triple in statement_triples(knowledge, source, statement):
                yield Quad(*triple, graph)

"""What a set of quads amounts to, as VoID counts it (W3C, Describing Linked Datasets with the VoID Vocabulary)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kg.graph.names import PREFIXES, compact
from kg.graph.terms import Literal, Quad, Triple, count

__all__ = ["void_counts"]

RDF, VOID = PREFIXES["rdf"], PREFIXES["void"]


def void_counts(dataset: str, quads: Sequence[Quad]) -> Iterator[Triple]:
    """The counts of the union of the quads' graphs, with a partition for each class and each property."""
    triples = {quad.triple for quad in quads}
    classes = Counter(value for _, predicate, value in triples if predicate == RDF + "type")
    properties = Counter(predicate for _, predicate, _ in triples)
    amounts = {
        "triples": len(triples),
        "classes": len(classes),
        "properties": len(properties),
        "distinctSubjects": len({subject for subject, _, _ in triples}),
        "distinctObjects": len({value for _, _, value in triples}),
    }
    for name, amount in amounts.items():
        yield dataset, VOID + name, count(amount)
    for each, amount in classes.items():
        if not isinstance(each, Literal):
            yield from _partition(dataset, "class", each, "entities", amount)
    for predicate, amount in properties.items():
        yield from _partition(dataset, "property", predicate, "triples", amount)


def _partition(dataset: str, kind: str, iri: str, measure: str, amount: int) -> Iterator[Triple]:
    node = f"{dataset}/{kind}/{compact(iri)}"
    yield dataset, f"{VOID}{kind}Partition", node
    yield node, VOID + kind, iri
    yield node, VOID + measure, count(amount)

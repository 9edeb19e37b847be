"""The invented world as N-Quads, written chunk by chunk by the project's own builders."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from operator import itemgetter

from kg.graph.dataset import dataset_triples
from kg.graph.entities import entity_triples
from kg.graph.names import (
    DATASET,
    GRAPH_DATASET,
    GRAPH_ENTITIES,
    GRAPH_ONTOLOGY,
    GRAPH_VOCABULARY,
    PREFIXES,
    compact,
    graph_iri,
)
from kg.graph.ontology import ontology_triples
from kg.graph.sources import source_triples
from kg.graph.statements import statement_triples
from kg.graph.terms import Literal, Quad, Term, Triple, count, line
from kg.graph.vocabulary import vocabulary_triples
from kg.model.knowledge import Knowledge
from tests.generated.world import World

__all__ = ["Writer"]

RDF, VOID = PREFIXES["rdf"], PREFIXES["void"]
_CHUNK = 200  # entities: some 13,000 triples


class Writer:
    """Writes a world as blocks of whole lines; no line stands in two blocks, or twice in one.

    A line cannot stand in two blocks because each line of a later one speaks of an entity or a statement that is new
    with it. ``graph:dataset`` comes last, made by the project's builder, with the counts of everything; the one that
    is not exact is that of distinct objects, as a text or a date of two chunks counts twice.
    """

    def __init__(self, world: World, triples: int) -> None:
        self._world = world
        self._wanted = triples
        self._written = 0
        self._sizes: Counter[str] = Counter()
        self._totals: Counter[tuple[str, str]] = Counter()
        self._seen: set[Term] = set()
        self._samples: dict[str, Quad] = {}  # by graph, property or class: a quad that has it
        self._digest = hashlib.sha256()

    def blocks(self) -> Iterator[bytes]:
        """All blocks, until about as many triples are written as are wanted."""
        head = self._world.head()
        first = [*_frame(head), *_chunk(head)]
        yield self._block(first)
        self._seen = {each for quad in first for each in (quad.subject, quad.object)}
        beside = 700 + 40 * len(self._world.documents)  # what the last two blocks will have, about
        entities, begun = 0, self._written
        while (left := self._wanted - beside - self._written) > 0:
            each = (self._written - begun) / entities if entities else 60
            amount = max(1, min(_CHUNK, round(left / each)))
            yield self._block(list(_chunk(self._world.chunk(amount))))
            entities += amount
        yield self._block(list(self._documents()))
        self._totals[DATASET, VOID + "entities"] = entities + len(head.entities)
        yield _bytes(list(self._description(head)))

    def _block(self, quads: list[Quad]) -> bytes:
        block = _bytes(quads)
        self._count(quads)
        self._digest.update(block)
        return block

    def _count(self, quads: list[Quad]) -> None:
        """Add what VoID counts; the same triple in two graphs is one."""
        distinct = set(quads)
        self._written += len(distinct)
        self._sizes.update(map(itemgetter(3), distinct))
        triples = {quad[:3] for quad in distinct}
        totals = self._totals
        totals[DATASET, VOID + "triples"] += len(triples)
        for name, place in (("distinctSubjects", 0), ("distinctObjects", 2)):
            totals[DATASET, VOID + name] += len({triple[place] for triple in triples} - self._seen)
        predicates = Counter(map(itemgetter(1), triples))
        for predicate, amount in predicates.items():
            totals[f"{DATASET}/property/{compact(predicate)}", VOID + "triples"] += amount
        kinds = Counter(str(triple[2]) for triple in triples if triple[1] == RDF + "type")
        for kind, amount in kinds.items():
            totals[f"{DATASET}/class/{compact(kind)}", VOID + "entities"] += amount
        if (self._sizes.keys() | predicates.keys() | kinds.keys()) - self._samples.keys():
            for quad in distinct:
                type_of = (str(quad.object),) if quad.predicate == RDF + "type" else ()
                for name in (quad.graph, quad.predicate, *type_of):
                    self._samples.setdefault(name, quad)

    def _documents(self) -> Iterator[Quad]:
        """The records of the sources, whose texts are as long as they will be."""
        for document in self._world.documents:
            source = document.record()
            for triple in source_triples(source):
                yield Quad(*triple, graph_iri(source.id))

    def _description(self, head: Knowledge) -> Iterator[Quad]:
        """The data set's description of a few quads that have all there is, with the counts of the whole."""
        sample = tuple(dict.fromkeys(self._samples.values()))
        for triple in dataset_triples(head, sample, self._digest.hexdigest()[:12]):
            yield Quad(*self._of_the_whole(triple), GRAPH_DATASET)

    def _of_the_whole(self, triple: Triple) -> Triple:
        subject, predicate, value = triple
        if isinstance(value, Literal) and predicate.startswith(VOID) and value.datatype:
            total = self._totals.get((subject, predicate), self._sizes.get(subject))
            return triple if total is None else (subject, predicate, count(total))
        return triple


def _frame(head: Knowledge) -> Iterator[Quad]:
    """What does not depend on size: the vocabulary and the ontology."""
    for triple in vocabulary_triples(head.vocabulary):
        yield Quad(*triple, GRAPH_VOCABULARY)
    for triple in ontology_triples(head.vocabulary):
        yield Quad(*triple, GRAPH_ONTOLOGY)


def _chunk(knowledge: Knowledge) -> Iterator[Quad]:
    """The entities and statements, without the records of the sources."""
    for triple in entity_triples(knowledge):
        yield Quad(*triple, GRAPH_ENTITIES)
    for source, statement in knowledge.statements():
        graph = graph_iri(source.id)
        for triple in statement_triples(knowledge, source, statement):
            yield Quad(*triple, graph)


def _bytes(quads: list[Quad]) -> bytes:
    return "".join(f"{each}\n" for each in sorted(set(map(line, quads)))).encode()

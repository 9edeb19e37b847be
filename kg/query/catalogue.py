"""What there is to write in a query of this data: its classes, properties, concepts, sources and graphs, counted."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from weakref import WeakKeyDictionary

from kg.engine.answer import LANG_STRING
from kg.engine.base import Engine, Limits
from kg.graph.index_names import whole
from kg.graph.names import ONTOLOGY, PLANNED, compact, graph_name, source_iri
from kg.model.text import Text
from kg.query.ask import ask
from kg.query.kept.shelf import kept_one
from kg.query.labels import read_labels
from kg.query.names import fold, words_of

__all__ = ["KEPT_AS", "Catalogue", "Entry", "EntryKind", "catalogue", "count_triples"]

#: What the counts are kept under.
KEPT_AS = "catalogue"

EntryKind = Literal["class", "property", "concept", "source", "graph"]

# Six counts in one round trip; which variables are bound says which count a row belongs to.
_QUESTION = """
SELECT ?class ?property ?of ?datatype ?lang ?concept ?source ?graph ?count WHERE {
  { SELECT ?class (COUNT(DISTINCT ?thing) AS ?count) WHERE { ?thing a ?class } GROUP BY ?class }
  UNION { SELECT ?property (COUNT(*) AS ?count) WHERE { ?thing ?property ?value } GROUP BY ?property }
  UNION { SELECT ?class ?property (COUNT(*) AS ?count) WHERE { ?thing a ?class ; ?property ?value }
          GROUP BY ?class ?property }
  UNION { SELECT ?property ?of (COUNT(*) AS ?count) WHERE { ?thing ?property ?value . ?value a ?of }
          GROUP BY ?property ?of }
  UNION { SELECT ?property ?datatype ?lang (COUNT(*) AS ?count) WHERE {
            ?thing ?property ?value .
            FILTER (isLiteral(?value))
            BIND (DATATYPE(?value) AS ?datatype)
            BIND (LANG(?value) AS ?lang)
          } GROUP BY ?property ?datatype ?lang }
  UNION { SELECT ?concept (COUNT(?thing) AS ?count) WHERE {
            ?concept a ?kind .
            FILTER (?kind IN (skos:Concept, skos:ConceptScheme))
            OPTIONAL { ?thing ?property ?concept . FILTER (?property NOT IN (skos:hasTopConcept, skos:topConceptOf)) }
          } GROUP BY ?concept }
  UNION { SELECT ?source (COUNT(?thing) AS ?count) WHERE {
            ?source a bde:Source .
            OPTIONAL { ?thing ?property ?source }
          } GROUP BY ?source }
  UNION { SELECT ?graph (COUNT(*) AS ?count) WHERE { GRAPH ?graph { ?thing ?property ?value } } GROUP BY ?graph }
}
"""

# The words within a local name: “ledBy”, “changan-chain”.
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")


@dataclass(frozen=True)
class Entry:
    """Something that a query can name; ``name`` is None where the graph has none for it.

    ``count`` is, of a class, its instances; of a property, the triples that have it; of a concept (or a scheme of them)
    or a source, the triples that end in it; of a graph, its triples.
    """

    kind: EntryKind
    iri: str
    name: Text | None
    count: int

    @cached_property
    def curie(self) -> str:
        """The IRI under our own prefix, or the IRI where none fits."""
        return compact(self.iri)

    @cached_property
    def local(self) -> str:
        """What follows the prefix; the IRI where there is none."""
        return self.curie if self.curie == self.iri else self.curie.partition(":")[2]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Its local name and its names, folded for comparing."""
        return tuple(fold(text) for text in (self.local, *self._names))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The single words of its local name and its names, folded."""
        parts = (fold(part) for part in _PARTS.findall(self.local))
        return (*parts, *(word for name in self._names for word in words_of(name)))

    @property
    def ours(self) -> bool:
        """Whether this graph's own ontology defines it."""
        return self.iri.startswith((ONTOLOGY, PLANNED))

    @property
    def _names(self) -> list[str]:
        return [] if self.name is None else [words for _, words in self.name.items()]


Entries = Mapping[str, Entry]
#: How often each, by IRI (or by language), the commonest first.
Counts = Mapping[str, int]


@dataclass(frozen=True)
class Catalogue:
    """What there is in one data version. All mappings are by IRI, the commonest first.

    ``uses``: class → property → how many triples with it have an instance of the class as subject. ``ranges``: property
    → class → how many of its triples end in an instance of the class. ``datatypes`` and ``langs``: property → datatype
    or language tag → how many of its values.
    """

    data_version: str
    classes: Entries
    properties: Entries
    concepts: Mapping[str, tuple[Entry, ...]]
    sources: Entries
    graphs: Entries
    uses: Mapping[str, Counts]
    ranges: Mapping[str, Counts]
    datatypes: Mapping[str, Counts]
    langs: Mapping[str, Counts]

    @cached_property
    def domains(self) -> Mapping[str, Counts]:
        """Property → class → how many of its triples begin in an instance of the class: ``uses`` turned round."""
        return _turned(self.uses)

    @cached_property
    def arrivals(self) -> Mapping[str, Counts]:
        """Class → property → how many triples with it end in an instance of the class: ``ranges`` turned round."""
        return _turned(self.ranges)

    @cached_property
    def things(self) -> Entries:
        """Every entry of every kind."""
        concepts = {entry.iri: entry for entries in self.concepts.values() for entry in entries}
        return {**self.graphs, **self.sources, **concepts, **self.properties, **self.classes}


_known: WeakKeyDictionary[Engine, Catalogue] = WeakKeyDictionary()


def catalogue(engine: Engine) -> Catalogue:
    """What the engine's data version holds: two round trips at the first call, kept for as long as the engine lives."""
    known = _known.get(engine)
    if known is None or known.data_version != engine.data_version:
        known = _known[engine] = _read(engine)
    return known


def count_triples(engine: Engine, limits: Limits | None = None) -> Iterator[tuple[tuple[str, ...], list[str], int]]:
    """What is counted together, by which values, and how often; one round trip. Raises QueryError."""
    for row in ask(engine, _QUESTION, limits).records():
        count = int(row.pop("count").value)
        if count or row:  # a count over nothing is a row of its own in some stores
            yield tuple(row), [term.value for term in row.values()], count


def _counted(engine: Engine) -> Iterator[tuple[tuple[str, ...], list[str], int]]:
    """The counts as the store keeps them, else counted."""
    kept = kept_one(engine, KEPT_AS)
    if kept is None:
        yield from count_triples(engine)
    else:
        yield from ((tuple(columns), [whole(value) for value in values], count) for columns, values, count in kept)


def _read(engine: Engine) -> Catalogue:
    version = engine.data_version
    counted: dict[tuple[str, ...], dict[tuple[str, ...], int]] = defaultdict(dict)
    for columns, values, count in _counted(engine):
        counted[columns][tuple(values)] = count
    kinds: tuple[EntryKind, ...] = ("class", "property", "concept", "source", "graph")
    plain = {kind: {key[0]: count for key, count in counted[(kind,)].items()} for kind in kinds}
    labels = read_labels(engine, [one for counts in plain.values() for one in counts])
    labels |= {one: title for one in plain["graph"] if (title := labels.get(source_iri(graph_name(one) or "")))}
    entries = {kind: _entries(kind, counts, labels) for kind, counts in plain.items()}
    # A text in a language has the datatype rdf:langString (RDF 1.1, section 3.3), which Virtuoso does not say.
    tagged = (((name, LANG_STRING, lang), count) for (name, lang), count in counted["property", "lang"].items())
    literals = [*counted["property", "datatype", "lang"].items(), *tagged]
    return Catalogue(
        data_version=version,
        classes=entries["class"],
        properties=entries["property"],
        concepts=_by_prefix(entries["concept"].values()),
        sources=entries["source"],
        graphs=entries["graph"],
        uses=_nested(counted["class", "property"].items()),
        ranges=_nested(counted["property", "of"].items()),
        datatypes=_nested(((name, kind), count) for (name, kind, _), count in literals),
        langs=_nested(((name, lang), count) for (name, _, lang), count in literals if lang),
    )


def _entries(kind: EntryKind, counts: Counts, labels: Mapping[str, Text]) -> Entries:
    return {one: Entry(kind, one, labels.get(one), count) for one, count in _by_count(counts).items()}


def _by_prefix(entries: Iterable[Entry]) -> Mapping[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.curie.partition(":")[0]].append(entry)
    return {prefix: tuple(those) for prefix, those in sorted(found.items())}


def _nested(counted: Iterable[tuple[tuple[str, ...], int]]) -> Mapping[str, Counts]:
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (outer, inner), count in counted:
        found[outer][inner] += count
    return {outer: _by_count(counts) for outer, counts in found.items()}


def _turned(nested: Mapping[str, Counts]) -> Mapping[str, Counts]:
    return _nested(((inner, outer), count) for outer, counts in nested.items() for inner, count in counts.items())


def _by_count(counts: Counts) -> Counts:
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))

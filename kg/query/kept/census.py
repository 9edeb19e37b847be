"""Everyone in a store with how much is said of each, read page by page so that no answer is great."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.engine.base import Engine, Limits
from kg.errors import QueryError
from kg.graph.names import entity_iri, type_id
from kg.model.dates import PartialDate
from kg.query.ask import ask
from kg.query.describe import blocks, describe
from kg.query.kept.weights import count_statements
from kg.query.names import successor_of
from kg.query.terms import curie, entities, id_of, number, text

__all__ = ["LIMITS", "Census", "take_census"]

#: What a question may cost that is asked once, when the data was loaded.
LIMITS = Limits(seconds=1800, rows=1_000_000)

#: The most rows that a sorted page has: Virtuoso sorts no more than 10,000.
_PAGE = 5_000

# From the last id on, and not by OFFSET, for which a store would count from the first again. STR() because Virtuoso
# compares literals by other than their letters.
_IDS = """
SELECT ?id WHERE { GRAPH graph:entities { ?entity dcterms:identifier ?id } FILTER (STR(?id) > $after) }
ORDER BY STR(?id) LIMIT $limit
"""
_HOW_MANY = "SELECT (COUNT(DISTINCT ?id) AS ?count) WHERE { GRAPH graph:entities { ?entity dcterms:identifier ?id } }"

_SPOKE = """
SELECT ?entity (COUNT(DISTINCT ?statement) AS ?count) WHERE {
  VALUES ?entity { $entities }
  ?statement bde:speaker ?entity .
} GROUP BY ?entity
"""

_SOURCES = "SELECT ?source ?date WHERE { ?source a bde:Source ; dcterms:date ?date }"


@dataclass
class Census:
    """Everyone by id: how many statements speak of each (``weights``) or report what it said (``spoke``), and more.

    ``types`` has the first type of each, ``after`` the one that took the place of a retired one, ``sources`` the date
    of each source, by id in the order of ids.
    """

    weights: dict[str, int] = field(default_factory=dict)
    spoke: dict[str, int] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    themes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    sources: Mapping[str, PartialDate] = field(default_factory=dict)

    def ranked(self) -> list[str]:
        """All ids, those that most is said of first."""
        return sorted(self.weights, key=lambda one: (-self.weights[one], one))

    def found_as(self) -> dict[str, list[str]]:
        """Those that search finds, the best known first, each with all that are found as it, by id."""
        known = self.weights.keys()
        found: dict[str, list[str]] = {}
        for one in sorted(known):
            found.setdefault(successor_of(one, self.after, known), []).append(one)
        return {one: found[one] for one in self.ranked() if one in found}


def take_census(engine: Engine) -> Census:
    """Read who there is; some questions for each 400. Raises QueryError, also where the store left anyone out."""
    census = Census(sources=_sources(engine))
    for page in _pages(engine):
        for block in blocks(page):
            census.weights |= dict.fromkeys(block, 0) | count_statements(engine, block)
            asked = ask(engine, _SPOKE, LIMITS, entities=entities(block))
            census.spoke |= {id_of(row["entity"].value): int(row["count"].value) for row in asked.records() if row}
            _describe(engine, block, census)
    (row,) = ask(engine, _HOW_MANY, LIMITS).records()
    if int(row["count"].value) != len(census.weights):
        raise QueryError(
            f"The store counts {row['count'].value} entities and lists {len(census.weights)}: it does not compare "
            "texts letter by letter, so what pages ask for cannot be worked out from it."
        )
    return census


def _sources(engine: Engine) -> dict[str, PartialDate]:
    rows = ask(engine, _SOURCES, LIMITS).records()
    dates = {id_of(row["source"].value): PartialDate.read(row["date"].value) for row in rows}
    return dict(sorted(dates.items()))


def _pages(engine: Engine) -> Iterator[list[str]]:
    """All ids in their order, a page at a time."""
    last = ""
    while True:
        answer = ask(engine, _IDS, LIMITS, after=text(last), limit=number(_PAGE))
        page = [row["id"].value for row in answer.records()]
        if page:
            yield page
            last = page[-1]
        if len(page) < _PAGE:
            return


def _describe(engine: Engine, block: Sequence[str], census: Census) -> None:
    predicates = ("rdf:type", "bde:theme", "dcterms:isReplacedBy")
    found = describe(engine, map(entity_iri, block), predicates)
    for one in block:
        types, themes, after = (found.get(entity_iri(one), {}).get(curie(name), []) for name in predicates)
        census.types[one] = min(filter(None, (type_id(term.value) for term in types)), default="")
        census.themes[one] = tuple(sorted(id_of(term.value) for term in themes))
        if after:
            census.after[one] = id_of(min(after).value)

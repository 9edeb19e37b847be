"""Works out what is kept of sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from kg.engine.base import Engine
from kg.graph.names import PREFIXES, source_iri
from kg.query.ask import ask
from kg.query.directory import Directory
from kg.query.kept.census import LIMITS, Census
from kg.query.kept.sources import MOST_FIGURES, MOST_SOURCES, RECORDS, figures_name, written
from kg.query.terms import id_of, iri, text

__all__ = ["source_answers"]

#: The most figures that are kept of one entity.
_OF_ONE = 8

_FEATURED = "SELECT ?entity WHERE { GRAPH graph:entities { ?entity bde:featured true } }"

_FIGURES = """
SELECT ?statement ?subject ?aim WHERE {
  ?statement dcterms:source $source ; a bde:Figure ; bde:subject ?subject ; bde:aim ?aim .
  FILTER (STRSTARTS(STR(?statement), $start))
}
"""


def source_answers(engine: Engine, census: Census) -> Iterator[tuple[str, Any]]:
    """The records of all sources, unless they are too many, and the newest one's figures. Raises QueryError."""
    sources = Directory(engine).sources
    if len(sources) <= MOST_SOURCES:
        yield RECORDS, written(sources.values())
    if sources:
        newest = max(sources.values(), key=lambda one: (one.date.last, one.id))
        yield figures_name(newest.id), _figures(engine, newest.id, census)


def _figures(engine: Engine, source: str, census: Census) -> list[str]:
    """What was reached before what is aimed at, then of the featured, then of those that most is said of.

    Of one entity only a few, so that there is something of several.
    """
    featured = {id_of(row["entity"].value) for row in ask(engine, _FEATURED, LIMITS).records()}
    found = []
    for digit in "0123456789abcdef":  # in parts, as some stores give no more than 10,000 rows
        start = text(PREFIXES["stmt"] + digit)
        for row in ask(engine, _FIGURES, LIMITS, source=iri(source_iri(source)), start=start).records():
            subject = id_of(row["subject"].value)
            rank = subject not in featured, -census.weights.get(subject, 0)
            found.append((id_of(row["aim"].value) == "target", *rank, subject, id_of(row["statement"].value)))
    chosen: list[str] = []
    of_subject: Counter[str] = Counter()
    for *_, subject, digits in sorted(found):
        of_subject[subject] += 1
        if of_subject[subject] <= _OF_ONE:
            chosen.append(digits)
    return chosen[:MOST_FIGURES]

"""An answer as a table: columns, and cells with the label in the reader's language and the IRI behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.engine.answer import Answer, Term
from kg.graph.names import entity_id, source_id
from kg.model.text import Lang, Text
from kg.query.headings import headings
from kg.query.shown import columns_of, face, is_number, rows_of, shown_places

__all__ = ["Cell", "Table", "iris_of", "table"]


@dataclass(frozen=True, slots=True)
class Cell:
    """``text`` to show; ``iri`` stands behind it, and ``entity`` or ``source`` is its id where it is one of ours."""

    text: str
    iri: str = ""
    lang: str = ""
    entity: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The first rows of an answer; ``numeric`` are the columns that hold numbers only; None is an unbound cell.

    ``heads`` are what to write over the ``columns``.
    """

    columns: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    numeric: frozenset[int]


def iris_of(answer: Answer, limit: int) -> list[str]:
    """The distinct IRIs in the first ``limit`` rows, in their order: those whose labels a table needs."""
    return list(
        dict.fromkeys(term.value for row in rows_of(answer)[:limit] for term in row if term and term.kind == "iri")
    )


def table(
    answer: Answer, labels: Mapping[str, Text], lang: Lang, limit: int, own: Mapping[str, Text] | None = None
) -> Table:
    """The first ``limit`` rows of a SELECT or of a graph's triples; a label is laid over a cell, it drops no row.

    ``own`` are words for the columns that the query brings along.
    """
    names = columns_of(answer)
    kept = shown_places(names, lang)
    columns = tuple(names[place] for place in kept)
    rows = [tuple(row[place] for place in kept) for row in rows_of(answer)[:limit]]
    numeric = frozenset(
        place
        for place in range(len(columns))
        if any(row[place] for row in rows) and all(row[place] is None or is_number(row[place]) for row in rows)
    )
    cells = tuple(tuple(_cell(term, labels, lang) for term in row) for row in rows)
    return Table(columns, headings(names, kept, lang, own), cells, numeric)


def _cell(term: Term | None, labels: Mapping[str, Text], lang: Lang) -> Cell | None:
    if term is None:
        return None
    text, iri, tongue = face(term, labels, lang)
    return Cell(text, iri, tongue, entity_id(iri) or "", source_id(iri) or "")

"""An answer as a table: columns, and cells with the label in the reader's language and the IRI behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.engine.answer import Answer, Term
from kg.graph.names import compact, entity_id, source_id
from kg.model.text import Lang, Text
from kg.query.shown import columns_of, heading, rows_of, shown_places

__all__ = ["Cell", "Table", "iris_of", "table"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = frozenset(_XSD + name for name in ("integer", "decimal", "double", "float", "nonNegativeInteger"))


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


def table(answer: Answer, labels: Mapping[str, Text], lang: Lang, limit: int) -> Table:
    """The first ``limit`` rows of a SELECT or of a graph's triples; a label is laid over a cell, it drops no row."""
    names = columns_of(answer)
    kept = shown_places(names, lang)
    columns = tuple(names[place] for place in kept)
    rows = [tuple(row[place] for place in kept) for row in rows_of(answer)[:limit]]
    numeric = frozenset(
        place
        for place in range(len(columns))
        if any(row[place] for row in rows) and all(row[place] is None or _is_number(row[place]) for row in rows)
    )
    cells = tuple(tuple(_cell(term, labels, lang) for term in row) for row in rows)
    return Table(columns, tuple(heading(name, names, lang) for name in columns), cells, numeric)


def _is_number(term: Term | None) -> bool:
    return term is not None and term.datatype in _NUMBERS


def _cell(term: Term | None, labels: Mapping[str, Text], lang: Lang) -> Cell | None:
    if term is None:
        return None
    if term.kind != "iri":
        return Cell(term.value if term.kind != "blank" else f"_:{term.value}", lang=term.lang)
    label = labels.get(term.value)
    text = label.say(lang) if label else compact(term.value)
    return Cell(text, term.value, "", entity_id(term.value) or "", source_id(term.value) or "")

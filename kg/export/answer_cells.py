"""An answer as a table for people: the columns on the screen, labels over IRIs, numbers known, rows noted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.engine.answer import Answer, Term
from kg.export.answer_about import About
from kg.export.answer_words import say_word
from kg.model.text import Text
from kg.query.headings import headings
from kg.query.shown import Face, columns_of, face, is_number, rows_of, shown_places

__all__ = ["Cell", "Shown", "addresses", "link_of", "shown"]

_ADDRESS = re.compile(r"https?://[^\s<>\"“”，。；、（）《》]+")


@dataclass(frozen=True, slots=True)
class Cell:
    """A term and its face; an unbound cell is None in its row."""

    term: Term
    face: Face


@dataclass(frozen=True, slots=True)
class Shown:
    """The table. ``numeric`` are the places of columns with numbers only.

    ``noted`` heads a column of its own that has for each row the numbers of its sources; it is empty, and so are
    ``notes``, where the rows were not traced.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    numeric: frozenset[int]
    noted: str
    notes: tuple[tuple[int, ...], ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """All headings, that of the notes last."""
        return (*self.columns, self.noted) if self.noted else self.columns

    def note(self, line: int) -> tuple[int, ...]:
        """The numbers of the sources of a row, counted from 0."""
        return self.notes[line] if self.notes else ()


class _Faces(dict[Term | None, Cell | None]):
    """Looks up each distinct term once."""

    def __init__(self, labels: Mapping[str, Text], about: About) -> None:
        super().__init__({None: None})
        self._labels, self._lang = labels, about.lang

    def __missing__(self, term: Term | None) -> Cell | None:
        assert term is not None  # noqa: S101 (None is there from the start)
        cell = self[term] = Cell(term, face(term, self._labels, self._lang))
        return cell


def shown(answer: Answer, labels: Mapping[str, Text], about: About) -> Shown:
    """Every row of a SELECT, or a graph's triples in order.

    ``labels`` are those of IRIs; one without is shown as it is. Raises ValueError where the notes are not its own.
    """
    about.hold(answer)
    names = columns_of(answer)
    rows = sorted(answer.triples()) if answer.form == "graph" else rows_of(answer)
    kept = shown_places(names, about.lang) if answer.form == "select" else tuple(range(len(names)))
    known = _Faces(labels, about)
    numeric = frozenset(
        at for at, place in enumerate(kept) if _all_numbers({row[place] for row in rows if row[place] is not None})
    )
    return Shown(
        headings(names, kept, about.lang, about.headings),
        tuple(tuple([known[row[place]] for place in kept]) for row in rows),
        numeric,
        say_word("notes", about.lang) if about.notes is not None else "",
        about.notes or (),
    )


def _all_numbers(terms: set[Term | None]) -> bool:
    return bool(terms) and all(map(is_number, terms))


def link_of(cell: Cell) -> str:
    """Where the cell leads; empty for what is no web address, which a reader's program might take for a command."""
    return cell.face.iri if cell.face.iri.startswith(("http://", "https://")) else ""


def addresses(text: str) -> Iterator[tuple[str, bool]]:
    """The text in parts, each with whether it is a web address; the stop of a sentence is no part of one."""
    end = 0
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(".,;:!?'")
        address = address if "(" in address else address.rstrip(").,")
        yield text[end : found.start()], False
        yield address, True
        end = found.start() + len(address)
    yield text[end:], False

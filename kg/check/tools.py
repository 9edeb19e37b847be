"""What the rules share: problems at a place, statements with their number, the nearest known id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from kg.errors import Problem
from kg.load.files import Loaded
from kg.load.marks import Place
from kg.model.source import Source
from kg.model.statement import Statement
from kg.model.vocabulary import Term, Vocabulary

__all__ = ["Said", "nearest", "problem", "said", "said_problem", "terms"]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with its source and its number there, counted from 0."""

    source: Source
    index: int
    statement: Statement

    @property
    def name(self) -> str:
        """What problems call it."""
        return f"statement {self.index + 1}"


def said(loaded: Loaded) -> Iterator[Said]:
    """Every statement of every source."""
    for source in loaded.knowledge.sources.values():
        for index, statement in enumerate(source.statements):
            yield Said(source, index, statement)


def terms(loaded: Loaded) -> Iterator[tuple[str, Term]]:
    """Every term of the vocabulary, with the name of its list."""
    for listing in Vocabulary.model_fields:
        for term in getattr(loaded.knowledge.vocabulary, listing):
            yield listing, term


def problem(place: Place, record: str, message: str, cure: str) -> Problem:
    """A problem at a place."""
    return Problem(place.file, place.line, record, message, cure)


def said_problem(loaded: Loaded, one: Said, key: str, message: str, cure: str) -> Problem:
    """A problem at a key of a statement, or at the statement where it does not have the key."""
    return problem(loaded.origin.statement(one.source.id, one.index, key), one.name, message, cure)


def nearest(wanted: str, known: Iterable[str], otherwise: str) -> str:
    """A cure for an unknown id: the nearest known ones, or else ``otherwise``."""
    near = get_close_matches(wanted, list(known), n=3, cutoff=0.6)
    return f"Did you mean {', '.join(near)}? Otherwise {otherwise[0].lower()}{otherwise[1:]}" if near else otherwise

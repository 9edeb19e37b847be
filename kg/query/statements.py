"""Statements with their evidence: chosen by a pattern, read whole, then joined with the names of what they speak of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.engine.answer import Answer
from kg.engine.base import Engine
from kg.errors import AnswerTooLarge
from kg.graph.names import PREFIXES
from kg.query.ask import ask
from kg.query.bind import Value
from kg.query.build import figure_row, kind_of, relation_row, statement_card, status_row
from kg.query.describe import Properties, add, blocks
from kg.query.refs import Refs, read_refs
from kg.query.rows import FigureRow, RelationRow, StatementCard, StatusRow
from kg.query.terms import curie, id_of, iri, number

__all__ = ["MOST_STATEMENTS", "Statements", "ids_of", "read_given", "read_statements", "relation_order", "text_order"]

#: The most statements that one card reads unless told otherwise.
MOST_STATEMENTS = 1000

_ENTITIES = ("rdf:subject", "rdf:object", "bde:subject", "bde:speaker")

# First the statements, so that a limit cuts whole ones; then all that is said of each. There is always something, so
# OPTIONAL leaves no row without it; it holds a store to this order. Virtuoso, which guesses sizes anew in each process,
# sometimes went through every triple first and looked for it among the statements: minutes instead of 0.2 seconds.
_CHOSEN = "SELECT DISTINCT ?statement WHERE { %s } %s LIMIT $limit"
_QUESTION = f"""
SELECT ?statement ?predicate ?value WHERE {{
  {{ {_CHOSEN} }}
  OPTIONAL {{ ?statement ?predicate ?value }}
}}
"""
#: Virtuoso sorts no more under a LIMIT. Where more are wanted, it is the store's choice which are left out.
_MOST_SORTED = 10_000

_GIVEN = "SELECT ?statement ?predicate ?value WHERE { VALUES ?statement { $statements } ?statement ?predicate ?value }"


@dataclass(frozen=True)
class Statements:
    """Statements by their digits, with the names of every entity and source in them.

    ``cut`` says that the pattern chose more than the limit.
    """

    found: dict[str, Properties]
    refs: Refs
    cut: bool

    def relations(self, seen_from: str) -> tuple[RelationRow, ...]:
        """The relations of one entity in both directions; one to itself is there once, outgoing."""
        rows = []
        for statement, properties in self.found.items():
            outgoing = seen_from in ids_of(properties, "rdf:subject")
            if outgoing or seen_from in ids_of(properties, "rdf:object"):
                rows.append(relation_row(statement, properties, self.refs, outgoing=outgoing))
        return tuple(sorted(rows, key=relation_order))

    def figures(self, subject: str | None = None) -> tuple[FigureRow, ...]:
        """The figures of one subject or of all: by metric and subject, then the newest first."""
        rows = [figure_row(*item, self.refs) for item in self._of_kind("figure", subject)]
        rows.sort(key=lambda row: (row.aim, row.evidence.source.id, row.statement))
        rows.sort(key=lambda row: row.as_of.last, reverse=True)
        return tuple(sorted(rows, key=lambda row: (row.metric, row.subject.id)))

    def statuses(self, subject: str | None = None) -> tuple[StatusRow, ...]:
        """The statuses of one subject or of all, newest first."""
        rows = [status_row(*item, self.refs) for item in self._of_kind("status", subject)]
        rows.sort(key=lambda row: (row.subject.id, row.statement))
        return tuple(sorted(rows, key=lambda row: (row.as_of.last, row.evidence.source.date.last), reverse=True))

    def cards(self, wanted: Callable[[Properties], bool] = lambda _: True) -> tuple[StatementCard, ...]:
        """Every statement read from its subject: by source, and there in the order of its text."""
        cards = [statement_card(*item, self.refs) for item in self.found.items() if wanted(item[1])]
        return tuple(sorted(cards, key=text_order))

    def _of_kind(self, kind: str, subject: str | None) -> list[tuple[str, Properties]]:
        return [
            (statement, properties)
            for statement, properties in self.found.items()
            if kind_of(properties) == kind and (subject is None or subject in ids_of(properties, "bde:subject"))
        ]


def read_statements(engine: Engine, pattern: str, limit: int = MOST_STATEMENTS, **parameters: Value) -> Statements:
    """The statements that ``pattern`` binds to ``?statement``, at most ``limit``, in two round trips for a hundred.

    One more, and one for each 400, where the store gives too few rows at a time to tell of all of them at once.
    """
    chosen = pattern, "ORDER BY ?statement" if limit < _MOST_SORTED else ""
    asked = {"limit": number(limit + 1), **parameters}
    try:
        found = _found(ask(engine, _QUESTION % chosen, **asked))
    except AnswerTooLarge:
        rows = ask(engine, _CHOSEN % chosen, **asked).records()
        found = _given(engine, [id_of(row["statement"].value) for row in rows])
    cut = len(found) > limit
    if cut:
        del found[max(found)]
    return _whole(engine, found, cut)


def read_given(engine: Engine, digits: Sequence[str]) -> Statements:
    """The statements with these digits; a round trip for each 400, and those for the names in them."""
    return _whole(engine, _given(engine, digits), cut=False)


def _given(engine: Engine, digits: Sequence[str]) -> dict[str, Properties]:
    found: dict[str, Properties] = {}
    for block in blocks([iri(PREFIXES["stmt"] + one) for one in digits]):
        found |= _found(ask(engine, _GIVEN, statements=block))
    return found


def _found(answer: Answer) -> dict[str, Properties]:
    found: dict[str, Properties] = {}
    for row in answer.records():
        add(found.setdefault(id_of(row["statement"].value), {}), row["predicate"].value, row["value"])
    return found


def _whole(engine: Engine, found: dict[str, Properties], cut: bool) -> Statements:
    entities = {entity for properties in found.values() for name in _ENTITIES for entity in ids_of(properties, name)}
    sources = {source for properties in found.values() for source in ids_of(properties, "dcterms:source")}
    return Statements(found, read_refs(engine, entities, sources, found), cut)


def relation_order(row: RelationRow) -> tuple[object, ...]:
    """Outgoing before incoming, one relation after the other, what holds before what is planned, then by source."""
    return (not row.outgoing, row.relation, row.planned, row.other.id, row.evidence.source.id, row.statement)


def text_order(card: StatementCard) -> tuple[object, ...]:
    """By source, and there in the order of its text."""
    evidence = card.row.evidence
    unplaced = evidence.position is None
    return (evidence.source.id, unplaced, evidence.position or 0, card.subject.id, card.row.statement)


def ids_of(properties: Properties, predicate: str) -> set[str]:
    """The ids of the things that a property leads to."""
    return {id_of(term.value) for term in properties.get(curie(predicate), [])}

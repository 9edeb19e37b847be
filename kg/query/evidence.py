"""Cites an answer: numbered notes with the statements behind each row, and what of the query has none behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.engine.answer import Answer
from kg.engine.base import Engine, Limits
from kg.errors import AnswerTooLarge, QueryError, QueryTimeout
from kg.graph.names import PREFIXES
from kg.query.describe import blocks
from kg.query.evidence_claims import Claim, allowed, sayings
from kg.query.evidence_parts import Reason, Untraced
from kg.query.evidence_rows import Behind, behind, head_of
from kg.query.evidence_time import Within
from kg.query.rows import StatementCard
from kg.query.sparql.nodes import Span
from kg.query.sparql.tree import Query
from kg.query.statements import read_statements
from kg.query.terms import iri

__all__ = ["MOST_NOTES", "MOST_OF_ROW", "Cited", "Note", "Reason", "Untraced", "trace"]

#: The most statements that are listed for one row, and for all.
MOST_OF_ROW = 30
MOST_NOTES = 1000

#: The most relations that are looked up.
_MOST_EDGES = 4000
_LIMITS = Limits(seconds=10, rows=50_000)
_THESE = "VALUES ?statement { $statements } ?statement a bde:Statement"

#: What leaves nothing out: there is no statement of it that could be cited.
_HARMLESS = frozenset({"schema", "optional"})


@dataclass(frozen=True, slots=True)
class Note:
    """A statement behind an answer; the first that is cited has number 1."""

    number: int
    card: StatementCard


@dataclass(frozen=True, slots=True)
class Cited:
    """The evidence of the first rows of an answer.

    ``rows`` has the numbers of each row's notes, and ``counts`` how many statements are behind each: more than are
    listed where they are too many. Rows that are equal have the same notes. ``complete`` says that every row has
    notes, and that nothing is ``untraced`` but what no source states.
    """

    rows: tuple[tuple[int, ...], ...]
    notes: tuple[Note, ...]
    untraced: tuple[Untraced, ...]
    complete: bool
    counts: tuple[int, ...]


def trace(engine: Engine, query: Query, answer: Answer, rows: int = 100, limits: Limits = _LIMITS) -> Cited:
    """The statements behind the first ``rows`` rows of ``answer``, which is what ``query`` gave.

    The triples of a CONSTRUCT or DESCRIBE count as rows, and so does a “yes”. ``limits`` are for all of it: its
    seconds, and the rows that may be read on the way. What does not fit is said to be too many; nothing is raised.
    """
    within = Within(engine, limits.seconds)
    wanted = max(0, min(rows, 1 if answer.form == "ask" else answer.rows))
    try:
        return _cite(within, query, behind(within, query, answer, rows, limits))
    except (QueryTimeout, AnswerTooLarge):
        return _nothing(wanted, Untraced("too-many", query.where.span))
    except (QueryError, ValueError, RecursionError):
        return _nothing(wanted, Untraced("unreadable", query.where.span))


def _nothing(rows: int, why: Untraced) -> Cited:
    return Cited(((),) * rows, (), (why,), False, (0,) * rows)


def _cite(engine: Within, query: Query, found: Behind) -> Cited:
    said = _said(engine, query, found)
    of_rows = [_statements(claims, said) for claims in found.claims]
    counts = tuple(len(statements) for statements in of_rows)
    listed = _listed(of_rows)
    cards = _cards(engine, dict.fromkeys(one for statements in listed for one in statements))
    numbers = {one: number for number, one in enumerate(cards, 1)}
    untraced = [*found.untraced, *_silent(found, said)]
    if any(len(few) < len(all_) for few, all_ in zip(listed, of_rows, strict=True)):
        untraced.append(Untraced("too-many", head_of(query), max(counts)))
    rows = tuple(tuple(numbers[one] for one in statements if one in numbers) for statements in listed)
    return Cited(
        rows=rows,
        notes=tuple(Note(number, cards[one]) for one, number in numbers.items()),
        untraced=tuple(sorted(set(untraced), key=lambda one: (one.span, one.reason))),
        complete=all(rows) and all(one.reason in _HARMLESS for one in untraced),
        counts=counts,
    )


def _said(engine: Within, query: Query, found: Behind) -> dict[Claim, tuple[str, ...]]:
    """The digits of the statements that make each claim."""
    claims = list(dict.fromkeys(claim for of_row in found.claims for claim in of_row))
    edges = dict.fromkeys(claim.edge for claim in claims if claim.edge)
    if len(edges) > _MOST_EDGES:
        raise AnswerTooLarge(f"the rows rest on {len(edges):,} relations")
    default = frozenset(dataset.iri.term.value for dataset in query.datasets if not dataset.named)
    sayers: dict[object, list[tuple[str, str]]] = {}
    for edge, statement, graph in sayings(engine, edges):
        sayers.setdefault(edge, []).append((statement, graph))
    return {
        claim: (claim.statement,)
        if claim.edge is None
        else tuple(sorted({one for one, graph in sayers.get(claim.edge, ()) if allowed(graph, claim, default)}))
        for claim in claims
    }


def _statements(claims: dict[Claim, set[int]], said: dict[Claim, tuple[str, ...]]) -> tuple[str, ...]:
    """The statements behind a row, in the order of the parts of the query that found them."""
    ordered = sorted(claims, key=lambda claim: (min(claims[claim]), said[claim]))
    return tuple(dict.fromkeys(one for claim in ordered for one in said[claim]))


def _listed(of_rows: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The same without the rows that have too many, or that come when there are too many in all."""
    listed: list[tuple[str, ...]] = []
    known: set[str] = set()
    for statements in of_rows:
        fits = len(statements) <= MOST_OF_ROW and len(known.union(statements)) <= MOST_NOTES
        listed.append(statements if fits else ())
        known.update(listed[-1])
    return listed


def _cards(engine: Within, statements: Iterable[str]) -> dict[str, StatementCard]:
    """The cards of statements by their digits, in the same order."""
    cards: dict[str, StatementCard] = {}
    wanted = list(statements)
    for block in blocks(wanted):
        named = [iri(PREFIXES["stmt"] + one) for one in block]
        cards.update((card.id, card) for card in read_statements(engine, _THESE, len(named), statements=named).cards())
    return {one: cards[one] for one in wanted if one in cards}


def _silent(found: Behind, said: dict[Claim, tuple[str, ...]]) -> Iterator[Untraced]:
    """The parts of the text without a statement in any row, and those of the rows without any, and why."""
    if not found.clear:
        return
    spoke: set[int] = set()
    mute: list[set[int]] = []
    for claims, held in zip(found.claims, found.held, strict=True):
        speaking = {place for claim, places in claims.items() if said[claim] for place in places}
        spoke |= speaking
        if not speaking:
            mute.append(held)
    of_span: dict[Span, set[int]] = {}
    for place, part in enumerate(found.parts):
        of_span.setdefault(part.span, set()).add(place)
    for span, places in of_span.items():
        heard = places & spoke
        if mute or not heard:
            there = places & set().union(*(mute if heard else found.held))
            yield Untraced("schema" if there else found.parts[min(places)].absent, span)

"""What each row of an answer rests on: the second query asked, its solutions put to the rows that they give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.engine.answer import Answer, Term
from kg.engine.base import Limits
from kg.errors import AnswerTooLarge, QueryTimeout
from kg.query.evidence_claims import Claim, claim_of, claim_of_triple
from kg.query.evidence_parts import Part, Untraced
from kg.query.evidence_query import Rows, Second, second_query
from kg.query.evidence_scope import aggregates, grouped
from kg.query.evidence_time import Within
from kg.query.sparql.nodes import Constant, Span
from kg.query.sparql.tree import Query

__all__ = ["Behind", "behind", "head_of"]


@dataclass
class Behind:
    """For each row its claims, each with the places of the parts that made it, and what can have no claim.

    ``held`` are the places of the parts that held for a row, whether they made a claim or not. ``clear`` says whether
    it is known what each row rests on.
    """

    claims: list[dict[Claim, set[int]]]
    held: list[set[int]]
    parts: tuple[Part, ...]
    untraced: list[Untraced]
    clear: bool = True

    def add(self, row: int, place: int, claim: Claim | None) -> None:
        """Note that part ``place`` held for a row, and what it claims."""
        self.held[row].add(place)
        if claim is not None:
            self.claims[row].setdefault(claim, set()).add(place)

    def forget(self, row: int) -> None:
        """Claim nothing for a row of which it cannot be told what it rests on."""
        self.claims[row].clear()
        self.held[row].clear()
        self.clear = False


def _nothing_yet(rows: int, second: Second | None = None) -> Behind:
    parts, untraced = (second.parts, list(second.untraced)) if second else ((), [])
    return Behind([{} for _ in range(rows)], [set() for _ in range(rows)], parts, untraced)


def behind(engine: Within, query: Query, answer: Answer, rows: int, limits: Limits) -> Behind:
    """What the first ``rows`` rows of ``answer`` rest on; the triples of a graph are rows, and so is a “yes”."""
    if answer.form == "graph":
        return _of_triples(query, replace(answer, rows=min(rows, answer.rows)))
    if answer.form == "ask":
        shown: Rows = [()] if answer.boolean else []
    else:
        shown = replace(answer, rows=min(rows, answer.rows)).terms()
    if not shown:
        found = _nothing_yet(0)
        if answer.form == "ask":
            found.untraced.append(Untraced("negation", query.where.span))
        return found
    second, solutions = _solutions(engine, query, answer, shown, limits)
    found = _nothing_yet(len(shown), second)
    if solutions is None:
        return found
    if solutions.cut:
        found.untraced.append(Untraced("too-many", head_of(query)))
        found.clear = False
        return found
    _put(found, query, second, answer.columns, shown, _in_time(engine, solutions.records()))
    return found


def _in_time(engine: Within, solutions: Iterable[dict[str, Term]]) -> Iterator[dict[str, Term]]:
    for solution in solutions:
        if not engine.left:
            raise QueryTimeout(engine.seconds)
        yield solution


def head_of(query: Query) -> Span:
    """The place of what gathers many solutions into one row: the first column that counts, else all that is shown."""
    counting = [column.span for column in query.columns if aggregates(column.expression)]
    return counting[0] if counting else query.head


def _of_triples(query: Query, answer: Answer) -> Behind:
    triples = answer.triples()[: answer.rows]
    found = _nothing_yet(len(triples))
    nodes = [(Constant(subject), Constant(predicate), Constant(thing)) for subject, predicate, thing in triples]
    found.parts = tuple(Part(*three, query.head) for three in nodes)
    for row, triple in enumerate(triples):
        found.add(row, row, claim_of_triple(*triple))
    return found


def _solutions(
    engine: Within, query: Query, answer: Answer, shown: Rows, limits: Limits
) -> tuple[Second, Answer | None]:
    """The second query and its answer, None where it has nothing to ask; long paths are followed if there is time."""
    whole = not answer.cut and len(shown) == answer.rows
    second = second_query(query, answer.columns, shown, deep=True, whole=whole)
    if not second.text:
        return second, None
    if second.followed:
        try:
            solutions = engine.ask(second.text, limits=replace(limits, seconds=limits.seconds / 2))
            if not solutions.cut:
                return second, solutions
        except (QueryTimeout, AnswerTooLarge):
            pass  # without those steps it is no more work than the question itself
        second = second_query(query, answer.columns, shown, deep=False, whole=whole)
        if not second.text:
            return second, None
    return second, engine.ask(second.text, limits=limits)


def _put(
    found: Behind,
    query: Query,
    second: Second,
    columns: Sequence[str],
    shown: Rows,
    solutions: Iterable[dict[str, Term]],
) -> None:
    places = [columns.index(key) for key in second.keys]
    rows_of: dict[tuple[Term | None, ...], list[int]] = {}
    for row, cells in enumerate(shown):
        rows_of.setdefault(tuple(cells[place] for place in places), []).append(row)
    groups: dict[tuple[Term | None, ...], set[tuple[Term | None, ...]]] = {}
    for solution in solutions:
        key = tuple(solution.get(name) for name in second.keys)
        rows = rows_of.get(key)
        if rows is None:
            continue
        groups.setdefault(key, set()).add(tuple(solution.get(name) for name in second.groups))
        for place, part in enumerate(second.parts):
            if all(name in solution for name in part.when):
                claim = claim_of(part, solution)
                for row in rows:
                    found.add(row, place, claim)
    _judge(found, query, rows_of, groups)


def _judge(
    found: Behind,
    query: Query,
    rows_of: dict[tuple[Term | None, ...], list[int]],
    groups: dict[tuple[Term | None, ...], set[tuple[Term | None, ...]]],
) -> None:
    """Say of the rows without a solution, and of those that may be of several groups, that they are not traced."""
    if len(groups) < len(rows_of):
        reason = Untraced("negation" if grouped(query) else "unreadable", query.where.span)
        found.untraced.append(reason)
        found.clear = False
    unclear = [key for key, members in groups.items() if len(members) > 1]
    for key in unclear:
        for row in rows_of[key]:
            found.forget(row)
    if unclear:
        by = [column.span for column in query.group_by]
        found.untraced.append(Untraced("aggregate", Span(by[0].start, by[-1].end)))

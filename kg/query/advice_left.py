"""What a query would be without one of the parts that fail, the part that is missed least first."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import Edit
from kg.query.advice_case import Case, Idea
from kg.query.advice_edits import cut, cut_clause, replaced, without_triples
from kg.query.sparql.tree import Column, Dataset, InGraph, Query, Span, Triple, variables_of

__all__ = ["left_out", "shown"]


def left_out(case: Case) -> Iterator[Idea]:
    """Each failing part left out, with what makes no sense without it; something must be left.

    A condition goes before the triples: the triple that its variable comes from is seldom at fault, and would take the
    condition with it. What gives a selected variable its value goes last.
    """
    everything = case.parts.everything
    choices = [(part, case.parts.without(everything, (part.place,))) for part in case.culprits]
    choices = [(part, kept) for part, kept in choices if kept]
    choices = [one for one in choices if not any(one[1] < kept for _, kept in choices)]  # else less need go
    wanted = shown(case.query)
    choices.sort(key=lambda one: (isinstance(one[0].element, Triple), bool(wanted - _bound(case, one[1]))))
    for part, kept in choices:
        edits = tuple(_removals(case, everything - kept))
        yield Idea("left_out", edits, {"part": " ".join(case.query.words(part.span).split())})


def shown(query: Query) -> frozenset[str]:
    """The variables that the columns of a SELECT are made from; none for ``SELECT *``."""
    return frozenset(name for column in query.columns for name in _named(column))


def _named(column: Column) -> Iterator[str]:
    if column.expression is not None:
        yield from (one.name for one in variables_of(column.expression))
    elif column.variable is not None:
        yield column.variable.name


def _bound(case: Case, kept: frozenset[int]) -> frozenset[str]:
    return frozenset(name for place in kept for name in case.parts.all[place].binds)


def _removals(case: Case, dropped: frozenset[int]) -> Iterator[Edit]:
    query = case.query
    parts = [case.parts.all[place] for place in sorted(dropped)]
    triples = [part.element for part in parts if isinstance(part.element, Triple)]
    for block in dict.fromkeys(one.block for one in triples):
        yield without_triples(query, block, [one for one in triples if one.block == block])
    for part in parts:
        if isinstance(part.element, InGraph):
            yield replaced(Span(part.span.start, part.element.group.span.start), "")
        elif isinstance(part.element, Dataset) or not part.groups:
            yield cut_clause(query, part.span)
        elif not isinstance(part.element, Triple):
            yield cut(query, part.span)

"""One value is to equal two things at once, which no value does: either of them will do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.errors import Edit
from kg.query.advice_case import Case, Idea
from kg.query.advice_edits import cut, replaced
from kg.query.advice_parts import Part
from kg.query.advice_tested import comparison, conjuncts, joined, sides, worded
from kg.query.sparql.tree import Call, Constant, Expression, Filter, Query

__all__ = ["both"]


def both(case: Case) -> Iterator[Idea]:
    """``?x = a && ?x = b``, in one filter or in several, becomes ``?x IN (a, b)``."""
    filters = [(part, part.element) for part in case.culprits if isinstance(part.element, Filter)]
    equal = [call for _, element in filters for call in _equalities(element.expression)]
    for words in dict.fromkeys(sides(case.query, call)[1] for call in equal):
        calls = [call for call in equal if sides(case.query, call)[1] == words]
        constants = list(dict.fromkeys(sides(case.query, call)[2] for call in calls))
        if len(constants) > 1:
            edits = tuple(_rewritten(case.query, filters, calls, _listed(case.query, words, constants)))
            yield Idea("both", edits, {"given": constants[0].term, "found": constants[1].term})


def _equalities(expression: Expression) -> Iterator[Call]:
    for one in conjuncts(expression):
        call = comparison(one)
        if call is not None and call.function == "=":
            yield call


def _listed(query: Query, words: str, constants: Sequence[Constant]) -> str:
    return f"{words} IN ({', '.join(query.words(one.span) for one in constants)})"


def _rewritten(
    query: Query, filters: Sequence[tuple[Part, Filter]], calls: Sequence[Call], listed: str
) -> Iterator[Edit]:
    """The filters with ``listed`` in the place of the first of ``calls``, and without the others."""
    first, *others = [one.span for one in calls]
    for part, element in filters:
        conditions = conjuncts(element.expression)
        spans = [one.span for one in conditions]
        kept = [one for one in conditions if one.span not in others]
        if not kept:
            yield cut(query, part.span)
        elif first in spans or len(kept) < len(conditions):
            texts = [listed if one.span == first else worded(query, one) for one in kept]
            yield replaced(element.expression.span, joined(texts))

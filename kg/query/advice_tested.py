"""What a condition holds against what: its parts, its two sides, and the values that its tested side has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from kg.engine.answer import Term
from kg.errors import Edit
from kg.query.advice_case import Case
from kg.query.advice_edits import written
from kg.query.advice_match import is_number
from kg.query.advice_parts import Part
from kg.query.sparql.tree import Call, Constant, Expression, Query

__all__ = ["ORDER", "Values", "compared", "comparison", "conjuncts", "joined", "sides", "values_in", "worded"]

#: Gives the values of an expression where the other conditions (in SPARQL) hold.
Values = Callable[[str, str], list[Term]]

#: The comparisons that give a bound.
ORDER = frozenset({"<", ">", "<=", ">="})
_PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "="}


def values_in(case: Case, part: Part) -> Values:
    """The values where the filter ``part`` stands, without regard to it."""

    def values(expression: str, others: str) -> list[Term]:
        bound = f"BIND ({expression} AS ?kgWhy) {others}"
        return case.find_terms("DISTINCT ?kgWhy", {part.place: bound}, "LIMIT 1000")

    return values


def comparison(expression: Expression) -> Call | None:
    """An expression that is held against a constant by ``=`` or an order, the constant on the right; else None."""
    if not (isinstance(expression, Call) and expression.function in _MIRRORED):
        return None
    left, right = expression.arguments
    if isinstance(left, Constant):
        left, right = right, left
        expression = replace(expression, function=_MIRRORED[expression.function], arguments=(left, right))
    return expression if isinstance(right, Constant) else None


def sides(query: Query, call: Call) -> tuple[Expression, str, Constant]:
    """The tested expression, its text, and the constant that it is held against."""
    tested, constant = call.arguments[:2]
    assert isinstance(constant, Constant)  # noqa: S101 (who calls has looked)
    return tested, query.words(tested.span), constant


def compared(query: Query, term: Term) -> tuple[str, tuple[Edit, ...]]:
    """The term as it is held against others: a number needs no datatype there."""
    if is_number(term) and _PLAIN_NUMBER.fullmatch(term.value):
        return term.value, ()
    return written(query, term)


def conjuncts(expression: Expression) -> list[Expression]:
    """The conditions that ``&&`` ties together."""
    if isinstance(expression, Call) and expression.function == "&&":
        return [one for argument in expression.arguments for one in conjuncts(argument)]
    return [expression]


def worded(query: Query, condition: Expression) -> str:
    """A condition as it may stand beside ``&&``."""
    words = query.words(condition.span)
    return f"({words})" if isinstance(condition, Call) and condition.function == "||" else words


def joined(conditions: Iterable[str]) -> str:
    """Conditions tied together by ``&&``."""
    return " && ".join(conditions)

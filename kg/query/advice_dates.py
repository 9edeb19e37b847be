"""Dates in conditions: those without quotes, which are arithmetic, and those of another type than the data's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date as day

from kg.engine.answer import Term
from kg.query.advice_case import Case, Idea
from kg.query.advice_edits import quoted, replaced, written
from kg.query.advice_match import is_date
from kg.query.advice_parts import Part
from kg.query.advice_tested import ORDER, comparison, conjuncts, joined, sides, worded
from kg.query.sparql.tree import Bind, Call, Expression, Filter, Query, Span
from kg.query.terms import date

__all__ = ["bare_dates", "other_dates", "unquoted"]

_WHOLE = len("2025-01-01")
_BARE = re.compile(r"(\d{4})([-/])(\d\d?)(?:\2(\d\d?))?")
_WRITTEN = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
#: A period that is named by its first day: the year 2025 by 2025-01-01.
_FIRST = re.compile(r"(-01){1,2}$")


def unquoted(case: Case) -> Iterator[Idea]:
    """Dates without quotes in what fails, and then in the whole pattern, all at once."""
    if bare_dates(case.query, _expressions(case.culprits)) is not None:
        idea = bare_dates(case.query, _expressions(case.parts.all))
        yield from () if idea is None else (idea,)


def _expressions(parts: Iterable[Part]) -> list[Expression]:
    return [part.element.expression for part in parts if isinstance(part.element, (Filter, Bind))]


def bare_dates(query: Query, expressions: Iterable[Expression]) -> Idea | None:
    """Dates without quotes in some expressions: 2025-01-01 is a subtraction, and its outcome is 2023."""
    found = [one for expression in expressions for one in _arithmetic(query, expression)]
    if not found:
        return None
    words = [(span, *written(query, term)) for span, term in found]
    edits = [replaced(span, word) for span, word, _ in words]
    more = [edit for _, _, needed in words for edit in needed]
    whole = all(len(term.value) == _WHOLE for _, term in found)  # what looks like a month may be a true subtraction
    values = {"given": query.words(found[0][0]), "found": words[0][1]}
    return Idea("unquoted", (*dict.fromkeys(more), *edits), values, certain=whole)


def _arithmetic(query: Query, expression: Expression) -> Iterator[tuple[Span, Term]]:
    if not isinstance(expression, Call):
        return
    found = _BARE.fullmatch(query.words(expression.span)) if expression.function in ("-", "/") else None
    term = _date_of(*found.group(1, 3, 4)) if found else None
    if term is not None:
        yield expression.span, term
        return
    for argument in expression.arguments:
        yield from _arithmetic(query, argument)


def _date_of(year: str, month: str, number: str | None) -> Term | None:
    """The date, if there is such a day. Of a month both figures must stand there: 2025-1 may well be a subtraction."""
    try:
        whole = day(int(year), int(month), int(number or 1)).isoformat()
    except ValueError:
        return None
    if number is None:
        return date(whole[:7]) if len(month) > 1 else None
    return date(whole)


def other_dates(case: Case, part: Part) -> Iterator[Idea]:
    """The values lie within the bounds, but are dates of another type, which no comparison of dates finds.

    Years and months are as much dates as days are; SPARQL compares only those of one type, and texts in any case.
    """
    assert isinstance(part.element, Filter)  # noqa: S101 (who calls has looked)
    near = [one for one in case.parts.all if isinstance(one.element, Filter) and one.groups == part.groups]
    for words in dict.fromkeys(words for words, _ in _bounds(case.query, part)):
        bounds = {one.place: [call for name, call in _bounds(case.query, one) if name == words] for one in near}
        calls = [call for found in bounds.values() for call in found]
        instead = {one.place: _others(case.query, one, bounds[one.place]) for one in near if bounds[one.place]}
        instead[part.place] += f" BIND ({words} AS ?kgWhy)"
        types = {_constant(case.query, call).datatype for call in calls}
        found = case.find_terms("DISTINCT ?kgWhy", instead, "LIMIT 1000")
        values = sorted(one for one in found if is_date(one) and one.datatype not in types)
        if not values:
            continue
        for as_texts in (_exact(case.query, calls), _widened(case.query, calls, values)):
            lying = [one for one in values if all(_meets(one.value, *bound) for bound in as_texts)]
            if lying:
                tests = [f"STR({words}) {operator} {quoted(text)}" for operator, text in as_texts]
                edits = tuple(replaced(call.span, test) for call, test in zip(calls, tests, strict=True))
                yield Idea("date_type", edits, {"given": _constant(case.query, calls[0]), "found": lying[0]})
                break


def _constant(query: Query, call: Call) -> Term:
    return sides(query, call)[2].term


def _bounds(query: Query, part: Part) -> list[tuple[str, Call]]:
    """The bounds by dates that a filter gives, each with the text of what it tests."""
    assert isinstance(part.element, Filter)  # noqa: S101 (who calls has looked)
    found = [comparison(one) for one in conjuncts(part.element.expression)]
    calls = [one for one in found if one is not None and one.function in ORDER]
    named = [(sides(query, one), one) for one in calls]
    return [(words, one) for (_, words, constant), one in named if is_date(constant.term) and _day(constant.term)]


def _others(query: Query, part: Part, bounds: Sequence[Call]) -> str:
    """The filter without its ``bounds``."""
    assert isinstance(part.element, Filter)  # noqa: S101 (who calls has looked)
    places = {one.span for one in bounds}
    rest = [worded(query, one) for one in conjuncts(part.element.expression) if one.span not in places]
    return f"FILTER ({joined(rest)})" if rest else ""


def _day(term: Term) -> str:
    """The date without a time of day."""
    found = _WRITTEN.match(term.value)
    return found.group() if found else ""


def _exact(query: Query, calls: Sequence[Call]) -> list[tuple[str, str]]:
    """The bounds as texts that say the same of days, months and years: from 2025-01-01 on is from 2025 on."""
    texts = [(one.function, _day(_constant(query, one))) for one in calls]
    return [(operator, _FIRST.sub("", text) if operator in (">=", "<") else text) for operator, text in texts]


def _widened(query: Query, calls: Sequence[Call], values: Sequence[Term]) -> list[tuple[str, str]]:
    """The bounds as texts that also let in a year or month within which they begin."""
    length = min(len(one.value) for one in values)
    texts = [(one.function, _day(_constant(query, one))) for one in calls]
    return [(operator, text[:length] if operator == ">=" else text) for operator, text in texts]


def _meets(value: str, operator: str, bound: str) -> bool:
    return {"<": value < bound, "<=": value <= bound, ">": value > bound, ">=": value >= bound}[operator]

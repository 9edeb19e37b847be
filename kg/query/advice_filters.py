"""Conditions that nothing meets: a comparison of unlike things, a bound too narrow, a variable that has no value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from kg.query.advice_case import Case, Idea
from kg.query.advice_dates import other_dates
from kg.query.advice_edits import cut, quoted, replaced, written
from kg.query.advice_literals import things_called
from kg.query.advice_match import is_date, is_number, matching, number_of
from kg.query.advice_parts import Part
from kg.query.advice_search import SEARCHES, like, search
from kg.query.advice_tested import ORDER, Values, compared, comparison, sides, values_in
from kg.query.sparql.tree import (
    Call,
    Constant,
    Exists,
    Expression,
    Filter,
    Minus,
    Optional,
    Query,
    Variable,
    variables_of,
)
from kg.query.terms import text

__all__ = ["conditions", "filters", "leftovers"]

_TAG = re.compile("[a-zA-Z]{2,3}(-[a-zA-Z0-9]+)*")


def filters(case: Case) -> Iterator[Idea]:
    """What may be wrong with the failing filters."""
    for part in case.culprits:
        if isinstance(part.element, Filter):
            yield from _scopes(case, part, part.element)
            of_other_types = list(other_dates(case, part))
            yield from of_other_types
            if not of_other_types:  # a bound is not too narrow for what it cannot be compared with
                yield from conditions(case.query, part.element.expression, values_in(case, part))
            yield from _things(case, part, part.element.expression)


def leftovers(case: Case) -> Iterator[Idea]:
    """A MINUS or a NOT EXISTS that takes everything away."""
    for part in case.culprits:
        expression = part.element.expression if isinstance(part.element, Filter) else None
        if isinstance(part.element, Minus) or (isinstance(expression, Exists) and expression.negated):
            yield Idea("minus", (cut(case.query, part.span),))


def _scopes(case: Case, part: Part, element: Filter) -> Iterator[Idea]:
    """Variables that never have a value where the filter stands."""
    here = [other for other in case.parts.all if part.groups[-1] in other.groups]
    bound = {name for other in here for name in other.binds if not isinstance(other.element, Optional)}
    maybe = {name for other in here for name in other.binds} - bound
    for variable in variables_of(element.expression):
        if variable.name in bound:
            continue
        for near in get_close_matches(variable.name, sorted(bound | maybe), n=2, cutoff=0.7):
            values = {"given": f"?{variable.name}", "found": f"?{near}"}
            if near != variable.name:
                yield Idea("variable", (replaced(variable.span, f"?{near}"),), values)
        if variable.name in maybe:
            words = case.query.words(element.expression.span)
            edits = (replaced(element.expression.span, f"!BOUND(?{variable.name}) || ({words})"),)
            yield Idea("optional", edits, {"given": f"?{variable.name}"})


def conditions(query: Query, expression: Expression, values: Values, others: str = "") -> Iterator[Idea]:
    """What may be wrong with a condition, or with those that ``&&`` and ``||`` tie together."""
    if not isinstance(expression, Call):
        return
    if expression.function in ("&&", "||"):
        for one, other in (expression.arguments, expression.arguments[::-1]):
            also = f"FILTER ({query.words(other.span)})" if expression.function == "&&" else ""
            yield from conditions(query, one, values, f"{others} {also}")
    elif expression.function in SEARCHES:
        yield from search(query, expression, values, others)
    elif expression.function == "LANGMATCHES" and isinstance(expression.arguments[1], Constant):
        yield from _language(query, expression, values, others)
    elif expression.function == "IN":
        yield from _in(query, expression, values, others)
    elif (compares := comparison(expression)) is not None and sides(query, compares)[2].term.kind == "literal":
        yield from (_order if compares.function in ORDER else _equal)(query, compares, values, others)


def _language(query: Query, call: Call, values: Values, others: str) -> Iterator[Idea]:
    """A language tag that no text has; of those that some have, first the one that begins alike."""
    tested, words, constant = sides(query, call)
    given = constant.term.value.lower()
    found = values(words, others)
    if any(term.lang for term in found) or (isinstance(tested, Call) and tested.function == "STR"):
        yield _of_its_language(query, call)
        return
    known = {term.value for term in found if _TAG.fullmatch(term.value) and term.value != constant.term.value}
    short = {"cn": "zh", "chinese": "zh", "english": "en"}.get(given, given.partition("-")[0])
    for tag in sorted(known, key=lambda one: (one != short, not one.startswith(short), one))[:2]:
        edits = (replaced(constant.span, quoted(tag)),)
        yield Idea("language", edits, {"given": constant.term, "found": text(tag)})


def _of_its_language(query: Query, call: Call) -> Idea:
    """The language is looked for in the text itself."""
    tested, words, _ = sides(query, call)
    bare = query.words(tested.arguments[0].span) if isinstance(tested, Call) and tested.function == "STR" else words
    meant = f"LANG({bare})"
    return Idea("lang_of", (replaced(tested.span, meant),), {"given": words, "found": meant}, certain=True)


def _equal(query: Query, call: Call, values: Values, others: str) -> Iterator[Idea]:
    tested, words, constant = sides(query, call)
    if isinstance(tested, Call) and tested.function == "LANG":
        yield from _language(query, call, values, others)
        return
    yield from like(query, call)
    found = values(words, others)
    if _TAG.fullmatch(constant.term.value) and any(term.lang == constant.term.value for term in found):
        yield _of_its_language(query, call)
    for kind, term in matching(constant.term, found):
        named = {"given": constant.term, "found": term}
        if kind in ("untagged", "language") and isinstance(tested, Variable):
            plain = replaced(constant.span, quoted(constant.term.value))
            yield Idea("equal_text", (replaced(tested.span, f"STR({words})"), plain), named)
        elif kind == "part_of_date":
            starts = f"STRSTARTS(STR({words}), {quoted(constant.term.value)})"
            yield Idea(kind, (replaced(call.span, starts),), named)
        else:
            meant, more = compared(query, term)
            yield Idea(kind, (*more, replaced(constant.span, meant)), named)


def _in(query: Query, call: Call, values: Values, others: str) -> Iterator[Idea]:
    """The listed texts without regard to their language, where that makes one of them right."""
    tested, *listed = call.arguments
    words = query.words(tested.span)
    texts = [one for one in listed if isinstance(one, Constant) and one.term.kind == "literal"]
    if not texts or not isinstance(tested, Variable):
        return
    found = values(words, others)
    for one in texts:
        for kind, term in matching(one.term, found):
            named = {"given": one.term, "found": term}
            if kind in ("untagged", "language"):
                plain = [replaced(each.span, quoted(each.term.value)) for each in texts]
                yield Idea("equal_text", (replaced(tested.span, f"STR({words})"), *plain), named)
            else:
                meant, more = compared(query, term)
                yield Idea(kind, (*more, replaced(one.span, meant)), named)


def _order(query: Query, call: Call, values: Values, others: str) -> Iterator[Idea]:
    """A bound of another datatype than the values, or one beyond all of them."""
    _, words, constant = sides(query, call)
    found = values(words, others)
    numbers = [(number, term) for term in found if is_number(term) and (number := number_of(term)) is not None]
    dates = sorted((term.value, term) for term in found if is_date(term))
    given = constant.term
    if numbers and not is_number(given) and (number := number_of(given)) is not None:
        yield Idea("datatype", (replaced(constant.span, f"{number:f}"),), {"given": given, "found": numbers[0][1]})
    if dates and re.match(r"\d{4}", given.value) and any(term.datatype != given.datatype for _, term in dates):
        as_text = f"STR({words}) {call.function} {quoted(given.value)}"
        yield Idea("datatype", (replaced(call.span, as_text),), {"given": given, "found": dates[0][1]})
    ends = sorted(numbers) if numbers and is_number(given) else dates if is_date(given) else []
    if ends:
        most = call.function.startswith(">")
        end = ends[-1 if most else 0][1]
        meant, more = compared(query, end)
        edits = (*more, replaced(call.span, f"{words} {'>=' if most else '<='} {meant}"))
        yield Idea("bound", edits, {"given": given, "found": end})


def _things(case: Case, part: Part, expression: Expression) -> Iterator[Idea]:
    """A variable that has IRIs is held against the name of one."""
    if not isinstance(expression, Call) or expression.function != "=":
        return
    for tested, one in (expression.arguments, expression.arguments[::-1]):
        if isinstance(tested, Variable) and isinstance(one, Constant) and one.term.kind == "literal":
            bound = f"BIND (?{tested.name} AS ?kgWhy)"
            for thing in things_called(case, one.term.value, {part.place: bound}):
                words, more = written(case.query, thing)
                edits = (*more, replaced(one.span, words))
                yield Idea("thing", edits, {"given": one.term, "found": thing})

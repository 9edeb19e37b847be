"""Which value of the data was meant by a literal that matches none: another tag or datatype, or one nearby."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kg.engine.answer import Term
from kg.query.advice_case import Kind
from kg.query.match import allowed_slips
from kg.query.names import fold
from kg.query.terms import curie

__all__ = ["is_date", "is_number", "matching", "number_of"]

_NUMBERS = frozenset(
    curie(f"xsd:{name}")
    for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger", "positiveInteger")
)
_DATES = frozenset(curie(f"xsd:{name}") for name in ("date", "dateTime", "gYear", "gYearMonth"))
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_ALIKE_LANGS = {"cn": "zh", "chinese": "zh", "english": "en", "eng": "en", "chi": "zh", "zho": "zh"}


def is_number(term: Term) -> bool:
    """Whether this is a literal of a numeric datatype."""
    return term.datatype in _NUMBERS


def is_date(term: Term) -> bool:
    """Whether this is a literal of a date datatype, or a text that looks like a date."""
    return term.datatype in _DATES


def number_of(term: Term) -> Decimal | None:
    """The number that a literal writes, whatever its datatype."""
    try:
        number = Decimal(term.value.strip().replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def matching(given: Term, values: Sequence[Term]) -> Iterator[tuple[Kind, Term]]:
    """The ``values`` that may be meant by ``given``, the likeliest first, each with the kind of the difference.

    Kinds: ``untagged``, ``language`` and ``datatype`` (the text is the same), ``part_of_date`` (a value lies within the
    year or month), ``spelling`` (a text that differs in a letter) and ``nearest`` (the next number or date).
    """
    if given.kind != "literal":
        return
    literals = [value for value in values if value.kind == "literal" and value != given]
    yield from _same_text(given, literals)
    yield from _same_number(given, literals)
    if _DATE.fullmatch(given.value):
        yield from _dates(given, [value for value in literals if is_date(value)])
    elif not is_number(given):
        yield from _alike(given, literals)


def _same_text(given: Term, values: Sequence[Term]) -> Iterator[tuple[Kind, Term]]:
    same = [value for value in values if value.value == given.value]
    wanted = _ALIKE_LANGS.get(given.lang.lower(), given.lang.lower().partition("-")[0])
    for value in sorted(same, key=lambda one: (one.lang != wanted, one.lang not in ("zh", "en"), one.lang)):
        if value.lang and value.lang != given.lang:
            yield "language" if given.lang else "untagged", value
        elif value.datatype != given.datatype and not is_number(value):
            yield "datatype", value


def _same_number(given: Term, values: Sequence[Term]) -> Iterator[tuple[Kind, Term]]:
    number = number_of(given)
    numbers = {value: number_of(value) for value in values if is_number(value)}
    if number is None or (is_date(given) and not numbers):
        return
    equal = [value for value, other in numbers.items() if other == number]
    yield from (("datatype", value) for value in equal[:1])
    apart = sorted((abs(other - number), value) for value, other in numbers.items() if other not in (None, number))
    if apart and not equal:
        yield "nearest", apart[0][1]


def _dates(given: Term, values: Sequence[Term]) -> Iterator[tuple[Kind, Term]]:
    within = sorted(value for value in values if value.value.startswith(given.value) and value.value != given.value)
    if within:
        yield "part_of_date", within[0]
        return
    shorter = [value for value in values if given.value.startswith(value.value) and value.value != given.value]
    for value in sorted(shorter, reverse=True)[:1]:
        first = given.value in (f"{value.value}-01", f"{value.value}-01-01")  # as one writes a year as a day
        yield "datatype" if first else "nearest", value
    if not shorter:
        for value in sorted(values, key=lambda one: (_days_apart(one.value, given.value), one.value))[:1]:
            yield "nearest", value


def _days_apart(one: str, other: str) -> int:
    return abs(_days(one) - _days(other))


def _days(date: str) -> int:
    parts = [int(part) for part in re.findall(r"\d+", date)[:3]]
    year, month, day = [*parts, 1, 1][:3] if len(parts) < 3 else parts
    return year * 372 + month * 31 + day


def _alike(given: Term, values: Sequence[Term]) -> Iterator[tuple[Kind, Term]]:
    wanted = fold(given.value)
    texts = {place: fold(value.value) for place, value in enumerate(values) if not is_date(value)}
    found = process.extract(wanted, texts, scorer=OSA.distance, score_cutoff=allowed_slips(wanted), limit=4)
    for _, _, place in sorted(found, key=lambda one: (one[1], values[one[2]].lang != given.lang)):
        if values[place].value != given.value:
            yield "spelling", values[place]

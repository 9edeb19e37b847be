"""What a parameter of a stored question can be, so that the question has an answer."""

from __future__ import annotations

from functools import lru_cache
from weakref import WeakKeyDictionary

from kg.engine.base import Engine, Limits
from kg.errors import QueryError
from kg.graph.names import type_id
from kg.query.bind import bind
from kg.query.questions import Parameter, Question
from kg.query.sparql.read import read_query
from kg.query.sparql.tree import Query
from kg.query.terms import id_of

__all__ = ["fruitful"]

_LIMITS = Limits(seconds=2, rows=10_000)

_known: WeakKeyDictionary[Engine, dict[tuple[str, str, str], frozenset[str] | None]] = WeakKeyDictionary()


def fruitful(engine: Engine, question: Question, parameter: Parameter) -> frozenset[str] | None:
    """The ids that ``parameter`` can have so that the question has rows, all others having their own values.

    None where that cannot be told: the parameter is a text or a date, or it is no part of the pattern. Worked out once
    for each version of the data.
    """
    if parameter.kind in ("text", "date"):
        return None
    known = _known.setdefault(engine, {})
    key = engine.data_version, question.name, parameter.name
    if key not in known:
        known[key] = _ask(engine, question, parameter)
    return known[key]


def _ask(engine: Engine, question: Question, parameter: Parameter) -> frozenset[str] | None:
    query = _opened(question, parameter)
    if not query.where.elements:
        return None
    pattern = query.words(query.where.span)
    # The parameter's own variable: SPARQL takes $name and ?name for the same.
    text = f"{query.words(query.prologue)}SELECT DISTINCT ?{parameter.name} WHERE {pattern}"
    try:
        answer = engine.ask(text, limits=_LIMITS)
    except QueryError:
        return None  # too much to be asked for a form, which then offers all
    ids = (_id(row[0].value, parameter) for row in answer.terms() if row[0] is not None)
    return None if answer.cut else frozenset(filter(None, ids))


def _id(iri: str, parameter: Parameter) -> str | None:
    """The id that stands for an IRI as a value of the parameter; None where none does."""
    found = type_id(iri) if parameter.kind == "type" else id_of(iri)
    try:
        return found if found and parameter.term(found).value == iri else None
    except ValueError:
        return None  # it has signs that no id has


@lru_cache(maxsize=256)
def _opened(question: Question, parameter: Parameter) -> Query:
    """The question with this parameter left open."""
    others = {one.name: one.term(one.default) for one in question.parameters if one != parameter}
    return read_query(bind(question.sparql.replace(f"${parameter.name}", f"?{parameter.name}"), others))

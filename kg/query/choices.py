"""What a parameter of a stored question can be, so that the question has an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Literal
from weakref import WeakKeyDictionary
from zlib import crc32

from rapidfuzz import fuzz, process, utils

from kg.engine.base import Engine, Limits
from kg.errors import AnswerTooLarge, QueryError, QueryTimeout
from kg.graph.names import type_id
from kg.query.bind import bind
from kg.query.kept.shelf import kept_one
from kg.query.questions import Parameter, Question, load_questions
from kg.query.sparql.read import read_query
from kg.query.sparql.tree import Query
from kg.query.terms import id_of

__all__ = ["MOST_CHOICES", "choices_name", "choices_to_keep", "fruitful", "nearest"]

#: With more than this a form offers all.
MOST_CHOICES = 10_000
#: So alike, of 100, must a name be to stand for one that there is not.
_ALIKE = 78
_LIMITS = Limits(seconds=2, rows=MOST_CHOICES)

_known: WeakKeyDictionary[Engine, dict[tuple[str, str, str], frozenset[str] | None]] = WeakKeyDictionary()


def fruitful(engine: Engine, question: Question, parameter: Parameter) -> frozenset[str] | None:
    """The ids that ``parameter`` can have so that the question has rows, all others having their own values.

    None where that cannot be told: the parameter is a text or a date, it is no part of the pattern, or too many can be.
    Worked out once for each version of the data, or looked up where the store keeps it.
    """
    if not _is_choice(parameter):
        return None
    known = _known.setdefault(engine, {})
    key = engine.data_version, question.name, parameter.name
    if key not in known:
        kept = kept_one(engine, choices_name(question, parameter))
        if kept is not None:
            known[key] = None if kept is False else frozenset(kept)
        else:
            try:
                known[key] = _ask(engine, question, parameter, _LIMITS)
            except QueryError:
                return None  # which says nothing of the next time
    return known[key]


def nearest(wanted: str, choices: Mapping[str, Iterable[str]], most: int = 3) -> list[str]:
    """The ids of the choices whose id or one of whose names is most like ``wanted``, the likest first."""
    known = [(name, one) for one, names in choices.items() for name in (one, *names)]
    found = process.extract(
        wanted[:100],
        [name for name, _ in known],
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        score_cutoff=_ALIKE,
        limit=4 * most,
    )
    return list(dict.fromkeys(known[place][1] for _, _, place in found))[:most]


def choices_name(question: Question, parameter: Parameter) -> str:
    """What the choices are kept under; for the question as it is now, since stores outlive versions of it."""
    return f"choices/{question.name}/{parameter.name}/{crc32(_question(question, parameter).encode()):x}"


def choices_to_keep(engine: Engine, limits: Limits) -> Iterator[tuple[str, list[str] | Literal[False]]]:
    """The choices of all stored questions, each list with its name; False where they cannot be told.

    Raises QueryError where it is not the question that is too much.
    """
    for question in load_questions():
        for parameter in filter(_is_choice, question.parameters):
            found = _ask(engine, question, parameter, limits)
            yield choices_name(question, parameter), False if found is None else sorted(found)


def _is_choice(parameter: Parameter) -> bool:
    return parameter.kind not in ("text", "date")


def _ask(engine: Engine, question: Question, parameter: Parameter, limits: Limits) -> frozenset[str] | None:
    text = _question(question, parameter)
    if not text:
        return None
    try:
        answer = engine.ask(text, limits=limits)
    except (QueryTimeout, AnswerTooLarge):
        return None  # too much to be asked for a form, which then offers all
    ids = (_id(row[0].value, parameter) for row in answer.terms() if row[0] is not None)
    return None if answer.cut else frozenset(filter(None, ids))


def _question(question: Question, parameter: Parameter) -> str:
    """The query for all that the parameter can be; empty for one that is no part of a pattern."""
    query = _opened(question, parameter)
    if not query.where.elements:
        return ""
    # The parameter's own variable: SPARQL takes $name and ?name for the same.
    return f"{query.words(query.prologue)}SELECT DISTINCT ?{parameter.name} WHERE {query.words(query.where.span)}"


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

"""Why an answer is empty: the smallest part of the query that fails, and the causes whose cure was seen to work."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from kg.engine.answer import Term
from kg.engine.base import Engine
from kg.errors import Edit
from kg.graph.names import compact
from kg.model.text import LANGS
from kg.query.advice_both import both
from kg.query.advice_case import Case, Idea, Kind
from kg.query.advice_classes import classes, subclasses
from kg.query.advice_dates import unquoted
from kg.query.advice_edits import combined, mended, quoted
from kg.query.advice_fail import smallest_failing
from kg.query.advice_filters import filters, leftovers
from kg.query.advice_left import left_out, shown
from kg.query.advice_literals import literals
from kg.query.advice_parts import Parts, variables_in
from kg.query.advice_probe import MOST_ROWS, Probe, Rows
from kg.query.advice_terms import described, replaced_entities, unknown_graphs, unknown_names
from kg.query.advice_ties import directions, hops, other_predicates, planned, statements
from kg.query.advice_whole import clauses, graphs, variables
from kg.query.sparql.read import read_query
from kg.query.sparql.tree import Query, Span
from kg.query.terms import curie, spelled

__all__ = ["MOST_QUESTIONS", "MOST_ROWS", "Advice", "Cause", "Kind", "advise", "mended"]

#: So many questions at most are asked of the engine for one advice.
MOST_QUESTIONS = 32
#: So many may be asked, whatever went before, about what is left without a part.
_QUESTIONS_TO_LEAVE_OUT = 6
#: So many causes are enough.
_MOST_CAUSES = 3
#: So many cures of one fault are followed to the next one.
_MOST_HALF = 2
#: So many faults at once are looked for.
_MOST_FAULTS = 3
#: The words of these differ in the datatype, which is then written out.
_TYPED = ("datatype", "date_type")

#: Those that look for what is wrong whatever else is: what is no date, what the data do not have at all.
_CERTAIN = (unquoted, unknown_graphs, replaced_entities, subclasses, unknown_names)
#: Those that look for what does not go together, the surest first.
_LIKELY = (
    graphs,
    leftovers,
    both,
    filters,
    literals,
    planned,
    directions,
    statements,
    other_predicates,
    hops,
    classes,
    variables,
)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why the answer is empty, with a cure that was tried.

    ``kind`` and ``values`` make the words: of a value ``name`` that is an IRI there are ``name_zh`` and ``name_en``,
    too, if it has a name. ``edits`` count in the query's text as it stands and do not overlap (see :func:`mended`).
    The mended query has ``rows`` rows, or more where it is ``cut``. ``also`` are the other faults that ``edits`` cure.
    """

    kind: Kind
    values: Mapping[str, str]
    edits: tuple[Edit, ...]
    rows: int
    cut: bool
    also: tuple[Cause, ...] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do about an empty answer: ``failing`` is what has no solution by itself, ``causes`` are best first."""

    failing: tuple[Span, ...] = ()
    causes: tuple[Cause, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A cause whose values are still terms."""

    ideas: tuple[Idea, ...]
    edits: tuple[Edit, ...]
    rows: Rows


def advise(engine: Engine, query: Query, seconds: float = 3.0) -> Advice:
    """Why ``query``, which answered with nothing (or with “no”), is empty.

    It takes about ``seconds`` at most; what was found by then is returned, which may be nothing. It never raises a
    :class:`kg.errors.QueryError`.
    """
    probe = Probe(engine, seconds, MOST_QUESTIONS)
    failing, found = _diagnose(query, probe, 1)
    return Advice(failing, _causes(found, probe))


def _diagnose(query: Query, probe: Probe, fault: int) -> tuple[tuple[Span, ...], list[_Found]]:
    """What fails, and what cures it; this is the ``fault``-th fault of the query as it was written."""
    parts = Parts(query)
    case = Case(query, parts, smallest_failing(parts, probe), probe)
    if not case.failing:
        return _after_pattern(case)
    found: list[_Found] = []
    certain: list[Idea] = []
    half = _tried(case, _noting_first(_ideas(_CERTAIN, case), certain), found)
    if not found:
        found += _with_more(case, half or certain, fault, whole=True)
    if not found:
        half = _tried(case, _ideas(_LIKELY, case), found)
        found += _with_more(case, half, fault) if not found else ()
    if not found:
        probe.allow(_QUESTIONS_TO_LEAVE_OUT)
        half = _tried(case, left_out(case), found)
        found += _with_more(case, half[:1], fault) if not found else ()
    return tuple(part.span for part in case.culprits), found


def _after_pattern(case: Case) -> tuple[tuple[Span, ...], list[_Found]]:
    """What is wrong where the pattern has solutions (or where there is none)."""
    found: list[_Found] = []
    clause = clauses(case.query, case.probe)
    ideas = clause.ideas if clause is not None else ()
    _tried(case, chain(ideas, described(case), variables(case)), found)
    return (clause.span,) if clause is not None else tuple(node.span for node in case.query.described), found


def _ideas(seekers: tuple[Callable[[Case], Iterator[Idea]], ...], case: Case) -> Iterator[Idea]:
    return (idea for seek in seekers for idea in seek(case))


def _noting_first(ideas: Iterator[Idea], first: list[Idea]) -> Iterator[Idea]:
    for idea in ideas:
        if not first:
            first.append(idea)
        yield idea


def _tried(case: Case, ideas: Iterator[Idea], found: list[_Found]) -> list[Idea]:
    """Add the ideas that give rows to ``found``; those are left that mend what fails while something else fails."""
    half: list[Idea] = []
    seen = {case.query.text}
    for idea in ideas:
        text = mended(case.query.text, idea.edits)
        if text in seen:
            continue
        seen.add(text)
        if not case.alone and not _mends(case, text):
            continue  # something else fails, too: a cure of this alone gives no rows
        rows = _rows(case, text)
        if rows.count:
            found.append(_Found((idea,), idea.edits, rows))
        elif (idea.certain or not case.alone) and not found:
            half.append(idea)
        enough = len(found) == _MOST_CAUSES or len(half) == _MOST_HALF
        if enough or not case.probe.left:
            break
    return half


def _rows(case: Case, text: str) -> Rows:
    """How many rows ``text`` has; where nothing is left of what the query was to show, it has none."""
    answer = case.probe.answer(text)
    shows = not case.query.columns or bool(shown(case.query) & variables_in(case.query.where))
    if answer is None or (answer.form == "select" and shows and not any(any(row) for row in answer.terms()[:1])):
        return Rows(0)
    return case.probe.rows(text) or Rows(0)


def _mends(case: Case, text: str) -> bool:
    """Whether the parts that failed have a solution now; where the mended query has other parts, it is supposed."""
    try:
        parts = Parts(read_query(text))
    except ValueError:
        return False
    if not case.failing or len(parts.all) != len(case.parts.all):
        return bool(case.failing)
    rows = case.probe.rows(parts.ask(case.failing))
    return rows is not None and rows.count > 0


def _with_more(case: Case, half: list[Idea], fault: int, *, whole: bool = False) -> list[_Found]:
    """The first cure of several faults at once; ``whole``: nothing is to be left out."""
    for idea in half if fault < _MOST_FAULTS else ():
        try:
            after = read_query(mended(case.query.text, idea.edits))
        except ValueError:
            continue
        for more in _diagnose(after, case.probe, fault + 1)[1]:
            leaves_out = any(one.kind == "left_out" for one in more.ideas)
            if not leaves_out or not (whole or _undoes(after.text, more, idea)):
                edits = combined(case.query.text, idea.edits, more.edits)
                return [_Found((idea, *more.ideas), edits, more.rows)]
    return []


def _undoes(text: str, more: _Found, idea: Idea) -> bool:
    """Whether ``more`` leaves out what ``idea`` has just mended in ``text``."""
    final = mended(text, more.edits)
    return any(final.count(edit.text) < text.count(edit.text) for edit in idea.edits if edit.text)


def _causes(found: list[_Found], probe: Probe) -> tuple[Cause, ...]:
    terms = [value for one in found for idea in one.ideas for value in idea.values.values() if isinstance(value, Term)]
    labels = probe.labels(terms)

    def cause(idea: Idea, one: _Found) -> Cause:
        values: dict[str, str] = {}
        for name, value in idea.values.items():
            values[name] = value if isinstance(value, str) else _short(value, idea.kind)
            said = labels.get(value.value, {}) if isinstance(value, Term) else {}
            values |= {f"{name}_{lang}": said[lang] for lang in LANGS if lang in said}
        return Cause(idea.kind, values, idea.edits, one.rows.count, one.rows.cut)

    return tuple(
        replace(cause(one.ideas[0], one), edits=one.edits, also=tuple(cause(idea, one) for idea in one.ideas[1:]))
        for one in found
    )


def _short(term: Term, kind: Kind) -> str:
    """A term as a reader knows it: an IRI by its prefix, a text in quotation marks, the datatype where it matters."""
    if term.kind != "literal":
        return compact(term.value)
    if term.lang:
        return spelled(term)
    if term.datatype == curie("xsd:string"):
        return quoted(term.value)
    return f"{quoted(term.value)}^^{compact(term.datatype)}" if kind in _TYPED else term.value

"""Causes outside the triples: the graphs that are read, what follows the pattern, variables written in two ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import OSA

from kg.engine.answer import Term
from kg.engine.tokens import Token, significant
from kg.query.advice_case import Case, Idea
from kg.query.advice_dates import bare_dates
from kg.query.advice_edits import cut_clause, replaced, written
from kg.query.advice_filters import conditions
from kg.query.advice_probe import Probe
from kg.query.sparql.tree import Constant, Dataset, InGraph, Query, Span

__all__ = ["Clause", "clauses", "graphs", "variables"]

#: In shorter names one other letter is another name.
_SHORTEST = 3


def graphs(case: Case) -> Iterator[Idea]:
    """What is asked stands in another graph, or in several."""
    for part in case.culprits:
        if isinstance(part.element, InGraph) and isinstance(part.element.name, Constant):
            given = part.element.name
            for term in case.find_terms("DISTINCT ?kgGraph", {part.place: "GRAPH ?kgGraph"}, "LIMIT 50")[:2]:
                text, more = written(case.query, term)
                edits = (*more, replaced(given.span, text))
                yield Idea("graph", edits, {"given": given.term, "found": term})
            name = Span(part.span.start, part.element.group.span.start)
            yield Idea("graph_all", (replaced(name, ""),), {"given": given.term})
        elif isinstance(part.element, Dataset):
            yield from _from(case.query)


def _from(query: Query) -> Iterator[Idea]:
    first, last = query.datasets[0], query.datasets[-1]
    span = Span(first.span.start, last.span.end)
    yield Idea("from", (cut_clause(query, span),), {"given": first.iri.term})


def variables(case: Case) -> Iterator[Idea]:
    """Variables that stand only once and differ in one letter from another."""
    tokens = [token for token in significant(case.query.text) if token.kind == "variable"]
    for token, near in _odd(tokens):
        inside = any(part.span.start <= token.offset < part.span.end for part in case.culprits) or not case.failing
        if inside:
            values = {"given": f"?{token.text[1:]}", "found": f"?{near}"}
            yield Idea("variable", (replaced(Span(token.offset, token.end), f"?{near}"),), values)


def _odd(tokens: list[Token]) -> Iterator[tuple[Token, str]]:
    counts = Counter(token.text[1:] for token in tokens)
    for token in tokens:
        name = token.text[1:]
        if counts[name] == 1:
            yield from ((token, other) for other in counts if other != name and _near(name, other))


def _near(one: str, other: str) -> bool:
    """Whether two names are one edit apart (or two letters swapped), or differ in case only; ?a and ?b do not."""
    if one.casefold() == other.casefold():
        return True
    if min(len(one), len(other)) < _SHORTEST or {one[-1:], other[-1:]} & set("0123456789"):
        return False
    return OSA.distance(one, other) <= 1


@dataclass(frozen=True, slots=True)
class Clause:
    """Something behind the pattern that can leave nothing over: where it stands, and what may be wrong with it."""

    span: Span
    ideas: tuple[Idea, ...]


def clauses(query: Query, probe: Probe) -> Clause | None:
    """What leaves nothing over of a pattern that has solutions: LIMIT 0, OFFSET, HAVING; None if it is not they."""
    limit, offset = _clause(query, "LIMIT"), _clause(query, "OFFSET")
    if query.limit == 0 and limit is not None:
        return Clause(limit, (Idea("limit", (cut_clause(query, limit),)),))
    if query.offset and offset is not None:
        edit = cut_clause(query, offset)
        found = probe.rows(edit.apply(query.text))
        if found is not None and found.count:
            values = {"offset": f"{query.offset:,}", "rows": f"{found.count:,}"}
            return Clause(offset, (Idea("offset", (edit,), values),))
    if query.having:
        return _having(query, probe)
    return None


def _having(query: Query, probe: Probe) -> Clause:
    span = Span(query.having[0].span.start, query.having[-1].span.end)
    start = max(token.offset for token in significant(query.text) if token.text.upper() == "HAVING")
    end = _after_brackets(query, span.end)
    grouped = query.words(Span(query.where.span.end, start))

    def values(expression: str, _: str) -> list[Term]:
        head = f"SELECT DISTINCT ({expression} AS ?kgWhy)"
        graphs = [query.words(one.span) for one in query.datasets]
        pieces = [query.words(query.prologue), head, *graphs, f"WHERE {query.words(query.where.span)}", grouped]
        return probe.column("\n".join([*pieces, "LIMIT 1000"]))

    dates = bare_dates(query, query.having)
    ideas = [] if dates is None else [dates]
    ideas += [idea for one in query.having for idea in conditions(query, one, values)]
    ideas.append(Idea("having", (cut_clause(query, Span(start, end)),)))
    return Clause(Span(start, end), tuple(ideas))


def _after_brackets(query: Query, end: int) -> int:
    """The end of the brackets that close behind ``end``."""
    for token in significant(query.text):
        if token.offset >= end:
            if token.text != ")":
                break
            end = token.end
    return end


def _clause(query: Query, name: str) -> Span | None:
    """Where the query's own LIMIT or OFFSET stands."""
    tokens = [token for token in significant(query.text) if token.offset >= query.where.span.end]
    for keyword, number in pairwise(tokens):
        if keyword.text.upper() == name:
            return Span(keyword.offset, number.end)
    return None

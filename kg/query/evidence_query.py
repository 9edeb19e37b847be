"""The second query: the columns that tell one row from another, and beside them all that the row rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.engine.answer import Term
from kg.query.evidence_open import Opener
from kg.query.evidence_parts import Part, Untraced
from kg.query.evidence_paths import Scope
from kg.query.evidence_scope import aggregates, certain_at_first, joins_triples_first
from kg.query.sparql.tree import Bind, Group, Query, SubSelect, Triple, walk
from kg.query.terms import spelled

__all__ = ["Rows", "Second", "second_query"]

#: Functions that say something else each time.
_VOLATILE = frozenset({"RAND", "NOW", "UUID", "STRUUID", "BNODE"})

Rows = Sequence[Sequence[Term | None]]


@dataclass(frozen=True)
class Second:
    """``text`` shows the ``keys``, which are columns of the answer, and the variables of ``parts``.

    ``groups`` are what the rows are grouped by, where the keys may not tell one group from another. ``text`` is empty
    where there is nothing to trace. ``followed`` says that paths of unknown length are followed.
    """

    text: str
    keys: tuple[str, ...]
    groups: tuple[str, ...]
    parts: tuple[Part, ...]
    untraced: tuple[Untraced, ...]
    followed: bool


def second_query(query: Query, columns: Sequence[str], rows: Rows, deep: bool, whole: bool = False) -> Second:
    """The query that traces ``rows`` of the answer to ``query``, which are all of it if ``whole``.

    Raises ValueError where a term has no spelling.
    """
    opener = Opener(query, deep)
    where = opener.group(query.where, Scope())
    _judge(opener, query)
    shows, keys = _keys(query, columns)
    by, groups = _groups(opener, query, keys)
    needed = dict.fromkeys(name for part in opener.parts for name in part.names())
    known = {*keys, *groups}
    heads = [*by, *shows, *(f"?{name}" for name in needed if name not in known)]
    if not opener.parts:
        return Second("", keys, groups, (), tuple(opener.untraced), opener.followed)
    everything = whole and query.limit is None and query.offset is None
    only, first = _only(query, columns, keys, rows, everything), joins_triples_first(query.where)
    text = "\n".join(
        [
            query.words(query.prologue),
            f"SELECT DISTINCT {' '.join(heads) or f'(1 AS ?{opener.fresh()})'}",
            *(query.words(dataset.span) for dataset in query.datasets),
            # Not after the pattern: of several columns there, Virtuoso finds nothing.
            f"WHERE {{ {only if first else ''}\n{where}\n{'' if first else only} }}",
            query.words(query.values.span) if query.values else "",
        ]
    )
    return Second(text, keys, groups, tuple(opener.parts), tuple(opener.untraced), opener.followed)


def _judge(opener: Opener, query: Query) -> None:
    for expression in (*(column.expression for column in query.columns), *query.having):
        opener.judge(expression)
    if not _asks(query.where):
        opener.untraced.append(Untraced("values-only", query.where.span))


def _asks(group: Group) -> bool:
    """Whether a group asks the graph for anything."""
    return any(
        isinstance(element, Triple) or (isinstance(element, SubSelect) and _asks(element.query.where))
        for element in walk(group)
    )


def _keys(query: Query, columns: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """What the second query shows of the answer's columns, and their names: all but what counts or changes."""
    if not query.columns:
        return [f"?{name}" for name in columns], tuple(columns)
    named = {column.variable.name for column in query.group_by if column.variable and column.expression}
    shows: list[str] = []
    keys: list[str] = []
    lost = _changing(query.where)
    for column in query.columns:
        if column.variable is None:
            continue
        told = column.expression or column.variable
        if aggregates(told, lost) or aggregates(told, lost, _VOLATILE):
            lost.add(column.variable.name)
        elif column.variable.name not in keys:
            keys.append(column.variable.name)
            if column.variable.name not in named:
                shows.append(query.words(column.span))
    return shows, tuple(keys)


def _changing(where: Group) -> set[str]:
    """The variables that are bound to something else each time."""
    found: set[str] = set()
    for element in walk(where):
        if isinstance(element, Bind) and aggregates(element.expression, found, _VOLATILE):
            found.add(element.variable.name)
    return found


def _groups(opener: Opener, query: Query, keys: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """What the second query shows of what is grouped by, and the names of all that; no names where the keys suffice."""
    shows: list[str] = []
    names: list[str] = []
    for column in query.group_by:
        name = column.variable.name if column.variable else opener.fresh()
        names.append(name)
        if column.expression is not None:
            expression = query.words(column.span) if column.variable else f"({query.words(column.span)} AS ?{name})"
            shows.append(expression)
        elif name not in keys:
            shows.append(f"?{name}")
    return shows, () if set(names) <= set(keys) else tuple(names)


def _only(query: Query, columns: Sequence[str], keys: Sequence[str], rows: Rows, everything: bool) -> str:
    """VALUES for the columns that hold an IRI in each of the rows, where that changes nothing but what is left out.

    Where the rows are ``everything`` that there is, nothing is to be left out: the column that tells most rows apart
    shows a store the way, and more would give it more orders of joins to think about (Virtuoso: seconds).
    """
    plain = set(columns) if not query.columns else set()
    plain |= {column.variable.name for column in query.columns if column.variable and not column.expression}
    first = certain_at_first(query.where) & plain & set(keys)
    places = [
        place
        for place, name in enumerate(columns)
        if name in first and all((cell := row[place]) is not None and cell.kind == "iri" for row in rows)
    ]
    if not places or not rows:
        return ""
    if everything:
        places = [max(places, key=lambda place: len({row[place] for row in rows}))]
    names = " ".join(f"?{columns[place]}" for place in places)
    cells = dict.fromkeys(tuple(row[place] for place in places) for row in rows)
    listed = " ".join(f"({' '.join(spelled(cell) for cell in row if cell)})" for row in cells)
    return f"VALUES ({names}) {{ {listed} }}"

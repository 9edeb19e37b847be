"""Columns that can never have a value, as nothing in the query gives them one: a slip that SPARQL takes for a query."""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass

from kg.query.sparql import tree
from kg.query.sparql.tree import Span

__all__ = ["Unbound", "unbound_columns"]


@dataclass(frozen=True, slots=True)
class Unbound:
    """A column without values: the variable, where the SELECT names it, and the variable that was meant, if any."""

    name: str
    span: Span
    meant: str


def unbound_columns(query: tree.Query) -> tuple[Unbound, ...]:
    """The columns of a SELECT whose variables stand nowhere in its pattern, GROUP BY or VALUES."""
    if query.form != "SELECT":
        return ()
    found = (part for outer in (query.where, query.group_by, query.values) for part in tree.parts(outer))
    inside = dict.fromkeys(part.name for part in found if isinstance(part, tree.Variable))
    shown = [column.variable for column in query.columns if column.variable and column.expression is None]
    left = [name for name in inside if name not in {one.name for one in shown}]
    return tuple(Unbound(one.name, one.span, _meant(one.name, left)) for one in shown if one.name not in inside)


def _meant(name: str, left: list[str]) -> str:
    """The variable of the pattern that is not shown and is spelt most like ``name``."""
    plain = "".join(sign for sign in name if unicodedata.category(sign)[0] != "P" or sign == "_")
    if plain in left:
        return plain
    return next(iter(difflib.get_close_matches(plain, left, 1, 0.6)), "")

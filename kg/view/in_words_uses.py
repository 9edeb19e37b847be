"""Where the variables of a query are met: outside its pattern, and at each place within it."""

from __future__ import annotations

from collections.abc import Iterable

from kg.query.sparql import tree

__all__ = ["named_in", "used_in"]


def named_in(query: tree.Query) -> Iterable[tree.Variable]:
    """The variables that a reader meets outside the pattern, and whose place in it must therefore be said."""
    for column in (*query.columns, *query.group_by):
        if column.variable:
            yield column.variable
        if column.expression:
            yield from tree.variables_of(column.expression)
    for expression in (*query.having, *(order.expression for order in query.order_by)):
        yield from tree.variables_of(expression)
    for triple in query.template:
        yield from tree.variables_of(triple)
    yield from (one for one in query.described if isinstance(one, tree.Variable))


def used_in(query: tree.Query) -> Iterable[tree.Variable]:
    """Every variable at each place of the pattern where it stands."""
    for element in tree.walk(query.where):
        if isinstance(element, tree.Triple):
            yield from tree.variables_of(element)
        elif isinstance(element, (tree.Filter, tree.Bind)):
            yield from tree.variables_of(element.expression)
            if isinstance(element.expression, tree.Exists):
                yield from used_in(tree.Query("ASK", "", where=element.expression.group))
        elif isinstance(element, tree.Values):
            yield from element.variables
        elif isinstance(element, tree.SubSelect):
            yield from (column.variable for column in element.query.columns if column.variable)
        elif isinstance(element, tree.InGraph) and isinstance(element.name, tree.Variable):
            yield element.name

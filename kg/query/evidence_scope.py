"""Which variables a part of a query has, which of them every solution binds, and how its groups come about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.engine.keywords import AGGREGATES
from kg.query.sparql.nodes import Alternative, Constant, Inverse, Negated, Path, Repeat, Sequence
from kg.query.sparql.tree import (
    Bind,
    Call,
    Element,
    Exists,
    Expression,
    Group,
    InGraph,
    Minus,
    Optional,
    Query,
    SubSelect,
    Triple,
    Union,
    Values,
    Variable,
    groups_of,
    variables_of,
)

__all__ = [
    "aggregates",
    "certain",
    "certain_at_first",
    "exists_in",
    "grouped",
    "joins_triples_first",
    "shown",
    "visible",
]


def visible(group: Group) -> frozenset[str]:
    """The variables that a group can bind for what stands around it."""
    return frozenset(name for element in group.elements for name in _visible(element))


def _visible(element: Element) -> Iterator[str]:
    if isinstance(element, Triple):
        yield from (variable.name for variable in variables_of(element))
    elif isinstance(element, Bind):
        yield element.variable.name
    elif isinstance(element, Values):
        yield from (variable.name for variable in element.variables)
    elif isinstance(element, SubSelect):
        yield from shown(element.query)
    elif isinstance(element, InGraph) and isinstance(element.name, Variable):
        yield element.name.name
    if not isinstance(element, Minus):
        for group in groups_of(element):
            yield from visible(group)


def shown(query: Query) -> frozenset[str]:
    """The variables that a SELECT shows."""
    if not query.columns:
        return visible(query.where)
    return frozenset(column.variable.name for column in query.columns if column.variable)


def certain(group: Group) -> frozenset[str]:
    """Variables that every solution of a group binds; there may be more."""
    return frozenset(name for element in group.elements for name in _certain(element))


def certain_at_first(group: Group) -> frozenset[str]:
    """Those bound before the first element that is no join, so that restricting them first changes no solution."""
    found: set[str] = set()
    for element in group.elements:
        if isinstance(element, (Optional, Minus, Bind)):
            break
        found.update(_certain(element))
    return frozenset(found)


def joins_triples_first(group: Group) -> bool:
    """Whether nothing but triples stands there that VALUES before it would have to be joined with, one by one.

    Oxigraph works a UNION out anew for each row of the VALUES: 100 rows made a question thirty times as slow.
    """
    for element in group.elements:
        if isinstance(element, (Optional, Minus, Bind)):
            break
        if isinstance(element, (Union, Group, SubSelect)) or (
            isinstance(element, Triple) and _forks(element.predicate)
        ):
            return False
    return True


def _forks(path: Path) -> bool:
    """Whether a path is opened into a UNION."""
    if isinstance(path, Inverse | Repeat):
        return _forks(path.path)
    if isinstance(path, Sequence):
        return any(map(_forks, path.parts))
    if isinstance(path, Alternative):
        return not all(isinstance(part, Constant) for part in path.parts)
    return isinstance(path, Negated)


def _certain(element: Element) -> frozenset[str]:
    if isinstance(element, Triple):
        return frozenset(variable.name for variable in variables_of(element))
    if isinstance(element, Values):
        held = zip(element.variables, zip(*element.rows, strict=True), strict=True) if element.rows else ()
        return frozenset(variable.name for variable, cells in held if None not in cells)
    if isinstance(element, Union):
        return frozenset.intersection(*(certain(group) for group in element.groups))
    if isinstance(element, SubSelect):
        return _certain_of_select(element.query)
    if isinstance(element, InGraph):
        name = frozenset({element.name.name}) if isinstance(element.name, Variable) else frozenset()
        return name | certain(element.group)
    return certain(element) if isinstance(element, Group) else frozenset()


def _certain_of_select(query: Query) -> frozenset[str]:
    plain = shown(query) - {column.variable.name for column in query.columns if column.variable and column.expression}
    if query.group_by:
        plain &= {column.variable.name for column in query.group_by if column.variable and not column.expression}
    return plain & certain(query.where)


def grouped(query: Query) -> bool:
    """Whether the solutions of a SELECT are gathered into groups."""
    expressions = [column.expression for column in query.columns]
    expressions += [*query.having, *(order.expression for order in query.order_by)]
    return bool(query.group_by) or any(map(aggregates, expressions))


def aggregates(expression: Expression | None, known: Iterable[str] = (), functions: Iterable[str] = AGGREGATES) -> bool:
    """Whether an expression calls one of the ``functions``, or uses one of the ``known`` variables."""
    if isinstance(expression, Variable):
        return expression.name in known
    if not isinstance(expression, Call):
        return False
    return expression.function in functions or any(aggregates(each, known, functions) for each in expression.arguments)


def exists_in(expression: Expression | None, sign: str = "holds") -> Iterator[tuple[str, Exists | Call]]:
    """Every EXISTS of a condition that is met: one that ``holds``, that ``fails``, or ``open`` where either may be.

    ``!BOUND(…)`` counts as one that fails.
    """
    turned = {"holds": "fails", "fails": "holds", "open": "open"}
    if isinstance(expression, Exists):
        yield (turned[sign] if expression.negated else sign), expression
    elif isinstance(expression, Call):
        if expression.function == "BOUND" and sign == "fails":
            yield sign, expression
        if expression.function == "!":
            sign = turned[sign]
        elif expression.function not in ("&&", "||"):
            sign = "open"
        for argument in expression.arguments:
            yield from exists_in(argument, sign)

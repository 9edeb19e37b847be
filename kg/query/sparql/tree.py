"""A SPARQL query as a tree; every part knows where in the text it stands, so that an answer about it can point there.

The names are those of the SPARQL 1.1 grammar and algebra (https://www.w3.org/TR/sparql11-query/). Two parts are equal
when they say the same, wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from kg.query.sparql.nodes import (
    NOWHERE,
    Alternative,
    Blank,
    Constant,
    Inverse,
    Negated,
    Node,
    Path,
    Repeat,
    Sequence,
    Span,
    Variable,
)

__all__ = [
    "Alternative",
    "Bind",
    "Blank",
    "Call",
    "Column",
    "Constant",
    "Dataset",
    "Element",
    "Exists",
    "Expression",
    "Filter",
    "Group",
    "InGraph",
    "Inverse",
    "Minus",
    "Negated",
    "Node",
    "Optional",
    "Order",
    "Path",
    "Query",
    "Repeat",
    "Sequence",
    "Span",
    "SubSelect",
    "Triple",
    "Union",
    "Values",
    "Variable",
    "groups_of",
    "parts",
    "variables_of",
    "walk",
]


@dataclass(frozen=True, slots=True)
class Triple:
    """A triple pattern or a property path pattern.

    ``span`` runs from the predicate (or from the object, where ``,`` repeats the predicate) to the end of the object;
    ``block`` is the whole run of triples of one subject (``;`` and ``,``), up to, not with, the dot that ends it.
    """

    subject: Node
    predicate: Path
    object: Node
    span: Span = field(default=NOWHERE, compare=False)
    block: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function, an operator or an aggregate, with its arguments.

    ``function`` is a keyword in capitals (``REGEX``, ``COUNT``, ``IF``), an operator (``=``, ``&&``, ``!``, ``IN``,
    ``NOT IN``, ``+``, ``-`` with one argument or two), or the IRI of an extension function. ``IN`` has the tested
    expression first. ``COUNT(*)`` has no argument.
    """

    function: str
    arguments: tuple[Expression, ...]
    distinct: bool = False
    separator: str | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Exists:
    """``EXISTS { … }`` or ``NOT EXISTS { … }``."""

    group: Group
    negated: bool
    span: Span = field(default=NOWHERE, compare=False)


Expression = Variable | Constant | Call | Exists


@dataclass(frozen=True, slots=True)
class Filter:
    """``FILTER (…)``."""

    expression: Expression
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Optional:
    """``OPTIONAL { … }``."""

    group: Group
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Union:
    """``{ … } UNION { … }``: two groups or more."""

    groups: tuple[Group, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Minus:
    """``MINUS { … }``."""

    group: Group
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class InGraph:
    """``GRAPH name { … }``."""

    name: Node
    group: Group
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Bind:
    """``BIND (expression AS ?variable)``."""

    expression: Expression
    variable: Variable
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Values:
    """``VALUES (?a ?b) { (…) (…) }``; ``None`` is UNDEF."""

    variables: tuple[Variable, ...]
    rows: tuple[tuple[Constant | None, ...], ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class SubSelect:
    """A SELECT within braces."""

    query: Query
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Group:
    """``{ … }``; the span has the braces. A group within a group is an element of it."""

    elements: tuple[Element, ...]
    span: Span = field(default=NOWHERE, compare=False)


Element = Triple | Filter | Optional | Union | Minus | InGraph | Bind | Values | SubSelect | Group


@dataclass(frozen=True, slots=True)
class Column:
    """What SELECT shows or GROUP BY groups by: a variable, or an expression, which may have no name in GROUP BY."""

    variable: Variable | None
    expression: Expression | None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Order:
    """One condition of ORDER BY."""

    expression: Expression
    descending: bool
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Dataset:
    """``FROM <iri>`` or ``FROM NAMED <iri>``."""

    iri: Constant
    named: bool
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Query:
    """A query, or a SELECT within one.

    ``columns`` is empty for ``SELECT *``; ``template`` is that of a CONSTRUCT, ``described`` what DESCRIBE names
    (empty for ``*``). ``values`` is the VALUES block behind the query. ``prologue`` spans BASE and PREFIX, with the
    comments before them; ``head`` spans from the query form to before WHERE or its brace. ``prefixes`` (without the
    colon) are what is declared.
    """

    form: Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
    text: str
    span: Span = field(default=NOWHERE, compare=False)
    prologue: Span = field(default=NOWHERE, compare=False)
    head: Span = field(default=NOWHERE, compare=False)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    distinct: Literal["", "DISTINCT", "REDUCED"] = ""
    columns: tuple[Column, ...] = ()
    template: tuple[Triple, ...] = ()
    described: tuple[Node, ...] = ()
    datasets: tuple[Dataset, ...] = ()
    where: Group = Group(())
    group_by: tuple[Column, ...] = ()
    having: tuple[Expression, ...] = ()
    order_by: tuple[Order, ...] = ()
    limit: int | None = None
    offset: int | None = None
    values: Values | None = None

    def words(self, span: Span) -> str:
        """The text that stands at ``span``."""
        return self.text[span.start : span.end]


def groups_of(element: Element) -> tuple[Group, ...]:
    """The groups right inside an element, those of EXISTS and of a nested SELECT left out."""
    if isinstance(element, Group):
        return (element,)
    if isinstance(element, Union):
        return element.groups
    if isinstance(element, (Optional, Minus, InGraph)):
        return (element.group,)
    return ()


def walk(group: Group) -> Iterator[Element]:
    """Every element of a group and of the groups inside it, in the order of the text; see :func:`groups_of`."""
    for element in group.elements:
        yield element
        for inner in groups_of(element):
            yield from walk(inner)


def parts(part: object) -> Iterator[object]:
    """All that is within a part of a tree, and itself; nothing of what tells where it stands."""
    yield part
    if isinstance(part, tuple):
        for one in part:
            yield from parts(one)
    elif hasattr(part, "__dataclass_fields__"):
        for name in part.__dataclass_fields__:
            if name not in ("span", "block"):
                yield from parts(getattr(part, name))


def variables_of(part: Node | Path | Expression | Triple) -> Iterator[Variable]:
    """The variables in a node, a path, a triple or an expression (without those inside EXISTS), with repetitions."""
    if isinstance(part, Variable):
        yield part
    elif isinstance(part, Triple):
        for each in (part.subject, part.predicate, part.object):
            yield from variables_of(each)
    elif isinstance(part, Call):
        for argument in part.arguments:
            yield from variables_of(argument)

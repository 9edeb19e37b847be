"""What the search for a cause works on: the query, its parts, those that fail, and questions about what would do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from kg.engine.answer import Term
from kg.errors import Edit
from kg.query.advice_parts import Part, Parts
from kg.query.advice_probe import Probe
from kg.query.sparql.tree import (
    Bind,
    Call,
    Constant,
    Dataset,
    Exists,
    Expression,
    Filter,
    InGraph,
    Inverse,
    Negated,
    Node,
    Optional,
    Path,
    Query,
    Repeat,
    Triple,
    Values,
    Variable,
)

__all__ = ["Case", "Idea", "Kind", "constants_of", "constants_of_path"]


#: What can be wrong with a query that finds nothing; there are words for each (``why_…``).
Kind = Literal[
    "untagged",
    "language",
    "equal_text",
    "datatype",
    "date_type",
    "unquoted",
    "spelling",
    "nearest",
    "bound",
    "part_of_date",
    "other_name",
    "thing",
    "search_iri",
    "search_tagged",
    "case",
    "within",
    "wildcards",
    "lang_of",
    "both",
    "replaced",
    "scheme",
    "namespace",
    "entity",
    "name",
    "name_turned",
    "variable",
    "planned",
    "standing",
    "direction",
    "statement",
    "hop",
    "other_relation",
    "class",
    "subclasses",
    "two_classes",
    "graph",
    "graph_all",
    "from",
    "optional",
    "minus",
    "limit",
    "offset",
    "having",
    "left_out",
]


@dataclass(frozen=True, slots=True)
class Idea:
    """A possible cause and its cure, not tried yet; ``values`` are what its words name.

    What is ``certain`` to be wrong is mended also where that alone does not help.
    """

    kind: Kind
    edits: tuple[Edit, ...]
    values: Mapping[str, str | Term] = field(default_factory=dict)
    certain: bool = False


class Case:
    """An empty query with its ``failing`` parts."""

    def __init__(self, query: Query, parts: Parts, failing: frozenset[int], probe: Probe) -> None:
        self.query = query
        self.parts = parts
        self.failing = failing
        self.probe = probe

    @cached_property
    def culprits(self) -> tuple[Part, ...]:
        """The failing parts, in the order of the text."""
        return tuple(self.parts.all[place] for place in sorted(self.failing))

    @cached_property
    def alone(self) -> bool:
        """Whether nothing else fails: what is left without the failing parts has a solution, as far as is known."""
        left = self.parts.without(self.parts.everything, self.failing)
        return not left or not self.probe.fails(self.parts.ask(left))

    @cached_property
    def _narrow(self) -> frozenset[int]:
        """All parts but those that add values and take no solution away; they would only cost time."""
        idle = [part.place for part in self.parts.all if isinstance(part.element, (Optional, Bind))]
        return self.parts.without(self.parts.everything, set(idle) - self.failing)

    def triples(self) -> Iterator[tuple[Part, Triple]]:
        """The failing triples."""
        for part in self.culprits:
            if isinstance(part.element, Triple):
                yield part, part.element

    def find(self, what: str, instead: Mapping[int, str], tail: str = "LIMIT 500") -> list[tuple[Term | None, ...]]:
        """What a SELECT gives when some parts are written otherwise.

        The whole rest of the pattern must hold, too, if that is possible; else only the rest of what fails.
        """
        scopes = [self._narrow, self.failing] if self.alone else [self.failing]
        for scope in dict.fromkeys(scopes):
            kept = scope | frozenset(instead)
            found = self.probe.terms(self.parts.select(what, kept, instead, tail))
            if any(any(term is not None for term in row) for row in found):
                return found
        return []

    def find_terms(self, what: str, instead: Mapping[int, str], tail: str = "LIMIT 500") -> list[Term]:
        """The first column of :meth:`find`."""
        return [row[0] for row in self.find(what, instead, tail) if row and row[0] is not None]


def constants_of(part: Part) -> Iterator[tuple[Constant, str]]:
    """The IRIs and literals of a part, each with its role: subject, predicate, object, class, graph or value."""
    element = part.element
    if isinstance(element, Triple):
        yield from _of_triple(element)
    elif isinstance(element, Values):
        yield from ((one, "value") for row in element.rows for one in row if one is not None)
    elif isinstance(element, Filter):
        yield from ((one, "value") for one in _in_expression(element.expression))
    elif isinstance(element, InGraph):
        yield from _node(element.name, "graph")
    elif isinstance(element, Dataset):
        yield element.iri, "graph"


def _of_triple(triple: Triple) -> Iterator[tuple[Constant, str]]:
    predicates = [one.term.value for one in constants_of_path(triple.predicate)]
    typed = bool(predicates) and predicates[-1].endswith("#type")
    yield from _node(triple.subject, "subject")
    yield from ((one, "predicate") for one in constants_of_path(triple.predicate))
    yield from _node(triple.object, "class" if typed else "object")


def _node(node: Node, role: str) -> Iterator[tuple[Constant, str]]:
    if isinstance(node, Constant):
        yield node, role


def constants_of_path(path: Path) -> Iterator[Constant]:
    """The IRIs of a path, in order, without those that it must not go."""
    if isinstance(path, Constant):
        yield path
    elif isinstance(path, (Inverse, Repeat)):
        yield from constants_of_path(path.path)
    elif not isinstance(path, (Variable, Negated)):
        for part in path.parts:
            yield from constants_of_path(part)


def _in_expression(expression: Expression) -> Iterator[Constant]:
    if isinstance(expression, Constant):
        yield expression
    elif isinstance(expression, Call):
        for argument in expression.arguments:
            yield from _in_expression(argument)
    elif isinstance(expression, Exists):
        return

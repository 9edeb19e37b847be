"""Writes the pattern of a query anew, so that it shows what each solution rests on: the same solutions, opened up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from kg.engine.tokens import tokenize
from kg.query.evidence_parts import Part, Untraced
from kg.query.evidence_paths import Paths, Scope, spell
from kg.query.evidence_scope import certain, exists_in, grouped, visible
from kg.query.sparql.nodes import Node, Span, Variable
from kg.query.sparql.tree import (
    Bind,
    Element,
    Exists,
    Expression,
    Filter,
    Group,
    InGraph,
    Minus,
    Optional,
    Query,
    SubSelect,
    Triple,
    Union,
    Values,
)

__all__ = ["Opener"]


class Opener(Paths):
    """Writes groups, and gathers in ``parts`` and ``untraced`` what they rest on."""

    def __init__(self, query: Query, deep: bool) -> None:
        super().__init__(query.text, deep)
        self._visible = visible(query.where)
        spans = [query.where.span, *([query.values.span] if query.values else [])]
        self._reach: dict[str, Span] = {}
        for name, place in (found for span in spans for found in _variables(query.text, span)):
            known = self._reach.get(name, Span(place, place))
            self._reach[name] = Span(min(known.start, place), max(known.end, place))

    def group(self, group: Group, scope: Scope) -> str:
        """The elements of a group, without its braces."""
        pieces = [self._element(element, scope) for element in group.elements]
        for element in group.elements:
            if isinstance(element, Filter):
                pieces += self._held(element.expression, visible(group), scope)
        return "\n".join(pieces)

    def judge(self, expression: Expression | None) -> None:
        """Note what an expression asks for that no statement can show."""
        for sign, found in exists_in(expression, "open"):
            self.untraced.append(Untraced("negation" if sign == "fails" else "exists", found.span))

    def _element(self, element: Element, scope: Scope) -> str:
        if isinstance(element, Triple):
            return self._triple(element, scope)
        if isinstance(element, Optional):
            return f"OPTIONAL {self._branch(element.group, scope)}"
        if isinstance(element, Union):
            return " UNION ".join(self._branch(group, scope) for group in element.groups)
        if isinstance(element, Group):
            return f"{{ {self.group(element, scope)}\n}}"
        if isinstance(element, InGraph):
            name = self.node(element.name, scope)
            return f"GRAPH {spell(name)} {{ {self.group(element.group, replace(scope, graph=name))}\n}}"
        if isinstance(element, SubSelect):
            return self._sub_select(element.query, scope)
        if isinstance(element, Minus):
            self.untraced.append(Untraced("negation", element.span))
        elif isinstance(element, Bind):
            self.judge(element.expression)
        elif not isinstance(element, Filter | Values):
            assert_never(element)
        return self.words(element.span, scope)

    def _triple(self, triple: Triple, scope: Scope) -> str:
        subject, thing = self.node(triple.subject, scope), self.node(triple.object, scope)
        path = triple.predicate
        if isinstance(path, Variable):
            path = Variable(scope.renames.get(path.name, path.name))
        return self.open(subject, path, thing, scope, triple.span)

    def _branch(self, group: Group, scope: Scope) -> str:
        witness = min(filter(lambda name: self._only_in(group, name), certain(group)), default=None)
        renamed = scope.renames.get(witness, witness) if witness else None
        return self.branch(lambda inside: self.group(group, inside), scope, renamed)

    def _only_in(self, group: Group, name: str) -> bool:
        reach = self._reach[name]
        return group.span.start <= reach.start and reach.end < group.span.end

    def _held(self, condition: Expression, around: frozenset[str], scope: Scope) -> list[str]:
        """The groups of every EXISTS that a condition wants to hold, as OPTIONAL; the variables of its own renamed."""
        pieces = []
        for sign, found in exists_in(condition):
            if sign == "fails" or not isinstance(found, Exists):
                self.untraced.append(Untraced("negation", found.span))
                continue
            inner = {name for name, _ in _variables(self._text, found.group.span)}
            if sign == "open" or inner & (self._visible - around):
                self.untraced.append(Untraced("exists", found.span))
                continue
            own = {name: self.fresh() for name in sorted(inner - around)}
            inside = replace(scope, renames={**scope.renames, **own}, absent="exists")
            pieces.append(f"OPTIONAL {self._branch(found.group, inside)}")
        return pieces

    def _sub_select(self, query: Query, scope: Scope) -> str:
        """A SELECT that shows what its rows rest on; one that counts or cuts stands beside itself without doing so."""
        verbatim = f"{{ {self.words(query.span, scope)}\n}}"
        for expression in (*(column.expression for column in query.columns), *query.having):
            self.judge(expression)
        if not _cuts(query):
            return self._opened(query, None, scope)
        keys, before = _keys(query), len(self.parts)
        opened = self.branch(lambda inside: self._opened(query, keys or [], inside), scope)
        if len(self.parts) == before:
            return verbatim
        if keys is None:
            del self.parts[before:]
            self.untraced.append(Untraced("subquery", query.span))
            return verbatim
        return f"{verbatim}\nOPTIONAL {opened}"

    def _opened(self, query: Query, keys: list[str] | None, scope: Scope) -> str:
        """A SELECT of the same columns, or of some ``keys``, and of all that its parts need."""
        before, around = len(self.parts), self._visible
        self._visible = visible(query.where)
        where = self.group(query.where, scope)
        self._visible = around
        shows = self._lift(query, before, keys, scope)
        columns = [self.words(column.span, scope) for column in query.columns]
        if keys is not None:
            columns = [f"?{scope.renames.get(name, name)}" for name in keys]
        own = " ".join([*columns, *shows]) or "*"
        values = self.words(query.values.span, scope) if query.values else ""
        return f"{{ SELECT DISTINCT {own} WHERE {{ {where}\n}} {values} }}"

    def _lift(self, query: Query, before: int, keys: list[str] | None, scope: Scope) -> list[str]:
        """Put the parts since ``before`` in names that are shown outside; what the SELECT must show for them."""
        if keys is None and not query.columns:
            return []  # SELECT * shows all
        held = keys if keys is not None else _plain(query)
        outside = {scope.renames.get(name, name) for name in held} | set(scope.when)
        if isinstance(scope.graph, Variable):
            outside.add(scope.graph.name)
        names: dict[str, str] = {}
        for part in self.parts[before:]:
            for name in part.names():
                if name not in outside and name not in names:
                    names[name] = name if self._is_own(name, scope) else self.fresh()
        self.parts[before:] = [_renamed(part, names) for part in self.parts[before:]]
        return [f"?{old}" if old == new else f"(?{old} AS ?{new})" for old, new in names.items()]

    def _is_own(self, name: str, scope: Scope) -> bool:
        """Whether a name is nowhere else in the query; that of a renamed variable may be."""
        return self.is_fresh(name) and name not in scope.renames.values()


def _variables(text: str, span: Span) -> Iterator[tuple[str, int]]:
    """The names of the variables in a piece of text, with their places."""
    for token in tokenize(text[span.start : span.end], less_than=True):
        if token.kind == "variable":
            yield token.text[1:], span.start + token.offset


def _cuts(query: Query) -> bool:
    return query.limit is not None or query.offset is not None or grouped(query)


def _plain(query: Query) -> list[str]:
    """The variables that a SELECT shows as they are."""
    if not query.columns:
        return sorted(visible(query.where))
    return [column.variable.name for column in query.columns if column.variable and not column.expression]


def _keys(query: Query) -> list[str] | None:
    """The columns by which the rows of a SELECT that counts or cuts are found again; None where they do not suffice."""
    names = set(_plain(query))
    if grouped(query):
        by = {column.variable.name for column in query.group_by if column.variable and not column.expression}
        if len(by) < len(query.group_by) or not by <= names:
            return None
        names = by
    elif len(names) < len(query.columns):
        return None
    return sorted(names) if names <= certain(query.where) else None


def _renamed(part: Part, names: dict[str, str]) -> Part:
    def new(node: Node) -> Node:
        return Variable(names.get(node.name, node.name)) if isinstance(node, Variable) else node

    return replace(
        part,
        subject=new(part.subject),
        predicate=new(part.predicate),
        object=new(part.object),
        graph=None if part.graph is None else new(part.graph),
        when=tuple(names.get(name, name) for name in part.when),
    )

"""Takes a query's pattern apart, and writes questions about any selection of its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.query.sparql.tree import (
    Bind,
    Blank,
    Constant,
    Dataset,
    Element,
    Exists,
    Expression,
    Filter,
    Group,
    InGraph,
    Minus,
    Node,
    Optional,
    Path,
    Query,
    Span,
    SubSelect,
    Triple,
    Union,
    Values,
    Variable,
    groups_of,
    variables_of,
    walk,
)
from kg.query.terms import spelled

__all__ = ["Part", "Parts", "node_text", "path_text", "variables_in"]


@dataclass(frozen=True, slots=True)
class Part:
    """Something that can be left out of a query: an element of its pattern, the name of a GRAPH, or its FROM.

    ``binds`` are the variables that it gives values to, ``needs`` those that it makes no sense without. ``groups`` are
    the numbers of the groups around it, the outermost first.
    """

    place: int
    element: Element | Dataset
    span: Span
    groups: tuple[int, ...]
    binds: frozenset[str]
    needs: frozenset[str] = frozenset()


class Parts:
    """The parts of ``query``, in the order of the text."""

    def __init__(self, query: Query) -> None:
        self.query = query
        self.all: list[Part] = []
        self._groups: list[Group] = []
        if query.datasets:
            span = Span(query.datasets[0].span.start, query.datasets[-1].span.end)
            self._add(query.datasets[0], span, ())
        self._read(query.where, ())
        if query.values is not None:
            self._add(query.values, query.values.span, ())
        self._by_element = {id(part.element): part for part in self.all}

    def _add(self, element: Element | Dataset, span: Span, groups: tuple[int, ...]) -> None:
        binds = frozenset(_bound(element))
        needs = frozenset(_needed(element)) & self._visible(groups)
        self.all.append(Part(len(self.all), element, span, groups, binds, needs))

    def _visible(self, groups: tuple[int, ...]) -> frozenset[str]:
        return variables_in(self._groups[groups[-1]]) if groups else frozenset()

    def _read(self, group: Group, around: tuple[int, ...]) -> None:
        groups = (*around, len(self._groups))
        self._groups.append(group)
        for element in group.elements:
            inner = _opened(element)
            if inner is None:
                self._add(element, element.span, groups)
                continue
            if isinstance(element, InGraph):
                self._add(element, Span(element.span.start, element.name.span.end), groups)
            for each in inner:
                self._read(each, groups)

    @cached_property
    def everything(self) -> frozenset[int]:
        """The places of all parts."""
        return frozenset(part.place for part in self.all)

    def without(self, kept: frozenset[int], dropped: Iterable[int]) -> frozenset[int]:
        """``kept`` without some parts, and without those that make no sense any more: filters on what is not bound."""
        left = kept - frozenset(dropped)
        while True:
            lost = {place for place in left if not self._supported(self.all[place], left)}
            if not lost:
                return left
            left -= lost

    def _supported(self, part: Part, kept: frozenset[int]) -> bool:
        if not part.needs:
            return True
        inside = (self.all[place] for place in kept if place != part.place)
        bound = {name for other in inside if part.groups[-1] in other.groups for name in other.binds}
        return part.needs <= bound

    def ask(self, kept: frozenset[int], instead: Mapping[int, str] | None = None) -> str:
        """An ASK for the ``kept`` parts; ``instead`` writes some of them otherwise."""
        return self._whole("ASK", kept, instead or {}, "")

    def select(self, what: str, kept: frozenset[int], instead: Mapping[int, str], tail: str = "") -> str:
        """A SELECT of ``what`` from the ``kept`` parts, some of them written otherwise, with ``tail`` at its end."""
        return self._whole(f"SELECT {what}", kept, instead, tail)

    def _whole(self, head: str, kept: frozenset[int], instead: Mapping[int, str], tail: str) -> str:
        query = self.query
        from_ = [query.words(one.span) for one in query.datasets if self._kept(query.datasets[0], kept)]
        values = query.values
        body = self._group(query.where, kept, instead)
        last = query.words(values.span) if values is not None and self._kept(values, kept) else ""
        place = self._by_element[id(values)].place if values is not None else -1
        if place in instead:
            last, body = "", f"{{ {body} {instead[place]} }}"
        return "\n".join([query.words(query.prologue), head, *from_, f"WHERE {body}", tail, last])

    def _kept(self, element: Element | Dataset, kept: frozenset[int]) -> bool:
        return self._by_element[id(element)].place in kept

    def _group(self, group: Group, kept: frozenset[int], instead: Mapping[int, str]) -> str:
        """The group in braces; what is written otherwise stands at its end, where all is bound that it may use."""
        found, late = [], []
        for element in group.elements:
            part = self._by_element.get(id(element))
            if part is not None and part.place in instead and isinstance(element, Triple):
                found.append(instead[part.place])
            elif part is not None and part.place in instead and not isinstance(element, InGraph):
                late.append(instead[part.place])  # empty: left out
            elif text := self._element(element, kept, instead):
                found.append(text)
        return f"{{ {' . '.join(filter(None, [*found, *late]))} }}"

    def _element(self, element: Element, kept: frozenset[int], instead: Mapping[int, str]) -> str:
        inner = _opened(element)
        if inner is None:
            return self._leaf(element) if self._kept(element, kept) else ""
        bodies = [self._group(each, kept, instead) for each in inner]
        if isinstance(element, InGraph):
            place = self._by_element[id(element)].place
            if place in instead:
                return f"{instead[place]} {bodies[0]}"
            return f"GRAPH {node_text(self.query, element.name)} {bodies[0]}" if place in kept else bodies[0]
        if isinstance(element, SubSelect):
            head = "SELECT *" if instead else self.query.words(element.query.head)
            return f"{{ {head} WHERE {bodies[0]} }}"
        if isinstance(element, Filter):
            return bodies[0] if instead else f"FILTER EXISTS {bodies[0]}"
        return " UNION ".join(bodies)

    def _leaf(self, element: Element) -> str:
        if isinstance(element, Triple):
            thing = node_text(self.query, element.object)
            return f"{node_text(self.query, element.subject)} {path_text(self.query, element.predicate)} {thing}"
        text = self.query.words(element.span)
        return f"{{ {text} }}" if isinstance(element, SubSelect) else text


def node_text(query: Query, node: Node) -> str:
    """A node as it may stand anywhere in the query: a blank node by its label, everything else as it was written."""
    if isinstance(node, Blank):
        return "_:" + (f"unnamed{node.label[1:-1]}" if node.label.startswith("[") else node.label)
    if isinstance(node, Variable):
        return f"?{node.name}"
    written = query.words(node.span)
    return spelled(node.term) if written.startswith("(") else written


def path_text(query: Query, path: Path) -> str:
    """A predicate or path as it was written."""
    return node_text(query, path) if isinstance(path, (Variable, Constant)) else query.words(path.span)


def variables_in(group: Group) -> frozenset[str]:
    """The variables that some element of a group, or of a group inside it, gives values to."""
    found: set[str] = set()
    for element in group.elements:
        found.update(_bound(element))
        if not isinstance(element, Minus):
            found.update(*(variables_in(inner) for inner in groups_of(element)))
    return frozenset(found)


def _opened(element: Element) -> tuple[Group, ...] | None:
    """The groups whose elements are parts of their own; None for what is a part as a whole."""
    if isinstance(element, (Group, Union, InGraph)):
        return groups_of(element)
    if isinstance(element, SubSelect):
        inner = element.query
        bare = not (inner.group_by or inner.having or inner.values or inner.limit is not None or inner.offset)
        return (inner.where,) if bare and all(one.expression is None for one in inner.columns) else None
    expression = element.expression if isinstance(element, Filter) else None
    if isinstance(expression, Exists) and not expression.negated:
        return (expression.group,)
    return None


def _bound(element: Element | Dataset) -> Iterator[str]:
    if isinstance(element, Triple):
        yield from _of_triple(element)
    elif isinstance(element, Bind):
        yield element.variable.name
    elif isinstance(element, Values):
        yield from (one.name for one in element.variables)
    elif isinstance(element, Optional):
        yield from variables_in(element.group)
    elif isinstance(element, InGraph) and isinstance(element.name, Variable):
        yield element.name.name
    elif isinstance(element, SubSelect):
        shown = [one.variable.name for one in element.query.columns if one.variable is not None]
        yield from shown or variables_in(element.query.where)


def _of_triple(triple: Triple) -> Iterator[str]:
    for node in (triple.subject, triple.object):
        if isinstance(node, Blank):
            yield f"_:{node.label}"
    yield from (one.name for one in variables_of(triple))


def _needed(element: Element | Dataset) -> Iterator[str]:
    """The variables without whose values a filter would fail, a BIND give nothing, and a MINUS take away too much."""
    if isinstance(element, (Filter, Bind)):
        yield from _in_expression(element.expression)
    elif isinstance(element, Minus):
        yield from variables_in(element.group)


def _in_expression(expression: Expression) -> Iterator[str]:
    if isinstance(expression, Exists):
        yield from variables_in(expression.group)
        for element in walk(expression.group):
            yield from _needed(element)
        return
    yield from (one.name for one in variables_of(expression))
    for argument in getattr(expression, "arguments", ()):
        yield from _exists_in(argument)


def _exists_in(expression: Expression) -> Iterator[str]:
    if isinstance(expression, Exists):
        yield from _in_expression(expression)
    for argument in getattr(expression, "arguments", ()):
        yield from _exists_in(argument)

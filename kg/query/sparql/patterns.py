"""Reads graph patterns: groups and what stands in them, triples with their short forms, property paths."""

from __future__ import annotations

from abc import abstractmethod

from kg.engine.answer import Term
from kg.graph.names import PREFIXES
from kg.query.sparql.cursor import Unread
from kg.query.sparql.expressions import Expressions
from kg.query.sparql.tree import (
    Alternative,
    Bind,
    Blank,
    Constant,
    Element,
    Filter,
    Group,
    InGraph,
    Inverse,
    Minus,
    Negated,
    Node,
    Optional,
    Path,
    Query,
    Repeat,
    Sequence,
    Span,
    SubSelect,
    Triple,
    Union,
    Values,
    Variable,
)

__all__ = ["Patterns"]

_RDF = PREFIXES["rdf"]
#: How often a path with this mark may be gone.
_REPEATS: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}


class Patterns(Expressions):
    """Reads graph patterns (SPARQL 1.1 grammar, productions 52 to 106)."""

    @abstractmethod
    def sub_select(self) -> Query:
        """Read a SELECT within braces."""

    def group(self) -> Group:
        """Read ``{ … }``."""
        cursor, start = self.cursor, self.cursor.start
        cursor.expect("{")
        found: list[Element] = []
        if cursor.sees("SELECT"):
            begin = cursor.start
            found.append(SubSelect(self.sub_select(), cursor.since(begin)))
        while not cursor.takes("}"):
            if not cursor.takes("."):
                found += self._elements()
        return Group(tuple(found), cursor.since(start))

    def _elements(self) -> list[Element]:
        cursor, start = self.cursor, self.cursor.start
        if cursor.takes("OPTIONAL"):
            return [Optional(self.group(), cursor.since(start))]
        if cursor.takes("MINUS"):
            return [Minus(self.group(), cursor.since(start))]
        if cursor.takes("GRAPH"):
            name = cursor.node()
            return [InGraph(name, self.group(), cursor.since(start))]
        if cursor.takes("FILTER"):
            return [Filter(self.constraint(), cursor.since(start))]
        if cursor.sees("BIND"):
            return [self._bind()]
        if cursor.sees("VALUES"):
            return [self.values()]
        if cursor.sees("{"):
            return [self._union()]
        return list(self.triples())

    def _bind(self) -> Bind:
        cursor, start = self.cursor, self.cursor.start
        cursor.expect("BIND")
        cursor.expect("(")
        expression = self.expression()
        cursor.expect("AS")
        variable = cursor.variable()
        cursor.expect(")")
        return Bind(expression, variable, cursor.since(start))

    def _union(self) -> Union | Group:
        start = self.cursor.start
        groups = [self.group()]
        while self.cursor.takes("UNION"):
            groups.append(self.group())
        return groups[0] if len(groups) == 1 else Union(tuple(groups), self.cursor.since(start))

    def values(self) -> Values:
        """Read ``VALUES …``."""
        cursor, start = self.cursor, self.cursor.start
        cursor.expect("VALUES")
        several = cursor.takes("(")
        variables: list[Variable] = []
        while cursor.token.kind == "variable" and (several or not variables):
            variables.append(cursor.variable())
        if several:
            cursor.expect(")")
        cursor.expect("{")
        rows: list[tuple[Constant | None, ...]] = []
        while not cursor.takes("}"):
            rows.append(self._row() if several else (self._value(),))
        return Values(tuple(variables), tuple(rows), cursor.since(start))

    def _row(self) -> tuple[Constant | None, ...]:
        self.cursor.expect("(")
        row = []
        while not self.cursor.takes(")"):
            row.append(self._value())
        return tuple(row)

    def _value(self) -> Constant | None:
        if self.cursor.takes("UNDEF"):
            return None
        return self.cursor.literal() if self.cursor.sees_literal() else self.cursor.iri()

    def triples(self) -> tuple[Triple, ...]:
        """Read the triples of one subject, up to their dot: ``;`` and ``,``, ``[ … ]`` and ``( … )`` opened up."""
        start = self.cursor.start
        found: list[Triple] = []
        bare = not self.cursor.sees("[", "(")
        subject = self._graph_node(found)
        if bare or self._sees_verb():
            self._property_list(subject, found)
        block = self.cursor.since(start)
        return tuple(Triple(one.subject, one.predicate, one.object, one.span, block) for one in found)

    def _property_list(self, subject: Node, found: list[Triple]) -> None:
        cursor = self.cursor
        while True:
            start = cursor.start
            predicate = self._verb()
            while True:
                thing = self._graph_node(found)
                found.append(Triple(subject, predicate, thing, cursor.since(start)))
                if not cursor.takes(","):
                    break
                start = cursor.start
            while cursor.takes(";"):
                pass
            if not self._sees_verb():
                return

    def _sees_verb(self) -> bool:
        cursor = self.cursor
        return cursor.token.kind == "variable" or cursor.sees_iri() or cursor.sees("A", "^", "!", "(")

    def _verb(self) -> Path:
        return self.cursor.variable() if self.cursor.token.kind == "variable" else self._path()

    def _graph_node(self, found: list[Triple]) -> Node:
        """A node; the triples of ``[ … ]`` and ``( … )`` go to ``found``."""
        cursor, start = self.cursor, self.cursor.start
        if cursor.takes("["):
            inside: list[Triple] = []
            blank = cursor.new_blank(start)
            if not cursor.sees("]"):
                self._property_list(blank, inside)
            cursor.expect("]")
            found += inside
            return Blank(blank.label, cursor.since(start))
        if cursor.takes("("):
            return self._collection(start, found)
        if not cursor.sees_node():
            raise Unread(f"expected a term at {start}, found {cursor.token.text[:40]!r}")
        return cursor.node()

    def _collection(self, start: int, found: list[Triple]) -> Node:
        cursor = self.cursor
        members = []
        while not cursor.takes(")"):
            members.append(self._graph_node(found))
        span = cursor.since(start)
        rest: Node = Constant(Term("iri", _RDF + "nil"), span)
        for member in reversed(members):
            head = Blank(cursor.new_blank(start).label, span)
            found.append(Triple(head, Constant(Term("iri", _RDF + "first"), span), member, member.span))
            found.append(Triple(head, Constant(Term("iri", _RDF + "rest"), span), rest, span))
            rest = head
        return rest

    def _path(self) -> Path:
        start = self.cursor.start
        parts = [self._sequence()]
        while self.cursor.takes("|"):
            parts.append(self._sequence())
        return parts[0] if len(parts) == 1 else Alternative(tuple(parts), self.cursor.since(start))

    def _sequence(self) -> Path:
        start = self.cursor.start
        parts = [self._step()]
        while self.cursor.takes("/"):
            parts.append(self._step())
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts), self.cursor.since(start))

    def _step(self) -> Path:
        cursor, start = self.cursor, self.cursor.start
        if cursor.takes("^"):
            return Inverse(self._step(), cursor.since(start))
        path = self._path_primary()
        if cursor.sees(*_REPEATS):
            least, most = _REPEATS[cursor.take().text]
            return Repeat(path, least, most, cursor.since(start))
        return path

    def _path_primary(self) -> Path:
        cursor, start = self.cursor, self.cursor.start
        if cursor.takes("("):
            path = self._path()
            cursor.expect(")")
            return path
        if cursor.takes("!"):
            return Negated(self._negated(), cursor.since(start))
        return self._predicate()

    def _negated(self) -> tuple[Path, ...]:
        cursor = self.cursor
        if not cursor.takes("("):
            return (self._negated_one(),)
        found = []
        while not cursor.takes(")"):
            found.append(self._negated_one())
            cursor.takes("|")
        return tuple(found)

    def _negated_one(self) -> Path:
        start = self.cursor.start
        if self.cursor.takes("^"):
            return Inverse(self._predicate(), self.cursor.since(start))
        return self._predicate()

    def _predicate(self) -> Constant:
        if self.cursor.token.kind == "word" and self.cursor.token.text == "a":
            token = self.cursor.take()
            return Constant(Term("iri", _RDF + "type"), Span(token.offset, token.end))
        return self.cursor.iri()

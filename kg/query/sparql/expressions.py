"""Reads expressions: operators by their rank, functions, aggregates, EXISTS."""

from __future__ import annotations

from abc import ABC, abstractmethod

from kg.query.sparql.cursor import Cursor, Unread
from kg.query.sparql.tree import Call, Exists, Expression, Group

__all__ = ["Expressions"]

#: The binary operators, the loosest first; those of one rank are read from left to right.
_RANKS = (("||",), ("&&",), ("=", "!=", "<", ">", "<=", ">="), ("+", "-"), ("*", "/"))
_COMPARISON = 2


class Expressions(ABC):
    """Reads expressions from ``cursor`` (SPARQL 1.1 grammar, productions 107 to 128)."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor

    @abstractmethod
    def group(self) -> Group:
        """Read ``{ … }``."""

    def expression(self, rank: int = 0) -> Expression:
        """Read an expression whose operators bind at least as closely as ``rank``."""
        if rank == len(_RANKS):
            return self._unary()
        start = self.cursor.start
        left = self.expression(rank + 1)
        while True:
            if self.cursor.sees(*_RANKS[rank]):
                operator = self.cursor.take().text
                arguments: tuple[Expression, ...] = (left, self.expression(rank + 1))
            elif rank == _COMPARISON and (operator := self._in()):
                arguments = (left, *self._list())
            else:
                return left
            left = Call(operator, arguments, span=self.cursor.since(start))

    def _in(self) -> str:
        if self.cursor.takes("IN"):
            return "IN"
        if self.cursor.sees("NOT") and self.cursor.sees("IN", ahead=1):
            self.cursor.take()
            self.cursor.take()
            return "NOT IN"
        return ""

    def _unary(self) -> Expression:
        start = self.cursor.start
        if self.cursor.sees("!", "-", "+") and not self.cursor.sees_literal():
            operator = self.cursor.take().text
            return Call(operator, (self._unary(),), span=self.cursor.since(start))
        return self._primary()

    def _primary(self) -> Expression:
        cursor = self.cursor
        if cursor.token.kind == "variable":
            return cursor.variable()
        if cursor.sees_literal():
            return cursor.literal()
        if cursor.sees("("):
            return self.bracketed()
        return self.call()

    def bracketed(self) -> Expression:
        """Read ``( expression )``."""
        self.cursor.expect("(")
        found = self.expression()
        self.cursor.expect(")")
        return found

    def constraint(self) -> Expression:
        """Read what may follow FILTER or HAVING: an expression in brackets, or a call."""
        return self.bracketed() if self.cursor.sees("(") else self.call()

    def call(self) -> Expression:
        """Read a call of a function, or an IRI that stands alone."""
        cursor, start = self.cursor, self.cursor.start
        if cursor.sees_iri():
            iri = cursor.iri()
            if not cursor.sees("("):
                return iri
            return self._arguments(iri.term.value, start)
        negated = cursor.takes("NOT")
        if cursor.takes("EXISTS"):
            return Exists(self.group(), negated, cursor.since(start))
        if negated or cursor.token.kind != "word" or not cursor.sees("(", ahead=1):
            raise Unread(f"expected an expression at {start}, found {cursor.token.text[:40]!r}")
        return self._arguments(cursor.take().text.upper(), start)

    def _arguments(self, function: str, start: int) -> Call:
        cursor = self.cursor
        cursor.expect("(")
        distinct = cursor.takes("DISTINCT")
        found: list[Expression] = []
        separator = None
        if not cursor.takes("*"):
            while not cursor.sees(")", ";"):
                found.append(self.expression())
                if not cursor.takes(","):
                    break
        if cursor.takes(";"):
            cursor.expect("SEPARATOR")
            cursor.expect("=")
            separator = cursor.literal().term.value
        cursor.expect(")")
        return Call(function, tuple(found), distinct, separator, cursor.since(start))

    def _list(self) -> list[Expression]:
        cursor = self.cursor
        cursor.expect("(")
        found: list[Expression] = []
        while not cursor.takes(")"):
            found.append(self.expression())
            cursor.takes(",")
        return found

"""Walks through the words of a query one by one, and reads the smallest parts: variables, IRIs, literals."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from kg.engine.answer import LANG_STRING, Term, read_term
from kg.engine.tokens import SPACE, Token, tokenize
from kg.query.sparql.tree import Blank, Constant, Node, Span, Variable

__all__ = ["Cursor", "Unread"]

_LOCAL_ESCAPE = re.compile(r"\\(.)")
_END = "end"


class Unread(ValueError):
    """Raised for text that this reader cannot follow: it is no SPARQL 1.1 query, or it is too large or too deep."""


class Cursor:
    """The words of ``text``, the place among them, and what BASE and PREFIX have declared so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        # As Oxigraph reads it, which has accepted the query: `<` after an operand is an operator.
        self._tokens = [token for token in tokenize(text, less_than=True) if token.kind not in SPACE]
        self._tokens.append(Token(_END, "", len(text)))
        self._at = 0
        self._blanks = 0
        self.prefixes: dict[str, str] = {}
        self.base = ""

    @property
    def token(self) -> Token:
        """The word that comes next; behind the last one it has no text."""
        return self._tokens[self._at]

    @property
    def start(self) -> int:
        """Where the next word begins."""
        return self.token.offset

    def since(self, start: int) -> Span:
        """From ``start`` to the end of the last word that was taken."""
        return Span(start, max(start, self._tokens[self._at - 1].end if self._at else 0))

    def sees(self, *texts: str, ahead: int = 0) -> bool:
        """Whether one of these marks or keywords (in capitals) comes next."""
        token = self._tokens[min(self._at + ahead, len(self._tokens) - 1)]
        if token.kind == "word":
            return token.text.upper() in texts
        return token.kind == "mark" and token.text in texts

    def take(self) -> Token:
        """Go past the next word."""
        token = self.token
        if token.kind == _END:
            raise Unread("the text ends too early")
        self._at += 1
        return token

    def takes(self, *texts: str) -> bool:
        """Go past one of these, if it comes next; whether it did."""
        found = self.sees(*texts)
        if found:
            self.take()
        return found

    def expect(self, *texts: str) -> Token:
        """Go past one of these, which must come next."""
        if not self.sees(*texts):
            raise Unread(f"expected {' or '.join(texts)} at {self.start}, found {self.token.text[:40]!r}")
        return self.take()

    def ended(self) -> bool:
        """Whether nothing comes any more."""
        return self.token.kind == _END

    def new_blank(self, start: int) -> Blank:
        """A blank node that the text does not name, from ``start`` to here."""
        self._blanks += 1
        return Blank(f"[{self._blanks}]", self.since(start))

    def variable(self) -> Variable:
        """The variable that must come next."""
        if self.token.kind != "variable":
            raise Unread(f"expected a variable at {self.start}")
        token = self.take()
        return Variable(token.text[1:], Span(token.offset, token.end))

    def iri(self) -> Constant:
        """The IRI that must come next, written out or with a prefix."""
        start, token = self.start, self.token
        if token.kind == "iri":
            value = self._absolute(read_term(token.text).value)
        elif token.kind == "name":
            prefix, _, local = token.text.partition(":")
            if prefix not in self.prefixes:
                raise Unread(f"the prefix {prefix}: at {start} is not declared")
            value = self.prefixes[prefix] + _LOCAL_ESCAPE.sub(r"\1", local)
        else:
            raise Unread(f"expected an IRI at {start}, found {token.text[:40]!r}")
        self.take()
        return Constant(Term("iri", value), self.since(start))

    def _absolute(self, iri: str) -> str:
        if not self.base:
            return iri
        joined = urljoin(self.base, iri)
        return f"{joined}#" if iri.endswith("#") and not joined.endswith("#") else joined  # urljoin drops it

    def sees_iri(self) -> bool:
        """Whether an IRI comes next."""
        return self.token.kind in ("iri", "name")

    def sees_literal(self) -> bool:
        """Whether a literal comes next (a number with a sign is two words)."""
        signed = self.sees("+", "-") and self._tokens[self._at + 1].kind == "number"
        return self.token.kind in ("string", "number") or self.sees("TRUE", "FALSE") or signed

    def literal(self) -> Constant:
        """The literal that must come next."""
        start = self.start
        token = self.take()
        if token.text in ("+", "-") and self.token.kind == "number":
            return Constant(read_term(token.text + self.take().text), self.since(start))
        if token.kind == "number" or token.text.lower() in ("true", "false"):
            return Constant(read_term(token.text.lower()), self.since(start))
        if token.kind != "string":
            raise Unread(f"expected a literal at {start}")
        quote = 3 if token.text[:3] in ('"""', "'''") else 1
        term = read_term(f'"{token.text[quote:-quote]}"')
        if self.token.kind == "language":
            term = Term("literal", term.value, self.take().text[1:].lower(), LANG_STRING)
        elif self.takes("^^"):
            term = Term("literal", term.value, "", self.iri().term.value)
        return Constant(term, self.since(start))

    def sees_node(self) -> bool:
        """Whether a variable, an IRI, a literal or a labelled blank node comes next."""
        return self.token.kind in ("variable", "label") or self.sees_iri() or self.sees_literal()

    def node(self) -> Node:
        """The variable, IRI, literal or labelled blank node that must come next."""
        if self.token.kind == "variable":
            return self.variable()
        if self.token.kind == "label":
            token = self.take()
            return Blank(token.text[2:], Span(token.offset, token.end))
        return self.literal() if self.sees_literal() else self.iri()

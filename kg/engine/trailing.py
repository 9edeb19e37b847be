"""Moves VALUES from behind the pattern of a query into it, for a store that reads it wrongly there.

Such a clause is joined with what the pattern finds (SPARQL 1.1, section 18.2.4.3), so it can as well stand in a group
with the pattern, unless the query sums up in between. ``… { P } ORDER BY ?x VALUES ?x { 1 }`` becomes
``… { { P } VALUES ?x { 1 } } ORDER BY ?x``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.engine.tokens import Token, significant

__all__ = ["values_inside"]

_SUMS_UP = frozenset({"GROUP", "HAVING", "COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT"})


@dataclass
class _Scope:
    """What stands between a pair of braces, or in none: its words, its groups, and where VALUES stands in it.

    ``query`` says that it is a query, not a group of patterns. ``groups`` are the tokens that open and close each group
    that is in no bracket and after no EXISTS.
    """

    query: bool
    opened: Token | None = None
    in_brackets: int = 0
    words: list[str] = field(default_factory=list)
    groups: list[tuple[Token, Token]] = field(default_factory=list)
    values: Token | None = None

    def pattern(self) -> tuple[Token, Token] | None:
        """The pattern into which VALUES can be moved; None where that would be another query, or there is none."""
        template = self.words[:1] == ["CONSTRUCT"]  # without one, its pattern takes nothing but triples
        if not _SUMS_UP.isdisjoint(self.words) or len(self.groups) < 1 + template:
            return None
        return self.groups[-1]


def values_inside(query: str) -> str:
    """``query`` with each VALUES clause that is behind a pattern in a group with it; what is no SPARQL, as it is."""
    if "VALUES" not in query.upper():
        return query
    edits: list[tuple[int, int, str]] = []
    scopes = [_Scope(query=True)]
    tokens = significant(query)
    for before, token in zip([None, *tokens], tokens, strict=False):
        scope = scopes[-1]
        if token.text in ("(", "["):
            scope.in_brackets += 1
        elif token.text in (")", "]"):
            scope.in_brackets -= 1
        elif token.text == "{":
            scopes.append(_Scope(query=False, opened=token))
        elif token.text == "}":
            if len(scopes) == 1:
                return query
            _close(scopes, token, query, edits)
        elif token.kind == "word":
            _read_word(scope, token, before)
    for start, end, text in sorted(edits, reverse=True):
        query = query[:start] + text + query[end:]
    return query


def _read_word(scope: _Scope, token: Token, before: Token | None) -> None:
    word = token.text.upper()
    if word == "SELECT" and before is scope.opened:
        scope.query = True
    if word == "VALUES" and scope.query:
        scope.values = token
    if word in ("PREFIX", "BASE"):
        return
    scope.words.append(word)


def _close(scopes: list[_Scope], closing: Token, query: str, edits: list[tuple[int, int, str]]) -> None:
    """End the innermost scope; one that holds the data of VALUES tells where to move them."""
    inner = scopes.pop()
    scope = scopes[-1]
    assert inner.opened is not None  # noqa: S101 (only the outermost scope has no brace)
    if scope.values is None:
        if not scope.in_brackets and scope.words[-1:] != ["EXISTS"]:
            scope.groups.append((inner.opened, closing))
        return
    pattern = scope.pattern()
    if pattern is not None:
        clause = query[scope.values.offset : closing.end]
        edits.append((scope.values.offset, closing.end, ""))
        edits.append((pattern[0].offset, pattern[0].offset, "{ "))
        edits.append((pattern[1].end, pattern[1].end, f" {clause} }}"))
    scope.values = None

"""The words of a SPARQL query: a lexer by the terminals of the SPARQL 1.1 grammar.

See https://www.w3.org/TR/sparql11-query/#sparqlGrammar, productions 139 to 173. Every character of any text ends up in
exactly one token, in order, so the tokens joined are the text. The time is linear in the text, whatever it is: no
pattern gives back what it took, and a run that was once looked through in vain for the colon of a prefixed name is not
looked through again. Differences from the grammar, all harmless here: a sign is a token of its own, ``()`` and ``[]``
are two, and the marks of RDF 1.2 (``<<(``, ``{|``, ``@en--ltr``) are known.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["OPERAND_ENDS", "PATTERNS", "SPACE", "Token", "place", "significant", "tokenize"]

_BASE = (
    r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_CHARS = _BASE + r"_0-9\u00B7\u0300-\u036F\u203F-\u2040\-"
_VARCHARS = _BASE + r"_0-9\u00B7\u0300-\u036F\u203F-\u2040"
_PREFIX = rf"[{_BASE}](?:[{_CHARS}]|\.++(?=[{_CHARS}]))*+"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:[{_BASE}_0-9:]|{_ESCAPED})(?:[{_CHARS}:]|{_ESCAPED}|\.++(?=[{_CHARS}:%\\]))*+"
_LABEL = rf"_:[{_BASE}_0-9](?:[{_CHARS}]|\.++(?=[{_CHARS}]))*+"
_CODEPOINT = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"


def _string(quote: str, *, long: bool) -> str:
    """A string, closed or not.

    An unclosed one takes the rest of its line (long: of the text), so that no later quote is tried in vain over it.
    """
    if long:
        return rf"{quote * 3}(?:[^{quote}\\]|\\[\s\S]|{quote}(?!{quote * 2}))*+(?:{quote * 3}|\\?\Z)"
    return rf"{quote}(?:[^{quote}\\\n\r]|\\[^\n\r])*+(?:{quote}|(?=[\n\r])|\\?(?=[\n\r])|\\?\Z)"


_STRING = "|".join(_string(quote, long=long) for long in (True, False) for quote in "\"'")

PATTERNS = {
    "space": r"[\x20\t\r\n]++",
    "comment": r"#[^\r\n]*+",
    "iri": rf"<(?:[^<>\"{{}}|^`\\\x00-\x20]|{_CODEPOINT})*+>",
    "name": rf"(?:{_PREFIX})?+:(?:{_LOCAL})?",
    "variable": rf"[?$][{_BASE}_0-9][{_VARCHARS}]*+",
    "dotted": rf"[{_BASE}][{_CHARS}]*+\.[{_CHARS}.]*+",
    "word": rf"[{_BASE}][{_CHARS}]*+",
    "string": _STRING,
    "number": r"[0-9]++(?:\.[0-9]*+[eE][+-]?[0-9]++|\.[0-9]++|[eE][+-]?[0-9]++)?+|\.[0-9]++(?:[eE][+-]?[0-9]++)?+",
    "language": r"@[A-Za-z]++(?:--?[A-Za-z0-9]++)*+",
    "label": _LABEL,
    "mark": r"<<\(|\)>>|<<|>>|\{\||\|\}|<=|>=|!=|&&|\|\||\^\^|[{}()\[\].,;*+\-/|^?!=<>~]",
    "other": r"[\s\S]",
}
SPACE = frozenset({"space", "comment"})
OPERAND_ENDS = frozenset({"iri", "name", "variable", "word", "string", "number", "language", "label", ")"})


class Token(NamedTuple):
    """One word of a query: its kind (a key of the table above), its text, where it begins (characters from 0)."""

    kind: str
    text: str
    offset: int

    @property
    def end(self) -> int:
        """Where the next token begins."""
        return self.offset + len(self.text)

    @property
    def open(self) -> bool:
        """Whether this is a string without its closing quote."""
        if self.kind != "string":
            return False
        quote = self.text[:3] if self.text[:3] in ('"""', "'''") else self.text[0]
        closed = len(self.text) >= 2 * len(quote) and self.text.endswith(quote)
        return not closed or _ends_in_escape(self.text, len(quote))


def tokenize(text: str, *, less_than: bool = False) -> Iterator[Token]:
    """The tokens of ``text``, white space and comments among them.

    The grammar takes the longest match, so ``?a<?b&&?c>?d`` holds the IRI ``<?b&&?c>``; a parser without a lexer, as
    Oxigraph's, takes ``<`` after an operand inside parentheses for an operator. ``less_than`` reads it so.
    """
    position, nameless_until = 0, 0
    before, brackets = "", [""]
    while position < len(text):
        pattern = _any() if position >= nameless_until else _any("name", "dotted")
        if less_than and text[position] == "<" and brackets[-1] == "(" and before in OPERAND_ENDS:
            pattern = _any(*(kind for kind in PATTERNS if kind != "mark"))
        match = pattern.match(text, position)
        assert match is not None and match.lastgroup is not None  # noqa: S101 (the last pattern takes any character)
        kind = match.lastgroup
        if kind == "dotted":  # words with dots between, and no colon: they are words and dots
            nameless_until = match.end()
            continue
        token = Token(kind, match.group(), position)
        yield token
        position = match.end()
        if less_than and kind not in SPACE:
            before = ")" if token.text == ")" else kind
            _follow(token.text, brackets)


@functools.cache
def _any(*left_out: str) -> re.Pattern[str]:
    """One pattern for all kinds but some; made when first wanted, as that takes tens of milliseconds."""
    kinds = {kind: pattern for kind, pattern in PATTERNS.items() if kind not in left_out}
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items()))


def significant(text: str) -> list[Token]:
    """The tokens of ``text`` without white space and comments."""
    return [token for token in tokenize(text) if token.kind not in SPACE]


def place(text: str, offset: int) -> tuple[int, int]:
    """The line and column of a character, counted from 1; lines end as the SPARQL grammar has it (LF, CR LF or CR)."""
    lines = re.split(r"\r\n|\n|\r", text[:offset])
    return len(lines), len(lines[-1]) + 1


def _follow(mark: str, brackets: list[str]) -> None:
    if mark in ("(", "{", "["):
        brackets.append(mark)
    elif mark in (")", "}", "]") and len(brackets) > 1:
        brackets.pop()


def _ends_in_escape(text: str, quote: int) -> bool:
    body = text[: len(text) - quote]
    return (len(body) - len(body.rstrip("\\"))) % 2 == 1

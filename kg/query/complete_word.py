"""The word that is being typed at the caret, and the prefixes that a query declares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from kg.engine.tokens import OPERAND_ENDS, SPACE, Token
from kg.errors import Edit
from kg.graph.names import PREFIXES

__all__ = ["Prologue", "Word", "read_prologue", "word_at"]

#: What a word looks like so far. “none” is no word: a name or a keyword could begin.
Look = Literal["none", "variable", "name", "word", "iri", "language"]

_IRI_SIGNS = r'[^<>"{}|^`\\\x00-\x20]*'
_OPEN_IRI = re.compile(rf"<{_IRI_SIGNS}\Z")
_REST: dict[Look, re.Pattern[str]] = {
    "variable": re.compile(r"\w*"),
    "name": re.compile(r"[\w:-]*"),
    "word": re.compile(r"[\w:-]*"),
    "iri": re.compile(rf"(?:{_IRI_SIGNS}>)?"),
    "language": re.compile(r"[A-Za-z0-9-]*"),
}
#: What a name may hold besides words, when it is typed as it is spoken: Chang'an, 自动驾驶4.0.
_WITHIN = frozenset({"word", "name", "number", "other", "string"})


@dataclass(frozen=True, slots=True)
class Word:
    """The characters from ``start`` to ``end`` are the word; ``typed`` is what stands before the caret of it."""

    look: Look
    start: int
    end: int
    typed: str


@dataclass(frozen=True, slots=True)
class Prologue:
    """The prefixes of a query: ``declared`` are those of its own (name → namespace)."""

    declared: dict[str, str]
    place: int
    before: str
    after: str

    def namespace(self, prefix: str) -> str | None:
        """What a prefix stands for: as declared, else as we know it."""
        return self.declared.get(prefix, PREFIXES.get(prefix))

    def declare(self, prefix: str) -> Edit:
        """The change that adds the line for one of our prefixes: after the last such line, before the query."""
        return Edit(self.place, self.place, f"{self.before}PREFIX {prefix}: <{PREFIXES[prefix]}>{self.after}")


def read_prologue(text: str, before: list[Token], start: int) -> Prologue:
    """The prefixes that significant tokens ``before`` the word at ``start`` declare, and where one more would go."""
    declared: dict[str, str] = {}
    last, at = None, before[0].offset if before else start
    for word, name, iri in zip(before, before[1:], before[2:], strict=False):
        if word.text.upper() == "PREFIX" and name.kind == "name" and name.text.endswith(":") and iri.kind == "iri":
            declared[name.text[:-1]] = iri.text[1:-1]
            last = iri.end
    for word, iri in pairwise(before):
        if word.text.upper() == "BASE" and iri.kind == "iri":
            last = max(last or 0, iri.end)
    if last is None:
        line = len(text[:at].rstrip(" \t"))
        at = line if text[line - 1 : line] in ("", "\n", "\r") else at
        return Prologue(declared, at, "", "\n")
    line_end = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n)").match(text, last, start)
    if line_end:
        return Prologue(declared, line_end.end(), "", "\n")
    return Prologue(declared, last, "\n", "\n")


def word_at(text: str, caret: int, tokens: list[Token]) -> Word | None:
    """The word at the caret; ``tokens`` are all those before it. None where nothing can be completed.

    That is inside a comment, a string or a number, and right after a word that is over.
    """
    found = _OPEN_IRI.search(text, 0, caret)
    if found and _begins_iri(tokens, found.start()):
        return _word("iri", text, found.start(), caret)
    last = tokens[-1] if tokens else Token("space", "", 0)
    if last.kind == "space" or last.kind == "mark":
        return _after_mark(text, caret, tokens)
    if last.kind == "variable":
        return _word("variable", text, last.offset, caret)
    if last.text == "@" or last.kind == "language":
        string = len(tokens) > 1 and tokens[-2].kind == "string"
        return _word("language", text, last.offset, caret) if string else None
    if last.text == "$":
        return _word("variable", text, last.offset, caret)
    return _name(text, caret, tokens)


def _begins_iri(tokens: list[Token], start: int) -> bool:
    """Whether the ``<`` at ``start`` is not within a string or a comment, and is no sign of order either."""
    at = next((at for at, token in enumerate(tokens) if token.offset == start), None)
    if at is None or tokens[at].text != "<":
        return False
    before = [token for token in tokens[:at] if token.kind not in SPACE]
    ordered = bool(before) and (before[-1].kind in OPERAND_ENDS or before[-1].text == ")")
    return not (ordered and _bracket(before) == "(")


def _bracket(tokens: list[Token]) -> str:
    """The innermost bracket that is open after ``tokens``."""
    still_closed = 0
    for token in reversed(tokens):
        if token.text in ("}", ")", "]"):
            still_closed += 1
        elif token.text in ("{", "(", "["):
            if not still_closed:
                return token.text
            still_closed -= 1
    return ""


def _after_mark(text: str, caret: int, tokens: list[Token]) -> Word | None:
    if not tokens or tokens[-1].text != "?":
        return Word("none", caret, caret, "")
    modifier = len(tokens) > 1 and (tokens[-2].kind in OPERAND_ENDS or tokens[-2].text == ")")
    return None if modifier else _word("variable", text, caret - 1, caret)


def _name(text: str, caret: int, tokens: list[Token]) -> Word | None:
    """The word or the prefixed name that ends at the caret, with all that is typed into it without a space."""
    last = tokens[-1]
    if last.kind not in _WITHIN or (last.kind == "string" and not last.open):
        return None
    first = None
    for token in reversed(tokens):
        inner = token.kind in _WITHIN and (token.kind != "string" or token is last)
        if not inner and token.text != ".":
            break
        if token.kind in ("word", "name"):
            first = token
    if first is None:
        return None
    look: Look = "name" if first.kind == "name" else "word"
    plain = last.kind in ("word", "name")
    return (
        _word(look, text, first.offset, caret) if plain else Word(look, first.offset, caret, text[first.offset : caret])
    )


def _word(look: Look, text: str, start: int, caret: int) -> Word:
    rest = _REST[look].match(text, caret)
    return Word(look, start, rest.end() if rest else caret, text[start:caret])

"""Finds the variables that a SELECT shows but its groups do not have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.engine.keywords import AGGREGATES
from kg.engine.tokens import Token

__all__ = ["Ungrouped", "ungrouped"]

_END_OF_GROUP = frozenset({"HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"})
_TAIL = frozenset({"GROUP", *_END_OF_GROUP})


class Ungrouped(NamedTuple):
    """Variables that are shown and not grouped, where each first is, and where the groups end or would begin."""

    variables: tuple[Token, ...]
    behind: int
    grouped: bool


def ungrouped(words: Sequence[Token]) -> Ungrouped | None:
    """What the first SELECT that groups or aggregates shows beside its groups; None if no SELECT does."""
    for index, word in enumerate(words):
        if word.kind == "word" and word.text.upper() == "SELECT":
            found = _check(words, index)
            if found is not None:
                return found
    return None


def _check(words: Sequence[Token], select: int) -> Ungrouped | None:
    body = next((index for index in range(select, len(words)) if words[index].text == "{"), len(words))
    header = words[select + 1 : body]
    close = _close(words, body)
    grouped = _grouped(words, close)
    tail = _tail(words, close)
    if grouped is None and not any(_aggregates(word) for word in [*header, *words[close:tail]]):
        return None
    known = set(grouped or ())
    depth, inside = 0, 0  # brackets, and of those the ones inside an aggregate
    found: dict[str, Token] = {}
    for before, word in zip([words[select], *header], header, strict=False):
        if word.text == "(":
            depth += 1
            if not inside and _aggregates(before):
                inside = depth
        elif word.text == ")":
            inside = 0 if inside == depth else inside
            depth -= 1
        elif word.kind == "variable" and before.text.upper() == "AS":
            known.add(word.text[1:])
        elif word.kind == "variable" and not inside and word.text[1:] not in known:
            found.setdefault(word.text[1:], word)
    if not found:
        return None
    behind = close - 1 if grouped is None else _group_end(words, close, tail) - 1
    return Ungrouped(tuple(found.values()), behind, grouped is not None)


def _aggregates(word: Token) -> bool:
    return word.kind == "word" and word.text.upper() in AGGREGATES


def _close(words: Sequence[Token], opening: int) -> int:
    """The index after the bracket that closes the one at ``opening``."""
    depth = 0
    for index in range(opening, len(words)):
        depth += (words[index].text == "{") - (words[index].text == "}")
        if depth == 0:
            return index + 1
    return len(words)


def _tail(words: Sequence[Token], start: int) -> int:
    """The index after the modifiers that begin at ``start``."""
    if start >= len(words) or words[start].text.upper() not in _TAIL:
        return start
    return next((index for index in range(start, len(words)) if words[index].text in ("{", "}")), len(words))


def _group_end(words: Sequence[Token], start: int, tail: int) -> int:
    """The index after the GROUP BY that begins at ``start``."""
    depth = 0
    for index in range(start, tail):
        if depth == 0 and words[index].text.upper() in _END_OF_GROUP:
            return index
        depth += (words[index].text == "(") - (words[index].text == ")")
    return tail


def _grouped(words: Sequence[Token], start: int) -> set[str] | None:
    """The variables of the GROUP BY that follows ``start``; None without one."""
    if start + 1 >= len(words) or words[start].text.upper() != "GROUP":
        return None
    names = set()
    depth = 0
    for before, word in zip(words[start + 1 :], words[start + 2 :], strict=False):
        if word.text == "}" or (depth == 0 and word.text.upper() in _END_OF_GROUP):
            break
        depth += (word.text == "(") - (word.text == ")")
        if word.kind == "variable" and (depth == 0 or before.text.upper() == "AS"):
            names.add(word.text[1:])
    return names

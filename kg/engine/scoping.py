"""Finds the variable that a SELECT shows but its groups do not have."""

from __future__ import annotations

from collections.abc import Sequence

from kg.engine.keywords import AGGREGATES
from kg.engine.tokens import Token

__all__ = ["ungrouped_variable"]

_END_OF_GROUP = frozenset({"HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"})


def ungrouped_variable(words: Sequence[Token]) -> Token | None:
    """The first variable selected beside an aggregate or a GROUP BY that does not group by it; None if all do."""
    for index, word in enumerate(words):
        if word.kind == "word" and word.text.upper() == "SELECT":
            found = _check(words, index)
            if found is not None:
                return found
    return None


def _check(words: Sequence[Token], select: int) -> Token | None:
    body = next((index for index in range(select, len(words)) if words[index].text == "{"), len(words))
    header = words[select + 1 : body]
    grouped = _grouped(words, _close(words, body))
    aggregates = any(word.kind == "word" and word.text.upper() in AGGREGATES for word in header)
    if grouped is None and not aggregates:
        return None
    known = set(grouped or ())
    depth, inside = 0, 0  # brackets, and of those the ones inside an aggregate
    for before, word in zip([words[select], *header], header, strict=False):
        if word.text == "(":
            depth += 1
            if not inside and before.text.upper() in AGGREGATES:
                inside = depth
        elif word.text == ")":
            inside = 0 if inside == depth else inside
            depth -= 1
        elif word.kind == "variable" and before.text.upper() == "AS":
            known.add(word.text[1:])
        elif word.kind == "variable" and not inside and word.text[1:] not in known:
            return word
    return None


def _close(words: Sequence[Token], opening: int) -> int:
    """The index after the bracket that closes the one at ``opening``."""
    depth = 0
    for index in range(opening, len(words)):
        depth += (words[index].text == "{") - (words[index].text == "}")
        if depth == 0:
            return index + 1
    return len(words)


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

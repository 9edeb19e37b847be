"""Which variables a group binds, and which a SELECT has: SPARQL 1.1, section 18.2.1."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.engine.keywords import AGGREGATES
from kg.engine.slips.scene import Scene

__all__ = ["Binding", "bindings", "pattern_of", "shown", "tail_of", "visible"]


class Binding(NamedTuple):
    """Where a variable gets a value; ``anew`` by a BIND of the group itself, which must be the first to give it one."""

    at: int
    anew: bool = False


def bindings(scene: Scene, opening: int) -> Iterator[Binding]:
    """What the group that opens at ``opening`` binds, in the order in which it is written."""
    index, close = opening + 1, scene.closing(opening)
    while index < close:
        mark = scene.upper(index)
        if mark == "FILTER":  # what is only tested is bound elsewhere
            index = _behind(scene, index, ("(", "{"))
        elif mark == "MINUS":  # takes rows away
            index = _behind(scene, index, ("{",))
        elif mark == "BIND":
            index = _behind(scene, index, ("(",))
            if scene.word(index - 2).kind == "variable":
                yield Binding(index - 2, anew=True)
        elif mark == "{":
            yield from map(Binding, _nested(scene, index))
            index = scene.closing(index) + 1
        else:
            if scene.word(index).kind == "variable":
                yield Binding(index)
            index += 1


def _behind(scene: Scene, index: int, marks: tuple[str, ...]) -> int:
    """The index behind the first bracket of these that follows the word at ``index``, and behind all that is in it."""
    opening = next((each for each in range(index + 1, len(scene.words)) if scene.upper(each) in marks), index)
    return max(index, scene.closing(opening)) + 1


def _nested(scene: Scene, opening: int) -> Iterator[int]:
    select = opening + 1
    if scene.upper(select) == "SELECT":
        yield from shown(scene, select)
        if scene.upper(scene.head_end(select) - 1) != "*":
            return
        opening = pattern_of(scene, select)
    yield from (each.at for each in bindings(scene, opening))


def shown(scene: Scene, select: int) -> Iterator[int]:
    """The variables that the head of the SELECT at ``select`` names."""
    return _named(scene, select + 1, scene.head_end(select))


def _named(scene: Scene, first: int, end: int) -> Iterator[int]:
    """The variables that stand from ``first`` to before ``end`` by themselves, or as the name of what is computed."""
    depth = 0
    for index in range(first, end):
        depth += (scene.upper(index) == "(") - (scene.upper(index) == ")")
        if scene.word(index).kind == "variable" and (depth == 0 or (depth == 1 and scene.upper(index - 1) == "AS")):
            yield index


def pattern_of(scene: Scene, select: int) -> int:
    """The index of the brace that opens the pattern of the SELECT at ``select``; behind the last word without one."""
    return next(
        (index for index in range(scene.head_end(select), len(scene.words)) if scene.upper(index) == "{"),
        len(scene.words),
    )


def tail_of(scene: Scene, select: int) -> range:
    """The indices of the clauses behind the pattern of the SELECT at ``select``."""
    start = scene.closing(pattern_of(scene, select)) + 1
    ends = (index for index in range(start, len(scene.words)) if scene.upper(index) in ("}", "VALUES"))
    return range(start, next(ends, len(scene.words)))


def visible(scene: Scene, select: int) -> Iterator[int]:
    """The variables of the rows from which the SELECT at ``select`` computes: of its pattern, or of its groups."""
    tail = tail_of(scene, select)
    if scene.upper(tail.start) == "GROUP":
        yield from _named(scene, tail.start + 2, scene.clause_end(tail.start))
    elif not any(scene.upper(index) in AGGREGATES for index in (*range(select, scene.head_end(select)), *tail)):
        yield from (each.at for each in bindings(scene, pattern_of(scene, select)))
        if scene.upper(tail.stop) == "VALUES":
            yield from (index for index in range(tail.stop, scene.at) if scene.word(index).kind == "variable")

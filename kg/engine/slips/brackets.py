"""Brackets left open, closed by another kind, or closed without having been opened."""

from __future__ import annotations

from collections.abc import Iterator

from kg.engine.keywords import MODIFIERS
from kg.engine.slips.scene import CLOSERS, Fault, Scene, cure, fault
from kg.engine.tokens import place
from kg.errors import Cure, Edit

__all__ = ["brackets", "left_open"]

#: What stands within the braces.
_WITHIN = frozenset({"UNION", "OPTIONAL", "FILTER", "BIND", "VALUES", "MINUS", "GRAPH"})


def brackets(scene: Scene) -> Fault | None:
    """A bracket that has no pair, where the bad word proves it."""
    bad = scene.upper(scene.at)
    if bad in CLOSERS.values() and not scene.open:
        delete = cure("delete", scene.deleted(scene.at), what=scene.bad.text)
        return fault("closes_nothing", scene.bad, delete, sign=scene.bad.text)
    if not scene.open:
        return _closed_early(scene)
    needed = CLOSERS[scene.inside]
    if bad in CLOSERS.values() and _opener(bad) not in map(scene.upper, scene.open):
        delete = cure("delete", scene.deleted(scene.at), what=bad)
        swap = cure("replace", scene.replaced(scene.at, needed), old=bad, new=needed)
        return fault("closes_nothing", scene.bad, delete, swap, sign=bad)
    early = bad in CLOSERS.values() and bad != needed
    if scene.at == len(scene.words) or early or bad in MODIFIERS or _constructs(scene):
        return _not_closed(scene, needed, early)
    return None


def _constructs(scene: Scene) -> bool:
    return scene.upper(scene.at) == "WHERE" and scene.upper(scene.open[-1] - 1) == "CONSTRUCT"


def left_open(scene: Scene) -> Fault | None:
    """A round bracket that is open where something follows that belongs to no expression."""
    if scene.inside != "(":
        return None
    cures = [
        cure("close", scene.behind(scene.at - 1, ")" * count), sign=")" * count)
        for count in (1, 2)
        if count <= _rounds(scene)
    ]
    line, column = _bad_place(scene)
    at = scene.word(scene.open[-1])
    return fault("not_closed", at, *cures, sure=False, sign="(", needed=")", line=line, column=column)


def _rounds(scene: Scene) -> int:
    """How many round brackets are open, one within the other."""
    count = 0
    for index in reversed(scene.open):
        if scene.upper(index) != "(":
            break
        count += 1
    return count


def _bad_place(scene: Scene) -> tuple[int, int]:
    return place(scene.query, scene.bad.offset if scene.at < len(scene.words) else len(scene.query))


def _not_closed(scene: Scene, needed: str, early: bool) -> Fault:
    opening = scene.word(scene.open[-1])
    cures = [_closed(scene, edit) for edit in dict.fromkeys(_closings(scene, needed))]
    if early:
        swap = cure("replace", scene.replaced(scene.at, needed), old=scene.bad.text, new=needed)
        opened, closed = (sum(1 for _ in scene.indices(mark)) for mark in (_opener(scene.bad.text), scene.bad.text))
        cures = [swap, *cures] if closed > opened else [*cures, swap]
    line, column = _bad_place(scene)
    return fault("not_closed", opening, *cures, sign=opening.text, needed=needed, line=line, column=column)


def _closed(scene: Scene, edit: Edit) -> Cure:
    """The bracket that ``edit`` adds, with the word behind which it comes."""
    before = next((word.text for word in reversed(scene.words) if word.end <= edit.start), "")
    return cure("add_behind", edit, sign=edit.text.strip(), what=before)


def _opener(closer: str) -> str:
    return next(each for each, other in CLOSERS.items() if other == closer)


def _closings(scene: Scene, needed: str) -> Iterator[Edit]:
    """Where the missing bracket may go: at the end of the line that opens a block, else before the bad word."""
    brace = needed == "}"
    if brace:
        blocks = (index for index in scene.indices("{") if scene.open[0] < index < scene.at)
        for index in list(blocks)[-4:]:
            yield from _line_of(scene, index)
    missing = "".join(CLOSERS[scene.upper(index)] for index in reversed(scene.open))
    for text in dict.fromkeys((needed, _same(missing), missing)):
        if scene.at == len(scene.words):
            newline = "\n" if "\n" in scene.query[: scene.word(scene.at).offset] else " "
            yield scene.behind(scene.at - 1, newline + text if text.strip("}") == "" else text)
        elif brace:
            yield scene.before_word(scene.at, text + " ")
        else:
            yield scene.behind(scene.at - 1, text)


def _same(missing: str) -> str:
    return missing[: len(missing) - len(missing.lstrip(missing[0]))]


def _line_of(scene: Scene, index: int) -> Iterator[Edit]:
    """Behind the last word of the line on which a block begins and goes on."""
    end = scene.line_end(scene.word(index).offset)
    last = max((each for each in range(index, len(scene.words)) if scene.word(each).end <= end), default=index)
    if index < last < min(scene.closing(index), len(scene.words) - 1):
        yield scene.behind(last, " }")


def _closed_early(scene: Scene) -> Fault | None:
    """Something follows the brace that closes the query: it closed too early."""
    last = next((index for index in range(scene.at - 1, -1, -1) if scene.upper(index) == "}"), None)
    opened, closed = (sum(1 for _ in scene.indices(mark)) for mark in "{}")
    if last is None or scene.at >= len(scene.words):
        return None
    if closed > opened:
        return fault("closes_early", scene.word(last), cure("delete", scene.deleted(last), what="}"))
    if scene.upper(scene.at) in ("WHERE", "AND") and scene.at == last + 1:
        return fault("second_where", scene.bad, _as_filter(scene, last), word=scene.bad.text)
    if scene.upper(scene.at) in _WITHIN or (
        scene.bad.kind in ("variable", "name", "iri", "label") and scene.at == last + 1
    ):
        return fault("closes_early", scene.word(last), *_later(scene, last))
    return None


def _as_filter(scene: Scene, last: int) -> Cure | None:
    """The condition behind the brace at ``last`` is a FILTER before it."""
    end = scene.pattern_end(scene.at)
    if end <= scene.at + 1:
        return None
    condition = scene.text(scene.at + 1, end - 1)
    if scene.upper(scene.at + 1) != "(" or scene.closing(scene.at + 1) != end - 1:
        condition = f"({condition})"
    gone = Edit(scene.before.end, scene.word(end - 1).end, "")
    return cure("filter_inside", scene.before_word(last, f"FILTER {condition} "), gone, condition=condition)


def _later(scene: Scene, last: int) -> Iterator[Cure]:
    """The brace that closes at ``last`` closes behind the whole pattern; the sides of a UNION have braces already."""
    behind = scene.behind(scene.pattern_end(scene.at) - 1, " }")
    if scene.upper(scene.at) == "UNION":
        yield cure("braces", scene.before_word(scene.opening(last), "{ "), behind, what="WHERE")
    else:
        yield cure("close_later", scene.deleted(last), behind)

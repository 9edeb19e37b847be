"""Tries what is proposed to mend a query, and keeps what works.

A cure works when the query can be read after it, or when it is a later word at which the reading stops.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from kg.engine.slips.scene import Fault
from kg.engine.tokens import Token, significant
from kg.engine.wire import Failure
from kg.errors import Cure, Edit

__all__ = ["MOST_CHARACTERS", "Reader", "choose"]

#: Reads texts and tells of each where it fails, None where it does not; may give up, and then gives nothing.
Reader = Callable[[Sequence[str]], Sequence[Failure | None]]

MOST_CHARACTERS = 20_000
_MOST_TRIES = 12
_MOST_CURES = 3


class _Tried(NamedTuple):
    """A cure that works, and the fault that it is for."""

    fault: int
    cure: Cure
    whole: bool


def choose(query: str, offset: int, faults: Sequence[Fault], read: Reader | None) -> tuple[Fault, tuple[Cure, ...]]:
    """The fault to tell of, and the cures that work, the best first; ``query`` fails at ``offset``."""
    if read is None or len(query) > MOST_CHARACTERS:
        return _surest(faults), ()
    proposed: dict[str, tuple[int, Cure]] = {}
    for number, fault in enumerate(faults):
        for cure in fault.cures:
            text = cure.apply(query)
            if text != query and len(proposed) < _MOST_TRIES:
                proposed.setdefault(text, (number, cure))
    found = read(list(proposed)) if proposed else []
    words = significant(query)
    works = [
        _Tried(number, cure, failure is None)
        for (number, cure), failure in zip(proposed.values(), found, strict=False)
        if failure is None or _further(words, offset, cure.edits, failure.offset)
    ]
    works.sort(key=lambda tried: not tried.whole)  # those that mend it all come first, else as they were proposed
    told = faults[works[0].fault] if works else _surest(faults)
    return told, tuple(tried.cure for tried in works[:_MOST_CURES])


def _surest(faults: Sequence[Fault]) -> Fault:
    return next((fault for fault in faults if fault.sure), faults[0])


def _further(words: Sequence[Token], before: int, edits: Sequence[Edit], after: int) -> bool:
    """Whether ``edits``, after which a query of ``words`` fails at ``after``, got it further than ``before``.

    A word that was only taken away is no progress: then it must be a word behind the next one.
    """
    gone = [edit for edit in edits if not edit.text.strip()]
    left = [word for word in words if word.offset >= before and not any(_covers(edit, word) for edit in gone)]
    return _origin(edits, after) > (left[0].offset if left else before)


def _covers(edit: Edit, word: Token) -> bool:
    return edit.start <= word.offset and word.end <= edit.end


def _origin(edits: Sequence[Edit], offset: int) -> int:
    """Where the character that is at ``offset`` after ``edits`` was before them; for a new one, where it was put in."""
    shift = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start + shift > offset:
            break
        if offset < edit.start + shift + len(edit.text):
            return edit.start
        shift += len(edit.text) - (edit.end - edit.start)
    return offset - shift

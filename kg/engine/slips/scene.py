"""What a finder of slips looks at, and what it finds."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kg.engine.faultwords import Both, in_words
from kg.engine.keywords import KEYWORDS, MODIFIERS, QUERY_FORMS
from kg.engine.tokens import Token
from kg.errors import Cure, Edit

__all__ = ["CLOSERS", "Fault", "Scene", "cure", "fault"]

CLOSERS = {"(": ")", "[": "]", "{": "}"}
_END = "end"
_KNOWN = frozenset(word.upper() for word in KEYWORDS)


class Fault(NamedTuple):
    """A slip: its key in ``faults.toml`` with the values to fill in, the characters at fault, and what may mend it.

    One that is not ``sure`` steps back when another explanation has a cure that works and it has none.
    """

    key: str
    values: Mapping[str, object]
    start: int
    end: int
    cures: tuple[Cure, ...] = ()
    sure: bool = True


def fault(key: str, at: Token, *cures: Cure | None, sure: bool = True, **values: str | int | Both) -> Fault:
    """The slip ``key`` of one word."""
    return Fault(key, values, at.offset, at.end, tuple(each for each in cures if each), sure)


def cure(key: str, *edits: Edit, **values: object) -> Cure:
    """The cure ``key`` of ``faults.toml``."""
    return Cure(*in_words("cure", key, **values), edits)


@dataclass(frozen=True)
class Scene:
    """A query that is not SPARQL: its words, the index of the first that cannot stand there, what the parser said."""

    query: str
    words: list[Token]
    at: int
    message: str
    prefixes: Mapping[str, str]

    def word(self, index: int) -> Token:
        """The word at ``index``; before the first and behind the last one there is an empty one."""
        if 0 <= index < len(self.words):
            return self.words[index]
        return Token(_END, "", self.words[-1].end if self.words and index > 0 else 0)

    def upper(self, index: int) -> str:
        """The word at ``index`` in capitals if it is a bare one, a mark as it is, else nothing."""
        word = self.word(index)
        return word.text.upper() if word.kind == "word" else word.text if word.kind == "mark" else ""

    @property
    def bad(self) -> Token:
        """The word that cannot stand there."""
        return self.word(self.at)

    @property
    def before(self) -> Token:
        """The last word that was understood."""
        return self.word(self.at - 1)

    def is_keyword(self, index: int) -> bool:
        """Whether a word of the language stands at ``index``, ``a`` not among them."""
        return self.upper(index) in _KNOWN and self.upper(index) != "A"

    @functools.cached_property
    def open(self) -> list[int]:
        """The brackets that are open at the bad word, by their indices, the innermost last."""
        return list(self.around(self.at))[::-1]

    def around(self, index: int) -> Iterator[int]:
        """The brackets that are open at the word at ``index``, by their indices, the innermost first."""
        opening = self._holders[min(index, len(self.words))]
        while opening >= 0:
            yield opening
            opening = self._holders[opening]

    @functools.cached_property
    def _holders(self) -> list[int]:
        """The innermost bracket that is open at each word, and behind the last; -1 for none."""
        found, opened = [], [-1]
        for index in range(len(self.words)):
            found.append(opened[-1])
            mark = self.upper(index)
            if mark in CLOSERS:
                opened.append(index)
            elif mark in CLOSERS.values() and len(opened) > 1:
                opened.pop()
        return [*found, opened[-1]]

    @property
    def inside(self) -> str:
        """The innermost bracket that is open at the bad word; nothing when there is none."""
        return self.upper(self.open[-1]) if self.open else ""

    def closing(self, index: int) -> int:
        """The index of the bracket that closes the one at ``index``; behind the last word when none does."""
        return self._pairs.get(index, len(self.words))

    def opening(self, index: int) -> int:
        """The index of the bracket that the one at ``index`` closes; ``index`` itself when it closes none."""
        return next((first for first, last in self._pairs.items() if last == index), index)

    @functools.cached_property
    def _pairs(self) -> dict[int, int]:
        """Each bracket that is closed, of whatever kind, with the one that closes it."""
        opened: list[int] = []
        found = {}
        for index in range(len(self.words)):
            mark = self.upper(index)
            if mark in CLOSERS:
                opened.append(index)
            elif mark in CLOSERS.values() and opened:
                found[opened.pop()] = index
        return found

    @functools.cached_property
    def select(self) -> int:
        """The index of the SELECT whose head holds the bad word; -1 when it is in no head."""
        for index in range(min(self.at, len(self.words)) - 1, -1, -1):
            if self.upper(index) in ("{", "}"):
                return -1
            if self.upper(index) == "SELECT":
                return index
        return -1

    @functools.cached_property
    def ended(self) -> int:
        """The index of the SELECT that is refused at its end: it is whole, and against a rule; -1 for none."""
        around, closes = self.open, self.upper(self.at) == "}"
        if closes and around and self._follows_values(around[-1]):
            around = around[:-1]
        elif not (closes and around) and (around or self.at < len(self.words) or "SELECT" not in self.message):
            return -1
        select = around[-1] + 1 if around else next(self.indices(*QUERY_FORMS), -1)
        whole = "{" in map(self.upper, range(select, self.at)) and not self.is_keyword(self.at - 1)
        return select if self.upper(select) == "SELECT" and whole else -1

    def _follows_values(self, index: int) -> bool:
        """Whether VALUES and its variables stand before the word at ``index``."""
        before = index - 1
        while self.word(before).kind == "variable" or self.upper(before) in ("(", ")"):
            before -= 1
        return self.upper(before) == "VALUES"

    def declares(self, prefix: str) -> bool:
        """Whether a line of the query declares ``prefix``."""
        lines = (index + 1 for index in self.indices("PREFIX"))
        return any(self.word(index).text == f"{prefix}:" for index in lines)

    def pattern_end(self, index: int) -> int:
        """The index of the first GROUP, HAVING, ORDER, LIMIT or OFFSET from ``index`` on; else behind the last word."""
        return next((each for each in self.indices(*MODIFIERS) if each >= index), len(self.words))

    def head_end(self, select: int) -> int:
        """The index of the first word behind the head of the SELECT at ``select``: FROM, WHERE or a brace."""
        for index in range(select + 1, len(self.words)):
            if self.upper(index) in ("{", "}", "WHERE", "FROM"):
                return index
        return len(self.words)

    @functools.cached_property
    def clause(self) -> int:
        """The index of the GROUP, HAVING, ORDER, LIMIT or OFFSET whose clause the bad word is in or ends; else -1."""
        for index in range(min(self.at, len(self.words)) - 1, -1, -1):
            if self.upper(index) in ("{", "}"):
                return -1
            if self.upper(index) in MODIFIERS:
                return index
        return -1

    @functools.cached_property
    def position(self) -> int:
        """What the bad word is of its triple: 0 the subject, 1 the predicate, 2 or more the object; -1 for nothing."""
        if self.inside != "{":
            return -1
        for count, index in enumerate(range(self.at - 1, -1, -1)):
            mark = self.upper(index)
            if mark in (".", ";", ",", "{", "}"):
                return count + {";": 1, ",": 2}.get(mark, 0)
        return -1

    def clause_end(self, index: int) -> int:
        """The index of the first word behind the clause that begins at ``index``."""
        depth = 0
        for each in range(index + 1, len(self.words)):
            mark = self.upper(each)
            if depth <= 0 and (mark == "}" or mark in MODIFIERS or mark == "VALUES"):
                return each
            depth += (mark == "(") - (mark == ")")
        return len(self.words)

    @functools.cached_property
    def variables(self) -> frozenset[str]:
        """The names of all variables, without their mark."""
        return frozenset(word.text[1:] for word in self.words if word.kind == "variable")

    def fresh(self, name: str) -> str:
        """A name like ``name`` that no variable has."""
        fresh, number = name, 1
        while fresh in self.variables:
            number += 1
            fresh = f"{name}{number}"
        return fresh

    def text(self, first: int, last: int) -> str:
        """What is written from the word at ``first`` to the one at ``last``, both included."""
        return self.query[self.word(first).offset : self.word(last).end]

    def line_end(self, offset: int) -> int:
        """Where the line ends that has the character at ``offset``."""
        ends = [end for end in (self.query.find("\n", offset), self.query.find("\r", offset)) if end >= 0]
        return min(ends, default=len(self.query))

    def indices(self, *texts: str) -> Iterator[int]:
        """Where these words (in capitals) or marks stand."""
        return (index for index in range(len(self.words)) if self.upper(index) in texts)

    # Edits, by the words that they change.

    def replaced(self, index: int, text: str) -> Edit:
        """The word at ``index`` becomes ``text``."""
        return Edit(self.word(index).offset, self.word(index).end, text)

    def between(self, first: int, last: int, text: str) -> Edit:
        """The words from ``first`` to ``last``, both included, become ``text``."""
        return Edit(self.word(first).offset, self.word(last).end, text)

    def deleted(self, first: int, last: int | None = None) -> Edit:
        """The words from ``first`` to ``last`` go, with the blanks before them; those behind if they come first."""
        last = first if last is None else last
        start, end = self.word(first).offset, self.word(last).end
        bare = self.query[:start].rstrip(" \t")
        if bare and bare[-1] not in "\r\n(":
            return Edit(len(bare), end, "" if self._parted(last + 1, end) else " ")
        return Edit(start, end + len(self.query[end:]) - len(self.query[end:].lstrip(" \t")), "")

    def _parted(self, index: int, end: int) -> bool:
        follows = self.query[end : end + 1]
        return not follows or follows.isspace() or self.upper(index) in ("}", ")", "(", "{", ".", ";", ",")

    def before_word(self, index: int, text: str) -> Edit:
        """``text`` comes before the word at ``index``."""
        offset = self.word(index).offset
        return Edit(offset, offset, text)

    def behind(self, index: int, text: str) -> Edit:
        """``text`` comes behind the word at ``index``."""
        end = self.word(index).end
        return Edit(end, end, text)

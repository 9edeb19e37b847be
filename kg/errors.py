"""Everything that can go wrong, as one small tree.

    KgError                      catch this one to catch them all
    ├── DataError                data files that break a rule: carries every Problem found
    ├── NotFound                 an id or a name that the graph does not know
    └── QueryError               a question that got no answer
        ├── MalformedQuery       not SPARQL: carries the place and what would mend it
        ├── RefusedQuery         SPARQL that is not allowed here
        ├── UnanswerableQuery    SPARQL that has no answer here as it is written
        ├── QueryTimeout         stopped at its deadline
        ├── QueryStopped         stopped because the asker wished so
        ├── AnswerTooLarge       stopped at its memory or size limit
        └── EngineUnavailable    the engine could not be reached or started

An answer without rows is not an error: see :class:`kg.engine.answer.Answer`.
Every message says what happened, where, and what to do next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = [
    "AnswerTooLarge",
    "Cure",
    "DataError",
    "Edit",
    "EngineUnavailable",
    "KgError",
    "MalformedQuery",
    "NotFound",
    "Problem",
    "QueryError",
    "QueryStopped",
    "QueryTimeout",
    "RefusedQuery",
    "UnanswerableQuery",
]

_Lang = Literal["zh", "en"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with the data: where it stands, what it is, how to mend it.

    ``file`` is relative to the data folder; ``line`` counts from 1 and is 0 where no line is known;
    ``record`` names the record at fault ("changan-chain", "statement 12"), or is empty.
    """

    file: str
    line: int
    record: str
    message: str
    cure: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        record = f" [{self.record}]" if self.record else ""
        return f"{place}{record}: {self.message}. {self.cure}."


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a query's text: the characters from ``start`` to before ``end`` become ``text``."""

    start: int
    end: int
    text: str

    def apply(self, query: str) -> str:
        """``query`` after the change."""
        return query[: self.start] + self.text + query[self.end :]


@dataclass(frozen=True, slots=True)
class Cure:
    """A way to mend a query: what it does, in Chinese and English, and its ``edits`` of the text as it is now.

    No two edits touch the same character; of two that put something in at one place, the first comes first.
    """

    zh: str
    en: str
    edits: tuple[Edit, ...]

    def label(self, lang: _Lang) -> str:
        """What it does, as a reader is told."""
        return self.zh if lang == "zh" else self.en

    def apply(self, query: str) -> str:
        """``query`` after all the edits."""
        done, parts = 0, []
        for edit in sorted(self.edits, key=lambda edit: (edit.start, edit.end)):
            parts += [query[done : edit.start], edit.text]
            done = edit.end
        return "".join([*parts, query[done:]])


class KgError(Exception):
    """The base of every error that this package raises on purpose; ``zh`` are its words in Chinese, if it has any."""

    def __init__(self, message: str = "", *, zh: str = "") -> None:
        self._zh = zh
        super().__init__(message)

    def say(self, lang: _Lang) -> str:
        """What went wrong, in one language; in English where there is no Chinese."""
        return (self._zh if lang == "zh" else "") or str(self)


class DataError(KgError):
    """Raised when data files break a rule; ``problems`` holds all of them, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class NotFound(KgError):
    """Raised when an id or a name is not in the graph; ``suggestions`` are the nearest that are."""

    def __init__(self, what: str, wanted: str, suggestions: Sequence[str] = ()) -> None:
        self.what = what
        self.wanted = wanted
        self.suggestions = tuple(suggestions)
        hint = f" Did you mean {', '.join(self.suggestions)}?" if self.suggestions else ""
        super().__init__(f"No {what} “{wanted}”.{hint}")


class QueryError(KgError):
    """The base of the errors that a question can end in."""


class MalformedQuery(QueryError):
    """Raised for text that is not SPARQL.

    ``line`` and ``column`` count from 1; ``span`` are the characters at fault, from the first to before the second,
    counted from 0. ``hint`` may be empty. ``zh`` are reason and hint in Chinese; ``cures`` would mend the query, or
    bring it further, the most likely first.
    """

    def __init__(
        self,
        reason: str,
        line: int,
        column: int,
        hint: str = "",
        *,
        zh: tuple[str, str] | None = None,
        span: tuple[int, int] = (0, 0),
        cures: Sequence[Cure] = (),
    ) -> None:
        self.reason = reason
        self.line = line
        self.column = column
        self.hint = hint
        self.span = span
        self.cures = tuple(cures)
        self._words_zh = zh or (reason, hint)
        chinese = "".join([f"第 {line} 行第 {column} 列：{zh[0]}。", zh[1]]) if zh else ""
        tail = f" {hint}" if hint else ""
        super().__init__(f"Line {line}, column {column}: {reason}.{tail}", zh=chinese)

    def words(self, lang: _Lang) -> tuple[str, str]:
        """The reason (no full stop) and the hint (a sentence, or nothing) in one language."""
        return self._words_zh if lang == "zh" else (self.reason, self.hint)


class RefusedQuery(QueryError):
    """Raised for SPARQL that is not allowed here (updates, SERVICE, LOAD, foreign FROM).

    ``span`` are the characters that are refused, (0, 0) where it is the whole.
    """

    def __init__(self, message: str, *, zh: str = "", span: tuple[int, int] = (0, 0)) -> None:
        self.span = span
        super().__init__(message, zh=zh)


class UnanswerableQuery(QueryError):
    """Raised for SPARQL that cannot be worked out here until who asks has changed it, such as an unknown function."""


class QueryTimeout(QueryError):
    """Raised when a question was stopped at its deadline of ``seconds``."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(
            f"Stopped after {seconds:g} s, its time limit. Ask for less: add a LIMIT, name more of the terms, "
            "or leave out a path that can match everything.",
            zh=f"已达 {seconds:g} 秒的时限，查询已停止。"
            "请缩小范围：加上 LIMIT，多写出一些已知的项，或去掉可能匹配一切的路径。",
        )


class QueryStopped(QueryError):
    """Raised when a question was stopped, ``seconds`` after it began, because whoever asked it wished so."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(
            f"Stopped after {seconds:.1f} s, as you asked.", zh=f"已按您的要求停止，用时 {seconds:.1f} 秒。"
        )


class AnswerTooLarge(QueryError):
    """Raised when a question was stopped because its work or its answer outgrew a limit."""


class EngineUnavailable(QueryError):
    """Raised when the engine cannot be started or reached, or has no free place."""

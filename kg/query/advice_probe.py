"""Puts test questions to the engine within a budget: so many seconds and so many questions, and no error gets out."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass

from kg.engine.answer import Answer, Term
from kg.engine.base import Engine, Limits
from kg.errors import QueryError
from kg.query.kept.lookup import names_near
from kg.query.names import Names
from kg.query.terms import curie, spelled

__all__ = ["MOST_ROWS", "Probe", "Rows"]

#: So many rows of a mended query are counted; then it is said that there are more.
MOST_ROWS = 1000
_LEAST_SECONDS = 0.01
_MEGABYTES = 256
_LABELS = f"""
SELECT DISTINCT ?thing ?label WHERE {{
  VALUES ?thing {{ %s }}
  ?thing <{curie("skos:prefLabel")}>|<{curie("rdfs:label")}>|<{curie("dcterms:title")}> ?label .
}} ORDER BY ?thing ?label
"""


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows (triples, or 1 for a yes) an answer has; ``cut``: at least as many."""

    count: int
    cut: bool = False


class Probe:
    """Asks ``engine`` until its time or its number of questions is used up; from then on nothing is known."""

    def __init__(self, engine: Engine, seconds: float, most: int) -> None:
        self.engine = engine
        self.asked = 0
        self._most = most
        self._until = time.monotonic() + seconds
        self._known: dict[str, Answer | None] = {}
        self._names: dict[str, Names] = {}

    @property
    def left(self) -> float:
        """The seconds that are left; 0 when no question may be asked any more."""
        return self._seconds if self.asked < self._most else 0.0

    @property
    def _seconds(self) -> float:
        seconds = self._until - time.monotonic()
        return seconds if seconds > _LEAST_SECONDS else 0.0

    def allow(self, more: int) -> None:
        """Let ``more`` questions be asked, counted from now, if fewer are left."""
        self._most = max(self._most, self.asked + more)

    def answer(self, text: str) -> Answer | None:
        """The answer to ``text``; None where there is none, whatever the reason."""
        if text not in self._known:
            left = self.left
            if not left:
                return None
            self.asked += 1
            try:
                # One slow question must not use up the time of all others.
                limits = Limits(seconds=max(left / 2, _LEAST_SECONDS), rows=MOST_ROWS, megabytes=_MEGABYTES)
                self._known[text] = self.engine.ask(text, limits=limits)
            except QueryError:
                self._known[text] = None
        return self._known[text]

    def names(self, text: str) -> Names | None:
        """Names, those that ``text`` may mean among them.

        None where there is no time to read them, which then goes on for the next who asks.
        """
        reader = threading.Thread(target=self._read_names, args=(text,), daemon=True)
        reader.start()
        reader.join(self.left)
        return self._names.get(text)

    def _read_names(self, text: str) -> None:
        with contextlib.suppress(QueryError):
            self._names[text] = names_near(self.engine, text)

    def labels(self, terms: Iterable[Term]) -> dict[str, dict[str, str]]:
        """What IRIs among ``terms`` are called, by IRI and language; nothing where there is no time to ask."""
        found: dict[str, dict[str, str]] = {}
        self.allow(1)
        wanted = " ".join(dict.fromkeys(spelled(term) for term in terms if term.kind == "iri"))
        for thing, label in self.terms(_LABELS % wanted) if wanted else ():
            if thing is not None and label is not None:
                found.setdefault(thing.value, {}).setdefault(label.lang, label.value)
        return found

    def rows(self, text: str) -> Rows | None:
        """How many rows ``text`` has; None where that is not known. A “no” has none."""
        answer = self.answer(text)
        if answer is None:
            return None
        return Rows(int(answer.boolean)) if answer.form == "ask" else Rows(answer.rows, answer.cut)

    def fails(self, text: str) -> bool:
        """Whether ``text`` was answered, and with nothing."""
        found = self.rows(text)
        return found is not None and found.count == 0

    def terms(self, text: str) -> list[tuple[Term | None, ...]]:
        """The rows of a SELECT; none where it was not answered."""
        answer = self.answer(text)
        return answer.terms() if answer is not None else []

    def column(self, text: str) -> list[Term]:
        """The first column of a SELECT, without what is not bound."""
        return [row[0] for row in self.terms(text) if row and row[0] is not None]

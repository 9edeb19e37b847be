"""Invented sources: each is a document that grows while statements are made from it."""

from __future__ import annotations

import datetime
import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model.dates import PartialDate
from kg.model.source import Source, SourceText
from kg.model.statement import Statement
from kg.model.text import Lang, Text
from tests.generated.names import make_name

__all__ = ["Document", "make_documents"]

_FIRST_DAY, _DAYS = datetime.date(2022, 1, 5), 1400


@dataclass
class Document:
    """A source without its statements, and how far its text has been written; None for one whose text nobody read."""

    source: Source
    written: int | None

    @property
    def lang(self) -> Lang:
        return self.source.language

    @property
    def date(self) -> PartialDate:
        return self.source.date

    def place(self, length: int, gap: int) -> int | None:
        """Where the next phrase of ``length`` characters begins, ``gap`` characters after the one before."""
        if self.written is None:
            return None
        start = self.written + gap
        self.written = start + length
        return start

    def record(self, statements: Sequence[Statement] = ()) -> Source:
        """The source with its text as long as it is by now."""
        text = None
        if self.written is not None:
            digest = hashlib.sha256(self.source.id.encode()).hexdigest()
            text = SourceText.model_construct(sha256=digest, characters=self.written + 100)
        return self.source.model_copy(update={"text": text, "statements": tuple(statements)})


def make_documents(chance: random.Random, amount: int, kinds: Sequence[str]) -> list[Document]:
    """Sources from the oldest to the newest; one of six is in English, one of five has no text at hand."""
    days = sorted(chance.randrange(_DAYS) for _ in range(amount))
    return [_document(chance, number, day, kinds) for number, day in enumerate(days, start=1)]


def _document(chance: random.Random, number: int, day: int, kinds: Sequence[str]) -> Document:
    said, accessed = (_FIRST_DAY + datetime.timedelta(days=each) for each in (day, day + 20))
    date = PartialDate(said.isoformat()[: 7 if number % 10 == 7 else 10])
    zh, en = make_name("event", chance.randrange(10_000)).full
    publisher = make_name("agency", chance.randrange(10_000)).full
    source = Source(
        id=f"{date}-generated-{number}",
        title=Text(zh=f"{zh}（第{number}场）", en=f"{en} (No. {number})"),
        kind=chance.choice(kinds),
        publisher=Text(zh=publisher[0], en=publisher[1]),
        official=chance.random() < 0.5,
        language="en" if number % 6 == 2 else "zh",
        url=f"https://example.org/source/{number}",
        date=date,
        published=date if chance.random() < 0.5 else None,
        accessed=PartialDate(accessed.isoformat() if number % 10 != 7 else f"{accessed.year + 1}"),
        note="样本。 A sample." if number % 9 == 4 else None,
        statements=(),
    )
    return Document(source, None if number % 5 == 3 else 0)

"""Sources: the documents that the graph's statements come from."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool, StringConstraints

from kg.model.dates import PartialDate
from kg.model.entity import WebAddress
from kg.model.record import Id, Record
from kg.model.statement import Statement
from kg.model.text import Lang, Text

__all__ = ["Source", "SourceText"]

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class SourceText(Record):
    """The text that the phrases were checked against: the SHA-256 of its UTF-8 bytes and its length in characters."""

    sha256: Sha256
    characters: Annotated[int, Field(gt=0, strict=True)]


class Source(Record):
    """A document with the statements that it makes, in its own order.

    ``date`` is the day that its statements speak from (the day of the press conference); ``published`` and ``accessed``
    are the document's own. ``official`` says whether a public body published it.
    """

    id: Id
    title: Text
    kind: Id
    publisher: Text
    official: StrictBool
    language: Lang
    url: WebAddress
    date: PartialDate
    published: PartialDate | None = None
    accessed: PartialDate | None = None
    text: SourceText | None = None
    note: str | None = None
    statements: tuple[Statement, ...]

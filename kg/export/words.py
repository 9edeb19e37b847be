"""What the tables are headed with, read from ``words.toml`` beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from kg.model.record import Record
from kg.model.text import Text

__all__ = ["ReadMe", "Words", "table_words"]


class ReadMe(Record):
    """The lines of a workbook's first sheet, with places for what is counted."""

    lines: tuple[Text, ...]


class Words(Record):
    """The whole file. ``columns`` are those of statements, in their order; ``others`` those of entities and sources."""

    columns: Mapping[str, Text]
    others: Mapping[str, Text]
    sheets: Mapping[str, Text]
    read_me: ReadMe

    def heading(self, column: str) -> Text:
        """The heading of a column."""
        return self.columns[column] if column in self.columns else self.others[column]


@cache
def table_words() -> Words:
    """The words, read once."""
    text = files("kg.export").joinpath("words.toml").read_text(encoding="utf-8")
    return Words.model_validate(tomllib.loads(text))

"""Where things stand in the data files: the lines of one file, and the places of all records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["Mark", "Origin", "Place", "Spot"]

Step = str | int


class Place(NamedTuple):
    """A file, relative to the data folder, and a line of it, counted from 1."""

    file: str
    line: int


class Mark:
    """The line where a value stands, with the marks of its parts: by key in a mapping, by index in a list."""

    __slots__ = ("line", "parts")

    def __init__(self, line: int, parts: Mapping[Step, Mark] | None = None) -> None:
        self.line = line
        self.parts: Mapping[Step, Mark] = parts if parts is not None else {}

    def at(self, *path: Step) -> Mark:
        """The mark of the part at ``path``, or of the nearest whole around it where there is no such part."""
        mark = self
        for step in path:
            if step not in mark.parts:
                break
            mark = mark.parts[step]
        return mark


class Spot(NamedTuple):
    """Where one record stands: its file and its marks."""

    file: str
    mark: Mark

    def place(self, *path: Step) -> Place:
        """The place of the record, or of its part at ``path``."""
        return Place(self.file, self.mark.at(*path).line)


@dataclass(frozen=True)
class Origin:
    """Where every record stands. ``terms`` are found by vocabulary list and id: ("metrics", "records-shared")."""

    terms: Mapping[tuple[str, str], Spot] = field(default_factory=dict)
    entities: Mapping[str, Spot] = field(default_factory=dict)
    sources: Mapping[str, Spot] = field(default_factory=dict)

    def term(self, listing: str, term_id: str, *path: Step) -> Place:
        """The place of a term of the vocabulary, or of its part at ``path``."""
        return self.terms[listing, term_id].place(*path)

    def entity(self, entity_id: str, *path: Step) -> Place:
        """The place of an entity, or of its part at ``path``."""
        return self.entities[entity_id].place(*path)

    def source(self, source_id: str, *path: Step) -> Place:
        """The place of a source, or of its part at ``path``."""
        return self.sources[source_id].place(*path)

    def statement(self, source_id: str, index: int, *path: Step) -> Place:
        """The place of a source's statement, counted from 0, or of its part at ``path``."""
        return self.sources[source_id].place("statements", index, *path)

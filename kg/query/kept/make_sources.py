"""Works out what is kept of sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.engine.base import Engine
from kg.query.directory import Directory
from kg.query.kept.sources import MOST_SOURCES, RECORDS, written

__all__ = ["source_answers"]


def source_answers(engine: Engine) -> Iterator[tuple[str, Any]]:
    """The records of all sources, under their name; nothing where they are too many. Raises QueryError."""
    sources = Directory(engine).sources
    if len(sources) <= MOST_SOURCES:
        yield RECORDS, written(sources.values())

"""Loads data that a graph can be made of: data in which every id that is used exists."""

from __future__ import annotations

from pathlib import Path

from kg.check import references
from kg.errors import DataError
from kg.load.files import Loaded, load
from kg.load.folder import data_folder
from kg.model.knowledge import Knowledge

__all__ = ["load_knowledge", "load_sound"]

# What a graph cannot be made without. All other rules are for `kg check`: a name too long must not close the app.
_NEEDED = (
    references.statement_references_resolve,
    references.entity_references_resolve,
    references.source_kinds_resolve,
    references.vocabulary_references_resolve,
)


def load_sound(folder: Path | str | None = None) -> Loaded:
    """A data folder, :func:`kg.load.folder.data_folder` unless told, with where each record stands.

    Raises :class:`DataError` as :func:`kg.load.files.load` does, and for every id that is used and does not exist.
    """
    loaded = load(data_folder() if folder is None else Path(folder))
    problems = sorted({problem for rule in _NEEDED for problem in rule(loaded)})
    if problems:
        raise DataError(problems)
    return loaded


def load_knowledge(folder: Path | str | None = None) -> Knowledge:
    """What :func:`load_sound` reads, without the places of its records."""
    return load_sound(folder).knowledge

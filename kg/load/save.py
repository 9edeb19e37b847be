"""Data files put into their canonical spelling on disk, without losing a word of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from kg.errors import DataError, Problem
from kg.load.files import data_files, load
from kg.load.text_file import decode, replace_text
from kg.load.write import spell, spell_listing
from kg.model.entity import Entities
from kg.model.knowledge import Knowledge
from kg.model.source import Source
from kg.model.vocabulary import Vocabulary

__all__ = ["format_folder", "save_source"]


def format_folder(folder: Path, write: bool) -> list[Path]:
    """The data files whose spelling is not canonical; with ``write`` they are rewritten.

    Raises :class:`DataError` where any file cannot be read, or where a comment would be lost; then none is rewritten.
    """
    changed = [(path, text) for path, text in _canonical(folder, load(folder).knowledge) if not _is(path, text)]
    problems = [problem for path, _ in changed for problem in _comments(folder, path)]
    if write and problems:
        raise DataError(problems)
    for path, text in changed if write else ():
        replace_text(path, text)
    return [path for path, _ in changed]


def save_source(folder: Path, source: Source) -> Path:
    """Write the source's file and return its path; raises :class:`DataError` where a comment in it would be lost."""
    path = folder / "sources" / f"{source.id}.yaml"
    text = spell(source)
    if path.exists() and not _is(path, text):
        problems = list(_comments(folder, path))
        if problems:
            raise DataError(problems)
    replace_text(path, text)
    return path


def _canonical(folder: Path, knowledge: Knowledge) -> Iterator[tuple[Path, str]]:
    for listing in Vocabulary.model_fields:
        path = folder / "vocabulary" / f"{listing.replace('_', '-')}.yaml"
        yield path, spell_listing(knowledge.vocabulary, listing)
    for path in data_files(folder, "entities"):
        entities = tuple(item for key, item in knowledge.entities.items() if knowledge.type_of[key] == path.stem)
        yield path, spell(Entities(type=path.stem, entities=entities))
    for source in knowledge.sources.values():
        yield folder / "sources" / f"{source.id}.yaml", spell(source)


def _is(path: Path, text: str) -> bool:
    return path.read_bytes() == text.encode("utf-8")


def _comments(folder: Path, path: Path) -> Iterator[Problem]:
    """A comment stands between the parser's tokens; the writer knows nothing of it."""
    name = path.relative_to(folder).as_posix()
    text = decode(path.read_bytes(), name)
    end = 0
    for token in yaml.scan(text, Loader=yaml.CSafeLoader):
        gap = text[end : token.start_mark.index]
        for index, char in enumerate(gap):
            if char == "#" and "#" not in gap[:index].rpartition("\n")[2]:
                line = text.count("\n", 0, end + index) + 1
                cure = "Move it into note: of the record that it is about, or remove it"
                yield Problem(name, line, "", "the comment would be lost in formatting", cure)
        end = token.end_mark.index

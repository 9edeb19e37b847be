"""A folder of data files, read as one: the vocabulary, the entities and the sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, ParamSpec

from kg.errors import DataError, Problem
from kg.load.marks import Mark, Origin, Spot
from kg.load.records import read_record
from kg.load.text_file import decode
from kg.load.yaml_reader import read_yaml
from kg.model.entity import Entities, Entity
from kg.model.knowledge import Knowledge
from kg.model.source import Source
from kg.model.vocabulary import Vocabulary

__all__ = ["FOLDERS", "Loaded", "data_files", "load"]

P = ParamSpec("P")

#: The folders of the data, in the order in which they are read.
FOLDERS = ("vocabulary", "entities", "sources")

#: What may lie beside the folders: words for people. Names that begin with a dot belong to the system or an editor.
_BESIDE = ("README.md", "README.zh.md", "LICENSE", "LICENSE.md", "LICENSE.txt")


@dataclass(frozen=True)
class Loaded:
    """The knowledge of a data folder, and where each record of it stands."""

    folder: Path
    knowledge: Knowledge
    origin: Origin


@dataclass
class _Reading:
    """What has been read so far, with everything that is wrong."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    terms: dict[tuple[str, str], Spot] = field(default_factory=dict)
    entity_spots: dict[str, Spot] = field(default_factory=dict)
    source_spots: dict[str, Spot] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    type_of: dict[str, str] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)

    def collect(self, work: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
        """Do ``work`` and keep the problems that it raises, so that the next file is read too."""
        try:
            work(*args, **kwargs)
        except DataError as error:
            self.problems.extend(error.problems)

    def claim(self, spots: dict[Any, Spot], key: Any, record_id: str, spot: Spot) -> None:
        """Give the record its place, unless another record has the id."""
        if key in spots:
            first = spots[key].place("id")
            message = f"the id “{record_id}” is already taken, in {first.file} on line {first.line}"
            place = spot.place("id")
            self.problems.append(Problem(place.file, place.line, record_id, message, "Give one of the two another id"))
        else:
            spots[key] = spot


def load(folder: Path) -> Loaded:
    """Everything in the data folder; raises :class:`DataError` with all that is wrong in all of its files.

    References are not followed here: see :mod:`kg.check`.
    """
    try:
        return _load(folder)
    except OSError as error:
        message = f"it cannot be read: {error.strerror or error}"
        problem = Problem(
            str(error.filename or folder), 0, "", message, "Allow reading it, or name another data folder"
        )
        raise DataError([problem]) from error


def _load(folder: Path) -> Loaded:
    if not folder.is_dir():
        message = "it is not a folder" if folder.exists() else "there is no such folder"
        cure = "Name the folder that holds vocabulary, entities and sources"
        raise DataError([Problem(str(folder), 0, "", message, cure)])
    reading = _Reading(folder, problems=list(_layout_problems(folder)))
    vocabulary = _read_vocabulary(reading)
    for path in data_files(folder, "entities"):
        reading.collect(_read_entities, reading, path)
    for path in data_files(folder, "sources"):
        reading.collect(_read_source, reading, path)
    if reading.problems or vocabulary is None:
        raise DataError(sorted(reading.problems))
    knowledge = Knowledge(
        vocabulary=vocabulary,
        entities=MappingProxyType(reading.entities),
        type_of=MappingProxyType(reading.type_of),
        sources=MappingProxyType(reading.sources),
    )
    origin = Origin(reading.terms, reading.entity_spots, reading.source_spots)
    return Loaded(folder, knowledge, origin)


def data_files(folder: Path, name: str) -> list[Path]:
    """The data files of one of the folders, by name. Raises OSError where the folder cannot be read."""
    return [path for path in _listed(folder / name) if path.suffix == ".yaml" and path.is_file()]


def _listed(folder: Path) -> list[Path]:
    """What lies in the folder, by name; nothing where there is none. (``glob`` takes a locked one for empty, too.)"""
    return sorted(path for path in folder.iterdir() if path.name[0] != ".") if folder.is_dir() else []


def _layout_problems(folder: Path) -> Iterator[Problem]:
    for name in FOLDERS:
        if not (folder / name).is_dir():
            yield Problem(name, 0, "", "the folder is missing", f"Make the folder {name}, with its files")
    for path in _listed(folder):
        if path.name not in FOLDERS and path.name not in _BESIDE:
            yield Problem(path.name, 0, "", "it does not belong here", f"Keep data files in {', '.join(FOLDERS)}")
    for path in sorted(path for name in FOLDERS for path in _listed(folder / name)):
        if path.suffix == ".yaml" and not path.is_file():
            problem = "it is a folder" if path.is_dir() else "it is not a plain file"
            cure = "Move it elsewhere: only files lie here"
            yield Problem(path.relative_to(folder).as_posix(), 0, "", problem, cure)
        elif path.suffix != ".yaml":
            cure = "Rename it to end in .yaml if it is a data file, otherwise move it elsewhere"
            yield Problem(path.relative_to(folder).as_posix(), 0, "", "it is not a data file", cure)
    listings = {f"{name.replace('_', '-')}.yaml" for name in Vocabulary.model_fields}
    for path in data_files(folder, "vocabulary"):
        if path.name not in listings:
            cure = f"The vocabulary's files are {', '.join(sorted(listings))}"
            yield Problem(f"vocabulary/{path.name}", 0, "", "the vocabulary has no such file", cure)


def _read_file(reading: _Reading, path: Path) -> tuple[dict[str, Any], Mark, str]:
    file = path.relative_to(reading.folder).as_posix()
    try:
        content = path.read_bytes()
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or error}"
        raise DataError([Problem(file, 0, "", message, "Allow reading it, or restore it")]) from error
    value, mark = read_yaml(decode(content, file), file)
    return value, mark, file


def _read_vocabulary(reading: _Reading) -> Vocabulary | None:
    """The eight files as one record; each file is validated even where others are missing or wrong."""
    contents: dict[str, Any] = {}
    before = len(reading.problems)
    for listing in Vocabulary.model_fields:
        path = reading.folder / "vocabulary" / f"{listing.replace('_', '-')}.yaml"
        reading.collect(_read_listing, reading, path, listing, contents)
    return Vocabulary.model_construct(**contents) if len(reading.problems) == before else None


def _read_listing(reading: _Reading, path: Path, listing: str, contents: dict[str, Any]) -> None:
    if not path.is_file():
        file = path.relative_to(reading.folder).as_posix()
        cure = f"Write it, with the key {listing}: and its list"
        raise DataError([Problem(file, 0, "", "the file is missing", cure)])
    value, mark, file = _read_file(reading, path)
    # The other lists are empty here: only this file's key may hold something.
    absent = {name: () for name in Vocabulary.model_fields if name != listing}
    wrong = [Problem(file, mark.at(key).line, "", f"“{key}” does not belong in this file", "Move it to its own file")
             for key in value if key in absent]  # fmt: skip
    if wrong:
        raise DataError(wrong)
    terms = getattr(read_record(Vocabulary, {**value, **absent}, mark, file), listing)
    for index, term in enumerate(terms):
        reading.claim(reading.terms, (listing, term.id), term.id, Spot(file, mark.at(listing, index)))
    contents[listing] = terms


def _read_entities(reading: _Reading, path: Path) -> None:
    value, mark, file = _read_file(reading, path)
    record = read_record(Entities, value, mark, file)
    if record.type != path.stem:
        message, cure = f"the type “{record.type}” is not the file's name", f"Write {path.stem}, or rename the file"
        reading.problems.append(Problem(file, mark.at("type").line, "", message, cure))
    for index, entity in enumerate(record.entities):
        reading.claim(reading.entity_spots, entity.id, entity.id, Spot(file, mark.at("entities", index)))
        reading.entities.setdefault(entity.id, entity)
        reading.type_of.setdefault(entity.id, record.type)


def _read_source(reading: _Reading, path: Path) -> None:
    value, mark, file = _read_file(reading, path)
    source = read_record(Source, value, mark, file)
    if source.id != path.stem:
        message = f"the id “{source.id}” is not the file's name"
        cure = f"Write {path.stem}, or rename the file to {source.id}.yaml"
        reading.problems.append(Problem(file, mark.at("id").line, source.id, message, cure))
    reading.claim(reading.source_spots, source.id, source.id, Spot(file, mark))
    reading.sources.setdefault(source.id, source)

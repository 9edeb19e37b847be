"""What the graph is described with in both languages, read from ``terms.toml`` beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import Field

from kg.model.record import Record
from kg.model.text import Lang, Names, Text

__all__ = ["Described", "FormatFacts", "OwnClass", "OwnProperty", "Wording", "wording"]


class Described(Record):
    """A label and a comment."""

    label: Text
    comment: Text


class OwnClass(Described):
    """A class of ours that no curator decides on; ``parents`` are CURIEs."""

    name: str
    parents: tuple[str, ...] = ()


class OwnProperty(OwnClass):
    """A property of ours; ``component`` says which part it has in the data cube of figures."""

    domain: tuple[str, ...]
    range: str | None = None
    component: Literal["dimension", "measure", "attribute"] | None = None


class Header(Record):
    """The words of the ontology's header, or of that of its planned half."""

    title: Text
    comment: Text
    version: str | None = None


class FiguresWords(Described):
    """The words for the data cube of figures."""

    structure: Text


class DatasetWords(Record):
    """The words for the data set's own description."""

    title: Text
    description: Text
    publisher: Text
    void: Text
    keywords: Names


class FormatFacts(Record):
    """What there is to know of an export format without writing it."""

    title: Text
    media_type: str
    suffix: str


class EndWords(Record):
    """The messages for the ends of relations."""

    domain: Text
    range: Text
    separator: Mapping[Lang, str]


class Wording(Record):
    """The whole file."""

    ontology: Header
    planned: Header
    planned_label: Text
    classes: tuple[OwnClass, ...]
    properties: tuple[OwnProperty, ...]
    schemes: Mapping[str, Text]
    stages: Mapping[str, Described]
    aims: Mapping[str, Described]
    figures: FiguresWords
    dataset: DatasetWords
    formats: Mapping[str, FormatFacts]
    ends: EndWords
    pinyin: Mapping[str, str] = Field(description="name → its syllables, with spaces between them")


@cache
def wording() -> Wording:
    """The words, read once."""
    text = files("kg.graph").joinpath("terms.toml").read_text(encoding="utf-8")
    return Wording.model_validate(tomllib.loads(text))

"""Entities: the agencies, programmes, places, companies and other things that sources speak of."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool, StringConstraints

from kg.model.record import Id, Record
from kg.model.text import Names, Text

__all__ = ["Entities", "Entity"]

WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]


class Entity(Record):
    """One thing with its names.

    ``short`` is what stands on the canvas where the name is long; ``former`` are names that it once had; ``themes``
    and ``featured`` (a starting point for readers) are the curator's choice, everything else that is known of an entity
    stands in the statements of sources. An entity that turned out to be another one stays, with ``replaced_by``.
    """

    id: Id
    name: Text
    short: Text | None = None
    aliases: Names = Field(default_factory=Names)
    former: Names = Field(default_factory=Names)
    description: Text
    themes: tuple[Id, ...] = ()
    featured: StrictBool = False
    links: tuple[WebAddress, ...] = ()
    replaced_by: Id | None = None
    note: str | None = None


class Entities(Record):
    """One file of entities, all of one type."""

    type: Id
    entities: tuple[Entity, ...]

"""What may be said: the types, relations, metrics and other terms that the data files use.

The vocabulary is data (``data/vocabulary/*.yaml``). Labels, the ontology, the SHACL shapes, the checks and the
legend are all made from these records.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StringConstraints

from kg.model.record import Id, Record
from kg.model.text import Names, Text

__all__ = [
    "Colour",
    "EntityType",
    "Metric",
    "Qualifier",
    "RelationType",
    "SourceKind",
    "Stage",
    "StatusType",
    "Term",
    "Theme",
    "Unit",
    "Vocabulary",
]

#: A term of a standard vocabulary as a CURIE ("schema:Person"); the prefixes are in :mod:`kg.graph.names`.
Curie = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*:\w[\w.-]*$")]
HexColour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-F]{6}$")]

#: How far a thing has come: only planned, under way, or done (in force, in operation, completed).
Stage = Literal["planned", "under-way", "achieved"]


class Term(Record):
    """A term of the vocabulary: an id, a name and a definition in both languages."""

    id: Id
    name: Text
    description: Text


class Colour(Record):
    """A colour for light and for dark grounds, each as ``#RRGGBB``."""

    light: HexColour
    dark: HexColour


class EntityType(Term):
    """A type of entity; colour *and* shape tell it from the others on screen."""

    matches: tuple[Curie, ...] = ()
    shape: str
    colour: Colour


class RelationType(Term):
    """A relation that one entity can have to another.

    ``name`` reads from subject to object ("leads"), ``inverse`` from object to subject ("led by"); ``planned`` and
    ``planned_inverse`` say the same of what is only planned ("is to lead", "is to be led by"). ``domain`` and ``range``
    list entity types; empty means any.
    """

    inverse: Text
    planned: Text | None = None
    planned_inverse: Text | None = None
    domain: tuple[Id, ...] = ()
    range: tuple[Id, ...] = ()
    symmetric: StrictBool = False
    matches: tuple[Curie, ...] = ()


class Unit(Term):
    """What a metric counts in. ``ucum`` is the code of the Unified Code for Units of Measure where there is one."""

    ucum: str | None = None


class Metric(Term):
    """Something that figures measure.

    ``nature``: a *stock* is a level at a date, *cumulative* a total since the beginning, *flow* an amount within a
    period, *change* a difference or ratio against before, *duration* a length of time.
    """

    unit: Id
    nature: Literal["stock", "cumulative", "flow", "change", "duration"]


class Qualifier(Term):
    """How exactly a value is meant (约, 超, 余 …). ``sign`` stands before a number; ``words`` say it in a phrase."""

    sign: Literal["=", "≈", ">", "≥", "<", "≤"]
    words: Names = Field(default_factory=Names)


class StatusType(Term):
    """A status that an entity or a relation can have, and the stage that it belongs to."""

    stage: Stage


class Theme(Term):
    """A field of policy under which entities are grouped."""


class SourceKind(Term):
    """A kind of source (a news report, a policy document …)."""


class Vocabulary(Record):
    """All terms, in the order of their files."""

    types: tuple[EntityType, ...]
    relations: tuple[RelationType, ...]
    metrics: tuple[Metric, ...]
    units: tuple[Unit, ...]
    qualifiers: tuple[Qualifier, ...]
    statuses: tuple[StatusType, ...]
    themes: tuple[Theme, ...]
    source_kinds: tuple[SourceKind, ...]

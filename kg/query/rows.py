"""What the questions answer with: small frozen records that every page, picture and export is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kg.model.dates import PartialDate
from kg.model.statement import Aim
from kg.model.text import Names, Text

__all__ = [
    "Beyond",
    "Card",
    "EntityRef",
    "EvidenceRow",
    "FigureRow",
    "RelationRow",
    "SourceCard",
    "SourceRecord",
    "SourceRef",
    "StatementCard",
    "StatusRow",
]


@dataclass(frozen=True, slots=True)
class EntityRef:
    """An entity as it stands in a list: its id, its type's id and what to call it."""

    id: str
    type: str
    name: Text
    short: Text | None = None

    @property
    def label(self) -> Text:
        """What stands where there is little room: the short name in each language that has one, else the name."""
        if self.short is None:
            return self.name
        return Text(zh=self.short.zh or self.name.zh, en=self.short.en or self.name.en)


@dataclass(frozen=True, slots=True)
class SourceRef:
    """A source as it stands under a statement; ``date`` is the day that it speaks from."""

    id: str
    title: Text
    publisher: Text
    official: bool
    kind: str
    language: str
    date: PartialDate
    url: str


@dataclass(frozen=True, slots=True)
class SourceRecord(SourceRef):
    """A source with the days on which it appeared and was read, where its record has them."""

    published: PartialDate | None = None
    accessed: PartialDate | None = None

    @classmethod
    def of(cls, ref: SourceRef, published: PartialDate | None, accessed: PartialDate | None) -> SourceRecord:
        """The record of the source that ``ref`` refers to."""
        told = (ref.id, ref.title, ref.publisher, ref.official, ref.kind, ref.language, ref.date, ref.url)
        return cls(*told, published=published, accessed=accessed)

    @property
    def ref(self) -> SourceRef:
        """The source as it stands under a statement."""
        told = (self.id, self.title, self.publisher, self.official, self.kind, self.language, self.date, self.url)
        return SourceRef(*told)


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """Why a statement is believed: the source's own words and who is reported to have said them.

    ``position`` counts characters from 0 in the source's reading text, where it is known.
    """

    phrase: str
    source: SourceRef
    speaker: EntityRef | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A relation seen from one of its two ends.

    ``statement`` is the statement's sixteen hex digits. ``other`` is the entity at the far end; ``outgoing`` says that
    the entity at hand is the subject. ``planned`` relations are only intended: never show one as a fact.
    """

    statement: str
    relation: str
    planned: bool
    outgoing: bool
    other: EntityRef
    status: str | None
    role: Text | None
    since: PartialDate | None
    evidence: EvidenceRow
    note: str | None = None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A value of a metric, in ``unit``, as of a date; ``aim`` tells what was achieved from what is a target."""

    statement: str
    subject: EntityRef
    metric: str
    value: Decimal
    unit: str
    qualifier: str
    as_of: PartialDate
    aim: Aim
    evidence: EvidenceRow
    note: str | None = None


@dataclass(frozen=True, slots=True)
class StatusRow:
    """A status that an entity had as of a date, by a source."""

    statement: str
    subject: EntityRef
    status: str
    as_of: PartialDate
    since: PartialDate | None
    evidence: EvidenceRow
    note: str | None = None


@dataclass(frozen=True, slots=True)
class StatementCard:
    """One statement, read from its subject: ``row`` says what it claims."""

    subject: EntityRef
    row: RelationRow | FigureRow | StatusRow

    @property
    def id(self) -> str:
        """The statement's sixteen hex digits."""
        return self.row.statement


@dataclass(frozen=True, slots=True)
class Beyond:
    """How many statements there are that a card has not, by kind.

    Those of ``relations`` are told apart by relation, whether outgoing, and whether only planned.
    """

    relations: Mapping[tuple[str, bool, bool], int] = field(default_factory=dict)
    figures: int = 0
    statuses: int = 0
    spoke: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that the graph knows of one entity.

    ``statuses`` and ``sources`` are newest first, ``figures`` by metric and then newest first; ``relations`` go both
    ways; ``spoke`` is what sources report a person to have said. ``replaces`` is the id that was asked for where
    that entity was retired in favour of this one. ``cut`` says that it has more statements than were read, ``beyond``
    how many, where that was counted.
    """

    entity: EntityRef
    aliases: Names
    former: Names
    description: Text | None
    themes: tuple[str, ...]
    featured: bool
    links: tuple[str, ...]
    note: str | None
    statuses: tuple[StatusRow, ...]
    figures: tuple[FigureRow, ...]
    relations: tuple[RelationRow, ...]
    spoke: tuple[StatementCard, ...]
    sources: tuple[SourceRef, ...]
    replaces: str | None = None
    cut: bool = False
    beyond: Beyond = field(default_factory=Beyond)

    @property
    def status(self) -> StatusRow | None:
        """The newest status, if any source gives one."""
        return self.statuses[0] if self.statuses else None


@dataclass(frozen=True, slots=True)
class SourceCard:
    """A source with the statements that it makes, in the order in which its text makes them."""

    source: SourceRef
    published: PartialDate | None
    accessed: PartialDate | None
    note: str | None
    statements: tuple[StatementCard, ...]
    cut: bool = False

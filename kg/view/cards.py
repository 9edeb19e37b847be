"""A card of the graph as what to show of it, in the reader's language: a headline, figures, relations, evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kg.model.statement import Aim
from kg.model.text import Lang
from kg.model.vocabulary import Stage
from kg.query.rows import (
    Beyond,
    Card,
    EntityRef,
    EvidenceRow,
    FigureRow,
    RelationRow,
    SourceRef,
    StatementCard,
    StatusRow,
)
from kg.view.marking import mark
from kg.view.numbers import say_number
from kg.view.terms import Said, Terms, say

__all__ = [
    "Amount", "Badge", "Chip", "EntityView", "FigureView", "Reader", "RelationGroup", "RelationLine", "StatementView",
    "amount", "badge", "chip", "entity_view", "figure_view", "statement_view",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a card is for: what terms are called, in which language, and each entity's stage for its shape.

    ``names`` are all names of each entity, by which it is marked in phrases beside those that a row has.
    """

    terms: Terms
    lang: Lang
    stages: Mapping[str, Stage] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chip:
    """An entity in a line of text: its shape by ``type`` and ``stage``, its name, its type's name."""

    id: str
    type: str
    type_name: str
    name: Said
    other_name: Said | None
    stage: Stage = "achieved"


@dataclass(frozen=True, slots=True)
class Badge:
    """A status in words, its stage, and the dates that it holds as of and since (empty where not given)."""

    name: str
    stage: Stage
    as_of: str
    since: str
    row: StatusRow | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A value as it is set: ``before`` (about, over), large ``digits``, ``unit`` with its scale word."""

    before: str
    digits: str
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure as a card: what is measured, of whom, how much, as of when, reached or aimed at, and the evidence."""

    statement: str
    metric: str
    subject: Chip
    amount: Amount
    aim: Aim
    as_of: str
    evidence: EvidenceRow
    note: str | None
    row: FigureRow


@dataclass(frozen=True, slots=True)
class RelationLine:
    """One relation in a group: who is at the far end, in which role, since when, with what status, on what evidence."""

    statement: str
    other: Chip
    role: Said | None
    since: str
    badge: Badge | None
    planned: bool
    evidence: EvidenceRow
    note: str | None


@dataclass(frozen=True, slots=True)
class RelationGroup:
    """The relations of one kind in one direction; ``heading`` reads from the entity at hand.

    ``more`` says how many there are beyond those that the card has.
    """

    heading: str
    outgoing: bool
    lines: tuple[RelationLine, ...]
    more: int = 0

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.lines) + self.more


@dataclass(frozen=True, slots=True)
class StatementView:
    """One statement by itself: its subject, and a relation (with ``verb``), a figure or a status."""

    id: str
    subject: Chip
    verb: str
    relation: RelationLine | None
    figure: FigureView | None
    badge: Badge | None
    evidence: EvidenceRow
    note: str | None


@dataclass(frozen=True, slots=True)
class EntityView:
    """An entity's card: what a page shows of it, in the order in which it answers questions, and how much is beyond."""

    chip: Chip
    badge: Badge | None
    description: Said | None
    themes: tuple[str, ...]
    figures: tuple[FigureView, ...]
    relations: tuple[RelationGroup, ...]
    history: tuple[Badge, ...]
    spoke: tuple[StatementView, ...]
    sources: tuple[SourceRef, ...]
    aliases: tuple[Said, ...]
    former: tuple[Said, ...]
    links: tuple[str, ...]
    note: str | None
    replaces: str | None
    cut: bool
    beyond: Beyond


def chip(ref: EntityRef, reader: Reader) -> Chip:
    """An entity's reference in the reader's language, with the other language's name where there is one."""
    name = say(ref.name, reader.lang)
    other = say(ref.name, "en" if reader.lang == "zh" else "zh")
    different = other if other.lang != name.lang else None
    type_name = reader.terms.name("type", ref.type, reader.lang)
    return Chip(ref.id, ref.type, type_name, name, different, reader.stages.get(ref.id, "achieved"))


def amount(row: FigureRow, reader: Reader) -> Amount:
    """The value with its qualifier and unit in the reader's language: 超 2.4 万亿条, over 2.4 trillion records."""
    lang = reader.lang
    number = say_number(row.value, lang)
    qualifier = reader.terms.qualifiers.get(row.qualifier)
    word = "" if qualifier is None or qualifier.sign == "=" else qualifier.name.say(lang)
    before, after = ("", word) if _stands_behind(word) else (word, "")
    unit = reader.terms.name("unit", row.unit, lang)
    gap = " " if lang == "en" and unit not in ("%", "‰") else ""
    tail = gap.join(part for part in (number.scale, unit) if part)
    text = f"{before}{' ' if before and lang == 'en' else ''}{number.digits}{gap if tail else ''}{tail}{after}"
    return Amount(before, number.digits, tail + after, text)


def _stands_behind(word: str) -> bool:
    """Whether a qualifier's word stands behind the number, as the Chinese ones that begin so do: 10天以内."""
    return word.startswith("以")


def figure_view(row: FigureRow, reader: Reader) -> FigureView:
    """The figure in the reader's language."""
    return FigureView(
        statement=row.statement,
        metric=reader.terms.name("metric", row.metric, reader.lang),
        subject=chip(row.subject, reader),
        amount=amount(row, reader),
        aim=row.aim,
        as_of=str(row.as_of),
        evidence=mark(row, row.subject, reader.terms, reader.names),
        note=row.note,
        row=row,
    )


def badge(row: StatusRow, reader: Reader) -> Badge:
    """The status in the reader's language."""
    since = str(row.since) if row.since else ""
    name, stage = reader.terms.name("status", row.status, reader.lang), reader.terms.stage(row.status)
    marked = replace(row, evidence=mark(row, row.subject, reader.terms, reader.names))
    return Badge(name, stage, str(row.as_of), since, marked)


def _line(row: RelationRow, home: EntityRef, reader: Reader) -> RelationLine:
    status = None
    if row.status:
        status = Badge(reader.terms.name("status", row.status, reader.lang), reader.terms.stage(row.status), "", "")
    return RelationLine(
        statement=row.statement,
        other=chip(row.other, reader),
        role=say(row.role, reader.lang) if row.role else None,
        since=str(row.since) if row.since else "",
        badge=status,
        planned=row.planned,
        evidence=mark(row, home, reader.terms, reader.names),
        note=row.note,
    )


def _groups(card: Card, reader: Reader) -> tuple[RelationGroup, ...]:
    """Relations by kind and direction: those that hold before those planned, in the vocabulary's order."""
    known = reader.terms.relations
    order = {relation: place for place, relation in enumerate(known)}

    def key_of(relation: str, outgoing: bool, planned: bool) -> tuple[bool, int, bool, str]:
        both = relation in known and known[relation].symmetric
        return planned, order.get(relation, len(order)), not (outgoing or both), relation

    grouped: dict[tuple[bool, int, bool, str], list[RelationRow]] = {}
    for row in card.relations:
        grouped.setdefault(key_of(row.relation, row.outgoing, row.planned), []).append(row)
    more: Counter[tuple[bool, int, bool, str]] = Counter()
    for kind, count in card.beyond.relations.items():
        more[key_of(*kind)] += count
    return tuple(
        RelationGroup(
            reader.terms.relation(key[3], planned=key[0], outgoing=not key[2]).say(reader.lang),
            not key[2],
            tuple(_line(row, card.entity, reader) for row in grouped.get(key, ())),
            more[key],
        )
        for key in sorted(grouped.keys() | more.keys())
    )


def statement_view(card: StatementCard, reader: Reader) -> StatementView:
    """One statement in the reader's language."""
    row = card.row
    relation = _line(row, card.subject, reader) if isinstance(row, RelationRow) else None
    verb = ""
    if isinstance(row, RelationRow):
        verb = reader.terms.relation(row.relation, planned=row.planned).say(reader.lang)
    return StatementView(
        id=row.statement,
        subject=chip(card.subject, reader),
        verb=verb,
        relation=relation,
        figure=figure_view(row, reader) if isinstance(row, FigureRow) else None,
        badge=badge(row, reader) if isinstance(row, StatusRow) else None,
        evidence=mark(row, card.subject, reader.terms, reader.names),
        note=row.note,
    )


def entity_view(card: Card, reader: Reader) -> EntityView:
    """Everything that a page shows of an entity, in the reader's language."""
    history = tuple(badge(row, reader) for row in card.statuses)
    return EntityView(
        chip=chip(card.entity, reader),
        badge=history[0] if history else None,
        description=say(card.description, reader.lang) if card.description else None,
        themes=tuple(reader.terms.name("theme", theme, reader.lang) for theme in card.themes),
        figures=tuple(figure_view(row, reader) for row in card.figures),
        relations=_groups(card, reader),
        history=history,
        spoke=tuple(statement_view(one, reader) for one in card.spoke),
        sources=card.sources,
        aliases=_names(card.aliases.items()),
        former=_names(card.former.items()),
        links=card.links,
        note=card.note,
        replaces=card.replaces,
        cut=card.cut,
        beyond=card.beyond,
    )


def _names(items: Iterable[tuple[Lang, str]]) -> tuple[Said, ...]:
    return tuple(Said(words, lang) for lang, words in items)

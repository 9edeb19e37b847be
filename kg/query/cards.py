"""The cards of many entities at once, for a few questions in all instead of three for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from kg.engine.base import Engine
from kg.graph.names import entity_iri
from kg.query.describe import Properties, blocks, describe, first, names, text
from kg.query.kept.hubs import hub_card
from kg.query.refs import ENTITY, entity_ref
from kg.query.rows import Card, EntityRef, FigureRow, RelationRow, SourceRef, StatementCard, StatusRow
from kg.query.statements import read_given, read_statements, relation_order, text_order
from kg.query.terms import curie, entities, id_of

__all__ = ["MOST_IN_ALL", "entity_cards"]

#: The most statements that one block of entities is read with.
MOST_IN_ALL = 20_000

_RECORD = (
    *ENTITY,
    "skos:altLabel",
    "bde:formerName",
    "dcterms:description",
    "bde:theme",
    "bde:featured",
    "rdfs:seeAlso",
    "skos:editorialNote",
)

_ABOUT = "VALUES ?entity { $entities } ?statement rdf:subject|rdf:object|bde:subject ?entity"


@dataclass
class _Said:
    """What is stated of one entity."""

    relations: list[RelationRow] = field(default_factory=list)
    figures: list[FigureRow] = field(default_factory=list)
    statuses: list[StatusRow] = field(default_factory=list)


def entity_cards(engine: Engine, ids: Collection[str], limit: int = MOST_IN_ALL) -> dict[str, Card]:
    """The cards of the entities with these ids, in their order, as :func:`kg.query.card.entity_card` has each of them.

    They lack only what an entity itself said (``spoke``). An id that the graph does not know is left out. ``limit`` is
    the most statements that are read for a block of 400 entities: where there are more, each card says that it is cut.
    Of hubs, what the store keeps stands for all that they have.
    """
    records = describe(engine, map(entity_iri, ids), _RECORD)
    known = [one for one in dict.fromkeys(ids) if curie("skos:prefLabel") in records.get(entity_iri(one), {})]
    cards: dict[str, Card] = {}
    for block in blocks(known):
        said, cut = _said(engine, block, limit)
        for one in block:
            cards[one] = _card(one, records[entity_iri(one)], said[one], cut[one])
    return cards


def _said(engine: Engine, block: Sequence[str], limit: int) -> tuple[defaultdict[str, _Said], dict[str, bool]]:
    """What is stated of each, and of which that is not all; of hubs what the store keeps stands for it."""
    hubs = {one: hub for one in block if (hub := hub_card(engine, one)) is not None}
    others = [one for one in block if one not in hubs]
    statements = read_statements(engine, _ABOUT, limit, entities=entities(others))
    cut = dict.fromkeys(others, statements.cut)
    told = {card.id: card for card in statements.cards()}
    for one, hub in hubs.items():
        shown = hub.shown[: limit // len(block)]
        told |= {card.id: card for card in read_given(engine, [each for each in shown if each not in told]).cards()}
        cut[one] = hub.total > len(shown)
    return _by_entity(sorted(told.values(), key=text_order)), cut


def _by_entity(statements: Iterable[StatementCard]) -> defaultdict[str, _Said]:
    said: defaultdict[str, _Said] = defaultdict(_Said)
    for card in statements:
        home, row = said[card.subject.id], card.row
        if isinstance(row, FigureRow):
            home.figures.append(row)
        elif isinstance(row, StatusRow):
            home.statuses.append(row)
        else:
            home.relations.append(row)
            if row.other.id != card.subject.id:
                said[row.other.id].relations.append(_turned(row, card.subject))
    return said


def _turned(row: RelationRow, subject: EntityRef) -> RelationRow:
    """The relation as its object sees it."""
    return replace(row, outgoing=False, other=subject)


def _card(entity_id: str, record: Properties, said: _Said, cut: bool) -> Card:
    note = first(record, "skos:editorialNote")
    rows: list[RelationRow | FigureRow | StatusRow] = [*said.relations, *said.figures, *said.statuses]
    said.figures.sort(key=lambda row: (row.aim, row.evidence.source.id, row.statement))
    said.figures.sort(key=lambda row: row.as_of.last, reverse=True)
    said.statuses.sort(key=lambda row: row.statement)
    said.statuses.sort(key=lambda row: (row.as_of.last, row.evidence.source.date.last), reverse=True)
    return Card(
        entity=entity_ref(entity_id, record),
        aliases=names(record, "skos:altLabel"),
        former=names(record, "bde:formerName"),
        description=text(record, "dcterms:description"),
        themes=tuple(sorted(id_of(term.value) for term in record.get(curie("bde:theme"), []))),
        featured=first(record, "bde:featured") is not None,
        links=tuple(sorted(term.value for term in record.get(curie("rdfs:seeAlso"), []))),
        note=note.value if note else None,
        statuses=tuple(said.statuses),
        figures=tuple(sorted(said.figures, key=lambda row: row.metric)),
        relations=tuple(sorted(said.relations, key=relation_order)),
        spoke=(),
        sources=_newest_first(row.evidence.source for row in rows),
        cut=cut,
    )


def _newest_first(sources: Iterable[SourceRef]) -> tuple[SourceRef, ...]:
    by_id = {source.id: source for source in sources}
    return tuple(sorted(by_id.values(), key=lambda source: (source.date.last, source.id), reverse=True))

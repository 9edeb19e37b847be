"""Everything that is known of one entity, of one source, or of one statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from kg.engine.base import Engine
from kg.errors import NotFound
from kg.graph.names import PREFIXES, entity_iri, source_iri
from kg.query.ask import ask
from kg.query.beyond import beyond, count_kinds
from kg.query.describe import Properties, describe, first, names, partial_date, text
from kg.query.kept.hubs import hub_card
from kg.query.kept.shelf import kept_one
from kg.query.kept.sources import figures_name
from kg.query.refs import ENTITY, SOURCE, entity_ref, source_ref
from kg.query.rows import Card, FigureRow, SourceCard, SourceRef, StatementCard
from kg.query.search import suggestions
from kg.query.statements import MOST_STATEMENTS, Statements, ids_of, read_given, read_statements
from kg.query.terms import curie, entity, id_of, iri, is_id

__all__ = ["MOST_OF_HUB", "entity_card", "source_card", "source_figures", "statement_card"]

#: So many statements stand for all of a hub's unless told otherwise: as many as a panel has room for. Where there are
#: not many times as many, all are read: that takes no longer than in any graph.
MOST_OF_HUB = 100
_NOT_MANY_TIMES = 3

_ENTITY_RECORD = (
    *ENTITY,
    "skos:altLabel",
    "bde:formerName",
    "dcterms:description",
    "bde:theme",
    "bde:featured",
    "rdfs:seeAlso",
    "skos:editorialNote",
    "dcterms:isReplacedBy",
)
_SOURCE_RECORD = (*SOURCE, "rdf:type", "dcterms:issued", "bde:accessed", "skos:note")

_ABOUT_ENTITY = "?statement rdf:subject|rdf:object|bde:subject|bde:speaker $entity"
_OF_SOURCE = "?statement dcterms:source $source ; a bde:Statement"
_FIGURES_OF_SOURCE = "?statement dcterms:source $source ; a bde:Figure"
_ITSELF = "VALUES ?statement { $statement } ?statement a bde:Statement"


def entity_card(engine: Engine, entity_id: str, limit: int = MOST_STATEMENTS, most_of_hub: int = MOST_OF_HUB) -> Card:
    """The card of an entity, in three round trips; a retired one gives the card of the one that took its place.

    ``limit`` is the most statements that are read; what is left out is counted then. Where the store keeps what is
    known of hubs, at most ``most_of_hub`` stand for all that such a one has, some of every kind. Raises
    :class:`NotFound` with the nearest names for an unknown id.
    """
    found_id, record = _entity_record(engine, entity_id)
    statements, counts = _statements(engine, found_id, limit, min(limit, most_of_hub))
    relations, figures = statements.relations(found_id), statements.figures(found_id)
    statuses = statements.statuses(found_id)
    spoke = statements.cards(lambda properties: found_id in ids_of(properties, "bde:speaker"))
    note = first(record, "skos:editorialNote")
    return Card(
        entity=entity_ref(found_id, record),
        aliases=names(record, "skos:altLabel"),
        former=names(record, "bde:formerName"),
        description=text(record, "dcterms:description"),
        themes=tuple(sorted(id_of(term.value) for term in record.get(curie("bde:theme"), []))),
        featured=first(record, "bde:featured") is not None,
        links=tuple(sorted(term.value for term in record.get(curie("rdfs:seeAlso"), []))),
        note=note.value if note else None,
        statuses=statuses,
        figures=figures,
        relations=relations,
        spoke=spoke,
        sources=_newest_first([row.evidence.source for rows in (relations, figures, statuses) for row in rows]),
        replaces=entity_id if entity_id != found_id else None,
        cut=statements.cut,
        beyond=beyond(counts, relations, figures, statuses, spoke),
    )


def _statements(
    engine: Engine, entity_id: str, limit: int, most_of_hub: int
) -> tuple[Statements, Mapping[tuple[str, str], int]]:
    """The statements of an entity, and where these are not all, how many there are of each kind."""
    hub = hub_card(engine, entity_id)
    if hub is None or hub.total <= min(limit, _NOT_MANY_TIMES * most_of_hub):
        found = read_statements(engine, _ABOUT_ENTITY, limit, entity=entity(entity_id))
        return found, count_kinds(engine, entity_id) if found.cut else {}
    found = read_given(engine, hub.shown[:most_of_hub])
    return (replace(found, cut=True), hub.counts) if hub.total > len(found.found) else (found, {})


def _entity_record(engine: Engine, entity_id: str) -> tuple[str, Properties]:
    """The record of the entity, or of the one that took its place, however often that happened."""
    seen: set[str] = set()
    wanted = entity_id
    while True:
        record = _record(engine, entity_iri(wanted), wanted, _ENTITY_RECORD, "skos:prefLabel")
        if record is None:
            raise NotFound("entity", wanted, suggestions(engine, wanted))
        after = first(record, "dcterms:isReplacedBy")
        seen.add(wanted)
        if after is None or id_of(after.value) in seen:
            return wanted, record
        wanted = id_of(after.value)


def source_card(engine: Engine, source_id: str, limit: int = MOST_STATEMENTS) -> SourceCard:
    """A source with what it states, in three round trips; raises :class:`NotFound` with the nearest ids."""
    record = _record(engine, source_iri(source_id), source_id, _SOURCE_RECORD, "dcterms:title")
    if record is None:
        raise NotFound("source", source_id, _near_sources(engine, source_id))
    statements = read_statements(engine, _OF_SOURCE, limit, source=iri(source_iri(source_id)))
    note = first(record, "skos:note")
    return SourceCard(
        source=source_ref(source_id, record),
        published=partial_date(record, "dcterms:issued"),
        accessed=partial_date(record, "bde:accessed"),
        note=note.value if note else None,
        statements=statements.cards(),
        cut=statements.cut,
    )


def source_figures(engine: Engine, source_id: str, limit: int = MOST_STATEMENTS) -> tuple[FigureRow, ...]:
    """The figures that a source states, at most ``limit``, in the order of its text; two round trips for a hundred.

    Where the store keeps which figures of the newest source are of the best known, those stand for all of that one's.
    """
    kept = kept_one(engine, figures_name(source_id))
    if kept is None:
        cards = read_statements(engine, _FIGURES_OF_SOURCE, limit, source=iri(source_iri(source_id))).cards()
    else:
        cards = read_given(engine, kept[:limit]).cards()
    return tuple(card.row for card in cards if isinstance(card.row, FigureRow))


def statement_card(engine: Engine, digits: str) -> StatementCard:
    """One statement by its sixteen hexadecimal digits, in two round trips; raises :class:`NotFound`."""
    if is_id(digits):
        statements = read_statements(engine, _ITSELF, 1, statement=iri(PREFIXES["stmt"] + digits))
        for card in statements.cards():
            return card
    raise NotFound("statement", digits)


def _record(engine: Engine, address: str, wanted: str, predicates: Sequence[str], key: str) -> Properties | None:
    """What is said of one thing, or None where it has no ``key``, the property that each of its kind has."""
    if not is_id(wanted):
        return None
    record = describe(engine, [address], predicates).get(address, {})
    return record if curie(key) in record else None


def _near_sources(engine: Engine, wanted: str) -> list[str]:
    answer = ask(engine, "SELECT ?source WHERE { ?source a bde:Source } ORDER BY DESC(?source) LIMIT 1000")
    ids = [id_of(row["source"].value) for row in answer.records()]
    return get_close_matches(wanted, ids, n=3, cutoff=0.4)


def _newest_first(sources: Iterable[SourceRef]) -> tuple[SourceRef, ...]:
    by_id = {source.id: source for source in sources}
    return tuple(sorted(by_id.values(), key=lambda source: (source.date.last, source.id), reverse=True))

"""What is not known of an entity: what no source here says of it, though it matters for a thing of its type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kg.model.text import LANGS, Lang
from kg.model.vocabulary import RelationType
from kg.query.rows import Card, RelationRow
from kg.view.terms import Terms

__all__ = ["Gap", "GapKind", "gaps"]

GapKind = Literal["status", "body", "place", "figure", "name_zh", "name_en", "one_source", "last_said"]

#: The relations by which somebody answers for a thing; which of them a type can have, the vocabulary says.
_ANSWERING = ("leads", "issues", "carries-out", "builds", "operates", "runs", "manages", "holds")

# Types and relations are told by the standard terms that the vocabulary says they match.
_BODIES = ("org:", "schema:GovernmentOrganization", "schema:Organization")
_PLACES = ("schema:Place",)
_EVENTS = ("schema:Event",)
_WHERE = "schema:location"
_WITHIN = "dcterms:isPartOf"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is not known; ``verbs`` (of ``body``) and ``date`` (of the last two kinds) fill its words."""

    kind: GapKind
    verbs: tuple[str, ...] = ()
    date: str = ""


def gaps(card: Card, terms: Terms, lang: Lang) -> tuple[Gap, ...]:
    """What no source says, in the order in which one would ask; then how few and how old its sources are.

    Of an entity with more statements than were read nothing can be said to be missing, and of one that no source
    speaks of only that it lacks a name.
    """
    found = list(_unsaid(card, terms, lang)) if card.sources and not card.cut else []
    found += [Gap("name_zh" if one == "zh" else "name_en") for one in LANGS if getattr(card.entity.name, one) is None]
    if card.sources and not card.cut:
        newest = max((source.date for source in card.sources), key=lambda date: date.last)
        found.append(Gap("one_source" if len(card.sources) == 1 else "last_said", date=str(newest)))
    return tuple(found)


def _unsaid(card: Card, terms: Terms, lang: Lang) -> Iterator[Gap]:
    answering = [one for one in terms.relations.values() if _answers_for(one, card.entity.type, terms)]
    made = bool(answering) and not _matches(terms, card.entity.type, (*_BODIES, "schema:Person"))
    if made and not card.statuses:
        yield Gap("status")
    if made and not any(_answered(row, answering) for row in card.relations):
        yield Gap("body", verbs=tuple(one.name.say(lang) for one in answering))
    if _has_place(card.entity.type, terms) and not any(_placed(row, terms) for row in card.relations):
        yield Gap("place")
    if made and not card.figures and not _matches(terms, card.entity.type, _EVENTS):
        yield Gap("figure")


def _answers_for(relation: RelationType, type_id: str, terms: Terms) -> bool:
    """Whether by this relation a body answers for things of the type, things from which some relation starts.

    A type from which none does, such as a sector, is a subject that others speak of.
    """
    by_body = any(_matches(terms, one, _BODIES) for one in relation.domain)
    of_type = type_id in relation.range or (not relation.range and type_id not in relation.domain)
    starts = any(type_id in one.domain for one in terms.relations.values())
    return relation.id in _ANSWERING and by_body and of_type and starts


def _answered(row: RelationRow, answering: list[RelationType]) -> bool:
    return not row.outgoing and any(one.id == row.relation for one in answering)


def _has_place(type_id: str, terms: Terms) -> bool:
    return any(_WHERE in one.matches and type_id in one.domain for one in terms.relations.values())


def _placed(row: RelationRow, terms: Terms) -> bool:
    """Whether it leads to a place, by a relation that leads to nothing else or that makes the entity a part of it."""
    relation = terms.relations.get(row.relation)
    if relation is None or not row.outgoing or not _matches(terms, row.other.type, _PLACES):
        return False
    only_places = bool(relation.range) and all(_matches(terms, one, _PLACES) for one in relation.range)
    return only_places or _WITHIN in relation.matches


def _matches(terms: Terms, type_id: str, wanted: tuple[str, ...]) -> bool:
    """Whether the type matches one of the terms; a prefix with its colon stands for all that begin so."""
    own = terms.types[type_id].matches if type_id in terms.types else ()
    return any(term == one or (one.endswith(":") and term.startswith(one)) for term in own for one in wanted)

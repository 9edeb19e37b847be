"""Everything that a page without a server has to know: pictures, cards and search keys, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.engine.base import Engine
from kg.model.knowledge import Knowledge
from kg.model.text import LANGS, Lang
from kg.query.card import entity_card
from kg.query.names import names_of
from kg.query.rows import Card, EntityRef, EvidenceRow, SourceRef
from kg.view.cards import (
    Badge,
    Chip,
    EntityView,
    FigureView,
    Reader,
    RelationGroup,
    RelationLine,
    chip,
    entity_view,
)
from kg.view.layout import Layout
from kg.view.network import Network, dot_of
from kg.view.picture import draw
from kg.view.terms import Said, Terms, say

__all__ = ["standalone_content"]

_TAGS: Mapping[Lang, str] = {"zh": "zh-Hans", "en": "en"}


def standalone_content(engine: Engine, knowledge: Knowledge, network: Network[str], layout: Layout) -> dict[str, Any]:
    """What stands in the network, JSON-ready: ``keys`` to search by, and for each language its picture and cards.

    Three round trips for each entity. Of its relations a card has all, also those to entities that are not drawn.
    """
    terms = Terms(knowledge.vocabulary)
    ids = sorted(network)
    cards = {one: entity_card(engine, one) for one in ids}
    stages = {one: dot_of(network, one).stage for one in ids}
    keys = names_of(engine).keys
    return {
        "version": engine.data_version,
        "keys": [[key.folded, key.entity] for key in keys if key.entity in cards and key.kind != "id"],
        "themes": {one: list(dot_of(network, one).themes) for one in ids},
        "shapes": {one.id: one.shape for one in knowledge.vocabulary.types},
        "languages": {
            lang: _language(knowledge, network, layout, cards, Reader(terms, lang, stages)) for lang in LANGS
        },
    }


def _language(
    knowledge: Knowledge, network: Network[str], layout: Layout, cards: Mapping[str, Card], reader: Reader
) -> dict[str, Any]:
    """Everything in one language. Sources are told once, and named by their ids where they are meant."""
    vocabulary, lang = knowledge.vocabulary, reader.lang
    told = _Told(lang)
    return {
        "picture": draw(network, layout, vocabulary, lang).data(vocabulary),
        "types": {one.id: one.name.say(lang) for one in vocabulary.types},
        "themes": {one.id: one.name.say(lang) for one in vocabulary.themes},
        "cards": {one: told.card(entity_view(card, reader)) for one, card in cards.items()},
        "chips": {other.id: told.chip(chip(other, reader)) for other in _everyone(cards)},
        "sources": told.sources,
    }


def _everyone(cards: Mapping[str, Card]) -> list[EntityRef]:
    """Everyone that a card is of or speaks of, each once."""
    found = {row.other.id: row.other for card in cards.values() for row in card.relations}
    found |= {card.entity.id: card.entity for card in cards.values()}
    return [found[one] for one in sorted(found)]


class _Told:
    """Views as plain data; what is empty is left out, so that the file stays small."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self.sources: dict[str, dict[str, Any]] = {}

    def card(self, view: EntityView) -> dict[str, Any]:
        return _given(
            themes=list(view.themes),
            badge=self.badge(view.badge),
            about=self.said(view.description),
            figures=[self.figure(one) for one in view.figures],
            groups=[self.group(one) for one in view.relations],
            aliases=[self.said(one) for one in view.aliases],
        )

    def chip(self, one: Chip) -> dict[str, Any]:
        return _given(
            name=self.said(one.name),
            other=self.said(one.other_name),
            type=one.type,
            kind=one.type_name,
            stage=one.stage,
        )

    def said(self, one: Said | None) -> Any:
        """Words; with their language where it is not the reader's."""
        if one is None:
            return None
        return one.words if one.lang == self.lang else [one.words, _TAGS[one.lang]]

    def badge(self, one: Badge | None) -> dict[str, Any] | None:
        return _given(name=one.name, stage=one.stage, as_of=one.as_of, since=one.since) if one else None

    def figure(self, one: FigureView) -> dict[str, Any]:
        return _given(
            id=one.statement,
            metric=one.metric,
            before=one.amount.before,
            digits=one.amount.digits,
            unit=one.amount.unit,
            aim=one.aim,
            as_of=one.as_of,
            proof=self.proof(one.evidence),
        )

    def group(self, one: RelationGroup) -> dict[str, Any]:
        lines = [self.line(line) for line in one.lines]
        return {"heading": one.heading, "outgoing": one.outgoing, "lines": lines}

    def line(self, one: RelationLine) -> dict[str, Any]:
        return _given(
            id=one.statement,
            to=one.other.id,
            role=self.said(one.role),
            since=one.since,
            badge=self.badge(one.badge),
            proof=self.proof(one.evidence),
        )

    def proof(self, row: EvidenceRow) -> dict[str, Any]:
        """The source's words, and who said them where."""
        source = row.source
        if source.id not in self.sources:
            self.sources[source.id] = self.source(source)
        speaker = say(row.speaker.name, self.lang) if row.speaker else None
        return _given(phrase=row.phrase, source=source.id, speaker=self.said(speaker))

    def source(self, one: SourceRef) -> dict[str, Any]:
        return {
            "title": self.said(say(one.title, self.lang)),
            "publisher": self.said(say(one.publisher, self.lang)),
            "date": str(one.date),
            "official": one.official,
            "url": one.url,
            "lang": one.language,
        }


def _given(**values: Any) -> dict[str, Any]:
    """The values that are there."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}

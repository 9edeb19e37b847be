"""Everything that a page without a server has to know: pictures, cards and search keys, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.engine.base import Engine
from kg.model.glossary import Glossary
from kg.model.text import LANGS, Lang
from kg.query.cards import entity_cards
from kg.query.everyone import names_for
from kg.query.rows import Card, EntityRef, EvidenceRow, SourceRef, StatusRow
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
from kg.view.notes import say_note
from kg.view.picture import draw
from kg.view.terms import Said, Terms, say

__all__ = ["PAIR", "paired", "standalone_content"]

#: The key under which the two languages' values stand where they differ; no id has such a sign.
PAIR = "$"

_TAGS: Mapping[Lang, str] = {"zh": "zh-Hans", "en": "en"}


def standalone_content(engine: Engine, glossary: Glossary, network: Network[str], layout: Layout) -> dict[str, Any]:
    """What stands in the network, JSON-ready: ``keys`` to search by, and ``both``, the pictures and cards.

    ``both`` is told once for the two languages, as :func:`paired` tells it. Of its relations a card has those to
    entities that are not drawn, too. Each statement stands once in ``statements``, and cards name it by its digits.
    """
    terms = Terms(glossary.vocabulary)
    cards = entity_cards(engine, sorted(network))
    stages = {one: dot_of(network, one).stage for one in cards}
    keys = names_for(engine, list(cards)).keys
    dates = [source.date for card in cards.values() for source in card.sources]
    zh, en = (_language(glossary, network, layout, cards, Reader(terms, lang, stages)) for lang in LANGS)
    return {
        "version": engine.data_version,
        "newest": str(max(dates, key=lambda date: date.last)) if dates else "",
        "keys": [[key.folded, key.entity] for key in keys if key.entity in cards and key.kind != "id"],
        "themes": {one: list(dot_of(network, one).themes) for one in cards},
        "shapes": {one.id: one.shape for one in glossary.vocabulary.types},
        "featured": [one for one, card in cards.items() if card.featured],
        "both": paired(zh, en),
    }


def paired(zh: Any, en: Any) -> Any:
    """Both as one: what is the same once, what differs as ``{"$": [zh, en]}``; a key that one lacks is null there.

    >>> paired({"x": 1, "name": "北京"}, {"x": 1, "name": "Beijing"})
    {'x': 1, 'name': {'$': ['北京', 'Beijing']}}
    """
    if zh == en:
        return zh
    if isinstance(zh, Mapping) and isinstance(en, Mapping):
        return {key: paired(zh.get(key), en.get(key)) for key in (*zh, *(key for key in en if key not in zh))}
    if _is_list(zh) and _is_list(en) and len(zh) == len(en) and any(map(_has_parts, zh)):
        return [paired(one, other) for one, other in zip(zh, en, strict=True)]
    return {PAIR: [zh, en]}


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _has_parts(value: Any) -> bool:
    return isinstance(value, Mapping)


def _language(
    glossary: Glossary, network: Network[str], layout: Layout, cards: Mapping[str, Card], reader: Reader
) -> dict[str, Any]:
    """Everything in one language. Statements and sources are told once, and named by their ids where they are meant."""
    vocabulary, lang = glossary.vocabulary, reader.lang
    told = _Told(lang)
    return {
        "picture": draw(network, layout, vocabulary, lang).data(vocabulary),
        "types": {one.id: one.name.say(lang) for one in vocabulary.types},
        "themes": {one.id: one.name.say(lang) for one in vocabulary.themes},
        "cards": {one: told.card(entity_view(card, reader)) for one, card in cards.items()},
        "chips": {other.id: told.chip(chip(other, reader)) for other in _everyone(cards)},
        "statements": told.statements,
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
        self.statements: dict[str, dict[str, Any]] = {}
        self.sources: dict[str, dict[str, Any]] = {}

    def card(self, view: EntityView) -> dict[str, Any]:
        return _given(
            themes=list(view.themes),
            status=self.status(view.badge.row, view) if view.badge and view.badge.row else None,
            about=self.said(view.description),
            figures=[self.figure(one) for one in view.figures],
            groups=[self.group(one) for one in view.relations],
            aliases=self.all_said(view.aliases),
            former=self.all_said(view.former),
            note=self.note(view.note),
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

    def all_said(self, names: Iterable[Said]) -> list[dict[str, Any]]:
        """Names, each by itself, so that the two languages' lists are paired name by name."""
        return [{"name": self.said(one)} for one in names]

    def note(self, note: str | None) -> Any:
        return self.said(say_note(note, self.lang)) if note else None

    def status(self, row: StatusRow, view: EntityView) -> str:
        badge = view.badge
        self.statements[row.statement] = _given(
            of=view.chip.id,
            badge=self.badge(badge),
            as_of=badge.as_of if badge else None,
            since=badge.since if badge else None,
            note=self.note(row.note),
            proof=self.proof(row.evidence),
        )
        return row.statement

    def badge(self, one: Badge | None) -> dict[str, Any] | None:
        return {"name": one.name, "stage": one.stage} if one else None

    def figure(self, one: FigureView) -> str:
        self.statements[one.statement] = _given(
            of=one.subject.id,
            metric=one.metric,
            before=one.amount.before,
            digits=one.amount.digits,
            unit=one.amount.unit,
            amount=one.amount.text,
            aim=one.aim,
            as_of=one.as_of,
            note=self.note(one.note),
            proof=self.proof(one.evidence),
        )
        return one.statement

    def group(self, one: RelationGroup) -> dict[str, Any]:
        lines = [[self.line(line), line.other.id] for line in one.lines]
        return {"heading": one.heading, "outgoing": one.outgoing, "lines": lines}

    def line(self, one: RelationLine) -> str:
        """The relation, the same from either end."""
        self.statements[one.statement] = _given(
            role=self.said(one.role),
            since=one.since,
            badge=self.badge(one.badge),
            note=self.note(one.note),
            proof=self.proof(one.evidence),
        )
        return one.statement

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

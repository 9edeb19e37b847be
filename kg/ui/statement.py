"""Statements as lines: who, what, whom, and the way to the words behind each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from kg.model.text import Lang
from kg.query.rows import StatementCard
from kg.ui import facts
from kg.ui.behind import briefly_behind, marking_reader
from kg.ui.markup import badge, chip
from kg.view.cards import StatementView, statement_view

__all__ = ["statement_items", "statement_notes"]


def statement_items(cards: Sequence[StatementCard], lang: Lang, proof: facts.Proof) -> Iterator[str]:
    """Each statement with the way to its words behind it."""
    reader = marking_reader(lang, cards)
    for view in (statement_view(card, reader) for card in cards):
        words = proof(view.subject.name.words, view.id, view.evidence, view.note)
        yield f'<div class="item">{_line(view, lang)}{words}</div>'


def statement_notes(cards: Sequence[StatementCard], lang: Lang) -> Iterator[str]:
    """Each statement with the source's own words below it, and where they stand."""
    reader = marking_reader(lang, cards)
    for view in (statement_view(card, reader) for card in cards):
        yield _line(view, lang) + briefly_behind(view.evidence, view.note, lang)


def _line(view: StatementView, lang: Lang) -> str:
    mark = ""
    if view.relation:
        claim = f'<span class="extra">{escape(view.verb)}</span> {chip(view.relation.other, lang)}'
        mark = badge(view.relation.badge) if view.relation.badge else ""
    elif view.figure:
        claim = f'<span class="extra">{escape(view.figure.metric)}</span> <b>{escape(view.figure.amount.text)}</b>'
        mark = f'<span class="extra">{escape(view.figure.as_of)}</span>'
    else:
        claim = facts.status(view.badge, lang) if view.badge else ""
    return f'<div class="line wrap">{chip(view.subject, lang)} {claim} <span class="right">{mark}</span></div>'

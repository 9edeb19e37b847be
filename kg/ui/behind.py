"""What stands behind a phrase: the paragraph around it where the reader has the text, and how it is cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape
from pathlib import Path

import streamlit as st

from kg.errors import DataError
from kg.load.texts import HeldText, Passage, read_held, text_file
from kg.model.text import Lang
from kg.query.everyone import all_names
from kg.query.rows import Card, EvidenceRow, RelationRow, SourceRef, StatementCard
from kg.ui.markup import citations, evidence, evidence_line
from kg.ui.state import app, reader, source_of
from kg.ui.words import say
from kg.view.cards import Reader
from kg.view.cite import STYLES, cite, work_of
from kg.view.marking import Marked

__all__ = ["all_behind", "briefly_behind", "cite_source", "marking_reader"]


def marking_reader(lang: Lang, cards: Iterable[Card | StatementCard]) -> Reader:
    """The reader in ``lang`` of these cards, who finds in each phrase what it is about by any name that there is."""
    return replace(reader(lang), names=all_names(app().engine, _spoken_of(cards)))


def _spoken_of(cards: Iterable[Card | StatementCard]) -> Iterator[str]:
    """The ids of all that phrases may name."""
    for card in cards:
        if isinstance(card, StatementCard):
            yield card.subject.id
            rows = [card.row]
        else:
            yield card.entity.id
            yield from _spoken_of(card.spoke)
            rows = list(card.relations)
        yield from (row.other.id for row in rows if isinstance(row, RelationRow))


def all_behind(row: EvidenceRow, note: str | None, lang: Lang) -> str:
    """The evidence with the paragraph around its phrase, and with its citations."""
    digits = row.statement if isinstance(row, Marked) else ""
    return evidence(row, note, lang, around=_around(row, lang), cited=_cited(row.source, lang, row.phrase, digits))


def briefly_behind(row: EvidenceRow, note: str | None, lang: Lang) -> str:
    """The evidence in little room, with its citations."""
    digits = row.statement if isinstance(row, Marked) else ""
    return evidence_line(row, note, lang, _cited(row.source, lang, row.phrase, digits))


def cite_source(source: SourceRef, lang: Lang) -> str:
    """The source in each style, each to be copied."""
    return _cited(source, lang)


def _cited(source: SourceRef, lang: Lang, phrase: str = "", digits: str = "") -> str:
    work = work_of(app().directory.sources.get(source.id) or source)
    key = f"{work.id}-{digits}" if digits else work.id
    return citations({style: cite(work, style, lang, phrase=phrase, key=key) for style in STYLES}, lang)


def _around(row: EvidenceRow, lang: Lang) -> str:
    """The paragraph around the phrase, or why the reader's text does not give it; nothing where there is no text."""
    source = source_of(row.source.id)
    path = text_file(source) if source else None
    if source is None or path is None:
        return ""
    try:
        changed = path.stat().st_mtime_ns
        held = _held(path, changed, source.text.sha256 if source.text else "", source.id)
    except (DataError, OSError):
        return _why_not("text_unreadable", lang)
    if held.proved != "proved":
        return _why_not(f"text_{held.proved}", lang)
    found = held.around(row.phrase, row.position)
    return _paragraph(found, row.source.language, lang) if found else _why_not("text_without_phrase", lang)


@st.cache_resource(show_spinner=False, max_entries=64)
def _held(path: Path, changed: int, sha256: str, source_id: str) -> HeldText:
    """The text as it is in the file now: a file or a record that changes is read anew."""
    del changed, sha256
    source = source_of(source_id)
    assert source is not None  # noqa: S101 (whoever calls this has just had it)
    return read_held(source, path)


def _why_not(key: str, lang: Lang) -> str:
    return f'<p class="remark">{escape(say(key, lang))}</p>'


def _paragraph(found: Passage, tongue: str, lang: Lang) -> str:
    before = ("…" if found.cut_before else "") + escape(found.before)
    after = escape(found.after) + ("…" if found.cut_after else "")
    return (
        f'<details class="fold around"><summary>{escape(say("around", lang))}</summary>'
        f'<p lang="{escape(tongue)}">{before}<mark>{escape(found.phrase)}</mark>{after}</p>'
        f'<div class="quiet">{escape(say("text_proved", lang))}</div></details>'
    )

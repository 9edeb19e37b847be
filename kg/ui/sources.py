"""The sources: what each one is, and everything that it states in its own order."""

from __future__ import annotations

from html import escape

import streamlit as st

from kg.errors import NotFound
from kg.model.text import Lang
from kg.query.card import source_card
from kg.ui import facts, panel
from kg.ui.behind import cite_source
from kg.ui.frame import language
from kg.ui.markup import address, facts_list, link, outside, remark, words
from kg.ui.state import app, source_of
from kg.ui.statement import statement_items
from kg.ui.words import say
from kg.view.terms import say as said

__all__ = ["page"]


def page() -> None:
    """All sources, or the one that the address names with what it states."""
    lang = language()
    source_id = st.query_params.get("id", "")
    with st.container(key="page"):
        try:
            st.html(_one(source_id, lang) if source_id else _all(lang))
        except NotFound as error:
            st.html(panel.not_found(error, lang))


def _all(lang: Lang) -> str:
    one = app()
    count, statements = len(one.directory.sources), one.stats.statements
    lead = say("sources_lead_one" if count == 1 else "sources_lead", lang, count=count, statements=statements)
    parts = [f'<h1 class="title">{say("sources", lang)}</h1><p class="lead">{escape(lead)}</p>']
    for source in sorted(one.directory.sources.values(), key=lambda source: source.date.last, reverse=True):
        title = link(address("sources", lang, id=source.id), words(said(source.title, lang), css="name"))
        official = say("official" if source.official else "not_official", lang)
        states = say("source_states", lang, count=one.stats.sources.get(source.id, 0))
        parts.append(
            f'<div class="source">{title}<div class="quiet">{words(said(source.publisher, lang))} · {source.date} · '
            f"{escape(one.terms.name('kind', source.kind, lang))} · {escape(official)} · {escape(states)}</div></div>"
        )
    return "".join(parts)


def _one(source_id: str, lang: Lang) -> str:
    one = app()
    card = source_card(one.engine, source_id)
    source = card.source
    official = say("official" if source.official else "not_official", lang)
    rows = {
        "publisher": f"{words(said(source.publisher, lang))} <span class='mark'>{escape(official)}</span>",
        "kind": escape(one.terms.name("kind", source.kind, lang)),
        "date": escape(str(source.date)),
    }
    if card.published:
        rows["published"] = escape(str(card.published))
    if card.accessed:
        rows["accessed"] = escape(str(card.accessed))
    record = source_of(source_id)
    text = record.text if record else None
    if text:
        rows["sha256"] = f"<code>{escape(text.sha256)}</code>"
    back = link(address("sources", lang), "‹ " + escape(say("all_sources", lang)))
    parts = [f'<div class="kicker">{back}</div>', words(said(source.title, lang), "h1", "title")]
    parts.append(
        f"<p class='lead'>{outside(source.url, say('open_source', lang), css='out')}</p>{facts_list(rows, lang)}"
    )
    if card.note:
        parts.append(remark(card.note, lang))
    parts.append(cite_source(source, lang))
    parts.append(facts.head(say("statements", lang), len(card.statements)))
    proof = facts.opening(lang)
    parts.extend(statement_items(card.statements, lang, proof))
    return "".join(parts)

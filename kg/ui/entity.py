"""One entity: everything that the graph knows of it, each line with the source's own words behind it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import urlsplit

import streamlit as st

from kg.errors import NotFound
from kg.model.text import Lang
from kg.query.card import entity_card
from kg.query.kept.hubs import MOST_SHOWN
from kg.query.rows import SourceRef
from kg.ui import facts, panel
from kg.ui.behind import all_behind, cite_source, marking_reader
from kg.ui.frame import language
from kg.ui.markup import address, chip, link, outside, remark, words
from kg.ui.state import app, reader, shown
from kg.ui.words import say
from kg.view.cards import EntityView, StatementView, entity_view
from kg.view.cards import chip as chip_of
from kg.view.gaps import Gap, gaps
from kg.view.terms import Said
from kg.view.terms import say as said

__all__ = ["page"]


def page() -> None:
    """The entity that the address names; without one, where to start."""
    lang = language()
    entity_id = st.query_params.get("id", "")
    with st.container(key="page"):
        if not entity_id:
            st.html(_starts(lang))
            return
        try:
            card = entity_card(app().engine, entity_id, most_of_hub=MOST_SHOWN)
        except NotFound as error:
            st.html(panel.not_found(error, lang))
            return
        view = entity_view(card, marking_reader(lang, [card]))
        with st.container(key="columns", horizontal=True, gap=None, wrap=False):
            with st.container(key="main"):
                st.html(_main(view, lang))
            with st.container(key="side"):
                st.html(_side(view, gaps(card, app().terms, lang), lang))


def _main(view: EntityView, lang: Lang) -> str:
    proof = facts.opening(lang, all_behind)
    parts = [facts.headline(view, lang)]
    if view.replaces:
        parts.append(f'<p class="note">{escape(say("replaced", lang, old=view.replaces))}</p>')
    if view.note:
        parts.append(remark(view.note, lang))
    if view.figures:
        count = len(view.figures) + view.beyond.figures
        parts += [facts.head(_title("figures", lang), count), facts.figures(view.figures, lang, proof)]
        parts.append(facts.more_there(view.beyond.figures, lang))
    if view.relations:
        count = sum(group.count for group in view.relations)
        parts += [facts.head(_title("relations", lang), count), facts.relations(view.relations, lang, proof)]
    if view.history:
        parts.append(facts.head(say("history", lang), len(view.history) + view.beyond.statuses))
        for one in view.history:
            assert one.row is not None  # noqa: S101 (a badge of the history is made from a row)
            words_behind = proof(one.name, one.row.statement, one.row.evidence, one.row.note)
            parts.append(f'<div class="item">{facts.status(one, lang)}{words_behind}</div>')
        parts.append(facts.more_there(view.beyond.statuses, lang))
    if view.spoke:
        parts.append(facts.head(say("spoke", lang), len(view.spoke) + view.beyond.spoke))
        parts.extend(_spoken(one, lang, proof) for one in view.spoke)
        parts.append(facts.more_there(view.beyond.spoke, lang))
    if not (view.figures or view.relations or view.history):
        parts.append(f'<p class="note">{escape(say("nothing_said", lang))}</p>')
    if view.cut:
        parts.append(f'<p class="note">{escape(say("cut_card", lang))}</p>')
    return "".join(parts)


def _spoken(one: StatementView, lang: Lang, proof: facts.Proof) -> str:
    """A statement that the entity, a person, is reported to have made."""
    if one.relation:
        claim = f'<span class="extra">{escape(one.verb)}</span> {chip(one.relation.other, lang)}'
        what = f"{one.verb} {one.relation.other.name.words}"
    elif one.figure:
        claim = f'<span class="extra">{escape(one.figure.metric)} {escape(one.figure.amount.text)}</span>'
        what = one.figure.metric
    else:
        what = one.badge.name if one.badge else ""
        claim = f'<span class="extra">{escape(what)}</span>'
    line = f'<div class="line wrap">{chip(one.subject, lang)} {claim}</div>'
    return f'<div class="item">{line}{proof(f"{one.subject.name.words} {what}", one.id, one.evidence, one.note)}</div>'


def _side(view: EntityView, found: Sequence[Gap], lang: Lang) -> str:
    shown_in = link(address("", lang, entity=view.chip.id), escape(say("show_in_graph", lang)) + " →")
    parts = [f"<p>{shown_in}</p>"]
    if view.aliases:
        parts += [facts.head(say("aliases", lang)), _names(view.aliases)]
    if view.former:
        parts += [facts.head(say("former", lang)), _names(view.former)]
    if view.links:
        items = "".join(f"<li>{outside(url, urlsplit(url).netloc or url, css='out')}</li>" for url in view.links)
        parts += [facts.head(say("links", lang)), f'<ul class="names">{items}</ul>']
    if view.sources:
        parts += [facts.head(say("sources_of", lang), len(view.sources)), _sources(view.sources, lang)]
    parts.append(facts.unknown(found, lang))
    return "".join(parts)


def _names(names: Sequence[Said]) -> str:
    return f'<ul class="names">{"".join(words(name, "li") for name in names)}</ul>'


def _sources(sources: Sequence[SourceRef], lang: Lang) -> str:
    items = []
    for source in sources:
        title = link(address("sources", lang, id=source.id), words(said(source.title, lang)))
        from_whom = f'<div class="quiet">{words(said(source.publisher, lang))} · {source.date}</div>'
        items.append(f"<li>{title}{from_whom}{cite_source(source, lang)}</li>")
    return f'<ul class="names">{"".join(items)}</ul>'


def _starts(lang: Lang) -> str:
    starts = [one for one in shown().overview.entities if one.featured]
    lines = "".join(f'<div class="line">{chip(chip_of(one.entity, reader(lang)), lang)}</div>' for one in starts)
    return f'<h1 class="title">{say("entity", lang)}</h1><p class="lead">{say("choose_entity", lang)}</p>{lines}'


def _title(key: str, lang: Lang) -> str:
    return say(key, lang).capitalize()

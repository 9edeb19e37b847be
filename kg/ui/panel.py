"""The panel beside the graph: an entity's short card, a statement with its words, or what was not found."""

from __future__ import annotations

from html import escape

import streamlit as st

from kg.errors import NotFound
from kg.model.text import Lang
from kg.query.card import entity_card, source_figures, statement_card
from kg.ui import facts
from kg.ui.behind import all_behind, marking_reader
from kg.ui.frame import within
from kg.ui.markup import address, amount, chip, link, words
from kg.ui.state import app, reader, shown
from kg.ui.words import say
from kg.view.cards import Chip, FigureView, StatementView, entity_view, figure_view, statement_view
from kg.view.gaps import gaps

__all__ = ["entity", "key_figures", "not_found", "statement"]

#: At most so many figures open the panel of the overview.
_KEY_FIGURES = 4


def _here(lang: Lang) -> str:
    """A cross that empties the panel."""
    return link(within(lang), "×", css="x", label=say("close", lang))


def entity(entity_id: str, lang: Lang) -> str:
    """The short card; raises :class:`NotFound`."""
    one = app()
    card = entity_card(one.engine, entity_id)
    view = entity_view(card, reader(lang))
    proof = facts.pointing(lang)
    parts = [facts.headline(view, lang, _here(lang))]
    full = link(address("entity", lang, id=view.chip.id), escape(say("full_page", lang)) + " →")
    parts.append(f'<p class="lead">{full}</p>')
    if view.figures:
        parts += [
            facts.head(say("figures", lang).capitalize(), len(view.figures) + view.beyond.figures),
            facts.figures(view.figures, lang, proof),
            facts.more_there(view.beyond.figures, lang),
        ]
    if view.relations:
        count = sum(group.count for group in view.relations)
        parts.append(facts.head(say("relations", lang).capitalize(), count))
        parts.append(facts.relations(view.relations, lang, proof, lambda other: _to(other, lang)))
    if view.figures or view.relations:
        parts.append(f'<p class="note">{escape(say("every_line", lang))}</p>')
    else:
        parts.append(f'<p class="note">{escape(say("nothing_said", lang))}</p>')
    parts.append(facts.unknown(gaps(card, one.terms, lang), lang))
    return "".join(parts)


def _to(other: Chip, lang: Lang) -> str:
    return within(lang, entity=other.id)


def statement(digits: str, back: str, lang: Lang) -> str:
    """A statement in words, then the source's own words; raises :class:`NotFound`."""
    one = app()
    card = statement_card(one.engine, digits)
    view = statement_view(card, marking_reader(lang, [card]))
    home = back or view.subject.id
    at_home = one.directory.entity(home)
    name = at_home.name.say(lang) if at_home else home
    back_link = link(within(lang, entity=home), f"‹ {escape(name)}")
    if way := {key: st.query_params[key] for key in ("path", "avoid") if key in st.query_params}:
        back_link = link(within(lang, **way), f"‹ {escape(say('way_kicker', lang))}")
    kicker = f'<div class="kicker"><span>{back_link}</span>{_here(lang)}</div>'
    return f"{kicker}{_claim(view, lang)}{all_behind(view.evidence, view.note, lang)}"


def _claim(view: StatementView, lang: Lang) -> str:
    """What is stated: a relation as subject, verb and object, a figure, or a status."""
    subject = chip(view.subject, lang, _to(view.subject, lang))
    if view.relation:
        other = chip(view.relation.other, lang, _to(view.relation.other, lang))
        parts = [f'<div class="triple">{subject}<div class="verb">{escape(view.verb)}</div>{other}</div>']
        if view.relation.role:
            parts.append(words(view.relation.role, "div", "other"))
        if view.relation.badge:
            parts.append(facts.status(view.relation.badge, lang))
        return "".join(parts)
    if view.figure:
        aim = say("target" if view.figure.aim == "target" else "reached", lang)
        css = "asof target" if view.figure.aim == "target" else "asof"
        return (
            f'<div class="triple">{subject}</div><div class="lead">{escape(view.figure.metric)}</div>'
            f'{amount(view.figure.amount)}<div class="{css}">{escape(aim)} · {escape(view.figure.as_of)}</div>'
        )
    state = facts.status(view.badge, lang) if view.badge else ""
    return f'<div class="triple">{subject}</div>{state}'


def key_figures(lang: Lang) -> list[FigureView]:
    """The newest source's figures that were reached, of those first that most is said of, one for each."""
    one = app()
    if not one.directory.sources:
        return []
    newest = max(one.directory.sources.values(), key=lambda source: (source.date.last, source.id))
    rows = list(source_figures(one.engine, newest.id))
    weights = {entity.id: (entity.featured, entity.weight) for entity in shown().overview.entities}
    rows.sort(key=lambda row: weights.get(row.subject.id, (False, 0)), reverse=True)
    rows.sort(key=lambda row: row.aim == "target")
    first = {row.subject.id: row for row in reversed(rows)}
    chosen = [row for row in rows if first[row.subject.id] is row] + [
        row for row in rows if first[row.subject.id] is not row
    ]
    return [figure_view(row, reader(lang)) for row in chosen[:_KEY_FIGURES]]


def not_found(error: NotFound, lang: Lang) -> str:
    """What was not found, with links to what is nearest."""
    directory = app().directory
    known = {"entity": "no_entity", "source": "no_source", "statement": "no_statement"}
    parts = [f'<h1 class="title">{escape(say(known.get(error.what, "no_entity"), lang, id=error.wanted))}</h1>']
    if error.suggestions:
        parts.append(f'<p class="lead">{escape(say("did_you_mean", lang))}</p><ul class="names">')
        for suggestion in error.suggestions:
            entity_found = directory.entity(suggestion)
            source = directory.sources.get(suggestion)
            name = entity_found.name if entity_found else source.title if source else None
            page = "sources" if error.what == "source" else "entity"
            text = escape(name.say(lang)) if name else escape(suggestion)
            parts.append(f"<li>{link(address(page, lang, id=suggestion), text)}</li>")
        parts.append("</ul>")
    parts.append(f'<p class="lead">{escape(say("try_search", lang))}</p>')
    return "".join(parts)

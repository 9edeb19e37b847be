"""The page that compares two to four entities: which ones, what they share, and how to choose others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape

import streamlit as st

from kg.errors import NotFound
from kg.model.text import Lang
from kg.query.card import entity_card
from kg.query.rows import Card
from kg.ui import facts
from kg.ui.compare_table import shared, table
from kg.ui.frame import language, within
from kg.ui.markup import address, chip, link, words
from kg.ui.state import app, reader, shown
from kg.ui.words import say
from kg.view.cards import chip as chip_of
from kg.view.compare import Comparison, compare
from kg.view.terms import say as said

__all__ = ["page"]

#: The most entities that stand side by side, and how many are proposed beside them.
_MOST, _PROPOSED = 4, 8


@dataclass(frozen=True)
class _Asked:
    """What the address asks for: which entities, whether only differences, in which language."""

    ids: tuple[str, ...]
    differ: bool
    lang: Lang

    def address(self, ids: Iterable[str], differ: bool | None = None) -> str:
        """The same page for other entities, or with all rows or only those that differ."""
        more = {"differ": "1"} if (self.differ if differ is None else differ) else {}
        return address("compare", self.lang, ids="~".join(dict.fromkeys(ids)), **more)

    def without(self, entity: str) -> str:
        """The same page without one of the entities."""
        return self.address(one for one in self.ids if one != entity)


def page() -> None:
    """The entities that the address names; with fewer than two, how to choose."""
    ids = tuple(dict.fromkeys(filter(None, st.query_params.get("ids", "").split("~"))))
    lang = language()
    asked = _Asked(ids, st.query_params.get("differ") == "1", lang)
    cards, unknown = _cards(ids[:_MOST])
    known = replace(asked, ids=tuple(cards))
    parts = [f'<h1 class="title">{escape(say("compare", lang))}</h1>']
    parts += [_unknown(error, asked) for error in unknown]
    if len(ids) > _MOST:
        parts.append(f'<p class="note">{escape(say("compare_too_many", lang, most=_MOST))}</p>')
    if len(cards) < 2:
        parts.append(_too_few(known))
    else:
        found = compare(list(cards.values()), reader(lang))
        rows = table(found, known.differ, known.without, lang)
        parts += [_above(found, known), rows, _shared(found, lang), _propose(known, "compare_add")]
    with st.container(key="page"):
        st.html("".join(parts))


def _cards(ids: Iterable[str]) -> tuple[dict[str, Card], list[NotFound]]:
    """The cards by id, one for two ids that turned out to be of one entity, and what was not found."""
    cards: dict[str, Card] = {}
    unknown: list[NotFound] = []
    for one in ids:
        try:
            card = entity_card(app().engine, one)
        except NotFound as error:
            unknown.append(error)
        else:
            cards[card.entity.id] = card
    return cards, unknown


def _unknown(error: NotFound, asked: _Asked) -> str:
    """Which id names nothing, with links that put what is nearest in its place."""
    lang = asked.lang
    items = []
    for near in error.suggestions:
        entity = app().directory.entity(near)
        name = words(said(entity.name, lang)) if entity else escape(near)
        items.append(f"<li>{link(asked.address(near if one == error.wanted else one for one in asked.ids), name)}</li>")
    nearest = f'<p>{escape(say("did_you_mean", lang))}</p><ul class="names">{"".join(items)}</ul>' if items else ""
    text = escape(say("no_entity", lang, id=error.wanted))
    return f'<div class="outcome empty" role="alert"><h2>{text}</h2>{nearest}</div>'


def _too_few(known: _Asked) -> str:
    """How to come to two."""
    if not known.ids:
        return f'<p class="lead">{escape(say("compare_none", known.lang))}</p>{_propose(known, "compare_first")}'
    entity = app().directory.entity(known.ids[0])
    name = entity.name.say(known.lang) if entity else known.ids[0]
    text = escape(say("compare_one", known.lang, name=name))
    href = address("", known.lang, entity=known.ids[0], **{"with": f"compare~{known.ids[0]}"})
    pick = link(href, escape(say("compare_pick", known.lang)) + " →")
    return f'<p class="lead">{text}</p><p class="lead">{pick}</p>{_propose(known, "compare_add")}'


def _propose(known: _Asked, key: str) -> str:
    """More to compare with: those of the same types that most is said of, or where to start."""
    if len(known.ids) >= _MOST:
        return ""
    types = {one.type for one in app().directory.entities(known.ids).values()}
    fitting = [
        one
        for one in shown().overview.entities
        if one.id not in known.ids and (one.entity.type in types if types else one.featured)
    ]
    fitting.sort(key=lambda one: -one.weight)
    chips = (
        chip(chip_of(one.entity, reader(known.lang)), known.lang, known.address([*known.ids, one.id]))
        for one in fitting[:_PROPOSED]
    )
    items = "".join(f"<li>{one}</li>" for one in chips)
    return f'{facts.head(say(key, known.lang))}<ul class="choices">{items}</ul>' if items else ""


def _above(found: Comparison, known: _Asked) -> str:
    """How much differs, and where to go from here."""
    lang, of_all = known.lang, len(found.columns)
    same = sum(row.same for row in found.rows)
    partly = sum(row.filled < of_all for row in found.rows)
    text = say("compare_lead", lang, same=same, differ=len(found.rows) - same - partly, partly=partly)
    switch = link(
        known.address(known.ids, differ=not known.differ),
        escape(say("compare_all_rows" if known.differ else "compare_only", lang)),
        css="act",
    )
    ways = ""
    if of_all == 2:
        ways = link(within(lang, path="~".join(known.ids)), escape(say("compare_ways", lang)), css="act")
    return f'<p class="lead">{escape(text)}</p><div class="doing">{switch}{ways}</div>'


def _shared(found: Comparison, lang: Lang) -> str:
    """What two or more of them are connected with."""
    if not found.shared:
        return ""
    items = "".join(f"<li>{chip(one, lang)}{shared(count, found, lang)}</li>" for one, count in found.shared)
    head = facts.head(say("compare_shared_head", lang), len(found.shared))
    return f'{head}<ul class="choices">{items}</ul>'

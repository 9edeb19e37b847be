"""The legend, which is the filter: every type, status, theme and source with its count, on or off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from html import escape

import streamlit as st

from kg.model.text import Lang
from kg.model.vocabulary import Stage
from kg.query.scene import Filters, Scene
from kg.ui.frame import within
from kg.ui.markup import glyph, link
from kg.ui.showing import PANEL, Showing
from kg.ui.state import app
from kg.ui.words import say

__all__ = ["STAGES", "legend"]

STAGES: tuple[Stage, ...] = ("achieved", "under-way", "planned")

#: The most sources that a picture can be asked to be said by.
_MOST_LEAST = 3

#: One row: what it filters by, the mark before its name, its name.
_Row = tuple[str, str, str]


def legend(showing: Showing, lang: Lang) -> str:
    """The legend of the picture as links, each to the picture with one thing more or less."""
    terms, sources = app().terms, app().directory.sources
    mark = '<span class="{}"></span>'.format
    facets: dict[str, tuple[str, list[_Row]]] = {
        "type": ("types", [(one.id, glyph(one.id), one.name.say(lang)) for one in terms.types.values()]),
        "stage": ("statuses", [(one, mark(f"round {one}"), say(one, lang)) for one in STAGES]),
        "theme": ("themes", [(one.id, mark("isle"), one.name.say(lang)) for one in terms.themes.values()]),
        "source": ("sources", [(one.id, mark("sheet"), one.title.say(lang)) for one in sources.values()]),
    }
    parts = []
    for facet, (title, rows) in facets.items():
        there = showing.sieve.values
        known = {value for one in showing.whole.entities for value in there(one)[facet]}
        parts.append(f"<h2>{escape(say(title, lang))}</h2>")
        parts += _rows(showing, facet, [row for row in rows if row[0] in known], lang)
    parts.append(_by_sources(showing, lang))
    if showing.scene.filters:
        clear = link(_to(showing, Filters(), lang), escape(say("clear_filters", lang)), css="clear")
        parts.insert(0, f"<p>{clear}</p>")
    label = escape(say("legend", lang))
    return f'<section class="legend" aria-label="{label}">{"".join(parts)}</section>'


def _rows(showing: Showing, facet: str, rows: list[_Row], lang: Lang) -> Iterable[str]:
    filters = showing.scene.filters
    counts = showing.sieve.counts(showing.whole.entities, facet)
    for value, mark, name in rows:
        on = (facet, value) not in filters.off
        toggle = _box(
            _to(showing, filters.toggled(facet, value), lang),
            f'{mark}<span class="name">{escape(name)}</span><span class="count">{counts[value]}</span>',
            on,
            f"{facet}.{value}",
        )
        others = {(facet, other) for other, *_ in rows if other != value}
        alone = others <= filters.off and on
        rest = {pair for pair in filters.off if pair[0] != facet}
        only = replace(filters, off=frozenset(rest if alone else rest | others))
        label = say("all_again" if alone else "only_this", lang)
        spoken = say("all_again_of" if alone else "only_this_of", lang, name=name)
        one = link(_to(showing, only, lang), escape(label), css="only", label=spoken) if len(rows) > 1 else ""
        yield f'<div class="row{"" if on else " off"}">{toggle}{one}</div>'


def _by_sources(showing: Showing, lang: Lang) -> str:
    """What the sources must be: official ones only, or several that say the same."""
    filters, sources = showing.scene.filters, app().directory.sources
    official = replace(filters, official=not filters.official)
    inside = f'<span class="tick"></span><span class="name">{escape(say("official_only", lang))}</span>'
    parts = [f'<div class="row">{_box(_to(showing, official, lang), inside, filters.official, "official")}</div>']
    for least in range(2, min(_MOST_LEAST, len(sources)) + 1):
        on = filters.least == least
        wanted = replace(filters, least=1 if on else least)
        inside = f'<span class="tick"></span><span class="name">{escape(say("at_least", lang, count=least))}</span>'
        parts.append(f'<div class="row">{_box(_to(showing, wanted, lang), inside, on, f"least.{least}")}</div>')
    return "".join(parts)


def _to(showing: Showing, filters: Filters, lang: Lang) -> str:
    """The address of the same picture, and the same panel, with other filters."""
    scene: Scene = replace(showing.scene, filters=filters)
    panel = {name: st.query_params[name] for name in PANEL if name in st.query_params}
    return within(lang, scene, **panel)


def _box(href: str, inside: str, on: bool, key: str) -> str:
    """A link that is a box to tick: the space bar follows it too. By its ``key`` it keeps the focus."""
    state = f'role="checkbox" aria-checked="{"true" if on else "false"}" data-stay="{escape(key)}"'
    return f'<a class="box" {state} href="{escape(href)}" target="_self">{inside}</a>'

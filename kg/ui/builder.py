"""Asking by choosing: a sentence of menus, each with what there is and how many things it would leave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

import streamlit as st

from kg.model.text import Lang, Text
from kg.query.builder import Build, Condition, Measured, Related, Show, read_build, write_build
from kg.query.builder_counts import MOST_COUNTED
from kg.query.builder_headings import build_headings
from kg.query.builder_options import Change, Options, options
from kg.query.builder_sparql import to_sparql
from kg.ui import builder_menus as menus
from kg.ui.builder_names import condition_name, end_name, link_name, some, the_naming, type_name
from kg.ui.markup import link
from kg.ui.state import app
from kg.ui.words import say

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

__all__ = ["builder"]

#: How many rows the reader can ask for instead of all.
_FIRST = 10


def builder(lang: Lang) -> tuple[str, dict[str, Text]]:
    """Draw the builder as the address says; the SPARQL that it stands for, with words for its columns.

    The SPARQL is "" where nothing is built yet.
    """
    build, unread = read_build(st.query_params.get("build", ""))
    found = _options(app().engine.data_version, write_build(build))
    parts = [
        *_unread(unread, lang),
        f'<div class="sentence-of">{"".join(_sentence(build, found, lang))}</div>',
        *_below(build, found, lang),
    ]
    st.html(f'<section class="build" aria-label="{escape(say("builder", lang))}">{"".join(parts)}</section>')
    with st.container(key="sieve"):
        _sieve()(key="builder-keys")
    return to_sparql(build, lang, the_naming()), build_headings(build, the_naming())


@st.cache_resource(show_spinner=False, max_entries=256)
def _options(version: str, text: str) -> Options:
    del version  # it is part of what the result is kept under
    return options(app().engine, read_build(text)[0], app().terms)


@cache
def _sieve() -> ComponentRenderer:
    """The component behind long menus: it filters them and walks through them by arrow keys."""
    return st.components.v2.component(
        "kg_builder", js=files("kg.ui").joinpath("builder.js").read_text(encoding="utf-8")
    )


def _unread(unread: tuple[str, ...], lang: Lang) -> Iterator[str]:
    if unread:
        parts = " · ".join(f"<code>{escape(one)}</code>" for one in unread)
        yield f'<p class="note" role="status">{escape(say("builder_unread", lang))}{parts}</p>'


def _sentence(build: Build, found: Options, lang: Lang) -> Iterator[str]:
    """What is looked for, then a line for each condition, then the menu that adds one."""
    kinds = menus.types(found.types, lang)
    name = type_name(build.type, lang)
    changes = say("builder_change", lang, what=name)
    chip = menus.menu(name, kinds, build, lang, stay="kind", label=changes) if kinds else menus.plain_chip(name)
    yield _line(say("builder_find", lang), chip)
    for place, (one, change) in enumerate(zip(build.conditions, found.changes, strict=True)):
        yield _condition(build, place, one, change, lang)
    items = menus.additions(found.additions, lang)
    if items:
        more = say("builder_more" if build.conditions else "builder_add", lang)
        added = menus.menu(more, items, build, lang, stay=f"end-{len(build.conditions)}", css="add")
        yield _line("", added)


def _condition(build: Build, place: int, one: Condition, change: Change, lang: Lang) -> str:
    what = condition_name(one, lang)
    hold = one.link.hold if isinstance(one, Related) else one.hold if isinstance(one, Measured) else "fact"
    css = "planned" if hold == "planned" else ""
    held = menus.holds(change, place, lang)
    label = say("builder_change", lang, what=what)
    parts = [
        menus.menu(what, held, build, lang, stay=f"hold-{place}", css=f"verb {css}", label=label)
        if held
        else menus.plain_chip(what, css)
    ]
    end = end_name(one, lang)
    ends = menus.ends(change, place, lang)
    label = say("builder_change", lang, what=end)
    parts.append(
        menus.menu(end, ends, build, lang, stay=f"end-{place}", label=label)
        if len(ends) > 1
        else menus.plain_chip(end, "end")
    )
    if isinstance(one, Related) and one.type:
        parts += _chain(build, place, one, change, lang)
    whole = f"{what} {end}"
    gone = menus.to(build.without(place), lang)
    remove = link(gone, "×", css="off", label=say("builder_remove", lang, what=whole))
    return _line(say("builder_and" if place else "builder_that", lang), "".join(parts), remove)


def _chain(build: Build, place: int, one: Related, change: Change, lang: Lang) -> Iterator[str]:
    """What is asked of the thing at the end in its turn."""
    steps = menus.steps(change, place, lang)
    if steps:
        name = link_name(one.then, lang) if one.then else say("builder_then", lang)
        css = "then" if one.then is None else "verb planned" if one.then.hold == "planned" else "verb"
        if one.then:
            yield f'<span class="word">{escape(say("builder_which", lang))}</span>'
        yield menus.menu(name, steps, build, lang, stay=f"then-{place}", css=css)
    if one.then:
        far = the_naming().entity(one.then_value, lang) if one.then_value else some("", lang)
        ends = menus.far_ends(change, place, lang)
        label = say("builder_change", lang, what=far)
        yield (
            menus.menu(far, ends, build, lang, stay=f"far-{place}", label=label)
            if len(ends) > 1
            else menus.plain_chip(far, "end")
        )


def _line(word: str, inside: str, remove: str = "") -> str:
    chips = f'<div class="chips">{inside}</div>{remove}'
    return f'<div class="part"><span class="word">{escape(word)}</span>{chips}</div>'


def _below(build: Build, found: Options, lang: Lang) -> Iterator[str]:
    """At the start all types in the open; then how many things there are, and what is shown beside them."""
    if not build:
        items = menus.types([one for one in found.types if one.build.type], lang)
        links = "".join(menus.item_link(one, build, lang, "kind") for one in items)
        yield f'<p class="hint">{escape(say("builder_start", lang))}</p><div class="starters">{links}</div>'
        return
    if not found.things:
        yield f'<p class="matches none" role="status">{escape(say("builder_found_none", lang))}</p>'
        return
    things = menus.number(found.things, more=found.more)
    count = say("builder_found_one" if found.things == 1 else "builder_found", lang, count=things)
    rows = say("builder_rows", lang) if build.show & {"ends", "figures", "words"} else ""
    more = f' <span class="quiet">{escape(rows)}</span>' if rows else ""
    clear = link(menus.to(Build(), lang), escape(say("builder_clear", lang)), css="clear")
    yield f'<p class="matches" role="status"><b>{escape(count)}</b>{more}{clear}</p>'
    if found.partial:
        yield f'<p class="note">{escape(say("builder_looked_at", lang, count=f"{MOST_COUNTED:,}"))}</p>'
    yield _beside(build, found, lang)


def _beside(build: Build, found: Options, lang: Lang) -> str:
    """What stands beside each thing, on or off."""
    has_ends = any(isinstance(one, Related) and not one.value for one in build.conditions)
    offered: dict[Show, bool] = {
        "ends": has_ends,
        "figures": True,
        "words": True,
        "about": True,
        "type": not build.type,
    }
    boxes = [
        _box(build.toggled(show), show in build.show, say(f"builder_show_{show}", lang), f"show-{show}", lang)
        for show, there in offered.items()
        if there or (show in build.show and show != "ends")
    ]
    if build.first or found.things > _FIRST:
        other = replace(build, first=0 if build.first else _FIRST)
        name = say("builder_first", lang, count=build.first or _FIRST)
        boxes.append(_box(other, bool(build.first), name, "first", lang))
    head = escape(say("builder_beside", lang))
    return (
        f'<div class="beside" role="group" aria-label="{head}"><span class="word">{head}</span>{"".join(boxes)}</div>'
    )


def _box(build: Build, on: bool, name: str, stay: str, lang: Lang) -> str:
    return (
        f'<a class="box" role="checkbox" aria-checked="{str(on).lower()}" href="{escape(menus.to(build, lang))}"'
        f' target="_self" data-stay="{stay}"><span class="tick" aria-hidden="true"></span>{escape(name)}</a>'
    )

"""The twin of the picture: the same entities and relations as a table to sort, or as a tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any

import streamlit as st

from kg.model.text import Lang
from kg.query.everyone import names_for
from kg.query.names import Names
from kg.query.overview import PictureEntity, PictureRelation
from kg.ui.frame import within
from kg.ui.markup import badge, chip, link, words
from kg.ui.showing import PANEL, Showing
from kg.ui.state import app, reader
from kg.ui.words import say
from kg.view.cards import Badge
from kg.view.cards import chip as chip_of
from kg.view.terms import say as said

__all__ = ["table", "tree"]

#: The columns: the key of the word, which is the name in the address too.
_COLUMNS = ("name", "other_name", "type", "theme", "status", "statements")


def table(showing: Showing, lang: Lang) -> str:
    """The entities that the picture shows, sorted as the address says: a column, downwards with a minus."""
    order = st.query_params.get("sort", "theme")
    key, down = order.removeprefix("-"), order.startswith("-")
    if key not in _COLUMNS:
        key = "theme"
    rows = sorted(showing.found.entities, key=lambda one: (-one.weight, one.id))
    rows.sort(key=_order(key, lang, rows), reverse=down)
    heads = "".join(_head(column, key, down, lang) for column in _COLUMNS)
    body = "".join(_row(one, lang) for one in rows)
    return (
        f'<div class="table"><table aria-label="{escape(say("list_view", lang))}"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _order(key: str, lang: Lang, rows: Sequence[PictureEntity]) -> Callable[[PictureEntity], Any]:
    terms = app().terms
    known = names_for(app().engine, [one.id for one in rows]) if key.endswith("name") else None
    names = {name: place for place, name in enumerate(terms.themes)}
    types = {name: place for place, name in enumerate(terms.types)}
    states = {name: place for place, name in enumerate(terms.statuses)}
    orders: dict[str, Callable[[PictureEntity], Any]] = {
        "name": lambda one: _spoken(one, lang, known),
        "other_name": lambda one: _spoken(one, "en" if lang == "zh" else "zh", known),
        "type": lambda one: types.get(one.entity.type, len(types)),
        "theme": lambda one: min((names.get(theme, len(names)) for theme in one.themes), default=len(names) + 1),
        "status": lambda one: states.get(one.status, len(states)) if one.status else len(states) + 1,
        "statements": lambda one: one.weight,
    }
    return orders[key]


def _spoken(one: PictureEntity, lang: Lang, known: Names | None) -> str:
    """The name as it is sorted: a Chinese one by its pinyin."""
    if lang == "zh" and known is not None:
        for key in known.keys_of.get(one.id, ()):
            if key.kind == "pinyin":
                return key.folded
    return said(one.entity.name, lang).words.casefold()


def _head(column: str, key: str, down: bool, lang: Lang) -> str:
    sort = f"-{column}" if column == key and not down else column
    state = {True: "descending", False: "ascending"}[down] if column == key else "none"
    mark = {"ascending": " ↑", "descending": " ↓", "none": ""}[state]
    panel = {name: st.query_params[name] for name in PANEL if name in st.query_params}
    href = within(lang, **panel, sort=sort)
    css = " class='number'" if column == "statements" else ""
    name = escape(say(column, lang)) + f'<span aria-hidden="true">{mark}</span>'
    return f'<th scope="col" aria-sort="{state}"{css}>{link(href, name)}</th>'


def _row(one: PictureEntity, lang: Lang) -> str:
    terms = app().terms
    mark = chip_of(one.entity, reader(lang))
    state = ""
    if one.status:
        state = badge(Badge(terms.name("status", one.status, lang), terms.stage(one.status), "", ""))
    other = said(one.entity.name, "en" if lang == "zh" else "zh")
    theme = " · ".join(terms.name("theme", theme, lang) for theme in one.themes)
    cells = (
        chip(mark, lang, within(lang, entity=one.id)),
        words(other) if mark.other_name else "",
        f'<span class="type">{escape(mark.type_name)}</span>',
        escape(theme),
        state,
    )
    current = ' aria-current="true"' if st.query_params.get("entity") == one.id else ""
    return f"<tr{current}>{''.join(f'<td>{cell}</td>' for cell in cells)}<td class='number'>{one.weight}</td></tr>"


def tree(showing: Showing, lang: Lang) -> str:
    """The same by theme: each entity opens to its relations, each of these is a link to its words."""
    terms = app().terms
    lines: dict[str, list[PictureRelation]] = {}
    for line in showing.found.relations:
        lines.setdefault(line.subject, []).append(line)
        lines.setdefault(line.object, []).append(line)
    names = {one.id: one for one in showing.found.entities}
    parts = []
    for theme in (*terms.themes, ""):
        inside = [one for one in names.values() if theme in one.themes or (not theme and not one.themes)]
        if not inside:
            continue
        inside.sort(key=lambda one: (-one.weight, one.id))
        name = terms.name("theme", theme, lang) if theme else say("no_theme", lang)
        items = "".join(_branch(one, lines.get(one.id, ()), names, lang) for one in inside)
        parts.append(
            f'<li><details open><summary>{escape(name)} <span class="count">{len(inside)}</span></summary>'
            f"<ul>{items}</ul></details></li>"
        )
    return f'<ul class="tree" aria-label="{escape(say("tree_view", lang))}">{"".join(parts)}</ul>'


def _branch(one: PictureEntity, lines: Iterable[PictureRelation], names: dict[str, PictureEntity], lang: Lang) -> str:
    mark = chip(chip_of(one.entity, reader(lang)), lang, within(lang, entity=one.id))
    leaves = "".join(_leaf(one, line, names, lang) for line in lines)
    if not leaves:
        return f'<li class="leaf">{mark}</li>'
    label = escape(say("relations_of", lang, name=one.entity.name.say(lang)))
    return f'<li><details><summary aria-label="{label}"></summary><ul>{leaves}</ul></details>{mark}</li>'


def _leaf(one: PictureEntity, line: PictureRelation, names: dict[str, PictureEntity], lang: Lang) -> str:
    outgoing = line.subject == one.id
    other = names[line.object if outgoing else line.subject]
    verb = app().terms.relation(line.relation, planned=line.planned, outgoing=outgoing).say(lang)
    arrow = "→" if outgoing else "←"
    text = f'<span aria-hidden="true">{arrow}</span> {escape(verb)}'
    proof = link(within(lang, entity=one.id, statement=line.statements[0]), text, css="verb")
    return f"<li>{proof} {chip(chip_of(other.entity, reader(lang)), lang, within(lang, entity=other.id))}</li>"

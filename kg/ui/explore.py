"""The page that opens: the graph with its legend, and a panel on what is picked."""

from __future__ import annotations

from collections import Counter
from html import escape

import streamlit as st

from kg.errors import NotFound
from kg.model.text import Lang
from kg.model.vocabulary import Stage
from kg.query.overview import PictureEntity
from kg.ui import facts, panel
from kg.ui.canvas import Pick, canvas
from kg.ui.frame import language, within
from kg.ui.markup import address, badge, chip, glyph, words
from kg.ui.state import MOST_DRAWN, app, picture_data, reader, shown
from kg.ui.words import say
from kg.view.cards import Badge
from kg.view.cards import chip as chip_of
from kg.view.terms import say as said

__all__ = ["page"]

_STAGES: tuple[Stage, ...] = ("achieved", "under-way", "planned")


def page() -> None:
    """Legend, canvas or list, panel."""
    lang = language()
    with st.container(key="stage", horizontal=True, gap=None, wrap=False):
        with st.container(key="legend"):
            _legend(lang)
        with st.container(key="middle"):
            if st.query_params.get("view") == "list":
                with st.container(key="list"):
                    _list(lang)
            else:
                _graph(lang)
        with st.container(key="panel"):
            _panel(lang)


def _graph(lang: Lang) -> None:
    focus = None
    for kind in ("statement", "entity"):
        if picked := st.query_params.get(kind):
            focus = {"kind": kind, "id": picked}
            break
    if focus and focus["kind"] == "statement":
        focus["id"] = _drawn(focus["id"])
    data = picture_data(lang)
    spoken = {key: say(key, lang) for key in ("zoom_in", "zoom_out", "zoom_fit")}
    spoken["graph"] = say("graph_of", lang, count=len(data["nodes"]))
    canvas({**data, "focus": focus, "words": spoken}, _pick)


def _drawn(statement: str) -> str:
    """The statement that stands in the picture for this one: a line may stand for several."""
    for line in shown().overview.relations:
        if statement in line.statements:
            return line.statements[0]
    return statement


def _pick(pick: Pick) -> None:
    """Put what was picked into the address, where the panel reads it."""
    for kind in ("entity", "statement"):
        if kind == pick.kind:
            st.query_params[kind] = pick.id
        elif kind in st.query_params and not (pick.kind == "statement" and kind == "entity"):
            del st.query_params[kind]


def _panel(lang: Lang) -> None:
    entity, statement = st.query_params.get("entity", ""), st.query_params.get("statement", "")
    try:
        if statement:
            st.html(panel.statement(statement, entity, lang))
        elif entity:
            st.html(panel.entity(entity, lang))
        else:
            st.html(_overview(lang))
    except NotFound as error:
        st.html(panel.not_found(error, lang))


def _legend(lang: Lang) -> None:
    entities, terms = shown().overview.entities, app().terms
    types = Counter(one.entity.type for one in entities)
    stages = Counter(terms.stage(one.status) for one in entities)
    themes = Counter(theme for one in entities for theme in one.themes)
    parts = [f"<h2>{say('types', lang)}</h2>"]
    parts += [
        _row(glyph(type_.id), type_.name.say(lang), types[type_.id])
        for type_ in terms.types.values()
        if types[type_.id]
    ]
    parts.append(f"<h2>{say('statuses', lang)}</h2>")
    parts += [_row(f'<span class="round {stage}"></span>', say(stage, lang), stages[stage]) for stage in _STAGES]
    parts.append(f"<h2>{say('themes', lang)}</h2>")
    parts += [
        _row('<span class="isle"></span>', terms.name("theme", theme, lang), themes[theme])
        for theme in terms.themes
        if themes[theme]
    ]
    st.html(_views(lang) + f'<section class="legend" aria-label="{say("legend", lang)}">{"".join(parts)}</section>')


def _row(mark: str, name: str, count: int) -> str:
    return f'<div>{mark}<span>{escape(name)}</span><span class="count">{count}</span></div>'


def _views(lang: Lang) -> str:
    """Graph or list: two links, so that each view has its address."""
    now = st.query_params.get("view", "graph")
    kept = {name: value for name, value in st.query_params.items() if name not in ("lang", "page", "view")}
    parts = []
    for view in ("graph", "list"):
        mark = ' aria-current="true"' if view == now else ""
        href = address("", lang, **kept, view=view)
        parts.append(f'<a href="{escape(href)}" target="_self"{mark}>{say(f"{view}_view", lang)}</a>')
    return f'<nav class="lang views" aria-label="{say("view", lang)}">{"".join(parts)}</nav>'


def _overview(lang: Lang) -> str:
    one, now = app(), shown()
    stats = one.stats
    sources = len(one.knowledge.sources)
    title = "overview_title_one" if sources == 1 else "overview_title"
    counts = (
        ("entities", stats.entities),
        ("relations", sum(stats.relations.values()) + sum(stats.planned.values())),
        ("figures", sum(stats.metrics.values())),
    )
    parts = [f'<div class="kicker">{say("overview", lang)}</div>']
    parts.append(f'<h1 class="title">{escape(say(title, lang, sources=sources, themes=len(stats.themes)))}</h1>')
    parts.append(f'<p class="lead">{escape(say("overview_lead", lang))}</p>')
    numbers = "".join(f"<div><b>{count}</b><span>{say(key, lang)}</span></div>" for key, count in counts)
    parts.append(f'<div class="counts">{numbers}</div>')
    starts = [entity for entity in now.overview.entities if entity.featured][:4]
    chosen = panel.key_figures(lang)
    if chosen:
        parts.append(facts.head(say("key_figures", lang)))
        parts.append(facts.figures(chosen, lang, facts.pointing(lang), subject=True))
    if starts:
        parts.append(facts.head(say("start_here", lang)))
        parts.append('<div class="starts">' + "".join(_start(entity, lang) for entity in starts) + "</div>")
    if now.overview.cut:
        parts.append(f'<p class="note">{escape(say("cut_picture", lang, count=MOST_DRAWN))}</p>')
    return "".join(parts)


def _start(one: PictureEntity, lang: Lang) -> str:
    terms = app().terms
    mark = chip(chip_of(one.entity, reader(lang)), lang, within(lang, entity=one.id))
    extra = escape(terms.name("theme", one.themes[0], lang)) if one.themes else ""
    return f'<div class="line">{mark}<span class="right extra">{extra}</span></div>'


def _list(lang: Lang) -> None:
    """The twin of the picture: the same entities as a table, each with a link."""
    terms = app().terms
    heads = ("name", "other_name", "type", "theme", "status")
    rows = []
    for one in sorted(shown().overview.entities, key=lambda one: (one.themes[:1] or ("~",), -one.weight, one.id)):
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
        rows.append(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}<td class='number'>{one.weight}</td></tr>")
    head = "".join(f"<th scope='col'>{say(key, lang)}</th>" for key in heads)
    head += f"<th scope='col' class='number'>{say('statements', lang)}</th>"
    st.html(f'<div class="table"><table><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>')

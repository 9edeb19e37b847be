"""The panel while nothing is picked: what the picture is, its key figures, where to start."""

from __future__ import annotations

from html import escape

from kg.model.text import Lang
from kg.ui import facts, panel
from kg.ui.frame import within
from kg.ui.markup import address, chip, link
from kg.ui.showing import Showing, kept
from kg.ui.state import app, reader, shown
from kg.ui.tools import starts
from kg.ui.words import say
from kg.view.cards import chip as chip_of

__all__ = ["opening", "pending"]


def opening(showing: Showing, lang: Lang) -> str:
    """The whole graph in a few numbers, and the ways into it."""
    one = app()
    stats, sources = one.stats, len(one.directory.sources)
    title = "overview_title_one" if sources == 1 else "overview_title"
    counts = (
        ("entities", stats.entities),
        ("relations", sum(stats.relations.values()) + sum(stats.planned.values())),
        ("figures", sum(stats.metrics.values())),
    )
    numbers = "".join(f"<div><b>{count}</b><span>{say(key, lang)}</span></div>" for key, count in counts)
    parts = [
        f'<div class="kicker">{say("overview", lang)}</div>',
        f'<h1 class="title">{escape(say(title, lang, sources=sources, themes=len(stats.themes)))}</h1>',
        f'<p class="lead">{escape(say("overview_lead", lang))}</p>',
        f'<div class="counts">{numbers}</div>',
    ]
    if len(showing.whole.entities) < stats.entities and not showing.scene.start:
        everything = link(address("", lang, **kept(), start="all"), escape(say("show_everything", lang)))
        text = escape(say("part_shown", lang, shown=len(showing.whole.entities), all=stats.entities))
        parts.append(f'<p class="note">{text} {everything}</p>')
    if chosen := panel.key_figures(lang):
        parts.append(facts.head(say("key_figures", lang)))
        parts.append(facts.figures(chosen, lang, facts.pointing(lang), subject=True))
    parts.append(facts.head(say("start_here", lang)))
    parts.append(f'<div class="starts">{_starts(lang)}</div>')
    return "".join(parts)


def _starts(lang: Lang) -> str:
    featured = {one.id: one for one in shown().overview.entities if one.featured}
    terms, lines = app().terms, []
    for name, scene, entity in starts(lang):
        panel_of = {"entity": entity} if entity else {}
        href = address("", lang, **{**kept(), **({"start": scene.start} if scene.start else {}), **panel_of})
        if entity:
            one = featured[entity]
            extra = escape(terms.name("theme", one.themes[0], lang)) if one.themes else ""
            mark = chip(chip_of(one.entity, reader(lang)), lang, href)
            lines.append(f'<div class="line">{mark}<span class="right extra">{extra}</span></div>')
        elif scene.start:
            lines.append(f'<div class="line start">{link(href, escape(name))}</div>')
    return "".join(lines)


def pending(act: str, entity: str, lang: Lang) -> str:
    """What is waited for: the other end of a way, or what to compare with."""
    found = app().directory.entity(entity)
    name = found.name.say(lang) if found else entity
    close = link(within(lang, entity=entity), "×", css="x", label=say("cancel", lang))
    kicker = f'<div class="kicker"><span>{escape(say(f"choose_{act}_kicker", lang))}</span>{close}</div>'
    text = escape(say(f"choose_{act}", lang, name=name))
    return f'{kicker}<h1 class="title">{escape(name)}</h1><p class="lead" role="status">{text}</p>'

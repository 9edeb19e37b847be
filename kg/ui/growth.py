"""What can be done with an entity on the picture: more of its neighbours, hide it, keep only it, find a way from it."""

from __future__ import annotations

from collections import defaultdict
from html import escape

from kg.model.text import Lang
from kg.query.neighbours import NeighbourCount, neighbour_counts
from kg.query.scene import Scene
from kg.ui.frame import within
from kg.ui.markup import address, link
from kg.ui.showing import Showing, kept
from kg.ui.state import app
from kg.ui.words import say

__all__ = ["MOST_AT_ONCE", "growth"]

#: How many neighbours come at once; more are another click.
MOST_AT_ONCE = 12


def growth(showing: Showing, entity: str, lang: Lang) -> str:
    """The bar below an entity's panel."""
    if entity not in showing.cast.shown:
        return ""
    counts = neighbour_counts(app().engine, entity)
    there = _on_picture(showing, entity)
    rows = [(one, len(there[one.relation, one.outgoing, one.planned])) for one in counts]
    left = sum(max(0, one.count - on) for one, on in rows)
    near = {other for others in there.values() for other in others}
    scene = showing.scene
    acts = [
        link(within(lang, scene.then("keep", entity, *sorted(near)), entity=entity), say("keep_only", lang), css="act"),
        link(within(lang, scene.then("hide", entity)), say("hide", lang), css="act"),
    ]
    if entity in showing.cast.pinned:
        acts.append(link(within(lang, scene.then("free", entity), entity=entity), say("unpin", lang), css="act"))
    around = address("", lang, **kept(), start=f"around.{entity}", entity=entity)
    acts.append(link(around, say("start_around", lang), css="act"))
    for act, key in (("path", "way_from"), ("compare", "compare_with")):
        acts.append(link(within(lang, **{"with": f"{act}~{entity}"}), say(key, lang), css="act"))
    more = _more(scene, entity, rows, lang)
    head = say("expand", lang) + (f' <span class="count">+{left}</span>' if left else "")
    menu = f'<details class="menu up"><summary class="act main">{head}</summary><nav>{more}</nav></details>'
    label = escape(say("entity_tools", lang))
    return f'<div class="acts" role="toolbar" aria-label="{label}">{menu}{"".join(acts)}</div>'


def _on_picture(showing: Showing, entity: str) -> dict[tuple[str, bool, bool], set[str]]:
    """The neighbours that are on the picture, by relation, direction, and whether it is only planned."""
    found: dict[tuple[str, bool, bool], set[str]] = defaultdict(set)
    for line in showing.whole.relations:
        if line.subject == entity:
            found[line.relation, True, line.planned].add(line.object)
        if line.object == entity:
            found[line.relation, False, line.planned].add(line.subject)
    return found


def _more(scene: Scene, entity: str, rows: list[tuple[NeighbourCount, int]], lang: Lang) -> str:
    """A line for each relation: how many neighbours there are, how many are on the picture, a link to more."""
    terms = app().terms
    lines = []
    if sum(max(0, one.count - on) for one, on in rows):
        most = max(len(rows), sum(on for _, on in rows)) + MOST_AT_ONCE
        everything = scene.then("grow", entity, "any", "both", str(min(999, most)))
        lines.append(link(within(lang, everything, entity=entity), say("expand_all", lang), css="row all"))
    for one, on in rows:
        name = terms.relation(one.relation, planned=one.planned, outgoing=one.outgoing).say(lang)
        arrow = "→" if one.outgoing else "←"
        inside = f'<span aria-hidden="true">{arrow}</span><span>{escape(name)}</span>'
        left = one.count - on
        if left <= 0:
            lines.append(f'<span class="row done">{inside}<span class="count">{one.count}</span></span>')
            continue
        direction = ("out" if one.outgoing else "in") + ("-planned" if one.planned else "")
        most = one.count if left <= MOST_AT_ONCE else on + MOST_AT_ONCE
        step = scene.then("grow", entity, one.relation, direction, str(min(999, most)))
        count = f"+{left}" if left <= MOST_AT_ONCE else say("some_of", lang, count=MOST_AT_ONCE, all=left)
        text = f'{inside}<span class="count">{escape(count)}</span>'
        lines.append(link(within(lang, step, entity=entity), text, css="row"))
    return "".join(lines) or f'<span class="row done">{escape(say("no_neighbours", lang))}</span>'

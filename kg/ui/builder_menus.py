"""The menus of the builder: each choice is a link to the build that it makes, with the count of what would remain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from kg.model.text import Lang
from kg.query.builder import Build, Marked, Measured, Related, write_build
from kg.query.builder_options import Change, Choice
from kg.ui.builder_names import condition_name, end_name, hold_name, link_name, mark_name, some, type_name
from kg.ui.markup import address, glyph
from kg.ui.state import app
from kg.ui.words import say

__all__ = [
    "Item",
    "additions",
    "ends",
    "far_ends",
    "holds",
    "item_link",
    "menu",
    "number",
    "plain_chip",
    "steps",
    "to",
    "types",
]

#: The heads of what can be asked besides, in their order.
_GROUPS = ("relation", "plan", "figure", "status", "theme", "source", "since")

#: A list longer than this can be filtered.
_SHORT = 9


class Item(NamedTuple):
    """One line of a menu: its words, a mark before them (markup), where it leads, and the head that it stands under."""

    name: str
    mark: str
    choice: Choice
    group: str = ""
    planned: bool = False


def to(build: Build, lang: Lang) -> str:
    """The address of the builder with this build."""
    return address("ask", lang, build=write_build(build))


def menu(name: str, items: Sequence[Item], now: Build, lang: Lang, *, stay: str, css: str = "", label: str = "") -> str:
    """A chip that opens a menu; ``now`` marks the choice that stands, ``stay`` names what keeps the focus."""
    spoken = f' aria-label="{escape(label)}"' if label else ""
    filtered = ""
    if len(items) > _SHORT:
        hint = escape(say("builder_filter", lang))
        none = escape(say("builder_nothing", lang))
        filtered = (
            f'<div class="sift"><input type="search" class="filter" placeholder="{hint}" aria-label="{hint}"'
            f' autocomplete="off"></div><p class="none" hidden="hidden" role="status">{none}</p>'
        )
    return (
        f'<details class="menu{" long" if filtered else ""}"><summary class="pill {css}" data-stay="{stay}"{spoken}>'
        f'<span>{escape(name)}</span><i aria-hidden="true"></i></summary>'
        f"<nav>{filtered}{''.join(_grouped(items, now, lang, stay))}</nav></details>"
    )


def plain_chip(name: str, css: str = "") -> str:
    """A part of the sentence that has no other choice."""
    return f'<span class="said {css}">{escape(name)}</span>'


def item_link(item: Item, now: Build, lang: Lang, stay: str) -> str:
    """A choice as a link with its count."""
    mark = ' aria-current="true"' if item.choice.build == now else ""
    css = "pick planned" if item.planned else "pick"
    return (
        f'<a class="{css}" href="{escape(to(item.choice.build, lang))}" target="_self" data-stay="{stay}"{mark}>'
        f'<span class="lead-in" aria-hidden="true">{item.mark}</span><span class="name">{escape(item.name)}</span>'
        f'<span class="count">{number(item.choice.things, more=item.choice.more)}</span></a>'
    )


def number(things: int, *, more: bool) -> str:
    """How many things, or that there are so many at least."""
    return f"{things:,}+" if more else f"{things:,}"


def _grouped(items: Sequence[Item], now: Build, lang: Lang, stay: str) -> Iterator[str]:
    for head, inside in groupby(items, key=lambda one: one.group):
        links = "".join(item_link(one, now, lang, stay) for one in inside)
        if head:
            title = f'<div class="kind" aria-hidden="true">{escape(head)}</div>'
            yield f'<section role="group" aria-label="{escape(head)}">{title}{links}</section>'
        else:
            yield links


def types(found: Iterable[Choice], lang: Lang) -> list[Item]:
    """What can be looked for."""
    return [Item(_type(one.build.type, lang), _glyph(one.build.type), one) for one in found]


def _type(type_id: str, lang: Lang) -> str:
    return app().terms.name("type", type_id, lang) if type_id else type_name("", lang)


def additions(found: Iterable[Choice], lang: Lang) -> list[Item]:
    """What can be asked besides: relations, planned ones apart, figures, and what else is true of a thing."""
    order = [say(f"builder_{group}", lang) for group in _GROUPS]
    return sorted((_addition(one, lang) for one in found), key=lambda one: order.index(one.group))


def _addition(choice: Choice, lang: Lang) -> Item:
    one = choice.build.conditions[-1]
    if isinstance(one, Related):
        planned = one.link.hold == "planned"
        group = say("builder_plan" if planned else "builder_relation", lang)
        return Item(link_name(one.link, lang), _arrow(one), choice, group, planned)
    if isinstance(one, Measured):
        name = condition_name(one, lang) if one.hold != "fact" else app().terms.name("metric", one.metric, lang)
        return Item(name, "#", choice, say("builder_figure", lang), one.hold == "planned")
    return Item(mark_name(one, lang), "", choice, say(f"builder_{one.mark}", lang))


def holds(change: Change, place: int, lang: Lang) -> list[Item]:
    """A fact, a plan, or either: only where there is more than one to choose from."""
    items = []
    for choice in change.holds if len(change.holds) > 1 else ():
        one = choice.build.conditions[place]
        if not isinstance(one, Marked):
            planned = (one.link.hold if isinstance(one, Related) else one.hold) == "planned"
            items.append(Item(hold_name(one, lang), "", choice, planned=planned))
    return items


def ends(change: Change, place: int, lang: Lang) -> list[Item]:
    """What can stand at the end of a condition."""
    items = []
    types = _types(getattr(choice.build.conditions[place], "value", "") for choice in change.values)
    for choice in change.values:
        one = choice.build.conditions[place]
        group, mark = "", ""
        if isinstance(one, Related) and one.value:
            group, mark = say("builder_by_name", lang), _glyph(types.get(one.value, ""))
        elif isinstance(one, Related) and one.type:
            group, mark = say("builder_by_type", lang), _glyph(one.type)
        items.append(Item(end_name(one, lang), mark, choice, group))
    return items


def steps(change: Change, place: int, lang: Lang) -> list[Item]:
    """What can be asked of the thing at the end: a relation of its own, or no more."""
    items = []
    if change.then_values:
        kinds = {getattr(choice.build.conditions[place], "type", "") for choice in change.then_values}
        same = (choice for choice in change.values if getattr(choice.build.conditions[place], "type", "") in kinds)
        items += [Item(say("builder_without", lang), "×", choice) for choice in same]
    for choice in change.then:
        one = choice.build.conditions[place]
        if isinstance(one, Related) and one.then:
            planned = one.then.hold == "planned"
            group = say("builder_plan" if planned else "builder_relation", lang)
            arrow = "→" if one.then.outgoing else "←"
            items.append(Item(link_name(one.then, lang), arrow, choice, group, planned))
    return sorted(items, key=lambda one: one.planned)  # what is planned comes after what holds


def far_ends(change: Change, place: int, lang: Lang) -> list[Item]:
    """What can stand at the far end of that relation."""
    items = []
    types = _types(getattr(choice.build.conditions[place], "then_value", "") for choice in change.then_values)
    for choice in change.then_values:
        one = choice.build.conditions[place]
        if isinstance(one, Related):
            value = one.then_value
            name = end_name(Related(one.link, value), lang) if value else some("", lang)
            items.append(Item(name, _glyph(types.get(value, "")), choice))
    return items


def _types(values: Iterable[str]) -> dict[str, str]:
    """The types of the entities among ``values``; with them their names are at hand, too."""
    found = app().directory.entities(value for value in values if value)
    return {one: ref.type for one, ref in found.items()}


def _arrow(one: Related) -> str:
    return "→" if one.link.outgoing else "←"


def _glyph(type_id: str) -> str:
    return glyph(type_id) if type_id else ""

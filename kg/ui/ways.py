"""The panel on two entities: how they are connected, each way step by step with the words behind it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kg.model.text import Lang
from kg.query.paths import LONGEST
from kg.ui.frame import within
from kg.ui.markup import address, badge, chip, link, words
from kg.ui.showing import avoided, ways_between
from kg.ui.state import app, reader
from kg.ui.words import say
from kg.view.cards import Chip
from kg.view.ways import Sentence, Step, WayView, way_view

__all__ = ["ways"]

#: So many relations of one step are said; of more it is said how many there are.
_MOST_SENTENCES = 3


def ways(start: str, end: str, lang: Lang) -> str:
    """The ways from ``start`` to ``end`` (ids) but for what the address leaves out.

    Raises :class:`NotFound` for an id that the graph does not know.
    """
    avoid = avoided(start, end)
    found = [way_view(way, reader(lang)) for way in ways_between(start, end, avoid)]
    panel = _Panel(start, end, avoid, lang)
    if start == end:
        return panel.head() + _note("way_same", lang)
    if not found:
        return panel.head() + panel.left_out() + panel.no_way()
    items = "".join(panel.way(number, way) for number, way in enumerate(found, 1))
    compare = link(address("compare", lang, ids=f"{start}~{end}"), escape(say("way_compare", lang)) + " →")
    return (
        f'{panel.head()}{panel.left_out()}<ol class="ways">{items}</ol>'
        f'{_note("way_hubs", lang)}<p class="note">{compare}</p>'
    )


class _Panel:
    """What is asked: two ends, what to leave out, in which language."""

    def __init__(self, start: str, end: str, avoid: Sequence[str], lang: Lang) -> None:
        self.start, self.end, self.avoid, self.lang = start, end, avoid, lang

    def head(self) -> str:
        """The question, and a cross that empties the panel."""
        close = link(within(self.lang), "×", css="x", label=say("close", self.lang))
        title = say("way_title", self.lang, start=self._name(self.start), end=self._name(self.end))
        kicker = f'<div class="kicker"><span>{escape(say("way_kicker", self.lang))}</span>{close}</div>'
        return f'{kicker}<h1 class="title">{escape(title)}</h1>'

    def left_out(self) -> str:
        """What no way may pass, each with a link that lets it in again."""
        items = []
        for one in self.avoid:
            href = self._address([other for other in self.avoid if other != one])
            label = say("way_let_in_of", self.lang, name=self._name(one))
            items.append(f"<li>{escape(self._name(one))} {link(href, '×', css='again', label=label)}</li>")
        what = escape(say("way_left_out", self.lang))
        return f'<div class="left-out"><span>{what}</span><ul>{"".join(items)}</ul></div>' if items else ""

    def no_way(self) -> str:
        """That there is none, and what that means."""
        key = "way_none_around" if self.avoid else "way_none"
        again = link(self._address([]), escape(say("way_all_again", self.lang))) if self.avoid else ""
        return f'<p class="lead" role="status">{escape(say(key, self.lang, longest=LONGEST))} {again}</p>' + _note(
            "way_none_means", self.lang
        )

    def way(self, number: int, way: WayView) -> str:
        """One way: its entities, and between them what joins them."""
        count = len(way.steps)
        steps = say("way_steps_one" if count == 1 else "way_steps", self.lang, number=number, count=count)
        planned = f"<span>{escape(say('way_planned', self.lang))}</span>" if way.planned else ""
        stops = "".join(self._stop(step, inner=place > 0) for place, step in enumerate(way.steps))
        last = f'<li class="stop">{self._chip(way.steps[-1].end)}</li>'
        return f'<li><h2 class="head"><span>{escape(steps)}</span>{planned}</h2><ol class="way">{stops}{last}</ol></li>'

    def _stop(self, step: Step, *, inner: bool) -> str:
        around = ""
        if inner:
            href = self._address([*self.avoid, step.start.id])
            label = say("way_leave_out_of", self.lang, name=step.start.name.words)
            around = (
                f'<span class="right">{link(href, escape(say("way_leave_out", self.lang)), "around", label)}</span>'
            )
        return f'<li class="stop"><div class="line">{self._chip(step.start)}{around}</div>{self._hop(step)}</li>'

    def _hop(self, step: Step) -> str:
        parts = [self._sentence(one) for one in step.sentences[:_MOST_SENTENCES]]
        if more := len(step.sentences) - len(parts):
            parts.append(f'<p class="more">{escape(say("way_more", self.lang, count=more))}</p>')
        if step.weakest:
            mark = f'<span class="mark">{escape(say("way_weakest", self.lang))}</span>'
            parts.append(f'<p class="weakest">{mark} {escape(say(f"way_weakest_{step.weakest}", self.lang))}</p>')
        return f'<div class="{"hop planned" if step.planned else "hop"}">{"".join(parts)}</div>'

    def _sentence(self, one: Sentence) -> str:
        relation, gap = one.statement.relation, " " if self.lang == "en" else ""
        extra = ""
        if relation and relation.role:
            before, after = ("（", "）") if self.lang == "zh" else (" (", ")")
            extra += f"{before}{words(relation.role)}{after}"
        if relation and relation.since:
            extra += f" · {escape(say('since', self.lang, date=relation.since))}"
        if relation and relation.badge:
            extra += f" {badge(relation.badge)}"
        text = f"{words(one.subject)}{gap}<b>{escape(one.verb)}</b>{gap}{words(one.object)}"
        label = say("show_words", self.lang, what=one.text)
        proof = link(self._address(self.avoid, statement=one.statement.id), "”", css="quote", label=label)
        return f'<div class="item"><p class="sentence">{text}{extra}</p>{proof}</div>'

    def _chip(self, one: Chip) -> str:
        return chip(one, self.lang, within(self.lang, entity=one.id))

    def _address(self, avoid: Sequence[str], **parameters: str) -> str:
        left_out = {"avoid": "~".join(avoid)} if avoid else {}
        return within(self.lang, path=f"{self.start}~{self.end}", **left_out, **parameters)

    def _name(self, entity: str) -> str:
        found = app().directory.entity(entity)
        return found.label.say(self.lang) if found else entity


def _note(key: str, lang: Lang) -> str:
    return f'<p class="note">{escape(say(key, lang))}</p>'

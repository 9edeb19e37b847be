"""What is known of an entity as HTML: headline, figures, relations, each with a way to its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from kg.model.text import Lang
from kg.query.rows import EvidenceRow
from kg.ui.frame import within
from kg.ui.markup import amount, badge, chip, evidence, glyph, link, words
from kg.ui.words import say
from kg.view.cards import Badge, Chip, EntityView, FigureView, RelationGroup, RelationLine

__all__ = ["Proof", "figures", "head", "headline", "opening", "pointing", "relations", "status"]

#: How the words behind a statement are reached: markup from what is stated, its digits, its evidence and its note.
Proof = Callable[[str, str, EvidenceRow, str | None], str]


def pointing(lang: Lang) -> Proof:
    """A quotation mark that leads to the statement in the panel."""

    def proof(what: str, statement: str, _: EvidenceRow, __: str | None) -> str:
        label = say("show_words", lang, what=what)
        return link(within(lang, statement=statement), "”", css="quote", label=label)

    return proof


def opening(lang: Lang) -> Proof:
    """A quotation mark that opens the words below."""

    def proof(what: str, statement: str, row: EvidenceRow, note: str | None) -> str:
        label = escape(say("show_words", lang, what=what))
        mark = (
            f'<summary aria-label="{label}" title="{label}"><span class="quote" aria-hidden="true">”</span></summary>'
        )
        return f'<details id="s-{statement}">{mark}<div class="proof">{evidence(row, note, lang)}</div></details>'

    return proof


def head(text: str, count: int | None = None) -> str:
    """A quiet section head, with the count at its right."""
    number = f"<span>{count}</span>" if count is not None else ""
    return f'<h2 class="head"><span>{escape(text)}</span>{number}</h2>'


def headline(view: EntityView, lang: Lang, close: str = "") -> str:
    """Type and themes, both names, status with its date, one sentence."""
    one = view.chip
    kicker = " · ".join(escape(part) for part in (one.type_name, *view.themes))
    parts = [f'<div class="kicker">{glyph(one.type, one.stage)}<span>{kicker}</span>{close}</div>']
    parts.append(words(one.name, "h1", "title"))
    if one.other_name:
        parts.append(words(one.other_name, "div", "other"))
    if view.badge:
        parts.append(status(view.badge, lang))
    if view.description:
        parts.append(words(view.description, "p", "lead"))
    return "".join(parts)


def status(one: Badge, lang: Lang) -> str:
    """A status with the dates that it holds as of and since."""
    dates = [say("as_of", lang, date=one.as_of)] if one.as_of else []
    if one.since:
        dates.append(say("since", lang, date=one.since))
    return f'<div class="state">{badge(one)}<span>{escape(" · ".join(dates))}</span></div>'


def figures(found: Iterable[FigureView], lang: Lang, proof: Proof, subject: bool = False) -> str:
    """Figures as cards; with ``subject`` each says of whom."""
    return f'<div class="figures">{"".join(_figure(one, lang, proof, subject) for one in found)}</div>'


def _figure(one: FigureView, lang: Lang, proof: Proof, subject: bool) -> str:
    of = f'<div class="of">{words(one.subject.name)}</div>' if subject else ""
    aim = say("target" if one.aim == "target" else "reached", lang)
    css = "asof target" if one.aim == "target" else "asof"
    return (
        f'<div class="figure"><div class="metric">{escape(one.metric)}</div>{of}{amount(one.amount)}'
        f'<div class="{css}">{escape(aim)} · {escape(one.as_of)}</div>'
        f"{proof(f'{one.metric} {one.amount.text}', one.statement, one.evidence, one.note)}</div>"
    )


def relations(
    groups: Iterable[RelationGroup], lang: Lang, proof: Proof, href: Callable[[Chip], str] | None = None
) -> str:
    """Relations under their headings, with an arrow for the direction."""
    parts = []
    for group in groups:
        arrow = "→" if group.outgoing else "←"
        parts.append(f'<h3 class="relation"><span aria-hidden="true">{arrow}</span> {escape(group.heading)}</h3>')
        parts.extend(_line(line, group.heading, lang, proof, href) for line in group.lines)
    return "".join(parts)


def _line(line: RelationLine, heading: str, lang: Lang, proof: Proof, href: Callable[[Chip], str] | None) -> str:
    extra = [words(line.role)] if line.role else []
    extra += [f'<span class="short">{escape(say("since", lang, date=line.since))}</span>'] if line.since else []
    said = f'<span class="extra">{" · ".join(extra)}</span>' if extra else ""
    mark = badge(line.badge) if line.badge else ""
    name = chip(line.other, lang, href(line.other) if href else "")
    what = f"{heading} {line.other.name.words}"
    return (
        f'<div class="item"><div class="line">{name}{said}<span class="right">{mark}</span></div>'
        f"{proof(what, line.statement, line.evidence, line.note)}</div>"
    )

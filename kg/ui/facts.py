"""What is known of an entity as HTML: headline, figures, relations, gaps, each line with a way to its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from kg.model.text import Lang
from kg.query.rows import EvidenceRow
from kg.ui.frame import within
from kg.ui.markup import amount, badge, chip, evidence, glyph, link, words
from kg.ui.words import say
from kg.view.cards import Badge, Chip, EntityView, FigureView, RelationGroup, RelationLine
from kg.view.gaps import Gap
from kg.view.trend import Series, mask_of, series_of

__all__ = [
    "Proof",
    "figures",
    "head",
    "headline",
    "more_there",
    "opening",
    "pointing",
    "relations",
    "status",
    "unknown",
]

#: A group of relations shows so many lines; the rest of a longer one is folded away.
_MOST_LINES = 8

#: How the words behind a statement are reached: markup from what is stated, its digits, its evidence and its note.
Proof = Callable[[str, str, EvidenceRow, str | None], str]


def pointing(lang: Lang) -> Proof:
    """A quotation mark that leads to the statement in the panel."""

    def proof(what: str, statement: str, _: EvidenceRow, __: str | None) -> str:
        label = say("show_words", lang, what=what)
        return link(within(lang, statement=statement), "”", css="quote", label=label)

    return proof


def opening(lang: Lang, behind: Callable[[EvidenceRow, str | None, Lang], str] = evidence) -> Proof:
    """A quotation mark that opens the words below, as ``behind`` shows them."""

    def proof(what: str, statement: str, row: EvidenceRow, note: str | None) -> str:
        label = escape(say("show_words", lang, what=what))
        mark = (
            f'<summary aria-label="{label}" title="{label}"><span class="quote" aria-hidden="true">”</span></summary>'
        )
        return f'<details id="s-{statement}">{mark}<div class="proof">{behind(row, note, lang)}</div></details>'

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
    """Figures as cards, those of one metric together; with ``subject`` each says of whom."""
    cards = "".join(_series(one, lang, proof, subject) for one in series_of(found))
    return f'<div class="figures">{cards}</div>'


def _series(series: Series, lang: Lang, proof: Proof, subject: bool) -> str:
    """A card for each figure; of figures of several dates one card, with a line through them and the rest below."""
    first, *rest = series.figures
    if not series.several:
        return "".join(_figure(one, series, lang, proof, subject) for one in series.figures)
    line = _spark(series, lang)
    earlier = "".join(_earlier(one, series, lang, proof) for one in rest)
    return _figure(first, series, lang, proof, subject, f'{line}<ul class="lines">{earlier}</ul>')


def _figure(one: FigureView, series: Series, lang: Lang, proof: Proof, subject: bool, more: str = "") -> str:
    of = f'<div class="of">{words(one.subject.name)}</div>' if subject else ""
    css = "figure series" if more else "figure"
    return (
        f'<div class="{css}"><div class="metric">{escape(one.metric)}</div>{of}{amount(one.amount)}'
        f"{_as_of(one, series, lang)}{_proved(one, proof)}{more}</div>"
    )


def _earlier(one: FigureView, series: Series, lang: Lang, proof: Proof) -> str:
    value = f'<span class="value">{escape(one.amount.text)}</span>'
    return f'<li class="item"><div class="line">{value}{_as_of(one, series, lang)}</div>{_proved(one, proof)}</li>'


def _proved(one: FigureView, proof: Proof) -> str:
    return proof(f"{one.metric} {one.amount.text}", one.statement, one.evidence, one.note)


def _as_of(one: FigureView, series: Series, lang: Lang) -> str:
    aim = say("target" if one.aim == "target" else "reached", lang)
    css = "asof target" if one.aim == "target" else "asof"
    differs = (
        f' <span class="differs">{escape(say("differs", lang))}</span>' if one.statement in series.differing else ""
    )
    return f'<div class="{css}">{escape(aim)} · {escape(one.as_of)}{differs}</div>'


def _spark(series: Series, lang: Lang) -> str:
    """The line through the figures, which for those who do not see it is said in words."""
    oldest_first = sorted(series.figures, key=lambda one: one.row.as_of.last)
    points = ("；" if lang == "zh" else "; ").join(f"{one.as_of} {one.amount.text}" for one in oldest_first)
    label = escape(say("over_time", lang, metric=oldest_first[0].metric, points=points))
    mask = escape(mask_of(series))
    picture = f'<div role="img" aria-label="{label}" title="{label}" style="--line: url(&quot;{mask}&quot;)"></div>'
    return (
        f'<div class="spark">{picture}<div class="ends" aria-hidden="true"><span>{escape(oldest_first[0].as_of)}</span>'
        f"<span>{escape(oldest_first[-1].as_of)}</span></div></div>"
    )


def relations(
    groups: Iterable[RelationGroup], lang: Lang, proof: Proof, href: Callable[[Chip], str] | None = None
) -> str:
    """Relations under their headings, with an arrow for the direction; the tail of a long group is folded away."""
    return "".join(_group(group, lang, proof, href) for group in groups)


def _group(group: RelationGroup, lang: Lang, proof: Proof, href: Callable[[Chip], str] | None) -> str:
    arrow = "→" if group.outgoing else "←"
    label = escape(say("group", lang, heading=group.heading, count=group.count))
    lines = [_line(line, group.heading, lang, proof, href) for line in group.lines]
    # A fold for a single line would take the room of the line.
    shown = lines if len(lines) <= _MOST_LINES + 1 else lines[:_MOST_LINES]
    rest = ""
    if more := lines[len(shown) :]:
        name = escape(say("more_lines", lang, count=len(more)))
        rest = f'<details class="fold rest"><summary>{name}</summary><ul class="lines">{"".join(more)}</ul></details>'
    return (
        f'<section aria-label="{label}"><h3 class="relation"><span aria-hidden="true">{arrow}</span>'
        f' {escape(group.heading)}</h3><ul class="lines">{"".join(shown)}</ul>{rest}{more_there(group.more, lang)}'
        "</section>"
    )


def more_there(count: int, lang: Lang) -> str:
    """How many more there are than are listed above; nothing for none."""
    return f'<p class="note">{escape(say("more_there", lang, count=f"{count:,}"))}</p>' if count else ""


def _line(line: RelationLine, heading: str, lang: Lang, proof: Proof, href: Callable[[Chip], str] | None) -> str:
    extra = [words(line.role)] if line.role else []
    extra += [f'<span class="short">{escape(say("since", lang, date=line.since))}</span>'] if line.since else []
    said = f'<span class="extra">{" · ".join(extra)}</span>' if extra else ""
    mark = badge(line.badge) if line.badge else ""
    name = chip(line.other, lang, href(line.other) if href else "")
    what = f"{heading} {line.other.name.words}"
    return (
        f'<li class="item"><div class="line">{name}{said}<span class="right">{mark}</span></div>'
        f"{proof(what, line.statement, line.evidence, line.note)}</li>"
    )


def unknown(found: Iterable[Gap], lang: Lang) -> str:
    """What is not known, a sentence for each gap; nothing where there is none."""
    items = "".join(f"<li>{escape(_gap(one, lang))}</li>" for one in found)
    return f'{head(say("unknown", lang))}<ul class="names unknown">{items}</ul>' if items else ""


def _gap(one: Gap, lang: Lang) -> str:
    *most, last = one.verbs or ("",)
    comma = "、" if lang == "zh" else ", "
    verbs = say("either", lang, most=comma.join(most), last=last) if most else last
    return say(f"gap_{one.kind}", lang, verbs=verbs, date=one.date)

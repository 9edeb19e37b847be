"""The table of a comparison as HTML: a column for each entity, a row for each thing that is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from kg.model.text import Lang
from kg.query.rows import EvidenceRow, SourceRef
from kg.ui import facts
from kg.ui.markup import address, amount, badge, chip, evidence, glyph, link, words
from kg.ui.words import say
from kg.view.cards import Badge, Chip, FigureView, RelationLine
from kg.view.compare import Comparison, Item, Row, Since
from kg.view.terms import say as said

__all__ = ["shared", "table"]

#: A cell shows so many lines; the rest is folded away.
_MOST_LINES = 6

_NAMES = {"since": "compare_since", "description": "compare_description"}


def table(found: Comparison, differ: bool, without: Callable[[str], str], lang: Lang) -> str:
    """All rows, or with ``differ`` only those that differ; ``without`` is the address without one of the entities."""
    rows = [row for row in found.rows if not (differ and row.same)]
    if not rows:
        return f'<p class="note" role="status">{escape(say("compare_no_difference", lang))}</p>'
    body, section = [], ""
    for row in rows:
        if row.kind in ("figure", "relation") and row.kind != section:
            name = escape(say(f"{row.kind}s", lang).capitalize())
            span = len(found.columns) + 1
            body.append(f'<tr class="section"><th scope="colgroup" colspan="{span}"><span>{name}</span></th></tr>')
        section = row.kind
        body.append(_row(row, found, lang))
    label = escape(say("compare_table", lang))
    return (
        f'<div class="table compare" role="region" aria-label="{label}" tabindex="0"><table><thead><tr>'
        f"<td></td>{''.join(_column(one, without, lang) for one in found.columns)}</tr></thead>"
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )


def _column(one: Chip, without: Callable[[str], str], lang: Lang) -> str:
    other = words(one.other_name, "div", "other") if one.other_name else ""
    label = say("compare_remove_of", lang, name=one.name.words)
    remove = link(without(one.id), escape(say("compare_remove", lang)), css="remove", label=label)
    return f'<th scope="col">{chip(one, lang)}{other}{remove}</th>'


def _row(row: Row, found: Comparison, lang: Lang) -> str:
    arrow = f'<span aria-hidden="true">{"→" if row.outgoing else "←"}</span> ' if row.kind == "relation" else ""
    name = row.label or say(_NAMES.get(row.kind, row.kind), lang)
    cells = "".join(
        f"<td>{_cell(cell, row, name, column, found, lang)}</td>"
        for cell, column in zip(row.cells, found.columns, strict=True)
    )
    return f'<tr><th scope="row">{arrow}{escape(name)}{_verdict(row, lang)}</th>{cells}</tr>'


def _verdict(row: Row, lang: Lang) -> str:
    """Whether the row differs: where something is said of all it does so in a louder voice."""
    if row.same:
        return f'<span class="alike">{escape(say("compare_same", lang))}</span>'
    if row.filled < len(row.cells):
        text = say("compare_partly", lang, count=row.filled, all=len(row.cells))
        return f'<span class="alike">{escape(text)}</span>'
    return f'<span class="unlike">{escape(say("compare_differs", lang))}</span>'


def _cell(cell: Sequence[Item], row: Row, name: str, column: Chip, found: Comparison, lang: Lang) -> str:
    if not cell:
        return f'<span class="nothing" title="{escape(say("compare_nothing", lang))}">—</span>'
    what = f"{column.name.words} {name}"
    items = [f'<div class="item">{_item(item, row, what, column, found, lang)}</div>' for item in cell]
    if len(items) <= _MOST_LINES + 1:
        return "".join(items)
    more = escape(say("compare_more", lang, count=len(items) - _MOST_LINES))
    rest = "".join(items[_MOST_LINES:])
    return f'{"".join(items[:_MOST_LINES])}<details class="fold"><summary>{more}</summary>{rest}</details>'


def _item(item: Item, row: Row, what: str, column: Chip, found: Comparison, lang: Lang) -> str:
    one = item.content
    mark = shared(item.shared, found, lang) if row.kind == "relation" or not row.same else ""
    if isinstance(one, Badge):
        return facts.status(Badge(one.name, one.stage, one.as_of, ""), lang) + _behind_badge(one, what, lang)
    if isinstance(one, Since):
        return f"<div>{escape(one.date)}</div>" + _behind_badge(one.badge, what, lang)
    if isinstance(one, FigureView):
        aim = say("target" if one.aim == "target" else "reached", lang)
        css = "asof target" if one.aim == "target" else "asof"
        as_of = f'<div class="{css}">{escape(aim)} · {escape(one.as_of)}</div>'
        return amount(one.amount) + as_of + _behind(f"{what} {one.amount.text}", one.evidence, one.note, lang)
    if isinstance(one, RelationLine):
        return _line(one, mark, lang) + _behind(f"{what} {one.other.name.words}", one.evidence, one.note, lang)
    if isinstance(one, SourceRef):
        title = link(address("sources", lang, id=one.id), words(said(one.title, lang)))
        return f'{title}<div class="quiet">{words(said(one.publisher, lang))} · {one.date}{mark}</div>'
    shape = f"{glyph(column.type, column.stage)} " if row.kind == "type" else ""
    return f"{shape}{words(one)}{mark}"


def _line(one: RelationLine, mark: str, lang: Lang) -> str:
    extra = [words(one.role)] if one.role else []
    extra += [escape(say("since", lang, date=one.since))] if one.since else []
    told = f' <span class="extra">{" · ".join(extra)}</span>' if extra else ""
    status = f" {badge(one.badge)}" if one.badge else ""
    return f'<div class="line wrap">{chip(one.other, lang)}{told}{status}{mark}</div>'


def shared(count: int, found: Comparison, lang: Lang) -> str:
    """A mark on what several columns have: by how many of more than two."""
    if count < 2:
        return ""
    all_of_them = count == len(found.columns)
    text = say("compare_shared", lang) if all_of_them else say("compare_shared_by", lang, count=count)
    return f' <span class="mark">{escape(text)}</span>'


def _behind_badge(one: Badge, what: str, lang: Lang) -> str:
    return _behind(f"{what} {one.name}", one.row.evidence, one.row.note, lang) if one.row else ""


def _behind(what: str, row: EvidenceRow, note: str | None, lang: Lang) -> str:
    """A quotation mark that opens the words below; without an id, for a statement can stand in two columns."""
    label = escape(say("show_words", lang, what=what))
    mark = f'<summary aria-label="{label}" title="{label}"><span class="quote" aria-hidden="true">”</span></summary>'
    return f'<details>{mark}<div class="proof">{evidence(row, note, lang)}</div></details>'

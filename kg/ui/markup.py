"""Small pieces of HTML with everything from the data escaped: glyphs, names, badges, links, evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import quote

from kg.model.text import Lang
from kg.model.vocabulary import Stage
from kg.query.rows import EvidenceRow
from kg.ui.words import say
from kg.view.cards import Amount, Badge, Chip
from kg.view.cite import Style
from kg.view.marking import Marked, Part
from kg.view.notes import say_note
from kg.view.terms import Said
from kg.view.terms import say as said

__all__ = [
    "address",
    "amount",
    "badge",
    "chip",
    "citations",
    "evidence",
    "evidence_line",
    "facts_list",
    "glyph",
    "link",
    "outside",
    "remark",
    "words",
]

_LANGUAGES = {"zh": "zh-Hans", "en": "en"}


def words(text: Said, tag: str = "span", css: str = "") -> str:
    """Words in an element that names their language."""
    return f'<{tag}{_css(css)} lang="{_LANGUAGES[text.lang]}">{escape(text.words)}</{tag}>'


def address(page: str, lang: Lang, **parameters: str) -> str:
    """The relative address of a page ("" is the one that opens) with its parameters; the language goes with every link.

    Pages are told apart by a parameter, not by a path: on a path Streamlit looks for its server below it first, and the
    browser's console would show two errors at every start.
    """
    parts = {"page": page, **parameters, "lang": lang} if page else {**parameters, "lang": lang}
    return "./?" + "&".join(f"{name}={quote(value, safe='')}" for name, value in parts.items())


def link(href: str, inside: str, css: str = "", label: str = "") -> str:
    """A link within the app; ``inside`` is markup, ``label`` what a screen reader says in its place."""
    spoken = f' aria-label="{escape(label)}" title="{escape(label)}"' if label else ""
    return f'<a{_css(css)} href="{escape(href)}" target="_self"{spoken}>{inside}</a>'


def outside(url: str, text: str, css: str = "") -> str:
    """A link to another site, which opens beside the app."""
    return f'<a{_css(css)} href="{escape(url)}" target="_blank" rel="noopener noreferrer">{escape(text)}</a>'


def glyph(type_id: str, stage: Stage = "achieved") -> str:
    """The shape of a type in the colour of the type, drawn by the style sheet; said by the words beside it."""
    return f'<span class="glyph t-{escape(type_id)} s-{stage}" aria-hidden="true"></span>'


def chip(one: Chip, lang: Lang, href: str = "") -> str:
    """An entity's shape and name, as a link to its page or to ``href``."""
    name = words(one.name, css="name")
    return link(href or address("entity", lang, id=one.id), glyph(one.type, one.stage) + name, css="chip")


def badge(one: Badge) -> str:
    """A status on its ground."""
    return f'<span class="badge b-{one.stage}">{escape(one.name)}</span>'


def amount(one: Amount) -> str:
    """A value set large, its qualifier and unit small beside it."""
    before = f'<span class="small">{escape(one.before)}</span> ' if one.before else ""
    unit = f'<span class="small">{escape(one.unit)}</span>'
    return f'<span class="amount">{before}<b>{escape(one.digits)}</b> {unit}</span>'


def remark(note: str, lang: Lang) -> str:
    """What a curator noted, in the reader's language."""
    said_note = say_note(note, lang)
    return f'<p class="remark"><b>{escape(say("note", lang))}</b> {words(said_note)}</p>'


def evidence(row: EvidenceRow, note: str | None, lang: Lang, around: str = "", cited: str = "") -> str:
    """The source's own words, what a curator noted on them, and who said them, where and when.

    ``around`` and ``cited`` are markup: the paragraph that the words stand in, and how they are cited.
    """
    source = row.source
    facts = {}
    if row.speaker:
        name = words(said(row.speaker.name, lang))
        facts["speaker"] = link(address("entity", lang, id=row.speaker.id), name)
    facts["source"] = link(address("sources", lang, id=source.id), words(said(source.title, lang)))
    official = say("official" if source.official else "not_official", lang)
    mark = f' <span class="mark {"official" if source.official else ""}">{escape(official)}</span>'
    facts["publisher"] = words(said(source.publisher, lang)) + mark
    facts["date"] = escape(str(source.date))
    if row.position is not None:
        facts["position"] = escape(say("character", lang, position=row.position + 1))
    return (
        f'<blockquote class="phrase" lang="{escape(source.language)}">{_marked(row)}</blockquote>'
        + around
        + (remark(note, lang) if note else "")
        + facts_list(facts, lang)
        + f"<p>{outside(source.url, say('open_source', lang), css='out')}</p>"
        + cited
    )


def evidence_line(row: EvidenceRow, note: str | None, lang: Lang, cited: str = "") -> str:
    """The same in little room: the words, and on one line below them who said them, where and when."""
    source = row.source
    parts = (
        [link(address("entity", lang, id=row.speaker.id), words(said(row.speaker.name, lang)))] if row.speaker else []
    )
    parts.append(link(address("sources", lang, id=source.id), words(said(source.title, lang))))
    parts.append(escape(str(source.date)))
    if row.position is not None:
        parts.append(escape(say("character", lang, position=row.position + 1)))
    return (
        f'<p class="words" lang="{escape(source.language)}">{_marked(row)}</p>'
        + (remark(note, lang) if note else "")
        + f'<div class="quiet where">{" · ".join(parts)}</div>{cited}'
    )


def _marked(row: EvidenceRow) -> str:
    """The phrase with what it says marked; a name within another name is marked more strongly."""
    parts = row.parts if isinstance(row, Marked) else (Part(row.phrase, 0),)
    tags = ("", "<mark>", '<mark class="inner">')
    return "".join(
        f"{tags[part.depth]}{escape(part.words)}{'</mark>' if part.depth else ''}" for part in parts if part.words
    )


def citations(written: Mapping[Style, str], lang: Lang) -> str:
    """Each style's citation with a button that copies it, folded away."""
    items = []
    for style, text in written.items():
        name = say(f"style_{style}", lang)
        # A line end is written as a reference: markup on one line is shown as it is.
        safe = escape(text).replace("\n", "&#10;")
        label = escape(say("copy_citation", lang, style=name))
        scrolls = ' tabindex="0"' if style == "bibtex" else ""  # its lines are kept, and may be longer than the panel
        items.append(
            f'<div class="citation"><div class="how"><span>{escape(name)}</span><button type="button" class="copy"'
            f' data-copy="{safe}" aria-label="{label}">{escape(say("copy", lang))}</button></div>'
            f'<p class="{style}"{scrolls}>{safe}</p></div>'
        )
    return f'<details class="fold cite"><summary>{escape(say("cite", lang))}</summary>{"".join(items)}</details>'


def facts_list(facts: Mapping[str, str], lang: Lang) -> str:
    """Pairs of a screen word's key and markup, as a list."""
    pairs: Iterable[str] = (f"<dt>{escape(say(key, lang))}</dt><dd>{value}</dd>" for key, value in facts.items())
    return f'<dl class="facts">{"".join(pairs)}</dl>'


def _css(names: str) -> str:
    return f' class="{names}"' if names else ""

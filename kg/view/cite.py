"""A source, or a statement with the source's own words, as a citation: GB/T 7714-2015, APA 7 or BibTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from kg.model.dates import PartialDate
from kg.model.source import Source
from kg.model.text import Lang, Text
from kg.query.rows import SourceRecord, SourceRef
from kg.view.terms import say

__all__ = ["STYLES", "Style", "Work", "cite", "work_of"]

Style = Literal["gbt7714", "apa", "bibtex"]
STYLES: tuple[Style, ...] = get_args(Style)

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

#: What TeX does not take as it stands. Braces become words, for BibTeX counts even those behind a backslash.
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: "\\" + sign for sign in "$&#_%"},
}

_STOPS = tuple(".。!！?？")
_INNER = str.maketrans("“”‘’", "‘’“”")


@dataclass(frozen=True, slots=True)
class Work:
    """What a citation is made of; what is not known of the source is None.

    ``language`` is the source's own. ``date`` is the day that it appeared, ``accessed`` the day that it was read.
    """

    id: str
    language: Lang
    title: Text
    url: str
    publisher: Text | None = None
    date: PartialDate | None = None
    accessed: PartialDate | None = None


def work_of(source: SourceRef | Source, accessed: PartialDate | None = None) -> Work:
    """A source as what is cited; ``accessed`` goes before the day that its record has."""
    dated = source if isinstance(source, Source | SourceRecord) else None
    published = dated.published if dated else None
    recorded = dated.accessed if dated else None
    unknown = source.publisher == Text(en="?")  # what a store without a publisher answers
    return Work(
        id=source.id,
        language="zh" if source.language == "zh" else "en",
        title=source.title,
        url=source.url,
        publisher=None if unknown else source.publisher,
        date=published or source.date,
        accessed=accessed or recorded,
    )


def cite(work: Work, style: Style, lang: Lang, *, phrase: str = "", key: str = "") -> str:
    """The work in a style; with ``phrase``, a statement of it, whose words are quoted after it.

    ``lang`` is the language of the text that cites. GB/T 7714 writes of a source in the source's own language whatever
    that of the text is; in an English text APA and BibTeX say in brackets what a Chinese title means. ``key`` is that
    of the BibTeX entry, the source's id where it is not given.
    """
    quoted = _quoted(phrase, lang) if phrase else ""
    if style == "bibtex":
        return _bibtex(work, lang, quoted, key or work.id)
    written = _gbt7714(work) if style == "gbt7714" else _apa(work, lang)
    # An address in APA has no stop behind it: brackets keep the words apart from it.
    behind = f"[{quoted}]" if style == "apa" else quoted
    return f"{written} {behind}" if quoted else written


def _gbt7714(work: Work) -> str:
    """Publisher. Title[EB/OL]. (date)[accessed]. Address. A source without a publisher begins with its title."""
    parts = [_stopped(say(work.publisher, work.language).words)] if work.publisher else []
    parts.append(f"{say(work.title, work.language).words}[EB/OL].")
    days = (f"({work.date})" if work.date else "") + (f"[{work.accessed}]" if work.accessed else "")
    parts += [f"{days}."] if days else []
    return " ".join([*parts, f"{work.url}."])


def _apa(work: Work, lang: Lang) -> str:
    """Publisher. (Date). Title. Address. Without a publisher the title stands first."""
    title = _stopped(_title(work, lang))
    when = f"({_apa_date(work.date, lang)})."
    parts = [_stopped(say(work.publisher, lang).words), when, title] if work.publisher else [title, when]
    if work.accessed and lang == "zh":
        parts.append(f"{work.accessed} 取自")
    elif work.accessed:
        parts.append(f"Retrieved {_english_date(work.accessed)}, from")
    return " ".join([*parts, work.url])


def _bibtex(work: Work, lang: Lang, quoted: str, key: str) -> str:
    """An entry that BibTeX and biblatex read; names in a second pair of braces are kept as they are."""
    fields = {"author": f"{{{_tex(say(work.publisher, lang).words)}}}"} if work.publisher else {}
    fields["title"] = f"{{{_tex(_title(work, lang))}}}"
    fields |= _tex_date(work.date)
    fields["url"] = _tex_address(work.url)
    if work.accessed:
        fields["urldate"] = str(work.accessed)
    if quoted:
        fields["note"] = _tex(quoted)
    lines = [f"  {name:<7} = {words if name == 'month' else f'{{{words}}}'}" for name, words in fields.items()]
    return f"@misc{{{key},\n" + ",\n".join(lines) + "\n}"


def _tex_date(date: PartialDate | None) -> dict[str, str]:
    if date is None:
        return {"year": "n.d."}
    year, month, day = _parts(date)
    known = {"year": year, "month": month[:3].lower(), "day": day}
    return {name: words for name, words in known.items() if words}


def _tex(words: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in words)


def _tex_address(url: str) -> str:
    """An address stands as it is, but for what would end the field that it is in."""
    return re.sub(r"[{}\\]", lambda sign: f"%{ord(sign.group()):02X}", url)


def _title(work: Work, lang: Lang) -> str:
    title = say(work.title, work.language)
    meaning = work.title.en if lang == "en" and title.lang == "zh" else None
    return f"{title.words} [{meaning}]" if meaning else title.words


def _quoted(phrase: str, lang: Lang) -> str:
    """The words in quotation marks; those within them change from double to single and back."""
    return ("原文：" if lang == "zh" else "Original words: ") + f"“{phrase.translate(_INNER)}”"


def _stopped(words: str) -> str:
    return words if words.endswith(_STOPS) else words + "."


def _parts(date: PartialDate) -> tuple[str, str, str]:
    """The year, the name of the month and the day, as far as they are known."""
    first = date.first
    month = "" if date.precision == "year" else _MONTHS[first.month - 1]
    return f"{first.year:04}", month, str(first.day) if date.precision == "day" else ""


def _apa_date(date: PartialDate | None, lang: Lang) -> str:
    if date is None:
        return "无日期" if lang == "zh" else "n.d."
    if lang == "zh":
        return str(date)
    year, month, day = _parts(date)
    return f"{year}, {month} {day}".rstrip(" ,")


def _english_date(date: PartialDate) -> str:
    year, month, day = _parts(date)
    return f"{month} {day}, {year}" if day else f"{month} {year}".strip()

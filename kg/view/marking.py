"""What a phrase says of its statement, marked in it: the number with its qualifier and unit, or the names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from kg.model.quantity import Quantity, quantities
from kg.model.text import Lang
from kg.query.rows import EntityRef, EvidenceRow, FigureRow, RelationRow, StatusRow
from kg.view.terms import Terms

__all__ = ["Marked", "Part", "figure_parts", "mark", "name_parts"]

Span = tuple[int, int]

# What stands between a word such as "over" and its number: over RMB 5 billion, about a hundred.
_MONEY = re.compile(r"(?:RMB ?|CNY ?|US\$ ?|[$¥€￥] ?|an? )$", re.IGNORECASE)
_PER_CENT = re.compile(r" ?(?:%|％|‰|per ?cent|percentage points?)", re.IGNORECASE)
_BEHIND = re.compile(r"[ -]?(?:plus\b|or more\b|or so\b|odd\b|\+)", re.IGNORECASE)

#: Chinese sets a qualifier behind the measure word too: 10天以内. So far behind the number it still belongs to it.
_REACH = 4

#: What Chinese counts by where the phrase has another word than the vocabulary's unit: 10日, 3倍.
_MEASURE = re.compile(r"个?百分点|个月|小时|分钟|[个家项条次名人位天日年月周件份户台套辆座类种倍批处所元]")


class Part(NamedTuple):
    """A run of a phrase; ``depth`` counts how much of what is stated it names: 0 nothing, 2 one name within another."""

    words: str
    depth: int


@dataclass(frozen=True, slots=True)
class Marked(EvidenceRow):
    """Evidence with its phrase marked, in ``parts``; ``statement`` has the digits of what it is evidence of."""

    statement: str = ""
    parts: tuple[Part, ...] = ()


def mark(
    row: RelationRow | FigureRow | StatusRow, subject: EntityRef, terms: Terms, names: Mapping[str, tuple[str, ...]]
) -> Marked:
    """The evidence of ``row``, what its phrase says of it marked; ``names`` are all that each entity has, by id."""
    one = row.evidence
    if isinstance(row, FigureRow):
        parts = figure_parts(row, terms)
    else:
        ends = (subject, row.other) if isinstance(row, RelationRow) else (subject,)
        parts = name_parts(one.phrase, ends, names)
    return Marked(one.phrase, one.source, one.speaker, one.position, row.statement, parts)


def figure_parts(row: FigureRow, terms: Terms) -> tuple[Part, ...]:
    """The phrase with the figure's number in it marked, its qualifier and its unit with it as they stand there."""
    phrase = row.evidence.phrase
    lang: Lang = "zh" if row.evidence.source.language == "zh" else "en"
    saying = [one for one in quantities(phrase, lang) if abs(one.value) == abs(row.value)]
    qualifier = terms.qualifiers.get(row.qualifier)
    known = [words for _, words in qualifier.words.items()] if qualifier else []
    saying.sort(key=lambda one: one.qualifier not in (known or [""]))
    if not saying:
        return _parts(phrase, [])
    unit = terms.units.get(row.unit)
    counted = (unit.name.zh if lang == "zh" else unit.name.en) if unit else None
    return _parts(phrase, [_reach(phrase, saying[0], counted or "", lang)])


def name_parts(phrase: str, entities: Iterable[EntityRef], names: Mapping[str, tuple[str, ...]]) -> tuple[Part, ...]:
    """The phrase with what it calls each of the entities marked, by the longest name that stands there."""
    return _parts(phrase, [span for one in entities for span in _called(phrase, one, names.get(one.id, ()))])


def _reach(phrase: str, one: Quantity, unit: str, lang: Lang) -> Span:
    """From the qualifier before the number, or the number, to the unit behind it, or a qualifier behind that."""
    start, end = one.start, one.end
    money = _MONEY.search(phrase[:start]) if lang == "en" else None
    bare = money.start() if money else start
    ahead = phrase[:bare].rstrip(" ")
    if one.qualifier and ahead.lower().endswith(one.qualifier):
        start = len(ahead) - len(one.qualifier)
    elif money and money.group()[0] not in "aA":
        start = bare
    if lang == "zh":
        return start, _chinese_end(phrase, end, one.qualifier, unit)
    end += _length(_PER_CENT.match(phrase, end))
    end += _length(_BEHIND.match(phrase, end)) if one.qualifier else 0
    words = f" {unit}".lower()
    return start, end + len(words) if unit.isalpha() and phrase[end:].lower().startswith(words) else end


def _chinese_end(phrase: str, end: int, qualifier: str, unit: str) -> int:
    if qualifier and phrase.startswith(qualifier, end):
        end += len(qualifier)
    shared = next((size for size in range(len(unit), 0, -1) if phrase.startswith(unit[:size], end)), 0)
    end += shared or _length(_PER_CENT.match(phrase, end)) or _length(_MEASURE.match(phrase, end))
    behind = phrase.find(qualifier, end, end + _REACH + len(qualifier)) if qualifier else -1
    return behind + len(qualifier) if behind >= 0 else end


def _length(found: re.Match[str] | None) -> int:
    return len(found.group()) if found else 0


def _called(phrase: str, entity: EntityRef, others: Iterable[str]) -> Iterator[Span]:
    """Each place where the phrase has one of the entity's names, but not within a longer one of its names."""
    own = [words for text in (entity.name, entity.short) if text for _, words in text.items()]
    taken: list[Span] = []
    for name in sorted({*own, *others}, key=lambda name: (-len(name), name)):
        whole = rf"(?<![^\W_]){re.escape(name)}(?![^\W_])" if name.isascii() else re.escape(name)
        for found in re.finditer(whole, phrase, re.IGNORECASE | (re.ASCII if name.isascii() else 0)):
            start, end = found.span()
            if not any(first < end and start < last for first, last in taken):
                taken.append((start, end))
    return iter(taken)


def _parts(phrase: str, spans: list[Span]) -> tuple[Part, ...]:
    depths = [sum(start <= place < end for start, end in spans) for place in range(len(phrase))]
    edges = [0, *(place for place in range(1, len(phrase)) if depths[place] != depths[place - 1]), len(phrase)]
    return tuple(Part(phrase[start:end], min(depths[start], 2)) for start, end in pairwise(edges) if start < end)

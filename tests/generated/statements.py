"""Invented statements, each with a phrase that says it in the language of its source."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from kg.graph.names import decimal_text
from kg.graph.relation_names import relation_name
from kg.model.dates import PartialDate
from kg.model.glossary import Glossary
from kg.model.reading import reading_text
from kg.model.statement import PHRASE_LIMIT, Aim, Figure, Relation, Status
from kg.model.text import Lang, Text
from kg.model.vocabulary import Metric, RelationType
from tests.generated.sources import Document

__all__ = ["StatementMaker"]

#: The words of a qualifier in a phrase, in each language; 〇 is the number with its unit.
_QUALIFIED = {
    "exact": ("〇", "〇"),
    "about": ("约〇", "about 〇"),
    "over": ("超〇", "more than 〇"),
    "nearly": ("近〇", "nearly 〇"),
    "within": ("〇以内", "up to 〇"),
    "at-least": ("〇以上", "at least 〇"),
}
_ROLES = (
    Text(zh="主任", en="Director"),
    Text(zh="副主任", en="Deputy Director"),
    Text(zh="牵头单位", en="Leading body"),
    Text(zh="首批参与", en="Among the first to take part"),
)
_NOTE = "见上文。 See the passage before."


class StatementMaker:
    """Makes statements from documents; ``speakers`` are those who speak in them, the most talkative first."""

    def __init__(self, chance: random.Random, glossary: Glossary, speakers: Sequence[str]) -> None:
        self._chance = chance
        self._glossary = glossary
        self._speakers = speakers
        self._statuses = tuple(glossary.statuses.values())
        self._verbs = {
            (relation.id, planned): relation_name(relation, planned)
            for relation in glossary.relations.values()
            for planned in (False, True)
        }

    def relation(
        self, document: Document, relation: RelationType, subject: str, thing: str, names: Sequence[Text]
    ) -> Relation:
        """The subject stands in the relation to ``thing``; ``names`` are theirs."""
        chance = self._chance.random
        status = self._relation_status(relation)
        planned = status is not None and self._glossary.statuses[status].stage == "planned"
        lang = document.lang
        parts = names[0].say(lang), self._verbs[relation.id, planned].say(lang), names[1].say(lang)
        since = self._day_before(document) if chance() < 0.05 else None
        return Relation.model_construct(
            subject=subject,
            relation=relation.id,
            object=thing,
            status=status,
            role=self._chance.choice(_ROLES) if chance() < 0.05 else None,
            since=since,
            **self._words(document, ("" if lang == "zh" else " ").join(parts)),
        )

    def status(self, document: Document, subject: str, name: Text) -> Status:
        """The subject has a status as of the document's date."""
        status = self._chance.choice(self._statuses)
        return Status.model_construct(
            subject=subject,
            status=status.id,
            as_of=document.date,
            since=self._day_before(document) if self._chance.random() < 0.1 else None,
            **self._words(document, _joined(document.lang, name, status.name)),
        )

    def figures(self, document: Document, subject: str, metric: Metric) -> Iterator[Figure]:
        """A figure of the subject, or one for each of some years with a goal behind them."""
        chance = self._chance.random
        value = self._value(metric)
        if chance() < 0.5:
            yield self._figure(document, subject, metric, value, document.date, "achieved")
            return
        year = document.date.first.year
        for back in range(self._chance.randrange(2, 5), 0, -1):
            yield self._figure(document, subject, metric, value, PartialDate(str(year - back)), "achieved")
            value += self._value(metric) // 4
        if chance() < 0.5:
            yield self._figure(document, subject, metric, value, PartialDate(str(year + 3)), "target")

    def _figure(
        self, document: Document, subject: str, metric: Metric, value: int, as_of: PartialDate, aim: Aim
    ) -> Figure:
        qualifier = "exact" if self._chance.random() < 0.4 else self._chance.choice(tuple(_QUALIFIED))
        lang = document.lang
        unit = self._glossary.units[metric.unit].name.say(lang)
        space = "" if lang == "zh" or unit == "%" else " "
        said = _QUALIFIED[qualifier][lang == "en"].replace("〇", f"{_number(value, lang)}{space}{unit}")
        head = f"{metric.name.zh}：" if lang == "zh" else ""
        return Figure.model_construct(
            subject=subject,
            figure=metric.id,
            value=Decimal(value),
            qualifier=qualifier,
            as_of=as_of,
            aim=aim,
            **self._words(document, head + said),
        )

    def _value(self, metric: Metric) -> int:
        if metric.unit == "percent":
            return self._chance.randrange(8, 40)
        digits = self._chance.randrange(11, 1000)
        return digits if metric.unit == "day" else digits * 10 ** self._chance.randrange(8)

    def _relation_status(self, relation: RelationType) -> str | None:
        drawn = self._chance.random()
        if drawn < 0.35 and relation.planned and (relation.planned_inverse or relation.symmetric):
            return "drafted" if drawn < 0.03 else "announced"
        return "under-way" if drawn > 0.9 else None

    def _day_before(self, document: Document) -> PartialDate:
        """A day, month or year of the year before."""
        year = document.date.first.year - 1
        month, day = self._chance.randrange(1, 13), self._chance.randrange(1, 29)
        return PartialDate(f"{year}-{month:02}-{day:02}"[: self._chance.choice((4, 7, 10))])

    def _words(self, document: Document, phrase: str) -> dict[str, Any]:
        """What all statements share."""
        phrase = phrase[:PHRASE_LIMIT].rstrip()
        length = len(reading_text(phrase, document.lang))
        return {
            "phrase": phrase,
            "position": document.place(length, self._chance.randrange(30)),
            "speaker": self._speaker(),
            "note": _NOTE if self._chance.random() < 0.1 else None,
        }

    def _speaker(self) -> str | None:
        """The first half of the list speaks most of the time."""
        drawn = self._chance.random()
        return None if drawn < 0.1 else self._speakers[int((drawn - 0.1) / 0.9 * drawn * len(self._speakers))]


def _joined(lang: Lang, *texts: Text) -> str:
    return ("" if lang == "zh" else " ").join(text.say(lang) for text in texts)


def _number(value: int, lang: Lang) -> str:
    """The number as a source writes it: 1.2亿, 3.5万, 1200; 1.2 billion, 35,000."""
    for size, zh, en in ((10**9, "", " billion"), (10**8, "亿", ""), (10**6, "", " million"), (10**4, "万", "")):
        word = zh if lang == "zh" else en
        if word and value >= size and value * 1000 % size == 0:
            return decimal_text(Decimal(value) / size) + word
    return str(value) if lang == "zh" else f"{value:,}"

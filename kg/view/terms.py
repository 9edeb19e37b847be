"""What the vocabulary's terms are called and how they look; a term that it does not have is called by its id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kg.model.glossary import Glossary
from kg.model.text import Lang, Text
from kg.model.vocabulary import Stage, Term

__all__ = ["Said", "Terms", "say"]


class Said(NamedTuple):
    """Words with the language that they are in, which is not always the reader's."""

    words: str
    lang: Lang


def say(text: Text, lang: Lang) -> Said:
    """The text in ``lang``, or in the other language where it has none."""
    own = text.zh if lang == "zh" else text.en
    return Said(text.say(lang), lang if own is not None else ("en" if lang == "zh" else "zh"))


@dataclass(frozen=True)
class Terms(Glossary):
    """The vocabulary for those who show it: what a term that it does not have is called is its id."""

    def name(self, family: str, term_id: str, lang: Lang) -> str:
        """What a term of the family (type, metric, qualifier, status, unit, theme, kind) is called."""
        families: Mapping[str, Mapping[str, Term]] = {
            "type": self.types,
            "metric": self.metrics,
            "qualifier": self.qualifiers,
            "status": self.statuses,
            "unit": self.units,
            "theme": self.themes,
            "kind": self.source_kinds,
        }
        term = families[family].get(term_id)
        return term.name.say(lang) if term else term_id

    def stage(self, status: str | None) -> Stage:
        """The stage of a status; without one a thing is there, so *achieved*."""
        return self.statuses[status].stage if status is not None and status in self.statuses else "achieved"

    def relation(self, relation_id: str, *, planned: bool = False, outgoing: bool = True) -> Text:
        """What a relation is called, read from the entity at hand."""
        relation = self.relations.get(relation_id)
        if relation is None:
            return Text(en=relation_id)
        if outgoing or relation.symmetric:
            return relation.planned or relation.name if planned else relation.name
        return relation.planned_inverse or relation.inverse if planned else relation.inverse

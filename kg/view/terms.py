"""What the vocabulary's terms are called and how they look; a term that it does not have is called by its id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from kg.model.text import Lang, Text
from kg.model.vocabulary import EntityType, Metric, Qualifier, RelationType, Stage, StatusType, Term, Vocabulary

__all__ = ["Said", "Terms", "say"]

T = TypeVar("T", bound=Term)


class Said(NamedTuple):
    """Words with the language that they are in, which is not always the reader's."""

    words: str
    lang: Lang


def say(text: Text, lang: Lang) -> Said:
    """The text in ``lang``, or in the other language where it has none."""
    own = text.zh if lang == "zh" else text.en
    return Said(text.say(lang), lang if own is not None else ("en" if lang == "zh" else "zh"))


def _by_id(terms: Iterable[T]) -> dict[str, T]:
    return {term.id: term for term in terms}


@dataclass(frozen=True)
class Terms:
    """The vocabulary by id."""

    vocabulary: Vocabulary

    @cached_property
    def types(self) -> Mapping[str, EntityType]:
        return _by_id(self.vocabulary.types)

    @cached_property
    def relations(self) -> Mapping[str, RelationType]:
        return _by_id(self.vocabulary.relations)

    @cached_property
    def metrics(self) -> Mapping[str, Metric]:
        return _by_id(self.vocabulary.metrics)

    @cached_property
    def qualifiers(self) -> Mapping[str, Qualifier]:
        return _by_id(self.vocabulary.qualifiers)

    @cached_property
    def statuses(self) -> Mapping[str, StatusType]:
        return _by_id(self.vocabulary.statuses)

    @cached_property
    def others(self) -> Mapping[str, Mapping[str, Term]]:
        """Units, themes and kinds of source, which have a name and nothing else to look up."""
        words = self.vocabulary
        return {"unit": _by_id(words.units), "theme": _by_id(words.themes), "kind": _by_id(words.source_kinds)}

    def name(self, family: str, term_id: str, lang: Lang) -> str:
        """What a term of the family (type, metric, qualifier, status, unit, theme, kind) is called."""
        families: Mapping[str, Mapping[str, Term]] = {
            "type": self.types,
            "metric": self.metrics,
            "qualifier": self.qualifiers,
            "status": self.statuses,
            **self.others,
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

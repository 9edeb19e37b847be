"""What a relation is called, so that a plan never reads as a fact."""

from __future__ import annotations

from kg.graph.wording import wording
from kg.model.text import LANGS, Text
from kg.model.vocabulary import RelationType

__all__ = ["relation_name"]


def relation_name(relation: RelationType, planned: bool = False) -> Text:
    """The relation's name from subject to object ("leads"), or that of its planned form ("is to lead").

    Where the vocabulary has no planned name in a language, the name is marked as planned ("leads (planned)").
    """
    if not planned:
        return relation.name
    template = wording().planned_label
    said = {}
    for lang in LANGS:
        plain, given = getattr(relation.name, lang), getattr(relation.planned, lang, None)
        said[lang] = given or (template.say(lang).format(plain) if plain else None)
    return Text(**said)

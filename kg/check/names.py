"""Rules for names."""

from __future__ import annotations

from collections.abc import Iterator

from kg.check.tools import problem
from kg.errors import Problem
from kg.load.files import Loaded
from kg.model.entity import Entity
from kg.model.text import Lang

__all__ = ["entities_have_names_of_their_own", "names_are_said_once", "short_names_are_shorter"]


def entities_have_names_of_their_own(loaded: Loaded) -> Iterator[Problem]:
    """No two entities of one type have the same name; one that was replaced may keep its own."""
    first: dict[tuple[str, Lang, str], str] = {}
    for entity in loaded.knowledge.entities.values():
        if entity.replaced_by is not None:
            continue
        kind = loaded.knowledge.type_of[entity.id]
        for lang, words in entity.name.items():
            other = first.setdefault((kind, lang, words.casefold()), entity.id)
            if other != entity.id:
                place = loaded.origin.entity(entity.id, "name", lang)
                cure = "Make the two one entity, or give one the name that tells it apart"
                yield problem(place, entity.id, f"the name “{words}” is that of “{other}” too", cure)


def names_are_said_once(loaded: Loaded) -> Iterator[Problem]:
    """An alias or a former name is another name than those that the entity already has."""
    for entity in loaded.knowledge.entities.values():
        seen = {(lang, words) for lang, words in entity.name.items()}
        for key, lang, index, words in _further_names(entity):
            if (lang, words) in seen:
                place = loaded.origin.entity(entity.id, key, lang, index)
                yield problem(place, entity.id, f"“{words}” already is a name of this entity", "Remove it here")
            seen.add((lang, words))


def _further_names(entity: Entity) -> Iterator[tuple[str, Lang, int, str]]:
    for key, names in (("aliases", entity.aliases), ("former", entity.former)):
        langs: tuple[Lang, ...] = ("zh", "en")
        for lang in langs:
            for index, words in enumerate(getattr(names, lang)):
                yield key, lang, index, words


def short_names_are_shorter(loaded: Loaded) -> Iterator[Problem]:
    """A short name saves room."""
    for entity in loaded.knowledge.entities.values():
        full = dict(entity.name.items())
        for lang, words in entity.short.items() if entity.short else ():
            if lang in full and len(words) >= len(full[lang]):
                place = loaded.origin.entity(entity.id, "short", lang)
                message = f"the short name “{words}” is not shorter than the name “{full[lang]}”"
                yield problem(place, entity.id, message, "Shorten it, or remove it")

"""Rules that hold the vocabulary against itself."""

from __future__ import annotations

from collections.abc import Iterator

from kg.check.tools import problem
from kg.errors import Problem
from kg.load.files import Loaded
from kg.model.text import Text
from kg.model.vocabulary import Vocabulary

__all__ = [
    "RESERVED_RELATIONS",
    "RESERVED_TYPES",
    "colours_differ",
    "ids_are_free",
    "labels_differ",
    "shapes_differ",
    "symmetric_relations_read_alike",
]

#: A type becomes a class of the ontology (bde:Agency); these classes are there already, for the graph's own records.
RESERVED_TYPES = frozenset({"entity", "statement", "relation", "figure", "status", "source"})

#: A relation becomes a property of the ontology (bde:leads); these properties are there already, for the graph's own
#: records. A relation "speaker" and the speaker of a statement would be one and the same in every query.
RESERVED_RELATIONS = frozenset(
    {
        *("accessed", "aim", "as-of", "characters", "featured", "former-name", "inverse-label", "metric", "nature"),
        *(
            "official",
            "phrase",
            "planned-form-of",
            "publisher-name",
            "qualifier",
            "role",
            "short-name",
            "sign",
            "since",
        ),
        *("source-kind", "speaker", "stage", "status", "subject", "theme", "ucum", "unit", "value"),
    }
)


def ids_are_free(loaded: Loaded) -> Iterator[Problem]:
    """No type or relation has an id that the ontology uses for its own records."""
    for listing, reserved in (("types", RESERVED_TYPES), ("relations", RESERVED_RELATIONS)):
        for term in getattr(loaded.knowledge.vocabulary, listing):
            if term.id in reserved:
                place = loaded.origin.term(listing, term.id, "id")
                yield problem(place, term.id, "the ontology uses this id for its own records", "Choose another id")


def labels_differ(loaded: Loaded) -> Iterator[Problem]:
    """No two terms of a list have the same words: a reader could not tell them apart."""
    for listing in Vocabulary.model_fields:
        for key in ("name", "inverse", "planned", "planned_inverse"):
            first: dict[tuple[str, str], str] = {}
            for term in getattr(loaded.knowledge.vocabulary, listing):
                text: Text | None = getattr(term, key, None)
                for lang, words in text.items() if text else ():
                    other = first.setdefault((lang, words.casefold()), term.id)
                    if other != term.id:
                        place = loaded.origin.term(listing, term.id, key, lang)
                        message = f"the words “{words}” of {key} are those of “{other}” too"
                        yield problem(place, term.id, message, "Choose other words, or make the two one term")


def colours_differ(loaded: Loaded) -> Iterator[Problem]:
    """Each type has a colour of its own, on light and on dark ground."""
    for ground in ("light", "dark"):
        first: dict[str, str] = {}
        for kind in loaded.knowledge.types.values():
            colour = getattr(kind.colour, ground)
            other = first.setdefault(colour, kind.id)
            if other != kind.id:
                place = loaded.origin.term("types", kind.id, "colour", ground)
                yield problem(place, kind.id, f"the colour {colour} is that of “{other}” too", "Choose another colour")


def shapes_differ(loaded: Loaded) -> Iterator[Problem]:
    """Each type has a shape of its own, for readers who do not see the colours."""
    first: dict[str, str] = {}
    for kind in loaded.knowledge.types.values():
        other = first.setdefault(kind.shape, kind.id)
        if other != kind.id:
            place = loaded.origin.term("types", kind.id, "shape")
            yield problem(place, kind.id, f"the shape “{kind.shape}” is that of “{other}” too", "Choose another shape")


def symmetric_relations_read_alike(loaded: Loaded) -> Iterator[Problem]:
    """A symmetric relation has the same words and the same types at both ends."""
    for relation in loaded.knowledge.relations.values():
        if not relation.symmetric:
            continue
        for key, one, other in (
            ("inverse", relation.inverse, relation.name),
            ("range", sorted(relation.range), sorted(relation.domain)),
        ):
            if one != other:
                place = loaded.origin.term("relations", relation.id, key)
                against = "name" if key == "inverse" else "domain"
                message = f"the relation is symmetric, and its {key} is not its {against}"
                yield problem(place, relation.id, message, f"Make {key} and {against} the same, or remove symmetric")

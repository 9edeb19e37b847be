"""Refuses a vocabulary that no ontology can be made from."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import DataError, Problem
from kg.graph.names import ONTOLOGY, PREFIXES, class_iri, property_iri
from kg.graph.wording import wording
from kg.model.vocabulary import EntityType, RelationType, Vocabulary

__all__ = ["refuse_clashes"]


def refuse_clashes(vocabulary: Vocabulary) -> None:
    """Raise :class:`DataError` where a type or relation takes a name of ours, or matches an unknown prefix."""
    problems = [*_taken(vocabulary), *_unknown(vocabulary)]
    if problems:
        raise DataError(problems)


def _terms(vocabulary: Vocabulary) -> Iterator[EntityType | RelationType]:
    yield from vocabulary.types
    yield from vocabulary.relations


def _file(term: EntityType | RelationType) -> str:
    return f"vocabulary/{'types' if isinstance(term, EntityType) else 'relations'}.yaml"


def _taken(vocabulary: Vocabulary) -> Iterator[Problem]:
    words = wording()
    taken = {ONTOLOGY + own.name for own in (*words.classes, *words.properties)}
    for term in _terms(vocabulary):
        iri = class_iri(term.id) if isinstance(term, EntityType) else property_iri(term.id)
        if iri in taken:
            what = f"the ontology needs the name “{iri.removeprefix(ONTOLOGY)}” for itself"
            yield Problem(_file(term), 0, term.id, what, "Choose another id")


def _unknown(vocabulary: Vocabulary) -> Iterator[Problem]:
    for term in _terms(vocabulary):
        for match in term.matches:
            prefix = match.partition(":")[0]
            if prefix not in PREFIXES:
                known = ", ".join(sorted(PREFIXES))
                yield Problem(_file(term), 0, term.id, f"“{match}” has an unknown prefix", f"Use one of: {known}")

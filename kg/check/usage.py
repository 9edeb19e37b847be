"""Rules against records that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

from kg.check.tools import problem, said
from kg.errors import Problem
from kg.load.files import Loaded
from kg.model.statement import Figure, Relation

__all__ = ["entities_are_used", "featured_entities_have_statements", "terms_are_used"]


def entities_are_used(loaded: Loaded) -> Iterator[Problem]:
    """Every entity is named in a statement; one that was replaced stays for old links."""
    named = _named(loaded, with_speakers=True)
    for entity in loaded.knowledge.entities.values():
        if entity.id not in named and entity.replaced_by is None and not entity.featured:
            place = loaded.origin.entity(entity.id, "id")
            cure = "Add a statement of it to a source, remove it, or say by replaced_by which entity it is"
            yield problem(place, entity.id, "no statement names this entity", cure)


def featured_entities_have_statements(loaded: Loaded) -> Iterator[Problem]:
    """A starting point for readers leads somewhere: it is the subject or object of a statement."""
    named = _named(loaded, with_speakers=False)
    for entity in loaded.knowledge.entities.values():
        if entity.featured and entity.id not in named:
            place = loaded.origin.entity(entity.id, "featured")
            cure = "Add a statement of it to a source, or remove featured"
            yield problem(place, entity.id, "the entity is featured, and no statement is about it", cure)


def terms_are_used(loaded: Loaded) -> Iterator[Problem]:
    """Every type, relation, metric, unit and theme is used.

    Statuses, qualifiers and kinds of source need not be: they are short scales that are whole only with all their
    steps, and the next source will want the step that this one lacks.
    """
    knowledge = loaded.knowledge
    statements = [one.statement for one in said(loaded)]
    used = {
        "types": set(knowledge.type_of.values()),
        "relations": {statement.relation for statement in statements if isinstance(statement, Relation)},
        "metrics": {statement.figure for statement in statements if isinstance(statement, Figure)},
        "units": {metric.unit for metric in knowledge.metrics.values()},
        "themes": {theme for entity in knowledge.entities.values() for theme in entity.themes},
    }
    for listing, ids in used.items():
        for term in getattr(knowledge.vocabulary, listing):
            if term.id not in ids:
                place = loaded.origin.term(listing, term.id, "id")
                message = f"nothing uses this {_one_of(listing)}"
                yield problem(place, term.id, message, "Remove it, or use it")


def _one_of(listing: str) -> str:
    return listing.removesuffix("s")


def _named(loaded: Loaded, with_speakers: bool) -> set[str]:
    """The entities that statements are about, and perhaps those that make them."""
    named: set[str] = set()
    for one in said(loaded):
        named.add(one.statement.subject)
        if isinstance(one.statement, Relation):
            named.add(one.statement.object)
        if with_speakers and one.statement.speaker is not None:
            named.add(one.statement.speaker)
    return named

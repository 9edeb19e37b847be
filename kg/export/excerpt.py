"""A part of the knowledge as knowledge of its own: what a picture shows, for the same exports as the whole."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from kg.graph.names import statement_hex
from kg.model.knowledge import Knowledge
from kg.model.source import Source
from kg.model.statement import Relation, Statement

__all__ = ["excerpt"]


def excerpt(
    knowledge: Knowledge,
    entities: Collection[str],
    relations: Collection[str],
    sources: Collection[str] | None = None,
    speakers: bool = True,
) -> Knowledge:
    """These ``entities`` (ids), these ``relations`` (statements' digits) between them, and their figures and statuses.

    ``sources`` narrows it to what these say. With ``speakers`` the people whose words are reported come too, so that
    no statement speaks of somebody who is not there; an entity's successor, which nothing shown needs, does not.
    Sources that say nothing of it are left out.
    """
    wanted, lines = set(entities), set(relations)

    def belongs(source: Source, statement: Statement) -> bool:
        if sources is not None and source.id not in sources:
            return False
        if isinstance(statement, Relation):
            return statement_hex(source, statement) in lines and {statement.subject, statement.object} <= wanted
        return statement.subject in wanted

    found = {}
    for source in knowledge.sources.values():
        kept = tuple(statement for statement in source.statements if belongs(source, statement))
        if kept:
            found[source.id] = source.model_copy(update={"statements": kept})
    if speakers:
        said = {statement.speaker for source in found.values() for statement in source.statements}
        wanted |= {speaker for speaker in said if speaker is not None}
    chosen = {
        key: one if one.replaced_by in wanted else one.model_copy(update={"replaced_by": None})
        for key, one in knowledge.entities.items()
        if key in wanted
    }
    types = {key: knowledge.type_of[key] for key in chosen}
    return replace(knowledge, entities=chosen, type_of=types, sources=found)

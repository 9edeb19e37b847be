"""Everything that was loaded, as one immutable whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

from kg.errors import NotFound
from kg.model.entity import Entity
from kg.model.glossary import Glossary
from kg.model.source import Source
from kg.model.statement import Relation, Statement

__all__ = ["Knowledge"]

R = TypeVar("R")


@dataclass(frozen=True)
class Knowledge(Glossary):
    """The vocabulary, the entities by type, and the sources with their statements.

    ``entities`` maps id → entity, ``type_of`` maps entity id → type id, ``sources`` maps id → source. All three keep
    the order of the files.
    """

    entities: Mapping[str, Entity]
    type_of: Mapping[str, str]
    sources: Mapping[str, Source]

    def statements(self) -> Iterator[tuple[Source, Statement]]:
        """Every statement with its source, in the order of the files."""
        for source in self.sources.values():
            for statement in source.statements:
                yield source, statement

    def get_entity(self, entity_id: str) -> Entity:
        """The entity with this id; raises :class:`NotFound` with the nearest ids where there is none."""
        return self._get(self.entities, "entity", entity_id)

    def get_source(self, source_id: str) -> Source:
        """The source with this id; raises :class:`NotFound` with the nearest ids where there is none."""
        return self._get(self.sources, "source", source_id)

    def is_planned(self, relation: Relation) -> bool:
        """Whether the relation is only intended: its status belongs to the stage *planned*."""
        return relation.status is not None and self.statuses[relation.status].stage == "planned"

    @staticmethod
    def _get(found: Mapping[str, R], what: str, wanted: str) -> R:
        if wanted not in found:
            raise NotFound(what, wanted, get_close_matches(wanted, found, n=3, cutoff=0.5))
        return found[wanted]

"""An invented world of one seed: its hubs, its sources, and one chunk of knowledge after another."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from kg.load.files import load
from kg.model.entity import Entity
from kg.model.knowledge import Knowledge
from tests.generated.entities import EntityMaker
from tests.generated.names import KINDS
from tests.generated.sources import make_documents
from tests.generated.statements import StatementMaker
from tests.generated.talk import Hubs, Talk

__all__ = ["World"]

T = TypeVar("T")

_DATA = Path(__file__).resolve().parents[2] / "data"


class World:
    """A world of about so many ``entities`` and exactly so many ``sources``; the vocabulary is the real one."""

    def __init__(self, entities: int, sources: int, seed: int) -> None:
        chance = self._chance = random.Random(seed)  # noqa: S311 (the same world for the same seed)
        self._real = load(_DATA).knowledge
        self._maker = EntityMaker(chance, tuple(self._real.themes))
        hubs = list(self._maker.hubs(entities // 40 if entities < 10_000 else 200 + entities // 200))
        self._hub_entities = {entity.id: (kind, entity) for kind, entity in hubs}
        self._hub_names = {entity.id: entity.name for _, entity in hubs}
        self._hubs = Hubs({kind: [entity.id for each, entity in hubs if each == kind] for kind in KINDS})
        self._said = StatementMaker(chance, self._real, self._hubs.by_kind["person"])
        self.documents = make_documents(chance, sources, tuple(self._real.source_kinds))

    def head(self) -> Knowledge:
        """The hubs, and statements of them that use every relation and every metric of the vocabulary.

        The sources are all there, each with its text as long as it is by now.
        """
        return self._knowledge(self._hub_entities.values(), every_term=True)

    def chunk(self, entities: int) -> Knowledge:
        """So many new entities, and what some sources say of them and of the hubs."""
        return self._knowledge(self._maker.some(entities))

    def _knowledge(self, made: Iterable[tuple[str, Entity]], every_term: bool = False) -> Knowledge:
        kinds, entities = {}, {}
        for kind, entity in made:
            kinds[entity.id], entities[entity.id] = kind, entity
        few = min(3, len(self.documents))
        documents = self.documents if every_term else self._chance.sample(self.documents, few)
        active = {entity: kind for entity, kind in kinds.items() if entities[entity].replaced_by is None}
        names = self._hub_names | {entity.id: entity.name for entity in entities.values()}
        talk = Talk(self._chance, self._real, self._said, self._hubs, documents, active, names)
        if every_term:
            talk.use_every_term()
        for one in active:
            talk.speak_of(one)
        sources = {each.source.id: each.record(talk.said[each.source.id]) for each in documents}
        return Knowledge(self._real.vocabulary, _fixed(entities), _fixed(kinds), _fixed(sources))


def _fixed(known: dict[str, T]) -> Mapping[str, T]:
    return MappingProxyType(known)

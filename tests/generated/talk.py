"""What the documents of one chunk say of its entities and of the hubs."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping, Sequence

from kg.model.glossary import Glossary
from kg.model.statement import Figure, Statement
from kg.model.text import Text
from kg.model.vocabulary import RelationType
from tests.generated.names import KINDS
from tests.generated.sources import Document
from tests.generated.statements import StatementMaker

__all__ = ["Hubs", "Talk"]

_KIND_WEIGHTS = {"place": 6, "agency": 5, "programme": 3, "sector": 2, "technology": 2}  # of hubs; all others: 1


class Hubs:
    """The hubs of each type; the first is the greatest, and the n-th has one n-th of its share (Zipf's law)."""

    def __init__(self, by_kind: Mapping[str, Sequence[str]]) -> None:
        self.by_kind = by_kind
        self._weights = {
            kind: list(itertools.accumulate(1 / rank for rank in range(1, len(ids) + 1)))
            for kind, ids in by_kind.items()
        }

    def choose(self, chance: random.Random, kinds: Sequence[str]) -> str:
        """A hub of one of the types."""
        (kind,) = chance.choices(kinds, [_KIND_WEIGHTS.get(each, 1) for each in kinds])
        return chance.choices(self.by_kind[kind], cum_weights=self._weights[kind])[0]


class Talk:
    """Collects statements in ``said``, by source; no source says a thing twice, and no two figures disagree.

    ``kinds`` are the types of the chunk's entities, ``names`` the names of these and of the hubs.
    """

    def __init__(
        self,
        chance: random.Random,
        glossary: Glossary,
        maker: StatementMaker,
        hubs: Hubs,
        documents: Sequence[Document],
        kinds: Mapping[str, str],
        names: Mapping[str, Text],
    ) -> None:
        self._chance = chance
        self._glossary = glossary
        self._maker = maker
        self._hubs = hubs
        self._documents = documents
        self._kinds = kinds
        self._names = names
        self._near = {kind: [entity for entity, each in kinds.items() if each == kind] for kind in KINDS}
        self._claims: set[tuple[object, ...]] = set()
        self.said: dict[str, list[Statement]] = {document.source.id: [] for document in documents}

    def use_every_term(self) -> None:
        """Say something with each relation and each metric."""
        for relation in self._glossary.relations.values():
            subject = self._hubs.choose(self._chance, relation.domain or tuple(KINDS))
            self._relate(relation, subject, incoming=False)
        for metric in self._glossary.metrics.values():
            self._measure(self._hubs.choose(self._chance, ("platform", "programme")), metric.id)

    def speak_of(self, entity: str) -> None:
        """Make one statement of the entity, or some more."""
        chance = self._chance.random
        kind = self._kinds[entity]
        for _ in range(1 + min(int(self._chance.expovariate(1.0)), 8)):
            incoming = chance() < 0.35
            self._relate(self._chance.choice(self._fitting(kind, incoming)), entity, incoming)
        if chance() < 0.5:
            document = self._chance.choice(self._documents)
            self.said[document.source.id].append(self._maker.status(document, entity, self._names[entity]))
        if chance() < 0.12:
            self._measure(entity, self._chance.choice(tuple(self._glossary.metrics)))

    def _fitting(self, kind: str, incoming: bool) -> Sequence[RelationType]:
        """The relations that an entity of this type can have at this end."""
        ends = ((each, each.range if incoming else each.domain) for each in self._glossary.relations.values())
        return [relation for relation, allowed in ends if not allowed or kind in allowed]

    def _relate(self, relation: RelationType, entity: str, incoming: bool) -> None:
        """Relate the entity with another one, in one source and now and then in a second."""
        other = self._other((relation.domain if incoming else relation.range) or tuple(KINDS), entity)
        subject, thing = (other, entity) if incoming else (entity, other)
        ends = sorted((subject, thing)) if relation.symmetric else (subject, thing)
        names = self._names[subject], self._names[thing]
        for document in self._chance.sample(self._documents, 2 if self._chance.random() < 0.05 else 1):
            if self._is_new(document.source.id, relation.id, *ends):
                said = self._maker.relation(document, relation, subject, thing, names)
                self.said[document.source.id].append(said)

    def _other(self, kinds: Sequence[str], entity: str) -> str:
        """A hub, or an entity of the chunk where there is one of these types, but not ``entity``."""
        while True:
            near = self._near[self._chance.choice(kinds)] if self._chance.random() < 0.45 else ()
            other = self._chance.choice(near) if near else self._hubs.choose(self._chance, kinds)
            if other != entity:
                return other

    def _measure(self, entity: str, metric: str) -> None:
        document = self._chance.choice(self._documents)
        for figure in self._maker.figures(document, entity, self._glossary.metrics[metric]):
            self._keep(document, figure)

    def _keep(self, document: Document, figure: Figure) -> None:
        if self._is_new(figure.subject, figure.figure, figure.as_of, figure.aim):
            self.said[document.source.id].append(figure)

    def _is_new(self, *claim: object) -> bool:
        new = claim not in self._claims
        self._claims.add(claim)
        return new

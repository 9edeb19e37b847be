"""Engines that count their round trips, whose knowledge has a retired entity, and whose store keeps answers."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest

from kg.engine.answer import Answer
from kg.engine.base import Engine
from kg.engine.start import start_engine
from kg.model.entity import Entity
from kg.model.knowledge import Knowledge
from kg.model.text import Text
from tests import generated
from tests.indexed import Both, both


class Counted:
    """Passes every question on and counts them: what a remote store would have to be asked."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.data_version = engine.data_version
        self.graphs = engine.graphs
        self.asked = 0
        self.queries: list[str] = []
        self.rows: list[int] = []
        self.bytes = 0

    def ask(self, query: str, **options: Any) -> Answer:
        self.asked += 1
        self.queries.append(query)
        answer = self.engine.ask(query, **options)
        self.rows.append(answer.rows)
        self.bytes += len(answer.body)
        return answer

    def check(self, query: str) -> None:
        self.engine.check(query)

    def close(self) -> None:
        """The engine behind is shared: it stays open."""

    def __enter__(self) -> Counted:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@pytest.fixture
def counted(sample_engine: Engine) -> Counted:
    """Its ``asked`` counts; a change of its ``data_version`` stands for new data."""
    return Counted(sample_engine)


@pytest.fixture
def counting() -> type[Counted]:
    """What makes an engine that counts of another one."""
    return Counted


@pytest.fixture(scope="session")
def sample_both(sample: Knowledge) -> Iterator[Both]:
    with both(sample) as started:
        yield started


@pytest.fixture(scope="session")
def real_both(knowledge: Knowledge) -> Iterator[Both]:
    with both(knowledge) as started:
        yield started


@pytest.fixture(scope="session")
def invented_both() -> Iterator[Both]:
    """A thousand entities, some of them hubs."""
    with both(generated.knowledge(1_000)) as started:
        yield started


@pytest.fixture(scope="session")
def retired_both(with_retired: Knowledge) -> Iterator[Both]:
    with both(with_retired) as started:
        yield started


@pytest.fixture(scope="session")
def retired(with_retired: Knowledge) -> Iterator[Engine]:
    with start_engine(with_retired) as started:
        yield started


@pytest.fixture(scope="session")
def with_retired(sample: Knowledge) -> Knowledge:
    """The sample with “old-chain”, which became “older-chain”, which became “changan-chain”, and a ring of two."""

    def entity(entity_id: str, replaced_by: str) -> Entity:
        words = Text(zh=f"旧{entity_id}", en=f"Old {entity_id}")
        return Entity(id=entity_id, name=words, description=words, replaced_by=replaced_by)

    added = {
        one.id: one
        for one in (
            entity("old-chain", "older-chain"),
            entity("older-chain", "changan-chain"),
            entity("ring-a", "ring-b"),
            entity("ring-b", "ring-a"),
        )
    }
    return dataclasses.replace(
        sample,
        entities={**sample.entities, **added},
        type_of={**sample.type_of, **dict.fromkeys(added, "technology")},
    )

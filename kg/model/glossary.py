"""The vocabulary's terms by their ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from kg.model.vocabulary import (
    EntityType,
    Metric,
    Qualifier,
    RelationType,
    SourceKind,
    StatusType,
    Term,
    Theme,
    Unit,
    Vocabulary,
)

__all__ = ["Glossary"]

T = TypeVar("T", bound=Term)


def _by_id(terms: tuple[T, ...]) -> Mapping[str, T]:
    return MappingProxyType({term.id: term for term in terms})


@dataclass(frozen=True)
class Glossary:
    """A vocabulary, each of whose lists can be looked up by id; the lists keep the order of their files."""

    vocabulary: Vocabulary

    @cached_property
    def types(self) -> Mapping[str, EntityType]:
        return _by_id(self.vocabulary.types)

    @cached_property
    def relations(self) -> Mapping[str, RelationType]:
        return _by_id(self.vocabulary.relations)

    @cached_property
    def metrics(self) -> Mapping[str, Metric]:
        return _by_id(self.vocabulary.metrics)

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        return _by_id(self.vocabulary.units)

    @cached_property
    def qualifiers(self) -> Mapping[str, Qualifier]:
        return _by_id(self.vocabulary.qualifiers)

    @cached_property
    def statuses(self) -> Mapping[str, StatusType]:
        return _by_id(self.vocabulary.statuses)

    @cached_property
    def themes(self) -> Mapping[str, Theme]:
        return _by_id(self.vocabulary.themes)

    @cached_property
    def source_kinds(self) -> Mapping[str, SourceKind]:
        return _by_id(self.vocabulary.source_kinds)

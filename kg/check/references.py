"""Rules for ids that point to other records."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kg.check.tools import Said, nearest, problem, said, said_problem
from kg.errors import Problem
from kg.load.files import Loaded
from kg.model.statement import Figure, Relation, Status

__all__ = [
    "entity_references_resolve",
    "replacements_end",
    "source_kinds_resolve",
    "speakers_are_people",
    "statement_references_resolve",
    "vocabulary_references_resolve",
]

#: The type whose entities can speak.
PERSON = "person"


def statement_references_resolve(loaded: Loaded) -> Iterator[Problem]:
    """Every id in a statement is an entity, or a term of the right list of the vocabulary."""
    for one in said(loaded):
        for key, wanted, known, where in _references(loaded, one):
            if wanted not in known:
                cure = nearest(wanted, known, f"Add it to {where}")
                yield said_problem(loaded, one, key, f"“{wanted}” is no {_kind(key)} that we know", cure)


def _references(loaded: Loaded, one: Said) -> Iterator[tuple[str, str, Collection[str], str]]:
    knowledge, statement = loaded.knowledge, one.statement
    yield "subject", statement.subject, knowledge.entities, "a file of entities/"
    if statement.speaker is not None:
        yield "speaker", statement.speaker, knowledge.entities, "entities/person.yaml"
    if isinstance(statement, Relation):
        yield "object", statement.object, knowledge.entities, "a file of entities/"
        yield "relation", statement.relation, knowledge.relations, "vocabulary/relations.yaml"
    if isinstance(statement, Figure):
        yield "figure", statement.figure, knowledge.metrics, "vocabulary/metrics.yaml"
        yield "qualifier", statement.qualifier, knowledge.qualifiers, "vocabulary/qualifiers.yaml"
    if isinstance(statement, (Relation, Status)) and statement.status is not None:
        yield "status", statement.status, knowledge.statuses, "vocabulary/statuses.yaml"


def _kind(key: str) -> str:
    return {"subject": "entity", "object": "entity", "speaker": "entity", "figure": "metric"}.get(key, key)


def entity_references_resolve(loaded: Loaded) -> Iterator[Problem]:
    """The type, the themes and the successor of every entity are known."""
    knowledge, origin = loaded.knowledge, loaded.origin
    reported: set[str] = set()
    for entity in knowledge.entities.values():
        kind = knowledge.type_of[entity.id]
        if kind not in knowledge.types and kind not in reported:
            reported.add(kind)
            file = origin.entity(entity.id).file
            cure = nearest(kind, knowledge.types, "Add it to vocabulary/types.yaml")
            yield Problem(file, 1, "", f"“{kind}” is no type that we know", cure)
        for index, theme in enumerate(entity.themes):
            if theme not in knowledge.themes:
                cure = nearest(theme, knowledge.themes, "Add it to vocabulary/themes.yaml")
                place = origin.entity(entity.id, "themes", index)
                yield problem(place, entity.id, f"“{theme}” is no theme that we know", cure)
        successor = entity.replaced_by
        if successor is not None and successor not in knowledge.entities:
            cure = nearest(successor, knowledge.entities, "Add it to a file of entities/")
            place = origin.entity(entity.id, "replaced_by")
            yield problem(place, entity.id, f"“{successor}” is no entity that we know", cure)


def source_kinds_resolve(loaded: Loaded) -> Iterator[Problem]:
    """The kind of every source is known."""
    kinds = loaded.knowledge.source_kinds
    for source in loaded.knowledge.sources.values():
        if source.kind not in kinds:
            cure = nearest(source.kind, kinds, "Add it to vocabulary/source-kinds.yaml")
            place = loaded.origin.source(source.id, "kind")
            yield problem(place, source.id, f"“{source.kind}” is no kind of source that we know", cure)


def vocabulary_references_resolve(loaded: Loaded) -> Iterator[Problem]:
    """The unit of every metric and the types at the ends of every relation are known."""
    knowledge, origin = loaded.knowledge, loaded.origin
    for metric in knowledge.metrics.values():
        if metric.unit not in knowledge.units:
            cure = nearest(metric.unit, knowledge.units, "Add it to vocabulary/units.yaml")
            place = origin.term("metrics", metric.id, "unit")
            yield problem(place, metric.id, f"“{metric.unit}” is no unit that we know", cure)
    for relation in knowledge.relations.values():
        for end in ("domain", "range"):
            for index, kind in enumerate(getattr(relation, end)):
                if kind not in knowledge.types:
                    cure = nearest(kind, knowledge.types, "Add it to vocabulary/types.yaml")
                    place = origin.term("relations", relation.id, end, index)
                    yield problem(place, relation.id, f"“{kind}” is no type that we know", cure)


def speakers_are_people(loaded: Loaded) -> Iterator[Problem]:
    """Only people speak."""
    for one in said(loaded):
        speaker = one.statement.speaker
        kind = loaded.knowledge.type_of.get(speaker) if speaker else None
        if kind is not None and kind != PERSON:
            message = f"the speaker “{speaker}” is not a person but of the type {kind}"
            yield said_problem(loaded, one, "speaker", message, "Name the person who spoke, or remove the key")


def replacements_end(loaded: Loaded) -> Iterator[Problem]:
    """Following ``replaced_by`` comes to an end."""
    entities = loaded.knowledge.entities
    for entity in entities.values():
        seen = [entity.id]
        while (successor := entities[seen[-1]].replaced_by) in entities and successor is not None:
            if successor == entity.id:
                message = f"replaced_by leads back to itself: {' → '.join([*seen, successor])}"
                place = loaded.origin.entity(entity.id, "replaced_by")
                yield problem(place, entity.id, message, "Remove replaced_by from the one that is in use")
            if successor in seen:
                break
            seen.append(successor)

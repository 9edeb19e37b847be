"""Entities with their relations and current statuses, as much as a picture needs and no more."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.engine.answer import Term
from kg.engine.base import Engine
from kg.graph.names import PLANNED, concept_iri, entity_iri, relation_id
from kg.model.dates import PartialDate
from kg.query.ask import ask
from kg.query.bind import Value
from kg.query.describe import blocks, describe, first
from kg.query.refs import ENTITY, entity_ref
from kg.query.rows import EntityRef
from kg.query.terms import curie, entities, id_of, iri, number

__all__ = ["Mention", "Overview", "PictureEntity", "PictureRelation", "overview"]

#: The most entities of a picture unless told otherwise.
MOST_ENTITIES = 2000

# Those that most is said of come first, so that a limit cuts the least known.
_CHOSEN = """
SELECT ?entity (COUNT(DISTINCT ?statement) AS ?weight) WHERE {
  %s
  GRAPH graph:entities { ?entity dcterms:identifier ?id . %s }
  OPTIONAL { ?statement rdf:subject|rdf:object|bde:subject ?entity }
}
GROUP BY ?entity
ORDER BY DESC(?weight) ?entity
LIMIT $limit
"""

_RELATIONS = """
SELECT ?statement ?subject ?predicate ?object ?status ?source ?since WHERE {
  VALUES ?subject { $chosen }
  ?statement rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; dcterms:source ?source .
  OPTIONAL { ?statement bde:status ?status }
  OPTIONAL { ?statement bde:since ?since }
}
ORDER BY ?subject ?predicate ?object ?statement
"""

_STATUSES = """
SELECT ?subject ?status ?as_of ?said WHERE {
  VALUES ?subject { $chosen }
  ?statement bde:subject ?subject ; bde:status ?status ; bde:asOf ?as_of ; dcterms:source/dcterms:date ?said .
}
"""

_MENTIONS = """
SELECT DISTINCT ?entity ?source ?since ?as_of WHERE {
  VALUES ?entity { $chosen }
  ?statement rdf:subject|rdf:object|bde:subject ?entity ; dcterms:source ?source .
  OPTIONAL { ?statement bde:since ?since }
  OPTIONAL { ?statement bde:asOf ?as_of }
}
"""


class Mention(NamedTuple):
    """Which source says something, and from when on it holds; without a date, from the source's own."""

    source: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class PictureEntity:
    """An entity in a picture; ``status`` is its newest, ``weight`` how many statements speak of it.

    ``mentions`` tells which sources speak of it and from when on what they say holds.
    """

    entity: EntityRef
    themes: tuple[str, ...]
    featured: bool
    status: str | None
    weight: int
    mentions: tuple[Mention, ...] = ()

    @property
    def id(self) -> str:
        """The entity's id."""
        return self.entity.id


@dataclass(frozen=True, slots=True)
class PictureRelation:
    """One line of a picture, from ``subject`` to ``object`` (ids), with all ``statements`` (digits) that it stands for.

    ``statuses`` and ``sources`` are those of the statements, ``mentions`` when each source says that it began. A
    ``planned`` line and one that holds are never one.
    """

    subject: str
    relation: str
    object: str
    planned: bool
    statements: tuple[str, ...]
    statuses: tuple[str, ...]
    sources: tuple[str, ...]
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """What a picture shows: entities, those that most is said of first, and the relations between them.

    ``cut`` says that there are more entities than the limit.
    """

    entities: tuple[PictureEntity, ...]
    relations: tuple[PictureRelation, ...]
    cut: bool = False


def overview(
    engine: Engine,
    ids: Collection[str] | None = None,
    themes: Collection[str] | None = None,
    limit: int = MOST_ENTITIES,
) -> Overview:
    """The entities with these ids, of these themes (both if both are given, all if neither is), at most ``limit``.

    Five round trips for up to 400 entities. An id that the graph does not know is left out.
    """
    weights = _chosen(engine, ids, themes, limit + 1)
    cut = len(weights) > limit
    chosen = list(weights)[:limit]
    if not chosen:
        return Overview((), ())
    described = describe(engine, map(entity_iri, chosen), (*ENTITY, "bde:theme", "bde:featured"))
    statuses = _statuses(engine, chosen)
    mentions = _mentions(engine, chosen)
    shown = []
    for entity_id in chosen:
        properties = described.get(entity_iri(entity_id), {})
        themes_of = sorted(id_of(term.value) for term in properties.get(curie("bde:theme"), []))
        shown.append(
            PictureEntity(
                entity=entity_ref(entity_id, properties),
                themes=tuple(themes_of),
                featured=first(properties, "bde:featured") is not None,
                status=statuses.get(entity_id),
                weight=weights[entity_id],
                mentions=mentions.get(entity_id, ()),
            )
        )
    return Overview(tuple(shown), _relations(engine, chosen), cut)


def _chosen(engine: Engine, ids: Collection[str] | None, themes: Collection[str] | None, limit: int) -> dict[str, int]:
    """The ids of the entities, by weight."""
    asked: dict[str, Value] = {"limit": number(limit)}
    by_id = by_theme = ""
    if ids is not None:
        by_id = "VALUES ?entity { $ids }"
        asked["ids"] = entities(dict.fromkeys(ids))
    if themes is not None:
        by_theme = "?entity bde:theme ?theme . VALUES ?theme { $themes }"
        asked["themes"] = tuple(iri(concept_iri("theme", theme)) for theme in dict.fromkeys(themes))
    records = ask(engine, _CHOSEN % (by_id, by_theme), **asked).records()
    return {id_of(row["entity"].value): int(row["weight"].value) for row in records if "entity" in row}


def _relations(engine: Engine, chosen: Sequence[str]) -> tuple[PictureRelation, ...]:
    lines: dict[tuple[str, str, str], list[dict[str, Term]]] = {}
    inside = set(chosen)
    for block in blocks(chosen):
        for row in ask(engine, _RELATIONS, chosen=entities(block)).records():
            subject, target = id_of(row["subject"].value), id_of(row["object"].value)
            if target in inside:
                lines.setdefault((subject, row["predicate"].value, target), []).append(row)
    return tuple(_line(*ends, rows) for ends, rows in sorted(lines.items()))


def _line(subject: str, predicate: str, target: str, rows: list[dict[str, Term]]) -> PictureRelation:
    return PictureRelation(
        subject=subject,
        relation=relation_id(predicate) or predicate,
        object=target,
        planned=predicate.startswith(PLANNED),
        statements=_ids(rows, "statement"),
        statuses=_ids(rows, "status"),
        sources=_ids(rows, "source"),
        mentions=tuple(sorted({_mention(row) for row in rows})),
    )


def _mention(row: dict[str, Term]) -> Mention:
    date = row.get("since") or row.get("as_of")
    return Mention(id_of(row["source"].value), date.value if date else "")


def _mentions(engine: Engine, chosen: Sequence[str]) -> dict[str, tuple[Mention, ...]]:
    found: dict[str, set[Mention]] = {}
    for block in blocks(chosen):
        for row in ask(engine, _MENTIONS, chosen=entities(block)).records():
            found.setdefault(id_of(row["entity"].value), set()).add(_mention(row))
    return {entity_id: tuple(sorted(said)) for entity_id, said in found.items()}


def _ids(rows: list[dict[str, Term]], column: str) -> tuple[str, ...]:
    return tuple(sorted({id_of(row[column].value) for row in rows if column in row}))


def _statuses(engine: Engine, chosen: Sequence[str]) -> dict[str, str]:
    """The newest status of each entity that has one: by its date, then by its source's, then by its id."""
    newest: dict[str, tuple[object, ...]] = {}
    for block in blocks(chosen):
        for row in ask(engine, _STATUSES, chosen=entities(block)).records():
            subject, status = id_of(row["subject"].value), id_of(row["status"].value)
            said = (PartialDate.read(row[name].value).last for name in ("as_of", "said"))
            newest[subject] = max(newest.get(subject, ()), (*said, status))
    return {subject: str(found[-1]) for subject, found in newest.items()}

"""Entities with their relations and current statuses, as much as a picture needs and no more."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.engine.answer import Term
from kg.engine.base import Engine
from kg.graph.names import PLANNED, concept_iri, entity_iri, relation_id
from kg.model.dates import PartialDate
from kg.query.ask import ask
from kg.query.bind import Value
from kg.query.describe import blocks, describe, first
from kg.query.kept.hubs import HubPicture, hub_pictures
from kg.query.kept.starts import best_known
from kg.query.kept.weights import Hub, count_statements, hubs
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
  VALUES ?%s { $chosen }
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

# Three branches and no path of alternatives, for which Virtuoso takes ten milliseconds an entity.
_MENTIONS = """
SELECT DISTINCT ?entity ?source ?since ?as_of WHERE {
  { VALUES ?entity { $chosen } ?statement rdf:subject ?entity ; dcterms:source ?source }
  UNION { VALUES ?entity { $chosen } ?statement rdf:object ?entity ; dcterms:source ?source }
  UNION { VALUES ?entity { $chosen } ?statement bde:subject ?entity ; dcterms:source ?source }
  OPTIONAL { ?statement bde:since ?since }
  OPTIONAL { ?statement bde:asOf ?as_of }
}
"""

_THERE = "SELECT ?entity WHERE { GRAPH graph:entities { VALUES ?entity { $ids } ?entity dcterms:identifier ?id } }"


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

    Five round trips for up to 400 entities. An id that the graph does not know is left out. What a store keeps of hubs
    takes the place of asking for it.
    """
    weights = _chosen(engine, ids, themes, limit + 1)
    cut = len(weights) > limit
    chosen = list(weights)[:limit]
    if not chosen:
        return Overview((), ())
    described = describe(engine, map(entity_iri, chosen), (*ENTITY, "bde:theme", "bde:featured"))
    known = hub_pictures(engine, chosen)
    others = [one for one in chosen if one not in known]
    statuses = {one: hub.status for one, hub in known.items()} | _statuses(engine, others)
    mentions = {one: _mentions_of(hub) for one, hub in known.items()} | _mentions(engine, others)
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
    return Overview(tuple(shown), _relations(engine, others, known), cut)


def _chosen(engine: Engine, ids: Collection[str] | None, themes: Collection[str] | None, limit: int) -> dict[str, int]:
    """The ids of the entities, by weight."""
    if ids is None:
        known = best_known(engine, limit) if themes is None else best_known(engine, limit, "theme", themes)
        if known is not None:
            return known
    elif themes is None and (known_hubs := hubs(engine)):
        return _weighed(engine, ids, known_hubs, limit)
    return _weights(engine, ids, themes, limit)


def _weighed(engine: Engine, ids: Collection[str], known: Mapping[str, Hub], limit: int) -> dict[str, int]:
    """The entities with these ids, of which the weights of some are known."""
    found = {one: known[one].weight for one in ids if one in known}
    for block in blocks(entities(one for one in dict.fromkeys(ids) if one not in known)):
        there = [id_of(row["entity"].value) for row in ask(engine, _THERE, ids=block).records()]
        found |= dict.fromkeys(there, 0) | count_statements(engine, there)
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:limit])


def _weights(engine: Engine, ids: Collection[str] | None, themes: Collection[str] | None, limit: int) -> dict[str, int]:
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


class _Said(NamedTuple):
    """One statement of a line."""

    statement: str
    status: str | None
    mention: Mention


_Lines = dict[tuple[str, str, str], set[_Said]]


def _relations(engine: Engine, chosen: Sequence[str], known: Mapping[str, HubPicture]) -> tuple[PictureRelation, ...]:
    """The lines between those that are chosen and the hubs that are ``known``; no hub is asked about its statements."""
    lines: _Lines = {}
    inside = {*chosen, *known}
    for end in ("subject", "object") if known else ("subject",):
        for block in blocks(chosen):
            for row in ask(engine, _RELATIONS % end, chosen=entities(block)).records():
                subject, target = id_of(row["subject"].value), id_of(row["object"].value)
                if subject in inside and target in inside:
                    status = id_of(row["status"].value) if "status" in row else None
                    said = _Said(id_of(row["statement"].value), status, _mention(row))
                    lines.setdefault((subject, row["predicate"].value, target), set()).add(said)
    for hub in known.values():
        for subject, predicate, target, statement, status, source, since in hub.lines:
            if subject in inside and target in inside:
                said = _Said(statement, status, Mention(source, since))
                lines.setdefault((subject, predicate, target), set()).add(said)
    return tuple(_line(*ends, said) for ends, said in sorted(lines.items()))


def _line(subject: str, predicate: str, target: str, said: Collection[_Said]) -> PictureRelation:
    return PictureRelation(
        subject=subject,
        relation=relation_id(predicate) or predicate,
        object=target,
        planned=predicate.startswith(PLANNED),
        statements=tuple(sorted({one.statement for one in said})),
        statuses=tuple(sorted({one.status for one in said if one.status is not None})),
        sources=tuple(sorted({one.mention.source for one in said})),
        mentions=tuple(sorted({one.mention for one in said})),
    )


def _mention(row: dict[str, Term]) -> Mention:
    date = row.get("since") or row.get("as_of")
    return Mention(id_of(row["source"].value), date.value if date else "")


def _mentions_of(hub: HubPicture) -> tuple[Mention, ...]:
    return tuple(sorted(Mention(source, date) for source, date in hub.mentions))


def _mentions(engine: Engine, chosen: Sequence[str]) -> dict[str, tuple[Mention, ...]]:
    found: dict[str, set[Mention]] = {}
    for block in blocks(chosen):
        for row in ask(engine, _MENTIONS, chosen=entities(block)).records():
            found.setdefault(id_of(row["entity"].value), set()).add(_mention(row))
    return {entity_id: tuple(sorted(said)) for entity_id, said in found.items()}


def _statuses(engine: Engine, chosen: Sequence[str]) -> dict[str, str | None]:
    """The newest status of each entity that has one: by its date, then by its source's, then by its id."""
    newest: dict[str, tuple[object, ...]] = {}
    for block in blocks(chosen):
        for row in ask(engine, _STATUSES, chosen=entities(block)).records():
            subject, status = id_of(row["subject"].value), id_of(row["status"].value)
            said = (PartialDate.read(row[name].value).last for name in ("as_of", "said"))
            newest[subject] = max(newest.get(subject, ()), (*said, status))
    return {subject: str(found[-1]) for subject, found in newest.items()}

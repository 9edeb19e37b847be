"""Finds entities by whatever one types: any name in any form, its beginning, a part of it, or with a slip in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kg.engine.base import Engine
from kg.errors import NotFound
from kg.query.kept.lookup import names_near
from kg.query.match import Found, Match, matches
from kg.query.names import NameKind, Names
from kg.query.rows import EntityRef

__all__ = ["Hit", "best", "resolve", "search", "search_names", "suggestions"]


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that was found, by which of its names, of what kind (``reason``), and how well (``match``).

    ``lang`` is the language tag of ``matched``, empty for an id. ``score`` is 1 for an exact name and falls from rank
    to rank; it orders hits and means nothing else.
    """

    entity: EntityRef
    matched: str
    reason: NameKind
    match: Match
    lang: str
    score: float


def search(engine: Engine, text: str, limit: int = 10, types: Collection[str] | None = None) -> list[Hit]:
    """The entities that ``text`` may mean, the likeliest first: at most ``limit``, only of ``types`` if given.

    Names, short names, aliases, former names, ids, traditional characters, pinyin and initials are all searched,
    without regard to case, width, accents, apostrophes, spaces and punctuation. An exact name comes before another
    exact name of the thing, that before exact pinyin or initials, then beginnings, parts, words in any order, and,
    where there is none of these, names with a slip. Among equals, a name of which half was typed comes first, then the
    entity that more statements speak of.
    """
    return search_names(names_near(engine, text, limit, types), text, limit, types)


def search_names(names: Names, text: str, limit: int = 10, types: Collection[str] | None = None) -> list[Hit]:
    """As :func:`search`, on an index that one has."""
    found = list(matches(names, text, types).values())
    found.sort(key=lambda one: (one.rank, one.distance, -names.statements.get(one.key.entity, 0), one.key.entity))
    return [_hit(names, one) for one in found[: max(limit, 0)]]


def _hit(names: Names, found: Found) -> Hit:
    return Hit(
        entity=names.entities[found.key.entity],
        matched=found.key.text,
        reason=found.key.kind,
        match=found.match,
        lang=found.key.lang,
        score=round(1 - 0.1 * found.rank - 0.01 * min(found.distance, 9), 2),
    )


def best(hits: list[Hit]) -> Hit | None:
    """The hit that can be taken without asking back.

    It is the only one, the only one that matches a whole name, or, where all have a slip, the only nearest one. A mere
    part of a name is never enough: who typed it may have meant something that is not here.
    """
    sure = [hit for hit in hits if hit.match in ("exact", "typo")]
    nearest = [hit for hit in sure if hit.score == sure[0].score]
    for candidates in (hits, nearest):
        if len(candidates) == 1 and candidates[0].match != "part":
            return candidates[0]
    return None


def suggestions(engine: Engine, text: str, most: int = 3) -> list[str]:
    """The ids of the entities nearest to ``text``, for a message that says that it names none."""
    return [hit.entity.id for hit in search(engine, text.replace("-", " "), most)]


def resolve(engine: Engine, text: str) -> EntityRef:
    """The entity that an id or any name means; raises :class:`NotFound` with candidates."""
    hits = search(engine, text, 8)
    found = best(hits)
    if found is None:
        raise NotFound("single entity" if len(hits) > 1 else "entity", text, [hit.entity.id for hit in hits])
    return found.entity

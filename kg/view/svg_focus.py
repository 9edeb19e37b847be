"""What a picture throws light on: an entity with its neighbours, a relation with its ends, a way with its steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

__all__ = ["FADED", "Focus", "focus_on", "strength"]

#: How strongly the context of a focus is still seen.
FADED = 0.2


class Focus(NamedTuple):
    """The entity in focus ("" where it is a relation or a way), the relations that are lit, and who is near."""

    entity: str
    lit: frozenset[str]
    near: frozenset[str]


def focus_on(data: Mapping[str, Any], wanted: Mapping[str, Any] | None) -> Focus | None:
    """The focus that is ``wanted``: ``kind`` entity, statement or way, and ``id`` (of a way the ids of its statements).

    None where nothing is wanted, or nothing of that name is in the picture.
    """
    kind, wanted_id = (wanted or {}).get("kind"), (wanted or {}).get("id")
    entity = ""
    lit: list[Mapping[str, Any]] = []
    if kind == "entity" and any(node["id"] == wanted_id for node in data["nodes"]):
        entity = str(wanted_id)
        lit = [edge for edge in data["edges"] if wanted_id in (edge["from"], edge["to"])]
    elif kind in ("statement", "way"):
        ids = {wanted_id} if kind == "statement" else set(wanted_id or ())
        lit = [edge for edge in data["edges"] if edge["id"] in ids]
    near = {end for edge in lit for end in (edge["from"], edge["to"])} | ({entity} - {""})
    return Focus(entity, frozenset(edge["id"] for edge in lit), frozenset(near)) if near else None


def strength(focus: Focus | None, entity: str) -> float:
    """How strongly an entity is drawn."""
    return 1.0 if focus is None or entity in focus.near else FADED

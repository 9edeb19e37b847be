"""What is kept of hubs: their part in pictures, which statements stand for all of theirs, their neighbours."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from kg.engine.base import Engine
from kg.graph.index_names import whole
from kg.graph.names import compact
from kg.query.kept.shelf import kept, kept_one
from kg.query.kept.weights import is_hub

__all__ = [
    "MOST_NEAR",
    "MOST_SHOWN",
    "HubCard",
    "HubLine",
    "HubPicture",
    "Near",
    "card_name",
    "hub_card",
    "hub_pictures",
    "near",
    "near_name",
    "nearest",
    "picture_name",
]

#: The most neighbours that are kept for each relation, and the most statements for a card.
MOST_NEAR, MOST_SHOWN = 1000, 200


def picture_name(hub: str) -> str:
    """What a hub's part in pictures is kept under."""
    return f"hub/{hub}"


def card_name(hub: str) -> str:
    """What the choice of a hub's statements is kept under."""
    return f"hub/{hub}/card"


def near_name(hub: str, predicate: str = "", role: str = "") -> str:
    """What a hub's neighbours are kept under: all, or those by one relation (a CURIE) in one direction (in, out)."""
    return f"hub/{hub}/near/{predicate}/{role}" if predicate else f"hub/{hub}/near"


class HubLine(NamedTuple):
    """A statement that joins two hubs; ``predicate`` is an IRI, ``since`` empty where no date is given."""

    subject: str
    predicate: str
    object: str
    statement: str
    status: str | None
    source: str
    since: str


class HubPicture(NamedTuple):
    """A hub in a picture: its newest status, from when on each source speaks of it (a date or ""), and its ``lines``.

    These are the statements that join it to itself and to hubs of which more is said.
    """

    status: str | None
    mentions: tuple[tuple[str, str], ...]
    lines: tuple[HubLine, ...]


class HubCard(NamedTuple):
    """How many statements a hub has, of each kind and in all, and the digits of some of every kind.

    A kind is "out", "in" or "spoke" with a relation's IRI or "", or "figures" or "statuses" with "". ``others`` counts
    the neighbours by the kinds of relation.
    """

    counts: Mapping[tuple[str, str], int]
    others: Mapping[tuple[str, str], int]
    shown: tuple[str, ...]
    total: int


class Near(NamedTuple):
    """The neighbours of a hub of which most is said, each with that number and whether nothing but plans joins it.

    ``complete`` says that these are all.
    """

    neighbours: tuple[tuple[str, int, bool], ...]
    complete: bool

    def has(self, most: int) -> bool:
        """Whether the first ``most`` neighbours are surely these."""
        return self.complete or most <= min(len(self.neighbours), MOST_NEAR)


def hub_pictures(engine: Engine, ids: Collection[str]) -> dict[str, HubPicture]:
    """The parts in pictures of those that are hubs; none where the store keeps nothing. Raises QueryError."""
    wanted = {picture_name(one): one for one in dict.fromkeys(ids) if is_hub(engine, one)}
    if not wanted:
        return {}
    sources: list[str] = kept_one(engine, "sources") or []
    return {wanted[name]: _picture(wanted[name], found, sources) for name, found in kept(engine, wanted).items()}


def _picture(hub: str, found: Mapping[str, Any], sources: list[str]) -> HubPicture:
    lines = []
    for role, predicate, other, told in found["lines"]:
        subject, thing = (hub, other) if role == "out" else (other, hub)
        lines += [
            HubLine(subject, whole(predicate), thing, digits, status, sources[place], since)
            for digits, status, place, since in told
        ]
    mentions = tuple((sources[place], date) for place, date in found["mentions"])
    return HubPicture(found["status"], mentions, tuple(lines))


def hub_card(engine: Engine, hub: str) -> HubCard | None:
    """Which statements stand for all of a hub's; None for what is no hub, or where nothing is kept."""
    if not is_hub(engine, hub) or (found := kept_one(engine, card_name(hub))) is None:
        return None
    counts, others = (
        {(kind, whole(predicate)): count for kind, predicate, count in found[name]} for name in ("counts", "others")
    )
    return HubCard(counts, others, tuple(found["shown"]), found["total"])


def nearest(engine: Engine, ids: Iterable[str]) -> dict[str, tuple[tuple[str, int, bool], ...]]:
    """The neighbours by any relation of several hubs, by hub; see :class:`Near`. Raises QueryError."""
    names = {near_name(one): one for one in ids if is_hub(engine, one)}
    return {names[name]: _merged([found]) for name, found in kept(engine, names).items()}


def _merged(lists: Iterable[Sequence[Any]]) -> tuple[tuple[str, int, bool], ...]:
    """The neighbours on several lists, each once: planned where nothing else joins it."""
    merged: dict[str, tuple[str, int, bool]] = {}
    for _, *some in lists:
        for one, weight, planned in some:
            known = merged.get(one)
            merged[one] = one, weight, bool(planned) and (known is None or known[2])
    return tuple(sorted(merged.values(), key=lambda one: (-one[1], one[0])))


def near(engine: Engine, hub: str, predicates: Iterable[str] | None, outgoing: bool | None) -> Near | None:
    """A hub's neighbours by some relations (IRIs; None: any) in one direction or in both.

    None for what is no hub, or where nothing is kept.
    """
    card = hub_card(engine, hub)
    if card is None:
        return None
    if predicates is None and outgoing is None:
        names = [near_name(hub)]
    else:
        wanted = None if predicates is None else set(predicates)
        roles = {True: ("out",), False: ("in",), None: ("out", "in")}[outgoing]
        kinds = [kind for kind in card.others if kind[0] in roles and (wanted is None or kind[1] in wanted)]
        names = [near_name(hub, compact(predicate), role) for role, predicate in kinds]
    found = list(kept(engine, names).values())
    return Near(_merged(found), all(total == len(some) for total, *some in found))

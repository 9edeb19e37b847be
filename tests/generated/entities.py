"""Invented entities: hubs, which everything may refer to, and the long tail."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence

from kg.model.entity import Entity
from kg.model.text import Names, Text
from tests.generated.names import KINDS, Name, make_name

__all__ = ["EntityMaker"]

_SHARES = (30, 16, 12, 10, 8, 8, 5, 4, 3, 2, 2)  # of each type, in per cent, about as in the real data


class EntityMaker:
    """Makes entities, each with an id such as ``place-12``: its type, and its number among those of its type.

    ``model_construct`` leaves pydantic's checks out, which would take most of the time: the tests hold the records to
    the loader's checks instead.
    """

    def __init__(self, chance: random.Random, themes: Sequence[str]) -> None:
        self._chance = chance
        self._themes = themes
        self._turn = itertools.cycle(themes)
        self._numbers = {kind: itertools.count(1) for kind in KINDS}
        self._shifts = {kind: chance.randrange(1000) for kind in KINDS}

    def hubs(self, amount: int) -> Iterator[tuple[str, Entity]]:
        """At least three of each type, the first of each featured; with their types."""
        for kind, share in zip(KINDS, _SHARES, strict=True):
            evenly = max(3, amount * (share + 100) // (100 * (len(KINDS) + 1)))
            for place in range(evenly):
                yield kind, self._make(kind, featured=place == 0, successor=None)

    def some(self, amount: int) -> Iterator[tuple[str, Entity]]:
        """Entities of all types, with their types; one of a hundred was replaced by the one of its type before it."""
        last: dict[str, str] = {}
        for kind in self._chance.choices(tuple(KINDS), _SHARES, k=amount):
            successor = last.get(kind) if self._chance.random() < 0.01 else None
            entity = self._make(kind, featured=False, successor=successor)
            if successor is None:
                last[kind] = entity.id
            yield kind, entity

    def _make(self, kind: str, featured: bool, successor: str | None) -> Entity:
        chance = self._chance.random
        number = next(self._numbers[kind])
        name = make_name(kind, number + self._shifts[kind])
        entity_id = f"{kind}-{number}"
        return Entity.model_construct(
            id=entity_id,
            name=_text(*name.full),
            short=_text(*name.brand) if chance() < 0.3 and name.field[0] else None,
            aliases=_aliases(name) if chance() < 0.3 else _NONE,
            former=_former(name) if chance() < 0.03 else _NONE,
            description=_description(name),
            themes=tuple(dict.fromkeys((next(self._turn), *self._chance.choices(self._themes, k=chance() < 0.15)))),
            featured=featured,
            links=(f"https://example.org/{entity_id}",) if chance() < 0.05 else (),
            replaced_by=successor,
            note=f"第 {number} 个。 Number {number}." if chance() < 0.02 else None,
        )


_NONE = Names()


def _text(zh: str, en: str) -> Text:
    return Text.model_construct(zh=zh, en=en)


def _aliases(name: Name) -> Names:
    initials = "".join(word[0] for word in name.full[1].split())
    if not name.field[0]:
        return Names.model_construct(zh=(), en=(initials + name.brand[1],))
    zh, en = name.brand[0] + name.ending[0], f"{name.brand[1]} {name.ending[1]}"
    return Names.model_construct(zh=(zh,), en=(en, initials))


def _former(name: Name) -> Names:
    return Names.model_construct(zh=(f"原{name.full[0]}",), en=(f"Old {name.full[1]}",))


def _description(name: Name) -> Text:
    if not name.field[0]:
        return _text(f"{name.full[0]}，见于多个来源。", f"{name.full[1]}, of which several sources speak.")
    zh, en = (part[0] for part in name[1:]), [part[1] for part in name[1:]]
    return _text("{}在{}方面的{}。".format(*zh), f"The {en[2].lower()} of {en[0]} in the field of {en[1].lower()}.")

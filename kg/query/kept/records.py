"""An entity as search needs it, in one kept answer: what it is shown by, how much is said of it, all its names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, get_args

from kg.model.text import Text
from kg.query.names import Key, NameKind
from kg.query.rows import EntityRef

__all__ = ["Record"]

_KINDS: tuple[NameKind, ...] = get_args(NameKind)


class Record(NamedTuple):
    """An entity with the number of its statements and its keys, in the order in which a full index has them."""

    entity: EntityRef
    weight: int
    keys: tuple[Key, ...]

    def written(self) -> list[Any]:
        """The record as JSON can have it. What a key says twice is left out: most are their own folded form."""
        one = self.entity
        short = [one.short.zh, one.short.en] if one.short else None
        keys = [
            [_KINDS.index(key.kind), key.text, key.lang, key.folded if key.folded != key.text else 0, _starts(key)]
            for key in self.keys
        ]
        return [one.id, one.type, [one.name.zh, one.name.en], short, self.weight, keys]

    @classmethod
    def read(cls, kept: Sequence[Any]) -> Record:
        """The record as :meth:`written` wrote it."""
        entity_id, kind, name, short, weight, keys = kept
        entity = EntityRef(entity_id, kind, _text(name), _text(short) if short else None)
        return cls(
            entity,
            weight,
            tuple(
                Key(folded or text, entity_id, _KINDS[place], text, lang, tuple(starts or (0,)))
                for place, text, lang, folded, starts in keys
            ),
        )


def _starts(key: Key) -> Sequence[int] | int:
    return 0 if key.starts == (0,) else key.starts


def _text(words: Iterable[str | None]) -> Text:
    zh, en = words
    return Text.model_construct(zh=zh, en=en)

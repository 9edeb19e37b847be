"""The names that a text may mean, read from the lists that a store keeps; all names where it keeps none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain, islice
from math import log
from typing import NamedTuple
from zlib import crc32

from kg.engine.base import Engine
from kg.query.kept.grams import nearly_in, wanted_in, wanted_of_word
from kg.query.kept.postings import Postings, common
from kg.query.kept.records import Record
from kg.query.kept.shelf import About, about, kept
from kg.query.match import Found, allowed_slips, direct_matches, slip_matches
from kg.query.names import Names, fold, names_of, words_of

__all__ = ["exact_shard", "gram_name", "names_near", "record_name"]

#: How many entities are looked at at once, and how often where too few of these are meant. Of those that have most in
#: common with a text with a slip, the first are meant and those that follow hardly ever.
_MEANT, _NEARLY = (200, 5), (300, 1)

_Matches = Callable[[Names, str, Collection[str] | None], dict[str, Found]]


def gram_name(piece: str) -> str:
    """What the list of the entities that have this piece is kept under."""
    return f"gram/{piece}"


def record_name(number: int) -> str:
    """What the names of the entity with this number are kept under."""
    return f"name/{number}"


def exact_shard(folded: str, shards: int) -> tuple[str, str]:
    """What the list of the entities of which this is a whole name is kept under, and its place there."""
    digest = crc32(folded.encode())
    return f"exact/{digest % shards}", f"{digest:x}"


def names_near(engine: Engine, text: str, limit: int = 10, types: Collection[str] | None = None) -> Names:
    """Names that have among them those of the entities (of these types) that ``text`` most likely means.

    There are ``limit`` of these where there are as many. Where the store keeps no lists, they are all names there are:
    one round trip for each version of the data. Else two, or four for a text with a slip, however many there are.
    """
    facts = about(engine)
    if facts is None:
        return names_of(engine)
    wanted, words = fold(text), words_of(text)
    names = None
    if wanted:
        asked = _Asked(text, types, limit, direct_matches, *_MEANT)
        names = _enough(engine, _meant(engine, facts, wanted, words), asked)
    if names is None and any(map(allowed_slips, (wanted, *words))):
        asked = _Asked(text, types, limit, slip_matches, *_NEARLY)
        names = _enough(engine, _nearly(engine, facts, wanted, words), asked)
    return names or Names(engine.data_version, {}, {}, ())


class _Asked(NamedTuple):
    """What is asked for, and what counts as meant by it."""

    text: str
    types: Collection[str] | None
    limit: int
    matches: _Matches
    at_once: int
    times: int


def _enough(engine: Engine, numbers: Iterable[int], asked: _Asked) -> Names | None:
    """The names of so many of the entities that enough are meant; None where none is."""
    records: list[Record] = []
    names, found = None, 0
    left = iter(numbers)
    for _ in range(asked.times):
        some = list(islice(left, asked.at_once))
        if not some:
            break
        records += map(Record.read, kept(engine, map(record_name, some)).values())
        names = Names(
            engine.data_version,
            {one.entity.id: one.entity for one in records},
            {one.entity.id: one.weight for one in records},
            tuple(key for one in records for key in one.keys),
        )
        found = len(asked.matches(names, asked.text, asked.types))
        if found >= asked.limit:
            break
    return names if found else None


def _meant(engine: Engine, facts: About, wanted: str, words: Sequence[str]) -> Iterable[int]:
    """The entities that may have the text in their names, those first that search puts first."""
    pieces = wanted_in(wanted)
    by_word = [wanted_of_word(word) for word in words] if len(words) > 1 else []
    shard, place = exact_shard(wanted, facts.shards)
    every = [*map(gram_name, chain(pieces.all, *by_word)), shard]
    found = kept(engine, every)
    exact: list[int] = found.get(shard, {}).get(place, [])
    parts = (
        (pieces.near_begin,) if pieces.near_begin else (),
        pieces.begin,
        (pieces.near_inside,) if pieces.near_inside else (),
        pieces.inside,
        tuple(chain(*by_word)),
    )
    return dict.fromkeys(chain(exact, *(_with_all(found, part) for part in parts)))


def _with_all(found: dict[str, list[int]], pieces: Iterable[str]) -> list[int]:
    names = [gram_name(piece) for piece in dict.fromkeys(pieces)]
    return common(Postings.read(found[name]) for name in names) if all(name in found for name in names) else []


def _nearly(engine: Engine, facts: About, wanted: str, words: Sequence[str]) -> Iterable[int]:
    """The entities that have most of the text's pieces, rare pieces before common ones."""
    pieces = [*nearly_in(wanted), *(f"_{word[:size]}" for word in words for size in (1, 2))]
    lists = list(map(Postings.read, kept(engine, map(gram_name, pieces)).values()))
    shared: defaultdict[int, float] = defaultdict(float)
    for one in lists:
        rare = log(max(facts.entities, one.total) / one.total) + 1
        for number in one.numbers:
            shared[number] += rare
    return sorted(shared, key=lambda number: (-shared[number], number))

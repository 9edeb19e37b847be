"""Works out the lists by which search finds an entity by any of its names, and the names of each."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from kg.engine.base import Engine
from kg.graph.names import entity_iri
from kg.query.describe import Properties, blocks, describe
from kg.query.kept.census import Census
from kg.query.kept.grams import pieces_of
from kg.query.kept.lookup import exact_shard, gram_name, record_name
from kg.query.kept.postings import written
from kg.query.kept.records import Record
from kg.query.match import EXACT_RANK
from kg.query.names import NAMED, Key, keys_of
from kg.query.refs import entity_ref

__all__ = ["search_answers", "shards_for"]

#: The most entities on one list: beyond, those of which less is said are left out.
_MOST_LISTED = 2_000
_MOST_EXACT = 300

#: About so many names share what whole names are looked up in.
_NAMES_OF_SHARD = 200


def shards_for(census: Census) -> int:
    """In how many parts the whole names are kept: about eight stand for one entity."""
    return max(1, 8 * len(census.weights) // _NAMES_OF_SHARD)


def search_answers(engine: Engine, census: Census) -> Iterator[tuple[str, Any]]:
    """Every kept answer that search asks for, with its name. Raises QueryError."""
    lists = _Lists(shards_for(census))
    found_as = census.found_as()
    numbers = {one: number for number, one in enumerate(found_as)}
    for block in blocks(list(found_as)):
        everyone = [one for found in block for one in found_as[found]]
        properties = describe(engine, map(entity_iri, everyone), NAMED)
        for found in block:
            record = _record(found, found_as[found], properties, census)
            lists.add(numbers[found], record.keys)
            yield record_name(numbers[found]), record.written()
    yield from lists.answers()


def _record(found: str, all_as: Sequence[str], properties: Mapping[str, Properties], census: Census) -> Record:
    own = {one: properties.get(entity_iri(one), {}) for one in all_as}
    keys = tuple(chain.from_iterable(keys_of(one, found, own[one]) for one in all_as))
    return Record(entity_ref(found, own.get(found, {})), census.weights[found], keys)


class _Lists:
    """The lists, to which entities come by their numbers, ascending."""

    def __init__(self, shards: int) -> None:
        self._shards = shards
        self._pieces: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        self._totals: Counter[str] = Counter()
        self._exact: defaultdict[str, defaultdict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))

    def add(self, number: int, keys: Sequence[Key]) -> None:
        """One more entity."""
        pieces = set(chain.from_iterable(map(pieces_of, keys)))
        self._totals.update(pieces)
        for piece in pieces:
            if len(self._pieces[piece]) < _MOST_LISTED:
                self._pieces[piece].append(number)
        ranks: dict[str, int] = {}
        for key in keys:
            ranks[key.folded] = min(ranks.get(key.folded, len(EXACT_RANK)), EXACT_RANK[key.kind])
        for folded, rank in ranks.items():
            shard, place = exact_shard(folded, self._shards)
            self._exact[shard][place].append((rank, number))

    def answers(self) -> Iterator[tuple[str, Any]]:
        """All lists with their names."""
        for piece, numbers in self._pieces.items():
            yield gram_name(piece), written(self._totals[piece], numbers)
        for shard, places in self._exact.items():
            # The better a name, the sooner; then the better known.
            yield shard, {place: [number for _, number in sorted(ones)[:_MOST_EXACT]] for place, ones in places.items()}

"""Which names a text matches, and how well."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kg.query.names import Key, NameKind, Names, fold, words_of

__all__ = ["EXACT_RANK", "Found", "Match", "allowed_slips", "direct_matches", "matches", "slip_matches"]

#: How a name matched, best first: all of it, its beginning, a part, all the words in any order, or but for a slip.
Match = Literal["exact", "prefix", "part", "words", "typo"]

#: Exact matches rank by the kind of name; the other matches follow in their own order.
EXACT_RANK: dict[NameKind, int] = {
    "name": 0,
    "short": 1,
    "alias": 1,
    "former": 1,
    "id": 1,
    "traditional": 1,
    "pinyin": 2,
    "initials": 2,
}
_RANK: dict[Match, int] = {"prefix": 3, "part": 4, "words": 5, "typo": 6}

# The fewest Latin letters that say something from within a word, and from the beginning of one.
_SHORTEST_PART, _SHORTEST_WORD_PART = 4, 2


@dataclass(frozen=True, slots=True)
class Found:
    """The best match of one entity; ``distance`` orders those of one rank: the less, the nearer to what was typed."""

    key: Key
    match: Match
    rank: int
    distance: int = 0


def matches(names: Names, text: str, types: Collection[str] | None = None) -> dict[str, Found]:
    """The best match of each entity of these types, by id; names with a slip only where nothing else matches."""
    return direct_matches(names, text, types) or slip_matches(names, text, types)


def direct_matches(names: Names, text: str, types: Collection[str] | None = None) -> dict[str, Found]:
    """The matches without a slip."""
    wanted = fold(text)
    if not wanted:
        return {}
    found = _best(names, types, _direct(names, wanted))
    for found_by_word in _best(names, types, _by_words(names, text)).items():
        found.setdefault(*found_by_word)
    return found


def slip_matches(names: Names, text: str, types: Collection[str] | None = None) -> dict[str, Found]:
    """The matches with a slip."""
    wanted = fold(text)
    return _best(names, types, _with_slips(names, wanted, text)) if wanted else {}


def _best(names: Names, types: Collection[str] | None, candidates: Iterator[Found]) -> dict[str, Found]:
    """The best of the candidates for each entity; the first of equals, so a name before its pinyin."""
    best: dict[str, Found] = {}
    for one in candidates:
        known = best.get(one.key.entity)
        if types is not None and names.entities[one.key.entity].type not in types:
            continue
        if known is None or (one.rank, one.distance) < (known.rank, known.distance):
            best[one.key.entity] = one
    return best


def _direct(names: Names, wanted: str) -> Iterator[Found]:
    for key in names.keys:
        if wanted not in key.folded:
            continue
        # Who typed half of a name or more means it sooner than a longer name that only begins so, or holds it.
        distance = int(2 * len(wanted) < len(key.folded))
        if key.folded == wanted:
            yield Found(key, "exact", EXACT_RANK[key.kind])
        elif key.folded.startswith(wanted):
            yield Found(key, "prefix", _RANK["prefix"], distance)
        elif _is_part(wanted, key):
            yield Found(key, "part", _RANK["part"], distance)


def _is_part(wanted: str, key: Key) -> bool:
    """Whether the part says something.

    “cal” at the end of “medical” does not, nor do initials from the middle, nor the “nope” of “chain open”.
    """
    if key.kind == "initials":
        return False
    if not wanted.isascii():
        return True
    if len(wanted) >= _SHORTEST_WORD_PART and any(key.folded.startswith(wanted, start) for start in key.starts):
        return True
    return len(wanted) >= _SHORTEST_PART and any(wanted in word for word in key.words)


def _by_words(names: Names, text: str) -> Iterator[Found]:
    """Entities in whose names all the words stand: Latin words by their beginning, Chinese ones anywhere."""
    wanted = words_of(text)
    if len(wanted) < 2:
        return
    having = [_with_word(names, word) for word in wanted]
    for entity in set.intersection(*having):
        yield Found(_key_with_most(names, entity, wanted), "words", _RANK["words"])


def _with_word(names: Names, word: str) -> set[str]:
    found: set[str] = set()
    for known, entities in names.words.items():
        if known.startswith(word) or (word in known and not word.isascii()):
            found |= entities
    return found


def _with_slips(names: Names, wanted: str, text: str) -> Iterator[Found]:
    """Names that differ in a letter or two; the beginning of a name too, for one who is still typing."""
    slips = allowed_slips(wanted)
    if slips:
        starts = [folded[: len(wanted)] for folded in names.folded]
        for choices, more in ((names.folded, 0), (starts, 1)):
            for _, distance, place in process.extract(
                wanted, choices, scorer=OSA.distance, score_cutoff=slips, limit=None
            ):
                yield Found(names.keys[place], "typo", _RANK["typo"], 2 * int(distance) + more)
    yield from _words_with_slips(names, words_of(text))


def _words_with_slips(names: Names, wanted: list[str]) -> Iterator[Found]:
    """Entities in whose names all the words stand, some of them with a slip."""
    having = [_with_word(names, word) | _with_word_but_for_slips(names, word) for word in wanted]
    if not any(allowed_slips(word) for word in wanted):
        return
    for entity in set.intersection(*having):
        yield Found(_key_with_most(names, entity, wanted), "typo", _RANK["typo"], 9)


def _with_word_but_for_slips(names: Names, word: str) -> set[str]:
    slips = allowed_slips(word)
    if not slips:
        return set()
    near = process.extract(word, list(names.words), scorer=OSA.distance, score_cutoff=slips, limit=None)
    return {entity for known, _, _ in near for entity in names.words[known]}


def allowed_slips(folded: str) -> int:
    """How many edits (a letter wrong, missing, too many, or two swapped) still mean the same name.

    One in about five letters, as one types them. A Chinese character says as much as several letters, but in a name of
    three or four of them one may still be the wrong homophone (长按链). Shorter texts must be right: with one edit "ai"
    is any two letters.
    """
    size = len(folded)
    if not folded.isascii():
        return 0 if size < 3 else 1 if size < 7 else 2
    return 0 if size < 4 else 1 if size < 9 else 2


def _key_with_most(names: Names, entity: str, wanted: list[str]) -> Key:
    """The name of the entity in which most of the words stand; the first of equals."""
    keys = names.keys_of[entity]
    return max(keys, key=lambda key: sum(word in key.folded for word in wanted))

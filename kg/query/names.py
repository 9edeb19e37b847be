"""The index of every name that an entity goes by, read from the engine with one question."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Literal
from weakref import WeakKeyDictionary

from kg.engine.answer import Term
from kg.engine.base import Engine
from kg.graph.names import LANG_INITIALS, LANG_PINYIN, LANG_TRADITIONAL
from kg.query.ask import ask
from kg.query.describe import Properties, add, first
from kg.query.refs import entity_ref
from kg.query.rows import EntityRef
from kg.query.terms import curie, id_of

__all__ = ["NAMED", "Key", "NameKind", "Names", "fold", "keys_of", "names_of", "successor_of", "words_of"]

#: What kind of name a search key is.
NameKind = Literal["name", "short", "alias", "former", "id", "traditional", "pinyin", "initials"]

#: What keys are made from, with what an entity is shown by.
NAMED = (
    "rdf:type",
    "skos:prefLabel",
    "bde:shortName",
    "skos:altLabel",
    "bde:formerName",
    "skos:hiddenLabel",
    "dcterms:isReplacedBy",
)

# One scan of the entities and one count of the statements: milliseconds for 150 entities, seconds for 100,000. Where a
# store keeps lists of names (kg.query.kept), these are asked instead.
_QUESTION = f"""
SELECT ?entity ?predicate ?value WHERE {{
  {{
    GRAPH graph:entities {{
      ?entity ?predicate ?value .
      FILTER (?predicate IN ({", ".join(NAMED)}))
    }}
  }} UNION {{
    SELECT ?entity (COUNT(DISTINCT ?statement) AS ?value) WHERE {{
      ?statement rdf:subject|rdf:object|bde:subject ?entity .
    }} GROUP BY ?entity
  }}
}}
"""

_HIDDEN: dict[str, NameKind] = {LANG_TRADITIONAL: "traditional", LANG_PINYIN: "pinyin", LANG_INITIALS: "initials"}

# Chinese characters (with the extensions and the compatibility block) apart from the rest: 自动驾驶4.0 is two words.
_WORDS = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+|[^\W_\u3400-\u9fff\uf900-\ufaff]+")
_NUMBER_DOT = re.compile(r"(?<=\d)\.(?=\d)")


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in decomposed if unicodedata.category(sign) != "Mn")


def fold(text: str) -> str:
    """``text`` as search compares it: without case, width, accents, spaces and punctuation.

    >>> fold("Chang’an  Chain") == fold("ｃｈａｎｇ'ān-chain") == "changanchain"
    True
    """
    return "".join(sign for sign in _plain(text) if sign.isalnum())


def words_of(text: str) -> list[str]:
    """The folded words of ``text``; Chinese and Latin runs are words of their own.

    >>> words_of("高级别自动驾驶示范区4.0 Zone")
    ['高级别自动驾驶示范区', '40', 'zone']
    """
    joined = _NUMBER_DOT.sub("", _plain(text).replace("'", "").replace("’", ""))
    # Within the blocks of Chinese characters there are signs that are none, which no key has either.
    words = (word if word.isalnum() else fold(word) for word in _WORDS.findall(joined))
    return list(filter(None, words))


@dataclass(frozen=True, slots=True)
class Key:
    """One name of one entity, folded for comparing; ``text`` and ``lang`` are the name as it stands in the graph.

    ``starts`` are the places in ``folded`` where a word begins.
    """

    folded: str
    entity: str
    kind: NameKind
    text: str
    lang: str
    starts: tuple[int, ...]

    @property
    def words(self) -> list[str]:
        """The folded words of the name (:func:`words_of`)."""
        return [self.folded[start:end] for start, end in pairwise((*self.starts, len(self.folded)))]


@dataclass(frozen=True)
class Names:
    """Every entity's names of one data version, with how many statements speak of it."""

    data_version: str
    entities: dict[str, EntityRef]
    statements: dict[str, int]
    keys: tuple[Key, ...]

    @cached_property
    def folded(self) -> list[str]:
        """The folded form of each key, in the keys' order."""
        return [key.folded for key in self.keys]

    @cached_property
    def keys_of(self) -> dict[str, list[Key]]:
        """The keys by entity."""
        found: dict[str, list[Key]] = defaultdict(list)
        for key in self.keys:
            found[key.entity].append(key)
        return dict(found)

    @cached_property
    def words(self) -> dict[str, set[str]]:
        """The ids of the entities in whose names each word stands."""
        found: dict[str, set[str]] = defaultdict(set)
        for key in self.keys:
            for word in key.words:
                found[word].add(key.entity)
        return dict(found)


def names_of(engine: Engine) -> Names:
    """The index of the engine's data version: read at the first call, kept for as long as the engine lives."""
    known = _known.get(engine)
    if known is None or known.data_version != engine.data_version:
        known = _known[engine] = _read(engine)
    return known


_known: WeakKeyDictionary[Engine, Names] = WeakKeyDictionary()


def _read(engine: Engine) -> Names:
    read: dict[str, Properties] = {}
    counts: dict[str, int] = {}
    version = engine.data_version
    for row in ask(engine, _QUESTION).records():
        entity = id_of(row["entity"].value)
        if "predicate" in row:
            add(read.setdefault(entity, {}), row["predicate"].value, row["value"])
        else:
            counts[entity] = int(row["value"].value)
    after = {entity: id_of(to.value) for entity in read if (to := first(read[entity], "dcterms:isReplacedBy"))}
    known = set(read)
    successors = {entity: successor_of(entity, after, known) for entity in sorted(read)}
    return Names(
        data_version=version,
        entities={entity: entity_ref(entity, read[entity]) for entity in sorted(set(successors.values()))},
        statements=counts,
        keys=tuple(key for entity, to in successors.items() for key in keys_of(entity, to, read[entity])),
    )


def successor_of(entity: str, after: Mapping[str, str], known: Collection[str]) -> str:
    """The entity that a retired one is found as, however often it was replaced; of a ring, the first by id.

    ``after`` has the one that took the place of each retired one; what is not ``known`` takes nobody's place.
    """
    seen = [entity]
    while (successor := after.get(seen[-1])) is not None:
        if successor in seen:
            return min(seen[seen.index(successor) :])
        if successor not in known:
            break
        seen.append(successor)
    return seen[-1]


def keys_of(entity: str, found_as: str, properties: Properties) -> Iterable[Key]:
    """The search keys of ``entity``; those of a retired one are former names of the one that took its place."""
    seen: set[tuple[str, NameKind]] = set()
    for kind, value, lang in _spellings(entity, properties):
        told = "former" if entity != found_as and kind in ("name", "short", "alias") else kind
        folded = fold(value)
        if folded and (folded, told) not in seen:
            seen.add((folded, told))
            sizes = [len(word) for word in words_of(value)]
            yield Key(folded, found_as, told, value, lang, tuple(accumulate(sizes[:-1], initial=0)))


def _spellings(entity: str, properties: Properties) -> Iterable[tuple[NameKind, str, str]]:
    plain: tuple[tuple[str, NameKind], ...] = (
        ("skos:prefLabel", "name"),
        ("bde:shortName", "short"),
        ("skos:altLabel", "alias"),
        ("bde:formerName", "former"),
    )
    for predicate, kind in plain:
        for term in _sorted(properties.get(curie(predicate), [])):
            yield kind, term.value, term.lang
    yield "id", entity, ""
    for term in _sorted(properties.get(curie("skos:hiddenLabel"), [])):
        yield _HIDDEN.get(term.lang.lower(), "alias"), term.value, term.lang


def _sorted(terms: list[Term]) -> list[Term]:
    return sorted(terms, key=lambda term: (term.lang != "zh", term.lang, term.value))

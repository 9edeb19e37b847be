"""What can be written at a place of a query, found in the data: everything is counted, nothing is invented."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Literal

from kg.engine.answer import Term
from kg.engine.base import Engine
from kg.graph.names import ONTOLOGY, PLANNED, PREFIXES, compact, entity_id, entity_iri
from kg.model.text import Lang
from kg.query.catalogue import Catalogue, Entry, catalogue
from kg.query.complete_facts import Ends, classes_of, ends_at, ends_for, properties_at, types_at, types_of
from kg.query.complete_place import TYPE, Link, Place, Step
from kg.query.complete_word import Prologue, Word
from kg.query.everyone import Everyone
from kg.query.names import fold
from kg.query.rows import EntityRef
from kg.query.search import Hit, search
from kg.query.terms import curie, spelled

__all__ = ["Asked", "Item", "Kind", "compared", "graphs", "named", "objects", "properties", "variables"]

Kind = Literal[
    "keyword", "prefix", "class", "property", "entity", "concept", "source", "graph", "variable", "function", "value"
]

#: Longer values are sentences, which nobody writes into a query.
_LONGEST_VALUE = 60
_MOST_HITS = 50


@dataclass(frozen=True, slots=True)
class Item:
    """Something to write: ``text``, then ``iri`` as it is spelled in the query; ``prefix`` is one that it needs.

    ``keys`` are its names, folded, and ``words`` the words in them. ``rank`` says how well it fits the word, where that
    is known already: the less the better.
    """

    kind: Kind
    text: str = ""
    iri: str = ""
    label: str = ""
    detail: str = ""
    count: int | None = None
    prefix: str = ""
    keys: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    rank: int | None = None


@dataclass(frozen=True)
class Asked:
    """What completion goes by: the word, its place, and whom to ask."""

    engine: Engine
    place: Place
    word: Word
    prologue: Prologue
    lang: Lang
    bracketed: bool

    @cached_property
    def known(self) -> Catalogue:
        return catalogue(self.engine)

    @cached_property
    def everyone(self) -> Everyone:
        return Everyone(self.engine)

    @cached_property
    def about(self) -> dict[str, list[Link]]:
        """What the query says of each node."""
        found: dict[str, list[Link]] = defaultdict(list)
        for link in self.place.links:
            for node in {link.subject, link.value}:
                found[node].append(link)
        return found

    @cached_property
    def namespace(self) -> str:
        """The namespace of a prefixed name that is being typed; empty for any other word and an unknown prefix."""
        if self.word.look != "name":
            return ""
        return self.prologue.namespace(self.word.typed.partition(":")[0]) or ""

    @cached_property
    def wanted(self) -> str:
        """What the names are searched for: the word without its prefix or its sign."""
        typed = self.word.typed
        if self.word.look == "name":
            return typed.partition(":")[2]
        return typed if self.word.look == "word" else typed[1:]


def variables(asked: Asked) -> Iterator[Item]:
    sign = "$" if asked.word.typed.startswith("$") else "?"
    for name in asked.place.variables:
        facts = classes_of(asked.engine, asked.about.get(name, ()), name)
        entry = asked.known.classes.get(facts[0][0]) if facts and len(facts[0]) == 1 else None
        detail = _said(entry, asked) if entry else ""
        yield Item("variable", sign + name[1:], label=sign + name[1:], detail=detail, keys=(name[1:].casefold(),))


def properties(asked: Asked) -> Iterator[Item]:
    found, known = properties_at(asked.engine, asked.place), asked.known
    # what ends at a thing, and not at a text, can be walked backwards
    every = known.ranges if asked.place.inverse else known.properties
    counts = {name: known.properties[name].count for name in every} if found is None else found
    typed = asked.word.look in ("name", "iri")
    hidden = curie("skos:hiddenLabel")  # search keys, many of each thing: right, but seldom wanted

    def order(name: str) -> tuple[bool, bool, int, bool, str]:
        told = found is not None or any(of.startswith(ONTOLOGY) for of in known.domains.get(name, ()))
        return name == hidden, not told, -counts[name], not name.startswith((ONTOLOGY, PLANNED)), name

    for name in sorted(counts, key=order):
        if name in known.properties and (name != TYPE or typed):
            yield _entry(known.properties[name], asked, counts[name])


def objects(asked: Asked) -> Iterator[Item]:
    place = asked.place
    if place.path and place.path[-1] == Step(TYPE):
        for entry in sorted(asked.known.classes.values(), key=lambda entry: not entry.ours):
            yield _entry(entry, asked)
        return
    ends = ends_at(asked.engine, place)
    if ends is None:
        yield from named(asked)
    else:
        yield from _values(asked, ends, types_at(asked.engine, place))


def compared(asked: Asked) -> Iterator[Item]:
    """What the variable that stands on the other side of a comparison, or over a block of data, can be."""
    node = asked.place.compared
    if node and " " not in node:
        links = asked.place.links
        ends, types = ends_for(asked.engine, links, node), types_of(asked.engine, links, node)
        if ends is None and types and not asked.wanted:
            yield from _entities(asked.everyone.best_known(types)[:_MOST_HITS], asked)
        elif ends is not None or types:
            yield from _values(asked, ends, types)


def _values(asked: Asked, ends: Ends | None, types: set[str]) -> Iterator[Item]:
    """What stands at the ends of a property; of entities, where a word is typed, also others of these types."""
    counts = {term.value: count for term, count in ends or () if term.kind == "iri"}
    searched = bool(asked.wanted) and asked.word.look in ("word", "name")
    if searched and types:
        hits = _hits(asked, types)
        said = _statements(asked, hits) if ends is None else {}
        for hit in sorted(hits, key=lambda hit: entity_iri(hit.entity.id) not in counts):
            count = counts.get(entity_iri(hit.entity.id), 0) if ends is not None else said.get(hit.entity.id, 0)
            yield _entity(hit.entity, asked, count, _rank(hit, asked))
    things = filter(None, (entity_id(term.value) for term, _ in ends or () if term.kind == "iri"))
    refs = asked.everyone.refs(things)
    unnamed = asked.word.look != "none" or len(counts) <= _MOST_HITS
    for term, count in ends or ():
        one = entity_id(term.value) if term.kind == "iri" else None
        if term.kind == "literal":
            if literal := _literal(term):
                yield replace(literal, count=count)
        elif one and one in refs:
            if not (searched and types):
                yield _entity(refs[one], asked, count)
        elif term.value in asked.known.things:
            yield _entry(asked.known.things[term.value], asked, count)
        elif unnamed:
            yield Item("value", iri=term.value, count=count, keys=(fold(compact(term.value).partition(":")[2]),))


@lru_cache(maxsize=4096)
def _literal(term: Term) -> Item | None:
    """A value as it is written; None for a sentence, and for what cannot be written safely."""
    if len(term.value) > _LONGEST_VALUE:
        return None
    keys = (fold(term.value),)
    if term.datatype == curie("xsd:boolean") and term.value in ("true", "false"):
        return Item("value", term.value, keys=keys)
    try:
        text = spelled(term)
    except ValueError:
        return None
    before, mark, datatype = text.rpartition("^^<")
    return (
        Item("value", before + "^^", datatype[:-1], keys=keys)
        if mark and not term.lang
        else Item("value", text, keys=keys)
    )


def named(asked: Asked) -> Iterator[Item]:
    """Anything that has a name, once a word says which."""
    if asked.word.look == "none":
        return
    if asked.word.look == "iri" or (asked.namespace == PREFIXES["ent"] and not asked.wanted):
        local = asked.word.typed[1:].removeprefix(PREFIXES["ent"]) if asked.word.look == "iri" else ""
        yield from _entities(asked.everyone.beginning_with("" if ":" in local else local, _MOST_HITS), asked)
    elif asked.wanted:
        hits = _hits(asked, None)
        said = _statements(asked, hits)
        for hit in hits:
            yield _entity(hit.entity, asked, said.get(hit.entity.id, 0), _rank(hit, asked))
    for entry in asked.known.things.values():
        yield _entry(entry, asked)


def _hits(asked: Asked, types: set[str] | None) -> list[Hit]:
    if asked.namespace not in ("", PREFIXES["ent"]):
        return []
    return search(asked.engine, asked.wanted, _MOST_HITS, types)


def _rank(hit: Hit, asked: Asked) -> int:
    """How well an entity fits: wholly, by the beginning of its id or name, of another name, by a part, with a slip."""
    wanted, name = fold(asked.wanted), hit.entity.name
    if hit.match == "prefix":
        starts = (fold(text) for text in (hit.entity.id, name.zh or "", name.en or ""))
        return 0 if any(text.startswith(wanted) for text in starts) else 1
    return {"exact": -1, "part": 2, "words": 2}.get(hit.match, 3)


def _statements(asked: Asked, hits: Iterable[Hit]) -> Mapping[str, int]:
    return asked.everyone.statements(hit.entity.id for hit in hits)


def graphs(asked: Asked) -> Iterator[Item]:
    yield from (_entry(entry, asked) for entry in asked.known.graphs.values())


def _entry(entry: Entry, asked: Asked, count: int | None = None) -> Item:
    said = _said(entry, asked)
    counted = entry.count if count is None else count
    return Item(entry.kind, iri=entry.iri, detail=said, count=counted, keys=entry.keys, words=entry.words)


def _said(entry: Entry, asked: Asked) -> str:
    return entry.name.say(asked.lang) if entry.name else ""


def _entities(ids: Sequence[str], asked: Asked) -> Iterator[Item]:
    """Entities with the number of statements that speak of each."""
    refs, said = asked.everyone.refs(ids), asked.everyone.statements(ids)
    yield from (_entity(refs[one], asked, said.get(one, 0)) for one in ids if one in refs)


def _entity(ref: EntityRef, asked: Asked, count: int, rank: int | None = None) -> Item:
    keys = tuple(fold(text) for text in (ref.id, ref.name.zh or "", ref.name.en or "") if text) if rank is None else ()
    return Item("entity", iri=entity_iri(ref.id), detail=ref.name.say(asked.lang), count=count, keys=keys, rank=rank)

"""Completion of a query from this very data: what can stand at the caret, counted, with the prefix that it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from kg.engine.base import Engine
from kg.engine.tokens import SPACE, Token, significant, tokenize
from kg.errors import Edit
from kg.graph.names import PREFIXES, compact
from kg.model.text import Lang
from kg.query.complete_items import Asked, Item, Kind, compared, graphs, named, objects, properties, variables
from kg.query.complete_place import Slot
from kg.query.complete_read import place_of
from kg.query.complete_word import Prologue, Word, read_prologue, word_at
from kg.query.complete_words import (
    aggregates,
    datatypes,
    declarations,
    functions,
    keywords,
    languages,
    namespaces,
    orders,
    prefix_names,
    verb,
)
from kg.query.names import fold

__all__ = ["MOST_ITEMS", "Completion", "Completions", "complete"]

#: The most items that are offered at once.
MOST_ITEMS = 50
# Of Latin letters, fewer say nothing from within a name.
_SHORTEST_PART = 3
_SLIP = 3


@dataclass(frozen=True, slots=True)
class Completion:
    """One offer: ``text`` is inserted, ``label`` stands in the list, ``detail`` is what it is called.

    ``count`` says how often it occurs there in the data (an instance, a triple, a statement), None for what is not
    counted. ``edits`` are made after the insertion; none of them stands behind it in the text.
    """

    text: str
    label: str
    detail: str
    kind: Kind
    count: int | None
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Completions:
    """The characters from ``start`` to before ``end`` become the text of one of ``items``, the likeliest first."""

    start: int
    end: int
    items: tuple[Completion, ...]


_Maker = Callable[[Asked], Iterable[Item]]
#: What makes the items of each place, the likelier group first.
_MAKERS: dict[Slot, tuple[_Maker, ...]] = {
    "start": (keywords,),
    "prefix": (declarations,),
    "namespace": (namespaces,),
    "select": (variables, aggregates, keywords),
    "where": (keywords,),
    "describe": (variables, keywords, named, prefix_names),
    "from": (graphs, keywords, prefix_names),
    "graph": (graphs, variables),
    "modifier": (keywords,),
    "by": (keywords,),
    "group": (variables, keywords, functions),
    "order": (orders, variables, keywords, aggregates, functions),
    "having": (aggregates, keywords, functions),
    "subject": (variables, keywords, named, prefix_names),
    "predicate": (verb, properties, variables, prefix_names),
    "object": (objects, variables, prefix_names),
    "end": (keywords,),
    "filter": (keywords, functions),
    "exists": (keywords,),
    "expression": (compared, variables, keywords, aggregates, functions, named, prefix_names),
    "operator": (keywords,),
    "variables": (variables,),
    "data": (compared, keywords, named, prefix_names),
    "datatype": (datatypes,),
    "language": (languages,),
}


def complete(engine: Engine, text: str, caret: int, lang: Lang = "zh") -> Completions:
    """What can stand at the ``caret`` of a query that is being written; names are said in ``lang`` where they can be.

    The text may be broken: it is read word by word. Nothing is offered that the data do not hold, nor within comments,
    strings and numbers, nor after a word that is whole. The first call of a data version reads the catalogue and the
    names; a property that was not asked for before costs one more question.
    """
    caret = max(0, min(caret, len(text)))
    tokens = list(tokenize(text[:caret]))
    word = word_at(text, caret, tokens)
    if word is None:
        return Completions(caret, caret, ())
    asked = _asked(engine, text, word, tokens, lang)
    if asked.place.slot == "prefix":
        asked = _whole_line(asked, text)
    found = list(_spelled(asked, _ranked(asked)))
    word = asked.word
    whole = word.end == caret and any(_same(item, word.typed) for item in found)
    return Completions(word.start, word.end, () if whole else tuple(_few(found)))


def _asked(engine: Engine, text: str, word: Word, tokens: list[Token], lang: Lang) -> Asked:
    before = [token for token in tokens if token.end <= word.start and token.kind not in SPACE]
    after = significant(text[word.end :])
    prologue = read_prologue(text, before, word.start)
    gap = text[word.end : word.end + after[0].offset] if after else "\n"
    place = place_of(before, after, prologue.declared, same_line="\n" not in gap and "\r" not in gap)
    if place.slot == "expression" and place.compared.startswith("LANG "):
        place = replace(place, slot="language")
    elif place.slot == "expression" and place.compared.startswith("DATATYPE "):
        place = replace(place, slot="datatype")
    return Asked(engine, place, word, prologue, lang, bracketed=bool(after) and not gap and after[0].text == "(")


def _whole_line(asked: Asked, text: str) -> Asked:
    """After PREFIX the namespace is written too, in the place of one that stands there already."""
    word = asked.word
    rest = text[word.end :]
    stripped = rest.lstrip(" \t")
    if stripped.startswith("<") and ">" in stripped.partition("\n")[0]:
        word = replace(word, end=word.end + len(rest) - len(stripped) + stripped.index(">") + 1)
    if word.look == "name":
        word = replace(word, look="word")
    return replace(asked, word=word)


def _ranked(asked: Asked) -> list[Item]:
    """The items that fit the word, the best first; names with a slip only where nothing else fits."""
    makers = (languages,) if asked.word.look == "language" else _MAKERS.get(asked.place.slot, ())
    wanted, found = fold(asked.wanted), []
    for group, make in enumerate(makers):
        for item in make(asked):
            rank = _rank(asked, item, wanted)
            if rank is not None:
                found.append((rank, group, item))
    best = min((rank for rank, _, _ in found), default=0)
    return [item for rank, _, item in sorted(found, key=lambda one: one[:2]) if rank < _SLIP or best == _SLIP]


def _rank(asked: Asked, item: Item, wanted: str) -> int | None:
    """How well an item fits the word, the less the better; None where it does not."""
    look, typed = asked.word.look, asked.word.typed
    if look == "none":
        return 0
    if look == "language":
        return 0 if item.text.startswith(typed) else None
    if look == "variable":
        return 0 if item.kind == "variable" and item.text[1:].startswith(typed[1:]) else None
    if look == "iri":
        address = item.iri if not item.text or item.kind == "prefix" else ""
        return 0 if address.startswith(typed[1:]) and address else 2 if address and typed[1:] in address else None
    if look == "name" and (not item.iri or item.text or not item.iri.startswith(asked.namespace)):
        return None
    if item.rank is not None:
        return item.rank
    if not wanted:
        return 0 if look == "name" and not asked.wanted else None
    return _fit(item, wanted)


def _fit(item: Item, wanted: str) -> int | None:
    if wanted in item.keys:
        return -1
    if any(key.startswith(wanted) for key in item.keys):
        return 0
    if any(word.startswith(wanted) for word in item.words):
        return 1
    long = len(wanted) >= _SHORTEST_PART or not wanted.isascii()
    return 2 if long and item.kind != "keyword" and any(wanted in key for key in item.keys) else None


def _spelled(asked: Asked, items: Iterable[Item]) -> Iterator[Completion]:
    """Each item as it is written in this query, once."""
    seen = set()
    for item in items:
        text, prefix = item.text, item.prefix
        if item.iri and item.kind != "prefix":
            name, prefix = _name(item.iri, asked.prologue, full=asked.word.look == "iri")
            text += name
        if text not in seen:
            seen.add(text)
            edits = (asked.prologue.declare(prefix),) if prefix and prefix not in asked.prologue.declared else ()
            yield Completion(text, item.label or text, item.detail, item.kind, item.count, edits)


def _name(iri: str, prologue: Prologue, *, full: bool) -> tuple[str, str]:
    """An IRI under the prefix that the query has for it, or ours; in full where one types it so, or none fits."""
    short = compact(iri)
    if full or short == iri:
        return f"<{iri}>", ""
    prefix, _, local = short.partition(":")
    aliases = [alias for alias, namespace in prologue.declared.items() if namespace == PREFIXES[prefix]]
    if aliases:
        return f"{aliases[0]}:{local}", aliases[0]
    return (f"<{iri}>", "") if prefix in prologue.declared else (f"{prefix}:{local}", prefix)


def _same(item: Completion, typed: str) -> bool:
    return item.text == typed or (item.kind == "keyword" and item.text == typed.upper())


def _few(items: list[Completion]) -> list[Completion]:
    """As many as are offered; the variables of the query among them, however many things there are."""
    if len(items) <= MOST_ITEMS:
        return items
    late = [item for item in items[MOST_ITEMS:] if item.kind == "variable"][: MOST_ITEMS // 5]
    return [*items[: MOST_ITEMS - len(late)], *late]

"""What can be written at a place of a query that is SPARQL's own: keywords, functions, prefixes, languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from kg.graph.names import PREFIXES, compact
from kg.model.text import LANGS
from kg.query.catalogue import Entry
from kg.query.complete_items import Asked, Item
from kg.query.complete_place import TYPE, Place, Slot, Step
from kg.query.names import fold
from kg.query.terms import curie

__all__ = [
    "aggregates",
    "datatypes",
    "declarations",
    "functions",
    "keywords",
    "languages",
    "namespaces",
    "orders",
    "prefix_names",
    "verb",
]

#: The functions of SPARQL 1.1, those first that one needs most here.
_FUNCTIONS = tuple(
    """
    CONTAINS LANG STR LCASE STRSTARTS REGEX BOUND YEAR MONTH DAY IF COALESCE CONCAT REPLACE SUBSTR STRENDS STRBEFORE
    STRAFTER STRLEN UCASE LANGMATCHES DATATYPE ROUND ABS CEIL FLOOR isIRI isLITERAL isNUMERIC isBLANK sameTerm IRI URI
    BNODE STRDT STRLANG ENCODE_FOR_URI NOW RAND HOURS MINUTES SECONDS TIMEZONE TZ UUID STRUUID MD5 SHA1 SHA256 SHA384
    SHA512 isURI
    """.split()  # noqa: SIM905 (a list of fifty quoted words is harder to read)
)
_AGGREGATES = ("COUNT", "SUM", "AVG", "MIN", "MAX", "GROUP_CONCAT", "SAMPLE")
#: Functions that take nothing.
_PLAIN = frozenset({"NOW", "RAND", "UUID", "STRUUID"})

_MODIFIERS = ("GROUP BY", "HAVING", "ORDER BY", "LIMIT", "OFFSET", "VALUES")
_PATTERNS = ("FILTER", "OPTIONAL", "FILTER NOT EXISTS", "FILTER EXISTS", "BIND", "VALUES", "MINUS", "GRAPH")
_WORDS = MappingProxyType[Slot, tuple[str, ...]](
    {
        "start": ("SELECT", "PREFIX", "ASK", "CONSTRUCT", "DESCRIBE", "BASE"),
        "where": ("WHERE", "FROM"),
        "describe": ("WHERE", "FROM"),
        "from": ("NAMED",),
        "modifier": _MODIFIERS,
        "by": ("BY",),
        "group": _MODIFIERS[1:],
        "order": _MODIFIERS[3:],
        "having": _MODIFIERS[2:],
        "end": _PATTERNS,
        "filter": ("NOT EXISTS", "EXISTS"),
        "exists": ("EXISTS",),
        "expression": ("NOT EXISTS", "EXISTS"),
        "operator": ("IN", "NOT IN"),
        "data": ("UNDEF",),
    }
)


def _keywords_at(place: Place) -> tuple[str, ...]:
    """The keywords that can come at ``place``, the likeliest first."""
    if place.slot == "select":
        return ("DISTINCT", "REDUCED") if place.first else ("WHERE", "FROM")
    if place.slot == "subject":
        union = ("UNION",) if place.clause == "}" else ()
        return (*_PATTERNS, *union, *(("SELECT",) if place.first else ()))
    if place.slot == "operator" and place.clause == "AS":
        return ("AS", *_WORDS["operator"])
    if place.slot == "expression" and place.first and place.clause in _AGGREGATES:
        return ("DISTINCT",)
    if place.slot in ("group", "having", "order") and place.first:
        return ()
    if place.slot == "modifier" and place.clause in ("LIMIT", "OFFSET"):
        return ("OFFSET" if place.clause == "LIMIT" else "LIMIT", "VALUES")
    return _WORDS.get(place.slot, ())


def keywords(asked: Asked) -> Iterator[Item]:
    for word in _keywords_at(asked.place):
        yield Item("keyword", word, label=word, keys=(fold(word),), words=tuple(word.lower().split()))


def verb(asked: Asked) -> Iterator[Item]:
    """The verb ``a``, where the class of the subject is not said yet."""
    place = asked.place
    said = any(link.subject == place.subject and link.path == (Step(TYPE),) for link in place.links)
    if not place.path and not place.inverse and not said:
        yield Item("keyword", "a", label="a", detail="rdf:type", keys=("a",))


def functions(asked: Asked) -> Iterator[Item]:
    yield from (_call(name, asked) for name in _FUNCTIONS)


def aggregates(asked: Asked) -> Iterator[Item]:
    select = asked.place.slot == "select"
    if select or asked.place.aggregates:
        yield from (_call(name, asked, "(" if select else "") for name in _AGGREGATES)


def orders(asked: Asked) -> Iterator[Item]:
    yield from (_call(name, asked) for name in ("DESC", "ASC"))


def _call(name: str, asked: Asked, before: str = "") -> Item:
    after = "" if asked.bracketed else "()" if name in _PLAIN else "("
    return Item("function", before + name + after, label=name, keys=(fold(name),))


def prefix_names(asked: Asked) -> Iterator[Item]:
    """The beginnings of names (``bde:``), for a word that may become one, under the names that the query gives them."""
    if asked.word.look != "word":
        return
    aliases = {namespace: alias for alias, namespace in asked.prologue.declared.items()}
    if asked.place.slot == "predicate":
        used = _prefixes(asked.known.properties.values())
    else:
        used = _prefixes(asked.known.things.values()) | ({"ent"} if asked.everyone.is_there() else set())
    for prefix in sorted(used):
        namespace = PREFIXES[prefix]
        alias = aliases.get(namespace, prefix)
        if asked.prologue.namespace(alias) == namespace:
            yield Item("prefix", f"{alias}:", label=f"{alias}:", detail=namespace, prefix=alias, keys=(fold(alias),))


def declarations(asked: Asked) -> Iterator[Item]:
    """What can stand after PREFIX: the prefixes of this data that the query has not yet."""
    for prefix in _all_prefixes(asked):
        if prefix not in asked.prologue.declared:
            text = f"{prefix}: <{PREFIXES[prefix]}>"
            yield Item("prefix", text, label=f"{prefix}:", detail=PREFIXES[prefix], keys=(fold(prefix),))


def namespaces(asked: Asked) -> Iterator[Item]:
    """What can stand after ``PREFIX x:``: the namespace of that prefix, or where we know none, all of them."""
    used = _all_prefixes(asked)
    for prefix in [asked.place.subject] if asked.place.subject in used else used:
        text = f"<{PREFIXES[prefix]}>"
        yield Item("prefix", text, PREFIXES[prefix], label=text, detail=f"{prefix}:", keys=(fold(prefix),))


def _all_prefixes(asked: Asked) -> list[str]:
    """The prefixes that names in the data need, our own first."""
    datatypes = (compact(one).partition(":")[0] for counts in asked.known.datatypes.values() for one in counts)
    entities = {"ent"} if asked.everyone.is_there() else set()
    used = {*datatypes, *entities, *_prefixes(asked.known.things.values())}
    return [prefix for prefix in PREFIXES if prefix in used]


def _prefixes(entries: Iterable[Entry]) -> set[str]:
    return {prefix for prefix in (entry.curie.partition(":")[0] for entry in entries) if prefix in PREFIXES}


def languages(asked: Asked) -> Iterator[Item]:
    """The languages of the values in question, each as a text, or after ``@`` as a tag; Chinese and English first."""
    found = _of_values(asked, asked.known.langs)
    ours: dict[str, int] = {lang: place for place, lang in enumerate(LANGS)}
    for lang in sorted(found, key=lambda lang: (ours.get(lang, len(ours)), -found[lang], lang)):
        text = f"@{lang}" if asked.word.look == "language" else f'"{lang}"'
        yield Item("value", text, label=text, count=found[lang], keys=(fold(lang),))


def datatypes(asked: Asked) -> Iterator[Item]:
    """The datatypes of the values in question; one that stands for a language cannot be written after ``^^``."""
    found = _of_values(asked, asked.known.datatypes)
    for one in sorted(found, key=lambda one: (-found[one], one)):
        if asked.place.compared or one != curie("rdf:langString"):
            yield Item("value", iri=one, count=found[one], keys=(fold(compact(one).partition(":")[2]),))


def _of_values(asked: Asked, table: Mapping[str, Mapping[str, int]]) -> Mapping[str, int]:
    """The counts of the property whose values are in question, or of all."""
    place = asked.place
    node = place.compared.partition(" ")[2]
    steps = [link.path[-1] for link in place.links if node and link.value == node and link.path] or place.path[-1:]
    found: dict[str, int] = {}
    for counts in [table[step.name] for step in steps if step.name in table] or table.values():
        for one, count in counts.items():
            found[one] = found.get(one, 0) + count
    return found

"""Relations as other vocabularies name them: with small words round the name (hasTheme, isThemeOf), or another name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.engine.answer import Term
from kg.query.advice_case import Idea, constants_of_path
from kg.query.advice_edits import replaced, written
from kg.query.names import fold
from kg.query.sparql.tree import Constant, Query, Triple, walk
from kg.query.terms import curie

__all__ = ["bare", "renamed", "split", "turned"]

#: What other vocabularies call it.
_MEANT = {
    "name": ("skos:prefLabel", "dcterms:title"),
    "label": ("rdfs:label", "skos:prefLabel"),
    "title": ("dcterms:title", "skos:prefLabel"),
    "type": ("rdf:type",),
    "description": ("dcterms:description",),
    "date": ("bde:asOf", "dcterms:date"),
    "year": ("bde:asOf", "dcterms:date"),
    "quote": ("bde:phrase",),
    "text": ("bde:phrase",),
    "unit": ("sdmx-attribute:unitMeasure",),
}
_BEFORE = re.compile(r"(?:has|have|is|was|are|get)(?:[-_]|(?=[A-Z]))")
_AFTER = re.compile(r"[-_]of$|(?<=[a-z])Of$")


def renamed(query: Query, one: Constant, names: Mapping[str, str]) -> Iterator[Idea]:
    """What may be meant by the predicate ``one``, of those that the data use (IRI to ``names``).

    Where other predicates of the query are named so, too, all of them are mended at once: it is a habit.
    """
    others = [each for each in _predicates(query) if each.span != one.span and each.term.value not in names]
    firsts = [next(_ideas(query, each, names), None) for each in others]
    also = [edit for idea in firsts if idea is not None for edit in idea.edits]
    for idea in _ideas(query, one, names):
        if also:
            yield replace(idea, edits=(*dict.fromkeys([*idea.edits, *also]),))
        yield idea


def _predicates(query: Query) -> list[Constant]:
    triples = [element for element in walk(query.where) if isinstance(element, Triple)]
    return list({one.span: one for triple in triples for one in constants_of_path(triple.predicate)}.values())


def _ideas(query: Query, one: Constant, names: Mapping[str, str]) -> Iterator[Idea]:
    namespace, local = split(one.term.value)
    alike = sorted(address for address, name in names.items() if bare(name) == bare(local) and name != local)
    own = [address for address in alike if split(address)[0] == namespace]
    called = [curie(short) for short in _MEANT.get(bare(local), ())]
    for address in dict.fromkeys([*own, *(each for each in called if each in names), *alike]):
        found = Term("iri", address)
        word, more = written(query, found)
        turn = address in alike and turned(local, names[address])
        edits = (*more, replaced(one.span, f"^{word}" if turn else word))
        yield Idea("name_turned" if turn else "name", edits, {"given": one.term, "found": found})


def split(address: str) -> tuple[str, str]:
    """The namespace of an IRI, and the name in it."""
    cut = max(address.rfind("#"), address.rfind("/")) + 1
    return address[:cut], address[cut:]


def bare(name: str) -> str:
    """A name without the small words round it and without the s of a plural, in small letters.

    >>> [bare(name) for name in ("hasTheme", "isThemeOf", "get_themes", "theme", "offers")]
    ['theme', 'theme', 'theme', 'theme', 'offer']
    """
    return fold(_AFTER.sub("", _BEFORE.sub("", name, count=1))).removesuffix("s")


def turned(one: str, other: str) -> bool:
    """Whether two names of one relation go opposite ways: what has a part is not itself the part.

    >>> turned("hasPart", "partOf"), turned("isPartOf", "partOf"), turned("hasTheme", "theme")
    (True, False, False)
    """
    return bool(_AFTER.search(one)) != bool(_AFTER.search(other))

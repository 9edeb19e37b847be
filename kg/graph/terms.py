"""RDF terms and quads in their simplest form, with their N-Quads spelling.

An IRI is plain text; a literal is a small tuple. rdflib's terms are twenty times slower to make and to sort, and the
start of the app and every command wait for this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from kg.graph.names import PREFIXES, decimal_text
from kg.model.dates import PartialDate
from kg.model.text import Names, Text

__all__ = [
    "Literal",
    "Quad",
    "Term",
    "Triple",
    "boolean",
    "count",
    "date",
    "decimal",
    "line",
    "spell",
    "texts",
    "triple_line",
    "web_iri",
]

XSD = PREFIXES["xsd"]


class Literal(NamedTuple):
    """A literal: its text with a language tag, or with the IRI of a datatype, or with neither (``xsd:string``)."""

    value: str
    lang: str = ""
    datatype: str = ""


Term = str | Literal
Triple = tuple[str, str, Term]


class Quad(NamedTuple):
    """A triple in a named graph."""

    subject: str
    predicate: str
    object: Term
    graph: str

    @property
    def triple(self) -> Triple:
        """The quad without its graph."""
        return self[:3]


# What N-Quads must or should escape within a string: RDF 1.2 N-Quads, "A Canonical form of N-Quads".
_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)}
_ESCAPES |= {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", ord('"'): '\\"', ord("\\"): "\\\\"}
_ESCAPES |= {0xFFFE: "\\uFFFE", 0xFFFF: "\\uFFFF"}


@lru_cache(maxsize=1 << 16)
def spell(term: Term) -> str:
    """The term as N-Quads write it. Turtle and SPARQL read the same spelling."""
    if isinstance(term, str):
        return f"<{term}>"
    text = f'"{term.value.translate(_ESCAPES)}"'
    if term.lang:
        return f"{text}@{term.lang}"
    return f"{text}^^<{term.datatype}>" if term.datatype else text


def line(quad: Quad) -> str:
    """The quad as one line of N-Quads, without its line end."""
    subject, predicate, value, graph = quad
    return f"<{subject}> <{predicate}> {spell(value)} <{graph}> ."


def triple_line(triple: Triple) -> str:
    """The triple as one line of N-Triples, without its line end."""
    subject, predicate, value = triple
    return f"<{subject}> <{predicate}> {spell(value)} ."


def texts(subject: str, predicate: str, words: Text | Names | None) -> Iterator[Triple]:
    """One triple for each language, or each name, of ``words``; none where there are no words."""
    if words is not None:
        for lang, text in words.items():
            yield subject, predicate, Literal(text, lang)


def date(value: PartialDate) -> Literal:
    """The date as ``xsd:date``, ``xsd:gYearMonth`` or ``xsd:gYear``, whichever its precision is."""
    kinds = {"day": "date", "month": "gYearMonth", "year": "gYear"}
    return Literal(value.text, datatype=XSD + kinds[value.precision])


def decimal(value: Decimal) -> Literal:
    """The number as ``xsd:decimal``."""
    return Literal(decimal_text(value), datatype=XSD + "decimal")


def boolean(value: bool) -> Literal:
    """The truth value as ``xsd:boolean``."""
    return Literal("true" if value else "false", datatype=XSD + "boolean")


def count(value: int, datatype: str = "integer") -> Literal:
    """The whole number as ``xsd:integer``, or another XML Schema ``datatype`` such as ``nonNegativeInteger``."""
    return Literal(str(value), datatype=XSD + datatype)


_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ADDRESS = re.compile(r"(https?)://([^/?#]*)([^#]*)(?:#(.*))?", re.DOTALL)
_PORT = re.compile(r":\d*$")


def web_iri(address: str) -> str:
    """A web address as an IRI that every store accepts: what RFC 3986 does not allow in it is percent-encoded.

    >>> web_iri("https://example.org/长<100%>")
    'https://example.org/%E9%95%BF%3C100%25%3E'
    """
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise ValueError(f"“{address}” is not a web address")
    scheme, host, rest, fragment = found.groups(default="")
    port = _PORT.search(host)
    name = _quoted(host[: port.start()] if port else host, "!$&'()*+,;=")
    tail = f"#{_quoted(fragment, _OPEN)}" if fragment else ""
    return f"{scheme}://{name}{port[0] if port else ''}{_quoted(rest, _OPEN)}{tail}"


_OPEN = "!$&'()*+,;=:@/?"


def _quoted(part: str, safe: str) -> str:
    return quote(_PERCENT.sub("%25", part), safe=safe + "%")

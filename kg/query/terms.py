"""RDF terms as parameters of a question: made from ids and values, spelled so that nothing can break out of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from kg.engine.answer import Term, read_term
from kg.graph import names
from kg.graph.terms import Literal, spell
from kg.model.dates import PartialDate

__all__ = ["curie", "date", "entities", "entity", "id_of", "iri", "is_id", "is_true", "number", "read_value",
           "spelled", "text"]  # fmt: skip

# IRIREF of the SPARQL 1.1 grammar (rule 139), the brackets left out.
_IRI = re.compile(r'[^<>"{}|^`\\\x00-\x20]+')
_ID = re.compile(r"[a-z0-9-]{1,100}")
# LANGTAG (rule 145), the at sign left out.
_LANG = re.compile(r"[a-zA-Z]+(?:-[a-zA-Z0-9]+)*")


@lru_cache(maxsize=256)
def curie(short: str) -> str:
    """The IRI that a CURIE of this package's own code stands for (:func:`kg.graph.names.expand`, remembered)."""
    return names.expand(short)


def iri(value: str) -> Term:
    """An IRI; raises ValueError where it has a sign that no IRI may have."""
    if not _IRI.fullmatch(value):
        raise ValueError(f"“{value}” is not an IRI: it must not be empty nor hold spaces, quotes or brackets")
    return Term("iri", value)


def is_id(text: str) -> bool:
    """Whether ``text`` can be an id; anything else names nothing in the graph and need never reach the engine."""
    return _ID.fullmatch(text) is not None


def entity(entity_id: str) -> Term:
    """The entity with this id."""
    return iri(names.entity_iri(entity_id))


def entities(ids: Iterable[str]) -> tuple[Term, ...]:
    """The entities with these ids, for a VALUES block."""
    return tuple(entity(entity_id) for entity_id in ids)


def text(value: str, lang: str = "") -> Term:
    """A text, with a language tag or without."""
    return Term("literal", value, lang, curie("rdf:langString" if lang else "xsd:string"))


def is_true(term: Term) -> bool:
    """Whether a truth value is yes: ``1`` is ``true``, too (XML Schema Part 2, 3.2.2), and all that Virtuoso has."""
    return term.value in ("true", "1")


def number(value: int) -> Term:
    """A whole number."""
    return Term("literal", str(value), "", curie("xsd:integer"))


def date(value: str) -> Term:
    """A day, a month or a year, by its length, as the graph stores it."""
    kinds = {4: "xsd:gYear", 7: "xsd:gYearMonth"}
    return Term("literal", value, "", curie(kinds.get(len(value), "xsd:date")))


def spelled(term: Term) -> str:
    """The term as SPARQL writes it; raises ValueError for a blank node and for what cannot be spelled safely."""
    if term.kind == "iri":
        return spell(iri(term.value).value)
    if term.kind != "literal":
        raise ValueError(f"A {term.kind} cannot be a parameter: give an IRI, a text, a number or a date")
    if term.lang and not _LANG.fullmatch(term.lang):
        raise ValueError(f"“{term.lang}” is not a language tag: write zh or en")
    if any("\ud800" <= sign <= "\udfff" for sign in term.value):
        raise ValueError("The text holds half of a character (a lone surrogate): it cannot be written in UTF-8")
    if term.datatype == curie("xsd:integer") and re.fullmatch("[0-9]+", term.value):
        return term.value  # LIMIT and OFFSET take nothing else, and everywhere else it is the same term
    # A plain literal is a string (RDF 1.1, section 3.3); Virtuoso takes the blanks off one whose datatype is written.
    datatype = "" if term.lang or term.datatype == curie("xsd:string") else term.datatype
    return spell(Literal(term.value, term.lang, iri(datatype).value if datatype else ""))


def id_of(address: str) -> str:
    """The last part of an IRI of this graph: the id of an entity, a source, a concept or a statement."""
    return re.split(r"[/#]", address)[-1]


def read_value(written: str) -> Term:
    """A term as one writes it by hand; what is nothing else is a text.

    ``<https://…>``, ``https://…`` and ``ent:changan-chain`` are IRIs, ``"长安链"@zh`` and ``"5"^^<…>`` literals;
    ``42``, ``-1``, ``2.5`` and ``true`` are what they look like, ``2025-03`` and ``2025-03-20`` dates. A text that
    looks like one of these is put in quotation marks. Raises ValueError for what begins as an IRI or a literal and is
    none, for a prefix that there is not, and for a day that there is not.
    """
    prefix, colon, rest = written.partition(":")
    if written.startswith(("<", '"')):
        return read_term(written)
    if prefix in ("http", "https") and rest.startswith("//"):
        return iri(written)
    if colon and prefix in names.PREFIXES:
        return iri(curie(written))
    if re.fullmatch(r"[a-z][a-z0-9-]*:[^\s:/]+", written):
        near = get_close_matches(prefix, names.PREFIXES, n=1)
        hint = f"did you mean {near[0]}:?" if near else f"the prefixes are {', '.join(sorted(names.PREFIXES))}"
        raise ValueError(f"There is no prefix “{prefix}:”; {hint} (a text goes in quotation marks)")
    if re.fullmatch("[+-]?[0-9]+", written):
        return number(int(written))
    if re.fullmatch(r"[+-]?[0-9]+\.[0-9]+", written):
        return Term("literal", written, "", curie("xsd:decimal"))
    if written in ("true", "false"):
        return Term("literal", written, "", curie("xsd:boolean"))
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", written):
        return date(str(PartialDate.read(written)))
    return text(written)

"""What may be asked at all: reading, of our own graphs, in a query of a sane size.

It decides by the words of the query, not by a parse tree. A word such as SERVICE or INSERT that stands bare, in no
string, comment, IRI, variable or prefixed name, can be nothing but the keyword, wherever it stands; so its presence
alone decides, and nothing hides it however deep it is nested. A second parser (rdflib's) would take milliseconds and
know a slightly other grammar than the engine that runs the query, and the difference would be the hole. Two readings
of ``<`` exist (see :func:`kg.engine.tokens.tokenize`), so both are looked through. What the guard might still miss
meets a worker that can open neither file nor connection (:mod:`kg.engine.confine`).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from kg.engine.base import Graphs
from kg.engine.faultwords import Both, in_words
from kg.engine.glued import glued, may_be_glued
from kg.engine.iri_names import ESCAPE, Names, decode
from kg.engine.skim import Skim
from kg.engine.tokens import SPACE, Token, place, tokenize
from kg.errors import Cure, Edit, MalformedQuery, RefusedQuery

__all__ = ["Approved", "approve", "approve_extensions", "approve_graphs", "without_from"]

MOST_BYTES = 1_000_000
MOST_DEPTH = 256  # Oxigraph's parser overflows its stack between 1,000 and 4,000

#: The service that puts labels into answers of Wikidata; it reads nothing from elsewhere.
_LABEL_SERVICE = re.compile(r"\s+(?:wikibase:label\b|<http://wikiba\.se/ontology#label>)")
_LONGEST_NAME = 300  # characters of the name of a graph for which like ones are looked for

_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_ORDINARY = Skim(_UPDATES, MOST_DEPTH)
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
#: IRIs that stores take for calls of their own code: Virtuoso's SQL and built-in functions, Jena's Java classes.
_CODE = re.compile(r"(?:[a-z]+::)?(?:bif:|sql:|java:)|http://www\.openlinksw\.com/schemas/", re.IGNORECASE)
_CONSTRUCTORS = "http://www.w3.org/2001/XMLSchema#"
_CONDITIONS = frozenset({"FILTER", "HAVING", "BY"})
_CLAUSES = frozenset({"SELECT", "WHERE", "LIMIT", "OFFSET", "VALUES"})
_PUNCTUATION = frozenset("\"'\\<>\n\r")


class Approved(NamedTuple):
    """A query that may be asked, and the graphs that it names by FROM; None where it has none."""

    query: str
    dataset: Graphs | None


def approve(query: str, graphs: Collection[str]) -> Approved:
    """Let ``query`` pass, which may read the named ``graphs``. Raises RefusedQuery, or MalformedQuery for no text."""
    _check_size(query)
    if not may_be_glued(query) and _ORDINARY.clears(query):
        return Approved(query, None)
    found = []
    for less_than in (False, True):
        words = _check_words(query, tokenize(query, less_than=less_than))
        for word, key in glued(words):
            raise _refused(query, word, key)
        found.append(_check_graphs(query, words, graphs))
    return Approved(query, found[0] or found[1])


def approve_graphs(wanted: Graphs, graphs: Collection[str]) -> None:
    """Let a dataset pass that comes beside a query. Raises RefusedQuery for a graph that is none of ``graphs``."""
    for iri in (*wanted.default, *wanted.named):
        if iri not in graphs:
            ours = _nearest(iri, graphs)
            zh, en = in_words("refused", "graph" if graphs else "graph_none", iri=iri, count=len(graphs), ours=ours)
            raise RefusedQuery(en, zh=zh)


def approve_extensions(query: str) -> None:
    """Let a query pass to a store that may know more than SPARQL. Raises RefusedQuery for a call of its own code.

    Such code is called by the IRI of a function or of a property; what has no IRI for it is no SPARQL 1.1. Of functions
    SPARQL 1.1 has the constructors of XML Schema by IRI, and no others (section 17.5): any other is the store's own.
    """
    for less_than in (False, True):
        _check_calls(query, [token for token in tokenize(query, less_than=less_than) if token.kind not in SPACE])


def _check_calls(query: str, words: list[Token]) -> None:
    names, within, clause = Names(), [""], ""
    for index, word in enumerate(words):
        names.learn(words, index)
        if word.kind == "word":
            upper = word.text.upper()
            clause = upper if upper in _CONDITIONS else "" if upper in _CLAUSES else clause
        elif word.kind in ("iri", "name"):
            iri = names.resolve(word) or word.text
            called = words[index + 1 : index + 2] and words[index + 1].text == "(" and (within[-1] == "(" or clause)
            if _CODE.match(iri) or (called and not iri.startswith(_CONSTRUCTORS)):
                raise _refused(query, word, "extension", iri=word.text[:80])
        elif word.text in _OPENING and word.kind == "mark":
            within.append(word.text)
            clause = clause if word.text == "(" else ""
        elif word.text in _CLOSING and word.kind == "mark":
            within = within[:-1] or [""]
            clause = "" if clause == "FILTER" or word.text != ")" else clause


def without_from(query: str) -> str:
    """``query`` without its FROM clauses, blanks in their place: a dataset beside it takes the place of its own."""
    words = [token for token in tokenize(query) if token.kind not in SPACE]
    for index, word in enumerate(words):
        if word.kind == "word" and word.text.upper() == "FROM":
            named = index + 1 < len(words) and words[index + 1].text.upper() == "NAMED"
            end = words[min(index + 1 + named, len(words) - 1)].end
            query = query[: word.offset] + " " * (end - word.offset) + query[end:]
    return query


def _check_size(query: str) -> None:
    try:
        size = len(query.encode())
    except UnicodeEncodeError as error:
        raise _half_a_character(query, error.start) from None
    if size > MOST_BYTES:
        zh, en = in_words("refused", "size", size=size, most=MOST_BYTES)
        raise RefusedQuery(en, zh=zh)


def _half_a_character(query: str, start: int) -> MalformedQuery:
    line, column = place(query, start)
    reason, hint = in_words("fault", "half_character.reason"), in_words("fault", "half_character.hint")
    cure = Cure(*in_words("cure", "delete_it"), (Edit(start, start + 1, ""),))
    return MalformedQuery(
        reason.en, line, column, hint.en, zh=(reason.zh, hint.zh), span=(start, start + 1), cures=(cure,)
    )


def _check_words(query: str, tokens: Iterable[Token]) -> list[Token]:
    """Refuse by single words; those that may be part of a FROM or of what it depends on."""
    kept = []
    depth = 0
    for token in tokens:
        kind, text, _ = token
        if kind == "mark":
            if text in _OPENING:
                depth += 1
                if depth > MOST_DEPTH:
                    raise _refused(query, token, "depth", most=MOST_DEPTH)
            elif text in _CLOSING:
                depth -= 1
        elif kind == "word":
            _check_word(query, token)
        elif "\\" in text and kind not in SPACE:
            _check_escapes(query, token)
        if kind not in SPACE:
            kept.append(token)
    return kept


def _check_word(query: str, token: Token) -> None:
    word = token.text.upper()
    if word == "SERVICE":
        labels = _LABEL_SERVICE.match(query, token.end) is not None
        raise _refused(query, token, "service_label" if labels else "service")
    if word in _UPDATES:
        raise _refused(query, token, "update", word=word)


def _check_escapes(query: str, token: Token) -> None:
    r"""Refuse disguises: ``\u`` outside strings and IRIs, or for a character that would end the string it stands in.

    SPARQL 1.1, 19.2: escapes are resolved before the grammar applies, and only for characters that may stand there;
    Oxigraph knows them inside strings and IRIs only, other stores elsewhere, too.
    """
    for escape in ESCAPE.finditer(token.text):
        if escape[0][1] not in "uU":
            continue
        character = decode(escape)
        if token.kind not in ("string", "iri") or character in _PUNCTUATION:
            raise _refused(query, token, "escape", escape=escape[0], character=repr(character))
    if token.kind == "other" and query[token.offset : token.offset + 2] in ("\\u", "\\U"):
        raise _refused(query, token, "escape_outside")


def _check_graphs(query: str, words: list[Token], graphs: Collection[str]) -> Graphs | None:
    """Refuse FROM and FROM NAMED of a graph that is not ours; the graphs named so, None where there is no FROM."""
    found: tuple[list[str], list[str]] | None = None
    names = Names()
    for index, word in enumerate(words):
        names.learn(words, index)
        if word.kind != "word" or word.text.upper() != "FROM":
            continue
        found = found or ([], [])
        named = index + 1 < len(words) and words[index + 1].text.upper() == "NAMED"
        source = words[index + 1 + named] if index + 1 + named < len(words) else None
        if source is None or source.kind not in ("iri", "name"):
            continue  # not SPARQL, which the parser says better
        iri = names.resolve(source)
        if iri is None or iri not in graphs:
            raise _foreign(query, source, iri or source.text, graphs)
        found[named].append(iri)
    return Graphs(tuple(found[0]), tuple(found[1])) if found else None


def _foreign(query: str, token: Token, iri: str, graphs: Collection[str]) -> RefusedQuery:
    key = "foreign" if graphs else "foreign_none"
    return _refused(query, token, key, iri=iri, count=len(graphs), ours=_nearest(iri, graphs))


def _nearest(iri: str, graphs: Collection[str]) -> Both:
    near = difflib.get_close_matches(iri, graphs, 3, 0.6) if len(iri) <= _LONGEST_NAME else []
    near = near or sorted(graphs)[:3]
    return Both("、".join(f"<{graph}>" for graph in near), ", ".join(f"<{graph}>" for graph in near))


def _refused(query: str, token: Token, key: str, **values: object) -> RefusedQuery:
    line, column = place(query, token.offset)
    zh, en = in_words("refused", "at", line=line, column=column, why=in_words("refused", key, **values))
    return RefusedQuery(en, zh=zh, span=(token.offset, token.end))

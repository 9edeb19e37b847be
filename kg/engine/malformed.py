"""Says in a person's words why a query is not SPARQL, and where: the parser's own words name rules of its grammar.

The parser gives the place (:mod:`kg.engine.respace`); what is wrong there is read from the words around it, the most
telling cause first: a quote or bracket left open, an unknown prefix, a rule of SELECT or VALUES, a misspelt keyword.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Mapping
from typing import NamedTuple

from kg.engine.keywords import KEYWORDS, MODIFIERS, QUERY_FORMS
from kg.engine.scoping import ungrouped_variable
from kg.engine.tokens import Token, place, significant
from kg.errors import MalformedQuery

__all__ = ["explain"]

_CLOSERS = {"(": ")", "[": "]", "{": "}"}
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_FULL_WIDTH = dict(zip("｛｝（）［］＜＞，。；：？！＝＆｜＊、“”‘’", "{}()[]<>,.;:?!=&|*,\"\"''", strict=True))
_COLLATED = {name.upper(): name for name in KEYWORDS}


class _Finding(NamedTuple):
    """A reason (no full stop), a hint (a sentence, or nothing), and the character where it applies."""

    reason: str
    hint: str
    offset: int


def explain(query: str, offset: int, message: str, prefixes: Mapping[str, str]) -> MalformedQuery:
    """The error for ``query``, which Oxigraph refused at ``offset`` with ``message``; ``prefixes`` can be proposed."""
    words = significant(query)
    at = next((index for index, word in enumerate(words) if word.end > offset), len(words))
    finding = (
        _nothing(words)
        or _open_string(words)
        or _full_width(words)
        or _prefix(words, at, prefixes)
        or _rule(words, at, message)
        or _iri(words, at, message)
        or _misspelt(words, at)
        or _value(words, at)
        or _habit(words, at)
        or _bracket(query, words, at)
        or _unexpected(words, at, len(query))
    )
    return MalformedQuery(finding.reason, *place(query, finding.offset), finding.hint)


def _nothing(words: list[Token]) -> _Finding | None:
    if words:
        return None
    return _Finding("there is no query here", "Begin with SELECT, ASK, CONSTRUCT or DESCRIBE.", 0)


def _open_string(words: list[Token]) -> _Finding | None:
    word = next((word for word in words if word.open), None)
    if word is None:
        return None
    quote = word.text[:3] if word.text[:3] in ('"""', "'''") else word.text[0]
    inside = "" if len(quote) == 3 else f" A {quote} inside the text is written \\{quote}."
    return _Finding(
        f"the text that begins here has no closing {quote}", f"Add {quote} at its end.{inside}", word.offset
    )


def _full_width(words: list[Token]) -> _Finding | None:
    """A sign of the Chinese keyboard; the grammar takes most of them for letters of the word that they touch."""
    for word in words:
        if word.kind in ("string", "iri", "comment"):
            continue
        for place_in_word, sign in enumerate(word.text):
            if sign in _FULL_WIDTH:
                hint = f"Type {_FULL_WIDTH[sign]} with the keyboard set to English."
                return _Finding(f"“{sign}” is not a sign of SPARQL", hint, word.offset + place_in_word)
    return None


def _prefix(words: list[Token], at: int, prefixes: Mapping[str, str]) -> _Finding | None:
    if at < len(words) and at and words[at - 1].text.upper() == "PREFIX" and not words[at].text.endswith(":"):
        name = words[at].text.partition(":")[0]
        return _Finding("a declared prefix ends with a colon", f"Write PREFIX {name}: <…>.", words[at].offset)
    if at == len(words) or words[at].kind != "name":
        return None
    prefix = words[at].text.partition(":")[0]
    declared = {
        after.text[:-1]
        for before, after in itertools.pairwise(words[:at])
        if before.text.upper() == "PREFIX" and after.kind == "name"
    }
    if prefix in declared:
        return None
    return _Finding(f"the prefix “{prefix}:” is not declared", _declare(prefix, declared, prefixes), words[at].offset)


def _declare(prefix: str, declared: set[str], prefixes: Mapping[str, str]) -> str:
    if prefix in prefixes:
        return f"Add at the top: PREFIX {prefix}: <{prefixes[prefix]}>."
    near = difflib.get_close_matches(prefix, sorted({*declared, *prefixes}), 3, 0.5)
    if not near:
        return f"Add at the top: PREFIX {prefix}: <…>, with the IRI that it stands for."
    lines = " or ".join(
        f"{name}:" if name in declared else f"{name}: (PREFIX {name}: <{prefixes[name]}>)" for name in near
    )
    return f"Did you mean {lines}?"


def _rule(words: list[Token], at: int, message: str) -> _Finding | None:
    """What the parser says about meaning rather than spelling."""
    before = words[at - 1] if at else words[0]
    if "SELECT contains a variable that is unbound" in message or (at < len(words) and words[at].text == "}"):
        found = _ungrouped(words)
        if found is not None:
            return found
    if "overrides an existing variable" in message or "Duplicated variable" in message:
        return _Finding(
            "SELECT names one variable twice", "Give the second another name: (… AS ?other).", _twice(words).offset
        )
    if "not authorized with GROUP BY" in message:
        group = next(word for word in reversed(words) if word.text.upper() == "GROUP")
        return _Finding(
            "SELECT * cannot be grouped", "Name the grouped variables, and count or sum the others.", group.offset
        )
    if "VALUES clause rows" in message:
        return _Finding(
            "this row of VALUES has not as many values as there are variables",
            "Write UNDEF for a value that is not given.",
            before.offset,
        )
    if at > 2 and before.text == ")" and words[at - 3].text.upper() == "AS":
        name = words[at - 2]
        if any(word.text[1:] == name.text[1:] and word.kind == "variable" for word in words[: at - 3]):
            return _Finding(
                f"{name.text} has a value already, and BIND cannot give it another", "Choose another name.", name.offset
            )
    if message.endswith("<unreported>") and at < len(words) and words[at].kind == "label":
        return _Finding(
            f"the blank node {words[at].text} is used in two separate groups",
            "Use a variable instead.",
            words[at].offset,
        )
    return None


def _ungrouped(words: list[Token]) -> _Finding | None:
    found = ungrouped_variable(words)
    if found is None:
        return None
    return _Finding(
        f"{found.text} is selected beside groups, but not grouped",
        f"Add it to GROUP BY, or select one value of each group: (SAMPLE({found.text}) AS ?one).",
        found.offset,
    )


def _twice(words: list[Token]) -> Token:
    """The variable that SELECT names for the second time; else the SELECT."""
    for index, word in enumerate(words):
        if word.text.upper() != "SELECT":
            continue
        seen: set[str] = set()
        depth = 0
        for before, each in zip(words[index:], words[index + 1 :], strict=False):
            if each.text == "{":
                break
            depth += (each.text == "(") - (each.text == ")")
            if each.kind == "variable" and (depth == 0 or before.text.upper() == "AS"):
                if each.text[1:] in seen:
                    return each
                seen.add(each.text[1:])
    return words[0]


def _iri(words: list[Token], at: int, message: str) -> _Finding | None:
    less = at if at < len(words) else at - 1
    if words[less].kind == "iri" and "IRI parsing failed" in message:
        return _Finding(
            f"{words[less].text} is not a whole IRI",
            "Write it from its beginning (https://…), or declare a BASE before it.",
            words[less].offset,
        )
    if "IRI parsing failed" in message or words[less].text == "<":
        start = next((words[index] for index in range(less, -1, -1) if words[index].text == "<"), words[less])
        return _Finding("an IRI cannot hold a space, a quote or a bracket", "Write %20 for a space.", start.offset)
    return None


def _misspelt(words: list[Token], at: int) -> _Finding | None:
    if at == len(words) or words[at].kind != "word" or words[at].text.upper() in _COLLATED:
        return None
    word = words[at]
    if word.text.upper() in ("AND", "OR"):
        sign = "&&" if word.text.upper() == "AND" else "||"
        return _Finding(f"“{word.text}” is no word of SPARQL", f"Write {sign}.", word.offset)
    known = sorted(QUERY_FORMS | {"BASE", "PREFIX"}) if at == 0 else list(_COLLATED)
    near = difflib.get_close_matches(word.text.upper(), known, 1, 0.6)
    if near:
        return _Finding(f"“{word.text}” is no word of SPARQL", f"Did you mean {_COLLATED[near[0]]}?", word.offset)
    return _Finding(
        f"“{word.text}” is no word of SPARQL",
        f"A variable is written ?{word.text}, a text in quotes, a name with its prefix.",
        word.offset,
    )


def _value(words: list[Token], at: int) -> _Finding | None:
    """A text with an escape that there is not, or a count of rows that is too great."""
    if at == len(words):
        return None
    word, before = words[at], words[at - 1].text.upper() if at else ""
    if word.kind == "string":
        bad = next((found for found in _ESCAPE.finditer(word.text) if found[1] not in "tbnrf\"'\\uU"), None)
        if bad is not None:
            hint = f"Write \\{bad[0]} if a backslash is meant."
            return _Finding(f"{bad[0]} is no escape in a text", hint, word.offset + bad.start())
    if word.kind == "number" and word.text.isdecimal() and before in ("LIMIT", "OFFSET"):
        return _Finding(f"the number after {before} is too great", "Write a smaller one, or leave it out.", word.offset)
    return None


def _habit(words: list[Token], at: int) -> _Finding | None:
    """Slips that come from other languages."""
    if not 0 < at < len(words):
        return None
    before, word = words[at - 1], words[at]
    if word.text == "=" and before.text == "=":
        return _Finding("equality is written with one =", "Write = instead of ==.", before.offset)
    if word.text in (">", "<") and before.text == "=":
        return _Finding(f"={word.text} is no operator", f"Write {word.text}=.", before.offset)
    if word.text == "," and before.kind == "variable":
        return _Finding("no comma can stand here", "Variables in SELECT are divided by spaces.", word.offset)
    opened = words[at - 2].text.upper() if at > 1 else ""
    if word.text == ")" and opened != "AS" and _in_select(words, at):
        return _Finding("what SELECT computes needs a name", "Write (… AS ?name).", word.offset)
    if word.text.upper() in _COLLATED and before.text.upper() == "SELECT":
        return _Finding("what SELECT computes stands in brackets", f"Write ({word.text}(…) AS ?name).", word.offset)
    return None


def _in_select(words: list[Token], at: int) -> bool:
    for word in reversed(words[:at]):
        if word.text in ("{", "}"):
            return False
        if word.text.upper() == "SELECT":
            return True
    return False


def _bracket(query: str, words: list[Token], at: int) -> _Finding | None:
    """A bracket left open at the end, closed by another, or closed without having been opened."""
    opened: list[Token] = []
    for word in words[:at]:
        if word.text in _CLOSERS:
            opened.append(word)
        elif word.text in _CLOSERS.values() and opened:
            opened.pop()
    bad = words[at] if at < len(words) else None
    if bad is not None and bad.text in _CLOSERS.values() and not opened:
        return _Finding(f"this {bad.text} closes nothing", "Delete it, or open its pair before.", bad.offset)
    if not opened:
        return None
    needed = _CLOSERS[opened[-1].text]
    early = bad is not None and bad.text in _CLOSERS.values() and bad.text != needed
    if bad is None or early or bad.text.upper() in MODIFIERS:
        line, column = place(query, bad.offset if bad else len(query))
        return _Finding(
            f"this {opened[-1].text} is not closed",
            f"Add {needed} before line {line}, column {column}.",
            opened[-1].offset,
        )
    return None


def _unexpected(words: list[Token], at: int, end: int) -> _Finding:
    if at == len(words):
        return _Finding(f"the query ends too early, after “{words[-1].text}”", "Something must follow.", end)
    word = words[at]
    after = f" after “{words[at - 1].text}”" if at else ""
    hint = ""
    if word.text in ("}", ".", ";", ")") and at:
        hint = "Something is missing before it: a pattern is subject, predicate, object."
    return _Finding(f"“{word.text[:60]}” cannot stand here{after}", hint, word.offset)

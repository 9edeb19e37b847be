"""Searches in texts that find nothing: of IRIs, in the wrong case, with wildcards that mean nothing, with a slip."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kg.query.advice_case import Idea
from kg.query.advice_edits import quoted, replaced
from kg.query.advice_tested import Values, sides
from kg.query.match import allowed_slips
from kg.query.sparql.tree import Call, Constant, Query, Variable
from kg.query.terms import text

__all__ = ["SEARCHES", "between_wildcards", "like", "search", "search_for"]

#: The functions that look for a piece of a text.
SEARCHES = frozenset({"REGEX", "CONTAINS", "STRSTARTS", "STRENDS"})
#: So many texts, and so many characters of each, are searched for a piece that was meant.
_MOST_TEXTS, _LONGEST = 500, 200
#: Anything at all, as SQL and shells write it, and as a regular expression does, which only REGEX reads.
_WILDCARDS = re.compile(r"(?:%|\.?\*)+")
_NOT_REGULAR = re.compile(r"(?:%|(?<!\.)\*)+")
_PLAIN = re.compile(r"[\w\s-]+")


def like(query: Query, call: Call) -> Iterator[Idea]:
    """What is searched for, or held to be equal, without the wildcards of SQL's LIKE or of a shell."""
    _, words, constant = sides(query, call)
    found = between_wildcards(constant.term.value, regular=call.function == "REGEX")
    if not found:
        return
    meant = quoted(".*".join(found))
    if call.function == "REGEX" or (len(found) == 1 and call.function in SEARCHES):
        edit = replaced(constant.span, meant)
    else:
        edit = replaced(call.span, search_for(words, found))
    yield Idea("wildcards", (edit,), {"given": constant.term, "found": meant}, certain=True)


def between_wildcards(pattern: str, regular: bool = False) -> list[str]:
    """The plain texts between wildcards; none where there are no wildcards, or no plain texts.

    A ``regular`` expression may mean its ``.*``, and is none of ours if it has any other sign.

    >>> between_wildcards("%数据%"), between_wildcards("数据*平台"), between_wildcards("数据")
    (['数据'], ['数据', '平台'], [])
    >>> between_wildcards(".*数据.*"), between_wildcards(".*数据.*", regular=True)
    (['数据'], [])
    """
    pieces = [piece for piece in (_NOT_REGULAR if regular else _WILDCARDS).split(pattern) if piece]
    return pieces if pieces != [pattern] and all(_PLAIN.fullmatch(piece) for piece in pieces) else []


def search_for(words: str, pieces: Sequence[str]) -> str:
    """The condition that ``words`` has all ``pieces``, one after the other."""
    return f"{'REGEX' if len(pieces) > 1 else 'CONTAINS'}({words}, {quoted('.*'.join(pieces))})"


def search(query: Query, call: Call, values: Values, others: str) -> Iterator[Idea]:
    """A search in texts: of IRIs, with a language tag, in the wrong case, at the wrong end, or with a slip."""
    if not isinstance(call.arguments[1], Constant):
        return
    yield from like(query, call)
    tested, words, constant = sides(query, call)
    found = values(words, others)
    named = {"given": constant.term}
    plain = quoted(constant.term.value)
    if isinstance(tested, Variable) and any(term.kind == "iri" for term in found):
        words = f"STR({words})"
        for whole in (f"{words}, {plain}", f"LCASE({words}), {quoted(constant.term.value.lower())}"):
            yield Idea("search_iri", (replaced(call.span, f"{call.function}({whole})"),), named)
    elif constant.term.lang:
        yield Idea("search_tagged", (replaced(call.span, f"{call.function}({words}, {plain})"),), named)
        if any(constant.term.value in term.value for term in found):
            return
    if call.function == "REGEX":
        yield Idea("case", (replaced(call.span, f'REGEX({words}, {plain}, "i")'),), named)
    else:
        lower = f"LCASE({words}), {quoted(constant.term.value.lower())}"
        yield Idea("case", (replaced(call.span, f"{call.function}({lower})"),), named)
        if call.function != "CONTAINS":
            yield Idea("within", (replaced(call.span, f"CONTAINS({words}, {plain})"),), named)
    near = _piece(constant.term.value, [term.value for term in found])
    if near:
        edits = (replaced(constant.span, quoted(near)),)
        yield Idea("spelling", edits, {"given": constant.term, "found": text(near)})


def _piece(wanted: str, texts: Sequence[str]) -> str:
    """The piece of some text that differs from ``wanted`` the least, if only by a slip; else nothing."""
    slips = allowed_slips(wanted)
    pieces = {
        one[start : start + len(wanted)]
        for one in texts[:_MOST_TEXTS]
        for start in range(max(1, min(len(one), _LONGEST) - len(wanted) + 1))
    }
    found = process.extractOne(wanted, sorted(pieces), scorer=OSA.distance, score_cutoff=slips) if slips else None
    return str(found[0]) if found else ""

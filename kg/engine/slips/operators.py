"""Slips in conditions: operators of other languages, LIKE, IS NULL, lists without commas."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.engine.slips.scene import Fault, Scene, cure, fault
from kg.errors import Cure, Edit

__all__ = ["lists", "operand_start", "operators", "sql_conditions"]

#: What is written elsewhere, by the words that the lexer makes of it, and what SPARQL writes.
_OPERATORS: dict[tuple[str, ...], tuple[str, str]] = {
    ("=", "=", "="): ("double_equals", "="),
    ("!=", "=", "="): ("operator", "!="),
    ("!=", "="): ("operator", "!="),
    ("=", "="): ("double_equals", "="),
    ("=", ">"): ("turned_operator", ">="),
    ("=", "<"): ("turned_operator", "<="),
    ("=", "!"): ("turned_operator", "!="),
    ("=", "!="): ("turned_operator", "!="),
    ("!", "=", "="): ("operator", "!="),
    ("<", ">"): ("operator", "!="),
    ("<>",): ("operator", "!="),
    ("\\",): ("operator", "/"),
    ("|",): ("single_operator", "||"),
    ("&",): ("single_operator", "&&"),
}


def operators(scene: Scene) -> Fault | None:
    """An operator that SPARQL writes in another way; the cure mends it wherever it stands."""
    for signs, (key, new) in _OPERATORS.items():
        for first in range(scene.at - len(signs) + 1, scene.at + 1):
            if _matches(scene, first, signs):
                return _operator(scene, first, signs, key, new)
    return _ampersand(scene)


def _matches(scene: Scene, first: int, signs: tuple[str, ...]) -> bool:
    words = [scene.word(first + index) for index in range(len(signs))]
    close = all(one.end == other.offset for one, other in pairwise(words))
    return first >= 0 and tuple(word.text for word in words) == signs and close


def _operator(scene: Scene, first: int, signs: tuple[str, ...], key: str, new: str) -> Fault:
    old = scene.text(first, first + len(signs) - 1)
    places = [index for index in range(len(scene.words)) if _matches(scene, index, signs)]
    if len(signs) == 1:
        conditions = _conditions(scene)
        places = [index for index in places if index == first or conditions[index]]
    edits = [Edit(scene.word(place).offset, scene.word(place + len(signs) - 1).end, new) for place in places]
    at = scene.word(first)
    mend = cure("replace", *edits, old=old, new=new)
    return Fault(key, {"old": old, "new": new}, at.offset, at.offset + len(old), (mend,))


def _conditions(scene: Scene) -> list[bool]:
    """Whether each word stands in the brackets of a condition: a path has ``|`` too."""
    found: list[bool] = []
    open_rounds: list[bool] = []
    for index in range(len(scene.words)):
        mark = scene.upper(index)
        if mark == ")" and open_rounds:
            open_rounds.pop()
        found.append(bool(open_rounds) and open_rounds[-1])
        if mark == "(":
            begins = scene.upper(index - 1) in ("FILTER", "BIND", "HAVING", "IF")
            open_rounds.append(begins or (bool(open_rounds) and open_rounds[-1]))
        elif mark in ("{", "}"):
            open_rounds.clear()
    return found


def _ampersand(scene: Scene) -> Fault | None:
    """``?a=1 & ?b=2``, at whose second part some parsers stop."""
    if scene.word(scene.at - 1).text == "&" and scene.word(scene.at - 1).kind == "other":
        return _operator(scene, scene.at - 1, ("&",), "single_operator", "&&")
    return None


def sql_conditions(scene: Scene) -> Fault | None:
    """LIKE, IS NULL, BETWEEN, and comparisons with NULL."""
    at = scene.at if scene.upper(scene.at - 1) != "FILTER" else _sql_word(scene)
    negated = scene.upper(at) == "NOT" and scene.upper(at + 1) in ("LIKE", "ILIKE", "BETWEEN", "CONTAINS", "REGEX")
    if scene.upper(at - 1) == "NOT" and scene.upper(at) in ("LIKE", "ILIKE", "BETWEEN", "CONTAINS", "REGEX"):
        at, negated = at - 1, True
    word = scene.upper(at + negated)
    if word in ("LIKE", "ILIKE", "CONTAINS", "REGEX") and scene.word(at + negated + 1).kind == "string":
        return _like(scene, at, at + negated, negated)
    if word == "BETWEEN":
        return _between(scene, at, at + negated, negated)
    if word == "IS":
        negated = scene.upper(at + 1) == "NOT"
        if scene.upper(at + 1 + negated) == "NULL":
            return _null(scene, at, at + 1 + negated, not negated)
    if scene.upper(scene.at) == "NULL" and scene.upper(scene.at - 1) == "NOT":
        return _null(scene, scene.at - 1, scene.at, False)
    if word == "NULL" and scene.upper(at - 1) in ("=", "!="):
        return _null(scene, at - 1, at, scene.upper(at - 1) == "=")
    return None


def _sql_word(scene: Scene) -> int:
    """Where a word of SQL stands in the condition that begins at the bad word, which lacks its brackets."""
    for index in range(scene.at, min(scene.at + 12, len(scene.words))):
        if scene.upper(index) in ("NOT", "LIKE", "ILIKE", "IS", "BETWEEN") and index > scene.at:
            return index
        if scene.upper(index) in ("{", "}", "."):
            break
    return scene.at


def operand_start(scene: Scene, end: int) -> int:
    """The first word of the operand that ends before the word at ``end``."""
    if scene.word(end - 1).text != ")":
        return end - 1
    depth = 0
    for index in range(end - 1, -1, -1):
        depth += (scene.word(index).text == ")") - (scene.word(index).text == "(")
        if depth == 0:
            called = scene.word(index - 1).kind in ("word", "name", "iri") and scene.upper(index - 1) != "FILTER"
            return index - 1 if called else index
    return end - 1


def _instead(scene: Scene, start: int, last: int, condition: str) -> Edit:
    """``condition`` in the place of the words from ``start`` to ``last``, in brackets if a FILTER has none."""
    if scene.upper(start - 1) == "FILTER":
        condition = f"({condition})"
    return Edit(scene.word(start).offset, scene.word(last).end, condition)


def _like(scene: Scene, at: int, like: int, negated: bool) -> Fault:
    start = operand_start(scene, at)
    subject, text = scene.text(start, at - 1), scene.word(like + 1).text
    quote, inside = text[0], text.strip("\"'")
    part = f"{quote}{inside.strip('%')}{quote}"
    if subject.startswith(("?", "$")):
        subject = f"STR({subject})"
    if scene.upper(like) == "REGEX":
        condition = f"REGEX({subject}, {text})"
    elif scene.upper(like) == "CONTAINS" or (inside.startswith("%") == inside.endswith("%") and "%" in inside):
        condition = f"CONTAINS({subject}, {part})"
    elif inside.startswith("%"):
        condition = f"STRENDS({subject}, {part})"
    elif inside.endswith("%"):
        condition = f"STRSTARTS({subject}, {part})"
    else:
        condition = f"{subject} = {part}"
    if "_" in inside or "%" in inside.strip("%"):
        pattern = (
            re.sub(r"[.*+?^$()\[\]{}|]", lambda found: "\\\\" + found[0], inside).replace("%", ".*").replace("_", ".")
        )
        condition = f"REGEX({subject}, {quote}^{pattern}${quote})"
    if negated:
        condition = f"!{condition}" if " = " not in condition else condition.replace(" = ", " != ")
    mend = cure("write", _instead(scene, start, like + 1, condition), text=condition)
    return fault("like", scene.word(like), mend, word=scene.word(like).text, condition=condition)


def _between(scene: Scene, at: int, between: int, negated: bool) -> Fault | None:
    conjunction = next(
        (index for index in range(between + 1, len(scene.words)) if scene.upper(index) in ("AND", "&&")), None
    )
    if conjunction is None:
        return None
    last = conjunction + 1
    if scene.word(last + 1).text == "(":
        last = scene.closing(last + 1)
    elif scene.word(last + 1).text == "^^":
        last += 2
    start = operand_start(scene, at)
    subject, low, high = (
        scene.text(start, at - 1),
        scene.text(between + 1, conjunction - 1),
        scene.text(conjunction + 1, last),
    )
    condition = f"{subject} < {low} || {subject} > {high}" if negated else f"{subject} >= {low} && {subject} <= {high}"
    mend = cure("write", _instead(scene, start, last, condition), text=condition)
    return fault("between", scene.word(between), mend, condition=condition)


def _null(scene: Scene, at: int, last: int, absent: bool) -> Fault:
    start = operand_start(scene, at)
    condition = f"{'!' if absent else ''}BOUND({scene.text(start, at - 1)})"
    mend = cure("write", _instead(scene, start, last, condition), text=condition)
    return fault("null", scene.word(last), mend, condition=condition)


def lists(scene: Scene) -> Fault | None:
    """IN without brackets, and values between brackets without commas."""
    at = scene.at
    if scene.upper(at - 1) == "IN" and scene.word(at).text != "(":
        return _held_in(scene) or _in_list(scene)
    if scene.upper(at) == "SELECT" and scene.inside == "(":
        return _in_query(scene)
    values = ("string", "number", "name", "iri", "variable")
    if (scene.inside == "(" and scene.bad.kind in values and scene.before.kind in (*values, "language")) or (
        scene.inside == "(" and scene.bad.kind in values and scene.before.text == ")"
    ):
        opening = scene.open[-1]
        if scene.upper(opening - 1) in ("VALUES", "FILTER", "HAVING", ""):
            return None
        gaps = [at]
        close = scene.closing(opening)
        if scene.upper(opening - 1) == "IN":
            gaps = [
                index
                for index in range(opening + 2, close)
                if scene.word(index).kind in values and scene.word(index - 1).kind in (*values, "language")
            ]
        commas = [scene.behind(index - 1, ",") for index in gaps]
        return fault("no_comma", scene.bad, cure("add_commas", *commas), before=scene.before.text, sure=False)
    return None


def _held_in(scene: Scene) -> Fault | None:
    """``"text" in ?name``, as in Python, for ``CONTAINS(?name, "text")``."""
    text, last = scene.word(scene.at - 2), scene.at
    if text.kind != "string":
        return None
    if scene.word(last + 1).text == "(" and scene.word(last).kind == "word":
        last = scene.closing(last + 1)
    elif scene.word(last).kind != "variable":
        return None
    new = f"CONTAINS({scene.text(scene.at, last)}, {text.text})"
    return fault("held_in", scene.before, cure("write", scene.between(scene.at - 2, last, new), text=new), text=new)


def _in_query(scene: Scene) -> Fault:
    """``FILTER (?x NOT IN (SELECT ?x WHERE { … }))`` for ``FILTER NOT EXISTS { … }``."""
    opening = scene.open[-1]
    negated = scene.upper(opening - 2) == "NOT"
    tested, head, close = opening - 2 - negated, scene.head_end(scene.at), scene.closing(opening)
    brace = head + (scene.upper(head) == "WHERE")
    shown = [word.text for word in scene.words[scene.at + 1 : head] if word.text.upper() != "DISTINCT"]
    alone = scene.upper(tested - 2) == "FILTER" and scene.upper(tested - 1) == "(" and scene.upper(close + 1) == ")"
    whole = scene.closing(brace) == close - 1
    if scene.upper(opening - 1) != "IN" or not (alone and whole) or shown != [scene.word(tested).text]:
        return fault("query_in_condition", scene.bad)
    exists = f"FILTER {'NOT ' if negated else ''}EXISTS"
    instead = scene.between(tested - 2, close + 1, f"{exists} {scene.text(brace, close - 1)}")
    return fault("query_in_condition", scene.bad, cure("write", instead, text=f"{exists} {{ … }}"))


def _in_list(scene: Scene) -> Fault:
    last = scene.at
    if scene.word(last).text in ("[", "{"):
        close = scene.closing(last)
        edits: list[Edit] = [scene.replaced(last, "("), scene.replaced(close, ")")]
        return fault("in_brackets", scene.bad, cure("brackets", *edits, what="IN"))
    while scene.word(last + 1).text in (",", "^^") or scene.word(last + 1).kind == "language":
        last += 1 if scene.word(last + 1).kind == "language" else 2
    wrap: list[Edit] = [scene.before_word(scene.at, "("), scene.behind(last, ")")]
    mends: list[Cure] = [cure("brackets", *wrap, what="IN")]
    return fault("in_brackets", scene.bad, *mends)

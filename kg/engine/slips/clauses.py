"""Slips behind the braces: GROUP BY, HAVING, ORDER BY, LIMIT and OFFSET, each and among each other."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.engine.keywords import MODIFIERS
from kg.engine.scoping import ungrouped
from kg.engine.slips.scene import Fault, Scene, cure, fault
from kg.errors import Cure, Edit

__all__ = ["clauses", "counts", "misplaced"]

_ORDER = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")
_DIRECTIONS = {"DESC": "DESC", "ASC": "ASC", "DESCENDING": "DESC", "ASCENDING": "ASC"}


def counts(scene: Scene) -> Fault | None:
    """What follows LIMIT or OFFSET."""
    bad, keyword = scene.bad, scene.upper(scene.at - 1)
    if keyword in ("LIMIT", "OFFSET") and scene.at >= len(scene.words):
        gone = cure("delete", scene.deleted(scene.at - 1), what=scene.before.text)
        return fault("count_number", scene.before, gone, keyword=keyword)
    if keyword in ("LIMIT", "OFFSET"):
        return _bad_count(scene, keyword)
    before = scene.upper(scene.at - 2)
    if before in ("LIMIT", "OFFSET") and bad.text == ",":
        return _two_counts(scene, before)
    return None


def _bad_count(scene: Scene, keyword: str) -> Fault | None:
    bad = scene.bad
    gone = cure("delete", scene.deleted(scene.at - 1, scene.at), what=scene.text(scene.at - 1, scene.at))
    if bad.kind == "number" and bad.text.isdecimal():
        return fault("count_too_great", bad, gone, keyword=keyword)
    digits = re.search(r"[0-9]+", bad.text)
    if bad.kind in ("string", "variable", "number") and digits:
        plain = cure("replace", scene.replaced(scene.at, digits[0]), old=bad.text, new=digits[0])
        return fault("count_number", bad, plain, keyword=keyword)
    if bad.text in ("=", ":", "(", "+", "-") and scene.word(scene.at + 1).kind == "number":
        if bad.text == "-":
            gone = cure(
                "delete", scene.deleted(scene.at - 1, scene.at + 1), what=scene.text(scene.at - 1, scene.at + 1)
            )
            return fault("unexpected", bad, gone, word=bad.text, before=scene.before.text)
        edits = [scene.replaced(scene.at, "")]
        if bad.text == "(":
            edits.append(scene.replaced(scene.at + 2, ""))
        return fault("count_number", bad, cure("delete", *edits, what=bad.text), keyword=keyword)
    if bad.kind == "word" and not scene.is_keyword(scene.at):
        return fault("count_number", bad, gone, keyword=keyword)
    return None


def _two_counts(scene: Scene, keyword: str) -> Fault:
    """``LIMIT 10,``, or ``LIMIT 20, 10`` as in SQL: from the twentieth on, ten."""
    first, second = scene.before, scene.word(scene.at + 1)
    if keyword == "LIMIT" and second.kind == "number":
        new = f"OFFSET {first.text} LIMIT {second.text}"
        whole = Edit(scene.word(scene.at - 2).offset, second.end, new)
        mend = cure("replace", whole, old=scene.text(scene.at - 2, scene.at + 1), new=new)
    else:
        mend = cure("delete", scene.deleted(scene.at), what=",")
    return fault("count_comma", scene.bad, mend, keyword=keyword)


def clauses(scene: Scene) -> Fault | None:
    """A clause without BY or brackets, with commas or directions as in SQL, or in a wrong place."""
    bad, at = scene.bad, scene.clause
    if scene.upper(scene.at - 1) in ("GROUP", "ORDER") and scene.upper(scene.at) != "BY":
        by = cure("add_behind", scene.behind(scene.at - 1, " BY"), sign="BY", what=scene.before.text)
        return fault("no_by", bad, by, keyword=scene.before.text)
    order = _reordered(scene)
    if order:
        return order
    if at < 0:
        return None
    keyword = scene.upper(at)
    if keyword == "GROUP" and scene.upper(scene.at) == "WHERE":
        having = cure("replace", scene.replaced(scene.at, "HAVING"), old=bad.text, new="HAVING")
        return fault("group_where", bad, having)
    if keyword == "ORDER":
        return _ordering(scene, at)
    if keyword == "HAVING":
        return _having(scene, at)
    if keyword == "GROUP" and bad.text == ",":
        commas = [index for index in range(at, scene.clause_end(at)) if scene.word(index).text == ","]
        return fault("clause_comma", bad, cure("delete_commas", *map(scene.deleted, commas)), keyword="GROUP BY")
    if keyword == "GROUP" and scene.upper(scene.at) in _DIRECTIONS:
        return fault(
            "unexpected",
            bad,
            cure("delete", scene.deleted(scene.at), what=bad.text),
            word=bad.text,
            before=scene.before.text,
        )
    return None


def _ordering(scene: Scene, at: int) -> Fault | None:
    """ORDER BY with DESC behind its variable, without brackets, or with commas."""
    end = scene.clause_end(at)
    if not at < scene.at <= end:
        return None
    edits: list[Edit] = []
    index = at + 2
    while index < end:
        index, more = _order_item(scene, index, end)
        edits += more
    if not edits:
        return None
    key = "order_comma" if scene.bad.text == "," else "order_direction"
    cures = [cure("order", *edits, new=_patched(scene, at, end, edits))]
    lacking = ungrouped(scene.words)
    if lacking and not lacking.grouped:  # sorted by a count: then it is the rest by which is grouped
        names = " ".join(word.text for word in lacking.variables)
        group = scene.behind(lacking.behind, f" GROUP BY {names}")
        cures.append(cure("group", group, *edits, names=names))
    return fault(key, scene.bad, *cures)


def _order_item(scene: Scene, index: int, end: int) -> tuple[int, list[Edit]]:
    """What mends the item at ``index``, and where the next begins."""
    direction = _DIRECTIONS.get(scene.upper(index), "")
    if scene.word(index).text in (",", ";"):
        return index + 1, [scene.deleted(index)]
    if direction and scene.word(index + 1).text == "(":
        close = scene.closing(index + 1)
        if scene.upper(index) == direction:
            return close + 1, []
        return close + 1, [scene.replaced(index, direction)]
    if direction:
        last = _operand_end(scene, index + 1)
        gap = Edit(scene.word(index).offset, scene.word(index + 1).offset, f"{direction}(")
        return last + 1, [gap, scene.behind(last, ")")]
    last = _operand_end(scene, index)
    behind = _DIRECTIONS.get(scene.upper(last + 1), "")
    if behind and last + 1 < end:
        start, operand = scene.word(index).offset, scene.text(index, last)
        bare = operand[1:-1] if operand.startswith("(") and operand.endswith(")") else operand
        return last + 2, [Edit(start, scene.word(last + 1).end, f"{behind}({bare})")]
    if scene.word(index).kind == "word" and scene.word(index + 1).text != "(":
        return index + 1, [scene.before_word(index, "?")]
    return last + 1, []


def _operand_end(scene: Scene, index: int) -> int:
    """The last word of a variable, a call or a bracket that begins at ``index``."""
    if scene.word(index).text == "(":
        return scene.closing(index)
    if scene.word(index + 1).text == "(" and scene.word(index).kind in ("word", "name", "iri"):
        return scene.closing(index + 1)
    return index


def _patched(scene: Scene, first: int, end: int, edits: list[Edit]) -> str:
    """The words from ``first`` to before ``end`` after ``edits``, for a reader."""
    start, text = scene.word(first).offset, scene.text(first, end - 1)
    moved = tuple(Edit(edit.start - start, edit.end - start, edit.text) for edit in edits)
    return " ".join(Cure("", "", moved).apply(text).split())


def _having(scene: Scene, at: int) -> Fault | None:
    """HAVING whose condition has no brackets around it."""
    end = scene.clause_end(at)
    if scene.at > end or end <= at + 1:
        return None
    first = at + 1 + (scene.upper(at + 1) == "BY")
    wrap = [Edit(scene.word(at).end, scene.word(first).offset, " ("), scene.behind(end - 1, ")")]
    return fault("having_brackets", scene.word(at), cure("brackets", *wrap, what="HAVING"), sure=False)


def _reordered(scene: Scene) -> Fault | None:
    """Clauses that stand in another order than SPARQL wants, from the one behind the braces to the last."""
    if scene.upper(scene.at) not in _ORDER and scene.upper(scene.at - 1) not in _ORDER:
        return None
    starts = _clause_starts(scene)
    names = [scene.upper(index) for index in starts]
    ranks = [_ORDER.index(name) for name in names]
    if len(set(names)) < len(names) or all(one < other or (one, other) == (4, 3) for one, other in pairwise(ranks)):
        return None
    end = scene.clause_end(starts[-1])
    parts = [scene.text(one, other - 1) for one, other in pairwise([*starts, end])]
    gaps = [scene.query[scene.word(index - 1).end : scene.word(index).offset] for index in starts[1:]]
    cures = []
    plain = list(map(_without_commas, parts))
    variants = (parts, map(_with_brackets, parts), plain, map(_with_brackets, plain))
    for each in dict.fromkeys(map(tuple, variants)):
        ordered = [part for _, part in sorted(zip(ranks, each, strict=True))]
        text = ordered[0] + "".join(gap + part for gap, part in zip(gaps, ordered[1:], strict=True))
        cures.append(Edit(scene.word(starts[0]).offset, scene.word(end - 1).end, text))
    early = next(one for one, other in pairwise(names) if _ORDER.index(one) > _ORDER.index(other))
    late = names[names.index(early) + 1]
    late, early = _full(late), _full(early)
    return fault(
        "clause_order",
        scene.bad,
        *(cure("swap", edit, late=late, early=early) for edit in cures),
        late=late,
        early=early,
    )


def _with_brackets(part: str) -> str:
    """A HAVING whose condition may lack its brackets, with them."""
    return f"HAVING ({part[6:].strip()})" if part.upper().startswith("HAVING") else part


def _without_commas(part: str) -> str:
    """A GROUP BY of variables without the commas of SQL."""
    return part.replace(",", " ") if part.upper().startswith("GROUP") and "(" not in part else part


def _full(keyword: str) -> str:
    return f"{keyword} BY" if keyword in ("GROUP", "ORDER") else keyword


def _clause_starts(scene: Scene) -> list[int]:
    """The clauses of the query, or of the inner one, whose clause holds the bad word."""
    begin = max((index for index in range(scene.at) if scene.upper(index) == "}"), default=0)
    starts, depth = [], 0
    for index in range(begin + 1, len(scene.words)):
        mark = scene.upper(index)
        if depth == 0 and mark == "}":
            break
        depth += (mark in ("(", "{")) - (mark in (")", "}"))
        if depth == 0 and mark in _ORDER:
            starts.append(index)
    return starts


def misplaced(scene: Scene) -> Fault | None:
    """A clause inside the braces of the pattern that belongs behind them."""
    if scene.upper(scene.at) not in MODIFIERS or scene.inside != "{":
        return None
    opening = scene.open[-1]
    close = scene.closing(opening)
    if close >= len(scene.words) or scene.clause_end(scene.at) != close:
        starts = [index for index in range(scene.at, close) if scene.upper(index) in MODIFIERS]
        if close >= len(scene.words) or not starts or scene.clause_end(starts[-1]) != close:
            return None
    cures: list[Cure] = [
        cure("close_before", scene.before_word(scene.at, "} "), scene.deleted(close), what=scene.bad.text)
    ]
    return fault("clause_inside", scene.bad, *cures, keyword=_full(scene.upper(scene.at)), sure=False)

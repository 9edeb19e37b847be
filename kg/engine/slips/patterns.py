"""Slips between the braces: FILTER, BIND, OPTIONAL and UNION."""

from __future__ import annotations

from collections.abc import Iterator

from kg.engine.keywords import MODIFIERS
from kg.engine.slips.scene import CLOSERS, Fault, Scene, cure, fault
from kg.errors import Cure, Edit

__all__ = ["STARTS", "THINGS", "binds", "blocks", "conditions"]

_BLOCKS = frozenset({"OPTIONAL", "MINUS", "UNION", "EXISTS", "WHERE", "GRAPH", "CONSTRUCT", "ASK"})
#: What ends a triple, and is none.
STARTS = frozenset({"FILTER", "OPTIONAL", "BIND", "VALUES", "UNION", "MINUS", "GRAPH", "WHERE", "}", *MODIFIERS})
_COMPARING = frozenset({"=", "!=", "<", ">", "<=", ">=", "&&", "||", "IN", "NOT", "+", "-", "*", "/"})
#: The kinds of what a triple is made of.
THINGS = frozenset({"variable", "name", "iri", "string", "number", "label", "language"})


def _ends(scene: Scene, start: int) -> Iterator[int]:
    """The last words of what begins at ``start``, as may be: at a line's end, a dot, the next clause, a brace."""
    depth = 0
    for index in range(start, len(scene.words)):
        mark = scene.upper(index)
        if depth == 0 and index > start:
            newline = "\n" in scene.query[scene.word(index - 1).end : scene.word(index).offset]
            if newline or mark in STARTS or mark == ".":
                yield index - 1
            if mark in STARTS and mark != "FILTER":
                return
        depth += (mark in CLOSERS) - (mark in CLOSERS.values())
        if depth < 0:
            if index > start:
                yield index - 1
            return
    yield len(scene.words) - 1


def _brackets(scene: Scene, start: int, last: int, marks: str) -> list[Edit]:
    """``marks`` around the words from ``start`` to ``last``."""
    blank = " " if marks == "{}" else ""
    return [scene.before_word(start, marks[0] + blank), scene.behind(last, blank + marks[1])]


def conditions(scene: Scene) -> Fault | None:
    """A condition without the brackets of FILTER, in braces instead, or without FILTER."""
    keyword = _keyword_before(scene, "FILTER")
    if keyword is not None:
        if scene.word(keyword + 1).text == "{":
            close = scene.closing(keyword + 1)
            edits = [scene.replaced(keyword + 1, "("), scene.replaced(close, ")")]
            return fault("filter_brackets", scene.word(keyword), cure("brackets", *edits, what="FILTER"))
        return _wrapped(scene, keyword, keyword + 1, "filter_brackets")
    if scene.inside == "{" and scene.upper(scene.at) in ("NOT", "EXISTS"):
        mend = cure("add_before", scene.before_word(scene.at, "FILTER "), sign="FILTER", what=scene.bad.text)
        return fault("bare_condition", scene.bad, mend)
    if scene.inside == "{" and scene.upper(scene.at) in _COMPARING - {"*", "/", "+", "-"} and scene.at:
        return _bare_condition(scene)
    return None


def _keyword_before(scene: Scene, keyword: str) -> int | None:
    """The last FILTER (or the like) at the depth of the bad word, with no other clause between."""
    depth = 0
    for index in range(min(scene.at, len(scene.words) - 1), -1, -1):
        mark = scene.upper(index)
        depth += (mark in CLOSERS.values()) - (mark in CLOSERS) if index < scene.at else 0
        if depth < 0 or (depth == 0 and (mark == "." or mark in STARTS - {keyword, "}"}) and index < scene.at):
            return None
        if depth == 0 and mark == keyword and index < scene.at:
            return index
    return None


def _wrapped(scene: Scene, keyword: int, start: int, key: str) -> Fault | None:
    """Round brackets around what follows ``keyword``, as far as that can go."""
    ends = [last for last in dict.fromkeys(_ends(scene, start)) if last >= scene.at]
    what = scene.word(keyword).text
    cures = [cure("brackets", *_brackets(scene, start, last, "()"), what=what) for last in ends[:4]]
    return fault(key, scene.word(keyword), *cures, sure=scene.word(keyword + 1).text != "(")


def _bare_condition(scene: Scene) -> Fault:
    """``?value > 100`` among the triples."""
    start = scene.at - 1
    if scene.word(start).text == ")":
        opening = scene.opening(start)
        start = opening - (scene.word(opening - 1).kind == "word")
    ends = [last for last in dict.fromkeys(_ends(scene, start)) if last > scene.at]
    cures = []
    for last in ends[:3]:
        first, second = _brackets(scene, start, last, "()")
        cures.append(cure("filter", Edit(first.start, first.end, "FILTER("), second, what=scene.text(start, last)))
    return fault("bare_condition", scene.word(start), *cures, sure=False)


def binds(scene: Scene) -> Fault | None:
    """BIND without brackets, without AS, the wrong way round."""
    opening = scene.open[-1] if scene.open else -1
    if scene.inside == "(" and scene.upper(opening - 1) == "BIND":
        return _inside_bind(scene, opening)
    if scene.upper(scene.at - 1) == "BIND" and scene.bad.text != "(":
        name = next((index for index in range(scene.at, len(scene.words)) if scene.upper(index - 1) == "AS"), scene.at)
        return fault(
            "bind_brackets", scene.before, cure("brackets", *_brackets(scene, scene.at, name, "()"), what="BIND")
        )
    return None


def _inside_bind(scene: Scene, opening: int) -> Fault | None:
    bad, close = scene.bad, scene.closing(opening)
    if close >= len(scene.words):
        return None
    if bad.kind == "variable" and scene.at == close - 1:
        return fault("bind_as", bad, cure("add_before", scene.before_word(scene.at, "AS "), sign="AS", what=bad.text))
    if bad.text == "," and scene.at == close - 2:
        return fault("bind_as", bad, cure("replace", Edit(scene.before.end, bad.end, " AS"), old=",", new="AS"))
    if bad.text == ")" and scene.upper(opening + 2) == "=" and scene.word(opening + 1).kind == "variable":
        return _assigned(scene, opening, close)
    turned = (
        scene.upper(scene.at - 1) == "AS" and scene.word(opening + 1).kind == "variable" and scene.at == opening + 3
    )
    if turned:
        return _assigned(scene, opening, close)
    if bad.text == ")" and scene.upper(close + 1) == "AS" and scene.word(close + 2).kind == "variable":
        later = cure("close_after", scene.deleted(close), scene.behind(close + 2, ")"), what=scene.word(close + 2).text)
        return fault("bracket_early", bad, later, what=scene.word(close + 2).text)
    if bad.text == ")":
        name = scene.fresh("value")
        return fault(
            "bind_as",
            bad,
            cure("add_behind", scene.behind(scene.at - 1, f" AS ?{name}"), sign=f"AS ?{name}", what=scene.before.text),
        )
    return None


def _assigned(scene: Scene, opening: int, close: int) -> Fault:
    """``BIND(?x = 1)`` or ``BIND(?x AS 1)`` for ``BIND(1 AS ?x)``."""
    name, value = scene.word(opening + 1).text, scene.text(opening + 3, close - 1)
    inside = Edit(scene.word(opening + 1).offset, scene.word(close - 1).end, f"{value} AS {name}")
    return fault(
        "bind_turned", scene.word(opening + 1), cure("write", inside, text=f"BIND({value} AS {name})"), name=name
    )


def blocks(scene: Scene) -> Fault | None:
    """OPTIONAL, UNION, MINUS, EXISTS, GRAPH and WHERE without braces, or with round brackets."""
    at = scene.at
    if at >= len(scene.words):
        return None
    graph = scene.upper(at - 2) == "GRAPH"
    keyword = at - 2 if graph else at - 1
    what = scene.upper(keyword)
    if (what in _BLOCKS and what != "GRAPH") or graph:
        if scene.bad.text in ("(", "["):
            edits = [scene.replaced(at, "{"), scene.replaced(scene.closing(at), "}")]
            return fault("block_braces", scene.word(keyword), cure("braces", *edits, what=what), keyword=what)
        return _braced(scene, keyword, what)
    if scene.inside == "{" and "SELECT" in (scene.upper(at), scene.upper(scene.open[-1] + 1)):
        return _sub_select(scene)
    if scene.upper(at) == "UNION" and scene.inside == "{":
        return _both_sides(scene)
    return None


def _sub_select(scene: Scene) -> Fault | None:
    """A query among the triples without braces of its own."""
    if scene.upper(scene.at) == "SELECT":
        first, last = scene.at, scene.closing(scene.open[-1]) - 1
    else:
        first, last = scene.open[-1] + 1, scene.at - 1
        if scene.bad.text == "}" or scene.upper(last) == "SELECT" or "{" not in scene.text(first, last):
            return None
    # The subject of what follows may have been read as a variable to group or sort by, its property as a function.
    early = 2 if scene.bad.kind in THINGS and scene.upper(scene.at) != "SELECT" else 0
    lasts = range(max(last - early, first), last + 1)
    cures = (cure("braces", *_brackets(scene, first, each, "{}"), what="SELECT") for each in lasts)
    return fault("sub_select", scene.word(first), *cures)


def _braced(scene: Scene, keyword: int, what: str) -> Fault:
    opened, closed = (sum(1 for _ in scene.indices(mark)) for mark in "{}")
    cures: list[Cure] = []
    if closed > opened:
        cures.append(cure("add_before", scene.before_word(scene.at, "{ "), sign="{", what=scene.bad.text))
    ends = list(dict.fromkeys(_ends(scene, scene.at)))
    if what == "WHERE":
        ends.insert(0, scene.pattern_end(scene.at) - 1)
    if what == "UNION":
        ends.insert(0, scene.closing(scene.open[-1]) - 1 if scene.open else ends[-1])
    for last in dict.fromkeys(ends[:4]):
        dot = last + (scene.upper(last + 1) == "." and what != "EXISTS")
        cures.append(cure("braces", *_brackets(scene, scene.at, dot, "{}"), what=what))
    return fault("block_braces", scene.word(keyword), *cures, keyword=what)


def _both_sides(scene: Scene) -> Fault:
    """``?s ?p ?o UNION …``: the left side is the triples before it, as far as the last dot or the whole group."""
    opening = scene.open[-1]
    close = scene.closing(opening)
    right = [] if scene.word(scene.at + 1).text == "{" else _brackets(scene, scene.at + 1, close - 1, "{}")
    lefts = [opening + 1]
    lefts += [index + 1 for index in range(scene.at - 2, opening, -1) if scene.upper(index) in (".", "}")][:1]
    cures = [
        cure("braces", *_brackets(scene, left, scene.at - 1, "{}"), *right, what="UNION")
        for left in reversed(dict.fromkeys(lefts))
    ]
    return fault("block_braces", scene.bad, *cures, keyword="UNION")

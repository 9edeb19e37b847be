"""COUNT and the like where no groups are: in a FILTER or BIND of the pattern, or in a query that is no SELECT."""

from __future__ import annotations

from collections.abc import Sequence

from kg.engine.faultwords import Both
from kg.engine.keywords import AGGREGATES, QUERY_FORMS
from kg.engine.slips.head import NAMES
from kg.engine.slips.scene import Fault, Scene, cure, fault
from kg.engine.slips.scope import pattern_of, shown, tail_of
from kg.engine.tokens import OPERAND_ENDS
from kg.errors import Cure, Edit

__all__ = ["aggregates", "place_of", "select_around", "separators"]

_PLACES = frozenset({"FILTER", "BIND"})
#: Behind which a pattern may go on without a dot.
_BEGINS = frozenset({".", "{", "}"})
_CLAUSES = {"GROUP": "GROUP BY", "HAVING": "HAVING", "ORDER": "ORDER BY"}


def aggregates(scene: Scene) -> Fault | None:
    """An aggregate out of place. Oxigraph stops at its end; in a SELECT, which can have one, at the end of all."""
    if _closes_aggregate(scene):
        return _outside_select(scene, scene.opening(scene.at) - 1)
    if scene.ended < 0:
        return None
    found = {place_of(scene, index): index for index in reversed(list(scene.indices(*AGGREGATES)))}
    places = [place for place in sorted(found) if place >= 0 and select_around(scene, place) == scene.ended]
    if not places:
        return None
    first = scene.word(found[places[0]])
    if scene.upper(places[0]) == "BIND":
        return fault("aggregate_bind", first, _as_shown(scene, places[0]), function=first.text)
    filters = [place for place in places if scene.upper(place) == "FILTER"]
    return fault("aggregate_filter", first, _as_having(scene, filters), function=first.text)


def separators(scene: Scene) -> Fault | None:
    """``GROUP_CONCAT(?x, ", ")`` and its like for ``GROUP_CONCAT(?x; SEPARATOR=", ")``."""
    opening = scene.open[-1] if scene.open else -1
    close = scene.closing(opening)
    text = scene.word(close - 1)
    if opening < 1 or scene.upper(opening - 1) != "GROUP_CONCAT" or text.kind != "string" or scene.at >= close:
        return None
    first = scene.at
    while first > opening + 2 and (scene.word(first).text not in (",", ";")):
        first -= 1
    between = {word.text.upper() for word in scene.words[first : close - 1]}
    if first == opening + 2 and scene.word(first).text not in (",", ";"):
        first += scene.word(first).kind == "variable"
    if not between <= {",", ";", "SEPARATOR", "=", ":", "SEP"}:
        return None
    new = f"; SEPARATOR={text.text}"
    mend = cure("write", Edit(scene.word(first - 1).end, text.end, new), text=new)
    return fault("separator", scene.word(first), mend, text=text.text)


def _closes_aggregate(scene: Scene) -> bool:
    """Whether the bad word is the bracket behind all that an aggregate works on: then it is the whole that is bad."""
    opening, before = scene.opening(scene.at), scene.before
    if scene.upper(scene.at) != ")" or opening == scene.at or scene.upper(opening - 1) not in AGGREGATES:
        return False
    if before.text == "*":
        return scene.at - opening == 2 or scene.upper(scene.at - 2) == "DISTINCT"
    ends = (before.text if before.kind == "mark" else before.kind) in OPERAND_ENDS
    return ends and scene.upper(scene.at - 1) not in ("DISTINCT", "SEPARATOR")


def place_of(scene: Scene, index: int) -> int:
    """The FILTER or BIND that the word at ``index`` follows, or in whose brackets it is; -1 for none."""
    if scene.upper(index - 1) in _PLACES:
        return index - 1
    for opening in scene.around(index):
        if scene.upper(opening) == "{":
            break
        if scene.upper(opening - 1) in _PLACES:
            return opening - 1
    return -1


def _form(scene: Scene) -> int:
    return next(scene.indices(*QUERY_FORMS), -1)


def select_around(scene: Scene, index: int) -> int:
    """The SELECT of whose pattern the word at ``index`` is a part, the innermost."""
    inner = (brace + 1 for brace in scene.around(index) if scene.upper(brace) == "{")
    return next((first for first in inner if scene.upper(first) == "SELECT"), _form(scene))


def _last_of(scene: Scene, keyword: int) -> int:
    """The last word of the FILTER or BIND at ``keyword``."""
    return scene.closing(
        next((index for index in range(keyword, len(scene.words)) if scene.upper(index) == "("), keyword)
    )


def _without(scene: Scene, keyword: int) -> Edit:
    """The FILTER or BIND at ``keyword`` goes, and what stands before and behind it is still divided by one dot."""
    last = _last_of(scene, keyword)
    gone, begins = scene.deleted(keyword, last), scene.word(keyword - 1).text in _BEGINS
    if scene.word(last + 1).text == "." and begins:
        return scene.deleted(keyword, last + 1)
    follows = scene.word(last + 1).kind not in ("word", "mark", "end") or scene.word(last + 1).text in ("[", "(")
    return gone if begins or not follows else Edit(gone.start, gone.end, " .")


def _as_having(scene: Scene, filters: Sequence[int]) -> Cure | None:
    """The FILTERs become conditions on the groups of their SELECT, which are made if there are none."""
    tail, groups = tail_of(scene, scene.ended), ""
    shows = [scene.word(index).text for index in shown(scene, scene.ended) if scene.upper(index - 1) != "AS"]
    behind = scene.clause_end(tail.start) - 1 if scene.upper(tail.start) == "GROUP" else tail.start - 1
    if behind < tail.start:
        if not shows:  # nothing to group by
            return None
        groups = " GROUP BY " + " ".join(shows)
    conditions = [scene.query[scene.word(each).end : scene.word(_last_of(scene, each)).end] for each in filters]
    condition = " ".join([conditions[0], *(each.strip() for each in conditions[1:])])
    having = f" HAVING{condition}"
    if scene.upper(behind + 1) == "HAVING":
        behind, having = scene.clause_end(behind + 1) - 1, f" {condition.strip()}"
    edits = [_without(scene, each) for each in filters]
    return cure("having", *edits, scene.behind(behind, groups + having), condition=f"HAVING{condition}")


def _as_shown(scene: Scene, keyword: int) -> Cure | None:
    """What the BIND at ``keyword`` computes is computed in the head, for groups by all else that is shown."""
    tail, last, named = tail_of(scene, scene.ended), _last_of(scene, keyword), list(shown(scene, scene.ended))
    name, what = scene.word(last - 1).text, scene.text(keyword + 1, last)
    pattern = range(pattern_of(scene, scene.ended), tail.start)
    used = sum(scene.word(index).text == name for index in pattern) > 1
    computed = any(scene.upper(index - 1) == "AS" for index in named)
    if scene.upper(last - 2) != "AS" or not named or used or computed or scene.upper(tail.start) == "GROUP":
        return None
    others = [scene.word(index).text for index in named if scene.word(index).text != name]
    place = next((index for index in named if scene.word(index).text == name), -1)
    shows = scene.replaced(place, what) if place >= 0 else scene.behind(named[-1], f" {what}")
    groups = scene.behind(tail.start - 1, " GROUP BY " + " ".join(others) if others else "")
    return cure("in_select", shows, _without(scene, keyword), groups, what=what)


def _outside_select(scene: Scene, index: int) -> Fault | None:
    """An aggregate in an ASK, a CONSTRUCT or a DESCRIBE, which Oxigraph gives no groups, behind the pattern neither."""
    keyword, form = place_of(scene, index), scene.upper(_form(scene))
    clause = _CLAUSES.get(scene.upper(scene.clause), "")
    place: str | Both = scene.upper(keyword)
    if keyword < 0 and clause:
        place = Both(f"{form} 的 {clause} ", f"the {clause} of {form}")
    elif keyword < 0:
        return None
    mend = _as_inner(scene, keyword, index) if form == "ASK" and place == "FILTER" else None
    return fault("aggregate_inner", scene.word(index), mend, function=scene.word(index).text, place=place)


def _as_inner(scene: Scene, keyword: int, index: int) -> Cure | None:
    """What the FILTER of an ASK counts is counted by a query within, of all the rest of the pattern."""
    last, around = _last_of(scene, keyword), list(scene.around(keyword))
    if len(around) != 1 or sum(1 for _ in scene.indices(*AGGREGATES)) > 1:
        return None
    opening, close = around[0], scene.closing(around[0])
    if last >= close or close >= len(scene.words) or (opening + 1, close - 1) == (keyword, last):
        return None
    name = f"?{scene.fresh(NAMES.get(scene.upper(index), 'value'))}"
    start, end = scene.word(index).offset, scene.word(scene.at).end
    condition = scene.query[scene.word(keyword).offset : start] + name + scene.query[end : scene.word(last).end]
    head = scene.behind(opening, f" {{ SELECT ({scene.query[start:end]} AS {name}) {{")
    tail = scene.before_word(close, f"}} }} {condition} ")
    return cure("inner_select", head, _without(scene, keyword), tail)

"""What can be said of a word that cannot stand where it does, when no slip is known that looks like this."""

from __future__ import annotations

import re

from kg.engine.slips.scene import Fault, Scene, cure, fault
from kg.errors import Cure, Edit

__all__ = ["comments", "trailing", "unexpected"]

_ENDS = ("}", ".", ";", ")")


def comments(scene: Scene) -> Fault | None:
    """A remark as other languages write it."""
    found = re.compile(r"//|--|/\*").match(scene.query, scene.bad.offset)
    if found is None:
        return None
    if found[0] == "/*":
        end = scene.query.find("*/", found.end())
        if end < 0:
            return None
        return Fault(
            "comment",
            {"sign": "/*"},
            found.start(),
            end + 2,
            (cure("delete", Edit(found.start(), end + 2, ""), what="/* … */"),),
        )
    lines = re.finditer(rf"(?m)^([ \t]*){re.escape(found[0])}", scene.query)
    places = dict.fromkeys([found.start(), *(line.end(1) for line in lines)])
    edits = [Edit(start, start + 2, "#") for start in places]
    return Fault(
        "comment", {"sign": found[0]}, found.start(), found.end(), (cure("replace", *edits, old=found[0], new="#"),)
    )


def trailing(scene: Scene) -> Fault | None:
    """A sign behind the end of the query."""
    if scene.open or scene.at != len(scene.words) - 1 or scene.bad.text not in (";", ".", ",", "`") or scene.at == 0:
        return None
    return fault(
        "trailing", scene.bad, cure("delete", scene.deleted(scene.at), what=scene.bad.text), sign=scene.bad.text
    )


def unexpected(scene: Scene) -> Fault:
    """The word that cannot stand there, or the end that comes too early."""
    bad, at = scene.bad, scene.at
    if at >= len(scene.words):
        end = len(scene.query)
        return Fault("too_early", {"before": scene.before.text}, end, end, _missing(scene), sure=False)
    key = "unexpected_first" if not at else "unexpected_end" if bad.text in _ENDS else "unexpected"
    cures = list(_missing(scene)) if bad.text in _ENDS else []
    if bad.text.upper() == "WHERE":
        cures.append(cure("delete", scene.deleted(at), what=bad.text))
    if bad.kind in ("mark", "other", "language") and bad.text not in ("{", "("):
        cures.append(cure("delete", scene.deleted(at), what=bad.text))
    return fault(key, bad, *cures, word=bad.text[:60], before=scene.before.text, sure=False)


def _shown_only(scene: Scene) -> str:
    """The one variable that a SELECT names and nothing else does: it is what a triple lacks."""
    names = [word.text for word in scene.words if word.kind == "variable"]
    select = next(scene.indices("SELECT"), len(scene.words))
    head = (scene.word(index) for index in range(select + 1, scene.head_end(select)) if scene.upper(index - 1) != "AS")
    found = [word.text for word in head if word.kind == "variable" and names.count(word.text) == 1]
    return found[0] if len(found) == 1 else ""


def _missing(scene: Scene) -> tuple[Cure, ...]:
    """A variable in the place of what a triple lacks, or no pattern at all."""
    if scene.at >= len(scene.words) and not scene.open:
        if scene.upper(scene.at - 1) in ("ASK", "WHERE", "SELECT", "*") or scene.before.kind == "variable":
            return (cure("pattern", scene.behind(scene.at - 1, " { ?s ?p ?o }")),)
        return ()
    if scene.inside != "{":
        return ()
    thing = _shown_only(scene) or f"?{scene.fresh('value')}"
    pair = f"?{scene.fresh('property')} {thing}"
    texts = (thing, pair)
    return tuple(
        cure("add_behind", scene.behind(scene.at - 1, f" {text}"), sign=text, what=scene.before.text) for text in texts
    )

"""Slips between triples: a dot, a semicolon or a comma that is missing, too many, or in place of another."""

from __future__ import annotations

from collections.abc import Iterator

from kg.engine.slips.patterns import STARTS, THINGS
from kg.engine.slips.scene import CLOSERS, Fault, Scene, cure, fault
from kg.engine.tokens import Token
from kg.errors import Cure, Edit

__all__ = ["dots", "paths", "signs_between"]

#: The prefix of what is named by an id, which is a thing and no property.
_IDS = "ent:"
_ENDS = STARTS | {".", ";", ","}
_MOST_STEPS, _LONGEST_STEPS = 6, 5  # and characters of “10,12”
_PATHS = frozenset({"/", "|", "+", "*"})


def signs_between(scene: Scene) -> Fault | None:
    """A subject behind a semicolon or a comma, or a property behind a dot: it reads on, and stops a few words later."""
    if scene.inside != "{":
        return None
    sign = next((index for index in range(scene.at - 1, -1, -1) if scene.upper(index) in _ENDS | {"{"}), -1)
    if scene.upper(sign) in (";", ","):
        return _subject_follows(scene, sign)
    if scene.upper(sign) == ".":
        return _property_follows(scene, sign)
    return None


def _subject_follows(scene: Scene, sign: int) -> Fault | None:
    """``?x a ?type ; ?x ?p ?o``: the sign before a subject is a dot."""
    first, mark = scene.word(sign + 1), scene.word(sign).text
    told = _subject(scene, sign)
    same = told is not None and told.text == first.text
    wanted = 3 if mark == ";" and scene.bad.text != "a" else 2
    if mark == "," and first.text == "a" and scene.at == sign + 1:
        return _property_listed(scene, sign)
    if scene.at != sign + wanted or first.kind not in ("variable", "name", "iri", "label"):
        return None
    if mark == "," and _begins_with_property(scene, sign + 1, sign + 3):
        return _property_listed(scene, sign)
    thing = same or (mark == ";" and (first.kind in ("variable", "label") or first.text.startswith(_IDS)))
    if not thing or not (scene.bad.kind in THINGS or scene.bad.text in ("a", "[", "(")):
        return None
    mend = cure("replace", scene.replaced(sign, "."), old=mark, new=".")
    return fault("sign_for_dot", scene.word(sign), mend, sign=mark, subject=first.text)


def _property_listed(scene: Scene, sign: int) -> Fault:
    """``?x bde:a ?a , bde:b ?b``: the sign before another property is a semicolon."""
    places = [
        index
        for index in scene.indices(",")
        if index == sign or (index > sign and _begins_with_property(scene, index + 1, index + 3))
    ]
    mend = cure("replace", *(scene.replaced(index, ";") for index in places), old=",", new=";")
    return fault("comma_for_semicolon", scene.word(sign), mend, property=scene.word(sign + 1).text)


def _subject(scene: Scene, index: int) -> Token | None:
    """What the triples are about that end before the word at ``index``."""
    depth = 0
    for each in range(index - 1, -1, -1):
        mark = scene.upper(each)
        if depth == 0 and mark in (".", "{", "}"):
            return scene.word(each + 1)
        depth += (mark in CLOSERS.values()) - (mark in CLOSERS)
    return None


def _property_follows(scene: Scene, sign: int) -> Fault | None:
    """``?x a ?type . bde:name ?name ;``: the sign before a property of the same thing is a semicolon."""
    if not _begins_with_property(scene, sign + 1, scene.at) or scene.word(sign - 1).text == "}":
        return None
    places = [index for index in scene.indices(".") if index == sign or _goes_on(scene, index)]
    edits = [scene.replaced(index, ";") for index in places]
    mend = cure("replace", *edits, old=".", new=";")
    return fault("dot_for_semicolon", scene.word(sign), mend, property=scene.word(sign + 1).text)


def _begins_with_property(scene: Scene, first: int, stop: int) -> bool:
    """Whether the words before ``stop``, at which the reading stops, are a property where a subject should be."""
    if stop == first:
        return scene.word(first).text in ("a", "^")
    if scene.word(first).kind not in ("name", "iri") or scene.word(first).text.startswith(_IDS):
        return False
    if stop == first + 1:
        return scene.upper(stop) in _PATHS or scene.word(stop).kind in ("number", "string")
    return stop == first + 2 and scene.upper(stop) in _ENDS


def paths(scene: Scene) -> Fault | None:
    """Several properties between a subject and its object as in a condition, or one with a number of steps."""
    first, sign = scene.word(scene.at - 1), scene.upper(scene.at)
    if scene.position != 2 or first.kind not in ("name", "iri"):
        return None
    if sign in ("||", "OR", ",") and scene.word(scene.at + 1).kind in ("name", "iri"):
        gap = Edit(first.end, scene.word(scene.at + 1).offset, "|")
        return fault("path_or", scene.bad, cure("replace", gap, old=scene.bad.text, new="|"), sign=scene.bad.text)
    if sign != "{":
        return None
    close = scene.closing(scene.at)
    steps = "".join(word.text for word in scene.words[scene.at + 1 : close])
    path = _in_steps(first.text, steps)
    if path is None:
        return None
    mend = cure("replace", scene.between(scene.at - 1, close, path), old=scene.text(scene.at - 1, close), new=path)
    return fault("path_steps", scene.bad, mend, path=path)


def _in_steps(name: str, steps: str) -> str | None:
    """The path that goes so often along ``name``: ``2``, ``1,3``, ``1,`` or ``,3`` times."""
    least, comma, most = (part.strip() for part in steps.partition(","))
    if len(steps) > _LONGEST_STEPS or not (least + most).isdecimal():
        return None
    if max(int(least or "0"), int(most or "0")) > _MOST_STEPS:
        return None
    low, high = int(least or "0"), int(most) if most else None if comma else int(least)
    if high is None:
        return f"{name}*" if low == 0 else "/".join([name] * (low - 1) + [f"{name}+"])
    ways = ["/".join([name] * count) for count in range(max(low, 1), high + 1)]
    if not ways:
        return None
    path = "|".join(ways)
    if low == 0:
        return f"({path})?"
    return f"({path})" if len(ways) > 1 else path


def _goes_on(scene: Scene, sign: int) -> bool:
    """Whether a later dot, too, has a property and its value behind it, and then an end."""
    if sign < scene.at or scene.word(sign - 1).text == "}":
        return False
    return _begins_with_property(scene, sign + 1, sign + 3) and scene.word(sign + 2).kind in THINGS


def dots(scene: Scene) -> Fault | None:
    """No dot or semicolon between triples, or one too many."""
    bad, before = scene.bad, scene.before
    if bad.text in (".", ";", ",") and before.text in (".", ";", ",", "{"):
        first = cure("delete", scene.deleted(scene.at), what=bad.text)
        second = cure("delete", scene.deleted(scene.at - 1), what=before.text)
        if before.text == "," or (before.text == "." and bad.text != "."):
            return fault("dot_twice", before, second, first, sign=before.text)
        return fault("dot_twice", bad, first, *([second] if before.text != "{" else []), sign=bad.text)
    if before.text == "," and scene.upper(scene.at) in STARTS - {"}"}:
        mend = cure("replace", scene.replaced(scene.at - 1, " ."), old=",", new=".")
        return fault("dot_twice", before, mend, sign=",")
    if bad.text in ("}", ".") and before.text == ",":
        return fault("dot_twice", before, cure("delete", scene.deleted(scene.at - 1), what=","), sign=",")
    if not _triple_ends(scene):
        return None
    follows = range(scene.at, len(scene.words))
    ends = (count for count, index in enumerate(follows) if scene.upper(index) in STARTS | {".", ";", ","})
    length = next(ends, 0)
    dot = cure("add_behind", scene.behind(scene.at - 1, " ."), sign=".", what=before.text)
    semicolon = cure("add_behind", scene.behind(scene.at - 1, " ;"), sign=";", what=before.text)
    if length == 1:
        comma = cure("add_behind", scene.behind(scene.at - 1, ","), sign=",", what=before.text)
        return fault("no_dot", bad, comma, sure=False, word=bad.text, before=before.text)
    cures = (dot, semicolon) if length > 2 or bad.kind == "variable" else (semicolon, dot)
    return fault("no_dot", bad, *cures, *_more_dots(scene), word=bad.text, before=before.text)


def _more_dots(scene: Scene) -> Iterator[Cure]:
    """A brace that was not closed on its line, or a dot at the end of every line that wants one."""
    opening = scene.open[-1]
    line = scene.query[scene.word(opening).offset : scene.before.end]
    if len(scene.open) > 1 and scene.closing(scene.open[0]) >= len(scene.words) and "\n" not in line:
        yield cure("add_behind", scene.behind(scene.at - 1, " }"), sign="}", what=scene.before.text)
    places = [place for place in _line_ends(scene) if place >= scene.at - 1]
    if len(places) > 1:
        yield cure("dots", *(scene.behind(place, " .") for place in places))


def _line_ends(scene: Scene) -> Iterator[int]:
    """The last words of lines that end a triple, where the next line begins another without a dot between."""
    counts = [0]
    for index, word in enumerate(scene.words):
        mark = scene.upper(index)
        ends = scene.word(index - 1).kind in THINGS and counts[-1] >= 3
        if ends and word.kind in THINGS and "\n" in scene.query[scene.word(index - 1).end : word.offset]:
            counts[-1] = 0
            yield index - 1
        if mark in CLOSERS:
            counts.append(0)
        elif mark in CLOSERS.values() and len(counts) > 1:
            counts.pop()
        counts[-1] = {".": 0, ";": 1, ",": 2, "}": 0}.get(mark, counts[-1] + (mark not in CLOSERS))


def _triple_ends(scene: Scene) -> bool:
    """Whether a triple ends before the bad word, which could begin another."""
    bad, before = scene.bad, scene.before
    begins = bad.kind in THINGS or bad.text in ("a", "[", "^", "(")
    ends = before.kind in THINGS or before.text in ("]", ")", "a")
    return begins and ends and scene.position >= 3

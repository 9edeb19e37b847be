"""What a reader has made of the picture: where it started, each step since, and what is filtered out.

A scene is written into an address and read from it, so that a link opens the same picture. Its parts are ids, words and
numbers, joined by signs that need no escaping there: ``.`` within a step, ``~`` between steps.

>>> scene, _ = read_scene({"start": "around.changan-chain", "steps": "grow.beijing.part-of.in.12~hide.china"})
>>> scene.steps[1]
Step(act='hide', args=('china',))
>>> write_scene(scene)["steps"]
'grow.beijing.part-of.in.12~hide.china'
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, cast

from kg.model.dates import PartialDate

__all__ = ["PARAMETERS", "Act", "Filters", "Scene", "Step", "read_scene", "write_scene"]

#: What can be done to a picture.
Act = Literal["add", "grow", "hide", "keep", "pin", "free", "tidy"]

#: The names that a scene's parts have in an address.
PARAMETERS = ("start", "steps", "off", "official", "least", "until")

#: The most steps, and the most ids in one step, that an address may ask for.
_MOST_STEPS, _MOST_IDS = 200, 500

_ID = "[a-z0-9][a-z0-9-]{0,99}"
_FORMS: dict[Act, re.Pattern[str]] = {
    "add": re.compile(rf"add((?:\.{_ID}){{1,{_MOST_IDS}}})"),
    "grow": re.compile(rf"grow\.({_ID})\.({_ID})\.(in|out|in-planned|out-planned|both)\.([1-9][0-9]{{0,2}})"),
    "hide": re.compile(rf"hide((?:\.{_ID}){{1,{_MOST_IDS}}})"),
    "keep": re.compile(rf"keep((?:\.{_ID}){{1,{_MOST_IDS}}})"),
    "pin": re.compile(rf"pin\.({_ID})\.(-?[0-9]{{1,6}})\.(-?[0-9]{{1,6}})"),
    "free": re.compile(rf"free((?:\.{_ID}){{1,{_MOST_IDS}}})"),
    "tidy": re.compile("tidy()"),
}
_START = re.compile(rf"|all|new|promised|around\.{_ID}")
_OFF = re.compile(rf"(type|theme|stage|source)\.({_ID})")


class Step(NamedTuple):
    """One step. ``args`` of *grow* are entity, relation (or *any*), direction, and how many at most.

    The direction is *in* or *out* for relations that hold, *in-planned* or *out-planned* for planned ones, or *both*
    for all. The arguments of *pin* are entity, x and y; those of all others are ids.
    """

    act: Act
    args: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ".".join((self.act, *self.args))


@dataclass(frozen=True, slots=True)
class Filters:
    """What is left out of the picture: ``off`` has pairs such as ("type", "agency") that are not shown.

    ``official`` keeps what an official source says, ``least`` what so many sources say, ``until`` what was in force or
    known by that date.
    """

    off: frozenset[tuple[str, str]] = frozenset()
    official: bool = False
    least: int = 1
    until: PartialDate | None = None

    def __bool__(self) -> bool:
        return self != Filters()

    def toggled(self, facet: str, value: str) -> Filters:
        """The same with one pair turned off, or on again."""
        return replace(self, off=self.off ^ {(facet, value)})


@dataclass(frozen=True, slots=True)
class Scene:
    """Where the picture started, the steps since, and the filters.

    ``start`` is "" (the opening picture), *all*, *new* (what the newest source speaks of), *promised*, or
    *around.<entity>*.
    """

    start: str = ""
    steps: tuple[Step, ...] = ()
    filters: Filters = field(default_factory=Filters)

    def then(self, act: Act, *args: str) -> Scene:
        """The scene with one more step, without those that it makes needless: a shorter growth, an old place."""
        step = Step(act, args)
        steps = self.steps
        if act == "pin":
            steps = tuple(one for one in steps if one.act != "pin" or one.args[0] != args[0])
        elif act == "grow" and steps and steps[-1].act == "grow" and steps[-1].args[:3] == args[:3]:
            steps = steps[:-1]
        return replace(self, steps=(*steps, step))

    @property
    def base(self) -> str:
        """What tells apart pictures that were laid out anew: nothing stays in its place from one to another."""
        tidied = [str(place) for place, step in enumerate(self.steps) if step.act == "tidy"]
        return "~".join([self.start, *tidied[-1:]])


def read_scene(address: Mapping[str, str]) -> tuple[Scene, tuple[str, ...]]:
    """The scene that an address's parameters describe, and the parts of it that mean nothing."""
    unread: list[str] = []
    start = address.get("start", "")
    if not _START.fullmatch(start):
        unread.append(start)
        start = ""
    steps = []
    texts = list(filter(None, address.get("steps", "").split("~")))
    unread += texts[_MOST_STEPS:]
    for text in texts[:_MOST_STEPS]:
        step = _read_step(text)
        if step:
            steps.append(step)
        else:
            unread.append(text)
    return Scene(start, tuple(steps), _read_filters(address, unread)), tuple(unread)


def write_scene(scene: Scene) -> dict[str, str]:
    """The parameters of an address that describe the scene; :func:`read_scene` reads them back."""
    filters = scene.filters
    parts = {
        "start": scene.start,
        "steps": "~".join(map(str, scene.steps)),
        "off": "~".join(".".join(pair) for pair in sorted(filters.off)),
        "official": "1" if filters.official else "",
        "least": str(filters.least) if filters.least > 1 else "",
        "until": str(filters.until or ""),
    }
    return {name: value for name, value in parts.items() if value}


def _read_step(text: str) -> Step | None:
    act = cast("Act", text.partition(".")[0])
    found = _FORMS[act].fullmatch(text) if act in _FORMS else None
    if not found:
        return None
    args = found.groups() if len(found.groups()) > 1 else tuple(found[1].split(".")[1:])
    return Step(act, args)


def _read_filters(address: Mapping[str, str], unread: list[str]) -> Filters:
    off = set()
    for text in filter(None, address.get("off", "").split("~")):
        found = _OFF.fullmatch(text)
        if found:
            off.add((found[1], found[2]))
        else:
            unread.append(text)
    least, until = address.get("least", ""), address.get("until", "")
    if least and not re.fullmatch("[1-9][0-9]{0,2}", least):
        unread.append(least)
        least = ""
    try:
        date = PartialDate.read(until) if until else None
    except ValueError:
        unread.append(until)
        date = None
    return Filters(frozenset(off), address.get("official") == "1", int(least or 1), date)

"""A question built by choosing: things of a type, the conditions that they meet, and what is shown beside them.

A build is written into one parameter of an address and read from it. Its parts are ids, words and numbers, joined by
signs that need no escaping there: ``.`` within a part, ``~`` between parts.

>>> build, _ = read_build("type.agency~rel.builds.out-planned.of.platform~theme.ai")
>>> build.conditions[1]
Marked(mark='theme', value='ai')
>>> write_build(build.without(1))
'type.agency~rel.builds.out-planned.of.platform'
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, cast, get_args

from kg.graph.names import decimal_text
from kg.model.dates import PartialDate

__all__ = [
    "MOST_CONDITIONS",
    "Build",
    "Condition",
    "Hold",
    "Link",
    "Mark",
    "Marked",
    "Measured",
    "Related",
    "Show",
    "Sign",
    "read_build",
    "write_build",
]

#: How something holds: as a fact, only as a plan (of a figure: as a target), or either.
Hold = Literal["fact", "planned", "either"]
#: How a figure is compared with a number.
Sign = Literal["least", "most"]
#: What a thing can have besides relations and figures: its newest status, a theme, a source that speaks of it, the
#: date since when a source does.
Mark = Literal["status", "theme", "source", "since"]
#: What can stand beside each thing: its type, its description, the other ends of its relations, values of figures, and
#: the words that say it with their source.
Show = Literal["type", "about", "ends", "figures", "words"]

#: The most conditions that an address may ask for, and the most characters of a part that is read at all.
MOST_CONDITIONS = 8
_LONGEST_PART = 400

_ID = "[a-z0-9]+(?:-[a-z0-9]+)*"
_NUMBER = r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?"
_LINK = rf"({_ID})\.(out|in)(?:-(planned|either))?"
_PLAIN_LINK = rf"({_ID})\.(out|in)(?:-(planned))?"
_TYPE = re.compile(rf"type\.({_ID})")
_RELATED = re.compile(rf"rel\.{_LINK}(?:\.is\.({_ID})|\.of\.({_ID})(?:\.rel\.{_PLAIN_LINK}(?:\.is\.({_ID}))?)?)?")
_MEASURED = re.compile(rf"fig\.({_ID})(?:\.(planned|either))?(?:\.(least|most)\.({_NUMBER}))?")
_MARKED = re.compile(rf"(status|theme|source|since)\.({_ID})")
_SHOW = re.compile(rf"show((?:\.(?:{'|'.join(get_args(Show))}))+)")
_FIRST = re.compile(r"first\.([1-9][0-9]{0,3})")


@dataclass(frozen=True, slots=True)
class Link:
    """A relation in one direction: outgoing ("leads"), or from its other end ("is led by")."""

    relation: str
    outgoing: bool = True
    hold: Hold = "fact"

    def __str__(self) -> str:
        way = "out" if self.outgoing else "in"
        return f"{self.relation}.{way}" if self.hold == "fact" else f"{self.relation}.{way}-{self.hold}"


@dataclass(frozen=True, slots=True)
class Related:
    """The thing has a relation: to the entity ``value``, to one of ``type``, or to any.

    One of a type can have a relation in its turn (``then``, as a fact or as a plan): to the entity ``then_value``, or
    to any.
    """

    link: Link
    value: str = ""
    type: str = ""
    then: Link | None = None
    then_value: str = ""

    def __str__(self) -> str:
        text = f"rel.{self.link}"
        if self.value:
            return f"{text}.is.{self.value}"
        if self.type:
            text += f".of.{self.type}"
            if self.then:
                text += f".rel.{self.then}" + (f".is.{self.then_value}" if self.then_value else "")
        return text


@dataclass(frozen=True, slots=True)
class Measured:
    """The thing has a figure of ``metric``; with a ``sign``, one of at least or at most ``number``."""

    metric: str
    hold: Hold = "fact"
    sign: Sign | None = None
    number: Decimal = Decimal(0)

    def __str__(self) -> str:
        text = f"fig.{self.metric}" + ("" if self.hold == "fact" else f".{self.hold}")
        return f"{text}.{self.sign}.{decimal_text(self.number)}" if self.sign else text


@dataclass(frozen=True, slots=True)
class Marked:
    """The thing has a status as its newest, a theme, or a source that speaks of it (since a date)."""

    mark: Mark
    value: str

    def __str__(self) -> str:
        return f"{self.mark}.{self.value}"


Condition = Related | Measured | Marked


@dataclass(frozen=True, slots=True)
class Build:
    """Things of ``type`` ("" for any) that meet all ``conditions``; ``first`` is how many rows at most, 0 for all."""

    type: str = ""
    conditions: tuple[Condition, ...] = ()
    show: frozenset[Show] = frozenset()
    first: int = 0

    def __bool__(self) -> bool:
        return bool(self.type or self.conditions)

    def adding(self, condition: Condition) -> Build:
        """The same with one more condition, and with what that asks for shown beside the things."""
        return self._showing(replace(self, conditions=(*self.conditions, condition)), condition)

    def changing(self, place: int, condition: Condition) -> Build:
        """The same with another condition in the place of one; of two that become alike one is left."""
        changed = (*self.conditions[:place], condition, *self.conditions[place + 1 :])
        return self._showing(replace(self, conditions=tuple(dict.fromkeys(changed))), condition)

    def without(self, place: int) -> Build:
        """The same without one condition."""
        return replace(self, conditions=self.conditions[:place] + self.conditions[place + 1 :])

    def toggled(self, show: Show) -> Build:
        """The same with something shown beside the things, or no longer."""
        return replace(self, show=self.show ^ {show})

    def _showing(self, changed: Build, condition: Condition) -> Build:
        if isinstance(condition, Related) and not condition.value:
            return replace(changed, show=changed.show | {"ends"})
        return replace(changed, show=changed.show | {"figures"}) if isinstance(condition, Measured) else changed


def read_build(text: str) -> tuple[Build, tuple[str, ...]]:
    """The build that an address's parameter describes, and the parts of it that mean nothing."""
    kind, first = "", 0
    conditions: list[Condition] = []
    show: set[Show] = set()
    unread = []
    for part in filter(None, text.split("~")):
        condition = _read_condition(part) if len(part) <= _LONGEST_PART else None
        if condition is not None and len(conditions) < MOST_CONDITIONS and condition not in conditions:
            conditions.append(condition)
        elif (found := _TYPE.fullmatch(part)) and not kind:
            kind = found[1]
        elif found := _SHOW.fullmatch(part):
            show.update(cast("Iterable[Show]", found[1].split(".")[1:]))
        elif (found := _FIRST.fullmatch(part)) and not first:
            first = int(found[1])
        else:
            unread.append(part)
    return Build(kind, tuple(conditions), frozenset(show), first), tuple(unread)


def write_build(build: Build) -> str:
    """The parameter of an address that describes the build; :func:`read_build` reads it back."""
    shown = [one for one in get_args(Show) if one in build.show]
    parts = [
        f"type.{build.type}" if build.type else "",
        *map(str, build.conditions),
        ".".join(["show", *shown]) if shown else "",
        f"first.{build.first}" if build.first else "",
    ]
    return "~".join(filter(None, parts))


def _read_condition(text: str) -> Condition | None:
    if found := _RELATED.fullmatch(text):
        relation, way, hold, value, kind, *then = found.groups(default="")
        chained = _link(*then[:3]) if then[0] else None
        return Related(_link(relation, way, hold), value, kind, chained, then[3])
    if found := _MEASURED.fullmatch(text):
        metric, hold, sign, number = found.groups(default="")
        compared = cast("Sign", sign) if sign else None
        return Measured(metric, cast("Hold", hold or "fact"), compared, Decimal(number or 0))
    if (found := _MARKED.fullmatch(text)) and (found[1] != "since" or _is_date(found[2])):
        return Marked(cast("Mark", found[1]), found[2])
    return None


def _link(relation: str, way: str, hold: str) -> Link:
    return Link(relation, way == "out", cast("Hold", hold or "fact"))


def _is_date(text: str) -> bool:
    try:
        PartialDate.read(text)
    except ValueError:
        return False
    return True

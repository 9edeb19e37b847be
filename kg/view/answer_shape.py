"""Which pictures an answer can be shown as, which of its columns play which part there, and which one tells most.

The rules, in order:

1. A yes or no is said, a single number is set large, places are put on a map.
2. The triples of a CONSTRUCT or DESCRIBE are a graph wherever one thing is joined to another.
3. Otherwise a picture opens by itself only if it hides nothing: every column has a part in it, and there are two marks
   to compare and few enough to see. Numbers over dates are a line, named numbers are bars, named dates are a timeline.
4. Everything else is a table, which an answer can always be; a picture that would hide a column is one click away.

Numbers in several units share no axis, so they are neither bars nor a line; nor are the figures of several metrics
whose units the answer does not tell. A number that says where something stands (``start``, ``line``, ``id``) is no
amount.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from kg.engine.answer import Answer, Term
from kg.graph.names import PREFIXES
from kg.model.text import Text
from kg.view.answer_roles import Roles
from kg.view.chart_sheet import Column, Sheet, read_sheet
from kg.view.directives import View

__all__ = ["MOST_BARS", "MOST_SERIES", "Fitting", "Parts", "fitting"]

#: So many rows are drawn as bars or on a timeline, so many numbers stand side by side; the rest is said to be left out.
MOST_BARS, MOST_SERIES = 60, 6


@dataclass(frozen=True, slots=True)
class Parts:
    """Which columns play which part in one view.

    ``names`` say what a mark stands for, ``numbers`` how much it is, ``series`` which of several lines it belongs to.
    ``sign`` is how exactly a number is meant, ``aim`` whether it is only planned. ``places`` is one column of points,
    or longitude and latitude. ``ends`` are the columns of things that a graph joins, ``relation`` what joins them.
    """

    names: tuple[Column, ...] = ()
    numbers: tuple[Column, ...] = ()
    series: Column | None = None
    date: Column | None = None
    until: Column | None = None
    sign: Column | None = None
    unit: Column | None = None
    aim: Column | None = None
    places: tuple[Column, ...] = ()
    ends: tuple[Column, ...] = ()
    relation: Column | None = None

    def columns(self) -> set[Column]:
        """All columns that have a part."""
        found: set[Column] = set()
        for one in fields(self):
            part = getattr(self, one.name)
            found.update(part if isinstance(part, tuple) else (part,) if part else ())
        return found


@dataclass(frozen=True)
class Fitting:
    """The views that an answer can be shown in, the one that tells most first, and the one that it opens in."""

    views: tuple[View, ...]
    chosen: View
    parts: Mapping[View, Parts] = field(default_factory=dict)


def fitting(answer: Answer, labels: Mapping[str, Text], own: Mapping[str, Text] | None = None) -> Fitting:
    """The views of ``answer``; ``labels`` are what its IRIs are called, as for a table, ``own`` its columns."""
    if answer.form == "ask":
        return Fitting(("verdict",), "verdict")
    if answer.form == "graph":
        joined = any(subject != thing and thing.kind in ("iri", "blank") for subject, _, thing in _joining(answer))
        return Fitting(("graph", "table"), "graph") if joined else Fitting(("table",), "table")
    sheet = read_sheet(answer, labels, own)
    if not sheet.rows or not sheet.columns:
        return Fitting(("table",), "table")
    parts = dict(_views(sheet, Roles(sheet)))
    chosen: View = next((view for view, one in parts.items() if _tells_most(view, one, sheet)), "table")
    views: list[View] = [chosen, *(view for view in (*parts, "table") if view != chosen)]
    return Fitting(tuple(dict.fromkeys(views)), chosen, parts)


def _joining(answer: Answer) -> Iterator[tuple[Term, Term, Term]]:
    """The triples but those that only say of what type a thing is."""
    return (triple for triple in answer.triples() if triple[1].value != PREFIXES["rdf"] + "type")


def _views(sheet: Sheet, roles: Roles) -> Iterator[tuple[View, Parts]]:
    """The views that fit, in order of fitness, each with its parts."""
    rows = len(sheet.rows)
    amounts: dict[str, Any] = {"sign": roles.sign, "unit": roles.unit, "aim": roles.aim}
    if rows == 1 and len(roles.numbers) == 1:
        # A metric says what is counted, and another name whose it is.
        others = [one for one in roles.names if one is not roles.metric][:1]
        names = (*([roles.metric] if roles.metric else []), *others)
        yield "number", Parts(names, roles.numbers, date=roles.date, **amounts)
    if roles.places:
        yield "map", Parts(tuple(roles.names[:1]), roles.numbers[:1], places=roles.places)
    dates = roles.date if roles.date and sheet.distinct(roles.date) > 1 else None
    if rows > 1 and roles.numbers and roles.share_an_axis:
        if dates and (line := _line_parts(sheet, dates, roles)):
            yield "line", Parts(**line, **amounts)
        if roles.names or roles.date:
            yield "bars", Parts(**_bar_parts(sheet, roles), **amounts)
    if dates and roles.names:
        yield "timeline", Parts(_events(roles), date=dates, until=roles.until)
    ends = tuple(one for one in roles.names if one.kind == "entity")
    if len(ends) > 1:
        yield "graph", Parts(ends=ends, relation=roles.relation, aim=roles.aim)


def _events(roles: Roles) -> tuple[Column, ...]:
    """What names an event: a thing alone says not what began, so the relation or the words that do come with it."""
    first = roles.names[0]
    if first.kind == "words":
        return (first,)
    others = [one for one in roles.names if one.kind == "entity"][1:2] if roles.relation else []
    more = [roles.relation, *others] if roles.relation else [roles.phrase] if roles.phrase else []
    return tuple(dict.fromkeys((first, *more)))


def _line_parts(sheet: Sheet, date: Column, roles: Roles) -> dict[str, Any] | None:
    """A line for each column of numbers, or of one column a line for each name; None where a date has several rows."""
    rows = len(sheet.rows)
    if sheet.distinct(date) == rows:
        return {"numbers": roles.numbers[:MOST_SERIES], "date": date}
    for one in roles.names if len(roles.numbers) == 1 else ():
        if sheet.distinct(date, one) == rows:
            return {"numbers": roles.numbers, "date": date, "series": one}
    return None


def _bar_parts(sheet: Sheet, roles: Roles) -> dict[str, Any]:
    """What names the bars: the first column that does; where it repeats itself, a second one tells the series apart."""
    names = roles.names or [one for one in (roles.date,) if one]
    first, rows = names[0], len(sheet.rows)
    numbers = roles.numbers[:MOST_SERIES]
    if sheet.distinct(first) < rows:
        for second in [*names[1:], *([roles.date] if roles.date and roles.names else [])]:
            if sheet.distinct(first, second) == rows:
                if len(numbers) == 1 and 1 < sheet.distinct(second) <= min(MOST_SERIES, sheet.distinct(first) + 1):
                    return {"names": (first,), "numbers": numbers, "series": second}
                return {"names": (first, second), "numbers": numbers}
    return {"names": (first,), "numbers": numbers}


def _tells_most(view: View, parts: Parts, sheet: Sheet) -> bool:
    """Whether an answer opens in this view by itself."""
    if view in ("number", "map"):
        return view == "map" or _shows_all(parts, sheet)
    if view == "graph" or not _shows_all(parts, sheet) or len(sheet.rows) < 2:
        return False
    if view == "line":
        return parts.series is None or sheet.distinct(parts.series) <= MOST_SERIES
    if view == "timeline":
        return parts.date is not None and sheet.distinct(parts.date) > 2 and len(sheet.rows) <= MOST_BARS
    return len(sheet.rows) <= MOST_BARS


def _shows_all(parts: Parts, sheet: Sheet) -> bool:
    return set(sheet.columns) <= parts.columns()

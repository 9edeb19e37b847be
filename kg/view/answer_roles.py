"""The columns of an answer by what a picture can use them for: names, amounts, dates, places, units, signs, aims."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.graph.names import PREFIXES, concept_id, entity_id, relation_id
from kg.view.chart_sheet import Column, Sheet

__all__ = ["Roles"]

#: Statements and evidence have no names: what they are is told by the rest of the row.
_NAMELESS = (PREFIXES["stmt"], PREFIXES["ev"])

_SIGN = frozenset("=≈><≥≤~")
_LATITUDE = re.compile(r"lat|latitude|.*_lat(itude)?|纬度", re.IGNORECASE)
_LONGITUDE = re.compile(r"lon|lng|long|longitude|.*_(lon|lng|long|longitude)|经度", re.IGNORECASE)
#: A number whose name ends in one of these words says where something stands or which one it is: ``startOffset``.
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_STANDING = frozenset(
    (
        *("start", "begin", "end", "position", "pos", "offset", "index", "line", "column", "col", "row", "page"),
        *("id", "number", "no", "nr", "rank", "order"),
    )
)
_STANDING_ZH = re.compile(r".*(位置|起点|终点|行号|列号|编号|序号|页码|次序|排名)")
_METRIC = re.compile(r"(metric|measure|indicator)([_A-Z].*)?|指标.*")
_UNIT = re.compile(r"unit([_A-Z].*)?|单位.*")
_PLANNED = re.compile(r"planned|is_?planned|target|is_?target|计划|目标", re.IGNORECASE)


class Roles:
    """The columns of a sheet by what they can be used for."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.sign = self._first(_is_sign)
        self.aim = self._first(_is_aim)
        self.unit = self._first(_is_unit)
        self.metric = self._first(_is_metric)
        numbers = [one for one in sheet.columns if one.kind == "number"]
        points = [one for one in sheet.columns if one.kind == "point"]
        x, y = (next((one for one in numbers if name.fullmatch(one.name)), None) for name in (_LONGITUDE, _LATITUDE))
        self.places = (points[0],) if points else (x, y) if x and y else ()
        amounts = [one for one in numbers if not _is_standing(one)]
        self.numbers = tuple(one for one in amounts if one not in self.places)
        self.date, self.until = self._dates()
        taken = {self.sign, self.aim, self.unit, *self.places}
        self.names = [one for one in sheet.columns if one.kind in ("entity", "thing", "words") and one not in taken]
        self.names = [one for one in self.names if not _is_nameless(sheet, one)]
        self.names.sort(key=lambda one: one.kind == "words" and not one.tongues)
        self.relation = next((one for one in self.names if _is_relation(sheet, one)), None)
        self.phrase = next((one for one in self.names if _is_phrase(sheet, one)), None)

    @property
    def share_an_axis(self) -> bool:
        """Whether all numbers are in one unit: the answer says so, or nothing in it speaks against it.

        Figures of several metrics have several units, but counts of what several metrics have are counts: integers.
        """
        if self.unit:
            return self.sheet.distinct(self.unit) == 1
        return self.metric is None or self.sheet.distinct(self.metric) == 1 or not self._measured()

    def _measured(self) -> bool:
        terms = [term for row in self.sheet.rows for one in self.numbers if (term := row[one.place]) is not None]
        return not all(term.datatype.endswith("integer") for term in terms)

    def _first(self, test: Callable[[Sheet, Column], bool]) -> Column | None:
        return next((one for one in self.sheet.columns if test(self.sheet, one)), None)

    def _dates(self) -> tuple[Column | None, Column | None]:
        """The first two columns of dates: one that never comes before the other is the end of a time."""
        dates = [one for one in self.sheet.columns if one.kind == "date"]
        if len(dates) < 2:
            return (dates[0] if dates else None), None
        for start, end in ((dates[0], dates[1]), (dates[1], dates[0])):
            both = [(self.sheet.date(row, start), self.sheet.date(row, end)) for row in self.sheet.rows]
            if all(one.first <= other.last for one, other in both if one and other):
                return start, end
        return dates[0], None


def _is_sign(sheet: Sheet, column: Column) -> bool:
    """Whether a column says how exactly numbers are meant: signs, or our qualifiers."""
    values = [row[column.place] for row in sheet.rows]
    return any(values) and all(
        value is None or value.value in _SIGN or (concept_id(value.value) or "")[:1] == ("qualifier",)
        for value in values
    )


def _is_aim(sheet: Sheet, column: Column) -> bool:
    """Whether a column tells what was achieved from what is planned: our aims, or a yes or no of that name."""
    if column.kind == "flag":
        return _PLANNED.fullmatch(column.name) is not None
    values = [row[column.place] for row in sheet.rows]
    return any(values) and all(value is None or (concept_id(value.value) or "")[:1] == ("aim",) for value in values)


def _is_standing(column: Column) -> bool:
    """Whether the name of a column of numbers tells that they are places or numbers of things, and no amounts."""
    last = [word.lower() for word in _WORD.findall(column.name)][-1:]
    return not _STANDING.isdisjoint(last) or _STANDING_ZH.fullmatch(column.name) is not None


def _is_phrase(sheet: Sheet, column: Column) -> bool:
    """Whether a column holds words of people: not addresses."""
    if column.kind != "words":
        return False
    said = [term.value for row in sheet.rows if (term := row[column.place]) is not None]
    return bool(said) and not all("://" in one for one in said)


def _is_unit(sheet: Sheet, column: Column) -> bool:
    return column.kind != "number" and (_UNIT.fullmatch(column.name) is not None or _are_of(sheet, column, "unit"))


def _is_metric(sheet: Sheet, column: Column) -> bool:
    return column.kind != "number" and (_METRIC.fullmatch(column.name) is not None or _are_of(sheet, column, "metric"))


def _are_of(sheet: Sheet, column: Column, scheme: str) -> bool:
    """Whether all cells are concepts of this scheme of ours."""
    iris = {sheet.iri(row, column) for row in sheet.rows}
    return bool(iris) and all((concept_id(iri) or "")[:1] == (scheme,) for iri in iris)


def _is_nameless(sheet: Sheet, column: Column) -> bool:
    iris = [iri for row in sheet.rows if (iri := sheet.iri(row, column))]
    return bool(iris) and all(iri.startswith(_NAMELESS) and iri not in sheet.labels for iri in iris)


def _is_relation(sheet: Sheet, column: Column) -> bool:
    iris = {iri for row in sheet.rows if (iri := sheet.iri(row, column))}
    return bool(iris) and all(relation_id(iri) is not None and entity_id(iri) is None for iri in iris)

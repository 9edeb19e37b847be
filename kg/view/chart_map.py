"""Places as points between lines of longitude and latitude, without a map behind: nothing is fetched."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from kg.view.chart_ink import LABEL, SMALL, Ink, Words, cut, write
from kg.view.chart_marks import Reading, Value
from kg.view.chart_numbers import ticks
from kg.view.chart_room import Room
from kg.view.chart_sheet import read_point
from kg.view.chart_words import say
from kg.view.placing import Box
from kg.view.svg_text import clean, number, text_width
from kg.view.terms import Said

__all__ = ["draw_map"]

_PAD, _FLAT, _STEEP, _TALLEST = 34.0, 0.45, 0.85, 520.0
_RADIUS, _LARGEST, _NAME = 5.0, 18.0, 190.0

#: So many points are drawn and named at most; the least width of what a map shows, in degrees.
_MOST, _MOST_NAMED, _LEAST = 2000, 300, 0.04
_KM = 111.32


class _Spot(NamedTuple):
    """A named place: longitude, latitude, and a number that gives its size."""

    name: Said
    longitude: float
    latitude: float
    value: Value | None
    href: str


class _Plane(NamedTuple):
    """How degrees lie on the page: pixels for a degree of longitude and of latitude, and the middle of both."""

    across: float
    up: float
    middle: tuple[float, float]
    width: float
    height: float

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """The place of a point."""
        x, y = self.middle
        return self.width / 2 + (longitude - x) * self.across, self.height / 2 - (latitude - y) * self.up


def draw_map(reading: Reading, ink: Ink, width: float) -> tuple[list[str], float, list[str]]:
    """The elements, the height, and the notes that belong below."""
    rows, spots = len(reading.sheet.rows), list(_spots(reading))
    shown = spots[:_MOST]
    notes = reading.notes(len(shown), len(spots))
    if len(spots) < rows:
        notes.append(say("without", reading.lang, count=f"{rows - len(spots):,}"))
    if not shown:
        return [], 0.0, notes
    plane = _plane(shown, width)
    parts = [
        f'<rect x="0.5" y="0.5" width="{number(width - 1)}" height="{number(plane.height - 1)}" rx="6"'
        f' fill="{ink.second}" stroke="{ink.border}"/>',
        *_graticule(plane, ink),
        *_placed(shown, plane, reading, ink),
    ]
    return parts, plane.height + 4, notes


def _spots(reading: Reading) -> Iterator[_Spot]:
    """The rows that have a place on earth."""
    places = reading.parts.places
    for row in reading.sheet.rows:
        if len(places) == 1:
            term = row[places[0].place]
            point = read_point(term.value) if term else None
        else:
            pair = [reading.sheet.number(row, one) for one in places]
            point = read_point(f"POINT({pair[0]} {pair[1]})") if None not in pair else None
        if point:
            value = reading.value(row, reading.parts.numbers[0]) if reading.parts.numbers else None
            yield _Spot(reading.name(row), *point, value, reading.href(row))


def _plane(shown: list[_Spot], width: float) -> _Plane:
    west, east = min(one.longitude for one in shown), max(one.longitude for one in shown)
    south, north = min(one.latitude for one in shown), max(one.latitude for one in shown)
    middle = ((west + east) / 2, (south + north) / 2)
    narrow = max(math.cos(math.radians(middle[1])), 0.1)
    wide, high = max((east - west) * narrow, _LEAST), max(north - south, _LEAST)
    height = min(max(high / wide * (width - 2 * _PAD) + 2 * _PAD, _FLAT * width), _STEEP * width + 60, _TALLEST)
    scale = min((width - 2 * _PAD) / wide, (height - 2 * _PAD) / high)
    return _Plane(scale * narrow, scale, middle, width, height)


def _graticule(plane: _Plane, ink: Ink) -> Iterator[str]:
    """Lines of longitude and latitude with their degrees, along the lower and the left edge."""
    line = f'stroke="{ink.border}" stroke-width="1"'
    for degree in _degrees(plane.middle[0], plane.width / plane.across, plane.width / 85):
        x = plane.at(float(degree), 0)[0]
        words = _said(degree, "E", "W")
        if 60 < x < plane.width - text_width(words, SMALL) / 2 - 4:
            yield f'<path d="M{number(x)} 1V{number(plane.height - 22)}" {line}/>'
            yield write(Words(words, x, plane.height - 8, SMALL, "middle"), ink.quiet)
    for degree in _degrees(plane.middle[1], plane.height / plane.up, plane.height / 70):
        y = plane.at(0, float(degree))[1]
        words = _said(degree, "N", "S")
        if 14 < y < plane.height - 34:
            start = text_width(words, SMALL) + 14
            yield f'<path d="M{number(start)} {number(y)}H{number(plane.width - 1)}" {line}/>'
            yield write(Words(words, 8, y + 0.36 * SMALL, SMALL), ink.quiet)


def _degrees(middle: float, stretch: float, most: float) -> list[Decimal]:
    return ticks(Decimal(repr(middle - stretch / 2)), Decimal(repr(middle + stretch / 2)), max(3, int(most)))


def _said(degree: Decimal, above: str, below: str) -> str:
    digits = f"{abs(degree).normalize():f}"
    return f"{digits}°{above if degree > 0 else below if degree < 0 else ''}"


def _placed(shown: list[_Spot], plane: _Plane, reading: Reading, ink: Ink) -> Iterator[str]:
    """The points, large ones first, the bar that says how far a kilometre is, and the names that find room."""
    most = max((float(abs(one.value.number)) for one in shown if one.value), default=0.0) or 1.0
    spots = [(one, _radius(one, most), plane.at(one.longitude, one.latitude)) for one in shown]
    spots.sort(key=lambda spot: -spot[1])
    for one, r, (x, y) in spots:
        said = " · ".join([one.name.words, *([one.value.exact] if one.value else []), _where(one)])
        yield (
            f'<g><title>{clean(said)}</title><circle cx="{number(x)}" cy="{number(y)}" r="{number(r)}"'
            f' fill="{ink.series[0]}" fill-opacity="0.75" stroke="{ink.ground}" stroke-width="1.2"/></g>'
        )
    taken = [Box(x - r, y - r, 2 * r, 2 * r) for _, r, (x, y) in spots]
    room = Room(plane.width - 4, plane.height - 24, [*taken, Box(0, 0, 52, plane.height)])
    bar, words = _kilometres(plane, reading)
    if placed := room.place(words):
        yield f'<path d="{bar}" fill="none" stroke="{ink.quiet}" stroke-width="1.5"/>'
        yield write(placed, ink.quiet, halo=ink.second)
    for one, r, (x, y) in spots[:_MOST_NAMED]:
        name = cut(one.name, LABEL, min(_NAME, plane.width * 0.45))[0]
        middle = y + 0.36 * LABEL
        tries = (
            Words(name, x + r + 5, middle, lang=one.name.lang),
            Words(name, x - r - 5, middle, LABEL, "end", lang=one.name.lang),
            Words(name, x, y - r - 5, LABEL, "middle", lang=one.name.lang),
            Words(name, x, y + r + 14, LABEL, "middle", lang=one.name.lang),
        )
        if placed := room.place(*tries):
            yield write(placed, ink.text, halo=ink.second, href=one.href)


def _radius(spot: _Spot, most: float) -> float:
    """As large in area as its number is, but never too small to be seen."""
    if spot.value is None:
        return _RADIUS
    return max(3.0, _LARGEST * math.sqrt(float(abs(spot.value.number)) / most))


def _where(spot: _Spot) -> str:
    y, x = Decimal(repr(spot.latitude)), Decimal(repr(spot.longitude))
    return f"{_said(y, 'N', 'S')} {_said(x, 'E', 'W')}"


def _kilometres(plane: _Plane, reading: Reading) -> tuple[str, Words]:
    """A bar of a round number of kilometres, at most a fifth of the width, in the upper right corner."""
    km = Decimal(repr(plane.width * 0.2 / plane.up * _KM))
    size = Decimal(1).scaleb(km.adjusted())
    long = max(step * size for step in (1, 2, 5) if step * size <= km)
    pixels = float(long) / _KM * plane.up
    right = plane.width - 16
    bar = f"M{number(right - pixels)} 24v5H{number(right)}v-5"
    words = say("km", reading.lang, count=f"{long.normalize():f}")
    return bar, Words(words, right, 19, SMALL, "end")

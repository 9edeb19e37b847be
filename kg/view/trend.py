"""Figures of one metric over time: which belong together, where sources differ, and a small line drawn through them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote

from kg.view.cards import FigureView

__all__ = ["HEIGHT", "WIDTH", "Series", "mask_of", "series_of"]

#: The size of the line in pixels.
WIDTH, HEIGHT = 168, 44

_EDGE = 5  # so much stays free around the line, for the points at its ends
_STROKE = 1.6


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one subject and metric, newest first.

    ``several`` says that they are of two dates or more; ``differing`` has the statements that do not agree with another
    one on the same date and with the same aim.
    """

    figures: tuple[FigureView, ...]
    several: bool
    differing: frozenset[str]


def series_of(figures: Iterable[FigureView]) -> tuple[Series, ...]:
    """The figures by subject and metric, in the order in which these first appear."""
    grouped: dict[tuple[str, str], list[FigureView]] = {}
    for one in figures:
        grouped.setdefault((one.subject.id, one.row.metric), []).append(one)
    found = []
    for group in grouped.values():
        # What was reached is the news; a target, though of a later date, is what it is held against.
        group.sort(key=lambda one: (one.aim == "achieved", one.row.as_of.last), reverse=True)
        several = len({one.row.as_of.last for one in group}) > 1
        found.append(Series(tuple(group), several, _differing(group)))
    return tuple(found)


def _differing(group: Sequence[FigureView]) -> frozenset[str]:
    said: dict[tuple[str, str], set[Decimal]] = {}
    for one in group:
        said.setdefault((one.as_of, one.aim), set()).add(one.row.value)
    return frozenset(one.statement for one in group if len(said[one.as_of, one.aim]) > 1)


def mask_of(series: Series) -> str:
    """The line as a ``data:`` address for CSS ``mask``: a point for each figure, filled where it was reached.

    Points stand by date and by value; the line runs through what was reached, by the mean where sources differ. The
    lowest value stands at the foot, so the line shows how a figure moved and not how large it is.
    """
    places = _places(series.figures)
    reached: dict[float, list[float]] = {}
    for one, (x, y) in zip(series.figures, places, strict=True):
        if one.aim == "achieved":
            reached.setdefault(x, []).append(y)
    way = " ".join(f"{x:.1f},{sum(ys) / len(ys):.1f}" for x, ys in sorted(reached.items()))
    line = f"<polyline points='{way}' fill='none' stroke='black' stroke-width='{_STROKE}' stroke-linejoin='round'/>"
    points = "".join(_point(x, y, one.aim == "target") for one, (x, y) in zip(series.figures, places, strict=True))
    picture = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}' width='{WIDTH}' height='{HEIGHT}'>"
        f"{line}{points}</svg>"
    )
    return "data:image/svg+xml," + quote(picture, safe=" ='/:.,")


def _point(x: float, y: float, target: bool) -> str:
    fill = f"fill='none' stroke='black' stroke-width='{_STROKE}'" if target else "fill='black'"
    return f"<circle cx='{x:.1f}' cy='{y:.1f}' r='3' {fill}/>"


def _places(figures: Sequence[FigureView]) -> list[tuple[float, float]]:
    days = [one.row.as_of.last.toordinal() for one in figures]
    values = [one.row.value for one in figures]
    return [
        (
            _EDGE + _share(day, min(days), max(days)) * (WIDTH - 2 * _EDGE),
            HEIGHT - _EDGE - _share(value, min(values), max(values)) * (HEIGHT - 2 * _EDGE),
        )
        for day, value in zip(days, values, strict=True)
    ]


def _share(value: Decimal | int, least: Decimal | int, most: Decimal | int) -> float:
    return float((value - least) / (most - least)) if most > least else 0.5

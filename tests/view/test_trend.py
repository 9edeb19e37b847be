"""Figures of one metric over time, and sources that do not agree."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kg.engine.base import Engine
from kg.model.dates import PartialDate
from kg.model.knowledge import Knowledge
from kg.model.statement import Aim
from kg.query.card import entity_card
from kg.query.rows import FigureRow
from kg.view.cards import FigureView, Reader, figure_view
from kg.view.terms import Terms
from kg.view.trend import HEIGHT, WIDTH, Series, mask_of, series_of

POINT = re.compile(r"<circle cx='([\d.]+)' cy='([\d.]+)' r='3' (fill='[a-z]+')")


@pytest.fixture(scope="module")
def row(sample_engine: Engine) -> FigureRow:
    return next(one for one in entity_card(sample_engine, "changan-chain").figures if one.metric == "records-shared")


@pytest.fixture(scope="module")
def reader(sample: Knowledge) -> Reader:
    return Reader(Terms(sample.vocabulary), "zh")


def made(row: FigureRow, reader: Reader, *said: tuple[str, int, Aim]) -> list[FigureView]:
    return [
        figure_view(
            replace(row, statement=f"{place:016}", as_of=PartialDate.read(date), value=Decimal(value), aim=aim), reader
        )
        for place, (date, value, aim) in enumerate(said)
    ]


def points(series: Series) -> list[tuple[float, float, str]]:
    picture = unquote(mask_of(series))
    return [(float(x), float(y), fill) for x, y, fill in POINT.findall(picture)]


def test_figures_of_one_metric_are_a_series_from_the_newest_on(row: FigureRow, reader: Reader) -> None:
    (found,) = series_of(
        made(row, reader, ("2023", 1, "achieved"), ("2025-01", 3, "achieved"), ("2024", 2, "achieved"))
    )
    assert [one.as_of for one in found.figures] == ["2025-01", "2024", "2023"]
    assert found.several


def test_a_target_stands_behind_what_was_reached(row: FigureRow, reader: Reader) -> None:
    (found,) = series_of(made(row, reader, ("2030", 9, "target"), ("2025", 3, "achieved")))
    assert [one.aim for one in found.figures] == ["achieved", "target"]


def test_figures_of_one_date_are_no_course_of_time(row: FigureRow, reader: Reader) -> None:
    (found,) = series_of(made(row, reader, ("2025-01", 1, "achieved"), ("2025-01", 2, "achieved")))
    assert not found.several


def test_two_values_for_one_date_are_both_kept_and_differ(row: FigureRow, reader: Reader) -> None:
    views = made(row, reader, ("2025-01", 1, "achieved"), ("2025-01", 2, "achieved"), ("2024", 1, "achieved"))
    (found,) = series_of(views)
    assert len(found.figures) == 3
    assert found.differing == {views[0].statement, views[1].statement}


def test_the_same_value_said_twice_does_not_differ(row: FigureRow, reader: Reader) -> None:
    (found,) = series_of(made(row, reader, ("2025-01", 2, "achieved"), ("2025-01", 2, "achieved")))
    assert not found.differing


def test_a_target_does_not_contradict_what_was_reached(row: FigureRow, reader: Reader) -> None:
    (found,) = series_of(made(row, reader, ("2025", 2, "achieved"), ("2025", 3, "target")))
    assert not found.differing


def test_metrics_are_not_mixed(sample_engine: Engine, reader: Reader) -> None:
    card = entity_card(sample_engine, "changan-chain")
    found = series_of(figure_view(one, reader) for one in card.figures)
    assert [(len(one.figures), one.several) for one in found] == [(2, True), (1, False)]


def test_a_higher_value_stands_higher_and_a_later_one_further_right(row: FigureRow, reader: Reader) -> None:
    (found,) = series_of(made(row, reader, ("2024", 1, "achieved"), ("2025", 5, "achieved")))
    (late_x, late_y, _), (early_x, early_y, _) = points(found)
    assert late_x > early_x
    assert late_y < early_y


def test_a_target_is_an_empty_point(row: FigureRow, reader: Reader) -> None:
    (found,) = series_of(made(row, reader, ("2024", 1, "achieved"), ("2030", 5, "target")))
    assert [fill for _, _, fill in points(found)] == ["fill='black'", "fill='none'"]


@given(
    some.lists(
        some.tuples(some.integers(1990, 2040).map(str), some.integers(-(10**15), 10**15), some.just("achieved")),
        min_size=1,
        max_size=8,
    )
)
def test_every_figure_has_a_point_within_the_picture(
    row: FigureRow, reader: Reader, said: list[tuple[str, int, Aim]]
) -> None:
    (found,) = series_of(made(row, reader, *said))
    drawn = points(found)
    assert len(drawn) == len(said)
    assert all(3 <= x <= WIDTH - 3 and 3 <= y <= HEIGHT - 3 for x, y, _ in drawn)

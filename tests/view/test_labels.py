"""Names break into short lines without losing their order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kg.view.labels import LINE_WIDTH, width_of, wrap


@given(some.text(max_size=300))
def test_lines_are_few_and_fit(text: str) -> None:
    lines = wrap(text)
    assert 1 <= len(lines) <= 2
    assert all(len(line) <= 2 or width_of(line) <= LINE_WIDTH + 6.1 for line in lines)


@pytest.mark.parametrize("name", ["长安链", "Chang'an Chain", "AI+"])
def test_a_short_name_is_left_whole(name: str) -> None:
    assert wrap(name) == (name,)


def test_a_long_chinese_name_breaks_evenly() -> None:
    assert wrap("基于长安链的可信数据空间") == ("基于长安链的", "可信数据空间")


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert wrap("x" * 200)[-1].endswith("…")


def test_no_line_begins_with_closing_punctuation() -> None:
    assert not wrap("“人工智能+”行动计划（2024-2025）")[1].startswith(("”", "）", "+"))

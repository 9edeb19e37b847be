"""Dates as people write them."""

from __future__ import annotations

import pytest

from kg.query.written_dates import read_written_date


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2025", "2025"),
        ("2025-03", "2025-03"),
        ("2025-03-20", "2025-03-20"),
        ("2025-3-1", "2025-03-01"),
        ("2025/3/20", "2025-03-20"),
        ("2025.3.20", "2025-03-20"),
        ("2025/3", "2025-03"),
        ("2025年", "2025"),
        ("2025年3月", "2025-03"),
        ("2025年3月20日", "2025-03-20"),
        ("2025 年 3 月 20 号", "2025-03-20"),
        ("２０２５－０３", "2025-03"),
        (" 2025-03-20 ", "2025-03-20"),
    ],
)
def test_a_date_is_read_as_it_is_written(written: str, meant: str) -> None:
    assert read_written_date(written).text == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        "昨天",
        "20 March 2025",
        "2025-02-30",
        "2025-13",
        "2025-3/20",
        "25-3-1",
        "2025年20日",
        "2025-03-20T00:00",
        "٢٠٢٥",
    ],
)
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_written_date(written)

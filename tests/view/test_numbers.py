"""Numbers in words are exact, and read as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kg.model.text import Lang
from kg.view.numbers import say_number

SCALES = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12, "million": 10**6, "billion": 10**9, "trillion": 10**12}


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("2400000000000", "2.4万亿", "2.4 trillion"),
        ("700000000000", "7000亿", "700 billion"),
        ("18000", "1.8万", "18,000"),
        ("2400", "2400", "2,400"),
        ("12345", "12,345", "12,345"),
        ("0.5", "0.5", "0.5"),
        ("1E+4", "1万", "10,000"),
        ("-0.25", "-0.25", "-0.25"),
        ("0", "0", "0"),
    ],
)
def test_a_number_reads_as_people_write_it(value: str, zh: str, en: str) -> None:
    assert say_number(Decimal(value), "zh").text == zh
    assert say_number(Decimal(value), "en").text == en


@given(some.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**15), max_value=10**15))
def test_no_digit_is_lost(value: Decimal) -> None:
    langs: tuple[Lang, ...] = ("zh", "en")
    for lang in langs:
        said = say_number(value, lang)
        assert Decimal(said.digits.replace(",", "")) * SCALES[said.scale] == value

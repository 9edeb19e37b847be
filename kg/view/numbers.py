"""Numbers as people write them, exactly: 2.4万亿, 7000亿 and 1.8万 in Chinese, 2.4 trillion and 18,000 in English."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from kg.model.text import Lang

__all__ = ["Number", "say_number"]

#: The scale words of each language, largest first.
_SCALES: dict[Lang, tuple[tuple[int, str], ...]] = {
    "zh": ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")),
    "en": ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")),
}

#: With a scale word at most so many decimals stand before it ("1.25万"); a longer number is written out ("12,345").
_DECIMALS = 2


class Number(NamedTuple):
    """A number in words: its ``digits`` and its ``scale``, which may be empty; ``text`` is both as one writes them."""

    digits: str
    scale: str
    text: str


def say_number(value: Decimal, lang: Lang) -> Number:
    """``value`` in the words of ``lang``, never rounded.

    >>> say_number(Decimal(2_400_000_000_000), "zh").text
    '2.4万亿'
    >>> say_number(Decimal(18_000), "en").text
    '18,000'
    """
    for size, word in _SCALES[lang]:
        scaled = value / size
        if abs(scaled) >= 1 and _decimals(scaled) <= _DECIMALS and scaled * size == value:
            digits = _plain(scaled, lang)
            return Number(digits, word, digits + ("" if lang == "zh" else " ") + word)
    digits = _plain(value, lang)
    return Number(digits, "", digits)


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _plain(value: Decimal, lang: Lang) -> str:
    """All digits, no exponent; thousands set off, in Chinese from five digits on."""
    digits = f"{value:f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    whole, point, rest = digits.partition(".")
    if lang == "en" or len(whole.lstrip("-")) > 4:
        whole = f"{int(whole):,}" if whole not in ("-0", "-") else whole
    return whole + point + rest

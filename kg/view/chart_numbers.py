"""The numbers of a chart: where the marks of an axis stand, and numbers as short as a chart has room for."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal

from kg.model.text import Lang
from kg.view.numbers import say_number

__all__ = ["say_exactly", "say_ticks", "say_value", "ticks"]

_STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
_SCALES: dict[Lang, tuple[tuple[int, str], ...]] = {
    "zh": ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")),
    "en": ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "K")),
}

_WORDS: dict[Lang, tuple[tuple[int, str], ...]] = {
    "zh": _SCALES["zh"],
    "en": ((10**12, " trillion"), (10**9, " billion"), (10**6, " million")),
}

#: Below this an axis needs no scale word.
_PLAIN_BELOW = 10_000

#: A number that is too long is rounded to so many digits.
_DIGITS = 4

# Data may have any number of digits; an axis needs few.
_NEAR = Context(prec=12)
_CONTEXT = Context(prec=28, rounding=ROUND_HALF_EVEN, Emax=999_999, Emin=-999_999)


def ticks(low: Decimal, high: Decimal, most: int, *, whole: bool = False) -> list[Decimal]:
    """At least two round numbers, and about ``most`` at most, the first not above ``low``, the last not below ``high``.

    ``whole`` ones are not a fraction: there is no half of a thing that is counted.

    >>> [f"{one:f}" for one in ticks(Decimal(0), Decimal(109), 5)]
    ['0', '50', '100', '150']
    """
    low, high = _NEAR.plus(low), _NEAR.plus(high)
    if high <= low:
        low, high = (low, low + 1) if low == 0 else (min(low, Decimal(0)), max(low, Decimal(0)))
    step = _step(_CONTEXT.divide(_CONTEXT.subtract(high, low), Decimal(max(most - 1, 1))))
    if whole:
        step = max(step, Decimal(1))
    first = int((low / step).to_integral_value("ROUND_FLOOR"))
    last = int((high / step).to_integral_value("ROUND_CEILING"))
    return [_CONTEXT.multiply(step, Decimal(place)) for place in range(first, max(last, first + 1) + 1)]


def _step(least: Decimal) -> Decimal:
    """The smallest of 1, 2, 5, 10, 20 … that is not smaller; it may be a fraction."""
    size = Decimal(1).scaleb(least.adjusted())
    return next(step * size for step in _STEPS if step * size >= least)


def say_ticks(marks: Sequence[Decimal], lang: Lang) -> list[str]:
    """The marks of one axis in one scale: 0, 0.5亿, 1亿, or 0, 50M, 100M.

    >>> say_ticks([Decimal(0), Decimal(50_000_000), Decimal(100_000_000)], "zh")
    ['0', '0.5亿', '1亿']
    """
    largest = max(map(abs, marks))
    size, word = 1, ""
    if largest >= _PLAIN_BELOW:
        size, word = next((one for one in _SCALES[lang] if one[0] <= largest), (1, ""))
    return ["0" if not mark else _digits(mark / size) + word for mark in marks]


def say_value(value: Decimal, lang: Lang, longest: int = 13) -> str:
    """A number as it stands beside its mark: exact, but rounded where it would be too long.

    >>> say_value(Decimal(2_400_000_000_000), "en"), say_value(Decimal("3.333333333333333333"), "en")
    ('2.4 trillion', '3.333')
    >>> say_value(Decimal(798_104_926), "zh", 8)
    '7.981亿'
    """
    if -16 < value.adjusted() < 16:
        exact = say_number(value, lang).text
        if len(exact) <= longest:
            return exact
    rounded = Context(prec=_DIGITS).plus(value)
    if not -5 < rounded.adjusted() < 16:
        return f"{rounded.normalize():.3g}".replace("e+", "e").replace("E+", "E")
    size, word = next((one for one in _WORDS[lang] if one[0] <= abs(rounded)), (1, ""))
    return _digits(rounded / size) + word


def say_exactly(value: Decimal, lang: Lang) -> str:
    """All digits of a number, for who points at its mark; one of hundreds of digits by its power of ten."""
    return say_number(value, lang).text if -40 < value.adjusted() < 40 else say_value(value, lang)


def _digits(value: Decimal) -> str:
    if value.adjusted() > 15 or value.adjusted() < -9:
        return f"{value:.3g}"
    text = f"{value.normalize():f}"
    whole, point, rest = text.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole not in ("-0", "0") else text

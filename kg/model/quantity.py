"""Quantities that a phrase states, read from its words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kg.model.quantity_en import english_quantities
from kg.model.quantity_zh import chinese_quantities
from kg.model.text import Lang

__all__ = ["Quantity", "quantities"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a phrase: ``phrase[start:end]``.

    ``value`` is written out in full (万, 亿, million … are multiplied); for per cent it is the number before the sign.
    ``qualifier`` is the word beside the number that makes it inexact ("超", "余", "about"), or "" where there is none.
    """

    value: Decimal
    qualifier: str
    start: int
    end: int


def quantities(phrase: str, lang: Lang) -> list[Quantity]:
    """The quantities in the phrase, in its order; years, dates, ordinals, versions and names such as 5G are none.

    >>> [(str(q.value), q.qualifier) for q in quantities("累计共享数据超2.4万亿条、数据服务54亿次", "zh")]
    [('2400000000000', '超'), ('5400000000', '')]
    >>> [(str(q.value), q.qualifier) for q in quantities("more than 230 of the nearly 1,800 firms", "en")]
    [('230', 'more than'), ('1800', 'nearly')]
    """
    found = chinese_quantities(phrase) if lang == "zh" else english_quantities(phrase)
    return [Quantity(_plain(value), word, start, end) for value, word, start, end in found]


def _plain(value: Decimal) -> Decimal:
    """The same number without zeros at its end or an exponent."""
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()

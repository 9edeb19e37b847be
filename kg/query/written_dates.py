"""Dates as people write them: ``2025-3-1``, ``2025/3/20``, ``2025.3.20``, ``2025年3月20日``."""

from __future__ import annotations

import re

from kg.model.dates import PartialDate

__all__ = ["read_written_date"]

#: The same sign between all parts, or the Chinese words behind them.
_SHAPES = (
    re.compile(r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?", re.ASCII),
    re.compile(r"(\d{4})\s*(年)(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*[日号])?)?", re.ASCII),
)
_WIDE = str.maketrans("０１２３４５６７８９／．－", "0123456789/.-")


def read_written_date(text: str) -> PartialDate:
    """The date that ``text`` means; raises ValueError for anything else, and for a day that does not exist.

    >>> read_written_date("2025年3月").text
    '2025-03'
    >>> read_written_date("2025/3/20").text
    '2025-03-20'
    """
    plain = text.strip().translate(_WIDE)
    for shape in _SHAPES:
        if found := shape.fullmatch(plain):
            year, _, *rest = found.groups()
            return PartialDate.read("-".join([year, *(part.zfill(2) for part in rest if part)]))
    return PartialDate.read(plain)

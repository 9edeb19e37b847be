"""Dates known to the year, the month or the day."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

__all__ = ["PartialDate", "Precision"]

Precision = Literal["year", "month", "day"]

_SHAPE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known: ``2025``, ``2025-03`` or ``2025-03-20`` (ISO 8601).

    >>> PartialDate.read("2025-03").precision
    'month'
    >>> PartialDate.read("2025").last
    datetime.date(2025, 12, 31)
    """

    text: str

    @classmethod
    def read(cls, text: str) -> PartialDate:
        """Read ``text``; raises ValueError for anything that is not such a date, or a day that does not exist."""
        found = _SHAPE.fullmatch(text)
        if found is None:
            raise ValueError(f"“{text}” is not a date: write 2025, 2025-03 or 2025-03-20")
        year, month, day = (int(part) if part else 1 for part in found.groups())
        try:
            datetime.date(year, month, day)
        except ValueError as error:
            raise ValueError(f"“{text}” is not in the calendar") from error
        return cls(text)

    @property
    def precision(self) -> Precision:
        """How far the date is known."""
        precisions: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}
        return precisions[len(self.text)]

    @property
    def first(self) -> datetime.date:
        """The first day that it can mean."""
        return datetime.date.fromisoformat((self.text + "-01-01")[:10])

    @property
    def last(self) -> datetime.date:
        """The last day that it can mean."""
        first = self.first
        if self.precision == "day":
            return first
        if self.precision == "year" or first.month == 12:
            return datetime.date(first.year, 12, 31)
        return datetime.date(first.year, first.month + 1, 1) - datetime.timedelta(days=1)

    def __str__(self) -> str:
        return self.text

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def validate(value: object) -> PartialDate:
            if isinstance(value, PartialDate):
                return value
            if isinstance(value, int) and not isinstance(value, bool):
                value = str(value)  # a bare year is a number in JSON's scalars
            if not isinstance(value, str):
                raise ValueError("a date is written 2025, 2025-03 or 2025-03-20")
            return cls.read(value)

        return core_schema.no_info_plain_validator_function(validate, serialization=core_schema.to_string_ser_schema())

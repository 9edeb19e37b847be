"""What a terminal or a program reads: aligned tables, and JSON of records."""

from __future__ import annotations

import dataclasses
import json
import shutil
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import click

__all__ = ["clean", "plain", "table", "width", "write_json", "write_table"]

_GAP = "  "
_LEAST = 6

# The marks that turn the direction of what follows (Unicode Standard Annex 9), which would reach beyond their cell.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def write_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table; on a terminal, cells are cut so that each row stays one line."""
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for line in table(headings, rows, room):
        click.echo(line)


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], room: int | None = None) -> list[str]:
    """Headings, a rule and rows in columns, at most ``room`` columns of a terminal wide where that is given.

    A Chinese character is two columns wide (Unicode Standard Annex 11).
    """
    cells = [[clean(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(headings, *cells, strict=True)]
    if room is not None:
        _narrow(widths, room - len(_GAP) * (len(widths) - 1))
    rule = ["─" * size for size in widths]
    return [
        _GAP.join(_fit(cell, size) for cell, size in zip(row, widths, strict=True)).rstrip()
        for row in (headings, rule, *cells)
    ]


def _narrow(widths: list[int], room: int) -> None:
    """Take from the widest columns first, and leave each a few places."""
    while sum(widths) > room and max(widths) > _LEAST:
        widest = widths.index(max(widths))
        others = [size for place, size in enumerate(widths) if place != widest]
        next_widest = max(others, default=0)
        excess = sum(widths) - room
        widths[widest] = max(_LEAST, widths[widest] - max(1, min(excess, widths[widest] - next_widest)))


def _fit(cell: str, size: int) -> str:
    return cut(cell, size) + " " * max(0, size - width(cut(cell, size)))


def cut(text: str, size: int) -> str:
    """The text, or its beginning and an ellipsis, in at most ``size`` columns."""
    if width(text) <= size:
        return text
    kept, used = [], 1
    for sign in text:
        used += width(sign)
        if used > size:
            break
        kept.append(sign)
    return "".join(kept) + "…"


def width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(_sign_width(sign) for sign in text)


def _sign_width(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Cf", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1


def clean(text: str) -> str:
    """The text on one line, without control characters: what stands in data must not steer a terminal."""
    if text.isprintable():
        return text
    return "".join(_shown(sign) for sign in text)


def _shown(sign: str) -> str:
    if sign in "\r\n\t":
        return " "
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(sign) in ("Cc", "Cs") or sign in _TURNS else sign


def write_json(value: Any) -> None:
    """Print JSON: records as objects, Unicode as it is."""
    click.echo(json.dumps(plain(value), ensure_ascii=False, indent=2))


def plain(value: Any) -> Any:
    """Records, texts, dates and numbers as JSON has them."""
    from kg.model.dates import PartialDate
    from kg.model.record import Record

    if isinstance(value, PartialDate):
        return value.text
    if isinstance(value, Record):
        return value.model_dump(mode="json", exclude_none=True)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value

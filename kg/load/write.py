"""The one canonical spelling of a data file.

Keys in the order of the model's fields (the key that tells a statement's kind first, then its subject), defaults left
out, block style, lists indented, each text on one line, quoted only where it could be read as something else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pydantic_core import PydanticUndefined

from kg.load.scalars import INVISIBLE, is_unclear
from kg.model.dates import PartialDate
from kg.model.entity import Entities
from kg.model.record import Record
from kg.model.source import Source
from kg.model.statement import Figure, Relation, Statement, StatementBase
from kg.model.vocabulary import Vocabulary

__all__ = ["in_order", "spell", "spell_listing"]

# Between the fields of a kind of statement and those that all share: what is said, then by whom and in which words.
_SHARED_LAST = ("speaker", "phrase", "position", "note")


def spell(record: Record) -> str:
    """The canonical text of a record's file, with its entities sorted by id and its statements by position."""
    return "\n".join(_lines(in_order(record))) + "\n"


def spell_listing(vocabulary: Vocabulary, listing: str) -> str:
    """The canonical text of one file of the vocabulary ("metrics"); its terms keep their order."""
    return "\n".join(_entry(listing, getattr(vocabulary, listing))) + "\n"


def in_order(record: Record) -> Record:
    """The record with its parts in canonical order.

    Entities stand by id. Statements stand by position; one without stays behind the one that it follows.
    """
    if isinstance(record, Entities):
        return record.model_copy(update={"entities": tuple(sorted(record.entities, key=lambda entity: entity.id))})
    if isinstance(record, Source):
        return record.model_copy(update={"statements": _by_position(record.statements)})
    return record


def _by_position(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    last = -1
    keyed: list[tuple[int, int, Statement]] = []
    for index, statement in enumerate(statements):
        last = last if statement.position is None else statement.position
        keyed.append((last, index, statement))
    return tuple(statement for _, _, statement in sorted(keyed, key=lambda item: item[:2]))


def _lines(record: Record) -> Iterator[str]:
    """The lines of a record's fields, without indentation."""
    for name in _field_order(type(record)):
        value, field = getattr(record, name), type(record).model_fields[name]
        default = field.get_default(call_default_factory=True)
        if field.is_required() or (default is not PydanticUndefined and value != default):
            yield from _entry(name, value)


def _field_order(model: type[Record]) -> list[str]:
    names = list(model.model_fields)
    if not issubclass(model, StatementBase):
        return names
    kind = "relation" if model is Relation else "figure" if model is Figure else "status"
    own = [name for name in names if name not in (kind, "subject", *_SHARED_LAST)]
    return [kind, "subject", *own, *_SHARED_LAST]


def _entry(key: str, value: Any) -> Iterator[str]:
    """The lines of a key with its value."""
    if isinstance(value, Record):
        lines = list(_lines(value))
        if not lines:
            yield f"{key}: {{}}"
            return
        yield f"{key}:"
        yield from (f"  {line}" for line in lines)
    elif isinstance(value, tuple):
        if not value:
            yield f"{key}: []"
            return
        yield f"{key}:"
        for item in value:
            lines = list(_lines(item)) if isinstance(item, Record) else [_scalar(item)]
            yield f"  - {lines[0]}"
            yield from (f"    {line}" for line in lines[1:])
    else:
        yield f"{key}: {_scalar(value)}"


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, PartialDate):
        return _quoted(value.text) if value.text.startswith("0") else value.text  # a number has no zero before it
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, str):
        return value if _is_plain(value) else _quoted(value)
    raise TypeError(f"a data file cannot hold {value!r}")


def _number(value: Decimal) -> str:
    """The number in full, without zeros at its end: 2400000000000, 2.5."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _is_plain(text: str) -> bool:
    """Whether the text stands for itself without quotes, here and in every other YAML reader (dates apart)."""
    return (
        bool(text)
        and (text[0].isalnum() or text[0] in "“‘《〈「『（(【")
        and text == text.strip()
        and "\n" not in text
        and ": " not in text
        and " #" not in text
        and not text.endswith(":")
        and not is_unclear(text)
        and not _must_escape(text)
    )


def _must_escape(text: str) -> bool:
    return any(not char.isprintable() for char in text if char != " ") or INVISIBLE.search(text) is not None


def _quoted(text: str) -> str:
    """The text between double quotes; what no one can see becomes a code (JSON's, RFC 8259, which YAML reads too)."""
    return re.sub(r"[^\x20-\x7e]", _escape, json.dumps(text, ensure_ascii=False))


def _escape(found: re.Match[str]) -> str:
    char = found.group()
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"

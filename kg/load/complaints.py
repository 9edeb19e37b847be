"""What is wrong with one value, and its cure, in plain words."""

from __future__ import annotations

import json

from pydantic_core import ErrorDetails

__all__ = ["complaint"]

_QUOTES = 'If it is text, put it between double quotes: "2025"'

#: What a value should be, by the type of pydantic's error (docs.pydantic.dev, "Validation errors").
_WANTED = {
    "string_type": ("is not text", _QUOTES),
    "bool_type": ("is neither true nor false", "Write true or false, without quotes"),
    "bool_parsing": ("is neither true nor false", "Write true or false, without quotes"),
    "int_type": ("is not a whole number", "Write a whole number, without quotes"),
    "int_parsing": ("is not a whole number", "Write a whole number, without quotes"),
    "int_from_float": ("is not a whole number", "Write a whole number, without quotes"),
    "tuple_type": ("is not a list", "Write each item on its own line after “- ”"),
    "model_type": ("has no keys of its own", "Write its keys below it, each on its own line: for a text, zh and en"),
    "model_attributes_type": ("has no keys of its own", "Write its keys below it, each on its own line"),
    "string_too_short": ("is empty", "Write something, or leave the key out"),
    "finite_number": ("is not a number", "Write a number as 1500 or 2.5, without quotes"),
}

_ID = "Write an id: lower-case letters a-z, digits and single hyphens, as in changan-chain"

#: What a text should look like, by a part of its pattern.
_SHAPES = (
    ("(-[a-z0-9]+)*", "is not an id", _ID),
    (r"^\S(.*\S)?$", "is empty, begins or ends with a space, or has several lines", "Write one line, without these"),
    ("https?://", "is not a web address", "Write it in full, beginning with https:// and without spaces"),
    ("#[0-9A-F]", "is not a colour", 'Write it as "#5A6EC2": between quotes, six digits, capital letters'),
    ("[0-9a-f]{64}", "is not a SHA-256", "Run kg verify with --record, which writes it"),
    ("[a-z][a-z0-9]*:", "is not a term of a standard vocabulary", "Write a prefix, a colon and a name: schema:Person"),
)


def complaint(key: str, detail: ErrorDetails) -> tuple[str, str]:
    """The message and the cure for an error of pydantic at the value of ``key``."""
    kind, given, context = detail["type"], _subject(key, detail["input"]), detail.get("ctx", {})
    if kind in _WANTED:
        what, cure = _WANTED[kind]
        return f"{given} {what}", cure
    if kind == "string_pattern_mismatch":
        return _misshapen(given, str(context.get("pattern", "")))
    if kind == "string_too_long":
        return _too_long(key, detail)
    if kind == "literal_error":
        choices = str(context.get("expected", "")).replace("'", "")
        return f"{given} is not one of the possible ones", f"Write one of {choices}"
    if kind == "value_error":
        return f"“{key}”: {context.get('error', detail['msg'])}", "Correct it, or remove the key if it may be left out"
    if kind == "greater_than_equal" or kind == "greater_than":
        return f"{given} is too small", f"Write a number from {context.get('ge', 1)} on"
    return f"{given} does not fit ({detail['msg'].lower()})", "Compare with other records"


def _misshapen(given: str, pattern: str) -> tuple[str, str]:
    for part, what, cure in _SHAPES:
        if part in pattern:
            return f"{given} {what}", cure
    return f"{given} does not have the right form", "Compare with other records"


def _too_long(key: str, detail: ErrorDetails) -> tuple[str, str]:
    limit, length = detail.get("ctx", {}).get("max_length"), len(str(detail["input"]))
    cure = "Keep the shortest run of words that carries the statement" if key == "phrase" else "Shorten it"
    return f"the {key} has {length} characters, more than {limit}", cure


def _subject(key: str, value: object) -> str:
    """The value as the curator wrote it, cut where it is long, with its key."""
    if isinstance(value, (dict, tuple)):
        return f"what stands below “{key}”" if value else f"the value of “{key}”, which has no parts,"
    text = json.dumps(value) if value is None or isinstance(value, bool) else str(value)
    return f"the value “{text[:37]}…” of “{key}”" if len(text) > 40 else f"the value “{text}” of “{key}”"

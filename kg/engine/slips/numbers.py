"""Numbers and dates as people write them: 5万, 一千, 50,000, 2025年3月20日."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from kg.engine.slips.scene import Fault, Scene, cure, fault
from kg.errors import Edit

__all__ = ["numbers"]

#: The powers of ten that a unit stands for.
_UNITS = {"百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "万亿": 12, "k": 3, "K": 3, "M": 6}
_DIGITS = dict(zip("零一二三四五六七八九〇两", (*range(10), 0, 2), strict=True))
_ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MEASURES = frozenset({"条", "行", "个", "项", "rows", "row", "results"})
_DATE = re.compile(r"([0-9]{4})\s*年(?:\s*([0-9]{1,2})\s*月(?:\s*([0-9]{1,2})\s*[日号])?)?")
_BARE_DATE = re.compile(r"(?<![\w\"'])[0-9]{4}(?:-[0-9]{2}){0,2}\Z")
_LONGEST = 20  # characters of a number that somebody wrote
_XSD = "xsd"


def numbers(scene: Scene) -> Fault | None:
    """``5万`` and ``50,000`` for 50000, ``一千`` for 1000, ``LIMIT 10条`` for 10, ``2025年`` for a year."""
    return (
        _bare_date(scene)
        or _date(scene)
        or _with_unit(scene)
        or _with_commas(scene)
        or _in_words(scene)
        or _with_measure(scene)
    )


def _bare_date(scene: Scene) -> Fault | None:
    """``2025-01-01^^xsd:date``: the quotes are missing."""
    found = _BARE_DATE.search(scene.query, 0, scene.bad.offset) if scene.bad.text == "^^" else None
    if found is None:
        return None
    new = f'"{found[0]}"'
    mend = cure("quotes", Edit(found.start(), found.end(), new), text=new)
    return Fault("date_written", {"old": found[0], "new": new}, found.start(), found.end(), (mend,))


def _date(scene: Scene) -> Fault | None:
    """A date in Chinese becomes a text with its datatype: a day, a month or a year."""
    number = scene.before if scene.before.kind == "number" else scene.bad
    found = _DATE.match(scene.query, number.offset)
    if number.kind != "number" or found is None or _XSD not in scene.prefixes:
        return None
    year, month, day = found.groups()
    try:
        text = date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return None
    text, kind = (text, "date") if day else (text[:7], "gYearMonth") if month else (text[:4], "gYear")
    new = f'"{text}"^^{_XSD}:{kind}'
    edits = [Edit(found.start(), found.end(), new)]
    if not scene.declares(_XSD):
        edits.append(scene.before_word(0, f"PREFIX {_XSD}: <{scene.prefixes[_XSD]}>\n"))
    mend = cure("replace", *edits, old=found[0], new=new)
    return Fault("date_written", {"old": found[0], "new": new}, found.start(), found.end(), (mend,))


def _in_words(scene: Scene) -> Fault | None:
    """``一千`` or ``LIMIT ten``: a number in words where a number can stand."""
    word = scene.bad
    value = _read(word.text) if word.kind == "word" else None
    counted = scene.upper(scene.at - 1) in ("LIMIT", "OFFSET")
    if value is None or not (counted or scene.before.text in ("<", ">", "<=", ">=", "=", "!=")):
        return None
    return _written(scene, scene.at, scene.at, str(value))


def _with_measure(scene: Scene) -> Fault | None:
    """``LIMIT 10条``: the word for what is counted goes."""
    number, unit = scene.before, scene.bad
    limits = scene.upper(scene.at - 2) in ("LIMIT", "OFFSET")
    if not limits or number.kind != "number" or unit.kind != "word" or unit.text not in _MEASURES:
        return None
    return _written(scene, scene.at - 1, scene.at, number.text)


def _read(text: str) -> int | None:
    """The value of a whole number in words, Chinese or English; None where it is none."""
    if len(text) > _LONGEST:
        return None
    if text.lower() in _ENGLISH:
        return _ENGLISH.index(text.lower())
    total = section = digit = 0
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in "十百千":
            section += (digit or 1) * 10 ** ("十百千".index(sign) + 1)
            digit = 0
        elif sign in "万亿":
            total = (total + section + digit) * 10 ** (4 if sign == "万" else 8)
            section = digit = 0
        else:
            return None
    return total + section + digit


def _with_unit(scene: Scene) -> Fault | None:
    number, unit = scene.before, scene.bad
    if number.kind != "number" or number.end != unit.offset or unit.text not in _UNITS or not _is_plain(number.text):
        return None
    value = f"{Decimal(number.text).scaleb(_UNITS[unit.text]).normalize():f}"
    return _written(scene, scene.at - 1, scene.at, value)


def _with_commas(scene: Scene) -> Fault | None:
    if scene.bad.text != "," or scene.before.kind != "number" or not scene.before.text.isdecimal():
        return None
    last = scene.at - 1
    while scene.word(last + 1).text == "," and _is_group(scene, last + 2):
        last += 2
    if last < scene.at or len(scene.before.text) > 3:
        return None
    text = scene.text(scene.at - 1, last)
    return _written(scene, scene.at - 1, last, text.replace(",", ""))


def _is_group(scene: Scene, index: int) -> bool:
    """Whether three digits, with no blank before them, stand at ``index``."""
    word = scene.word(index)
    whole, _, _ = word.text.partition(".")
    return (
        word.kind == "number" and len(whole) == 3 and whole.isdecimal() and word.offset == scene.word(index - 2).end + 1
    )


def _is_plain(text: str) -> bool:
    return len(text) <= _LONGEST and text.replace(".", "", 1).isdecimal()


def _written(scene: Scene, first: int, last: int, value: str) -> Fault:
    old = scene.text(first, last)
    mend = cure("replace", scene.between(first, last, value), old=old, new=value)
    return fault("number_written", scene.word(first), mend, old=old, new=value)

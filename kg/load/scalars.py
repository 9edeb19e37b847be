"""What a word of a data file means: JSON's scalars and text, nothing else.

YAML readers disagree on ``no``, ``1:30``, ``0x10`` or ``~``. Ours reads the scalars of JSON (RFC 8259) and takes dates
as text; a word that some other reader would not take for text must stand between quotes. The writer uses the same rule.
"""

from __future__ import annotations

import re
from decimal import Decimal

__all__ = ["DIGITS_LIMIT", "INVISIBLE", "is_unclear", "read_plain"]

#: The most digits of a number: enough for everything that can be counted.
DIGITS_LIMIT = 60

#: Characters that no one sees, and that YAML takes for line breaks or refuses; a tab is one of them.
INVISIBLE = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")

_WORDS = {"null": None, "true": True, "false": False}
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")

# What YAML 1.1 (yaml.org/type) or the core schema of YAML 1.2 read as a boolean, null, a number or an operator.
_UNCLEAR = re.compile(
    r"""
    ~ | = | << | null | true | false | yes | no | on | off | y | n
    | [-+]? (?: [0-9][0-9_]* (?: \. [0-9_]* )? | \.[0-9][0-9_]* ) (?: e [-+]? [0-9]+ )?
    | [-+]? 0 (?: x [0-9a-f_]+ | o [0-7_]+ | b [01_]+ )
    | [-+]? [0-9][0-9_]* (?: : [0-5]?[0-9] )+ (?: \. [0-9_]* )?
    | [-+]? \.inf | \.nan
    """,
    re.VERBOSE | re.IGNORECASE,
)


def is_unclear(word: str) -> bool:
    """Whether some YAML reader would take the unquoted ``word`` for something other than text (dates apart)."""
    return _UNCLEAR.fullmatch(word) is not None


def read_plain(word: str) -> bool | int | Decimal | str | None:
    """What an unquoted word means; raises ValueError with a cure where that is not clear.

    >>> read_plain("2400"), read_plain("2.50"), read_plain("2025-03-20"), read_plain("true")
    (2400, Decimal('2.50'), '2025-03-20', True)
    """
    if word in _WORDS:
        return _WORDS[word]
    if not is_unclear(word):
        return word
    if len(word) <= DIGITS_LIMIT:
        if _INTEGER.fullmatch(word):
            return int(word)
        if _DECIMAL.fullmatch(word):
            return Decimal(word)
    if word[0] in "+-.0123456789":
        if len(word) > DIGITS_LIMIT:
            raise ValueError(f"A number has at most {DIGITS_LIMIT} digits; put text between quotes")
        raise ValueError('Write a number as 1500 or 2.5, in full, or put text between quotes: "' + word + '"')
    raise ValueError('Write true, false or null, leave the key out, or put text between quotes: "' + word + '"')

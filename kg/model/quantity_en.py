"""Numbers in English text: over 2.4 trillion, about 50%, more than 230, nearly 1,800, two hundred and fifty.

Years, dates, ordinals, versions and names such as 5G, Phase 2 or "1+N" count nothing and are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

__all__ = ["english_quantities", "read_number_words"]

Found = tuple[Decimal, str, int, int]

_UP_TO_NINETEEN = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ONES = {word: value for value, word in enumerate(_UP_TO_NINETEEN)} | {
    word: value * 10 for value, word in enumerate(_TENS, start=2)
}
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT = {"mn": 10**6, "bn": 10**9, "tn": 10**12, "trn": 10**12, "hundred": 100, "dozen": 12}
_MULTIPLIERS = _SCALES | _SHORT

_WORD = "|".join(sorted([*_ONES, *_SCALES, "hundred", "dozen"], key=len, reverse=True))
_ARABIC = r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"

_NUMBER = re.compile(
    rf"""
      (?<![\w.]) (?P<arabic> {_ARABIC} ) (?: [ -]? (?P<times> {"|".join(_MULTIPLIERS)} ) \b )?
    | \b (?P<words> (?: an?[ ] (?= hundred|thousand|million|billion|trillion|dozen ) )?
        (?:{_WORD}) (?: (?: [ -] | [ ]and[ ] ) (?:{_WORD}) )* ) \b (?! - [a-z] )
    """,
    re.VERBOSE | re.IGNORECASE,
)

_MONTH = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*[.]?"
_NAMES = re.compile(
    rf"""
      \b {_MONTH} [ ] [0-9]{{1,2}} (?: st|nd|rd|th )? (?: ,?[ ] [0-9]{{4}} )? \b
    | \b [0-9]{{1,2}} (?: st|nd|rd|th )? [ ] {_MONTH} (?: [ ] [0-9]{{4}} )? \b
    | \b {_MONTH} [ ] (?: 19 | 20 ) [0-9]{{2}} \b
    | \b (?: 19 | 20 ) [0-9]{{2}} - [0-9]{{1,2}} (?: - [0-9]{{1,2}} )? \b
    | \b (?: 19 | 20 ) [0-9]{{2}} [-–—] (?: 19 | 20 ) [0-9]{{2}} \b
    | \b (?: in | by | since | during | until | till | from | for | year | end[ ]of | of | early | late | mid- )
      [ ]? (?: 19 | 20 ) [0-9]{{2}} \b (?! [,.][0-9] | [ ]? % )
    | \b [0-9]+ (?: st|nd|rd|th ) \b
    | \b (?: phase | stage | no[.]? | number | version | chapter | article | level | zone | batch )
      [ ] [0-9]+ (?: [.][0-9]+ )?
    | \b [0-9] [GKD] \b
    | [0-9]+ \+ [A-Za-z]
    | [A-Za-z] -? [0-9]+ (?: [.][0-9]+ )*
    | (?<! [0-9.,] ) [0-9][.]0 \b (?! [0-9%] | [ ] (?: {"|".join(_MULTIPLIERS)} | per ) )
    | \b (?: {_WORD} ) [ -] (?: half | halves | third | quarter | fourth | fifth | tenth )s? \b
    """,
    re.VERBOSE | re.IGNORECASE,
)

_BEFORE = re.compile(
    r"""\b ( no[ ](?:fewer|less|more)[ ]than | not[ ](?:less|more)[ ]than | more[ ]than | fewer[ ]than | less[ ]than
    | in[ ]excess[ ]of | at[ ](?:least|most) | up[ ]to | close[ ]to | exceed(?:s|ed|ing)? | approximately | roughly
    | around | about | nearly | almost | above | below | under | over | some )
    [ ] (?: RMB[ ]? | CNY[ ]? | US\$ | [$¥€] | an?[ ] )? $""",
    re.VERBOSE | re.IGNORECASE,
)
_AFTER = re.compile(r"\s?(?:%|per ?cent)?(?:\+|[ -]plus\b| or more\b| or so\b|[ -]odd\b)", re.IGNORECASE)


def english_quantities(phrase: str) -> Iterator[Found]:
    """Each number as (value, qualifying words in lower case or "", start, end)."""
    names = [found.span() for found in _NAMES.finditer(phrase)]
    for found in _NUMBER.finditer(phrase):
        start, end = found.span()
        if any(start < stop and begin < end for begin, stop in names):
            continue
        value = _value(found)
        if value is not None:
            yield value, _qualifier(phrase, start, end), start, end


def _value(found: re.Match[str]) -> Decimal | None:
    if found["words"]:
        number = read_number_words(found["words"])
        return None if number is None else Decimal(number)
    value = Decimal(found["arabic"].replace(",", ""))
    return value * _MULTIPLIERS[found["times"].lower()] if found["times"] else value


def read_number_words(words: str) -> int | None:
    """The number that the words spell, or None where they spell none.

    >>> read_number_words("two million three hundred and fifty thousand"), read_number_words("twenty-five")
    (2350000, 25)
    """
    total, section = 0, 0
    last: int | None = None  # the number below 100 just read: only a ten may be followed by another, a digit
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in ("and", "a", "an"):
            continue
        if word in _ONES:
            value = _ONES[word]
            if last is not None and not (last >= 20 and 0 < value < 10):
                return None
            section, last = section + value, value
        else:
            times = _MULTIPLIERS[word]
            section, last = (section or 1) * times, None
            if times >= 1000:
                total, section = total + section, 0
    return total + section


def _qualifier(phrase: str, start: int, end: int) -> str:
    before = _BEFORE.search(phrase[:start])
    if before:
        return before.group(1).lower()
    after = _AFTER.match(phrase, end)
    return re.sub(r"^\W*(?:%|per ?cent)?[ -]?", "", after.group().lower()) or "+" if after else ""

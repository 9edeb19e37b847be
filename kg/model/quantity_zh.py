"""Numbers in Chinese text: 59家, 230余家, 超2.4万亿条, 约50%, 一千二百, 百分之五十.

A numeral is digits or Chinese numerals (GB/T 15835-2011 allows both), multiplied by 十 百 千 万 亿. What looks like a
number and counts nothing (第二批, 2024年, 4.0阶段, “1+N”, 5G, 十四五) is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

__all__ = ["chinese_quantities", "read_numeral"]

Found = tuple[Decimal, str, int, int]

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}

# Full-width digits and signs become the usual ones, character for character, so that positions stay.
_NARROW = str.maketrans("０１２３４５６７８９．％＋", "0123456789.%+")

_BEFORE = (
    "不少于|不低于|不超过|不多于|不足|超过|超出|高于|大于|多于|低于|小于|少于|"
    "大约|至少|至多|最多|突破|将近|接近|逾|超|约|近"
)
_CHINESE = "[零〇一二两三四五六七八九十百千万亿]+"
_ARABIC = r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"

# 多 before these begins another word (约13亿多维标签: 1.3 billion multi-dimensional labels).
_MORE = "余|多(?![维模样语媒渠云核链边功领端])|来(?=[个家项条名人位万亿])"

_NUMBER = re.compile(
    rf"""
      (?P<percent> 百分之 (?P<hundredth> {_CHINESE} (?: 点 [零〇一二三四五六七八九]+ )? | {_ARABIC} ) )
    | (?P<parts> {_CHINESE} ) 分之 (?P<share> {_CHINESE} )
    | (?P<arabic> (?: (?:{_ARABIC}) [十百千万亿]+ )* (?:{_ARABIC}) (?P<within> {_MORE} )? [十百千]? [万亿]* )
    | (?P<chinese> {_CHINESE} (?: 点 [零〇一二三四五六七八九]+ [万亿]* )? )
    """,
    re.VERBOSE,
)

#: What holds digits and counts nothing: dates, ordinals, versions, names.
_NAMES = re.compile(
    rf"""
      第 (?: [0-9]+ | {_CHINESE} )
    | (?: 19 | 20 ) [0-9]{{2}} (?: 年? \s* [-—–~～至到、] \s* (?: 19 | 20 ) [0-9]{{2}} )? 年
    | (?: 19 | 20 ) [0-9]{{2}} - [0-9]{{1,2}} (?: - [0-9]{{1,2}} )?
    | 二[零〇][零〇一二三四五六七八九]{{2}} 年?
    | (?<! [0-9.] ) [0-9]{{1,2}} 月 (?: [0-9]{{1,2}} [日号] )?
    | [一二三四五六七八九十]{{1,2}} 月 [一二三四五六七八九十]{{1,3}} 日
    | (?<! [0-9.] ) [0-9]\.[0-9] (?= 阶段 | 版 | 时代 )
    | (?<! [0-9.] ) [0-9]\.0 (?! [0-9十百千万亿%个家项] )
    | [0-9]+ \+ [A-Za-z]
    | (?<! [0-9.] ) [0-9] [GKD] (?! [A-Za-z] )
    | [A-Za-z] -? [0-9]+ (?: \.[0-9]+ )*
    | 十 [一二三四五六] 五 (?! [十百千万亿] )
    | 一 [对区站带体致定样般流些切起直半] 一?
    | [几数] [十百千万亿]+ | 十几 | [百千万亿] 几
    | {_CHINESE} 号 (?! [召码] )
    """,
    re.VERBOSE,
)

# A word before 约, 近 … that makes another word of it: 节约50% saves, 预约 books, 最近3年 is "the last".
_OTHER_WORDS = re.compile(r"(?:[节预签合契公条违履制]约|[最附邻]近|[高反]超)$")
_TIME = re.compile(r"\s*(?:个?[年月周天日]|个?季度|个?星期|小时)")
_AFTER = re.compile(r"(?:[^\W\d_]{0,4}?)(以上|左右|上下|以内|以下|(?<=[日天年月周时])内)")


def chinese_quantities(phrase: str) -> Iterator[Found]:
    """Each number as (value, qualifying word or "", start, end)."""
    text = phrase.translate(_NARROW)
    names = [found.span() for found in _NAMES.finditer(text)]
    for found in _NUMBER.finditer(text):
        start, end = found.span()
        if any(start < stop and begin < end for begin, stop in names):
            continue
        before = _word_before(text, start, end)
        word = before or _word_after(text, found)
        value = _value(found, bare_unit=bool(word) or text[:start].endswith(("上", "成", "达")))
        if value is not None:
            yield value, word, start, end


def _value(found: re.Match[str], bare_unit: bool) -> Decimal | None:
    if found["percent"]:
        return read_numeral(found["hundredth"])
    if found["parts"]:
        parts, share = read_numeral(found["parts"]), read_numeral(found["share"])
        if not parts or share is None:
            return None
        value = share / parts
        return value if value * parts == share else None  # 三分之一 has no decimal
    if found["arabic"]:
        return _read_arabic(found["arabic"])
    numeral = found["chinese"]
    if numeral[0] in "百千万亿" and bare_unit:
        return read_numeral("一" + numeral)  # 近万, 超百亿
    return read_numeral(numeral)


def _read_arabic(numeral: str) -> Decimal | None:
    """Digits with their multipliers, perhaps in several steps: 2.4万亿, 10余万, 3亿5000万."""
    total = Decimal(0)
    for digits, units in re.findall(rf"({_ARABIC})(?:{_MORE})?([十百千万亿]*)", numeral):
        value = Decimal(digits.replace(",", ""))
        for unit in units:
            value *= (_SMALL | _LARGE)[unit]
        total += value
    return total


def read_numeral(numeral: str) -> Decimal | None:
    """A Chinese numeral as a number, or None where it is not one; digits are read as digits.

    >>> read_numeral("一千二百"), read_numeral("两万零五"), read_numeral("十四五"), read_numeral("三点五")
    (Decimal('1200'), Decimal('20005'), None, Decimal('3.5'))
    """
    if numeral[0].isascii():
        return Decimal(numeral.replace(",", ""))
    whole, point, rest = numeral.partition("点")
    integer = _read_integer(whole)
    if integer is None or not point:
        return None if integer is None else Decimal(integer)
    decimals = rest.rstrip("万亿")
    value = Decimal(f"{integer}." + "".join(str(_DIGITS[digit]) for digit in decimals))
    for unit in rest[len(decimals) :]:
        value *= _LARGE[unit]
    return value


def _read_integer(numeral: str) -> int | None:
    """Read 亿 and 万 as the outer steps of the number: (一千二百)万(三千)."""
    if len(numeral) > 1 and all(char in _DIGITS for char in numeral):
        return int("".join(str(_DIGITS[char]) for char in numeral))  # digit by digit: 二〇二五
    for unit in ("亿", "万"):
        head, found, tail = numeral.rpartition(unit)
        if found:
            high = _read_integer(head) if head else None
            low = _read_tail(tail, _LARGE[unit])
            return None if high is None or low is None else high * _LARGE[unit] + low
    return _read_section(numeral)


def _read_tail(tail: str, unit: int) -> int | None:
    """What follows a unit: nothing, a smaller number, or one digit for the next step down (一万二 is 12,000)."""
    if not tail:
        return 0
    if len(tail) == 1 and tail in _DIGITS:
        return _DIGITS[tail] * unit // 10
    low = _read_integer(tail.lstrip("零〇") or tail)
    return low if low is not None and low < unit else None


def _read_section(numeral: str) -> int | None:
    """A number below 10,000: digits and 千 百 十 from high to low; None where they do not alternate so."""
    total, digit, last = 0, None, 10**4
    zero = False
    for index, char in enumerate(numeral):
        if char in _SMALL:
            if _SMALL[char] >= last or (digit is None and not (char == "十" and index == 0)):
                return None
            last = _SMALL[char]
            total += (1 if digit is None else digit) * last
            digit, zero = None, False
        elif digit is not None:
            return None
        elif _DIGITS[char] == 0 and len(numeral) > 1:
            zero = True
        else:
            digit = _DIGITS[char]
    if digit is None:
        return total
    spoken = 10 < last < 10**4 and not zero
    return total + (digit * last // 10 if spoken else digit)


def _word_before(text: str, start: int, end: int) -> str:
    found = re.search(rf"(?:{_BEFORE})$", text[:start])
    if found is None or _OTHER_WORDS.search(text[:start]):
        return ""
    if found.group() == "近" and _TIME.match(text, end):
        return ""  # 近三年: the last three years
    return found.group()


def _word_after(text: str, found: re.Match[str]) -> str:
    if found["within"]:
        return found["within"]
    more = re.compile(_MORE).match(text, found.end())
    if more:
        return more.group()
    after = _AFTER.match(text, found.end() + (1 if text[found.end() :].startswith("%") else 0))
    return after.group(1) if after else ""

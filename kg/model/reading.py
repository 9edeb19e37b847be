"""The reading text of a source: its characters without the accidents of layout, and phrases found in it.

Chinese text is read without any white space, English text with single spaces, so that a phrase may run over a line
break. Positions count characters of the reading text from 0, as Python and the Web Annotation ``TextPositionSelector``
do (https://www.w3.org/TR/annotation-model/#text-position-selector). The characters stay the source's own.
"""

from __future__ import annotations

import hashlib
import re

from kg.model.text import Lang

__all__ = ["find_phrase", "longest_part", "reading_text", "text_hash"]

_SPACE = re.compile(r"\s+")


def reading_text(text: str, lang: Lang) -> str:
    r"""The text as it is read.

    >>> reading_text("智慧城\n\n  市场景", "zh")
    '智慧城市场景'
    >>> reading_text(" over  1.8\ntrillion ", "en")
    'over 1.8 trillion'
    """
    return _SPACE.sub("", text) if lang == "zh" else _SPACE.sub(" ", text).strip()


def text_hash(reading: str) -> str:
    """The SHA-256 of the reading text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(reading.encode("utf-8")).hexdigest()


def find_phrase(reading: str, phrase: str, lang: Lang) -> list[int]:
    """Every position at which the phrase begins in the reading text.

    >>> find_phrase("数据共享数据", "数 据", "zh")
    [0, 4]
    """
    wanted = reading_text(phrase, lang)
    positions: list[int] = []
    at = reading.find(wanted) if wanted else -1
    while at >= 0:
        positions.append(at)
        at = reading.find(wanted, at + 1)
    return positions


def longest_part(reading: str, phrase: str, lang: Lang) -> str:
    """The longest run of the phrase's characters that stands in the reading text, or "" where none does.

    >>> longest_part("累计共享数据超2.4万亿条", "共计共享数据约2万亿条", "zh")
    '计共享数据'
    """
    wanted = reading_text(phrase, lang)
    for length in range(len(wanted), 0, -1):
        for start in range(len(wanted) - length + 1):
            part = wanted[start : start + length]
            if part in reading:
                return part.strip()
    return ""

"""The keys by which a Chinese name is found without typing it: traditional characters, pinyin, initials."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from kg.graph.names import LANG_INITIALS, LANG_PINYIN, LANG_TRADITIONAL
from kg.graph.terms import Literal
from kg.graph.wording import wording

__all__ = ["search_keys"]

# Runs of Latin letters and digits, and runs of Chinese characters; whatever else stands in a name is punctuation.
_RUNS = re.compile(r"[0-9A-Za-z]+|[\u3400-\u9fff\U00020000-\U000323af]+")


def search_keys(names: Iterable[str]) -> Iterator[Literal]:
    """The keys of Chinese ``names``: 长安链 gives 長安鏈, changanlian and cal, each tagged with what it is.

    Latin letters and digits stay, in lower case; punctuation goes: “AI+”行动 gives aixingdong and aixd.
    ü is written v, as it is typed. A key that says nothing new (the same characters, no syllable) is left out.
    """
    for name in names:
        traditional = _traditional()(name)
        if traditional != name:
            yield Literal(traditional, LANG_TRADITIONAL)
        syllables = _syllables(name)
        if syllables:
            yield Literal("".join(pinyin for pinyin, _ in syllables), LANG_PINYIN)
            yield Literal("".join(initial for _, initial in syllables), LANG_INITIALS)


def _syllables(name: str) -> list[tuple[str, str]]:
    """Each part of the name as its pinyin and its initial; a run of Latin letters or digits is its own initial."""
    parts = []
    for run in _RUNS.findall(unicodedata.normalize("NFKC", name)):
        if run[0].isascii():
            parts.append((run.lower(), run.lower()))
        else:
            parts.extend((syllable, syllable[0]) for syllable in _pinyin()(run))
    return parts


@cache
def _traditional() -> Callable[[str], str]:
    import opencc  # late: it reads its dictionaries

    convert: Callable[[str], str] = opencc.OpenCC("s2t").convert
    return convert


@cache
def _pinyin() -> Callable[[str], list[str]]:
    import pypinyin  # late: it reads its dictionaries

    pypinyin.load_phrases_dict({name: [[part] for part in said.split()] for name, said in wording().pinyin.items()})

    def read(run: str) -> list[str]:
        return [part for part in pypinyin.lazy_pinyin(run, errors="ignore") if part.isascii() and part]

    return read

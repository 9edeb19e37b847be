"""Rules for text in the two languages: both are there, and it is set as text should be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from kg.check.tools import problem, said, terms
from kg.errors import Problem
from kg.load.files import Loaded
from kg.load.marks import Place
from kg.model.text import LANGS, Lang, Names, Text

__all__ = ["english_is_not_chinese", "text_has_both_languages", "text_is_set_cleanly"]

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ]")

#: Keys that may stand in one language: a short name is only needed where the name is long.
_ONE_LANGUAGE = ("short",)


class _Written(NamedTuple):
    """A text of the data with its place: ``spot`` for its key, ``parts`` for each of its wordings."""

    record: str
    key: str
    text: Text | Names
    spot: Place
    parts: tuple[tuple[Lang, str, Place], ...]
    explained: bool


def text_has_both_languages(loaded: Loaded) -> Iterator[Problem]:
    """Names, titles and descriptions are there in Chinese and English, or the record's note says why not."""
    for written in _texts(loaded):
        if not isinstance(written.text, Text) or written.explained or written.key in _ONE_LANGUAGE:
            continue
        for lang in LANGS:
            if getattr(written.text, lang) is None:
                message = f"“{written.key}” has no {lang}"
                cure = f"Add {lang}:, or say in the note of the record why there is none"
                yield problem(written.spot, written.record, message, cure)


def text_is_set_cleanly(loaded: Loaded) -> Iterator[Problem]:
    """No doubled or special spaces, no characters that no one sees, no full-width Latin letters or digits."""
    for written in _texts(loaded):
        for _, words, place in written.parts:
            for message, cure in _blemishes(words):
                yield problem(place, written.record, f"{message} in “{words}”", cure)


def _blemishes(words: str) -> Iterator[tuple[str, str]]:
    if "  " in words:
        yield "there is a doubled space", "Write one space"
    for char in dict.fromkeys(words):
        if char != " " and unicodedata.category(char) in ("Zs", "Zl", "Zp", "Cc", "Cf", "Co", "Cn"):
            yield f"there is a character that no one sees (U+{ord(char):04X})", "Write a space, or nothing"
    wide = _WIDE.search(words)
    if wide:
        plain = unicodedata.normalize("NFKC", wide.group())
        yield f"there is the full-width character {wide.group()}", f"Write {plain}"


def english_is_not_chinese(loaded: Loaded) -> Iterator[Problem]:
    """No Chinese characters stand in an English name: the languages were not swapped."""
    for written in _texts(loaded):
        for lang, words, place in written.parts:
            if lang == "en" and written.key != "description" and _HAN.search(words):
                message = f"the English “{written.key}” has Chinese characters: “{words}”"
                yield problem(place, written.record, message, "Write it in English, or move it to zh")


def _texts(loaded: Loaded) -> Iterator[_Written]:
    """Every text that is ours; phrases are the source's own, and words of qualifiers stand as phrases have them."""
    origin = loaded.origin
    for listing, term in terms(loaded):
        for key in ("name", "description", "inverse", "planned", "planned_inverse"):
            spot = origin.terms[listing, term.id]
            yield from _written(term.id, key, getattr(term, key, None), spot.place, explained=False)
    for entity in loaded.knowledge.entities.values():
        for key in ("name", "short", "aliases", "former", "description"):
            place = origin.entities[entity.id].place
            yield from _written(entity.id, key, getattr(entity, key), place, explained=bool(entity.note))
    for source in loaded.knowledge.sources.values():
        for key in ("title", "publisher"):
            place = origin.sources[source.id].place
            yield from _written(source.id, key, getattr(source, key), place, explained=bool(source.note))
    for one in said(loaded):
        role = getattr(one.statement, "role", None)
        mark = origin.sources[one.source.id].mark.at("statements", one.index)
        spot = origin.sources[one.source.id]._replace(mark=mark)
        yield from _written(one.name, "role", role, spot.place, explained=bool(one.statement.note))


def _written(
    record: str, key: str, text: Text | Names | None, place: Callable[..., Place], *, explained: bool
) -> Iterator[_Written]:
    if text is None:
        return
    parts: list[tuple[Lang, str, Place]] = []
    for lang in LANGS:
        wordings = getattr(text, lang)
        if isinstance(wordings, str):
            parts.append((lang, wordings, place(key, lang)))
        elif wordings:
            parts.extend((lang, words, place(key, lang, index)) for index, words in enumerate(wordings))
    yield _Written(record, key, text, place(key), tuple(parts), explained)

"""Text in the two languages of the graph, Chinese (zh) and English (en)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, get_args

from pydantic import StringConstraints, model_validator

from kg.model.record import Record

__all__ = ["LANGS", "Lang", "Names", "Text"]

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)

#: Text with something in it and no white space at either end.
Words = Annotated[str, StringConstraints(pattern=r"^\S(.*\S)?$")]


class Text(Record):
    """A name or a sentence in Chinese, in English, or in both.

    >>> Text(zh="长安链", en="Chang'an Chain").say("en")
    "Chang'an Chain"
    >>> Text(zh="长安链").say("en")
    '长安链'
    """

    zh: Words | None = None
    en: Words | None = None

    @model_validator(mode="after")
    def _has_words(self) -> Text:
        if self.zh is None and self.en is None:
            raise ValueError("neither zh nor en is given")
        return self

    def say(self, lang: Lang) -> str:
        """The text in ``lang``, or in the other language where it has none: a label never vanishes."""
        wanted, other = (self.zh, self.en) if lang == "zh" else (self.en, self.zh)
        return wanted or other or ""

    def items(self) -> Iterator[tuple[Lang, str]]:
        """The languages that it has, with the words in each."""
        for lang in LANGS:
            words = getattr(self, lang)
            if words is not None:
                yield lang, words


class Names(Record):
    """Any number of further names in each language."""

    zh: tuple[Words, ...] = ()
    en: tuple[Words, ...] = ()

    def items(self) -> Iterator[tuple[Lang, str]]:
        """Each name with its language."""
        for lang in LANGS:
            for words in getattr(self, lang):
                yield lang, words

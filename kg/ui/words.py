"""Every word of the screen, in Chinese and English, from ``wording/*.toml``: a file for each page."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

from kg.model.text import Lang

__all__ = ["WORDS", "say"]


def _read() -> dict[str, tuple[str, str]]:
    words: dict[str, tuple[str, str]] = {}
    for file in sorted(files("kg.ui").joinpath("wording").iterdir(), key=lambda one: one.name):
        for key, (zh, en) in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if key in words:
                raise ValueError(f"{file.name}: {key!r} stands in another file too; give it one home")
            words[key] = zh, en
    return words


#: Key → (Chinese, English); ``{name}`` is filled in.
WORDS = _read()


def say(key: str, lang: Lang, **values: Any) -> str:
    """The words of ``key`` in ``lang``, with ``values`` filled in; raises KeyError for a key that there is not."""
    zh, en = WORDS[key]
    text = zh if lang == "zh" else en
    return text.format(**values) if values else text

"""The endpoint's own words in Chinese and English, from ``words.toml`` beside this module."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from kg.model.text import Lang

__all__ = ["say"]


def say(key: str, lang: Lang, **values: object) -> str:
    """The words of ``key`` with ``values`` filled in. Raises KeyError for a key that there is not."""
    zh, en = _all()[key]
    return (zh if lang == "zh" else en).format(**values)


@cache
def _all() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = tomllib.loads(
        files("kg.serve").joinpath("words.toml").read_text(encoding="utf-8")
    )
    return found

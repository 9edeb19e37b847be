"""The few words that a chart says by itself, in both languages."""

from __future__ import annotations

from kg.model.text import Lang

__all__ = ["say"]

_WORDS: dict[str, tuple[str, str]] = {
    "first_of": ("共{all}行，图中为前{shown}行。", "The first {shown} of {all} rows are drawn."),
    "series_of": ("共{all}组，图中为前{shown}组。", "The first {shown} of {all} series are drawn."),
    "without": ("{count}行没有可画的值。", "Rows without a value to draw: {count}."),
    "unit": ("单位：{unit}", "Unit: {unit}"),
    "planned": ("空心：计划或目标", "Hollow: planned, or a target"),
    "aimed": ("计划或目标", "planned, or a target"),
    "achieved": ("已实现", "achieved"),
    "vague": (
        "空心圆：只知道在虚线所示的时间之内",
        "Hollow circle: at some time within its dotted line; no more is known",
    ),
    "empty": ("没有可画的内容。", "There is nothing to draw."),
    "km": ("{count}公里", "{count} km"),
    "unnamed": ("未说明", "not given"),
}


def say(key: str, lang: Lang, **values: object) -> str:
    """The words of ``key``, with ``values`` filled in."""
    return _WORDS[key][lang == "en"].format(**values)

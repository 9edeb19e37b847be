"""Numbers as people write them: with commas between the thousands, or with 万 and 亿 behind."""

from __future__ import annotations

from decimal import Decimal

from kg.engine.slips.scene import Fault, Scene, cure, fault

__all__ = ["numbers"]

#: The powers of ten that a unit stands for.
_UNITS = {"百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "万亿": 12, "k": 3, "K": 3, "M": 6}


def numbers(scene: Scene) -> Fault | None:
    """``5万`` for 50000, ``50,000`` for 50000."""
    return _with_unit(scene) or _with_commas(scene)


def _with_unit(scene: Scene) -> Fault | None:
    number, unit = scene.before, scene.bad
    if number.kind != "number" or number.end != unit.offset or unit.text not in _UNITS or not _is_plain(number.text):
        return None
    value = f"{Decimal(number.text).scaleb(_UNITS[unit.text]).normalize():f}"
    return _written(scene, scene.at - 1, scene.at, value)


def _with_commas(scene: Scene) -> Fault | None:
    if scene.bad.text != "," or scene.before.kind != "number" or not scene.before.text.isdecimal():
        return None
    last = scene.at - 1
    while scene.word(last + 1).text == "," and _is_group(scene, last + 2):
        last += 2
    if last < scene.at or len(scene.before.text) > 3:
        return None
    text = scene.text(scene.at - 1, last)
    return _written(scene, scene.at - 1, last, text.replace(",", ""))


def _is_group(scene: Scene, index: int) -> bool:
    """Whether three digits, with no blank before them, stand at ``index``."""
    word = scene.word(index)
    whole, _, _ = word.text.partition(".")
    return (
        word.kind == "number" and len(whole) == 3 and whole.isdecimal() and word.offset == scene.word(index - 2).end + 1
    )


def _is_plain(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()


def _written(scene: Scene, first: int, last: int, value: str) -> Fault:
    old = scene.text(first, last)
    mend = cure("replace", scene.between(first, last, value), old=old, new=value)
    return fault("number_written", scene.word(first), mend, old=old, new=value)

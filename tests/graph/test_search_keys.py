"""A Chinese name is found by traditional characters, pinyin and initials."""

from __future__ import annotations

import pytest

from kg.graph.names import LANG_INITIALS, LANG_PINYIN, LANG_TRADITIONAL
from kg.graph.search_keys import search_keys


def keys(name: str) -> dict[str, str]:
    return {key.lang: key.value for key in search_keys([name])}


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("长安链", "changanlian", "cal"),
        ("京津冀", "jingjinji", "jjj"),
        ("“AI+”行动", "aixingdong", "aixd"),
        ("高级别自动驾驶示范区4.0", "gaojibiezidongjiashishifanqu40", "gjbzdjssfq40"),
        ("长三角", "changsanjiao", "csj"),
        ("朝阳区", "chaoyangqu", "cyq"),
        ("绿色通道", "lvsetongdao", "lstd"),
        ("5Ｇ网络", "5gwangluo", "5gwl"),
        ("数据·流通（试点）", "shujuliutongshidian", "sjltsd"),
    ],
)
def test_pinyin_and_initials(name: str, pinyin: str, initials: str) -> None:
    assert keys(name)[LANG_PINYIN] == pinyin
    assert keys(name)[LANG_INITIALS] == initials


def test_traditional_characters() -> None:
    assert keys("长安链")[LANG_TRADITIONAL] == "長安鏈"


def test_traditional_characters_that_are_the_same_are_left_out() -> None:
    assert LANG_TRADITIONAL not in keys("京津冀")


@pytest.mark.parametrize("name", ["……", "🚀", "\x08"])
def test_a_name_without_a_syllable_has_no_keys(name: str) -> None:
    assert keys(name) == {}


def test_each_name_has_its_keys() -> None:
    assert [key.value for key in search_keys(["海", "江"])] == ["hai", "h", "jiang", "j"]

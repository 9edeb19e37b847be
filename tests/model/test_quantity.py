"""Quantities read from phrases."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.quantity import quantities
from kg.model.text import Lang

DIGITS = "零一二三四五六七八九"
ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def read(phrase: str, lang: Lang = "zh") -> list[tuple[str, str]]:
    return [(f"{quantity.value:f}", quantity.qualifier) for quantity in quantities(phrase, lang)]


@pytest.mark.parametrize(
    ("phrase", "value", "qualifier"),
    [
        ("共推动59家企业", "59", ""),
        ("230余家企业", "230", "余"),
        ("形成2400多条治理规则", "2400", "多"),
        ("汇聚数据超7000亿条", "700000000000", "超"),
        ("标注约13亿多维标签", "1300000000", "约"),
        ("共享数据超2.4万亿条", "2400000000000", "超"),
        ("数据服务54亿次", "5400000000", ""),
        ("开放1.8万个数据集", "18000", ""),
        ("提供服务超过3.7亿次", "370000000", "超过"),
        ("70万家市场主体", "700000", ""),
        ("总时长压缩约50%", "50", "约"),
        ("于政策发布后10日内", "10", "内"),
        ("近万家", "10000", "近"),
        ("超百亿元", "10000000000", "超"),
        ("上千家", "1000", ""),
        ("百余家", "100", "余"),
        ("1.2万余家", "12000", "余"),
        ("10余万人", "100000", "余"),
        ("3亿5000万元", "350000000", ""),
        ("百分之五十", "50", ""),
        ("百分之三点五", "3.5", ""),
        ("百分之12", "12", ""),
        ("四分之三", "0.75", ""),
        ("十二家", "12", ""),
        ("两百家", "200", ""),
        ("一千二百家", "1200", ""),
        ("一百五", "150", ""),
        ("一万二", "12000", ""),
        ("一百零五", "105", ""),
        ("三点五万", "35000", ""),
        ("十来个", "10", "来"),
        ("3,500家", "3500", ""),
        ("1,234,567.5元", "1234567.5", ""),
        ("２３０余家", "230", "余"),
        ("50家以上", "50", "以上"),
        ("增长7.5%左右", "7.5", "左右"),
        ("不少于30项", "30", "不少于"),
        ("不超过30项", "30", "不超过"),
        ("首批5个领域", "5", ""),
        ("建设5G基站10万个", "100000", ""),
        ("2025年3月20日共59家", "59", ""),
        ("近三年", "3", ""),
        ("最近3年", "3", ""),
        ("节约50%", "50", ""),
        ("签约59家", "59", ""),
    ],
)
def test_a_chinese_phrase_says_one_number(phrase: str, value: str, qualifier: str) -> None:
    assert read(phrase) == [(value, qualifier)]


@pytest.mark.parametrize(
    "phrase",
    [
        *(
            "第二批",
            "第3批",
            "4.0阶段",
            "“1+N”平台",
            "2024年",
            "2024-2025年",
            "十四五规划",
            "5G",
            "L4级",
            "IPv6",
            "2025-03-20",
        ),
        *(
            "3月20日",
            "二〇二五年",
            "三月二十日",
            "一对一服务",
            "一站式",
            "一体化",
            "北脑一号",
            "千方百计",
            "几十家",
            "数千",
            "十几个",
        ),
        *("三分之一", "一半", "北京", "", "万", "亿家", "工业4.0"),
    ],
)
def test_what_counts_nothing_is_passed_over_in_chinese(phrase: str) -> None:
    assert read(phrase) == []


def test_both_ends_of_a_range_are_read() -> None:
    assert read("5—10家") == [("5", ""), ("10", "")]


def test_every_number_of_a_phrase_is_read_with_its_own_qualifier() -> None:
    assert read("60余家金融机构以及70万家市场主体") == [("60", "余"), ("700000", "")]


@pytest.mark.parametrize(
    ("phrase", "value", "qualifier"),
    [
        ("over 2.4 trillion records", "2400000000000", "over"),
        ("about 50%", "50", "about"),
        ("more than 230 firms", "230", "more than"),
        ("Nearly 1,800 firms", "1800", "nearly"),
        ("3.7 billion", "3700000000", ""),
        ("some 140", "140", "some"),
        ("at least 30", "30", "at least"),
        ("up to 5", "5", "up to"),
        ("exceeding 370 million", "370000000", "exceeding"),
        ("no fewer than 30", "30", "no fewer than"),
        ("more than $3.5 million", "3500000", "more than"),
        ("RMB 3bn", "3000000000", ""),
        ("50 percent or more", "50", "or more"),
        ("230-plus", "230", "plus"),
        ("230+ firms", "230", "+"),
        ("a hundred", "100", ""),
        ("two hundred and fifty", "250", ""),
        ("twenty-five", "25", ""),
        ("two dozen", "24", ""),
        ("nineteen hundred", "1900", ""),
        ("a 10-day limit", "10", ""),
        ("in 2024, 59 firms", "59", ""),
        ("March 20, 2025: 59 firms", "59", ""),
        ("1,000 of them", "1000", ""),
    ],
)
def test_an_english_phrase_says_one_number(phrase: str, value: str, qualifier: str) -> None:
    assert read(phrase, "en") == [(value, qualifier)]


@pytest.mark.parametrize(
    "phrase",
    [
        *(
            "in 2024",
            "since 2021",
            "2024-2025",
            "2025-03-20",
            "20 March 2025",
            "March 2025",
            "5G",
            "1+N",
            "Phase 2",
            "L4",
        ),
        *(
            "the 2nd batch",
            "the first batch",
            "one-stop service",
            "one third",
            "version 4.0",
            "half",
            "",
            "IPv6",
            "one two",
        ),
    ],
)
def test_what_counts_nothing_is_passed_over_in_english(phrase: str) -> None:
    assert read(phrase, "en") == []


def spell_section(number: int) -> str:
    """A number from 1 to 9,999 in Chinese, with 零 for a gap and 一十 for ten within a number."""
    spelt, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            spelt += ("零" if gap and spelt else "") + DIGITS[digit] + name
        gap = not digit
    return spelt


def spell_chinese(number: int) -> str:
    """A number from 1 below 10¹² in Chinese."""
    spelt = ""
    for unit, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, number = divmod(number, unit)
        if part:
            spelt += ("零" if spelt and part < 1000 else "") + spell_section(part) + name
    return spelt.removeprefix("一") if spelt.startswith("一十") else spelt


def spell_english(number: int) -> str:
    """A number from 0 below 10¹⁵ in English."""
    for unit, name in (
        (10**12, "trillion"),
        (10**9, "billion"),
        (10**6, "million"),
        (1000, "thousand"),
        (100, "hundred"),
    ):
        if number >= unit:
            head, tail = divmod(number, unit)
            joint = " and " if 0 < tail < 100 else " "
            return f"{spell_english(head)} {name}" + (joint + spell_english(tail) if tail else "")
    if number < 20:
        return ONES[number]
    return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")


@pytest.mark.parametrize(
    ("number", "spelt"),
    [(10, "十"), (12, "十二"), (105, "一百零五"), (1200, "一千二百"), (10010, "一万零一十"), (10**8 + 5, "一亿零五")],
)
def test_the_speller_of_this_test_spells_as_people_do(number: int, spelt: str) -> None:
    assert spell_chinese(number) == spelt


@given(st.integers(1, 10**12 - 1))
def test_a_number_spelt_in_chinese_is_read_back(number: int) -> None:
    if not spell_chinese(number).startswith(("十一五", "十二五", "十三五", "十四五", "十五五", "十六五")):
        assert read(f"达{spell_chinese(number)}家") == [(str(number), "")]


@given(st.integers(0, 10**15 - 1))
def test_a_number_spelt_in_english_is_read_back(number: int) -> None:
    assert read(f"it has {spell_english(number)} firms", "en") == [(str(number), "")]


@given(st.decimals(min_value=0, max_value=9999, places=2), st.sampled_from(["", "万", "亿", "万亿"]))
def test_digits_with_a_multiplier_are_read_exactly(number: Decimal, unit: str) -> None:
    times = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}[unit]
    (quantity,) = quantities(f"共{number:f}{unit}元", "zh")
    assert quantity.value == number * times


@given(st.integers(0, 10**15), st.sampled_from([("zh", "共{}家"), ("en", "has {} firms")]))
def test_thousands_may_be_set_apart(number: int, form: tuple[Lang, str]) -> None:
    lang, phrase = form
    assert read(phrase.format(f"{number:,}"), lang) == [(str(number), "")]


@given(st.text(max_size=40), st.sampled_from(["zh", "en"]))
def test_any_phrase_is_read_without_complaint(phrase: str, lang: Lang) -> None:
    for quantity in quantities(phrase, lang):
        assert 0 <= quantity.start < quantity.end <= len(phrase)


@given(st.text(alphabet="零一二两三五十百千万亿点分之余多约超0123.,%年月第", max_size=20))
def test_any_run_of_numerals_is_read_without_complaint(phrase: str) -> None:
    for quantity in quantities(phrase, "zh"):
        assert quantity.value >= 0

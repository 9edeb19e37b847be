"""The paragraph around a phrase, from a text that only the reader has."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from kg.errors import DataError
from kg.load.texts import hold, read_held, text_file, texts_folder
from kg.model.dates import PartialDate
from kg.model.reading import reading_text, text_hash
from kg.model.source import Source, SourceText
from kg.model.text import LANGS, Lang, Text

CHINESE = (
    "\u3000\u3000第一段说到河流。\n\n\u3000\u3000第二段里，灯塔已亮了\n三十年。船只\n照常往来。\n \n第三段也说灯塔。\n"
)
ENGLISH = "The first paragraph.\n\nIn the second one the\nlighthouse has been  lit for\nthirty years.\n\nThe third."


def source_of(text: str, lang: Lang = "zh", *, recorded: bool = True) -> Source:
    reading = reading_text(text, lang)
    return Source(
        id="2030-made-up",
        title=Text(zh="虚构的来源"),
        kind="news",
        publisher=Text(zh="某网"),
        official=False,
        language=lang,
        url="https://example.org/made-up",
        date=PartialDate.read("2030"),
        text=SourceText(sha256=text_hash(reading), characters=len(reading)) if recorded else None,
        statements=(),
    )


def test_the_paragraph_around_a_phrase_has_the_phrase_in_its_place() -> None:
    found = hold(source_of(CHINESE), CHINESE).around("灯塔已亮了三十年")
    assert found is not None
    assert (found.before, found.phrase, found.after) == ("第二段里，", "灯塔已亮了三十年", "。船只照常往来。")


def test_lines_of_english_are_joined_by_a_space() -> None:
    found = hold(source_of(ENGLISH, "en"), ENGLISH).around("lighthouse has been lit for thirty years")
    assert found is not None
    assert found.before == "In the second one the "
    assert found.phrase == "lighthouse has been lit for thirty years"
    assert found.after == "."


def test_a_phrase_over_a_paragraph_break_gets_both_paragraphs() -> None:
    found = hold(source_of(CHINESE), CHINESE).around("照常往来。第三段")
    assert found is not None
    assert found.before.startswith("第二段里")
    assert found.after == "也说灯塔。"


def test_a_text_without_blank_lines_has_a_paragraph_to_the_line() -> None:
    text = "甲行说一。\n乙行说二。\n丙行说三。"
    found = hold(source_of(text), text).around("说二")
    assert found is not None
    assert found.before + found.phrase + found.after == "乙行说二。"


def test_the_position_chooses_between_two_places() -> None:
    held = hold(source_of(CHINESE), CHINESE)
    second = reading_text(CHINESE, "zh").rindex("灯塔")
    assert held.around("灯塔") is None
    found = held.around("灯塔", second)
    assert found is not None
    assert found.before == "第三段也说"


def test_a_phrase_that_is_not_in_the_text_has_no_paragraph() -> None:
    assert hold(source_of(CHINESE), CHINESE).around("飞机") is None


def test_another_text_is_said_to_differ_and_gives_no_words() -> None:
    held = hold(source_of(CHINESE), CHINESE.replace("三十年", "四十年"))
    assert held.proved == "differs"
    assert held.around("船只照常往来") is None


def test_a_text_that_only_lays_its_lines_otherwise_is_the_same_text() -> None:
    assert hold(source_of(CHINESE), CHINESE.replace("\n", "\r\n")).proved == "proved"


def test_without_a_recorded_hash_nothing_is_proved() -> None:
    held = hold(source_of(CHINESE, recorded=False), CHINESE)
    assert held.proved == "unrecorded"
    assert held.around("船只照常往来") is None


def test_of_a_very_long_paragraph_whole_sentences_near_the_phrase_are_given() -> None:
    text = "岸边有树。" * 400 + "灯塔亮着。" + "海上有船。" * 400
    found = hold(source_of(text), text).around("灯塔亮着")
    assert found is not None
    assert found.cut_before
    assert found.cut_after
    assert 300 < len(found.before) <= 500
    assert found.before.startswith("岸边有树。")
    assert found.after.endswith("海上有船。")


def test_the_file_of_a_source_is_found_in_the_folder_that_the_reader_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = source_of(CHINESE)
    monkeypatch.setenv("KG_TEXTS", str(tmp_path))
    assert text_file(source) is None
    (tmp_path / f"{source.id}.txt").write_text(CHINESE, encoding="utf-8-sig")
    path = text_file(source)
    assert path is not None
    assert read_held(source, path).proved == "proved"


def test_without_a_folder_there_is_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_TEXTS", raising=False)
    assert texts_folder() is None
    assert text_file(source_of(CHINESE)) is None


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "2030-made-up.txt"
    path.write_bytes("灯塔".encode("gb18030"))
    with pytest.raises(DataError, match="not UTF-8"):
        read_held(source_of(CHINESE), path)


@given(some.text("甲乙。ab \n\u3000\r\t", max_size=60), some.sampled_from(LANGS), some.data())
def test_any_run_of_the_reading_text_is_found_in_its_paragraph(text: str, lang: Lang, data: some.DataObject) -> None:
    reading = reading_text(text, lang)
    assume(reading)
    start = data.draw(some.integers(0, len(reading) - 1))
    phrase = reading[start : data.draw(some.integers(start + 1, len(reading)))]
    assume(phrase == phrase.strip())
    found = hold(source_of(text, lang), text).around(phrase, start)
    assert found is not None
    assert reading_text(found.phrase, lang) == phrase
    assert reading_text(found.before + found.phrase + found.after, lang) in reading

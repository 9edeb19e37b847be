"""Citations are what the styles ask for, and never make up what is not known."""

from __future__ import annotations

import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kg.engine.base import Engine
from kg.model.dates import PartialDate
from kg.model.knowledge import Knowledge
from kg.model.text import LANGS, Lang, Text
from kg.query.card import source_card
from kg.view.cite import STYLES, Style, Work, cite, work_of

CHINESE = Work(
    id="2030-05-04-made-up",
    language="zh",
    title=Text(zh="“灯塔”新闻发布会", en="Press conference on “Lighthouse”"),
    url="https://example.org/a%20b#c",
    publisher=Text(zh="某网", en="Some Net"),
    date=PartialDate.read("2030-05-04"),
    accessed=PartialDate.read("2030-06-01"),
)
BARE = Work(id="bare", language="en", title=Text(en="An undated page"), url="https://example.org/bare")


@pytest.mark.parametrize(
    ("style", "lang", "citation"),
    [
        ("gbt7714", "zh", "某网. “灯塔”新闻发布会[EB/OL]. (2030-05-04)[2030-06-01]. https://example.org/a%20b#c."),
        ("gbt7714", "en", "某网. “灯塔”新闻发布会[EB/OL]. (2030-05-04)[2030-06-01]. https://example.org/a%20b#c."),
        ("apa", "zh", "某网. (2030-05-04). “灯塔”新闻发布会. 2030-06-01 取自 https://example.org/a%20b#c"),
        (
            "apa",
            "en",
            "Some Net. (2030, May 4). “灯塔”新闻发布会 [Press conference on “Lighthouse”]. "
            "Retrieved June 1, 2030, from https://example.org/a%20b#c",
        ),
    ],
)
def test_a_whole_source_is_cited_as_the_style_asks(style: Style, lang: Lang, citation: str) -> None:
    assert cite(CHINESE, style, lang) == citation


def test_bibtex_is_an_entry_with_its_names_kept_as_they_are() -> None:
    assert cite(CHINESE, "bibtex", "zh", key="lighthouse") == (
        "@misc{lighthouse,\n"
        "  author  = {{某网}},\n"
        "  title   = {{“灯塔”新闻发布会}},\n"
        "  year    = {2030},\n"
        "  month   = may,\n"
        "  day     = {4},\n"
        "  url     = {https://example.org/a%20b#c},\n"
        "  urldate = {2030-06-01}\n"
        "}"
    )


@pytest.mark.parametrize(
    ("style", "lang", "citation"),
    [
        ("gbt7714", "zh", "An undated page[EB/OL]. https://example.org/bare."),
        ("apa", "zh", "An undated page. (无日期). https://example.org/bare"),
        ("apa", "en", "An undated page. (n.d.). https://example.org/bare"),
    ],
)
def test_what_is_not_known_is_left_out_or_said_to_be_unknown(style: Style, lang: Lang, citation: str) -> None:
    assert cite(BARE, style, lang) == citation


def test_bibtex_of_a_source_without_a_publisher_or_a_date_has_no_author_and_no_month() -> None:
    entry = cite(BARE, "bibtex", "en")
    assert "author" not in entry
    assert "month" not in entry
    assert "year    = {n.d.}" in entry


@pytest.mark.parametrize(
    ("date", "apa", "gbt7714", "bibtex"),
    [
        ("2030", "(2030).", "(2030)", "year    = {2030},\n  url"),
        ("2030-05", "(2030, May).", "(2030-05)", "month   = may,\n  url"),
    ],
)
def test_a_date_is_cited_as_far_as_it_is_known(date: str, apa: str, gbt7714: str, bibtex: str) -> None:
    work = dataclasses.replace(CHINESE, date=PartialDate.read(date))
    assert apa in cite(work, "apa", "en")
    assert gbt7714 in cite(work, "gbt7714", "zh")
    assert bibtex in cite(work, "bibtex", "en")


def test_a_page_read_on_a_day_known_to_the_month_is_retrieved_in_that_month() -> None:
    work = dataclasses.replace(CHINESE, accessed=PartialDate.read("2030-06"))
    assert "Retrieved June 2030, from" in cite(work, "apa", "en")


def test_a_title_that_ends_a_sentence_gets_no_second_stop() -> None:
    work = dataclasses.replace(BARE, title=Text(en="What is a beacon?"), publisher=Text(en="Beacons Inc."))
    assert cite(work, "apa", "en").startswith("Beacons Inc. (n.d.). What is a beacon? https")
    assert cite(work, "gbt7714", "en").startswith("Beacons Inc. What is a beacon?[EB/OL].")


@pytest.mark.parametrize(("lang", "words"), [("zh", "原文：“"), ("en", "Original words: “")])
@pytest.mark.parametrize("style", STYLES)
def test_a_statement_is_the_source_with_its_words_quoted_behind(style: Style, lang: Lang, words: str) -> None:
    assert cite(CHINESE, style, lang, phrase="灯塔已亮").rstrip("}]\n").endswith(f"{words}灯塔已亮”")


def test_quotation_marks_within_the_words_become_single() -> None:
    assert "原文：“‘灯塔’已亮”" in cite(CHINESE, "gbt7714", "zh", phrase="“灯塔”已亮")


def test_signs_that_tex_does_not_take_are_written_for_it() -> None:
    work = dataclasses.replace(BARE, title=Text(en=r"50% of A&B_C #1 cost $5 ~ {x}^2 \ y"))
    assert (
        r"{{50\% of A\&B\_C \#1 cost \$5 \textasciitilde{} \textbraceleft{}x\textbraceright{}"
        r"\textasciicircum{}2 \textbackslash{} y}}"
    ) in cite(work, "bibtex", "en")


@given(
    some.text(min_size=1).filter(lambda words: words.strip() == words and "\n" not in words), some.sampled_from(LANGS)
)
def test_no_title_and_no_words_can_end_a_bibtex_entry(words: str, lang: Lang) -> None:
    work = dataclasses.replace(
        BARE, title=Text.model_construct(zh=None, en=words), url=f"https://example.org/{words}".replace(" ", "")
    )
    entry = cite(work, "bibtex", lang, phrase=words)
    depth = 0
    for place, sign in enumerate(entry):
        depth += (sign == "{") - (sign == "}")
        assert depth > 0 or place in range(len("@misc")) or place == len(entry) - 1
    assert depth == 0


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("lang", LANGS)
def test_sources_read_from_files_and_from_the_graph_are_cited_alike(
    sample: Knowledge, sample_engine: Engine, style: Style, lang: Lang
) -> None:
    for source in sample.sources.values():
        read = source_card(sample_engine, source.id).source
        assert cite(work_of(read), style, lang) == cite(work_of(source), style, lang)


def test_the_day_that_a_source_appeared_goes_before_the_day_that_it_speaks_from(sample: Knowledge) -> None:
    source = sample.sources["2025-01-05-sample"]
    later = source.model_copy(
        update={"published": PartialDate.read("2025-01-07"), "accessed": PartialDate.read("2025-02")}
    )
    assert "(2025-01-07)[2025-02]" in cite(work_of(later), "gbt7714", "zh")


def test_keys_of_real_entries_are_plain(knowledge: Knowledge) -> None:
    for source in knowledge.sources.values():
        assert re.fullmatch(r"@misc\{[a-z0-9-]+,", cite(work_of(source), "bibtex", "zh").splitlines()[0])

"""The fact panel and the entity page: words marked and in their paragraph, citations, figures over time, gaps."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kg.model.reading import reading_text, text_hash
from kg.model.text import Lang
from kg.query.card import entity_card, source_card
from kg.query.rows import FigureRow, RelationRow
from kg.ui import panel
from kg.ui.state import app
from kg.ui.words import say

ROOT = Path(__file__).resolve().parents[2]
LANGS: tuple[Lang, ...] = ("zh", "en")
SOURCE = "2025-01-05-sample"
TEXT = """样本发布会

市科委副主任刘卫华说，市科委牵头长安链。<b>此处</b>将打造基于长安链的可信数据空间。

长安链已运行，累计共享数据超2.4万亿条，时长压缩约50%。
"""
ADDED = """
  - figure: records-shared
    subject: changan-chain
    value: 2300000000000
    as_of: 2025-01-05
    phrase: 另说2.3万亿条
    note: "两处不同。 The two differ."
"""


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The sample with a text of one source, a figure that differs, and eleven things that build on one; the texts."""
    folder = tmp_path_factory.mktemp("made-up")
    data, texts = folder / "data", folder / "texts"
    shutil.copytree(ROOT / "tests" / "sample", data)
    texts.mkdir()
    (texts / f"{SOURCE}.txt").write_text(TEXT, encoding="utf-8")
    reading = reading_text(TEXT, "zh")
    names = [f"chain-user-{number:02}" for number in range(11)]
    source = data / "sources" / f"{SOURCE}.yaml"
    recorded = f"text:\n  sha256: {text_hash(reading)}\n  characters: {len(reading)}\nstatements:"
    relations = "".join(
        f"\n  - relation: builds-on\n    subject: {name}\n    object: changan-chain\n    phrase: 基于长安链"
        for name in names
    )
    source.write_text(
        source.read_text(encoding="utf-8").replace("statements:", f"accessed: 2025-02-03\n{recorded}").rstrip()
        + ADDED.rstrip()
        + relations
        + "\n",
        encoding="utf-8",
    )
    things = "".join(
        f"\n  - id: {name}\n    name:\n      zh: 用链之物{name[-2:]}\n      en: Chain user {name[-2:]}"
        f"\n    description:\n      zh: 用链{name[-2:]}。\n      en: It uses the chain ({name[-2:]})."
        for name in names
    )
    file = data / "entities" / "technology.yaml"
    file.write_text(file.read_text(encoding="utf-8").rstrip() + things + "\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_DATA", str(data))
        yield texts
        st.cache_resource.clear()


@pytest.fixture
def with_texts(made_up: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KG_TEXTS", str(made_up))
    return made_up


def shown(**address: str) -> str:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in address.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    bodies = [element.proto.body for element in test.get("html")]
    return "\n".join(body for body in bodies if not body.startswith("<style>"))


def planned() -> str:
    """The digits of the statement that the trusted data space builds on the chain."""
    card = entity_card(app().engine, "trusted-data-space")
    return next(row.statement for row in card.relations if row.planned)


def figure(phrase: str) -> str:
    rows = [card.row for card in source_card(app().engine, SOURCE).statements]
    return next(row.statement for row in rows if isinstance(row, FigureRow) and phrase in row.evidence.phrase)


@pytest.mark.parametrize("lang", LANGS)
def test_the_panel_has_each_style_of_citation_with_a_button_that_carries_it(made_up: Path, lang: Lang) -> None:
    page = shown(statement=planned(), lang=lang)
    copied = [html.unescape(found) for found in re.findall(r'data-copy="([^"]*)"', page)]
    assert len(copied) == 3
    assert copied[0].startswith("样本网. 样本发布会[EB/OL]. (2025-01-05)[2025-02-03]. https://example.org/sample.")
    assert copied[2].startswith(f"@misc{{{SOURCE}-{planned()},\n  author")
    assert all("将打造基于长安链的可信数据空间”" in one for one in copied)
    assert say("cite", lang) in page


def test_a_source_is_cited_where_the_page_lists_it(made_up: Path) -> None:
    page = shown(page="entity", id="trusted-data-space", lang="en")
    assert f'data-copy="@misc{{{SOURCE},&#10;' in page


def test_the_number_is_marked_with_its_qualifier_and_unit(made_up: Path) -> None:
    assert "累计共享数据<mark>超2.4万亿条</mark>" in shown(statement=figure("累计"), lang="zh")


def test_the_names_are_marked_one_within_the_other(made_up: Path) -> None:
    page = shown(statement=planned(), lang="zh")
    assert "将打造基于<mark>长安链</mark>的<mark>可信数据空间</mark></blockquote>" in page


def test_the_paragraph_around_the_words_is_shown_where_the_reader_has_the_text(with_texts: Path) -> None:
    page = shown(statement=planned(), lang="zh")
    assert "<mark>将打造基于长安链的可信数据空间</mark>。</p>" in page
    assert "市科委副主任刘卫华说" in page
    assert "长安链已运行" not in page
    assert "&lt;b&gt;此处&lt;/b&gt;" in page


def test_the_page_of_an_entity_has_the_paragraphs_too(with_texts: Path) -> None:
    assert "<mark>将打造基于长安链的可信数据空间</mark>。</p>" in shown(page="entity", id="changan-chain", lang="en")


def test_without_the_text_there_is_no_paragraph(made_up: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_TEXTS", raising=False)
    page = shown(statement=planned(), lang="zh")
    assert say("around", "zh") not in page
    assert "市科委副主任刘卫华说" not in page


@pytest.mark.parametrize("lang", LANGS)
def test_another_text_is_said_to_differ_and_none_of_it_is_shown(
    made_up: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: Lang
) -> None:
    (tmp_path / f"{SOURCE}.txt").write_text(TEXT.replace("刘卫华说", "刘卫华认为"), encoding="utf-8")
    monkeypatch.setenv("KG_TEXTS", str(tmp_path))
    page = shown(statement=planned(), lang=lang)
    assert say("text_differs", lang) in page
    assert "认为" not in page


def test_a_text_that_is_mended_is_read_anew(made_up: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / f"{SOURCE}.txt"
    file.write_bytes(b"\xff\xfe")
    monkeypatch.setenv("KG_TEXTS", str(tmp_path))
    assert say("text_unreadable", "en") in shown(statement=planned(), lang="en")
    file.write_text(TEXT, encoding="utf-8")
    assert say("text_proved", "en") in shown(statement=planned(), lang="en")


@pytest.mark.parametrize("address", [{"entity": "changan-chain"}, {"page": "entity", "id": "changan-chain"}])
def test_figures_of_several_dates_have_a_line_that_is_also_said(made_up: Path, address: dict[str, str]) -> None:
    page = shown(lang="en", **address)
    assert page.count('role="img" aria-label="Records shared over time: 2024-06 over 1.8 trillion records; 2025') == 1
    assert "Time saved over time" not in page


def test_values_that_differ_for_one_date_are_both_shown_and_marked(made_up: Path) -> None:
    page = shown(entity="changan-chain", lang="en")
    assert page.count(say("differs", "en")) == 2
    assert "2.4</b>" in page
    assert "2.3 trillion records" in page or "2.3</b>" in page


@pytest.mark.parametrize(("lang", "more"), [("zh", "还有3条"), ("en", "+3 more")])
def test_the_tail_of_a_long_group_is_folded_away(made_up: Path, lang: Lang, more: str) -> None:
    page = shown(entity="changan-chain", lang=lang)
    before, _, folded = page.partition(f"<summary>{more}</summary>")
    assert before.count("entity=chain-user-") == 8
    assert folded.count("entity=chain-user-") == 3


@pytest.mark.parametrize(("lang", "words"), [("zh", "……另有{}条"), ("en", "… and {} more")])
def test_what_a_card_has_no_room_for_is_counted(
    made_up: Path, lang: Lang, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = entity_card(app().engine, "changan-chain", limit=6)
    left = [count for count in (*card.beyond.relations.values(), card.beyond.figures) if count]
    assert left
    monkeypatch.setattr(panel, "entity_card", partial(entity_card, limit=6))
    page = shown(entity="changan-chain", lang=lang)
    for count in left:
        assert words.format(count) in page
    assert words.partition("{")[0] not in shown(entity="liu-weihua", lang=lang)


def test_a_group_is_named_for_those_who_hear_the_page(made_up: Path) -> None:
    page = shown(entity="changan-chain", lang="en")
    count = sum(
        isinstance(row, RelationRow) and row.relation == "builds-on" and not row.planned
        for row in entity_card(app().engine, "changan-chain").relations
    )
    assert f'<section aria-label="is the base of: {count}">' in page


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ["尚不清楚", "现有来源都没有说明它的状态。", "只见于一个来源（2025-01-05）。"]),
        (
            "en",
            ["What is not known", "No source here says who leads it.", "Only one source speaks of it (2025-01-05)."],
        ),
    ],
)
@pytest.mark.parametrize("address", [{"entity": "chain-user-00"}, {"page": "entity", "id": "chain-user-00"}])
def test_what_is_not_known_is_told(made_up: Path, address: dict[str, str], lang: Lang, words: list[str]) -> None:
    page = shown(lang=lang, **address)
    assert [one for one in words if one not in page] == []


def test_of_a_thing_without_statements_only_that_is_told(made_up: Path) -> None:
    page = shown(entity="isolated-technology", lang="en")
    assert say("nothing_said", "en") in page
    assert say("unknown", "en") not in page

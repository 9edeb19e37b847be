"""The saved page in a browser without a network: searched, read, filtered, turned into the other language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser import SETTLED_MS, Tab

from kg.engine.base import Engine
from kg.model.knowledge import Knowledge
from kg.model.text import Text
from kg.query.overview import overview
from kg.view.network import network_of
from kg.view.picture import arrange
from kg.view.standalone import standalone_content
from kg.view.standalone_page import standalone_page
from kg.view.terms import Terms

PLACES = "node => Object.fromEntries(node.ids().map((id) => [id, node.where(id)]))"


def write(folder: Path, engine: Engine, knowledge: Knowledge) -> Path:
    network = network_of(overview(engine), Terms(knowledge.vocabulary))
    content = standalone_content(engine, knowledge, network, arrange(network, knowledge.vocabulary))
    file = folder / "graph.html"
    file.write_text(standalone_page(content, Text(zh="图谱", en="Graph"), "zh"), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory, engine: Engine, knowledge: Knowledge) -> Path:
    return write(tmp_path_factory.mktemp("saved"), engine, knowledge)


@pytest.fixture
def tab(open_tab: Callable[..., Tab], saved: Path) -> Tab:
    return opened(open_tab(offline=True), saved)


def opened(tab: Tab, file: Path) -> Tab:
    tab.page.goto(file.as_uri())
    tab.page.locator("html[data-ready]").wait_for(state="attached", timeout=SETTLED_MS)
    return tab


def places(tab: Tab) -> Any:
    return tab.page.locator(".canvas").evaluate(PLACES)


def test_from_a_search_to_the_words_behind_a_relation(tab: Tab) -> None:
    tab.page.locator("#search").fill("changanlian")
    tab.page.keyboard.press("Enter")
    tab.page.locator("aside h1", has_text="长安链").wait_for()
    tab.page.locator("aside summary").first.click()
    tab.page.locator("aside blockquote", has_text="基于长安链的可信数据空间").wait_for()
    assert tab.page.locator("aside details[open] a").first.get_attribute("rel") == "noopener noreferrer"


def test_the_other_language_moves_nothing(tab: Tab) -> None:
    before = places(tab)
    tab.page.locator(".langs button[value=en]").click()
    tab.page.locator(".legend h2", has_text="Types").wait_for()
    assert places(tab) == before
    assert tab.page.locator("html").get_attribute("lang") == "en"


def test_the_legend_filters_and_moves_nothing(tab: Tab) -> None:
    before = places(tab)
    tab.page.locator('[data-key="type.sector"]').click()
    after = places(tab)
    assert 0 < len(after) < len(before)
    assert after == {one: before[one] for one in after}
    tab.page.locator(".legend .all").click()
    assert places(tab) == before


def test_a_line_leads_to_its_words(tab: Tab) -> None:
    box = tab.page.locator(".canvas").bounding_box()
    x, y = tab.page.locator(".canvas").evaluate("node => node.where('2e6489451ef87d3f')")
    tab.page.mouse.click(box["x"] + x, box["y"] + y)
    tab.page.locator("aside details[open] blockquote", has_text="基于长安链的可信数据空间").wait_for()


def test_the_list_has_everyone(tab: Tab, knowledge: Knowledge) -> None:
    tab.page.locator(".views button[value=list]").click()
    assert tab.page.locator(".list tbody tr").count() == len(knowledge.entities)


def test_escape_closes_the_card(tab: Tab) -> None:
    tab.page.locator("#search").fill("beijing")
    tab.page.keyboard.press("Enter")
    tab.page.locator("aside .x").wait_for()
    tab.page.keyboard.press("Escape")
    tab.page.locator("aside .x").wait_for(state="detached")


def test_it_is_no_wider_than_a_phone(open_tab: Callable[..., Tab], saved: Path) -> None:
    tab = opened(open_tab(360, 740, offline=True), saved)
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_hostile_names_are_text(
    open_tab: Callable[..., Tab], tmp_path: Path, sample_engine: Engine, sample: Knowledge
) -> None:
    tab = opened(open_tab(offline=True), write(tmp_path, sample_engine, sample))
    tab.page.locator(".views button[value=list]").click()
    tab.page.get_by_text("<script>alert(1)</script>").first.wait_for()
    assert tab.page.locator("b", has_text="Wu").count() == 0

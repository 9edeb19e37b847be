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

#: The colour of an island, a little beside one of its entities.
GROUND = """() => {
  const [x, y] = document.querySelector(".canvas").where("intelligent-transport-platform");
  const drawn = document.querySelector("canvas");
  const ratio = drawn.width / drawn.clientWidth;
  const copy = document.createElement("canvas").getContext("2d");
  copy.drawImage(drawn, (18 - x) * ratio, -y * ratio);
  return [...copy.getImageData(0, 0, 1, 1).data].slice(0, 3);
}"""


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


def drag(tab: Tab, entity: str, right: int, down: int) -> None:
    box = tab.page.locator(".canvas").bounding_box()
    x, y = places(tab)[entity]
    tab.page.mouse.move(box["x"] + x, box["y"] + y)
    tab.page.mouse.down()
    tab.page.mouse.move(box["x"] + x + right, box["y"] + y + down, steps=6)
    tab.page.mouse.up()


def test_a_dragged_entity_stays_where_it_was_put(tab: Tab) -> None:
    before = places(tab)["changan-chain"]
    drag(tab, "changan-chain", 60, 40)
    put = places(tab)["changan-chain"]
    assert (put[0] - before[0], put[1] - before[1]) == pytest.approx((60, 40), abs=8)
    tab.page.locator(".langs button[value=en]").click()
    tab.page.locator(".legend h2", has_text="Types").wait_for()
    assert places(tab)["changan-chain"] == pytest.approx(put, abs=1)
    tab.page.locator('[data-key="type.sector"]').click()
    assert places(tab)["changan-chain"] == pytest.approx(put, abs=1)


def test_a_count_is_what_its_choice_shows_given_the_other_facets(tab: Tab, engine: Engine) -> None:
    def count(key: str) -> int:
        return int(tab.page.locator(f'[data-key="{key}"] .count').inner_text())

    theme = "core-technology"
    kinds = [one.entity.type for one in overview(engine).entities if theme in one.themes]
    assert count(f"theme.{theme}") == len(kinds)
    technologies = count("type.technology")
    tab.page.locator('[data-key="type.technology"]').click()
    assert count(f"theme.{theme}") == len(kinds) - kinds.count("technology") < len(kinds)
    assert count("type.technology") == technologies


def test_what_is_left_of_an_island_hangs_together(tab: Tab) -> None:
    tab.page.locator('[data-key="type.technology"]').click()
    tab.page.locator('[data-key="type.company"]').click()
    ids = places(tab)
    groups = tab.page.locator(".canvas").evaluate("node => node.islands()")
    assert any(len(one["members"]) > 2 for one in groups)
    for one in groups:
        assert set(one["members"]) <= set(ids)
        reached = {one["members"][0]}
        for a, b in one["tree"]:
            assert a in reached
            reached.add(b)
        assert reached == set(one["members"])
        assert len(one["tree"]) == len(one["members"]) - 1


def test_a_note_of_the_curators_stands_under_the_words(tab: Tab) -> None:
    tab.page.locator("#search").fill("beijing")
    tab.page.keyboard.press("Enter")
    tab.page.locator("aside details .note").first.wait_for(state="attached")


def test_who_picks_by_keyboard_reads_on_at_the_heading(tab: Tab) -> None:
    tab.page.locator("#search").fill("changanlian")
    tab.page.keyboard.press("Enter")
    assert tab.page.evaluate("document.activeElement.textContent") == "长安链"


def test_every_quotation_mark_says_what_it_is_of(tab: Tab) -> None:
    tab.page.locator("#search").fill("changanlian")
    tab.page.keyboard.press("Enter")
    tab.page.locator("aside summary").first.wait_for()
    labels = tab.page.locator("aside summary").evaluate_all("all => all.map((one) => one.ariaLabel)")
    assert len(labels) == len(set(labels)) > 1


def test_a_dark_page_prints_light(open_tab: Callable[..., Tab], saved: Path) -> None:
    from playwright.sync_api import expect  # here: without it the tests of this folder are skipped

    tab = opened(open_tab(offline=True), saved)
    tab.page.emulate_media(color_scheme="dark")
    # Not by a function to wait for: the page's policy lets nobody evaluate a text, a test's neither.
    expect(tab.page.locator("body")).to_have_css("background-color", "rgb(22, 25, 29)")
    tab.page.evaluate(f"addEventListener('beforeprint', () => (window.printed = ({GROUND})()))")
    on_screen = tab.page.evaluate(GROUND)
    tab.page.pdf()
    assert tab.page.evaluate("printed") == [255, 255, 255]
    assert tab.page.evaluate(GROUND) == on_screen == [24, 28, 33]
    tab.page.emulate_media(color_scheme="dark", media="print")
    assert tab.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_a_picked_line_is_said_in_words_and_leads_to_both_ends(tab: Tab) -> None:
    box = tab.page.locator(".canvas").bounding_box()
    x, y = tab.page.locator(".canvas").evaluate("node => node.where('2e6489451ef87d3f')")
    tab.page.mouse.click(box["x"] + x, box["y"] + y)
    tab.page.locator("aside h1 .verb").wait_for()
    ends = tab.page.locator("aside button.chip")
    names = ends.all_inner_texts()
    assert len(names) == 2
    assert all(name in tab.page.locator("aside h1").inner_text() for name in names)
    ends.first.click()
    tab.page.locator("aside h1:not(:has(.verb))", has_text=names[0]).wait_for()


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


def test_on_a_phone_everything_to_press_is_large_enough(open_tab: Callable[..., Tab], saved: Path) -> None:
    tab = opened(open_tab(360, 740, offline=True), saved)
    small = """[...document.querySelectorAll("button, a, summary, input")]
      .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
      .map((one) => one.outerHTML.slice(0, 80))"""
    assert tab.page.evaluate(small) == []
    tab.page.locator("#search").fill("changanlian")
    tab.page.keyboard.press("Enter")
    tab.page.locator("aside .x").wait_for()
    tab.page.locator("aside summary").first.click()
    tab.page.locator(".legend .fold").click()
    assert tab.page.evaluate(small) == []


def test_hostile_names_are_text(
    open_tab: Callable[..., Tab], tmp_path: Path, sample_engine: Engine, sample: Knowledge
) -> None:
    tab = opened(open_tab(offline=True), write(tmp_path, sample_engine, sample))
    tab.page.locator(".views button[value=list]").click()
    tab.page.get_by_text("<script>alert(1)</script>").first.wait_for()
    assert tab.page.locator("b", has_text="Wu").count() == 0

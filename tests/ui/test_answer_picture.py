"""The picture of an answer as a reader sees it, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from browser import OVERLAPS, SETTLED_MS, Tab

GRAPH = "page=ask&question=leads_who_does_what&view=graph"


def open_graph(tab: Tab, address: str) -> None:
    tab.open(address)
    tab.wait_for_graph()
    tab.page.locator(".keys li").first.wait_for(timeout=SETTLED_MS)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("size", "high", "named"), [((1440, 900), 520, 40), ((360, 740), 400, 8)])
def test_the_graph_of_an_answer_is_large_and_its_names_lie_on_nothing(
    real_app: str, open_tab: Callable[..., Tab], lang: str, size: tuple[int, int], high: int, named: int
) -> None:
    tab = open_tab(*size)
    open_graph(tab, f"{real_app}/?{GRAPH}&lang={lang}")
    stage = tab.page.locator(".canvas")
    assert stage.evaluate("node => node.clientHeight") >= high
    assert stage.evaluate("node => node.placed.names.length") >= named
    assert stage.evaluate(OVERLAPS) == 0


def test_the_graph_of_an_answer_takes_the_width_that_it_has(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    open_graph(tab, f"{real_app}/?{GRAPH}&lang=zh")
    used = """node => {
      const shapes = node.placed.shapes;
      return (Math.max(...shapes.map(({ x }) => x)) - Math.min(...shapes.map(({ x }) => x))) / node.clientWidth;
    }"""
    assert tab.page.locator(".canvas").evaluate(used) > 0.7


def test_the_legend_below_says_what_there_is(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    open_graph(tab, f"{real_app}/?{GRAPH}&lang=en")
    said = tab.page.locator(".keys li").all_inner_texts()
    assert {"Agency", "Platform", "Planned relation"} <= set(said)
    canvas, keys = tab.page.locator(".canvas").bounding_box(), tab.page.locator(".keys").bounding_box()
    assert canvas
    assert keys
    assert keys["y"] >= canvas["y"] + canvas["height"]


def test_a_view_in_the_address_that_does_not_fit_is_told_of(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.open(f"{real_app}/?page=ask&question=sources_evidence&view=bars&lang=zh")
    note = tab.page.locator(".misfit")
    note.wait_for(timeout=SETTLED_MS)
    assert note.inner_text() == "条形图需要至少两行单位相同的数值；已改为表格。"


def test_a_number_says_which_metric_it_is_of(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.open(f"{real_app}/?page=ask&question=figures_of_metric&view=number&lang=en")
    tab.page.locator(".figure svg").wait_for(timeout=SETTLED_MS)
    said = tab.page.locator(".figure text").all_text_contents()
    assert said[1:] == ["Records shared", "Beijing Municipal Big Data Platform", "2025-03-20 · achieved"]

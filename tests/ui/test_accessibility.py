"""Every page is looked over by axe-core, and everything on the explore page works without a mouse.

axe-core is no Python package: KG_AXE names its axe.min.js. Without it these tests skip and say so, or fail where
KG_REQUIRE_BROWSER=1.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import SETTLED_MS, Tab, no_browser

PAGES = {
    "graph": "",
    "entity in the panel": "entity=changan-chain",
    "statement in the panel": "entity=trusted-data-space&statement=2e6489451ef87d3f",
    "list": "view=list",
    "tree": "view=tree",
    "save": "panel=save",
    "code": "panel=code",
    "way": "path=cyberspace-administration~novo-nordisk",
    "choosing": "with=path~beijing",
    "filtered": "off=type.sector~theme.ai",
    "compare": "page=compare&ids=changan-chain~embodied-intelligence-data-base",
    "entity": "page=entity&id=autonomous-driving-zone-4",
    "ask": "page=ask",
    "sources": "page=sources",
    "download": "page=download",
}

#: The same for what a query can come to: the address, and what must be there.
ANSWERS = {
    "editor": ("page=ask", ".editor textarea"),
    "builder": ("page=ask&build=type.agency", ".answer tbody"),
    "chart": ("page=ask&question=plans_by_speaker&more=files", "[class*='st-key-picture-'] svg"),
    "graph": ("page=ask&question=graph_one_entity", ".canvas[data-drawn]"),
    "evidence": ("page=ask&question=figures_all&more=notes", "#note-1"),
    "snippets": ("page=ask&question=leads_people&more=code", ".answer-tools"),
    "proofs": ("page=ask&proofs=all", ".proofs tbody"),
    "empty": ("page=ask&query=SELECT%20*%20%7B%20%3Fx%20a%20%3Chttp%3A%2F%2Fe%2F%3E%20%7D", ".why"),
    "malformed": ("page=ask&query=SELCT%20*%20%7B%20%7D", ".outcome.malformed a.cure"),
    "refused": ("page=ask&query=DELETE%20WHERE%20%7B%7D", ".outcome.refused"),
    "stopped": ("page=ask&query=ASK%20%7B%7D&stop=1", ".outcome.stopped"),
}

#: What would keep somebody from using the page.
SERIOUS = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.target.join(" ")).join(" | ")}`);
}"""


@pytest.fixture(scope="session")
def axe() -> str:
    found = os.environ.get("KG_AXE", "")
    if not Path(found).is_file():
        no_browser("KG_AXE does not name axe-core's axe.min.js")
    return Path(found).read_text(encoding="utf-8")


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_no_page_has_a_serious_fault(
    real_app: str, open_tab: Callable[..., Tab], axe: str, page: str, look: str
) -> None:
    tab = open_tab(color_scheme=look)
    tab.open(f"{real_app}/?{PAGES[page]}&lang=zh", ready="h1.title, .triple")
    tab.page.evaluate(axe)
    assert tab.page.evaluate(SERIOUS) == []


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("name", ANSWERS)
def test_no_answer_has_a_serious_fault(
    real_app: str, open_tab: Callable[..., Tab], axe: str, name: str, look: str
) -> None:
    address, ready = ANSWERS[name]
    tab = open_tab(color_scheme=look)
    tab.open(f"{real_app}/?{address}&lang=en", ready=ready)
    tab.page.evaluate(axe)
    assert tab.page.evaluate(SERIOUS) == []


@pytest.mark.parametrize("name", ["editor", "builder", "chart", "evidence", "empty", "malformed"])
def test_on_a_phone_no_answer_has_a_serious_fault(
    real_app: str, open_tab: Callable[..., Tab], axe: str, name: str
) -> None:
    address, ready = ANSWERS[name]
    tab = open_tab(360, 740)
    tab.open(f"{real_app}/?{address}&lang=zh", ready=ready)
    tab.page.evaluate(axe)
    assert tab.page.evaluate(SERIOUS) == []


def test_on_a_phone_no_page_has_a_serious_fault(real_app: str, open_tab: Callable[..., Tab], axe: str) -> None:
    tab = open_tab(360, 740)
    tab.open(f"{real_app}/?entity=changan-chain&lang=en")
    tab.page.evaluate(axe)
    assert tab.page.evaluate(SERIOUS) == []


def test_the_picture_is_moved_and_zoomed_by_keys(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.open(f"{real_app}/?lang=en")
    tab.wait_for_graph()
    tab.page.locator(".canvas").focus()
    before = tab.page.locator(".canvas").evaluate("node => node.where('beijing')")
    tab.page.keyboard.press("ArrowRight")
    tab.page.keyboard.press("ArrowDown")
    moved = tab.page.locator(".canvas").evaluate("node => node.where('beijing')")
    assert moved[0] < before[0]
    assert moved[1] < before[1]
    tab.page.keyboard.press("0")
    tab.page.wait_for_function("() => !location.search.includes('at=')")


def test_filters_are_ticked_by_the_space_bar(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.open(f"{real_app}/?lang=en")
    tab.page.locator(".legend a.box", has_text="Sector").focus()
    tab.page.keyboard.press("Space")
    tab.page.locator(".legend a.box[aria-checked=false]:focus", has_text="Sector").wait_for(timeout=SETTLED_MS)
    assert "off=type.sector" in tab.page.url
    tab.page.keyboard.press("Space")
    tab.page.locator(".legend a.box[aria-checked=true]", has_text="Sector").wait_for(timeout=SETTLED_MS)


def test_steps_are_undone_and_done_again_by_keys(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.open(f"{real_app}/?lang=en&entity=beijing")
    tab.page.locator("a.act", has_text="Hide").click()
    tab.page.locator("a.tool.undo").wait_for(timeout=SETTLED_MS)
    tab.page.keyboard.press("Control+z")
    tab.page.locator("a.tool.redo").wait_for(timeout=SETTLED_MS)
    tab.page.keyboard.press("Control+Shift+z")
    tab.page.locator(".tool.off.redo").wait_for(timeout=SETTLED_MS)
    assert "hide.beijing" in tab.page.url

"""The explore page as a reader uses it, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from browser import OVERLAPS, SETTLED_MS, Tab

#: The relation between the trusted data space and Chang'an Chain.
BUILT_ON = "2e6489451ef87d3f"

#: Where every node stands on the screen, and how the picture is zoomed.
PLACES = """node => Object.fromEntries([...node.ids()].map((id) => [id, node.where(id)]))"""

#: Where the address says that the view is, and whether that is another place than `seen`.
VIEW = "() => new URLSearchParams(location.search).get('at')"
VIEWED_ELSEWHERE = f"seen => ![null, seen].includes(({VIEW})())"


def open_graph(tab: Tab, address: str) -> None:
    tab.open(address)
    tab.wait_for_graph()


def where(tab: Tab, id_: str) -> tuple[float, float]:
    """The place of a node, or of the middle of a line, on the page."""
    box = tab.page.locator(".canvas").bounding_box()
    x, y = tab.page.locator(".canvas").evaluate("(node, id) => node.where(id)", id_)
    return box["x"] + x, box["y"] + y


def places(tab: Tab) -> dict[str, list[float]]:
    found: dict[str, list[float]] = tab.page.locator(".canvas").evaluate(PLACES)
    return found


def same(one: dict[str, list[float]], other: dict[str, list[float]]) -> bool:
    """Whether the same nodes stand in the same places, to the pixel."""
    return set(one) == set(other) and all(
        abs(a - b) < 0.5 for id_ in one for a, b in zip(one[id_], other[id_], strict=True)
    )


def click_node(tab: Tab, id_: str) -> None:
    tab.page.mouse.click(*where(tab, id_))


def wait_for_change(tab: Tab, act: Callable[[], Any]) -> None:
    """Do something and wait until the picture has been drawn anew for it."""
    before = tab.page.locator(".canvas").get_attribute("data-drawn")
    act()
    tab.page.locator(f".canvas[data-drawn]:not([data-drawn='{before}'])").wait_for(timeout=SETTLED_MS)
    tab.wait_until_idle()


def panel_title(tab: Tab, text: str) -> None:
    tab.page.locator(".st-key-panel h1.title", has_text=text).wait_for(timeout=SETTLED_MS)


def test_from_a_search_to_a_link_that_opens_the_same_picture(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(permissions=["clipboard-read", "clipboard-write"])
    open_graph(tab, f"{real_app}/?lang=zh")

    tab.page.locator("[data-testid=stTextInput] input").fill("changanlian")
    tab.page.locator("a.hit", has_text="长安链").first.click()
    panel_title(tab, "长安链")
    tab.page.keyboard.press("Escape")
    tab.page.locator(".st-key-panel h1.title", has_text="个主题").wait_for()
    click_node(tab, "changan-chain")
    panel_title(tab, "长安链")

    tab.page.mouse.click(*where(tab, BUILT_ON))
    tab.page.locator(".st-key-panel .phrase", has_text="基于长安链的可信数据空间").wait_for()

    click_node(tab, "changan-chain")
    panel_title(tab, "长安链")
    first = places(tab)
    tab.page.locator(".canvas").evaluate("node => node.focus()")
    x, y = where(tab, "artificial-intelligence")
    wait_for_change(tab, lambda: tab.page.mouse.dblclick(x, y))
    grown = places(tab)
    assert set(first) < set(grown)
    assert {one: grown[one] for one in first} == first

    wait_for_change(tab, lambda: tab.page.locator(".legend a.box", has_text="行业领域").click())
    filtered = places(tab)
    assert set(filtered) < set(grown)
    assert {one: grown[one] for one in filtered} == filtered
    wait_for_change(tab, lambda: tab.page.locator("a.tool.undo").click())
    assert places(tab) == grown

    click_node(tab, "changan-chain")
    panel_title(tab, "长安链")
    tab.page.goto(f"{tab.page.url.split('?')[0]}?{tab.page.url.split('?')[1]}&with=path~cyberspace-administration")
    tab.wait_for_graph()
    tab.page.locator("[data-testid=stTextInput] input").fill("novo nordisk")
    tab.page.locator("a.hit", has_text="诺和诺德").first.click()
    tab.page.locator(".st-key-panel .way").first.wait_for(timeout=SETTLED_MS)

    tab.page.locator(".lang a[lang=en]").click()
    tab.page.locator(".st-key-panel", has_text="connected").wait_for(timeout=SETTLED_MS)
    tab.wait_until_idle()
    seen = tab.page.evaluate(VIEW)
    tab.page.locator(".zoom .in").click()
    tab.page.wait_for_function(VIEWED_ELSEWHERE, arg=seen)
    tab.page.locator("[data-copy-address]").click()
    tab.page.locator(".copied").wait_for()
    link = tab.page.evaluate("navigator.clipboard.readText()")
    again = open_tab()
    open_graph(again, link)
    assert same(places(again), places(tab))


def test_nothing_else_moves_the_picture(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    open_graph(tab, f"{real_app}/?lang=zh")
    tab.page.locator(".zoom .in").click()
    tab.page.wait_for_function("() => location.search.includes('at=')")
    before = places(tab)
    click_node(tab, "changan-chain")
    panel_title(tab, "长安链")
    assert places(tab) == before
    wait_for_change(tab, lambda: tab.page.locator(".lang a[lang=en]").click())
    assert places(tab) == before
    wait_for_change(tab, lambda: tab.page.locator(".legend a.box", has_text="Sector").click())
    after = places(tab)
    assert after == {one: before[one] for one in after}


def test_a_dragged_node_stays_where_it_was_put(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    open_graph(tab, f"{real_app}/?lang=en")
    x, y = where(tab, "changan-chain")
    tab.page.mouse.move(x, y)
    tab.page.mouse.down()
    tab.page.mouse.move(x - 60, y + 30, steps=5)
    wait_for_change(tab, tab.page.mouse.up)
    assert "pin.changan-chain" in tab.page.url
    put = where(tab, "changan-chain")
    assert abs(put[0] - x + 60) < 2
    assert abs(put[1] - y - 30) < 2
    again = open_tab()
    open_graph(again, tab.page.url)
    assert same({"it": [*where(again, "changan-chain")]}, {"it": [*put]})


def test_hiding_keeping_and_tidying(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    open_graph(tab, f"{real_app}/?lang=en&entity=beijing")
    wait_for_change(tab, lambda: tab.page.locator("a.act", has_text="Hide").click())
    assert "beijing" not in places(tab)
    tab.page.locator("[data-testid=stTextInput] input").fill("changan")
    tab.page.locator("a.hit", has_text="Chang'an Chain").first.click()
    panel_title(tab, "Chang'an Chain")
    wait_for_change(tab, lambda: tab.page.locator("a.act", has_text="Keep").click())
    assert set(places(tab)) == {"changan-chain", "trusted-data-space", "changan-chain-community"}
    wait_for_change(tab, lambda: tab.page.locator("a.tool.tidy").click())
    assert len(places(tab)) == 3


def test_what_grows_is_counted_before(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    open_graph(tab, f"{real_app}/?lang=en&start=around.changan-chain&entity=beijing")
    tab.page.locator(".acts summary").click()
    row = tab.page.locator(".acts a.row:not(.all)", has_text="+").first
    said = row.locator(".count").inner_text()
    before = len(places(tab))
    wait_for_change(tab, row.click)
    more = len(places(tab)) - before
    assert 0 < more <= int(said.removeprefix("+").split()[-1])


def test_an_earlier_date_shows_what_was_known_then(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    open_graph(tab, f"{real_app}/?lang=en&start=all&until=2024")
    assert 0 < len(places(tab)) < 20
    tab.page.locator(".shown .quiet", has_text="filtered out").wait_for()


def test_a_link_with_nonsense_opens_and_says_so(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    open_graph(tab, f"{real_app}/?lang=en&steps=fly.beijing~hide.china")
    tab.page.locator(".shown .quiet", has_text="fly.beijing").wait_for()
    assert "china" not in places(tab)


def test_a_picture_is_saved_as_it_is_shown(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    open_graph(tab, f"{real_app}/?lang=zh&start=around.changan-chain&panel=save")
    shown = len(places(tab))
    sizes = {}
    for name in ("html", "svg", "png", "graphml", "gexf", "csv", "turtle"):
        with tab.page.expect_download(timeout=SETTLED_MS) as saving:
            tab.page.locator(f".st-key-save-{name} button").click()
        sizes[name] = saving.value.path().read_bytes()
    assert sizes["svg"].decode().count("长安链") > 1
    assert sizes["png"].startswith(b"\x89PNG")
    assert sizes["graphml"].count(b"<node ") == shown
    assert sizes["gexf"].count(b"<node ") == shown
    assert "changan-chain" in sizes["turtle"].decode()
    assert "基于长安链的可信数据空间" in sizes["csv"].decode("utf-8-sig")


def test_the_date_is_set_by_keys(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    open_graph(tab, f"{real_app}/?lang=en&start=all")
    tab.page.locator(".until input").focus()
    wait_for_change(tab, lambda: tab.page.keyboard.press("ArrowLeft"))
    assert "until=2024" in tab.page.url
    assert len(places(tab)) < 20
    wait_for_change(tab, lambda: tab.page.keyboard.press("ArrowRight"))
    assert "until" not in tab.page.url


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("start", ["promised", "new", "all", "around.beijing"])
def test_names_lie_on_nothing_at_the_opening_zoom(
    real_app: str, open_tab: Callable[..., Tab], start: str, lang: str
) -> None:
    tab = open_tab()
    open_graph(tab, f"{real_app}/?lang={lang}&start={start}")
    assert tab.page.locator(".canvas").evaluate("node => node.placed.names.length") > 20
    assert tab.page.locator(".canvas").evaluate(OVERLAPS) == 0


def test_an_empty_picture_says_why_and_leads_out(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    open_graph(tab, f"{real_app}/?lang=en&until=1900")
    wait_for_change(tab, lambda: tab.page.locator(".empty a", has_text="Clear").click())
    assert len(places(tab)) > 50

"""The app in a real browser: it opens clean, the graph is there, and everything can be reached and read."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import OVERLAPS, SETTLED_MS, Tab


def colours_of(tab: Tab) -> int:
    """How many different colours the canvas has painted."""
    from PIL import Image

    picture = Image.open(io.BytesIO(tab.page.locator(".canvas").screenshot()))
    return len(picture.convert("RGB").getcolors(1 << 24) or [])


def test_the_app_opens_on_the_graph(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.open(real_app)
    tab.wait_for_graph()
    assert colours_of(tab) > 100


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["", "ask", "sources", "download", "entity"])
def test_each_page_opens_clean_in_both_languages(
    real_app: str, open_tab: Callable[..., Tab], name: str, lang: str
) -> None:
    tab = open_tab()
    tab.open(f"{real_app}/?page={name}&lang={lang}")
    assert tab.page.locator(".lang a[aria-current]").first.get_attribute("lang") == (
        "zh-Hans" if lang == "zh" else "en"
    )


@pytest.mark.parametrize(("locale", "lang"), [("zh-CN", "zh-Hans"), ("en-GB", "en")])
def test_without_a_choice_the_browser_says_the_language(
    real_app: str, open_tab: Callable[..., Tab], locale: str, lang: str
) -> None:
    tab = open_tab(locale=locale)
    tab.open(real_app)
    assert tab.page.locator(".lang a[aria-current]").first.get_attribute("lang") == lang


def test_from_a_name_to_the_words_behind_a_statement(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.open(f"{real_app}/?lang=zh")
    tab.page.locator("[data-testid=stTextInput] input").fill("changanlian")
    tab.page.locator("a.hit").first.click()
    tab.page.locator("h1.title", has_text="长安链").wait_for()
    assert "entity=changan-chain" in tab.page.url
    tab.page.locator("a", has_text="查看全部信息与原文").click()
    tab.page.locator(".st-key-main h1.title", has_text="长安链").wait_for()
    tab.page.locator(".item details summary").first.click()
    phrase = tab.page.locator(".item details[open] .phrase").first
    phrase.wait_for()
    assert "长安链" in phrase.inner_text()


def test_a_link_within_the_app_does_not_reload_it_and_back_goes_back(
    real_app: str, open_tab: Callable[..., Tab]
) -> None:
    tab = open_tab()
    tab.open(f"{real_app}/?lang=en")
    tab.page.evaluate("window.stillHere = true")
    tab.page.locator(".pages a", has_text="Sources").click()
    tab.page.locator("h1.title", has_text="Sources").wait_for()
    tab.page.go_back()
    tab.page.locator(".st-key-panel h1.title").wait_for()
    assert tab.page.evaluate("window.stillHere") is True


def test_a_picked_entity_leaves_the_picture_where_it_is(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.open(f"{real_app}/?lang=zh")
    tab.wait_for_graph()
    tab.page.locator(".canvas canvas").evaluate("node => node.dataset.mark = 'same'")
    tab.page.locator(".zoom .in").click()
    tab.page.locator(".starts a.chip").first.click()
    tab.page.locator(".st-key-panel .kicker .x").wait_for()
    assert tab.page.locator(".canvas canvas").get_attribute("data-mark") == "same"


def test_a_click_on_the_canvas_opens_the_panel(sample_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.open(f"{sample_app}/?lang=en")
    tab.wait_for_graph()
    box = tab.page.locator(".canvas").bounding_box()
    for step in range(200):  # the ground is searched in a grid: the picture's places are not the test's business
        x, y = 40 + (step % 20) * (box["width"] - 80) / 20, 150 + (step // 20) * (box["height"] - 300) / 10
        tab.page.mouse.move(box["x"] + x, box["y"] + y)
        if tab.page.locator(".canvas").evaluate("node => node.style.cursor") == "pointer":
            tab.page.mouse.click(box["x"] + x, box["y"] + y)
            break
    tab.page.locator(".st-key-panel .kicker .x").wait_for(timeout=SETTLED_MS)
    assert re.search(r"(entity|statement)=", tab.page.url)


@pytest.mark.parametrize("size", [(1440, 900), (360, 740)], ids=["laptop", "phone"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_name_lies_on_a_shape_or_on_another_name(
    real_app: str, open_tab: Callable[..., Tab], lang: str, size: tuple[int, int]
) -> None:
    tab = open_tab(*size)
    tab.open(f"{real_app}/?lang={lang}")
    tab.wait_for_graph()
    assert tab.page.locator(".canvas").evaluate("node => node.placed.names.length") > 0
    assert tab.page.locator(".canvas").evaluate(OVERLAPS) == 0


@pytest.mark.parametrize(
    ("lang", "tongue", "title"),
    [("zh", "zh-Hans", "长安链 · 北京数字经济图谱"), ("en", "en", "Chang'an Chain · Beijing Digital Economy Graph")],
)
def test_the_page_says_its_language_and_what_it_shows(
    real_app: str, open_tab: Callable[..., Tab], lang: str, tongue: str, title: str
) -> None:
    tab = open_tab()
    tab.open(f"{real_app}/?page=entity&id=changan-chain&lang={lang}")
    tab.page.locator(f"html[lang={tongue}]").wait_for(state="attached")
    tab.page.wait_for_function("title => document.title === title", arg=title)


def test_escape_closes_the_panel(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.open(f"{real_app}/?entity=changan-chain&lang=en")
    tab.page.locator(".st-key-panel .kicker .x").wait_for()
    tab.page.keyboard.press("Escape")
    tab.page.locator(".st-key-panel .kicker .x").wait_for(state="detached")
    assert "entity=" not in tab.page.url


def test_the_hits_are_walked_by_keys(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.open(f"{real_app}/?lang=en")
    field = tab.page.locator(".st-key-find input")
    field.fill("cal")
    tab.page.locator(".hits[data-for=cal] a.hit").first.wait_for()
    tab.page.keyboard.press("ArrowDown")
    tab.page.locator("a.hit:focus", has_text="Chang'an Chain").wait_for()
    tab.page.keyboard.press("ArrowUp")
    tab.page.keyboard.press("Enter")
    tab.page.locator(".st-key-panel h1.title", has_text="Chang'an Chain").wait_for()


def test_escape_closes_the_hits_and_nothing_else(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.open(f"{real_app}/?entity=beijing&lang=en")
    tab.page.locator(".st-key-find input").fill("cal")
    tab.page.locator("a.hit").first.wait_for()
    tab.page.keyboard.press("Escape")
    tab.page.locator(".st-key-hits").wait_for(state="hidden")
    assert "entity=beijing" in tab.page.url


def test_on_a_phone_the_list_stays_in_its_place(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(360, 740)
    tab.open(f"{real_app}/?view=list&lang=en")
    listed = tab.page.locator(".st-key-list").bounding_box()
    panel = tab.page.locator(".st-key-panel").bounding_box()
    name = tab.page.locator(".st-key-list .chip .name").first.bounding_box()
    assert listed["y"] + listed["height"] <= panel["y"] + 1
    assert name["width"] > 100


def test_on_a_phone_a_finger_can_hit_what_it_must(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(360, 740)
    tab.open(f"{real_app}/?entity=changan-chain&lang=en")
    tab.page.locator(".st-key-panel .quote").first.wait_for()
    for hit in (".pages a", ".lang a", ".st-key-panel .chip", ".st-key-panel .quote", ".kicker .x", ".zoom button"):
        assert tab.page.locator(hit).first.bounding_box()["height"] >= 43.5, hit


def test_a_stored_question_answers_with_rows(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.open(f"{real_app}/?page=ask&lang=en")
    tab.page.locator("a.question").nth(2).click()
    tab.page.locator(".answer tbody tr").first.wait_for(timeout=SETTLED_MS)
    assert tab.page.locator(".answer tbody tr").count() > 0
    assert "question=" in tab.page.url


def test_a_query_runs_by_keyboard_and_its_link_opens_it_again(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.open(f"{real_app}/?page=ask&lang=en")
    tab.page.locator(".editor textarea").fill("SELECT (COUNT(*) AS ?many) (1 AS ?one) WHERE { ?s ?p ?o }")
    tab.page.keyboard.press("Control+Enter")
    tab.page.locator(".answer th", has_text="many").wait_for(timeout=SETTLED_MS)
    again = open_tab()
    again.open(tab.page.url)
    again.page.locator(".answer th", has_text="many").wait_for(timeout=SETTLED_MS)


@pytest.mark.parametrize(
    "address",
    [
        "/?",
        "/?view=list",
        "/?view=tree",
        "/?page=entity&id=only-english",
        "/?entity=only-english",
        "/?with=path~only-english",
        "/?path=only-english~changan-chain",
        "/?page=compare&ids=only-english~changan-chain",
        "/?page=sources&id=2024-06-sample",
    ],
)
def test_a_hostile_name_is_shown_as_text(sample_app: str, open_tab: Callable[..., Tab], address: str) -> None:
    tab = open_tab()
    tab.open(f"{sample_app}{address}&lang=zh")
    if address == "/?":
        tab.wait_for_graph()
    else:
        tab.page.get_by_text("<script>alert(1)</script>").locator("visible=true").first.wait_for()
    assert tab.page.locator("b", has_text="Wu").count() == 0


def test_nothing_is_cut_or_wider_than_a_phone(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(width=360, height=740)
    for name in ("", "ask", "sources", "download", "entity&id=changan-chain"):
        tab.open(f"{real_app}/?page={name}&lang=en")
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= 360, name


def test_a_dark_page_is_dark(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(color_scheme="dark")
    tab.open(f"{real_app}/?lang=en")
    tab.wait_for_graph()
    ground = tab.page.locator(".st-key-bar").evaluate("node => getComputedStyle(node).backgroundColor")
    assert ground == "rgb(22, 25, 29)"


def test_the_saved_page_opens_from_disk_without_a_network(
    real_app: str, open_tab: Callable[..., Tab], tmp_path: Path
) -> None:
    tab = open_tab()
    tab.open(f"{real_app}/?page=download&lang=zh")
    tab.page.locator(".st-key-make-page button").click()
    save = tab.page.locator(".st-key-save-page button")
    save.wait_for(timeout=SETTLED_MS)
    tab.wait_until_idle()  # a click on a button that is about to be drawn anew goes nowhere
    with tab.page.expect_download(timeout=SETTLED_MS) as saving:
        save.click()
    saved = tmp_path / "graph.html"
    saving.value.save_as(saved)
    alone = open_tab(offline=True)
    alone.page.goto(saved.as_uri())
    alone.page.locator("html[data-ready]").wait_for(state="attached")
    assert alone.page.locator(".canvas").evaluate("node => node.ids().length") > 200

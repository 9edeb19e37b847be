"""The builder on the screen: a question grows by clicks or by keys, and all of it is in the address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
import streamlit as st
from browser import ROOT, SAMPLE, SETTLED_MS, Tab, serve
from streamlit.testing.v1 import AppTest

from kg.engine.base import Engine
from kg.model.knowledge import Knowledge
from kg.model.text import Lang
from kg.query.builder import read_build
from kg.ui.words import WORDS, say

PAGE = "tests/ui/builder_app.py"
LANGS: tuple[Lang, ...] = ("zh", "en")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., str]]:
    """Draws the builder on the sample, or on other data; its HTML."""

    def draw(build: str, lang: Lang = "en", data: Path = SAMPLE) -> str:
        monkeypatch.setenv("KG_DATA", str(data))
        test = AppTest.from_file(str(ROOT / PAGE), default_timeout=60)
        test.query_params["build"], test.query_params["lang"] = build, lang
        test.run()
        assert not test.exception
        return "\n".join(one.proto.body for one in test.get("html") if not one.proto.body.startswith("<style>"))

    yield draw
    st.cache_resource.clear()


def query_of(html: str) -> str:
    found = re.search(r'<pre class="query">(.*)</pre>', html, re.DOTALL)
    assert found
    return unescape(found[1])


def links(html: str) -> list[tuple[str, int]]:
    """The builds that the choices lead to, with the counts that stand beside them."""
    found = re.findall(r'<a class="pick[^"]*" href="([^"]*)".*?<span class="count">([\d,]+)</span>', html)
    builds = [parse_qs(urlparse(unescape(href)).query).get("build", [""])[0] for href, _ in found]
    return [(build, int(count.replace(",", ""))) for build, (_, count) in zip(builds, found, strict=True)]


def words_of(html: str) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", html)).split())


# ------------------------------------------------------------------------------------------------ without a browser


@pytest.mark.parametrize("lang", LANGS)
def test_it_begins_with_all_types_and_no_query(run: Callable[..., str], lang: Lang) -> None:
    html = run("", lang)
    assert query_of(html) == ""
    assert {("type.person", 2), ("type.technology", 3), ("type.agency", 1)} <= set(links(html))
    assert say("builder_start", lang) in words_of(html)


def test_every_link_is_a_build_that_can_be_read(run: Callable[..., str]) -> None:
    offered = links(run("type.technology~rel.leads.in.of.agency~fig.records-shared~status.operating~show.ends.figures"))
    assert len(offered) > 10
    assert all(read_build(build)[1] == () and count for build, count in offered)


def test_the_counts_beside_the_links_are_kept(
    run: Callable[..., str], sample_engine: Engine, sample: Knowledge
) -> None:
    for build, count in links(run("type.technology", "zh")):
        answer = sample_engine.ask(query_of(run(build)) or "SELECT ?x { GRAPH ?g { ?x a ?t } } LIMIT 0")
        things = {row[0] for row in answer.terms()}
        assert len(things) == count or not build


def test_it_returns_the_question_in_the_reader_s_language(run: Callable[..., str]) -> None:
    assert query_of(run("type.technology~theme.core-technology", "zh")).startswith("# 主题为“关键技术”的技术\n")
    assert query_of(run("type.technology", "en")).startswith("# Technology\n")


def test_what_the_link_says_in_vain_is_named(run: Callable[..., str]) -> None:
    html = run("type.agency~fly.<b>")
    assert "fly.&lt;b&gt;" in html
    assert "bde:Agency" in query_of(html)


def test_a_link_that_nothing_meets_says_so_and_leaves_a_way_back(run: Callable[..., str]) -> None:
    html = run("type.agency~status.operating~theme.core-technology")
    assert say("builder_found_none", "en") in words_of(html)
    assert html.count('class="off"') == 2


def test_names_that_try_to_break_out_are_words(run: Callable[..., str]) -> None:
    html = run("rel.leads.in.is.only-english")
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_each_condition_can_be_removed(run: Callable[..., str]) -> None:
    html = run("type.technology~rel.leads.in~theme.core-technology")
    gone = [unescape(one) for one in re.findall(r'<a class="off" href="([^"]*)"', html)]
    assert [parse_qs(urlparse(one).query)["build"][0] for one in gone] == [
        "type.technology~theme.core-technology",
        "type.technology~rel.leads.in",
    ]


def test_what_stands_beside_the_things_is_a_tick(run: Callable[..., str]) -> None:
    html = run("type.technology~show.words")
    ticks = dict(re.findall(r'aria-checked="(\w+)" href="[^"]*build=([^&"]*)', html))
    assert ticks["true"] == "type.technology"
    assert "?phrase" in query_of(html)


@pytest.mark.parametrize("lang", LANGS)
def test_a_plan_looks_like_one(run: Callable[..., str], lang: Lang) -> None:
    html = run("rel.builds-on.out-planned", lang)
    assert re.search(r'class="(said|pill verb) planned"', html)
    assert say("builder_found_one", lang) in words_of(html)


def test_a_long_list_can_be_filtered(run: Callable[..., str]) -> None:
    assert 'class="filter"' in run("", data=ROOT / "data")


def test_every_word_of_the_builder_is_used() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "kg" / "ui").glob("builder*.py"))
    made = {f"builder_{part}" for part in re.findall(r'"([a-z]+)"', code)}
    for part in ("show", "has", "is"):
        made |= {f"builder_{part}_{one}" for one in re.findall(r'"([a-z]+)"', code)}
    made |= {"builder_least", "builder_most", "builder_has_planned", "builder_has_either", "builder_planned"}
    made |= {f"builder_{mark}" for mark in ("status", "theme", "source", "since")}
    made |= {f"builder_is_{mark}" for mark in ("status", "theme", "source", "since")}
    ours = {key for key in WORDS if key.startswith("builder")}
    assert sorted(key for key in ours - made if f'"{key}"' not in code) == []


# ------------------------------------------------------------------------------------------------ in a browser


@pytest.fixture(scope="module")
def page(chromium: Any) -> Iterator[str]:
    with serve(ROOT / "data", PAGE) as address:
        yield f"{address}/?page=ask"


def said(tab: Tab, words: str) -> None:
    """Wait until the query begins with these words."""
    tab.page.wait_for_function(
        "words => document.querySelector('pre.query')?.textContent.startsWith(`# ${words}\\n`)",
        arg=words,
        timeout=SETTLED_MS,
    )
    tab.wait_until_idle()


def test_a_question_is_built_by_clicks(page: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.open(f"{page}&lang=zh&build=", ".build")
    tab.page.locator(".starters a.pick", has_text="机构").click()
    said(tab, "机构")
    tab.page.locator(".pill.add").click()
    tab.page.locator(".build nav:visible a.pick", has_text=re.compile("^→?实施")).first.click()
    said(tab, "实施某个实体的机构")
    tab.page.locator('summary[data-stay="end-0"]').click()
    tab.page.locator(".build nav:visible a.pick").last.click()
    tab.page.wait_for_function("() => decodeURIComponent(location.search).includes('.is.')")
    tab.wait_until_idle()
    count = tab.page.locator(".matches b").inner_text()
    assert re.fullmatch(r"\d+\s*个实体符合", count)
    tab.page.go_back()
    said(tab, "实施某个实体的机构")
    tab.page.locator("a.off").click()
    said(tab, "机构")


def test_a_question_is_built_by_keys_alone(page: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.open(f"{page}&lang=en&build=type.programme", ".build")
    tab.page.locator(".pill.add").focus()
    keys = tab.page.keyboard
    keys.press("Enter")
    tab.page.wait_for_function("() => document.activeElement.matches('.build .filter')")
    keys.type("carried out by")
    keys.press("Enter")
    said(tab, "Programme that is carried out by something")
    # The focus goes on to what the new condition leads to, and a list opens there by arrow.
    tab.page.wait_for_function("() => document.activeElement.dataset.stay === 'end-0'")
    keys.press("ArrowDown")
    tab.page.wait_for_function("() => document.activeElement.matches('.build details[open] a.pick')")
    keys.press("Escape")
    tab.page.wait_for_function("() => document.activeElement.dataset.stay === 'end-0'")
    assert tab.page.locator(".build details[open]").count() == 0


def test_typing_leaves_only_what_has_the_words(page: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.open(f"{page}&lang=en&build=", ".build")
    tab.page.locator(".pill.add").click()
    menu = tab.page.locator(".build details[open]")
    menu.locator(".filter").fill("PART of")
    names = menu.locator("a.pick:visible .name").all_inner_texts()
    assert names and all("part of" in name for name in names)
    menu.locator(".filter").fill("no such words")
    menu.locator(".none").wait_for()
    assert menu.locator("a.pick:visible").count() == menu.locator(".kind:visible").count() == 0


@pytest.mark.parametrize("width", [360, 900, 1440])
def test_an_open_menu_stays_within_the_window(page: str, open_tab: Callable[..., Tab], width: int) -> None:
    tab = open_tab(width=width, height=800)
    tab.open(f"{page}&lang=en&build=type.programme~rel.promotes.in-planned.of.place~show.ends", ".build")
    for menu in tab.page.locator(".build details.menu").all():
        menu.locator("summary").click()
        box = menu.locator("nav").bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
        tab.page.keyboard.press("Escape")
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_tick_is_set_by_the_space_bar(page: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.open(f"{page}&lang=en&build=type.agency", ".build")
    tab.page.locator('[data-stay="show-words"]').focus()
    tab.page.keyboard.press("Space")
    tab.page.locator('[data-stay="show-words"][aria-checked="true"]').wait_for(timeout=SETTLED_MS)
    tab.page.locator("pre.query", has_text="?phrase").wait_for(timeout=SETTLED_MS)

"""The page of queries as a reader uses it, in a real browser."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from browser import SETTLED_MS, Tab

RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def asked(app: str, query: str, lang: str = "en") -> str:
    return f"{app}/?page=ask&lang={lang}&query={quote(query)}"


def write(tab: Tab, text: str) -> None:
    """Put a text into the editor, as one types it."""
    tab.page.locator(".editor textarea").fill(text)


def run(tab: Tab) -> None:
    tab.page.locator(".editor textarea").press("Control+Enter")


def begin(tab: Tab, address: str) -> None:
    """Open a page whose query goes on for long."""
    tab.page.goto(address)
    tab.page.locator("html[data-keys]").wait_for(state="attached", timeout=SETTLED_MS)
    see(tab, ".working a", "Stop")


def see(tab: Tab, place: str, words: str = "") -> None:
    tab.page.locator(place, **({"has_text": words} if words else {})).first.wait_for(timeout=SETTLED_MS)


def cells(tab: Tab) -> list[str]:
    see(tab, ".answer tbody tr")
    return list(tab.page.locator(".answer tbody td").all_inner_texts())


def saved(tab: Tab, words: str, folder: Path) -> Path:
    """The file of the format that has these words."""
    line = tab.page.locator("[class*='st-key-file-answer-']", has_text=words).first
    with tab.page.expect_download(timeout=SETTLED_MS) as download:
        line.locator("button").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_from_a_chinese_name_to_a_link_that_opens_the_same_answer(
    real_app: str, open_tab: Callable[..., Tab], tmp_path: Path
) -> None:
    tab = open_tab(accept_downloads=True)
    tab.open(f"{real_app}/?page=ask&lang=zh")
    see(tab, ".editor textarea")

    # Written with completion by a Chinese name, run by keyboard.
    write(tab, "SELECT ?relation (COUNT(*) AS ?n) WHERE {\n  ?s ?relation ")
    tab.page.keyboard.press("End")
    tab.page.keyboard.type("长安链")
    see(tab, ".editor [role=option]", "ent:changan-chain")
    tab.page.keyboard.press("Enter")
    tab.page.keyboard.type(" .\n} GROUP BY ?relation")
    assert "PREFIX ent: <" in tab.page.locator(".editor textarea").input_value()
    run(tab)

    # A chart, by itself.
    see(tab, "[class*='st-key-picture-'] svg")
    see(tab, ".in-words", "长安链")

    # Broken, the cure read and applied.
    text = tab.page.locator(".editor textarea").input_value()
    write(tab, text.replace("GROUP BY", "GRUP BY"))
    run(tab)
    see(tab, ".outcome.malformed", "GRUP")
    tab.page.locator(".outcome.malformed a.cure").first.click()
    see(tab, "[class*='st-key-picture-'] svg")

    # The link opens the same answer in another browser.
    again = open_tab()
    again.open(tab.page.url)
    see(again, "[class*='st-key-picture-'] svg")
    picture = "[class*='st-key-picture-'] svg"
    assert again.page.locator(picture).first.inner_html() == tab.page.locator(picture).first.inner_html()


def test_a_stored_question_is_asked_by_its_form_and_its_rows_have_evidence(
    real_app: str, open_tab: Callable[..., Tab], tmp_path: Path
) -> None:
    tab = open_tab(accept_downloads=True)
    tab.open(f"{real_app}/?page=ask&lang=en&question=figures_of_entity")
    before = cells(tab)
    tab.page.locator(".st-key-form input").first.click()
    tab.page.locator(".st-key-form input").first.fill("Financial public-data")
    tab.page.locator("[role=option]", has_text="Financial public-data zone").first.click()
    see(tab, ".answer td", "Market entities served")
    assert cells(tab) != before

    tab.page.locator(".answer-tools a", has_text="Evidence").click()
    see(tab, "#note-1")
    tab.page.locator(".answer td.notes a").first.click()
    see(tab, "#note-1:focus .words")

    rows = tab.page.locator(".answer tbody tr").count()
    tab.page.locator(".answer-tools a", has_text="Files").click()
    book, tsv = saved(tab, ".xlsx", tmp_path), saved(tab, ".tsv", tmp_path)
    assert zipfile.is_zipfile(book)
    assert len(tsv.read_text(encoding="utf-8").splitlines()) == rows + 1


@pytest.mark.parametrize(("scheme", "colour"), [("light", "rgb(255, 233, 168)"), ("dark", "rgb(94, 75, 14)")])
def test_what_is_marked_in_the_evidence_has_the_colour_of_a_marker(
    real_app: str, open_tab: Callable[..., Tab], scheme: str, colour: str
) -> None:
    tab = open_tab(color_scheme=scheme)
    tab.open(f"{real_app}/?page=ask&lang=zh&question=leads_people&more=notes")
    mark = tab.page.locator("ol.notes mark").first
    assert mark.evaluate("mark => getComputedStyle(mark).backgroundColor") == colour


def test_a_question_is_built_without_sparql(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.open(f"{real_app}/?page=ask&lang=zh&build=")
    tab.page.locator(".st-key-work a:visible", has_text="机构").first.click()
    see(tab, ".answered b", "7行")
    tab.page.locator("details.fold.code summary").first.click()
    see(tab, "pre.sparql", "bde:Agency")


def test_a_plan_is_headed_as_a_plan_on_the_screen_and_in_files(
    real_app: str, open_tab: Callable[..., Tab], tmp_path: Path
) -> None:
    tab = open_tab(accept_downloads=True)
    build = "type.platform~rel.builds.in-planned~show.ends"
    tab.open(f"{real_app}/?page=ask&lang=zh&view=table&more=files&build={build}")
    see(tab, ".answer tbody tr")
    assert tab.page.locator(".answer thead th").all_inner_texts() == ["平台设施", "拟建设者是"]
    assert "| 平台设施 | 拟建设者是 |" in saved(tab, ".md", tmp_path).read_text(encoding="utf-8")


def test_who_goes_over_to_writing_takes_the_build_along(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.open(f"{real_app}/?page=ask&lang=zh&build=type.agency")
    see(tab, ".answered")
    tab.page.locator(".ways-in a", has_text="书写").click()
    see(tab, ".editor textarea")
    assert "bde:Agency" in tab.page.locator(".editor textarea").input_value()


def test_what_came_of_a_query_is_dimmed_while_the_query_is_another(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.open(asked(real_app, "SELEC ?x WHERE { ?x a ?y }"))
    tab.page.locator(".not-run").wait_for(state="hidden")
    tab.page.locator(".editor .wrong .cure").first.click()
    see(tab, ".not-run", "Changed, not run yet")
    box = tab.page.locator("[data-testid=stElementContainer]:has(> * > .outcome.malformed)")
    assert float(box.evaluate("box => getComputedStyle(box).opacity")) < 0.6
    run(tab)
    see(tab, ".answered")
    tab.page.locator(".not-run").wait_for(state="hidden")
    assert tab.page.locator(".outcome.malformed").count() == 0


@pytest.mark.parametrize("way", ["key", "link"])
def test_a_runaway_query_is_stopped(real_app: str, open_tab: Callable[..., Tab], way: str) -> None:
    tab = open_tab()
    begin(tab, asked(real_app, RUNAWAY))
    if way == "key":
        tab.page.keyboard.press("Control+Escape")
    else:
        tab.page.locator("a.stop").click()
    see(tab, ".outcome.stopped", "Stopped, as you asked")
    write(tab, "ASK { }")
    run(tab)
    see(tab, ".verdict", "Yes")


def test_a_query_that_reaches_its_deadline_is_no_longer_waited_for(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    begin(tab, asked(real_app, RUNAWAY))
    see(tab, ".outcome.stopped", "Stopped after 10 s")
    assert tab.page.locator(".working").count() == 0


def test_what_is_written_while_a_query_runs_is_looked_at_when_it_ended(
    real_app: str, open_tab: Callable[..., Tab]
) -> None:
    """Asked before, the question could make Streamlit drop the end of the answer."""
    tab = open_tab()
    sent: list[object] = []
    tab.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    tab.open(f"{real_app}/?page=ask&lang=en")
    write(tab, RUNAWAY)
    run(tab)
    see(tab, "a.stop")
    before = len(sent)
    write(tab, "SELEC ?x")
    tab.page.wait_for_function("() => (sessionStorage.getItem('kg-drafts') || '').includes('SELEC ')")
    assert len(sent) == before
    tab.page.keyboard.press("Control+Escape")
    see(tab, ".editor .faults", "SELECT")


def test_an_empty_answer_is_mended_by_a_click(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    label = "http://www.w3.org/2004/02/skos/core#prefLabel"
    tab.open(asked(real_app, f'SELECT ?x WHERE {{ ?x <{label}> "长安链" }}'))
    see(tab, ".outcome.empty")
    tab.page.locator("a.cure").first.click()
    assert cells(tab) == ["Chang'an Chain"]


def test_a_very_long_query_is_in_its_link(real_app: str, open_tab: Callable[..., Tab]) -> None:
    values = " ".join(f'"{number:05}"' for number in range(2000))
    tab = open_tab()
    tab.open(f"{real_app}/?page=ask&lang=en")
    see(tab, ".editor textarea")
    write(tab, f"SELECT (COUNT(?x) AS ?many) WHERE {{ VALUES ?x {{ {values} }} }}")
    run(tab)
    see(tab, ".answered")
    again = open_tab()
    again.open(tab.page.url)
    see(again, ".answered")
    assert "00017" in again.page.locator(".editor textarea").input_value()


def test_columns_are_sorted_by_a_click(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.open(asked(real_app, "SELECT ?x WHERE { VALUES ?x { 10 9 100 } } #view: table\n"))
    assert cells(tab) == ["10", "9", "100"]
    tab.page.locator(".answer th a", has_text="x").click()
    see(tab, ".answer th[aria-sort=ascending]")
    assert cells(tab) == ["9", "10", "100"]


def test_a_graph_is_drawn_and_can_be_read_as_a_table(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.open(f"{real_app}/?page=ask&lang=en&question=graph_one_entity")
    tab.wait_for_graph()
    tab.page.locator(".switch a", has_text="Table").click()
    see(tab, ".answer td", "Chang'an Chain")


def test_an_answer_says_which_store_gave_it(real_app: str, open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.open(asked(real_app, "ASK { ?s ?p ?o }"))
    elsewhere = os.environ.get("KG_TEST_STORE") == "virtuoso"
    see(tab, ".answered", "data version")
    assert ("from 127.0.0.1:" in tab.page.inner_text(".answered")) == elsewhere

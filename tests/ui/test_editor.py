"""The query editor in a real browser, on a page of its own: nothing typed is lost, and everything works by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, quote, urlparse

import pytest
from browser import SAMPLE, SETTLED_MS, Tab, serve

LONG = "# 很长的查询\nASK {\n" + "".join(f'  ?s{n} ?p{n} "长安链 {n}" .\n' for n in range(420)) + "}\n"

#: Milliseconds of script that a key takes, from the key to the painted text: the worst of many.
SLOWEST_KEY = """async (signs) => {
  const field = document.activeElement.shadowRoot.querySelector("textarea");
  let worst = 0;
  for (const sign of signs) {
    const start = performance.now();
    document.execCommand("insertText", false, sign);
    field.getBoundingClientRect();
    worst = Math.max(worst, performance.now() - start);
    await new Promise(requestAnimationFrame);
  }
  return worst;
}"""

#: The sizes of both layers: the field's text, the field, the painted text.
LAYERS = """field => {
  const rows = field.parentNode.querySelector(".rows");
  const { scrollWidth, clientWidth, scrollHeight, clientHeight } = field;
  return [scrollWidth, clientWidth, rows.offsetWidth, scrollHeight, clientHeight, rows.offsetHeight];
}"""


@pytest.fixture(scope="module")
def bare_app(chromium: Any) -> Iterator[str]:
    with serve(SAMPLE, "tests/ui/editor_app.py") as address:
        yield address


class Desk:
    """The editor in a tab, with short words for what the tests do."""

    def __init__(self, tab: Tab, address: str) -> None:
        self.tab, self.page, self.address = tab, tab.page, address
        self.field = tab.page.locator("textarea#kg-query")
        self.options = tab.page.locator("#kg-items [role=option]")

    def open(self, query: str = "page=ask&lang=en") -> Desk:
        self.tab.open(f"{self.address}/?{query}")
        self.field.wait_for(timeout=SETTLED_MS)
        self.page.get_by_role("button", name="Again").wait_for(timeout=SETTLED_MS)  # Streamlit loads it later
        return self

    def text(self) -> str:
        return str(self.field.input_value())

    def write(self, text: str) -> Desk:
        """Replace the whole text, as somebody does who selects all and pastes."""
        self.field.fill(text)
        return self

    def press(self, *keys: str) -> Desk:
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def wait_for_text(self, text: str) -> None:
        self.page.wait_for_function("([field, text]) => field.value === text", arg=[self.field.element_handle(), text])

    def wait_for_runs(self, count: int) -> None:
        self.page.locator(f".runs[data-runs='{count}']").wait_for(timeout=SETTLED_MS)

    def asked(self) -> dict[str, str]:
        return {name: found[0] for name, found in parse_qs(urlparse(self.page.url).query).items()}


@pytest.fixture
def desk(bare_app: str, open_tab: Callable[..., Tab]) -> Desk:
    return Desk(open_tab(), bare_app)


def test_a_rerun_does_not_touch_what_was_typed(desk: Desk) -> None:
    desk.open().write("ASK { ?mine ?own ?words }")
    desk.page.get_by_role("button", name="Again").click()
    desk.wait_for_runs(2)
    assert desk.text() == "ASK { ?mine ?own ?words }"


def test_another_text_of_the_page_is_taken_over_and_the_draft_is_offered_on_the_way_back(desk: Desk) -> None:
    desk.open().write("ASK { ?mine ?own ?words }")
    desk.page.get_by_text("other", exact=True).click()
    desk.wait_for_text("# other\nASK {}\n")
    desk.page.go_back()
    desk.page.get_by_role("button", name="Take the draft").click()
    desk.wait_for_text("ASK { ?mine ?own ?words }")


def test_a_draft_survives_a_reload_and_can_be_left_for_the_text_of_the_page(desk: Desk) -> None:
    first = desk.open().text()
    desk.write("ASK { ?draft ?of ?mine }")
    desk.page.reload()
    desk.page.get_by_text("Your draft was restored.").wait_for(timeout=SETTLED_MS)
    assert desk.text() == "ASK { ?draft ?of ?mine }"
    desk.page.get_by_role("button", name="Take the page's text instead").click()
    desk.wait_for_text(first)


def test_the_painted_text_is_the_text_in_the_place_of_the_text(desk: Desk) -> None:
    desk.open().write("# 关于（《北京》）、，“长安链”\n\tSELECT * {\n\n?s ?p '😀𠮷' }" + " ?很长" * 90)
    assert desk.page.locator(".row").all_text_contents() == desk.text().split("\n")
    width, seen, painted, height, high, drawn = desk.field.evaluate(LAYERS)
    assert width == seen == painted
    assert height == high == drawn


def test_a_hash_within_an_iri_is_no_comment(desk: Desk) -> None:
    desk.open().write("ASK { ?s <http://a/b#c> 'x#y' } # here")
    assert desk.page.locator(".row .iri").all_text_contents() == ["<http://a/b#c>"]
    assert desk.page.locator(".row .comment").all_text_contents() == ["# here"]


def test_a_string_of_three_quotes_goes_on_over_lines(desk: Desk) -> None:
    desk.open().write('ASK { ?s ?p """one\n# two\nthree""" } # four')
    assert desk.page.locator(".row .string").all_text_contents() == ['"""one', "# two", 'three"""']
    assert desk.page.locator(".row .comment").all_text_contents() == ["# four"]


def test_a_fault_at_the_end_of_the_text_is_marked_on_the_last_line(desk: Desk) -> None:
    desk.open().write("ASK {\n")
    desk.page.locator(".gutter .faulty", has_text="2").wait_for()
    assert desk.page.locator(".row").nth(1).locator(".said").get_attribute("data-note") == "少了 }"


def test_a_name_is_completed_by_its_chinese_label_with_the_keyboard_alone(desk: Desk) -> None:
    desk.open().write("ASK { ")
    desk.page.keyboard.insert_text("长安")
    desk.options.first.wait_for()
    assert desk.field.get_attribute("aria-activedescendant") == desk.options.first.get_attribute("id")
    assert "长安链开源社区" in desk.options.nth(1).inner_text()
    desk.press("ArrowDown", "Enter")
    desk.wait_for_text("ASK { ent:changan-chain-community")
    assert desk.options.count() == 0
    desk.press("Control+z")
    desk.wait_for_text("ASK { 长安")


def test_what_an_item_needs_elsewhere_comes_with_it(desk: Desk) -> None:
    desk.open().write("ASK { ?s ")
    desk.page.keyboard.type("plan:")
    desk.options.first.wait_for()
    desk.press("Tab")
    desk.wait_for_text("PREFIX plan: <https://w3id.org/beijing-digital-economy/planned#>\nASK { ?s plan:builds")
    desk.page.keyboard.type(" ?o")
    assert desk.text().endswith("plan:builds ?o")


def test_escape_closes_the_list_then_leaves(desk: Desk) -> None:
    desk.open().write("").press("Control+Space")
    desk.options.first.wait_for()
    desk.press("Escape")
    assert desk.options.count() == 0
    assert desk.page.evaluate("document.activeElement.shadowRoot.activeElement.id") == "kg-query"
    desk.press("Escape")
    assert desk.page.evaluate("document.activeElement.tagName") == "BODY"


def test_nothing_opens_while_an_input_method_composes(desk: Desk) -> None:
    desk.open().write("")
    session = desk.page.context.new_cdp_session(desk.page)
    session.send("Input.imeSetComposition", {"text": "chang'an", "selectionStart": 8, "selectionEnd": 8})
    desk.page.wait_for_function("() => true")
    assert desk.text() == "chang'an"
    assert desk.options.count() == 0
    session.send("Input.insertText", {"text": "长安"})
    desk.options.first.wait_for()
    assert desk.text() == "长安"


def test_a_fault_is_marked_said_and_mended_by_a_click(desk: Desk) -> None:
    desk.open().write("SELEC * { }")
    desk.page.locator(".fault", has_text="SELEC").wait_for()
    assert desk.field.get_attribute("aria-invalid") == "true"
    assert "SELEC 不是关键词" in desk.page.locator("#kg-faults").inner_text()
    desk.page.locator(".spoken", has_text="不是关键词").wait_for(state="attached")
    desk.page.get_by_role("button", name="SELECT", exact=True).click()
    desk.wait_for_text("SELECT * { }")
    desk.page.locator(".fault").wait_for(state="detached")
    assert desk.field.get_attribute("aria-invalid") == "false"


def test_places_beyond_an_emoji_are_counted_as_python_does(desk: Desk) -> None:
    desk.open().write("# 😀𠮷\nSELEC * { }")
    desk.page.locator(".fault", has_text=re.compile("^SELEC$")).wait_for()
    desk.page.get_by_role("button", name="SELECT", exact=True).click()
    desk.wait_for_text("# 😀𠮷\nSELECT * { }")


def test_a_mark_moves_with_its_text(desk: Desk) -> None:
    desk.open().write("SELEC * { }")
    desk.page.locator(".fault", has_text="SELEC").wait_for()
    desk.press("Control+Home")
    desk.page.evaluate("document.activeElement.shadowRoot.querySelector('textarea').setRangeText('# 注释\\n')")
    desk.field.dispatch_event("input")
    assert desk.page.locator(".fault").all_text_contents() == ["SELEC"]


def test_comments_come_and_go(desk: Desk) -> None:
    desk.open().write("ASK {\n  ?s ?p ?o\n}").press("Control+a", "Control+/")
    desk.wait_for_text("# ASK {\n#   ?s ?p ?o\n# }")
    desk.press("Control+/")
    desk.wait_for_text("ASK {\n  ?s ?p ?o\n}")


def test_a_new_line_begins_where_the_last_one_did_and_a_bracket_goes_back(desk: Desk) -> None:
    desk.open().write("ASK {")
    desk.press("Enter")
    desk.page.keyboard.type("?s ?p ?o")
    desk.press("Enter")
    desk.page.keyboard.type("}")
    desk.wait_for_text("ASK {\n  ?s ?p ?o\n}")
    desk.press("Control+]")
    desk.wait_for_text("ASK {\n  ?s ?p ?o\n  }")
    desk.press("Control+[")
    desk.wait_for_text("ASK {\n  ?s ?p ?o\n}")


def test_tab_leads_through_the_editor_and_out_of_it(desk: Desk) -> None:
    desk.open().field.click()
    desk.press("Tab")
    assert desk.page.evaluate("document.activeElement.textContent.trim()") == "Again"
    desk.press("Shift+Tab", "Shift+Tab")
    assert desk.page.evaluate("document.activeElement.shadowRoot.activeElement.textContent") == "Keys"


def test_formatting_keeps_the_place_and_can_be_undone(desk: Desk) -> None:
    desk.open().write("ASK {\n\n     ?s ?p ?o }").press("Alt+Shift+F")
    desk.wait_for_text("ASK {\n?s ?p ?o }\n")
    desk.page.keyboard.type("!")
    assert desk.text() == "ASK {\n?s ?p ?o }!\n"
    desk.press("Control+z", "Control+z")
    desk.wait_for_text("ASK {\n\n     ?s ?p ?o }")


def test_what_cannot_be_formatted_stays_and_says_so(desk: Desk) -> None:
    desk.open().write("SELEC * {\n\n}")
    desk.page.get_by_role("button", name="Format").click()
    desk.page.get_by_text("it can be formatted once that is mended").first.wait_for()
    assert desk.text() == "SELEC * {\n\n}"


def test_running_puts_the_query_into_the_address_and_running_again_runs_again(desk: Desk) -> None:
    desk.open().write("ASK { ?s ?p '长安链 & #1 + 2%' }").press("Control+Enter")
    desk.wait_for_runs(2)
    assert desk.asked() == {"page": "ask", "query": "ASK { ?s ?p '长安链 & #1 + 2%' }", "lang": "en"}
    before = desk.page.evaluate("history.length")
    desk.press("Control+Enter")
    desk.wait_for_runs(3)
    assert desk.page.evaluate("history.length") == before
    assert desk.text() == "ASK { ?s ?p '长安链 & #1 + 2%' }"


def test_what_is_typed_after_running_stays(desk: Desk) -> None:
    desk.open().write("ASK { }").press("Control+Enter")
    desk.page.keyboard.type(" # more")
    desk.wait_for_runs(2)
    assert desk.text() == "ASK { } # more"


def test_an_unchanged_question_keeps_its_address(desk: Desk) -> None:
    desk.open("page=ask&question=firsts&view=table&lang=en").page.get_by_role("button", name="Run").click()
    desk.wait_for_runs(2)
    assert desk.asked() == {"page": "ask", "question": "firsts", "view": "table", "lang": "en"}


def test_a_long_query_survives_in_the_address_a_reload_and_another_browser(
    desk: Desk, bare_app: str, open_tab: Callable[..., Tab]
) -> None:
    desk.open().write(LONG).press("Control+Enter")
    desk.page.wait_for_url(re.compile(r"long=[0-9a-f]{16}.*#z="), timeout=SETTLED_MS)
    assert len(LONG) > 9000
    assert len(desk.page.url) < 8000
    desk.page.reload()
    desk.wait_for_text(LONG)
    desk.page.wait_for_url(re.compile("#z="))
    other = Desk(open_tab(), bare_app)
    other.page.goto(desk.page.url.split("#")[0])
    other.field.wait_for(timeout=SETTLED_MS)
    other.wait_for_text(LONG)
    other.page.wait_for_url(re.compile("#z="))


def test_a_server_that_does_not_know_a_long_query_gets_it_from_the_address(
    bare_app: str, desk: Desk, open_tab: Callable[..., Tab]
) -> None:
    desk.open().write(LONG).press("Control+Enter")
    desk.page.wait_for_url(re.compile("#z="), timeout=SETTLED_MS)
    with serve(SAMPLE, "tests/ui/editor_app.py") as fresh:
        other = Desk(open_tab(), fresh)
        other.page.goto(desk.page.url.replace(bare_app, fresh))
        other.field.wait_for(timeout=SETTLED_MS)
        other.wait_for_text(LONG)
        other.page.locator(".runs", has_text=str(len(LONG))).wait_for(timeout=SETTLED_MS)
        assert "#z=" in other.page.url


def test_a_long_link_without_its_text_says_that_it_is_lost(desk: Desk) -> None:
    desk.open("page=ask&long=0123456789abcdef&lang=en")
    desk.page.get_by_text("The server no longer has the query of this link").wait_for()


@pytest.mark.parametrize("name", ["History", "Keys"])
def test_a_panel_opens_under_its_own_button(desk: Desk, name: str) -> None:
    button = desk.open().page.get_by_role("button", name=name, exact=True)
    button.click()
    panel = desk.page.locator(".panel:visible").bounding_box()
    own = button.bounding_box()
    assert panel["x"] == pytest.approx(own["x"], abs=1)
    assert 0 <= panel["y"] - own["y"] - own["height"] < 12


def test_the_history_has_each_query_once_newest_first_and_can_be_cleared(desk: Desk) -> None:
    desk.open()
    for runs, text in enumerate(("# One\nASK { }", "# Two\nASK { }", "# One\nASK { }"), start=2):
        desk.write(text).press("Control+Enter")
        desk.wait_for_runs(runs)
    desk.write("ASK { ?unsaved ?x ?y }")
    desk.page.get_by_role("button", name="History").click()
    assert desk.page.locator(".past .name").all_text_contents() == ["One", "Two"]
    desk.press("ArrowDown", "ArrowDown", "Enter")
    desk.wait_for_text("# Two\nASK { }")
    desk.press("Control+z")
    desk.wait_for_text("ASK { ?unsaved ?x ?y }")
    desk.page.get_by_role("button", name="History").click()
    desk.page.get_by_role("button", name="Clear the history").click()
    desk.page.get_by_role("button", name="History").click()
    desk.page.get_by_text("No query was run yet.").wait_for()


def test_control_and_escape_click_the_link_that_stops(desk: Desk) -> None:
    desk.open().field.click()
    desk.press("Control+Escape")
    desk.page.wait_for_url(re.compile("stopped=1"))


def test_letters_are_letters_to_the_page_too(desk: Desk) -> None:
    desk.open().write("")
    desk.page.keyboard.type("rc")
    desk.options.or_(desk.page.locator(".foot .caret", has_text="1:3")).first.wait_for()
    assert desk.text() == "rc"
    assert desk.page.locator(".runs").get_attribute("data-runs") == "1"
    assert desk.page.locator("[role=dialog]").count() == 0


def test_a_text_that_looks_like_markup_stays_text(desk: Desk) -> None:
    nasty = "# <img src=x onerror=alert(1)>\nASK { <script>alert(1)</script> }"
    desk.open(f"page=ask&query={quote(nasty)}&lang=en")
    desk.wait_for_text(nasty)
    assert desk.page.locator(".rows img, .rows script").count() == 0


def test_a_key_in_three_hundred_lines_takes_less_than_a_frame_of_script(desk: Desk) -> None:
    lines = [f'  ?s{n} bde:phrase "原文 {n}" ; rdf:type <http://a/b#c{n}> . # 注释' for n in range(300)]
    desk.open().write("\n".join(["SELECT * {", *lines, "}"]))
    desk.press("ArrowUp", "ArrowUp")
    assert desk.page.evaluate(SLOWEST_KEY, list("?abc bde:na 长安 ")) < 50


def test_a_narrow_window_is_not_widened(bare_app: str, open_tab: Callable[..., Tab]) -> None:
    desk = Desk(open_tab(360, 780), bare_app).open("page=ask&lang=zh")
    desk.write("ASK { 长安").press("Control+Space")
    desk.options.first.wait_for()
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 360
    box = desk.page.locator("#kg-items").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360

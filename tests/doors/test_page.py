"""The page Ask withstands what must not be answered: it says why in words, and goes on."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kg.engine.base import Limits
from kg.ui import asking
from kg.ui.carried import carry
from kg.ui.looking import look
from kg.ui.words import say
from tests.conftest import ROOT
from tests.doors.attacks import BARRED, COSTLY, HARMLESS, LARGE, MEGABYTE, OWN_CODE, Attack, Outcome, each
from tests.doors.bait import SESAME, Bait
from tests.doors.kinds import PLAIN, ROOMY, Door, Verdict, Withstand

#: Those that an address has room for.
IN_ADDRESS = [attack for attack in BARRED if attack not in MEGABYTE]

_BOX = re.compile(r'<div class="outcome (\w+)" role="alert">(.*?)</div>', re.DOTALL)
_TITLES: tuple[tuple[str, Outcome], ...] = (
    ("Not SPARQL: line", "malformed"),
    (say("refused", "en"), "refused"),
    ("Stopped after", "timed out"),
    (say("too_large", "en"), "too large"),
    (say("failed", "en"), "failed"),
)


@pytest.fixture(scope="module")
def on_sample(sample_dir: Path) -> Iterator[None]:
    """The app on the sample; its engine is closed in the end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_DATA", str(sample_dir))
        yield
        st.cache_resource.clear()


class Tab:
    """A reader's page, at one address after another."""

    def __init__(self) -> None:
        self._test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)

    def shown_at(self, **parameters: str) -> str:
        """The markup at this address, without the style sheet; a traceback fails the test."""
        self._test.query_params.clear()
        for name, value in {"lang": "en", **parameters}.items():
            self._test.query_params[name] = value
        self._test.run()
        assert not self._test.exception
        bodies = [element.proto.body for element in self._test.get("html")]
        return "\n".join(body for body in bodies if not body.startswith("<style>"))


@pytest.fixture
def tab(on_sample: None) -> Tab:
    return Tab()


@pytest.fixture
def page(tab: Tab, monkeypatch: pytest.MonkeyPatch) -> Door:
    def ask(query: str, limits: Limits) -> Verdict:
        monkeypatch.setattr(asking, "LIMITS", limits)
        return verdict_of(tab.shown_at(page="ask", query=query))

    return ask


def verdict_of(shown: str) -> Verdict:
    box = _BOX.search(shown)
    if box is None or box[1] == "empty":
        assert box or 'class="answered"' in shown
        return Verdict("answered", "", shown, '<p class="verdict">Yes</p>' in shown)
    words = html.unescape(re.sub(r"<[^>]*>", "", box[2]))
    outcome = next(outcome for title, outcome in _TITLES if words.startswith(title))
    looks = {"malformed": "malformed", "refused": "refused"}.get(outcome, "stopped")
    assert box[1] == looks
    return Verdict(outcome, words, shown)


@pytest.mark.parametrize("attack", each(IN_ADDRESS))
def test_the_page_says_why_it_does_not_ask(attack: Attack, page: Door, withstand: Withstand) -> None:
    withstand(page, attack)


@pytest.mark.parametrize("attack", each(OWN_CODE))
def test_the_page_runs_no_code_of_a_store(attack: Attack, page: Door, withstand: Withstand) -> None:
    withstand(page, attack)


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "这里没有函数 <urn:f>。请"), ("en", "no function <urn:f> here. Call")]
)
def test_the_page_names_a_function_that_nobody_knows_in_either_language(lang: str, words: str, tab: Tab) -> None:
    shown = tab.shown_at(page="ask", query="SELECT (<urn:f>(1) AS ?x) {}", lang=lang)
    box = _BOX.search(shown)
    assert box and words in html.unescape(box[2])


@pytest.mark.parametrize("attack", each(COSTLY))
def test_the_page_stops_at_its_time_limit(attack: Attack, page: Door, withstand: Withstand) -> None:
    withstand(page, attack)


@pytest.mark.parametrize("attack", each(LARGE))
def test_the_page_stops_at_its_memory_limit(attack: Attack, page: Door, withstand: Withstand) -> None:
    withstand(page, attack)


@pytest.mark.parametrize("attack", each(HARMLESS))
def test_the_page_answers_what_only_looks_dangerous(attack: Attack, page: Door, withstand: Withstand) -> None:
    withstand(page, attack)


@pytest.mark.parametrize("attack", each(MEGABYTE))
def test_the_page_keeps_no_megabyte_and_asks_none(attack: Attack, tab: Tab, page: Door) -> None:
    assert carry(attack.query) == ""
    shown = tab.shown_at(page="ask", query=attack.query)
    assert 'class="answered"' not in shown and 'class="outcome' not in shown
    assert page(PLAIN, ROOMY).yes


@pytest.mark.parametrize("attack", each(IN_ADDRESS))
def test_the_editor_marks_what_is_not_allowed_as_it_is_typed(attack: Attack, bait: Bait, on_sample: None) -> None:
    text = bait.put_into(attack.query)
    found = look(text, len(text), True, "en")
    assert attack.words.lower() in "".join(mark["message"] for mark in found["marks"]).lower()
    assert all(0 <= mark["start"] <= mark["end"] <= len(text) for mark in found["marks"])
    assert SESAME not in str(found)


@pytest.mark.parametrize("more", ["notes", "files", "code"])
def test_what_else_the_page_does_with_a_query_is_not_done_with_a_refused_one(more: str, bait: Bait, tab: Tab) -> None:
    shown = tab.shown_at(page="ask", more=more, query=bait.put_into("SELECT * { SERVICE <@HTTP@> { ?s ?p ?o } }"))
    assert verdict_of(shown).outcome == "refused"


@pytest.mark.parametrize(
    "parameters",
    [
        {"page": "ask", "question": "figures_of_entity", "entity": "x> ?p ?o } SERVICE <@HTTP@> { ?s ?p <y"},
        {"page": "ask", "question": "figures_of_entity", "entity": "@HTTP@"},
        {"page": "ask", "build": "technology;x> } SERVICE <@HTTP@> { ?s ?p <y"},
        {"page": "entity", "id": "x> ?p ?o } SERVICE <@HTTP@> { ?s ?p <y"},
        {"page": "sources", "id": "@FILE@"},
        {"statement": "x> ?p ?o } SERVICE <@HTTP@> { ?s ?p <y"},
        {"entity": "x> ?p ?o } ; LOAD <@HTTP@> #", "view": "list"},
    ],
)
def test_no_address_of_another_page_breaks_out_of_its_question(
    parameters: dict[str, str], bait: Bait, tab: Tab
) -> None:
    shown = tab.shown_at(**{name: bait.put_into(value) for name, value in parameters.items()})
    assert SESAME not in shown

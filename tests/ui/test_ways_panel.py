"""The panel on how two entities are connected, run without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kg.model.text import Lang
from kg.ui.words import say

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module", autouse=True)
def on_sample() -> Iterator[None]:
    """The app on the adversarial sample; its engine is closed in the end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_DATA", str(ROOT / "tests" / "sample"))
        yield
        st.cache_resource.clear()


def _draw() -> None:
    import streamlit

    from kg.ui.frame import language
    from kg.ui.ways import ways

    start, _, end = streamlit.query_params["path"].partition("~")
    streamlit.html(ways(start, end, language()))


def panel(path: str, lang: Lang = "en", avoid: str = "") -> str:
    """The panel's markup, with references resolved."""
    test = AppTest.from_function(_draw, default_timeout=60)
    for name, value in {"path": path, "lang": lang, "avoid": avoid}.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    return "\n".join(element.proto.body for element in test.get("html"))


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [("zh", ("市科委", "牵头", "长安链")), ("en", ("Beijing STC", "leads", "Chang&#x27;an Chain"))],
)
def test_each_step_is_said_with_a_way_to_its_words(lang: Lang, sentence: tuple[str, str, str]) -> None:
    shown = panel("liu-weihua~changan-chain", lang)
    subject, verb, other = sentence
    gap = " " if lang == "en" else ""
    assert f">{subject}</span>{gap}<b>{verb}</b>{gap}<span" in shown
    assert other in shown
    assert shown.count('class="quote"') == 2
    assert shown.count("statement=") == 2


def test_a_planned_step_has_its_badge_and_is_called_the_weakest() -> None:
    shown = panel("liu-weihua~trusted-data-space")
    assert '<span class="badge b-planned">announced</span>' in shown
    assert shown.count(say("way_weakest", "en")) == 1
    assert say("way_weakest_planned", "en") in shown


def test_entities_between_can_be_left_out() -> None:
    shown = unescape(panel("liu-weihua~trusted-data-space"))
    assert "path=liu-weihua~trusted-data-space&avoid=changan-chain&" in shown
    assert "avoid=liu-weihua" not in shown
    assert "avoid=trusted-data-space" not in shown


def test_what_is_left_out_can_be_let_in_again() -> None:
    shown = unescape(panel("liu-weihua~trusted-data-space", avoid="changan-chain~isolated-technology"))
    assert say("way_none_around", "en", longest=6) in shown
    assert say("way_let_in_of", "en", name="Chang'an Chain") in shown
    assert "avoid=isolated-technology&" in shown


def test_no_way_is_said_and_what_that_means() -> None:
    shown = unescape(panel("liu-weihua~isolated-technology"))
    assert say("way_none", "en", longest=6) in shown
    assert say("way_none_means", "en") in shown


def test_an_entity_and_itself_are_not_connected() -> None:
    assert say("way_same", "en") in panel("liu-weihua~liu-weihua")


def test_hostile_names_and_ids_are_text() -> None:
    shown = panel("only-english~changan-chain", avoid="<script>alert(2)</script>")
    assert "&lt;script&gt;alert(2)&lt;/script&gt;" in shown
    assert "<script>" not in shown
    assert "<b>Wu" not in shown

"""The page that compares entities, run without a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kg.model.text import Lang
from kg.ui.words import say

ROOT = Path(__file__).resolve().parents[2]
BOTH = "changan-chain~trusted-data-space"


@pytest.fixture(scope="module", autouse=True)
def on_sample() -> Iterator[None]:
    """The app on the adversarial sample; its engine is closed in the end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_DATA", str(ROOT / "tests" / "sample"))
        yield
        st.cache_resource.clear()


def page(lang: Lang = "en", **address: str) -> str:
    """The markup of the page, without the style sheet; the script must have run to its end."""
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in {"page": "compare", "lang": lang, **address}.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    bodies = [element.proto.body for element in test.get("html")]
    return "\n".join(body for body in bodies if not body.startswith("<style>"))


def plain(shown: str) -> str:
    """The same without what is marked in the sources' words."""
    return re.sub("</?mark[^>]*>", "", shown)


def row(shown: str, head: str) -> str:
    """The row whose head begins with these words."""
    return next(one for one in shown.split("<tr>") if f">{head}<" in one)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_two_entities_stand_side_by_side(lang: Lang) -> None:
    shown = page(lang, ids=BOTH)
    assert shown.count('scope="col"') == 2
    assert ("长安链" if lang == "zh" else "Chang&#x27;an Chain") in shown
    assert "累计共享数据超2.4万亿条" in plain(shown)


def test_each_row_says_in_words_whether_it_differs() -> None:
    shown = page(ids=BOTH)
    assert say("compare_same", "en") in row(shown, "Type")
    assert say("compare_differs", "en") in row(shown, "Description")
    assert say("compare_partly", "en", count=1, all=2) in row(shown, "Records shared")


def test_only_differences_leaves_out_what_is_the_same() -> None:
    every, differing = page(ids=BOTH), page(ids=BOTH, differ="1")
    assert say("compare_same", "en") in every
    assert say("compare_same", "en") not in differing
    assert say("compare_differs", "en") in differing


def test_the_switch_leads_to_differences_and_back() -> None:
    assert f"ids={BOTH}&differ=1&" in unescape(page(ids=BOTH))
    assert f"ids={BOTH}&lang=en" in unescape(page(ids=BOTH, differ="1"))


def test_an_entity_named_twice_is_compared_once() -> None:
    assert page(ids=f"{BOTH}~changan-chain").count('scope="col"') == 2


def test_a_statement_that_stands_in_two_columns_gives_no_id_twice() -> None:
    shown = page(ids=BOTH)
    assert plain(shown).count("将打造基于长安链的可信数据空间") == 2
    ids = [part.split('"')[0] for part in shown.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_each_entity_can_be_left_out() -> None:
    shown = unescape(page(ids=f"{BOTH}~science-commission", differ="1"))
    for left in ("changan-chain~trusted-data-space", "changan-chain~science-commission"):
        assert f"ids={left}&differ=1&" in shown


def test_what_is_shared_is_marked() -> None:
    shown = page(ids="science-commission~trusted-data-space")
    assert say("compare_shared_head", "en") in shown
    assert f'<span class="mark">{say("compare_shared", "en")}</span>' in shown


@pytest.mark.parametrize(("ids", "words"), [("", "compare_none"), ("isolated-technology", "compare_one")])
def test_fewer_than_two_get_a_sentence_and_proposals(ids: str, words: str) -> None:
    shown = unescape(page(ids=ids))
    assert say(words, "en", name="Isolated technology") in shown
    assert "ids=" in shown
    assert "<table>" not in shown


def test_an_unknown_id_gets_suggestions_that_complete_the_comparison() -> None:
    shown = unescape(page(ids="changan-chian~trusted-data-space"))
    assert say("no_entity", "en", id="changan-chian") in shown
    assert "ids=changan-chain~trusted-data-space" in shown


def test_of_more_than_four_the_first_four_are_compared() -> None:
    shown = page(ids=f"{BOTH}~science-commission~liu-weihua~isolated-technology")
    assert shown.count('scope="col"') == 4
    assert say("compare_too_many", "en", most=4) in shown


def test_hostile_names_are_text() -> None:
    shown = page(ids="only-english~trusted-data-space")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<script>" not in shown
    assert "<b>Wu" not in shown


def test_hostile_ids_are_text() -> None:
    shown = page(ids='"><script>alert(1)</script>~changan-chain')
    assert "<script>" not in shown

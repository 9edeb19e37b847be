"""Every page, run without a browser: what it says, in both languages, and what it says when something is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kg.engine.base import Limits
from kg.model.text import Lang
from kg.query.card import source_card
from kg.query.overview import overview
from kg.ui import asking
from kg.ui.markup import evidence
from kg.ui.state import app
from kg.ui.words import WORDS, say

ROOT = Path(__file__).resolve().parents[2]
LANGS: tuple[Lang, ...] = ("zh", "en")
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def on_sample() -> Iterator[None]:
    """The app on the adversarial sample; its engine is closed in the end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_DATA", str(ROOT / "tests" / "sample"))
        yield
        st.cache_resource.clear()


def run(**address: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in address.items():
        test.query_params[name] = value
    return test.run()


def text_of(test: AppTest) -> str:
    """All the HTML of the page, without the style sheet."""
    bodies = [element.proto.body for element in test.get("html")]
    return "\n".join(body for body in bodies if not body.startswith("<style>"))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "start_here"),
        ("entity", "choose_entity"),
        ("ask", "not_run"),
        ("sources", "sources"),
        ("download", "download"),
    ],
)
def test_each_page_opens_in_both_languages(on_sample: None, name: str, words: str, lang: Lang) -> None:
    test = run(page=name, lang=lang)
    assert not test.exception
    assert say(words, lang) in text_of(test)


@pytest.mark.parametrize("lang", LANGS)
def test_an_entity_has_everything_with_the_words_behind_it(on_sample: None, lang: Lang) -> None:
    shown = text_of(run(page="entity", id="changan-chain", lang=lang))
    for words in (
        "长安链",
        "Chang'an Chain".replace("'", "&#x27;"),
        "累计共享数据超2.4万亿条",
        "将打造基于长安链的可信数据空间",
        "ChainMaker",
    ):
        assert words in shown
    assert ("2.4</b>" in shown) and ("50</b>" in shown)
    assert "https://example.org/sample" in shown


def test_the_panel_shows_what_was_picked(on_sample: None) -> None:
    shown = text_of(run(entity="changan-chain", lang="en"))
    assert say("full_page", "en").replace("'", "&#x27;") in shown
    assert "led by" in shown


def test_the_panel_shows_the_words_behind_a_relation(on_sample: None) -> None:
    digits = next(line.statements[0] for line in overview(app().engine).relations if line.relation == "builds-on")
    shown = text_of(run(statement=digits, lang="zh"))
    assert "将打造基于长安链的可信数据空间" in shown
    assert "刘卫华" in shown
    assert say("not_official", "zh") in shown


@pytest.mark.parametrize(("lang", "words"), [("zh", "主语省略。"), ("en", "The subject is left out.")])
def test_a_note_stands_with_the_evidence_in_the_language_of_the_reader(on_sample: None, lang: Lang, words: str) -> None:
    one = next(iter(source_card(app().engine, "2025-01-05-sample").statements))
    shown = evidence(one.row.evidence, "主语省略。 The subject is left out.", lang)
    assert say("note", lang).replace("'", "&#x27;") in shown
    assert words in shown
    assert ("The subject" in shown) == (lang == "en")


def test_the_list_has_every_entity(on_sample: None) -> None:
    shown = text_of(run(view="list", lang="en"))
    assert shown.count("<tr>") == 7


@pytest.mark.parametrize(
    "address", [{"page": "entity", "id": "only-english"}, {"view": "list"}, {"entity": "only-english"}]
)
def test_a_hostile_name_is_text(on_sample: None, address: dict[str, str]) -> None:
    shown = text_of(run(lang="zh", **address))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert HOSTILE not in shown
    assert "<b>Wu" not in shown


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ({"page": "entity", "id": "changan-chian"}, "no_entity"),
        ({"page": "sources", "id": "2025-01-06-sample"}, "no_source"),
        ({"entity": "changan-chian"}, "no_entity"),
        ({"statement": "0123456789abcdef"}, "no_statement"),
        ({"page": "entity", "id": "<script>"}, "no_entity"),
    ],
)
def test_an_unknown_id_gets_a_message_not_a_traceback(on_sample: None, address: dict[str, str], message: str) -> None:
    test = run(lang="en", **address)
    wanted = address.get("id") or address.get("entity") or address.get("statement") or ""
    assert not test.exception
    assert say(message, "en", id=wanted).replace("<", "&lt;").replace(">", "&gt;") in text_of(test)


def test_a_misspelt_id_gets_suggestions(on_sample: None) -> None:
    assert "id=changan-chain" in text_of(run(page="entity", id="changan-chian", lang="en"))


def test_search_suggests_with_the_reason(on_sample: None) -> None:
    test = run(lang="zh")
    test.text_input(key="search").set_value("chainmaker").run()
    shown = text_of(test)
    assert say("hit_alias", "zh", name="ChainMaker") in shown
    assert "entity=changan-chain" in shown


def test_search_says_so_when_there_is_nothing(on_sample: None) -> None:
    test = run(lang="en")
    test.text_input(key="search").set_value("<b>qqqqzzzz</b>").run()
    assert "&lt;b&gt;qqqqzzzz" in text_of(test)


OUTCOMES = [
    (
        "SELECT ?s WHERE { ?s a <https://w3id.org/beijing-digital-economy/ontology#Agency> }",
        "answered",
        "Beijing Municipal",
    ),
    ("SELECT ?s WHERE { ?s a <https://example.org/Nothing> }", "outcome empty", "Nothing matches"),
    ("SELECT ?s WHERE {\n  ?s ?p }", "outcome malformed", "line 2"),
    ("DELETE WHERE { ?s ?p ?o }", "outcome refused", "Not allowed here"),
    ("SELECT * WHERE { SERVICE <https://example.org/> { ?s ?p ?o } }", "outcome refused", "Not allowed here"),
    (
        "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
        "outcome stopped",
        "Stopped",
    ),
]


@pytest.mark.parametrize(
    ("query", "look", "words"), OUTCOMES, ids=["answered", "empty", "malformed", "update", "service", "slow"]
)
def test_each_outcome_has_a_look_of_its_own(
    on_sample: None, query: str, look: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "LIMITS", Limits(seconds=1.0, rows=1000, megabytes=256))
    test = run(page="ask", lang="en", query=query)
    assert not test.exception
    shown = text_of(test)
    assert look in shown
    assert words in shown


@pytest.mark.parametrize("lang", LANGS)
def test_a_column_that_nothing_fills_is_told_with_what_was_meant(on_sample: None, lang: Lang) -> None:
    shown = text_of(run(page="ask", lang=lang, query="SELECT ?s，?o { ?s ?p ?o } LIMIT 2"))
    assert say("hollow_column", lang, name="?s，") in shown
    assert say("hollow_cure", lang, name="?s") in shown


def test_an_ask_answers_yes_or_no(on_sample: None) -> None:
    assert ">No<" in text_of(run(page="ask", lang="en", query="ASK { ?s ?p 'nobody says this' }"))


def test_a_graph_is_shown_as_triples(on_sample: None) -> None:
    query = "#view: table\nCONSTRUCT WHERE { ?s <https://w3id.org/beijing-digital-economy/ontology#leads> ?o }"
    shown = text_of(run(page="ask", lang="en", query=query))
    assert say("answered_graph", "en", rows=2, seconds="")[:9] in shown
    assert "predicate" in shown


def test_a_file_is_made_when_asked_for(on_sample: None) -> None:
    test = run(page="download", lang="en")
    assert not test.get("download_button")
    test.button(key="make-turtle").click().run()
    assert not test.exception
    assert len(test.get("download_button")) == 1


def test_faulty_data_is_listed_with_its_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_DATA", str(tmp_path / "nowhere"))
    test = run(lang="en")
    assert not test.exception
    assert "there is no such folder" in text_of(test)
    assert say("cure", "en") in text_of(test)


@pytest.mark.parametrize("key", WORDS)
def test_each_word_of_the_screen_is_there_in_both_languages(key: str) -> None:
    zh, en = WORDS[key]
    assert zh.strip() == zh and en.strip() == en and zh and en
    assert {part.split("}")[0] for part in zh.split("{")[1:]} == {part.split("}")[0] for part in en.split("{")[1:]}

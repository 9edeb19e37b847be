"""The page that works without a server and without a network."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from kg.engine.base import Engine
from kg.model.knowledge import Knowledge
from kg.model.text import Text
from kg.query.overview import overview
from kg.view.network import Network, network_of
from kg.view.picture import arrange
from kg.view.script import vis_js
from kg.view.standalone import standalone_content
from kg.view.standalone_page import standalone_page
from kg.view.terms import Terms

TITLE = Text(zh="图谱", en="Title </title><b>")


def network(engine: Engine, knowledge: Knowledge) -> Network[str]:
    return network_of(overview(engine), Terms(knowledge.vocabulary))


def content_of(engine: Engine, knowledge: Knowledge) -> dict[str, Any]:
    shown = network(engine, knowledge)
    return standalone_content(engine, knowledge, shown, arrange(shown, knowledge.vocabulary))


@pytest.fixture(scope="module")
def content(sample: Knowledge, sample_engine: Engine) -> dict[str, Any]:
    return content_of(sample_engine, sample)


@pytest.fixture(scope="module")
def html(content: Mapping[str, Any]) -> str:
    return standalone_page(content, TITLE, "en")


def embedded(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="content">(.*?)</script>', html, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_it_fetches_nothing(html: str) -> None:
    ours = html.replace(vis_js(), "")
    assert not re.findall(r"""<[^>]*\s(?:src|href)\s*=""", ours)
    assert "default-src 'none'" in ours


def test_it_says_its_language_and_title(html: str) -> None:
    assert html.startswith('<!doctype html>\n<html lang="en">')
    assert "<title>Title &lt;/title&gt;&lt;b&gt;</title>" in html


def test_no_name_can_end_the_script(html: str) -> None:
    assert "<script>alert(1)" not in html
    names = [one["name"] for one in embedded(html)["languages"]["en"]["chips"].values()]
    assert any("<script>alert(1)</script>" in str(name) for name in names)


def test_it_is_the_same_each_time(content: Mapping[str, Any], html: str) -> None:
    assert standalone_page(content, TITLE, "en") == html


def test_both_languages_have_everyone_in_the_same_place(content: Mapping[str, Any], sample: Knowledge) -> None:
    zh, en = (content["languages"][lang] for lang in ("zh", "en"))
    assert set(zh["cards"]) == set(en["cards"]) == set(sample.entities)
    assert [(one["id"], one["x"], one["y"]) for one in zh["picture"]["nodes"]] == [
        (one["id"], one["x"], one["y"]) for one in en["picture"]["nodes"]
    ]


def test_every_statement_has_its_words_and_its_source(content: Mapping[str, Any]) -> None:
    for language in content["languages"].values():
        for card in language["cards"].values():
            lines = [line for group in card.get("groups", []) for line in group["lines"]]
            for one in (*lines, *card.get("figures", [])):
                assert one["proof"]["phrase"]
                assert language["sources"][one["proof"]["source"]]["url"]


def test_a_card_leads_only_to_those_that_have_a_name(content: Mapping[str, Any]) -> None:
    for language in content["languages"].values():
        others = {
            line["to"]
            for card in language["cards"].values()
            for group in card.get("groups", [])
            for line in group["lines"]
        }
        assert others <= set(language["chips"])


def test_every_name_is_a_search_key(content: Mapping[str, Any]) -> None:
    assert ["changanlian", "changan-chain"] in content["keys"]
    assert ["长安链", "changan-chain"] in content["keys"]


def test_a_part_of_the_graph_is_a_page_too(sample: Knowledge, sample_engine: Engine) -> None:
    part = network(sample_engine, sample).subgraph(["changan-chain"])
    found = standalone_content(sample_engine, sample, part, arrange(part, sample.vocabulary))
    assert set(found["languages"]["zh"]["cards"]) == {"changan-chain"}
    assert {key for _, key in found["keys"]} == {"changan-chain"}


def test_only_a_web_address_is_linked(content: Mapping[str, Any]) -> None:
    with pytest.raises(ValueError, match="no web address"):
        standalone_page(content, TITLE, "en", link="javascript:alert(1)")


def test_the_whole_real_graph_is_under_a_megabyte_and_a_half(engine: Engine, knowledge: Knowledge) -> None:
    assert len(standalone_page(content_of(engine, knowledge), TITLE, "zh").encode()) < 1_500_000

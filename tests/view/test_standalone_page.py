"""The page that works without a server and without a network."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.engine.base import Engine
from kg.graph.names import statement_hex
from kg.model.knowledge import Knowledge
from kg.model.text import LANGS, Text
from kg.query.overview import overview
from kg.view.network import Network, network_of
from kg.view.notes import say_note
from kg.view.picture import arrange
from kg.view.standalone import PAIR, paired, standalone_content
from kg.view.standalone_page import standalone_page
from kg.view.terms import Terms

VIS = re.compile(r"<script>/\*\*.*?</script>", re.DOTALL)

TITLE = Text(zh="图谱", en="Title </title><b>")


def network(engine: Engine, knowledge: Knowledge) -> Network[str]:
    return network_of(overview(engine), Terms(knowledge.vocabulary))


def content_of(engine: Engine, knowledge: Knowledge) -> dict[str, Any]:
    shown = network(engine, knowledge)
    return standalone_content(engine, knowledge, shown, arrange(shown, knowledge.vocabulary))


@pytest.fixture(scope="module")
def content(sample: Knowledge, sample_engine: Engine) -> dict[str, Any]:
    return content_of(sample_engine, sample)


def in_one(value: Any, place: int) -> Any:
    """One language of what is told in both, as the page reads it."""
    if isinstance(value, list | tuple):
        return [in_one(one, place) for one in value]
    if not isinstance(value, Mapping):
        return value
    if PAIR in value:
        return value[PAIR][place]
    parts = {key: in_one(part, place) for key, part in value.items()}
    return {key: part for key, part in parts.items() if part is not None}


def plain(told: Any) -> str:
    """Words without the language that they may be told with."""
    return str(told[0] if isinstance(told, list) else told)


@pytest.fixture(scope="module")
def languages(content: Mapping[str, Any]) -> dict[str, Any]:
    return {lang: in_one(content["both"], place) for place, lang in enumerate(("zh", "en"))}


@pytest.fixture(scope="module")
def html(content: Mapping[str, Any]) -> str:
    return standalone_page(content, TITLE, "en")


def embedded(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="content">(.*?)</script>', html, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_it_fetches_nothing(html: str) -> None:
    ours, found = VIS.subn("", html)
    assert found == 1
    assert not re.findall(r"""<[^>]*\s(?:src|href)\s*=""", ours)
    assert "default-src 'none'" in ours


def test_it_says_its_language_and_title(html: str) -> None:
    assert html.startswith('<!doctype html>\n<html lang="en">')
    assert "<title>Title &lt;/title&gt;&lt;b&gt;</title>" in html


def test_no_name_can_end_the_script(html: str) -> None:
    assert "<script>alert(1)" not in html
    names = [one["name"] for one in in_one(embedded(html)["both"], 1)["chips"].values()]
    assert any("<script>alert(1)</script>" in str(name) for name in names)


def test_it_is_the_same_each_time(content: Mapping[str, Any], html: str) -> None:
    assert standalone_page(content, TITLE, "en") == html


SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=3)
KEYS = st.text("abc", min_size=1, max_size=2)
VALUES = st.recursive(
    SCALARS, lambda inside: st.lists(inside, max_size=3) | st.dictionaries(KEYS, inside, max_size=3), max_leaves=8
)


def without_nothing(value: Any) -> Any:
    """What the page makes of a value: a key with nothing in it is not there."""
    return in_one(value, 0)


@given(st.dictionaries(KEYS, VALUES), st.dictionaries(KEYS, VALUES))
def test_each_language_is_read_back_as_it_was_told(zh: Any, en: Any) -> None:
    told = json.loads(json.dumps(paired(zh, en)))
    assert without_nothing(in_one(told, 0)) == without_nothing(zh)
    assert without_nothing(in_one(told, 1)) == without_nothing(en)


def test_both_languages_have_everyone_in_the_same_place(languages: Mapping[str, Any], sample: Knowledge) -> None:
    zh, en = languages["zh"], languages["en"]
    assert set(zh["cards"]) == set(en["cards"]) == set(sample.entities)
    assert [(one["id"], one["x"], one["y"]) for one in zh["picture"]["nodes"]] == [
        (one["id"], one["x"], one["y"]) for one in en["picture"]["nodes"]
    ]


def test_what_is_the_same_in_both_languages_is_told_once(content: Mapping[str, Any]) -> None:
    for one in content["both"]["statements"].values():
        assert isinstance(one["proof"]["phrase"], str)
        assert isinstance(one["proof"]["source"], str)
    for node in content["both"]["picture"]["nodes"]:
        assert not any(isinstance(node[key], Mapping) for key in ("id", "x", "y", "size", "kind"))


def test_every_statement_of_a_card_has_its_words_and_its_source(languages: Mapping[str, Any]) -> None:
    for language in languages.values():
        for card in language["cards"].values():
            lines = [digits for group in card.get("groups", []) for digits, _ in group["lines"]]
            for digits in (*lines, *card.get("figures", []), *filter(None, [card.get("status")])):
                one = language["statements"][digits]["proof"]
                assert one["phrase"]
                assert language["sources"][one["source"]]["url"]


def test_a_curators_note_stands_with_its_statement_in_the_readers_language(
    engine: Engine, knowledge: Knowledge
) -> None:
    both = content_of(engine, knowledge)["both"]
    noted = {
        statement_hex(source, one): one.note
        for source in knowledge.sources.values()
        for one in source.statements
        if one.note
    }
    for place, lang in enumerate(LANGS):
        told = {one: row["note"] for one, row in in_one(both["statements"], place).items() if "note" in row}
        assert told
        assert {one: plain(note) for one, note in told.items()} == {
            one: say_note(noted[one], lang).words for one in told
        }


def test_former_names_are_told(languages: Mapping[str, Any], sample: Knowledge) -> None:
    former = {one.id for one in sample.entities.values() if list(one.former.items())}
    assert former
    for language in languages.values():
        assert {one for one, card in language["cards"].items() if card.get("former")} == former


def test_a_card_leads_only_to_those_that_have_a_name(languages: Mapping[str, Any]) -> None:
    for language in languages.values():
        others = {
            other
            for card in language["cards"].values()
            for group in card.get("groups", [])
            for _, other in group["lines"]
        }
        assert others <= set(language["chips"])


def test_every_name_is_a_search_key(content: Mapping[str, Any]) -> None:
    assert ["changanlian", "changan-chain"] in content["keys"]
    assert ["长安链", "changan-chain"] in content["keys"]


def test_a_part_of_the_graph_is_a_page_too(sample: Knowledge, sample_engine: Engine) -> None:
    part = network(sample_engine, sample).subgraph(["changan-chain"])
    found = standalone_content(sample_engine, sample, part, arrange(part, sample.vocabulary))
    assert set(found["both"]["cards"]) == {"changan-chain"}
    assert {key for _, key in found["keys"]} == {"changan-chain"}


def test_only_a_web_address_is_linked(content: Mapping[str, Any]) -> None:
    with pytest.raises(ValueError, match="no web address"):
        standalone_page(content, TITLE, "en", link="javascript:alert(1)")


def test_the_page_asks_for_no_source_map(html: str) -> None:
    assert "sourceMappingURL" not in html


def test_the_whole_real_graph_is_under_a_megabyte_and_a_quarter(engine: Engine, knowledge: Knowledge) -> None:
    assert len(standalone_page(content_of(engine, knowledge), TITLE, "zh").encode()) < 1_250_000

"""The picture as pyvis makes it, and the page that works without a network."""

from __future__ import annotations

import json
import re

import pytest

from kg.engine.base import Engine
from kg.model.knowledge import Knowledge
from kg.query.overview import overview
from kg.view.network import Network, network_of
from kg.view.page import page
from kg.view.picture import Picture, arrange, draw, vis_js
from kg.view.terms import Terms

HOSTILE = 'Ada "</script><script>alert(1)</script>" <b>Wu</b>'


@pytest.fixture(scope="module")
def network(sample: Knowledge, sample_engine: Engine) -> Network[str]:
    return network_of(overview(sample_engine), Terms(sample.vocabulary))


@pytest.fixture(scope="module")
def picture(sample: Knowledge, network: Network[str]) -> Picture:
    return draw(network, arrange(network, sample.vocabulary), sample.vocabulary, "zh")


@pytest.fixture(scope="module")
def html(sample: Knowledge, network: Network[str]) -> str:
    drawn = draw(network, arrange(network, sample.vocabulary), sample.vocabulary, "en", images="light")
    return page(drawn, "Title </title><b>", "en")


def test_every_entity_and_relation_is_drawn(picture: Picture, sample: Knowledge) -> None:
    assert {node["id"] for node in picture.nodes} == set(sample.entities)
    assert len(picture.edges) == 4


def test_a_planned_relation_is_dashed_and_no_other(picture: Picture) -> None:
    dashed = [(edge["from"], edge["to"]) for edge in picture.edges if edge["dashes"]]
    assert dashed == [("trusted-data-space", "changan-chain")]


def test_positions_are_ours_and_physics_is_off(picture: Picture) -> None:
    assert all({"x", "y"} <= set(node) for node in picture.nodes)
    assert picture.options["physics"] == {"enabled": False}


def test_the_same_places_in_both_languages(sample: Knowledge, network: Network[str]) -> None:
    layout = arrange(network, sample.vocabulary)
    zh, en = (draw(network, layout, sample.vocabulary, lang).nodes for lang in ("zh", "en"))
    assert [(one["id"], one["x"], one["y"]) for one in zh] == [(one["id"], one["x"], one["y"]) for one in en]


def test_the_data_is_plain_json(picture: Picture, sample: Knowledge) -> None:
    data = picture.data(sample.vocabulary)
    assert json.loads(json.dumps(data))["nodes"][0]["id"] == "changan-chain"


def test_all_lies_within_the_bounds(picture: Picture) -> None:
    left, top, right, bottom = picture.bounds
    assert all(left < node["x"] < right and top < node["y"] < bottom for node in picture.nodes)


def test_a_name_may_stand_in_several_forms_that_say_the_same(picture: Picture) -> None:
    for node in picture.nodes:
        usual, *others = ["".join(form).replace(" ", "") for form in node["forms"]]
        assert usual.endswith("…") or set(others) <= {usual}


def test_a_line_says_its_name_to_the_mouse(picture: Picture) -> None:
    assert all(edge["title"] == edge["name"] for edge in picture.edges)


def test_the_page_fetches_nothing(html: str) -> None:
    assert not re.findall(r"""(?:src|href)\s*=\s*["']?\s*(?:https?:)?//""", html.replace(vis_js(), ""))
    assert "cdn." not in html.replace(vis_js(), "")


def test_the_page_says_its_language_and_encoding(html: str) -> None:
    assert html.startswith('<!doctype html>\n<html lang="en">')
    assert html.count("<html") == html.replace(vis_js(), "").count("</html>") == 1
    assert '<meta charset="utf-8">' in html
    assert "<title>Title &lt;/title&gt;&lt;b&gt;</title>" in html
    assert "<h1>" not in html.replace(vis_js(), "")


def test_no_name_can_end_the_script(html: str) -> None:
    assert "alert(1)" in html
    assert "<script>alert(1)" not in html
    assert "\\u003c/script\\u003e" in html


def test_the_page_has_no_title_that_pyvis_would_take_for_html(html: str) -> None:
    assert "innerHTML = nodeData" not in html


def test_the_page_is_the_same_each_time(html: str, sample: Knowledge, network: Network[str]) -> None:
    again = draw(network, arrange(network, sample.vocabulary), sample.vocabulary, "en", images="light")
    assert page(again, "Title </title><b>", "en") == html

"""The picture as pyvis makes it."""

from __future__ import annotations

import json

import pytest

from kg.engine.base import Engine
from kg.model.knowledge import Knowledge
from kg.query.overview import overview
from kg.view.network import Network, network_of
from kg.view.picture import Picture, arrange, draw
from kg.view.terms import Terms


@pytest.fixture(scope="module")
def network(sample: Knowledge, sample_engine: Engine) -> Network[str]:
    return network_of(overview(sample_engine), Terms(sample.vocabulary))


@pytest.fixture(scope="module")
def picture(sample: Knowledge, network: Network[str]) -> Picture:
    return draw(network, arrange(network, sample.vocabulary), sample.vocabulary, "zh")


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

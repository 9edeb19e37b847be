"""Names in a picture that nobody can zoom: each in a place of its own, in any language, at any scale."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.engine.base import Engine
from kg.model.knowledge import Knowledge
from kg.model.text import LANGS, Lang, Text
from kg.model.vocabulary import Vocabulary
from kg.query.overview import overview
from kg.query.rows import EntityRef
from kg.view.layout import Layout
from kg.view.network import Dot, Line, Network, make_network, network_of
from kg.view.picture import arrange, draw
from kg.view.placing import Box, Name, Placing, View, place
from kg.view.svg_focus import focus_on
from kg.view.svg_text import text_width
from kg.view.terms import Terms

WORDS = st.text("ab W-.,数据链（）“”é🚀مر", min_size=1, max_size=40).map(str.strip).filter(bool)


@pytest.fixture(scope="module")
def network(knowledge: Knowledge, engine: Engine) -> Network[str]:
    return network_of(overview(engine), Terms(knowledge.vocabulary))


@pytest.fixture(scope="module")
def layout(knowledge: Knowledge, network: Network[str]) -> Layout:
    return arrange(network, knowledge.vocabulary)


@pytest.fixture(scope="module", params=LANGS)
def data(request: pytest.FixtureRequest, knowledge: Knowledge, network: Network[str], layout: Layout) -> dict[str, Any]:
    lang: Lang = request.param
    return draw(network, layout, knowledge.vocabulary, lang).data(knowledge.vocabulary)


def view_of(data: Mapping[str, Any], scale: float) -> View:
    left, top, right, bottom = data["bounds"]
    frame = Box(0, 40, (right - left) * scale + 40, (bottom - top) * scale + 40)
    return View(scale, 20 - left * scale, 60 - top * scale, frame)


def overlaps(placing: Placing, view: View) -> list[tuple[str, str]]:
    """What shares ground with something else, or is cut off; nothing of it is looked up as the placing does it."""
    shapes = [("shape " + one, stand.box(0.9)) for one, stand in placing.stands.items()]
    names = [(name.id, name.box) for name in (*placing.names, *placing.titles, *placing.plates)]
    found = [(a, b) for (a, one), (b, other) in itertools.combinations(names, 2) if one.meets(other)]
    found += [(a, b) for a, one in names for b, other in shapes if one.meets(other)]
    frame = view.frame
    for name, box in names:
        if box.x < 0 or box.y < frame.y or box.x + box.w > frame.w or box.y + box.h > frame.y + frame.h:
            found.append((name, "the edge"))
    return found


@pytest.mark.parametrize("scale", [0.5, 0.8, 1.05, 1.4])
def test_no_name_of_the_real_picture_overlaps_anything(data: dict[str, Any], scale: float) -> None:
    view = view_of(data, scale)
    assert not overlaps(place(data, view), view)


def test_at_full_size_every_entity_and_every_theme_of_the_real_picture_is_named(data: dict[str, Any]) -> None:
    placing = place(data, view_of(data, 1.05))
    assert placing.missing == []
    assert {title.id for title in placing.titles} == {group["theme"] for group in data["groups"]} - {""}


def test_a_focus_has_its_name_those_of_its_neighbours_and_of_its_relations(data: dict[str, Any]) -> None:
    focus = focus_on(data, {"kind": "entity", "id": "changan-chain"})
    view = view_of(data, 1.05)
    placing = place(data, view, focus)
    assert focus is not None and len(focus.lit) > 1
    assert not overlaps(placing, view)
    assert {plate.id for plate in placing.plates} == focus.lit
    assert focus.near <= {name.id for name in placing.names}


def test_what_finds_no_room_is_told(data: dict[str, Any]) -> None:
    placing = place(data, view_of(data, 0.5))
    assert placing.missing
    assert {name.id for name in placing.names} | set(placing.missing) == {node["id"] for node in data["nodes"]}


def test_a_name_far_from_its_shape_is_led_to_it_past_all_others(data: dict[str, Any]) -> None:
    placing = place(data, view_of(data, 0.5))
    led = [name for name in placing.names if name.lead]
    assert led
    for name in led:
        assert not crossed(name, placing)


def crossed(name: Name, placing: Placing) -> list[str]:
    assert name.lead
    (x, y), (to_x, to_y) = name.lead
    spots = [Box(x + (to_x - x) * part / 50, y + (to_y - y) * part / 50, 0, 0) for part in range(1, 50)]
    others = [(one.id, one.box) for one in (*placing.names, *placing.titles) if one is not name]
    others += [(one, stand.box(0.6)) for one, stand in placing.stands.items() if one != name.id]
    inner = [(one, Box(box.x + 2, box.y + 2, box.w - 4, box.h - 4)) for one, box in others]
    return [one for one, box in inner if any(box.meets(spot) for spot in spots)]


def test_names_near_their_shapes_need_no_line(data: dict[str, Any]) -> None:
    placing = place(data, view_of(data, 1.4))
    for name in placing.names:
        stand, box = placing.stands[name.id], name.box
        away = math.hypot(
            max(box.x - stand.spot[0], 0, stand.spot[0] - box.x - box.w),
            max(box.y - stand.spot[1], 0, stand.spot[1] - box.y - box.h),
        )
        assert (name.lead is None) == (away < stand.r + 9)


@st.composite
def networks(build: st.DrawFn, vocabulary: Vocabulary) -> Network[str]:
    names = build(st.lists(WORDS, min_size=1, max_size=24))
    choose = st.sampled_from
    dots = [
        Dot(
            EntityRef(f"one-{number}", build(choose(vocabulary.types)).id, Text(zh=name)),
            build(choose([(), (vocabulary.themes[0].id,), (vocabulary.themes[1].id,)])),
            build(choose(["achieved", "under-way", "planned"])),
            build(st.booleans()),
        )
        for number, name in enumerate(names)
    ]
    ends = build(st.lists(st.tuples(choose(dots), choose(dots)), max_size=30))
    return make_network(
        dots,
        (Line(f"s-{n}", a.ref.id, b.ref.id, Text(zh=build(WORDS)), n % 2 == 0) for n, (a, b) in enumerate(ends)),
    )


@settings(max_examples=60, deadline=None)
@given(chance=st.data(), scale=st.floats(0.5, 1.4))
def test_no_name_of_any_picture_overlaps_anything(chance: st.DataObject, scale: float, knowledge: Knowledge) -> None:
    vocabulary = knowledge.vocabulary
    network = chance.draw(networks(vocabulary))
    data = draw(network, arrange(network, vocabulary), vocabulary, "zh").data(vocabulary)
    view = view_of(data, scale)
    wanted = chance.draw(st.sampled_from([None, {"kind": "entity", "id": "one-0"}, {"kind": "statement", "id": "s-0"}]))
    placing = place(data, view, focus_on(data, wanted))
    assert not overlaps(placing, view)
    assert place(data, view, focus_on(data, wanted)) == placing


def test_nobody_is_in_focus_who_is_not_in_the_picture(data: dict[str, Any]) -> None:
    assert focus_on(data, {"kind": "entity", "id": "nobody"}) is None
    assert focus_on(data, {"kind": "nothing", "id": ""}) is None


def test_a_way_has_all_its_steps_in_focus(data: dict[str, Any]) -> None:
    one, other = data["edges"][:2]
    focus = focus_on(data, {"kind": "way", "id": [one["id"], other["id"]]})
    assert focus is not None
    assert focus.near == {one["from"], one["to"], other["from"], other["to"]}


@pytest.mark.parametrize(
    ("words", "width"),
    [("数据", 20), ("\u202e\u200d", 0), ("e\u0301", 5.54), ("é", 5.54), ("🚀", 14), ("م", 10), ("", 0)],
)
def test_the_width_of_words(words: str, width: float) -> None:
    assert text_width(words, 10) == pytest.approx(width)

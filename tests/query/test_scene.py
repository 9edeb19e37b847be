"""A scene in an address: what a link says is what is shown, and nothing else can be said by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.dates import PartialDate
from kg.query.scene import PARAMETERS, Filters, Scene, Step, read_scene, write_scene

_IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,12}", fullmatch=True)
_MANY = st.lists(_IDS, min_size=1, max_size=4).map(tuple)
_NUMBER = st.integers(-99999, 99999).map(str)
_STEPS = st.one_of(
    st.builds(Step, st.sampled_from(["add", "hide", "keep", "free"]), _MANY.map(lambda ids: ids[:1])),
    st.builds(Step, st.sampled_from(["add", "hide", "keep"]), _MANY),
    st.builds(
        lambda *args: Step("grow", args),
        _IDS,
        _IDS,
        st.sampled_from(["in", "out", "in-planned", "out-planned", "both"]),
        st.integers(1, 999).map(str),
    ),
    st.builds(lambda *args: Step("pin", args), _IDS, _NUMBER, _NUMBER),
    st.just(Step("tidy")),
)
_FILTERS = st.builds(
    Filters,
    st.frozensets(st.tuples(st.sampled_from(["type", "theme", "stage", "source"]), _IDS), max_size=4),
    st.booleans(),
    st.integers(1, 9),
    st.one_of(st.none(), st.sampled_from([PartialDate("2024"), PartialDate("2025-03"), PartialDate("2025-03-20")])),
)
_STARTS = st.one_of(st.sampled_from(["", "all", "new", "promised"]), _IDS.map("around.{}".format))
_SCENES = st.builds(Scene, _STARTS, st.lists(_STEPS, max_size=6).map(tuple), _FILTERS)


@given(_SCENES)
def test_a_scene_is_read_back_from_its_address(scene: Scene) -> None:
    assert read_scene(write_scene(scene)) == (scene, ())


@given(st.dictionaries(st.sampled_from(PARAMETERS), st.text(max_size=60)))
def test_any_address_is_a_scene_that_can_be_written(address: dict[str, str]) -> None:
    scene, _ = read_scene(address)
    assert read_scene(write_scene(scene)) == (scene, ())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("start", "around."),
        ("start", "elsewhere"),
        ("steps", "grow.beijing.any.sideways.3"),
        ("steps", "grow.beijing.any.both.0"),
        ("steps", "pin.beijing.1"),
        ("steps", "hide"),
        ("steps", "hide.Beijing"),
        ("steps", "tidy.beijing"),
        ("steps", "fly.beijing"),
        ("off", "colour.red"),
        ("least", "-1"),
        ("until", "2025-02-30"),
    ],
)
def test_what_means_nothing_is_named_and_left_out(name: str, text: str) -> None:
    assert read_scene({name: text}) == (Scene(), (text,))


def test_steps_beyond_the_most_are_left_out() -> None:
    scene, unread = read_scene({"steps": "~".join(["tidy"] * 201)})
    assert (len(scene.steps), unread) == (200, ("tidy",))


def test_growing_further_takes_the_place_of_the_shorter_growth() -> None:
    scene = Scene().then("grow", "beijing", "any", "both", "12").then("grow", "beijing", "any", "both", "24")
    assert write_scene(scene) == {"steps": "grow.beijing.any.both.24"}


def test_growing_elsewhere_is_a_step_of_its_own() -> None:
    scene = Scene().then("grow", "beijing", "any", "both", "12").then("grow", "china", "any", "both", "12")
    assert len(scene.steps) == 2


def test_the_last_place_of_a_pin_is_the_one_that_counts() -> None:
    scene = Scene().then("pin", "beijing", "1", "2").then("hide", "china").then("pin", "beijing", "3", "4")
    assert write_scene(scene) == {"steps": "hide.china~pin.beijing.3.4"}


def test_only_a_start_or_a_tidying_makes_another_picture() -> None:
    scene = Scene("all")
    assert scene.base == scene.then("hide", "beijing").base == scene.then("pin", "china", "1", "1").base
    assert len({scene.base, Scene().base, scene.then("tidy").base, scene.then("hide", "a").then("tidy").base}) == 4


def test_a_choice_turned_off_twice_is_on_again() -> None:
    assert Filters().toggled("type", "agency").toggled("type", "agency") == Filters()

"""Undo and redo: where a reader has been."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.query.scene import Scene
from kg.ui.trail import Trail

A, B, C, D = Scene(), Scene("all"), Scene("new"), Scene("promised")


def walk(*scenes: Scene) -> Trail:
    found = Trail()
    for scene in scenes:
        found = found.at(scene)
    return found


def test_at_the_start_nothing_can_be_undone() -> None:
    assert (walk(A).before, walk(A).after) == (None, None)


def test_a_step_can_be_undone() -> None:
    assert walk(A, B).before == A


def test_what_was_undone_can_be_done_again() -> None:
    assert walk(A, B, A) == Trail((A, B), 0)
    assert walk(A, B, A).after == B


def test_a_new_step_drops_what_was_undone() -> None:
    assert walk(A, B, A, C) == Trail((A, C), 1)


def test_the_same_scene_again_is_no_step() -> None:
    assert walk(A, B, B, B) == walk(A, B)


@given(st.lists(st.sampled_from([A, B, C, D]), min_size=1, max_size=30))
def test_undoing_to_the_end_leads_to_the_first(scenes: list[Scene]) -> None:
    found = walk(*scenes)
    while found.before is not None:
        found = found.at(found.before)
    assert found.scenes[found.place] == scenes[0]
    while found.after is not None:
        found = found.at(found.after)
    assert found.place == len(found.scenes) - 1

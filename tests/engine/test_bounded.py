"""What is kept up to a number of bytes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.engine.bounded import Bounded


def test_what_was_not_wanted_for_longest_goes_first() -> None:
    kept: Bounded[str, int] = Bounded(3)
    for key in "abc":
        kept.put(key, 1, ord(key))
    assert kept.get("a") == ord("a")
    kept.put("d", 1, ord("d"))
    assert [kept.get(key) for key in "abcd"] == [ord("a"), None, ord("c"), ord("d")]


def test_a_value_takes_the_place_of_the_one_before() -> None:
    kept: Bounded[str, str] = Bounded(10)
    for value in ("old", "new"):
        kept.put("a", 6, value)
    kept.put("b", 4, "other")
    assert (kept.get("a"), kept.get("b")) == ("new", "other")


def test_nothing_is_kept_after_clearing() -> None:
    kept: Bounded[str, int] = Bounded(1)
    kept.put("a", 1, 1)
    kept.clear()
    kept.put("b", 1, 2)
    assert (kept.get("a"), kept.get("b")) == (None, 2)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 12))), st.integers(0, 20))
def test_never_more_than_the_most_is_kept(puts: list[tuple[int, int]], most: int) -> None:
    kept: Bounded[int, int] = Bounded(most)
    for key, size in puts:
        kept.put(key, size, size)
        assert sum(value for value in map(kept.get, range(6)) if value is not None) <= most

"""What the garbage collector is told to pass over, and what it still collects."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from kg.collector import keep_for_long


class _Ring:
    """An object that only the collector can remove."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_the_collector_passes_over_what_was_there() -> None:
    kept = _Ring()
    keep_for_long()
    assert not any(each is kept for each in gc.get_objects())


def test_what_comes_later_is_collected_as_before() -> None:
    keep_for_long()
    gone = weakref.ref(_Ring())
    gc.collect()
    assert gone() is None


def test_what_was_set_aside_and_is_no_longer_used_is_collected_when_more_is_set_aside() -> None:
    ring = _Ring()
    gone = weakref.ref(ring)
    keep_for_long()
    del ring
    gc.collect()
    assert gone() is not None
    keep_for_long()
    assert gone() is None

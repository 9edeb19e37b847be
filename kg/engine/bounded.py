"""Keeps the latest of what was worked out, up to a number of bytes; used by many threads."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

__all__ = ["Bounded"]

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Bounded(Generic[K, V]):
    """Values by key, together of at most ``most`` bytes: what was not wanted for longest goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[K, tuple[int, V]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: K) -> V | None:
        """The value, which is now the last to go; None where there is none."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][1]

    def put(self, key: K, size: int, value: V) -> None:
        """Keep one more, of ``size`` bytes, in place of what was kept under ``key``."""
        with self._lock:
            before, _ = self._kept.pop(key, (0, None))
            self._bytes += size - before
            self._kept[key] = size, value
            while self._bytes > self._most:
                _, (lost, _) = self._kept.popitem(last=False)
                self._bytes -= lost

    def clear(self) -> None:
        """Keep nothing any more."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0

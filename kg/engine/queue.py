"""Who is next: a place goes to the reader who has the fewest, and a long question moves out of the short ones' way.

There are as many places for short questions as for long ones. Every question begins as a short one; when it has taken
long it changes over, and its first place is free again. So short questions wait for short ones only, as long as the
long ones have room; one reader has at most half of the places, and two long questions.
"""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass

from kg.engine.faultwords import unavailable
from kg.engine.wire import Overdue, Patience

__all__ = ["Place", "Queue"]

#: The most long questions that one reader may have under way.
MOST_LONG = 2


@dataclass(eq=False, slots=True)
class Place:
    """A reader's place at work, or in the queue for one."""

    reader: str
    given: bool = False
    called: threading.Event | None = None
    long: bool = False
    moved: bool = False


class Queue:
    """Gives out ``places``; used by many threads. A reader without a name is held to no share."""

    def __init__(self, places: int) -> None:
        self.places = places
        self._lock = threading.Lock()
        self._short = 0
        self._moved = 0
        self._working: Counter[str] = Counter()
        self._long: Counter[str] = Counter()
        self._waiting: list[Place] = []

    def enter(self, reader: str, patience: Patience) -> Place:
        """Wait for a place. Raises EngineUnavailable when there is none in time, Cancelled."""
        place = Place(reader)
        with self._lock:
            self._waiting.append(place)
            self._call()
            if place.given:
                return place
            called = place.called = threading.Event()
        try:
            while not called.wait(patience.step()):
                pass
        except BaseException as error:
            with self._lock:
                if place.given:
                    self._free(place)
                else:
                    self._waiting.remove(place)
            if isinstance(error, Overdue):
                raise unavailable("busy", places=self.places) from None
            raise
        return place

    def turn_long(self, place: Place) -> bool:
        """The question took long: it leaves its place to a short one, where the long ones have room.

        Whether it did. Raises EngineUnavailable for one long question too many of a reader.
        """
        with self._lock:
            if place.reader and self._long[place.reader] >= MOST_LONG:
                raise unavailable("too_many_long", most=MOST_LONG)
            place.long = True
            self._long[place.reader] += 1
            if self._moved >= self.places:
                return False
            place.moved = True
            self._moved += 1
            self._short -= 1
            self._working[place.reader] -= 1
            self._call()
            return True

    def leave(self, place: Place) -> None:
        """The question is done with."""
        with self._lock:
            self._free(place)

    def _free(self, place: Place) -> None:
        if place.long:
            self._long[place.reader] -= 1
        if place.moved:
            self._moved -= 1
        else:
            self._short -= 1
            self._working[place.reader] -= 1
        for counted in (self._working, self._long):
            if not counted[place.reader]:
                del counted[place.reader]
        self._call()

    def _call(self) -> None:
        """Give the free places to those who wait: to the reader with the fewest first, then by when they came."""
        while self._short < self.places:
            allowed = [each for each in self._waiting if self._may(each.reader)]
            if not allowed:
                return
            chosen = min(allowed, key=lambda each: self._working[each.reader])  # min keeps the order of equals
            self._waiting.remove(chosen)
            self._short += 1
            self._working[chosen.reader] += 1
            chosen.given = True
            if chosen.called:
                chosen.called.set()

    def _may(self, reader: str) -> bool:
        return not reader or self._working[reader] < max(1, self.places // 2)

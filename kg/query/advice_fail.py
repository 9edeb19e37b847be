"""Finds the smallest part of a query that has no solution by itself."""

from __future__ import annotations

from kg.query.advice_parts import Parts
from kg.query.advice_probe import Probe
from kg.query.sparql.tree import Bind, Filter, InGraph, Minus, Optional, Values

__all__ = ["smallest_failing"]

#: In this order parts are left out: what only adds or takes away first, the triples last.
_FIRST = (Optional, Bind, Filter, Minus, Values, InGraph)


def smallest_failing(parts: Parts, probe: Probe) -> frozenset[int]:
    """The places of parts that have no solution together, while they have one without any of them.

    They are empty where the pattern has solutions (or might have), so that what follows it must be at fault. A filter
    goes out together with the last part that binds a variable of it. When the time is over, the set may be larger than
    it needs to be.
    """
    optional = {part.place for part in parts.all if isinstance(part.element, Optional)}
    # What is optional seldom matters, and asked about alone it may match everything with everything.
    kept = parts.without(parts.everything, optional)
    if not (kept and probe.fails(parts.ask(kept))):
        kept = parts.everything
        if not (optional and probe.fails(parts.ask(kept))):
            return frozenset()
    size = len(kept) // 2
    while size > 1:  # large pieces first: a long query has few parts that matter
        kept = _pass(parts, probe, kept, size)
        size = min(size, len(kept)) // 2
    while True:
        less = _pass(parts, probe, kept, 1)
        if less == kept:
            return kept
        kept = less


def _pass(parts: Parts, probe: Probe, kept: frozenset[int], size: int) -> frozenset[int]:
    order = sorted(kept, key=lambda place: (not isinstance(parts.all[place].element, _FIRST), -place))
    for start in range(0, len(order), size):
        dropped = [place for place in order[start : start + size] if place in kept]
        less = parts.without(kept, dropped)
        if dropped and less and probe.fails(parts.ask(less)):
            kept = less
    return kept

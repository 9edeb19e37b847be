"""The lightest ways between two entities of a graph that is at hand: every step weighs, and every hub on the way.

A way through an entity that is joined to almost everything says little. So a step weighs 1, and where it enters an
entity between the ends, half the square root of that one's degree more (how many others it is joined to). Through a
city with 100 relations two of its neighbours are 2 + 5 apart; along two entities with four relations each, 3 + 2. The
root keeps entities with a handful of relations alike, and steps count among them; a logarithm would hardly tell 100
from 1000. A step that is only planned weighs a quarter more than one that holds.

That the lightest path avoids hubs where each node weighs what its degree is comes from metabolic networks, where water
would join everything: D. Croes, F. Couche, S. J. Wodak, J. van Helden, "Inferring meaningful pathways in weighted
metabolic networks", Journal of Molecular Biology 356 (2006).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from heapq import heappop, heappush, merge
from itertools import islice
from math import sqrt

__all__ = ["PLANNED_STEP", "STEP", "Links", "hub_weight", "lightest"]

#: Weights are whole numbers, thousandths of a step: sums of them are the same on every machine and in any order.
STEP, PLANNED_STEP = 1000, 1250

#: Each entity → those that it is joined to → the weight of the step, the same in both directions.
Links = Mapping[str, Mapping[str, int]]

#: A search gives up when it has looked at so many beginnings of ways: well under a second.
MOST_TRIED = 200_000


def hub_weight(degree: int) -> int:
    """What entering an entity of this degree adds to a step.

    >>> [hub_weight(degree) for degree in (1, 4, 16, 100)]
    [500, 1000, 2000, 5000]
    """
    return round(STEP / 2 * sqrt(degree))


def lightest(
    links: Links, hubs: Mapping[str, int], start: str, end: str, ways: int, longest: int
) -> list[tuple[str, ...]]:
    """At most ``ways`` ways of at most ``longest`` steps that visit no entity twice, the lightest first.

    ``hubs`` has what entering each entity adds. However light, a way more than one step longer than the shortest stands
    behind all that are not, and behind all shorter ones: it is listed where there are too few others.
    Ways of one weight stand in the order of their steps and then of their ids.
    """
    ahead: list[dict[str, int]] = [{end: 0}]
    found: list[tuple[str, ...]] = []
    shortest = 0
    for steps in range(1, longest + 1):
        ahead.append(_further(links, hubs, ahead[-1], start, end))
        if not shortest and start in ahead[steps]:
            shortest = steps
            if steps < longest:
                continue  # the ways of one step more stand among these
        if not shortest:
            continue
        lengths = (shortest, steps) if steps == shortest + 1 else (steps,)
        streams = [_of_length(links, hubs, ahead, start, length) for length in lengths]
        found.extend(route for *_, route in islice(merge(*streams), ways - len(found)))
        if len(found) >= ways:
            break
    return found


def _further(links: Links, hubs: Mapping[str, int], ahead: Mapping[str, int], start: str, end: str) -> dict[str, int]:
    """From where the end is one step further away, and the least weight of a walk from there."""
    further: dict[str, int] = {}
    for there, rest in ahead.items():
        if there == start:
            continue
        entering = rest + (hubs.get(there, 0) if there != end else 0)
        for here, step in links.get(there, {}).items():
            weight = entering + step
            if here != end and weight < further.get(here, weight + 1):
                further[here] = weight
    return further


def _of_length(
    links: Links, hubs: Mapping[str, int], ahead: list[dict[str, int]], start: str, steps: int
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The ways of so many steps with their weights, the lightest first (A*, which ``ahead`` never leads astray)."""
    if start not in ahead[steps]:
        return
    open_ways: list[tuple[int, tuple[str, ...]]] = [(ahead[steps][start], (start,))]
    tried = 0
    while open_ways and tried < MOST_TRIED:
        least, route = heappop(open_ways)
        left = steps - len(route)
        if left < 0:
            yield least, steps, route
            continue
        done = least - ahead[left + 1][route[-1]]
        for there, step in links[route[-1]].items():
            if there in ahead[left] and there not in route:
                entering = hubs.get(there, 0) if left else 0
                heappush(open_ways, (done + step + entering + ahead[left][there], (*route, there)))
                tried += 1

"""The things of an answer stand side by side, none upon another, in a form that suits the page."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import pytest

from kg.model.text import Text
from kg.query.rows import EntityRef
from kg.view.answer_layout import chief, lay_out_wide
from kg.view.layout import Place
from kg.view.network import Dot, Line, Network, dot_of, make_network


def network(*stars: int) -> Network[str]:
    """Stars of so many rays each."""
    lines = [
        Line(f"s{star}.{ray}", f"hub{star}", f"ray{star}.{ray}", Text(en="leads"))
        for star, rays in enumerate(stars)
        for ray in range(rays)
    ]
    ends = dict.fromkeys(end for line in lines for end in (line.subject, line.object))
    return make_network((Dot(EntityRef(end, "thing", Text(zh="数据流通基础设施"))) for end in ends), lines)


def spread(places: Mapping[str, Place]) -> tuple[float, float]:
    across, down = zip(*places.values(), strict=True)
    return max(across) - min(across), max(down) - min(down)


def on_a_phone(found: Network[str]) -> dict[str, Place]:
    layout = lay_out_wide(found)
    shifts = {group.members[0]: group.small.shift for group in layout.groups}
    return {node: (x + shifts[node][0], y + shifts[node][1]) for node, (x, y) in layout.places.items()}


STARS = [(60,), (56, 4, 2, 1, 1), (9, 9, 9), (1,)]


@pytest.mark.parametrize("stars", STARS)
def test_no_name_stands_upon_another(stars: tuple[int, ...]) -> None:
    found = network(*stars)
    places = lay_out_wide(found).places
    for one, other in itertools.combinations(found, 2):
        (width, height), (w, h) = dot_of(found, one).box, dot_of(found, other).box
        right, down = abs(places[one][0] - places[other][0]), abs(places[one][1] - places[other][1])
        assert right >= (width + w) / 2 - 0.2 or down >= min(height, h) - 0.2, (one, other)


@pytest.mark.parametrize("stars", STARS[:2])
def test_it_is_wide_on_a_page_and_high_on_a_phone(stars: tuple[int, ...]) -> None:
    found = network(*stars)
    (across, down), (small, high) = spread(lay_out_wide(found).places), spread(on_a_phone(found))
    assert 1.4 < across / down < 2.8
    assert small < high


@pytest.mark.parametrize("stars", STARS)
def test_the_same_network_is_the_same_picture(stars: tuple[int, ...]) -> None:
    assert lay_out_wide(network(*stars)) == lay_out_wide(network(*stars))


def test_everything_of_a_small_network_is_as_chief_as_the_rest() -> None:
    assert chief(network(9, 9)) == set()
    assert "hub0" in chief(network(60))


def test_an_empty_network_has_no_places() -> None:
    assert not lay_out_wide(network()).places

"""Hubs where the store keeps what is known of them: the same answers, and none that grows with the hub."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from kg.query.between import read_between
from kg.query.card import entity_card
from kg.query.cards import entity_cards
from kg.query.kept import hubs as kept_hubs
from kg.query.kept.hubs import MOST_SHOWN, hub_card, near
from kg.query.kept.weights import HUB, hubs, weights
from kg.query.names import names_of
from kg.query.neighbours import neighbour_counts, neighbour_ids, neighbours
from kg.query.paths import paths
from kg.query.rows import Card
from tests.indexed import Both


@pytest.fixture(scope="module")
def great(invented_both: Both) -> list[str]:
    """The hubs, the greatest first."""
    found = hubs(invented_both.kept)
    assert len(found) > 5
    return sorted(found, key=lambda one: (-found[one].weight, one))


@pytest.fixture(scope="module")
def some(invented_both: Both, great: list[str]) -> list[str]:
    """Hubs and others."""
    others = [one for one in names_of(invented_both.plain).entities if one not in great]
    return [*great[:6], *others[::40]]


def test_hubs_are_those_with_many_statements_of_them_or_by_them(invented_both: Both) -> None:
    found = hubs(invented_both.kept)
    said = names_of(invented_both.plain).statements
    assert {one for one, count in said.items() if count > HUB} <= set(found)
    assert all(found[one].weight == said.get(one, 0) for one in found)


def test_weights_are_counted_or_looked_up(invented_both: Both, some: list[str]) -> None:
    assert weights(invented_both.kept, some) == weights(invented_both.plain, some)
    assert weights(invented_both.kept, ["nobody"]) == {"nobody": 0}


def test_neighbours_are_counted_alike(invented_both: Both, some: list[str]) -> None:
    for one in some:
        assert neighbour_counts(invented_both.kept, one) == neighbour_counts(invented_both.plain, one)


@pytest.mark.parametrize("outgoing", [True, False, None])
@pytest.mark.parametrize("planned", [True, False, None])
@pytest.mark.parametrize("page", [(12, 0), (5, 3), (999, 0)])
def test_pages_of_neighbours_are_alike(
    invented_both: Both, great: list[str], outgoing: bool | None, planned: bool | None, page: tuple[int, int]
) -> None:
    for one in great[:3]:
        for relation in (None, neighbour_counts(invented_both.plain, one)[0].relation, "no-such-relation"):
            asked = {"outgoing": outgoing, "planned": planned, "limit": page[0], "offset": page[1]}
            plain, kept = (neighbour_ids(each, one, relation, **asked) for each in invented_both)  # type: ignore[arg-type] # numbers and truth values by name
            assert kept == plain


def test_small_ones_have_their_neighbours_in_the_same_order(invented_both: Both, some: list[str]) -> None:
    for one in some:
        assert neighbour_ids(invented_both.kept, one) == neighbour_ids(invented_both.plain, one)
        assert neighbours(invented_both.kept, one) == neighbours(invented_both.plain, one)


def test_a_page_beyond_what_is_kept_is_asked_for(
    invented_both: Both, great: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_hubs, "MOST_NEAR", 5)
    assert neighbour_ids(invented_both.kept, great[0], limit=30) == neighbour_ids(
        invented_both.plain, great[0], limit=30
    )


def test_what_is_no_hub_has_no_kept_neighbours(invented_both: Both, great: list[str]) -> None:
    assert near(invented_both.kept, "nobody", None, None) is None
    assert near(invented_both.plain, great[0], None, None) is None


# ------------------------------------------------------------------------------------------- cards


def test_the_card_of_a_hub_with_few_statements_is_whole(invented_both: Both, great: list[str]) -> None:
    small = [one for one in great if (card := hub_card(invented_both.kept, one)) and card.total <= MOST_SHOWN][:4]
    assert small
    for one in small:
        assert entity_card(invented_both.kept, one, most_of_hub=MOST_SHOWN) == entity_card(invented_both.plain, one)


def count(card: Card) -> Counter[tuple[str, bool, bool]]:
    return Counter((row.relation, row.outgoing, row.planned) for row in card.relations)


def test_a_cut_card_has_some_of_every_kind_and_says_how_many_more_there_are(
    invented_both: Both, great: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.query.card._NOT_MANY_TIMES", 1)
    cut, whole = (entity_card(one, great[0], most_of_hub=60) for one in reversed(invented_both))
    assert cut.cut
    assert not whole.cut
    assert len(cut.relations) + len(cut.figures) + len(cut.statuses) <= 60
    assert count(cut).keys() == count(whole).keys()
    assert count(cut) + Counter(cut.beyond.relations) == count(whole)
    assert len(cut.figures) + cut.beyond.figures == len(whole.figures)
    assert len(cut.statuses) + cut.beyond.statuses == len(whole.statuses)
    assert len(cut.spoke) + cut.beyond.spoke == len(whole.spoke)


def test_a_card_cut_without_an_index_counts_what_it_left_out(invented_both: Both, great: list[str]) -> None:
    cut, whole = (entity_card(invented_both.plain, great[0], limit) for limit in (30, 1_000))
    assert count(cut) + Counter(cut.beyond.relations) == count(whole)
    assert len(cut.figures) + cut.beyond.figures == len(whole.figures)


def test_a_whole_card_has_nothing_beyond(invented_both: Both, great: list[str]) -> None:
    card = entity_card(invented_both.plain, great[0])
    assert (dict(card.beyond.relations), card.beyond.figures, card.beyond.statuses, card.beyond.spoke) == ({}, 0, 0, 0)


def test_many_cards_at_once_are_those_of_each(invented_both: Both, some: list[str]) -> None:
    plain, kept = (entity_cards(one, some) for one in invented_both)
    assert list(kept) == list(plain)
    for one in some:
        assert kept[one].relations == plain[one].relations
        assert kept[one].figures == plain[one].figures
        assert kept[one].cut == plain[one].cut


def test_of_many_hubs_each_has_its_share(invented_both: Both, great: list[str]) -> None:
    cards = entity_cards(invented_both.kept, great[:4], limit=40)
    assert all(cards[one].cut and cards[one].relations for one in great[:4])


# ------------------------------------------------------------------------------------------- between two


def test_what_joins_pairs_is_the_same(invented_both: Both, great: list[str], some: list[str]) -> None:
    pairs = [(one, other) for one in some for other in neighbour_ids(invented_both.plain, one, limit=3)]
    assert any(one in great and other in great for one, other in pairs)
    assert any(one in great and other not in great for one, other in pairs)
    plain, kept = (read_between(one, pairs) for one in invented_both)
    assert kept.cards() == plain.cards()
    assert kept.cards()


def test_ways_between_hubs_and_others_have_evidence_for_each_step(invented_both: Both, some: list[str]) -> None:
    found = 0
    for start, end in pairwise(some):
        ways = paths(invented_both.kept, start, end)
        found += bool(ways)
        for way in ways:
            assert [way.entities[0].id, way.entities[-1].id] == [start, end]
            assert all(hop.rows and hop.row.evidence.phrase for hop in way.hops)
    assert found > len(some) // 2


def test_the_ways_are_as_short_as_without_what_is_kept(invented_both: Both, some: list[str]) -> None:
    for start, end in pairwise(some):
        plain, kept = (paths(one, start, end, ways=1) for one in invented_both)
        assert [len(way.hops) for way in kept] == [len(way.hops) for way in plain]


def test_ways_in_a_small_graph_are_the_same(real_both: Both) -> None:
    for start, end in (("samsung", "cyberspace-administration"), ("changan-chain", "beijing")):
        assert paths(real_both.kept, start, end) == paths(real_both.plain, start, end)

"""Cards of many entities at once: the same as one by one."""

from __future__ import annotations

from dataclasses import replace

from kg.engine.base import Engine
from kg.model.knowledge import Knowledge
from kg.query.card import entity_card
from kg.query.cards import entity_cards


def test_many_cards_are_what_each_is_by_itself(engine: Engine, knowledge: Knowledge) -> None:
    ids = [one.id for one in knowledge.entities.values() if one.replaced_by is None]
    cards = entity_cards(engine, ids)
    assert list(cards) == ids
    for one in ids:
        assert cards[one] == replace(entity_card(engine, one), spoke=())


def test_an_unknown_id_is_left_out_and_one_given_twice_is_there_once(sample_engine: Engine) -> None:
    assert list(entity_cards(sample_engine, ["changan-chain", "nobody", "changan-chain"])) == ["changan-chain"]


def test_an_entity_of_which_nothing_is_said_has_a_card(sample_engine: Engine) -> None:
    card = entity_cards(sample_engine, ["isolated-technology"])["isolated-technology"]
    assert (card.relations, card.figures, card.statuses, card.sources) == ((), (), (), ())


def test_more_statements_than_the_limit_cut_every_card(sample_engine: Engine) -> None:
    cards = entity_cards(sample_engine, ["changan-chain", "liu-weihua"], limit=2)
    assert all(card.cut for card in cards.values())

"""A card in the reader's language."""

from __future__ import annotations

import pytest

from kg.engine.base import Engine
from kg.model.knowledge import Knowledge
from kg.query.card import entity_card, source_card
from kg.view.cards import EntityView, Reader, entity_view, statement_view
from kg.view.terms import Terms


@pytest.fixture(scope="module")
def zh(sample: Knowledge, sample_engine: Engine) -> EntityView:
    return entity_view(entity_card(sample_engine, "changan-chain"), Reader(Terms(sample.vocabulary), "zh"))


@pytest.fixture(scope="module")
def en(sample: Knowledge, sample_engine: Engine) -> EntityView:
    return entity_view(entity_card(sample_engine, "changan-chain"), Reader(Terms(sample.vocabulary), "en"))


def test_the_headline_has_both_names(zh: EntityView, en: EntityView) -> None:
    assert (zh.chip.name.words, zh.chip.other_name and zh.chip.other_name.words) == ("长安链", "Chang'an Chain")
    assert (en.chip.name.words, en.chip.other_name and en.chip.other_name.words) == ("Chang'an Chain", "长安链")


def test_a_figure_keeps_its_qualifier(zh: EntityView, en: EntityView) -> None:
    assert "超2.4万亿条" in [figure.amount.text for figure in zh.figures]
    assert "over 2.4 trillion records" in [figure.amount.text for figure in en.figures]
    assert "about 50%" in [figure.amount.text for figure in en.figures]


def test_a_target_is_no_achievement(en: EntityView) -> None:
    assert {figure.metric: figure.aim for figure in en.figures}["Time saved"] == "target"


def test_relations_read_from_the_entity_at_hand(en: EntityView) -> None:
    groups = {group.heading: [line.other.id for line in group.lines] for group in en.relations}
    assert groups == {"led by": ["science-commission"], "is to underlie": ["trusted-data-space"]}


def test_a_group_says_how_many_more_there_are_than_the_card_has(sample: Knowledge, sample_engine: Engine) -> None:
    card = entity_card(sample_engine, "changan-chain", limit=1)
    view = entity_view(card, Reader(Terms(sample.vocabulary), "en"))
    assert {group.heading: group.count for group in view.relations} == {"led by": 1, "is to underlie": 1}
    assert sum(len(group.lines) for group in view.relations) + len(view.figures) + len(view.history) == 1
    assert len(view.figures) + view.beyond.figures == 3
    assert len(view.history) + view.beyond.statuses == 1


def test_a_planned_relation_carries_its_status(en: EntityView) -> None:
    planned = [line for group in en.relations for line in group.lines if line.planned]
    assert [line.badge and (line.badge.name, line.badge.stage) for line in planned] == [("announced", "planned")]


def test_a_status_says_as_of_when(en: EntityView) -> None:
    assert en.badge is not None
    assert (en.badge.name, en.badge.as_of, en.badge.since) == ("operating", "2025-01", "2021")


def test_a_name_in_one_language_is_shown_in_that_language(sample: Knowledge, sample_engine: Engine) -> None:
    view = entity_view(entity_card(sample_engine, "only-english"), Reader(Terms(sample.vocabulary), "zh"))
    assert (view.chip.name.lang, view.chip.other_name) == ("en", None)


def test_every_statement_of_a_source_can_be_shown(sample: Knowledge, sample_engine: Engine) -> None:
    reader = Reader(Terms(sample.vocabulary), "zh")
    for card in source_card(sample_engine, "2025-01-05-sample").statements:
        view = statement_view(card, reader)
        assert [view.relation, view.figure, view.badge].count(None) == 2
        assert view.evidence.phrase


def test_what_the_vocabulary_does_not_have_is_called_by_its_id(sample: Knowledge) -> None:
    terms = Terms(sample.vocabulary)
    assert terms.name("metric", "unheard-of", "en") == "unheard-of"
    assert terms.relation("unheard-of").say("zh") == "unheard-of"
    assert terms.stage(None) == "achieved"

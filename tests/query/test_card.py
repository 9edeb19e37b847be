"""Cards: everything of one entity, source or statement, exactly."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from kg.engine.base import Engine, Limits
from kg.errors import NotFound
from kg.model.dates import PartialDate
from kg.model.knowledge import Knowledge
from kg.model.statement import Figure, Relation, Status
from kg.model.text import Names, Text
from kg.query import ask as asking
from kg.query import describe as describing
from kg.query.card import entity_card, source_card, statement_card
from kg.query.rows import FigureRow, RelationRow


def test_the_record_is_whole(sample_engine: Engine) -> None:
    card = entity_card(sample_engine, "changan-chain")
    assert (card.entity.id, card.entity.type, card.entity.short) == ("changan-chain", "technology", None)
    assert card.entity.name == Text(zh="长安链", en="Chang'an Chain")
    assert card.aliases == Names(en=("ChainMaker",))
    assert card.former == Names()
    assert card.description == Text(zh="区块链底层平台。", en="A blockchain software stack.")
    assert (card.themes, card.featured, card.links, card.note) == (("core-technology",), True, (), None)
    assert (card.replaces, card.cut) == (None, False)


def test_figures_are_newest_first_within_a_metric(sample_engine: Engine) -> None:
    figures = entity_card(sample_engine, "changan-chain").figures
    assert [(row.metric, row.value, row.unit, row.qualifier, str(row.as_of), row.aim) for row in figures] == [
        ("records-shared", Decimal(2400000000000), "record", "over", "2025-01-05", "achieved"),
        ("records-shared", Decimal(1800000000000), "record", "over", "2024-06", "achieved"),
        ("time-saved", Decimal(50), "percent", "about", "2025", "target"),
    ]


def test_relations_go_both_ways_and_planned_ones_say_so(sample_engine: Engine) -> None:
    relations = entity_card(sample_engine, "changan-chain").relations
    assert [(row.relation, row.outgoing, row.other.id, row.planned, row.status) for row in relations] == [
        ("builds-on", False, "trusted-data-space", True, "announced"),
        ("leads", False, "science-commission", False, None),
    ]


def test_a_role_is_read_in_both_languages(sample_engine: Engine) -> None:
    (row,) = entity_card(sample_engine, "liu-weihua").relations
    assert (row.relation, row.outgoing, row.role) == ("holds-post-at", True, Text(zh="副主任", en="Deputy Director"))


def test_the_newest_status_stands_for_the_entity(sample_engine: Engine) -> None:
    card = entity_card(sample_engine, "changan-chain")
    assert card.status is not None
    assert (card.status.status, card.status.as_of, card.status.since) == (
        "operating",
        PartialDate("2025-01"),
        PartialDate("2021"),
    )


def test_evidence_names_words_source_and_speaker(sample_engine: Engine) -> None:
    evidence = entity_card(sample_engine, "changan-chain").figures[0].evidence
    assert evidence.phrase == "累计共享数据超2.4万亿条"
    assert evidence.speaker is not None
    assert evidence.speaker.id == "liu-weihua"
    source = evidence.source
    assert (source.id, source.kind, source.official, source.language) == ("2025-01-05-sample", "news", False, "zh")
    assert (source.publisher.zh, str(source.date), source.url) == ("样本网", "2025-01-05", "https://example.org/sample")


def test_sources_are_newest_first(sample_engine: Engine) -> None:
    sources = entity_card(sample_engine, "changan-chain").sources
    assert [source.id for source in sources] == ["2025-01-05-sample", "2024-06-sample"]


def test_what_a_person_said_is_on_the_person_s_card(sample_engine: Engine) -> None:
    spoke = entity_card(sample_engine, "liu-weihua").spoke
    assert sorted(card.row.evidence.phrase for card in spoke) == [
        "将打造基于长安链的可信数据空间",
        "市科委牵头长安链",
        "累计共享数据超2.4万亿条",
    ]


def test_a_name_in_one_language_keeps_its_row(sample_engine: Engine) -> None:
    card = entity_card(sample_engine, "only-english")
    assert card.entity.name.zh is None
    assert "</script>" in (card.entity.name.en or "")


def test_an_entity_of_which_nothing_is_said_has_an_empty_card(sample_engine: Engine) -> None:
    card = entity_card(sample_engine, "isolated-technology")
    assert (card.figures, card.relations, card.statuses, card.sources, card.status) == ((), (), (), (), None)


def test_a_card_takes_three_round_trips(counted: Any) -> None:
    entity_card(counted, "changan-chain")
    assert counted.asked == 3


def test_where_a_store_gives_few_rows_at_a_time_a_card_is_read_in_parts(
    sample_engine: Engine, counted: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = entity_card(sample_engine, "changan-chain")
    monkeypatch.setattr(asking, "_LIMITS", Limits(rows=60))
    monkeypatch.setattr(describing, "BLOCK", 3)
    assert entity_card(counted, "changan-chain") == whole
    assert counted.asked > 3


def test_a_card_says_that_it_was_cut(sample_engine: Engine) -> None:
    card = entity_card(sample_engine, "changan-chain", limit=2)
    assert card.cut
    assert len(card.figures) + len(card.relations) + len(card.statuses) == 2


def test_a_retired_entity_gives_its_successor_s_card(retired: Engine) -> None:
    card = entity_card(retired, "old-chain")
    assert (card.entity.id, card.replaces) == ("changan-chain", "old-chain")


def test_a_ring_of_retired_entities_ends(retired: Engine) -> None:
    assert entity_card(retired, "ring-a").entity.id == "ring-b"


@pytest.mark.parametrize("wanted", ["changan-chian", "Chang'an", "> } #", "", "x" * 500])
def test_an_unknown_id_is_not_found(sample_engine: Engine, wanted: str) -> None:
    with pytest.raises(NotFound):
        entity_card(sample_engine, wanted)


def test_an_unknown_id_comes_with_the_nearest(sample_engine: Engine) -> None:
    with pytest.raises(NotFound) as caught:
        entity_card(sample_engine, "changan-chian")
    assert caught.value.suggestions == ("changan-chain",)


def test_a_source_lists_what_it_states(sample_engine: Engine) -> None:
    card = source_card(sample_engine, "2024-06-sample")
    assert card.source.title == Text(en="An older English source")
    stated = [(one.subject.id, one.row.evidence.phrase) for one in card.statements]
    assert stated == [("changan-chain", "over 1.8 trillion records"), ("only-english", "Ada leads the space")]


def test_an_unknown_source_comes_with_the_nearest(sample_engine: Engine) -> None:
    with pytest.raises(NotFound) as caught:
        source_card(sample_engine, "2025-01-05-samples")
    assert caught.value.suggestions[0] == "2025-01-05-sample"


def test_a_statement_is_found_by_its_digits(sample_engine: Engine) -> None:
    row = entity_card(sample_engine, "changan-chain").figures[0]
    card = statement_card(sample_engine, row.statement)
    assert (card.id, card.subject.id, card.row) == (row.statement, "changan-chain", row)


def test_a_relation_by_its_digits_is_read_from_its_subject(sample_engine: Engine) -> None:
    row = entity_card(sample_engine, "changan-chain").relations[0]
    card = statement_card(sample_engine, row.statement)
    assert isinstance(card.row, RelationRow)
    assert (card.subject.id, card.row.outgoing, card.row.other.id) == ("trusted-data-space", True, "changan-chain")


@pytest.mark.parametrize("digits", ["0" * 16, "not hex", ""])
def test_an_unknown_statement_is_not_found(sample_engine: Engine, digits: str) -> None:
    with pytest.raises(NotFound):
        statement_card(sample_engine, digits)


def test_the_cards_of_the_real_data_hold_every_statement(engine: Engine, knowledge: Knowledge) -> None:
    for source in knowledge.sources.values():
        card = source_card(engine, source.id, limit=100_000)
        kinds = [type(one.row).__name__ for one in card.statements]
        for row, kind in (("RelationRow", Relation), ("FigureRow", Figure), ("StatusRow", Status)):
            assert kinds.count(row) == sum(isinstance(one, kind) for one in source.statements)


def test_positions_of_the_real_data_are_read(engine: Engine, knowledge: Knowledge) -> None:
    source = next(iter(knowledge.sources.values()))
    known = {one.position for one in source.statements if one.position is not None}
    card = source_card(engine, source.id, limit=100_000)
    read = [one.row.evidence.position for one in card.statements]
    assert {position for position in read if position is not None} == known
    assert read == sorted(read, key=lambda position: (position is None, position or 0))


def test_figures_are_exact_decimals(engine: Engine, knowledge: Knowledge) -> None:
    said = {one.value for source in knowledge.sources.values() for one in source.statements if isinstance(one, Figure)}
    rows = [one.row for source in knowledge.sources for one in source_card(engine, source, limit=100_000).statements]
    assert {row.value for row in rows if isinstance(row, FigureRow)} == said

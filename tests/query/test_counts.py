"""Overviews, series, statistics and labels."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from kg.engine.base import Engine, Limits
from kg.errors import AnswerTooLarge, NotFound
from kg.graph.names import concept_iri, entity_iri, property_iri, source_iri
from kg.model.knowledge import Knowledge
from kg.model.statement import Relation
from kg.model.text import Text
from kg.query import ask as asking
from kg.query.labels import read_labels
from kg.query.overview import PictureRelation, overview
from kg.query.series import series
from kg.query.stats import stats


def test_an_overview_has_all_entities_those_that_most_is_said_of_first(sample_engine: Engine) -> None:
    picture = overview(sample_engine)
    assert [(one.id, one.weight) for one in picture.entities] == [
        ("changan-chain", 6),
        ("science-commission", 2),
        ("trusted-data-space", 2),
        ("liu-weihua", 1),
        ("only-english", 1),
        ("isolated-technology", 0),
    ]
    assert not picture.cut


def test_an_overview_tells_status_themes_and_featured(sample_engine: Engine) -> None:
    known = {one.id: one for one in overview(sample_engine).entities}
    chain = known["changan-chain"]
    assert (chain.status, chain.themes, chain.featured) == ("operating", ("core-technology",), True)
    assert (known["trusted-data-space"].status, known["trusted-data-space"].featured) == (None, False)


def test_planned_lines_are_never_one_with_those_that_hold(sample_engine: Engine) -> None:
    lines = overview(sample_engine).relations
    assert [(one.subject, one.relation, one.object, one.planned) for one in lines] == [
        ("liu-weihua", "holds-post-at", "science-commission", False),
        ("only-english", "leads", "trusted-data-space", False),
        ("science-commission", "leads", "changan-chain", False),
        ("trusted-data-space", "builds-on", "changan-chain", True),
    ]
    assert isinstance(lines[-1], PictureRelation)
    assert (lines[-1].statuses, lines[-1].sources) == (("announced",), ("2025-01-05-sample",))


def test_an_overview_of_some_ids_has_the_relations_between_them(sample_engine: Engine) -> None:
    picture = overview(sample_engine, ids=["changan-chain", "science-commission", "nobody"])
    assert [one.id for one in picture.entities] == ["changan-chain", "science-commission"]
    assert [one.relation for one in picture.relations] == ["leads"]


def test_an_overview_can_be_limited_to_themes(sample_engine: Engine) -> None:
    picture = overview(sample_engine, themes=["core-technology"])
    assert len(picture.entities) == 3
    both = overview(sample_engine, ids=["changan-chain", "liu-weihua"], themes=["core-technology"])
    assert [one.id for one in both.entities] == ["changan-chain"]


@pytest.mark.parametrize("narrowed", [{"ids": []}, {"themes": []}, {"themes": ["nothing"]}, {"ids": ["nobody"]}])
def test_an_overview_of_nothing_is_empty(sample_engine: Engine, narrowed: dict[str, Any]) -> None:
    assert overview(sample_engine, **narrowed).entities == ()


def test_a_limit_keeps_the_best_known_and_says_so(sample_engine: Engine) -> None:
    picture = overview(sample_engine, limit=2)
    assert [one.id for one in picture.entities] == ["changan-chain", "science-commission"]
    assert picture.cut


def test_an_overview_of_the_real_data_is_whole(engine: Engine, knowledge: Knowledge) -> None:
    picture = overview(engine)
    said = [one for _, one in knowledge.statements() if isinstance(one, Relation)]
    assert {one.id for one in picture.entities} == set(knowledge.entities)
    assert sum(len(one.statements) for one in picture.relations) == len(said)
    assert sum(len(one.statements) for one in picture.relations if one.planned) == sum(map(knowledge.is_planned, said))


def test_a_series_goes_from_the_oldest_to_the_newest(sample_engine: Engine) -> None:
    assert [(str(row.as_of), row.value) for row in series(sample_engine, "records-shared")] == [
        ("2024-06", Decimal(1800000000000)),
        ("2025-01-05", Decimal(2400000000000)),
    ]


def test_a_series_can_be_of_one_subject(sample_engine: Engine) -> None:
    assert len(series(sample_engine, "time-saved", "changan-chain")) == 1
    assert series(sample_engine, "time-saved", "trusted-data-space") == ()


def test_an_unknown_metric_comes_with_the_nearest(sample_engine: Engine) -> None:
    with pytest.raises(NotFound, match="records-shared"):
        series(sample_engine, "record-shared")


def test_everything_is_counted(sample_engine: Engine) -> None:
    counts = stats(sample_engine)
    assert (counts.entities, counts.statements) == (6, 8)
    assert dict(counts.types) == {"technology": 3, "person": 2, "agency": 1}
    assert dict(counts.themes) == {"core-technology": 3}
    assert dict(counts.relations) == {"leads": 2, "holds-post-at": 1}
    assert dict(counts.planned) == {"builds-on": 1}
    assert dict(counts.metrics) == {"records-shared": 2, "time-saved": 1}
    assert dict(counts.statuses) == {"operating": 1}
    assert dict(counts.sources) == {"2025-01-05-sample": 6, "2024-06-sample": 2}
    assert counts.data_version == sample_engine.data_version


def test_the_real_data_is_counted_as_it_was_loaded(engine: Engine, knowledge: Knowledge) -> None:
    counts = stats(engine)
    assert dict(counts.types) == Counter(knowledge.type_of.values())
    assert dict(counts.sources) == {key: len(source.statements) for key, source in knowledge.sources.items()}
    assert counts.entities >= 90
    assert sum(counts.metrics.values()) >= 20
    assert sum(counts.relations.values()) + sum(counts.planned.values()) >= 130


def test_any_iri_with_a_name_has_a_label(sample_engine: Engine) -> None:
    iris = {
        entity_iri("changan-chain"): Text(zh="长安链", en="Chang'an Chain"),
        concept_iri("status", "operating"): Text(zh="运行中", en="operating"),
        source_iri("2024-06-sample"): Text(en="An older English source"),
        property_iri("leads"): Text(zh="牵头", en="leads"),
    }
    assert read_labels(sample_engine, [*iris, "https://example.org/nothing"]) == iris


def test_half_an_answer_is_not_taken_for_the_whole(sample_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_LIMITS", Limits(rows=2))
    with pytest.raises(AnswerTooLarge, match="fewer things"):
        stats(sample_engine)

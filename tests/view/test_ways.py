"""A way in words: sentences from subject to object, and why a step is the weakest."""

from __future__ import annotations

import pytest

from kg.engine.base import Engine
from kg.model.dates import PartialDate
from kg.model.knowledge import Knowledge
from kg.model.text import Lang, Text
from kg.query.paths import Hop, Way, paths
from kg.query.rows import EntityRef, EvidenceRow, RelationRow, SourceRef
from kg.view.cards import Reader
from kg.view.terms import Terms
from kg.view.ways import WayView, Weakness, way_view


def told(sample: Knowledge, engine: Engine, lang: Lang, start: str, end: str) -> WayView:
    (way,) = paths(engine, start, end)
    return way_view(way, Reader(Terms(sample.vocabulary), lang))


def hop(planned: bool = False, sources: int = 1, official: bool = True, day: str = "2025-01-05") -> Hop:
    one, other = (EntityRef(name, "agency", Text(en=name)) for name in "ab")
    title, date = Text(en="s"), PartialDate.read(day)
    rows = [
        RelationRow(
            statement=f"{number:016x}",
            relation="leads",
            planned=planned,
            outgoing=True,
            other=other,
            status=None,
            role=None,
            since=None,
            evidence=EvidenceRow("words", SourceRef(str(number), title, title, official, "news", "en", date, "")),
        )
        for number in range(sources)
    ]
    return Hop(one, tuple(rows))


@pytest.mark.parametrize(
    ("lang", "sentences"),
    [
        ("zh", ["刘卫华任职于市科委", "市科委牵头长安链", "可信数据空间将基于长安链"]),
        ("en", ["Liu Weihua holds a post at Beijing STC", "Beijing STC leads Chang'an Chain"]),
    ],
)
def test_each_step_is_a_sentence_from_subject_to_object(
    sample: Knowledge, sample_engine: Engine, lang: Lang, sentences: list[str]
) -> None:
    view = told(sample, sample_engine, lang, "liu-weihua", "trusted-data-space")
    assert [step.sentences[0].text for step in view.steps][: len(sentences)] == sentences


def test_the_sentence_is_the_same_on_the_way_back(sample: Knowledge, sample_engine: Engine) -> None:
    there = told(sample, sample_engine, "en", "liu-weihua", "changan-chain")
    back = told(sample, sample_engine, "en", "changan-chain", "liu-weihua")
    assert [step.sentences for step in there.steps] == [step.sentences for step in back.steps][::-1]
    assert [step.start.id for step in back.steps] == ["changan-chain", "science-commission"]


def test_each_sentence_has_its_evidence(sample: Knowledge, sample_engine: Engine) -> None:
    view = told(sample, sample_engine, "en", "liu-weihua", "trusted-data-space")
    assert view.steps[2].sentences[0].statement.evidence.phrase == "将打造基于长安链的可信数据空间"


def test_a_planned_step_carries_its_status_and_is_the_weakest(sample: Knowledge, sample_engine: Engine) -> None:
    view = told(sample, sample_engine, "en", "liu-weihua", "trusted-data-space")
    relation = view.steps[2].sentences[0].statement.relation
    assert relation is not None
    assert relation.badge is not None
    assert relation.badge.name == "announced"
    assert [step.weakest for step in view.steps] == [None, None, "planned"]
    assert [step.planned for step in view.steps] == [False, False, True]
    assert view.planned


@pytest.mark.parametrize(
    ("weak", "reason"),
    [
        (hop(planned=True), "planned"),
        (hop(official=False), "unofficial"),
        (hop(), "few"),
        (hop(sources=2, day="2020"), "old"),
        (hop(sources=2), None),
    ],
)
def test_the_weakest_step_says_why(sample: Knowledge, weak: Hop, reason: Weakness | None) -> None:
    view = way_view(Way((hop(sources=2), weak)), Reader(Terms(sample.vocabulary), "en"))
    assert [step.weakest for step in view.steps] == [None, reason]

"""In a phrase the value or the names that it states are marked, and not a sign of it is lost."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kg.engine.base import Engine
from kg.model.knowledge import Knowledge
from kg.model.text import Lang, Text
from kg.query.card import entity_card, source_card
from kg.query.everyone import all_names
from kg.query.rows import EntityRef, EvidenceRow, FigureRow
from kg.view.cards import Reader, entity_view
from kg.view.marking import Part, figure_parts, mark, name_parts
from kg.view.terms import Terms


@pytest.fixture(scope="module")
def figure(engine: Engine) -> FigureRow:
    return next(
        card.row
        for card in source_card(engine, "2025-03-20-benchmark-city-press-conference").statements
        if isinstance(card.row, FigureRow)
    )


def saying(figure: FigureRow, phrase: str, lang: Lang, value: str, qualifier: str, unit: str) -> FigureRow:
    evidence = EvidenceRow(phrase, replace(figure.evidence.source, language=lang))
    return replace(figure, evidence=evidence, value=Decimal(value), qualifier=qualifier, unit=unit)


def marked(parts: tuple[Part, ...]) -> list[str]:
    return [part.words for part in parts if part.depth]


@pytest.mark.parametrize(
    ("phrase", "lang", "value", "qualifier", "unit", "words"),
    [
        ("共享数据超2.4万亿条", "zh", "2400000000000", "over", "record", "超2.4万亿条"),
        ("靠前服务230余家企业，通过59家", "zh", "230", "over", "enterprise", "230余家企业"),
        ("形成2400多条治理规则", "zh", "2400", "over", "rule", "2400多条"),
        ("于发布后10日内即实现", "zh", "10", "within", "day", "10日内"),
        ("在3天以内办结", "zh", "3", "within", "day", "3天以内"),
        ("时长压缩约50%左右", "zh", "50", "about", "percent", "约50%"),
        ("提升百分之二十以上", "zh", "20", "at-least", "percent", "百分之二十以上"),
        ("设4个服务站", "zh", "4", "exact", "station", "4个"),
        (
            "shared over 1.8 trillion records so far",
            "en",
            "1800000000000",
            "over",
            "record",
            "over 1.8 trillion records",
        ),
        ("cut by about 50 per cent in a year", "en", "50", "about", "percent", "about 50 per cent"),
        ("cut by 50% in a year", "en", "50", "exact", "percent", "50%"),
        ("more than RMB 5 billion", "en", "5000000000", "over", "record", "more than RMB 5 billion"),
        ("at a cost of $5 billion", "en", "5000000000", "exact", "record", "$5 billion"),
    ],
)
def test_a_number_is_marked_with_its_qualifier_and_its_unit(
    knowledge: Knowledge, figure: FigureRow, phrase: str, lang: Lang, value: str, qualifier: str, unit: str, words: str
) -> None:
    row = saying(figure, phrase, lang, value, qualifier, unit)
    assert marked(figure_parts(row, Terms(knowledge.vocabulary))) == [words]


def test_of_two_equal_numbers_the_one_with_the_qualifier_is_meant(knowledge: Knowledge, figure: FigureRow) -> None:
    row = saying(figure, "50家企业，另有超50家企业", "zh", "50", "over", "enterprise")
    assert marked(figure_parts(row, Terms(knowledge.vocabulary))) == ["超50家企业"]


def test_a_number_that_the_phrase_does_not_have_marks_nothing(knowledge: Knowledge, figure: FigureRow) -> None:
    row = saying(figure, "设4个服务站", "zh", "5", "exact", "station")
    assert figure_parts(row, Terms(knowledge.vocabulary)) == (Part("设4个服务站", 0),)


CHAIN = EntityRef("chain", "technology", Text(zh="长安链", en="Chang'an Chain"))
SPACE = EntityRef("space", "platform", Text(zh="基于长安链的可信数据空间"), Text(zh="数据空间"))


def test_a_name_within_the_other_name_is_marked_more_strongly() -> None:
    parts = name_parts("打造基于长安链的可信数据空间", (SPACE, CHAIN), {})
    assert parts == (Part("打造", 0), Part("基于", 1), Part("长安链", 2), Part("的可信数据空间", 1))


def test_the_short_name_and_the_alias_are_names_too() -> None:
    assert marked(name_parts("由ChainMaker支撑的数据空间", (SPACE, CHAIN), {"chain": ("ChainMaker",)})) == [
        "ChainMaker",
        "数据空间",
    ]


def test_an_english_name_is_marked_as_a_whole_word_in_any_case() -> None:
    ada = EntityRef("ada", "person", Text(en="Ada"))
    assert marked(name_parts("ADA leads Adamant work", (ada,), {})) == ["ADA"]


def test_every_name_of_an_entity_is_known(sample: Knowledge, sample_engine: Engine) -> None:
    names = all_names(sample_engine, sample.entities)
    assert {"长安链", "Chang'an Chain", "ChainMaker"} == set(names["changan-chain"])
    assert "数据空间试点" in names["trusted-data-space"]
    assert "市科委" in names["science-commission"]


def test_a_card_marks_its_phrases(sample: Knowledge, sample_engine: Engine) -> None:
    reader = Reader(Terms(sample.vocabulary), "zh", names=all_names(sample_engine, sample.entities))
    view = entity_view(entity_card(sample_engine, "changan-chain"), reader)
    evidence = [one.evidence for one in view.figures] + [line.evidence for one in view.relations for line in one.lines]
    found = {row.phrase: marked(getattr(row, "parts", ())) for row in evidence}
    assert found["累计共享数据超2.4万亿条"] == ["超2.4万亿条"]
    assert found["市科委牵头长安链"] == ["市科委", "长安链"]


def test_each_real_figure_is_found_in_its_phrase(knowledge: Knowledge, engine: Engine) -> None:
    terms = Terms(knowledge.vocabulary)
    for source in knowledge.sources:
        for card in source_card(engine, source).statements:
            if isinstance(card.row, FigureRow) and not card.row.note:
                evidence = mark(card.row, card.subject, terms, {})
                assert len(marked(evidence.parts)) == 1, evidence.phrase


@given(some.text("长安链a数据 ", max_size=20), some.lists(some.text("长安链a数据", min_size=1, max_size=4), max_size=4))
def test_the_parts_are_the_phrase(phrase: str, names: list[str]) -> None:
    parts = name_parts(phrase, (CHAIN, SPACE), {"chain": tuple(names)})
    assert "".join(part.words for part in parts) == phrase


@given(some.text("超约近1230.%万亿条家多余以上内 ", min_size=1, max_size=20), some.integers(0, 300))
def test_no_sign_of_a_figures_phrase_is_lost(knowledge: Knowledge, figure: FigureRow, phrase: str, value: int) -> None:
    row = saying(figure, phrase, "zh", str(value), "over", "record")
    assert "".join(part.words for part in figure_parts(row, Terms(knowledge.vocabulary))) == phrase

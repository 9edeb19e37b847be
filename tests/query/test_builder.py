"""The builder: what it offers exists, leads to as many things as it said, and is written as SPARQL that says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.engine.answer import Answer
from kg.engine.base import Engine
from kg.model.glossary import Glossary
from kg.model.knowledge import Knowledge
from kg.model.text import LANGS, Text
from kg.query.builder import (
    MOST_CONDITIONS,
    Build,
    Condition,
    Link,
    Marked,
    Measured,
    Related,
    Show,
    read_build,
    write_build,
)
from kg.query.builder_options import Choice, options
from kg.query.builder_sparql import to_sparql
from kg.query.builder_words import Naming, read_naming, sentence
from kg.query.sparql.read import read_query

_IDS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6})?", fullmatch=True)
_LINKS = st.builds(Link, _IDS, st.booleans(), st.sampled_from(["fact", "planned", "either"]))
_PLAIN_LINKS = st.builds(Link, _IDS, st.booleans(), st.sampled_from(["fact", "planned"]))
_CONDITIONS: st.SearchStrategy[Condition] = st.one_of(
    st.builds(Related, _LINKS),
    st.builds(Related, _LINKS, _IDS),
    st.builds(lambda link, kind: Related(link, type=kind), _LINKS, _IDS),
    st.builds(lambda link, kind, then, end: Related(link, "", kind, then, end), _LINKS, _IDS, _PLAIN_LINKS, _IDS),
    st.builds(Measured, _IDS, st.sampled_from(["fact", "planned", "either"])),
    st.builds(
        Measured,
        _IDS,
        st.sampled_from(["fact", "planned", "either"]),
        st.sampled_from(["least", "most"]),
        st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12),
    ),
    st.builds(Marked, st.sampled_from(["status", "theme", "source"]), _IDS),
    st.builds(Marked, st.just("since"), st.sampled_from(["2024", "2025-03", "2025-03-20"])),
)
_SHOWS: st.SearchStrategy[frozenset[Show]] = st.frozensets(
    st.sampled_from(["type", "about", "ends", "figures", "words"])
)
_BUILDS = st.builds(
    Build,
    st.one_of(st.just(""), _IDS),
    st.lists(_CONDITIONS, max_size=5, unique=True).map(tuple),
    _SHOWS,
    st.integers(0, 9999),
)


def ask(engine: Engine, build: Build, knowledge: Knowledge) -> Answer:
    return engine.ask(to_sparql(build, "en", Naming(Glossary(knowledge.vocabulary))))


def things(answer: Answer) -> set[str]:
    return {row[0].value for row in answer.terms() if row[0]}


def assert_kept(engine: Engine, choice: Choice, knowledge: Knowledge) -> None:
    """What was promised is what comes: so many things, and without anything beside them so many rows."""
    if not choice.build:
        return  # nothing is asked yet
    assert choice.things >= 1
    assert len(things(ask(engine, choice.build, knowledge))) == choice.things, write_build(choice.build)
    bare = ask(engine, replace(choice.build, show=frozenset()), knowledge)
    assert bare.rows == choice.things, write_build(choice.build)


def walk(engine: Engine, knowledge: Knowledge, steps: int) -> Iterator[Choice]:
    """Every choice within so many steps, each build once."""
    glossary = Glossary(knowledge.vocabulary)
    seen, edge = {Build()}, [Build()]
    for _ in range(steps):
        offered = [choice for build in edge for choice in options(engine, build, glossary).choices()]
        fresh = {choice.build: choice for choice in offered if choice.build not in seen}
        yield from fresh.values()
        seen |= set(fresh)
        edge = list(fresh)


# --------------------------------------------------------------------------------------------------- the address


@given(_BUILDS)
def test_a_build_is_read_back_from_its_address(build: Build) -> None:
    assert read_build(write_build(build)) == (build, ())


@given(st.text(st.sampled_from("abc.~-0123456789 typerlfigshow\n"), max_size=80))
def test_any_text_is_a_build_that_can_be_written(text: str) -> None:
    build, _ = read_build(text)
    assert read_build(write_build(build)) == (build, ())


@pytest.mark.parametrize(
    "text",
    [
        "type.",
        "type.Agency",
        "type.a--b",
        "rel.leads",
        "rel.leads.up",
        "rel.leads.out.is",
        "rel.leads.out.is.a.of.b",
        "rel.leads.out.of.agency.rel.leads.out-either",
        "fig.records.about.3",
        "fig.records.least.three",
        "since.2025-02-30",
        "show.everything",
        "first.0",
        "status.x> } ; DROP ALL #",
    ],
)
def test_what_means_nothing_is_named_and_left_out(text: str) -> None:
    assert read_build(f"type.agency~{text}") == (Build("agency"), (text,))


def test_a_second_type_and_the_same_condition_again_are_left_out() -> None:
    build, unread = read_build("type.agency~theme.ai~theme.ai~type.person")
    assert (build, unread) == (Build("agency", (Marked("theme", "ai"),)), ("theme.ai", "type.person"))


def test_conditions_beyond_the_most_are_left_out() -> None:
    build, unread = read_build("~".join(f"theme.t{count}" for count in range(MOST_CONDITIONS + 1)))
    assert (len(build.conditions), unread) == (MOST_CONDITIONS, (f"theme.t{MOST_CONDITIONS}",))


def test_conditions_that_become_alike_are_one() -> None:
    build = Build("", (Marked("theme", "ai"), Marked("theme", "data")))
    assert build.changing(1, Marked("theme", "ai")).conditions == (Marked("theme", "ai"),)


# --------------------------------------------------------------------------------------------------- what is offered


def test_every_choice_within_two_steps_keeps_its_promise(sample_engine: Engine, sample: Knowledge) -> None:
    found = list(walk(sample_engine, sample, 2))
    assert len(found) > 100
    for choice in found:
        assert_kept(sample_engine, choice, sample)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_walk_through_the_sample_never_comes_to_a_dead_end(
    sample_engine: Engine, sample: Knowledge, data: st.DataObject
) -> None:
    glossary, build = Glossary(sample.vocabulary), Build()
    for _ in range(5):
        choice = data.draw(st.sampled_from(list(options(sample_engine, build, glossary).choices())))
        build = replace(choice.build, show=choice.build.show | data.draw(_SHOWS))
        assert_kept(sample_engine, Choice(build, choice.things), sample)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_walk_through_the_real_data_never_comes_to_a_dead_end(
    engine: Engine, knowledge: Knowledge, data: st.DataObject
) -> None:
    glossary, build = Glossary(knowledge.vocabulary), Build()
    for _ in range(4):
        choice = data.draw(st.sampled_from(list(options(engine, build, glossary).choices())))
        assert_kept(engine, choice, knowledge)
        build = choice.build


def test_the_first_choices_of_the_real_data_keep_their_promise(engine: Engine, knowledge: Knowledge) -> None:
    for choice in walk(engine, knowledge, 1):
        assert_kept(engine, choice, knowledge)


@pytest.mark.parametrize(
    "text",
    [
        "type.programme~rel.carries-out.in-planned.of.agency~theme.public-data",
        "rel.works-with.out-either",
        "rel.builds.in-either.of.place.rel.works-with.out~status.announced",
        "type.platform~rel.builds-on.out.of.technology.rel.builds-on.in",
        "fig.enterprises-served",
    ],
)
def test_deeper_choices_of_the_real_data_keep_their_promise(engine: Engine, knowledge: Knowledge, text: str) -> None:
    build, unread = read_build(text)
    assert not unread
    for choice in options(engine, build, Glossary(knowledge.vocabulary)).choices():
        assert_kept(engine, choice, knowledge)


@pytest.mark.parametrize(
    "text",
    [
        "theme.data-elements",
        "type.programme~theme.data-elements",
        "rel.part-of.in-either",
        "rel.builds.out",
        "rel.builds.out.of.programme",
        "fig.enterprises-served",
        "status.operating",
    ],
)
@pytest.mark.parametrize(("most", "most_said"), [(3, 100_000), (1_000, 3), (3, 1)])
def test_counts_of_some_promise_no_more_than_there_is(
    engine: Engine, knowledge: Knowledge, text: str, most: int, most_said: int
) -> None:
    build, _ = read_build(text)
    glossary = Glossary(knowledge.vocabulary)
    some, every = options(engine, build, glossary, most, most_said), options(engine, build, glossary, 1_000, 100_000)
    full = {choice.build: choice.things for choice in every.choices()}
    assert not any(choice.more for choice in every.choices())
    assert (some.things, some.more) == (min(most, every.things), every.things > most)
    for choice in some.choices():
        last = choice.build.conditions[-1]
        if choice.build not in full:  # a source that speaks of all of them, as of some it cannot be told
            assert choice.more and isinstance(last, Marked) and last.mark in ("source", "since")
        assert 1 <= choice.things <= full.get(choice.build, every.things)
        assert choice.more or choice.things == full[choice.build]
    assert some.partial or not some.more
    for few, all_of_it in zip(some.changes, every.changes, strict=True):
        for name in ("values", "then", "then_values"):
            offered, there = (getattr(change, name) for change in (few, all_of_it))
            assert bool(offered) == bool(there)
            assert any(one.more for one in offered) or {one.build for one in offered} == {one.build for one in there}
        assert not few.values or any(one.build == build for one in all_of_it.values) <= any(
            one.build == build for one in few.values
        )


def test_what_is_looked_at_has_a_bound_where_there_are_conditions(counted: Any, sample: Knowledge) -> None:
    some = options(counted, Build("", (Marked("theme", "core-technology"),)), Glossary(sample.vocabulary), 1)
    assert all(f"LIMIT {1 + 1}" in query for query in counted.queries)
    assert (some.things, some.more) == (1, True)


def test_what_is_shown_beside_the_things_loses_none_of_them(engine: Engine, knowledge: Knowledge) -> None:
    bare = Build("agency")
    shown = replace(bare, show=frozenset({"type", "about", "ends", "figures", "words"}))
    assert things(ask(engine, shown, knowledge)) == things(ask(engine, bare, knowledge))


def test_a_condition_that_is_there_is_not_offered_again(sample_engine: Engine, sample: Knowledge) -> None:
    build = Build("", (Marked("theme", "core-technology"),))
    added = [
        choice.build.conditions[-1] for choice in options(sample_engine, build, Glossary(sample.vocabulary)).additions
    ]
    assert added and build.conditions[0] not in added


def test_nothing_is_added_beyond_the_most(sample_engine: Engine, sample: Knowledge) -> None:
    build = Build("", tuple(Marked("since", str(2000 + count)) for count in range(MOST_CONDITIONS)))
    assert options(sample_engine, build, Glossary(sample.vocabulary)).additions == ()


def test_an_address_that_nothing_meets_offers_nothing_false(sample_engine: Engine, sample: Knowledge) -> None:
    build = Build("agency", (Marked("status", "operating"), Marked("theme", "unheard-of")))
    found = options(sample_engine, build, Glossary(sample.vocabulary))
    assert (found.things, found.additions) == (0, ())
    assert all(choice.things for choice in found.choices())


def test_it_costs_one_round_trip_and_one_for_each_condition(counted: Any, sample: Knowledge) -> None:
    build = Build("technology", (Marked("theme", "core-technology"), Related(Link("leads", outgoing=False))))
    options(counted, build, Glossary(sample.vocabulary))
    assert counted.asked == 3


def test_fact_or_plan_is_a_choice_only_where_there_are_both(engine: Engine, knowledge: Knowledge) -> None:
    glossary = Glossary(knowledge.vocabulary)
    both, facts = (
        options(engine, Build("", (one,)), glossary)
        for one in (Related(Link("builds")), Measured("enterprises-served"))
    )
    assert [len(found.changes[0].holds) for found in (both, facts)] == [3, 1]


def test_only_the_newest_status_counts(sample: Knowledge, sample_engine: Engine) -> None:
    found = options(sample_engine, Build(), Glossary(sample.vocabulary)).additions
    assert [choice.build.conditions[0] for choice in found if "status" in write_build(choice.build)] == [
        Marked("status", "operating")
    ]


def test_a_figure_is_compared_with_numbers_that_there_are(sample_engine: Engine, sample: Knowledge) -> None:
    build = Build("", (Measured("records-shared"),))
    values = options(sample_engine, build, Glossary(sample.vocabulary)).changes[0].values
    assert [str(choice.build.conditions[0]) for choice in values] == [
        "fig.records-shared",
        "fig.records-shared.least.2400000000000",
        "fig.records-shared.most.1800000000000",
    ]


# --------------------------------------------------------------------------------------------------- the SPARQL


def test_a_plan_is_no_fact(sample_engine: Engine, sample: Knowledge) -> None:
    fact, plan, either = (
        ask(sample_engine, Build("", (Related(Link("builds-on", hold=hold)),)), sample)
        for hold in ("fact", "planned", "either")
    )
    assert (fact.rows, plan.rows, either.rows) == (0, 1, 1)
    assert either.records()[0]["builds_on_planned"].value == "true"


def test_a_target_is_no_figure(sample_engine: Engine, sample: Knowledge) -> None:
    shown: frozenset[Show] = frozenset({"figures"})
    fact, target, either = (
        ask(sample_engine, Build("", (Measured("time-saved", hold),), shown), sample)
        for hold in ("fact", "planned", "either")
    )
    assert (fact.rows, target.rows, either.rows) == (0, 1, 1)
    assert either.records()[0]["aim_en"].value == "target"


def test_a_figure_stands_with_its_qualifier_its_unit_and_its_date(sample_engine: Engine, sample: Knowledge) -> None:
    compared = Measured("records-shared", "fact", "least", Decimal(2_000_000_000_000))
    (row,) = ask(sample_engine, Build("technology").adding(compared), sample).records()
    assert [row[name].value for name in ("sign", "value", "unit_zh", "as_of")] == [
        ">",
        "2400000000000",
        "条",
        "2025-01-05",
    ]


def test_the_words_stand_with_their_source(sample_engine: Engine, sample: Knowledge) -> None:
    build = Build("technology", (Related(Link("leads", outgoing=False), "science-commission"),), frozenset({"words"}))
    (row,) = ask(sample_engine, build, sample).records()
    assert row["phrase"].value == "市科委牵头长安链"
    assert row["source"].value.endswith("2025-01-05-sample")


def test_a_symmetric_relation_is_read_from_either_end(engine: Engine, knowledge: Knowledge) -> None:
    pairs = {
        (row["thing"].value, row["works_with"].value)
        for shows in (frozenset({"ends"}), frozenset({"ends", "words"}))
        for row in ask(engine, Build("", (Related(Link("works-with", hold="either")),), shows), knowledge).records()
    }
    assert pairs and pairs == {(there, here) for here, there in pairs}


def test_two_conditions_of_one_kind_both_count(engine: Engine, knowledge: Knowledge) -> None:
    built = Related(Link("builds", outgoing=False, hold="either"))
    both = Build("", (built, replace(built, type="place")), frozenset({"ends"}))
    answer = ask(engine, both, knowledge)
    assert {"is_built_by", "is_built_by_2"} <= set(answer.columns)
    assert answer.rows > 0


def test_no_row_stands_twice(engine: Engine, knowledge: Knowledge) -> None:
    shows: frozenset[Show] = frozenset({"type", "about", "ends", "figures", "words"})
    build = Build("programme", (Related(Link("carries-out", outgoing=False, hold="either")),), shows)
    rows = ask(engine, build, knowledge).terms()
    assert len(set(rows)) == len(rows) > 10


def test_rows_are_limited_only_if_asked(engine: Engine, knowledge: Knowledge) -> None:
    assert "LIMIT" not in to_sparql(Build("agency"), "en", Naming(Glossary(knowledge.vocabulary)))
    assert ask(engine, Build("agency", first=3), knowledge).rows == 3


def test_the_greatest_value_comes_first(engine: Engine, knowledge: Knowledge) -> None:
    metric = next(iter(knowledge.metrics))
    answer = ask(engine, Build("", (Measured(metric),), frozenset({"figures"})), knowledge)
    values = [Decimal(row["value"].value) for row in answer.records()]
    assert values == sorted(values, reverse=True)


def test_nothing_built_is_no_question(knowledge: Knowledge) -> None:
    assert to_sparql(Build(), "en", Naming(Glossary(knowledge.vocabulary))) == ""


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_BUILDS)
def test_any_build_is_sparql(sample_engine: Engine, sample: Knowledge, build: Build) -> None:
    query = to_sparql(build, "zh", Naming(Glossary(sample.vocabulary)))
    if query:
        columns = sample_engine.ask(query).columns
        assert columns[0] in (build.type.replace("-", "_"), "thing")
        assert [one.variable.name for one in read_query(query).columns if one.variable] == list(columns)


def test_a_name_cannot_break_out_of_the_comment(sample: Knowledge, sample_engine: Engine) -> None:
    hostile = Naming(
        Glossary(sample.vocabulary),
        {"https://w3id.org/beijing-digital-economy/entity/x": Text(en="a\rASK {} #\u2028b")},
    )
    query = to_sparql(Build("", (Related(Link("leads"), "x"),)), "en", hostile)
    assert query.startswith("# Anything that leads a ASK {} # b\n\nPREFIX")
    assert sample_engine.ask(query).empty


# --------------------------------------------------------------------------------------------------- in words


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("type.agency", "机构", "Agency"),
        (
            "type.technology~rel.leads.in.is.science-commission~theme.core-technology",
            "牵头单位北京市科学技术委员会、主题为“关键技术”的技术",
            "Technology that led by Beijing Municipal Science & Technology Commission and belongs to the theme"
            " “Core technology”",
        ),
        (
            "rel.builds-on.out-either.of.technology.rel.leads.in",
            "基于或将基于某个牵头单位某个实体的技术的实体",
            "Anything that builds on or is to build on some technology that led by something",
        ),
        (
            "fig.records-shared.least.2000~fig.time-saved.planned~since.2025",
            "“累计共享数据”不少于2,000条、有“时长压缩”目标值、自2025起有来源谈到的实体",
            "Anything that has “Records shared” of at least 2,000 records, has a target for “Time saved” and is"
            " spoken of by a source since 2025",
        ),
        (
            "rel.holds-post-at.out-planned~status.operating~source.2025-01-05-sample",
            "任职于（计划）某个实体、最新状态为“运行中”、《样本发布会》谈到的实体",
            "Anything that holds a post at (planned) something, has “operating” as its newest status and is"
            " spoken of in “Sample press conference”",
        ),
    ],
)
def test_the_question_is_said_in_words(sample: Knowledge, sample_engine: Engine, text: str, zh: str, en: str) -> None:
    build, unread = read_build(text)
    naming = read_naming(sample_engine, Glossary(sample.vocabulary), build)
    assert not unread
    assert [sentence(build, lang, naming) for lang in LANGS] == [zh, en]
    assert to_sparql(build, "zh", naming).startswith(f"# {zh}\n")


def test_ids_that_nobody_knows_stand_for_themselves(sample: Knowledge) -> None:
    build, _ = read_build("type.robot~rel.repairs.out.is.r2~fig.bolts.least.3~theme.stars~source.s")
    said = sentence(build, "en", Naming(Glossary(sample.vocabulary)))
    assert said == (
        "robot that repairs r2, has “bolts” of at least 3 , belongs to the theme “stars” and is spoken of in “s”"
    )

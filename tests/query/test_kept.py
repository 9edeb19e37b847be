"""What a store keeps answers as asking it would, and is not believed of other data."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from kg.engine.answer import Answer
from kg.engine.base import Engine
from kg.engine.embedded import EmbeddedEngine
from kg.errors import QueryError
from kg.graph.build import build
from kg.graph.index_names import KEPT, LAST_SAID, kept_iri, kept_name, whole
from kg.graph.names import PREFIXES, compact
from kg.model.dates import PartialDate
from kg.model.glossary import Glossary
from kg.model.knowledge import Knowledge
from kg.query.ask import ask
from kg.query.builder import Build, read_build
from kg.query.builder_options import options
from kg.query.card import source_figures
from kg.query.catalogue import catalogue
from kg.query.choices import fruitful
from kg.query.compose import compose
from kg.query.directory import Directory
from kg.query.ends import KEPT_ENDS, MANY, ends_of
from kg.query.filters import Sieve, SourceFact
from kg.query.kept.make import keep
from kg.query.kept.shelf import has_index, kept, kept_one
from kg.query.overview import Overview, overview
from kg.query.questions import load_questions
from kg.query.scene import Filters, Scene
from kg.query.starts import start_ids
from kg.query.stats import stats
from tests.indexed import Both, index_of

_DATES = """
SELECT DISTINCT ?entity ?date {
  ?said rdf:subject|rdf:object|bde:subject ?entity ; dcterms:source/dcterms:date ?date .
  ?entity dcterms:identifier ?id
}
"""
_PLANNED = ("announced", "drafted")
_STARTS = ("", "all", "new", "promised", "around.place-1", "around.programme-20", "around.nobody")


@pytest.fixture(params=["sample_both", "real_both", "invented_both"])
def pair(request: pytest.FixtureRequest) -> Both:
    found: Both = request.getfixturevalue(request.param)
    return found


# ------------------------------------------------------------------------------------------- looking up


def test_where_nothing_is_kept_nothing_is_asked(counted: Any) -> None:
    assert not has_index(counted)
    assert kept(counted, ["stats", "hubs"]) == {}
    assert counted.asked == 0


def test_what_was_looked_up_is_not_asked_for_again(sample_both: Both, counting: Any) -> None:
    engine = counting(sample_both.kept)
    assert kept(engine, ["stats", "gram/长安", "gram/nothing"]).keys() == {"stats", "gram/长安"}
    asked = engine.asked
    assert kept_one(engine, "stats") is not None
    assert kept_one(engine, "gram/nothing") is None
    assert engine.asked == asked


def test_what_is_kept_of_other_data_counts_for_nothing(sample: Knowledge, sample_both: Both) -> None:
    nquads = build(sample).nquads + index_of(sample_both.plain)
    with EmbeddedEngine(nquads, "of another version", prefixes=PREFIXES) as engine:
        assert not has_index(engine)
        assert kept_one(engine, "stats") is None
        assert stats(engine).entities == 6


def test_a_new_data_version_is_looked_up_anew(sample_both: Both, counting: Any) -> None:
    engine = counting(sample_both.kept)
    assert has_index(engine)
    engine.data_version = "another"
    assert not has_index(engine)


def test_an_index_of_which_the_end_is_missing_counts_for_nothing(sample: Knowledge, sample_both: Both) -> None:
    lines = index_of(sample_both.plain).splitlines(keepends=True)
    nquads = build(sample).nquads + b"".join(lines[:-1])
    with EmbeddedEngine(nquads, sample_both.plain.data_version, prefixes=PREFIXES) as engine:
        assert not has_index(engine)


@pytest.mark.parametrize("name", ["stats", "gram/长安", "gram/^a", "gram/~数据", "hub/a/near/plan:builds/in"])
def test_a_name_is_read_back_from_its_iri(name: str) -> None:
    assert kept_name(kept_iri(name)) == name
    assert kept_name(PREFIXES["ent"] + "stats") is None


@pytest.mark.parametrize("address", [PREFIXES["bde"] + "leads", PREFIXES["plan"] + "builds", "urn:x:y", "zh", ""])
def test_a_short_name_is_made_whole_again(address: str) -> None:
    assert whole(compact(address)) == address


# ------------------------------------------------------------------------------------------- working out


def test_each_answer_is_json_and_the_last_says_of_which_data(sample_both: Both) -> None:
    triples = list(keep(sample_both.plain))
    assert {predicate for _, predicate, _ in triples} == {KEPT, LAST_SAID}
    answers = {
        kept_name(subject): json.loads(getattr(value, "value", ""))
        for subject, predicate, value in triples
        if predicate == KEPT
    }
    assert list(answers)[-1] == "about"
    assert answers["about"]["version"] == sample_both.plain.data_version


def test_no_answer_is_great_while_it_is_worked_out(invented_both: Both, counting: Any) -> None:
    engine = counting(invented_both.plain)
    for _ in keep(engine):
        pass
    assert max(engine.rows) < 10_000


class Forgetful:
    """Lists no second page of ids, as a store would that compares texts in a way of its own."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.data_version, self.graphs = engine, engine.data_version, engine.graphs

    def ask(self, query: str, **options: Any) -> Answer:
        answer = self.engine.ask(query, **options)
        if "ORDER BY STR(?id)" in query:
            return replace(answer, body=b"".join(answer.body.splitlines(keepends=True)[:3]), rows=2)
        return answer


def test_a_store_that_leaves_anyone_out_is_found_out(sample_engine: Engine) -> None:
    with pytest.raises(QueryError, match="counts 6 entities and lists 2"):
        list(keep(Forgetful(sample_engine)))  # type: ignore[arg-type] # it has all that is asked of it here


# ------------------------------------------------------------------------------------------- the same answers


def test_everything_is_counted_alike(pair: Both) -> None:
    assert stats(pair.kept) == stats(pair.plain)


def test_the_catalogue_is_the_same(pair: Both) -> None:
    assert catalogue(pair.kept) == catalogue(pair.plain)


@pytest.mark.parametrize("build", ["", "agency", "programme", "place", "nothing"])
def test_the_first_choices_of_the_builder_are_the_same(pair: Both, knowledge: Knowledge, build: str) -> None:
    glossary = Glossary(knowledge.vocabulary)
    assert options(pair.kept, Build(build), glossary) == options(pair.plain, Build(build), glossary)


@pytest.mark.parametrize(
    "text",
    [
        "since.2025",
        "since.2024~since.2025-03",
        "since.2025~rel.part-of.out",
        "rel.builds.out.of.programme~since.2025-03",
        "type.programme~theme.data-elements~since.2024",
        "fig.enterprises-served~since.2025~source.2025-03-20-benchmark-city-press-conference",
        "status.operating~since.2025",
    ],
)
def test_a_date_in_the_builder_leads_to_the_same(pair: Both, real_both: Both, knowledge: Knowledge, text: str) -> None:
    build, unread = read_build(text)
    assert not unread
    glossary = Glossary(knowledge.vocabulary)
    found = options(pair.kept, build, glossary)
    assert found == options(pair.plain, build, glossary)
    assert found.things or pair is not real_both


def test_the_last_date_of_everyone_is_kept(pair: Both) -> None:
    dates: dict[str, str] = {}
    for row in ask(pair.plain, _DATES).records():
        entity = row["entity"].value
        dates[entity] = max(dates.get(entity, ""), row["date"].value)
    kept_dates = ask(pair.kept, "SELECT ?entity ?date { GRAPH graph:index { ?entity bde:lastSaid ?date } }")
    assert {row["entity"].value: row["date"].value for row in kept_dates.records()} == dates


def test_the_first_choices_of_the_builder_are_looked_up(sample_both: Both, knowledge: Knowledge, counting: Any) -> None:
    engine = counting(sample_both.kept)
    options(engine, Build("agency"), Glossary(knowledge.vocabulary))
    assert all("bde:kept" in query for query in engine.queries)


def test_forms_offer_the_same(pair: Both) -> None:
    asked = [(question, parameter) for question in load_questions() for parameter in question.parameters]
    assert asked
    for question, parameter in asked:
        worked_out = fruitful(pair.plain, question, parameter)
        if worked_out is not None:  # else there may not have been the time, which a load has
            assert fruitful(pair.kept, question, parameter) == worked_out, question.name


def test_what_forms_offer_is_looked_up(sample_both: Both, counting: Any) -> None:
    engine = counting(sample_both.kept)
    for question in load_questions():
        for parameter in question.parameters:
            fruitful(engine, question, parameter)
    assert all("bde:kept" in query for query in engine.queries)


def test_the_ends_of_common_properties_are_the_same(invented_both: Both, counting: Any) -> None:
    engine = counting(invented_both.kept)
    known = catalogue(engine)
    common = [name for name, entry in known.properties.items() if entry.count > MANY]
    asked = len(engine.queries)
    assert common
    for name in common:
        assert ends_of(engine, name) == ends_of(invented_both.plain, name)[:KEPT_ENDS]
        assert ends_of(engine, name, subjects=True) == ends_of(invented_both.plain, name, subjects=True)[:KEPT_ENDS]
    assert all("bde:kept" in query for query in engine.queries[asked:])


def test_the_ends_of_a_common_property_within_a_class_are_the_same(invented_both: Both) -> None:
    uses = catalogue(invented_both.plain).uses
    common = [(name, one) for one, counts in uses.items() for name, count in counts.items() if count > MANY]
    assert common
    for name, one in common:
        assert ends_of(invented_both.kept, name, one) == ends_of(invented_both.plain, name, one)[:KEPT_ENDS]


def test_sources_are_the_same(pair: Both, counting: Any) -> None:
    engine = counting(pair.kept)
    assert dict(Directory(engine).sources) == dict(Directory(pair.plain).sources)
    assert list(Directory(engine).sources) == list(Directory(pair.plain).sources)
    assert engine.asked == 2  # which data are kept, and their sources


def test_the_newest_source_s_figures_that_are_kept_are_those_of_the_best_known(pair: Both) -> None:
    newest = max(Directory(pair.plain).sources.values(), key=lambda one: (one.date.last, one.id)).id
    weights = {one.id: (one.featured, one.weight) for one in overview(pair.plain).entities}
    every, some = (source_figures(one, newest) for one in pair)
    assert set(map(repr, some)) <= set(map(repr, every))
    reached = sorted({weights[row.subject.id] for row in every if row.aim == "achieved"}, reverse=True)
    found = {weights[row.subject.id] for row in some if row.aim == "achieved"}
    assert found >= set(reached[:4])


@pytest.mark.parametrize("start", _STARTS)
def test_pictures_start_alike(pair: Both, start: str) -> None:
    assert start_ids(pair.kept, start, _PLANNED, 400) == start_ids(pair.plain, start, _PLANNED, 400)


@pytest.mark.parametrize("start", _STARTS)
def test_pictures_show_the_same(pair: Both, start: str) -> None:
    found = [overview(one, ids=compose(one, Scene(start), _PLANNED, 400).shown) for one in pair]
    assert _without_mentions(found[1]) == _without_mentions(found[0])


@pytest.mark.parametrize("asked", [{"limit": 5}, {"limit": 400}, {"themes": ["ai"], "limit": 50}, {"themes": []}])
def test_the_best_known_are_the_same(pair: Both, asked: dict[str, Any]) -> None:
    assert _without_mentions(overview(pair.kept, **asked)) == _without_mentions(overview(pair.plain, **asked))


def test_no_hub_is_asked_what_is_said_of_it(invented_both: Both, counting: Any) -> None:
    hubs = list(kept_one(invented_both.kept, "hubs"))
    engine = counting(invented_both.kept)
    assert {one.id for one in overview(engine, ids=hubs).entities} == set(hubs)
    assert sum(engine.rows) < 10 * len(hubs)


def _without_mentions(found: Overview) -> Overview:
    return replace(found, entities=tuple(replace(one, mentions=()) for one in found.entities))


def _sieves(engine: Engine, found: Overview) -> Iterator[Callable[[Overview], Overview]]:
    sources = Directory(engine).sources
    facts = {one.id: SourceFact(one.official, one.date) for one in sources.values()}
    dates = sorted({said.date for one in found.entities for said in one.mentions if said.date})
    for filters in (
        Filters(official=True),
        Filters(least=2),
        Filters(least=3),
        *(Filters(off=frozenset({("source", one)})) for one in sorted(sources)),
        *(Filters(until=PartialDate.read(date)) for date in dates[:: max(1, len(dates) // 20)]),
    ):
        yield Sieve(filters, facts, lambda status: "planned" if status in _PLANNED else "achieved")


def test_filters_leave_the_same_of_hubs(invented_both: Both) -> None:
    plain, kept_ = (overview(one, limit=60) for one in invented_both)
    for sieve in _sieves(invented_both.plain, plain):
        assert [one.id for one in sieve(kept_).entities] == [one.id for one in sieve(plain).entities]

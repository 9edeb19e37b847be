"""What stands behind the rows of an answer, kind of query by kind of query, on the sample."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, cast

import pytest

from kg.engine.answer import Answer
from kg.engine.base import Engine, Limits
from kg.engine.start import start_engine
from kg.errors import EngineUnavailable, MalformedQuery, QueryError, QueryTimeout
from kg.graph.names import statement_hex
from kg.model.knowledge import Knowledge
from kg.model.source import Source
from kg.model.statement import Relation
from kg.query import evidence
from kg.query.ask import with_prefixes
from kg.query.evidence import Cited, trace
from kg.query.evidence_query import second_query
from kg.query.rows import RelationRow
from kg.query.sparql.read import read_query
from tests.query.conftest import Counted

LEADS = "Ada leads the space"
BUILDS = "将打造基于长安链的可信数据空间"
COMMISSION = "市科委牵头长安链"
POST = "市科委副主任刘卫华"
OLDER, NEWER, SAVED = "over 1.8 trillion records", "累计共享数据超2.4万亿条", "时长压缩约50%"
RUNNING = "长安链已运行"


def cite(engine: Engine, text: str, rows: int = 100) -> Cited:
    """The citations of a query's answer, as the page asks for them."""
    text = with_prefixes(text)
    return trace(engine, read_query(text), engine.ask(text), rows)


def phrases(cited: Cited) -> list[set[str]]:
    """The words behind each row."""
    words = {note.number: note.card.row.evidence.phrase for note in cited.notes}
    return [{words[number] for number in row} for row in cited.rows]


def reasons(engine: Engine, text: str) -> dict[str, list[str]]:
    """The parts of a query that carry no evidence, by reason."""
    text = with_prefixes(text)
    found: dict[str, list[str]] = {}
    for one in trace(engine, read_query(text), engine.ask(text)).untraced:
        found.setdefault(one.reason, []).append(text[one.span.start : one.span.end])
    return found


@pytest.fixture(scope="module")
def second_source(sample: Knowledge) -> Source:
    """Another source that says what the older one says."""
    older = sample.sources["2024-06-sample"]
    same = Relation(subject="only-english", relation="leads", object="trusted-data-space", phrase="Ada heads the space")
    return older.model_copy(update={"id": "2026-01-echo", "statements": (same,)})


@pytest.fixture(scope="module")
def twice(sample: Knowledge, second_source: Source) -> Iterator[Engine]:
    sources = {**sample.sources, second_source.id: second_source}
    with start_engine(dataclasses.replace(sample, sources=sources)) as started:
        yield started


def test_a_relation_has_the_statement_that_says_it(sample_engine: Engine) -> None:
    cited = cite(sample_engine, "SELECT ?a ?b { ?a bde:leads ?b } ORDER BY ?a")
    assert phrases(cited) == [{LEADS}, {COMMISSION}]
    assert cited.complete


def test_notes_are_numbered_as_they_are_first_used(sample_engine: Engine) -> None:
    ascending = cite(sample_engine, "SELECT ?a ?b { ?a bde:leads ?b } ORDER BY ?a")
    descending = cite(sample_engine, "SELECT ?a ?b { ?a bde:leads ?b } ORDER BY DESC(?a)")
    assert ascending.rows == descending.rows == ((1,), (2,))
    assert [note.number for note in descending.notes] == [1, 2]
    assert [note.card.id for note in descending.notes] == [note.card.id for note in ascending.notes][::-1]


def test_a_relation_of_two_sources_has_two_notes(twice: Engine) -> None:
    cited = cite(twice, "SELECT DISTINCT ?a { ?a bde:leads ent:trusted-data-space }")
    assert cited.rows == ((1, 2),)
    assert {note.card.row.evidence.source.id for note in cited.notes} == {"2024-06-sample", "2026-01-echo"}


def test_a_planned_relation_is_noted_as_planned(sample_engine: Engine) -> None:
    cited = cite(sample_engine, "SELECT ?a ?b { ?a plan:buildsOn ?b }")
    (note,) = cited.notes
    assert isinstance(note.card.row, RelationRow)
    assert note.card.row.planned


def test_a_figure_without_a_column_of_its_own_is_noted(sample_engine: Engine) -> None:
    cited = cite(sample_engine, "SELECT ?v { [] bde:metric metric:records-shared ; bde:value ?v } ORDER BY ?v")
    assert phrases(cited) == [{OLDER}, {NEWER}]


def test_the_evidence_of_a_statement_leads_to_it(sample_engine: Engine) -> None:
    cited = cite(sample_engine, 'SELECT ?e { ?e oa:hasSelector/oa:exact "over 1.8 trillion records"@en }')
    assert phrases(cited) == [{OLDER}]


def test_rows_that_are_equal_share_their_notes(sample_engine: Engine) -> None:
    cited = cite(sample_engine, "SELECT ?metric { ?f bde:metric ?metric } ORDER BY ?metric")
    assert phrases(cited) == [{OLDER, NEWER}, {OLDER, NEWER}, {SAVED}]


def test_one_distinct_row_has_the_notes_of_all_that_it_stands_for(sample_engine: Engine) -> None:
    cited = cite(sample_engine, "SELECT DISTINCT ?metric { ?f bde:metric ?metric } ORDER BY ?metric")
    assert phrases(cited) == [{OLDER, NEWER}, {SAVED}]


def test_only_the_first_rows_are_cited(sample_engine: Engine) -> None:
    cited = cite(sample_engine, "SELECT ?v { ?f bde:value ?v } ORDER BY ?v", rows=2)
    assert phrases(cited) == [{SAVED}, {OLDER}]


def test_no_rows_need_no_evidence(sample_engine: Engine) -> None:
    assert cite(sample_engine, "SELECT ?a { ?a bde:issues ?b }") == Cited((), (), (), True, ())


def test_an_unbound_optional_has_no_note(sample_engine: Engine) -> None:
    text = (
        "SELECT ?who ?post { ?who bde:leads ?x OPTIONAL { ?y bde:holdsPostAt ?who BIND (?y AS ?post) } } ORDER BY ?who"
    )
    cited = cite(sample_engine, text)
    assert phrases(cited) == [{LEADS}, {COMMISSION, POST}]
    assert cited.complete


def test_a_row_is_not_given_the_notes_of_what_a_filter_left_out(sample_engine: Engine) -> None:
    text = "SELECT ?f { ?a bde:leads ?b OPTIONAL { ?f bde:subject ?b ; bde:metric ?m } FILTER (BOUND(?f)) }"
    assert all(COMMISSION in words and LEADS not in words for words in phrases(cite(sample_engine, text)))


def test_a_row_is_not_given_the_notes_of_another_way_to_its_value(sample_engine: Engine) -> None:
    values = "VALUES ?z { ent:changan-chain ent:only-english }"
    text = f"SELECT DISTINCT ?z {{ ?a bde:leads ?b OPTIONAL {{ ?b plan:buildsOn ?z }} {values} }} ORDER BY ?z"
    assert phrases(cite(sample_engine, text)) == [{LEADS, BUILDS, COMMISSION}, {COMMISSION}]


def test_an_optional_that_never_matched_is_said(sample_engine: Engine) -> None:
    text = "SELECT ?a { ?a bde:leads ?b OPTIONAL { ?b bde:issues ?c } }"
    assert reasons(sample_engine, text) == {"optional": ["bde:issues ?c"]}
    assert cite(sample_engine, text).complete


def test_of_a_union_the_branch_that_held_is_noted(sample_engine: Engine) -> None:
    text = "SELECT ?a ?b { { ?a bde:leads ?b } UNION { ?b plan:buildsOn ?a } } ORDER BY ?a ?b"
    assert phrases(cite(sample_engine, text)) == [{BUILDS}, {LEADS}, {COMMISSION}]


def test_a_branch_that_did_not_hold_is_not_noted_though_its_statement_is_there(sample_engine: Engine) -> None:
    text = """SELECT ?a ?b {
      { ?a bde:leads ?b . ?b bde:issues ?c } UNION { ?a a bde:Person . ?x bde:subject ?b . ?x a bde:Figure }
    }"""
    assert all(LEADS not in words and COMMISSION not in words for words in phrases(cite(sample_engine, text)))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("bde:leads/plan:buildsOn", [{LEADS, BUILDS}]),
        ("^bde:leads", [{COMMISSION}, {LEADS}]),
        ("bde:leads|plan:buildsOn", [{LEADS}, {COMMISSION}, {BUILDS}]),
        ("bde:leads|^plan:buildsOn", [{BUILDS}, {LEADS}, {COMMISSION}]),
        ("bde:leads/plan:buildsOn?", [{LEADS, BUILDS}, {LEADS}, {COMMISSION}]),
        ("(bde:leads/plan:buildsOn)|bde:leads", [{LEADS, BUILDS}, {LEADS}, {COMMISSION}]),
        ("(bde:leads|plan:buildsOn)+", [{LEADS, BUILDS}, {LEADS}, {COMMISSION}, {BUILDS}]),
        ("bde:leads/plan:buildsOn*", [{LEADS, BUILDS}, {LEADS}, {COMMISSION}]),
        ("^(bde:leads/plan:buildsOn)", [{LEADS, BUILDS}]),
        ("bde:leads/^rdf:subject/rdf:object", [{LEADS, BUILDS}]),
    ],
)
def test_every_step_of_a_path_is_noted(sample_engine: Engine, path: str, expected: list[set[str]]) -> None:
    cited = cite(sample_engine, f"SELECT ?a ?b {{ ?a {path} ?b }} ORDER BY ?a ?b")
    assert phrases(cited) == expected
    assert cited.complete


def test_a_choice_between_a_relation_and_its_statement_notes_both(sample_engine: Engine) -> None:
    cited = cite(sample_engine, "SELECT ?a { ?a rdf:object|bde:leads ent:changan-chain } ORDER BY ?a")
    assert sorted(map(sorted, phrases(cited))) == [[BUILDS], [COMMISSION], [COMMISSION]]


def test_a_step_by_any_other_property_is_noted(sample_engine: Engine) -> None:
    text = "SELECT ?b { ent:only-english !(rdf:type|skos:prefLabel|dcterms:description|bde:leadsNot) ?b . ?b a ?type }"
    assert phrases(cite(sample_engine, text)) == [{LEADS}]


def test_a_step_back_by_any_other_property_is_noted(sample_engine: Engine) -> None:
    text = "SELECT DISTINCT ?b { ent:changan-chain !(^plan:buildsOn) ?b . ?b a bde:Agency }"
    assert phrases(cite(sample_engine, text)) == [{COMMISSION}]


def test_a_sum_rests_on_all_that_went_into_it(sample_engine: Engine) -> None:
    cited = cite(sample_engine, "SELECT ?m (SUM(?v) AS ?s) { ?f bde:metric ?m ; bde:value ?v } GROUP BY ?m ORDER BY ?m")
    assert phrases(cited) == [{OLDER, NEWER}, {SAVED}]
    assert cited.complete


def test_a_count_of_everything_rests_on_everything(sample_engine: Engine) -> None:
    cited = cite(sample_engine, "SELECT (COUNT(*) AS ?n) { ?f a bde:Figure }")
    assert phrases(cited) == [{OLDER, NEWER, SAVED}]


def test_a_group_by_an_expression_is_traced(sample_engine: Engine) -> None:
    text = "SELECT ?year (COUNT(?f) AS ?n) { ?f a bde:Figure ; bde:asOf ?d } GROUP BY (SUBSTR(STR(?d), 1, 4) AS ?year)"
    assert phrases(cite(sample_engine, f"{text} ORDER BY ?year")) == [{OLDER}, {NEWER, SAVED}]


def test_groups_that_the_columns_do_not_name_are_not_traced(sample_engine: Engine) -> None:
    text = "SELECT (SUM(?v) AS ?s) { ?f bde:metric ?m ; bde:value ?v } GROUP BY ?m"
    assert reasons(sample_engine, text) == {"aggregate": ["?m"]}
    assert cite(sample_engine, text).rows == ((), ())


def test_a_large_group_is_counted_and_not_listed(engine: Engine, knowledge: Knowledge) -> None:
    text = with_prefixes("SELECT (COUNT(?s) AS ?n) { ?s a bde:Relation }")
    cited = trace(engine, read_query(text), engine.ask(text))
    relations = sum(isinstance(statement, Relation) for _, statement in knowledge.statements())
    (why,) = cited.untraced
    assert (cited.rows, cited.counts) == (((),), (relations,))
    assert (why.reason, why.count, text[slice(*why.span)]) == ("too-many", relations, "(COUNT(?s) AS ?n)")


def test_a_group_of_as_many_as_are_listed_is_listed(sample_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "SELECT (COUNT(?f) AS ?n) { ?f a bde:Figure }"
    monkeypatch.setattr(evidence, "MOST_OF_ROW", 3)
    assert cite(sample_engine, text).rows == ((1, 2, 3),)
    monkeypatch.setattr(evidence, "MOST_OF_ROW", 2)
    assert cite(sample_engine, text).rows == ((),)


def test_rows_that_come_when_there_are_enough_notes_are_counted(
    sample_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "MOST_NOTES", 2)
    cited = cite(sample_engine, "SELECT ?v { ?f bde:value ?v } ORDER BY ?v")
    assert (cited.rows, cited.counts) == (((1,), (2,), ()), (1, 1, 1))
    assert [one.reason for one in cited.untraced] == ["too-many"]


def test_a_count_of_nothing_has_no_evidence(sample_engine: Engine) -> None:
    assert reasons(sample_engine, "SELECT (COUNT(*) AS ?n) { ?a bde:issues ?b }") == {
        "negation": ["{ ?a bde:issues ?b }"]
    }


def test_a_star_shows_what_it_rests_on(sample_engine: Engine) -> None:
    cited = cite(sample_engine, "SELECT * { ?a bde:leads ?b . ?b plan:buildsOn ?c }")
    assert phrases(cited) == [{LEADS, BUILDS}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT ?a { ?a bde:leads ?b MINUS { ?b bde:issues ?c } }", "MINUS { ?b bde:issues ?c }"),
        ("SELECT ?a { ?a bde:leads ?b FILTER NOT EXISTS { ?b bde:issues ?c } }", "NOT EXISTS { ?b bde:issues ?c }"),
        ("SELECT ?a { ?a bde:leads ?b FILTER (!EXISTS { ?b bde:issues ?c }) }", "EXISTS { ?b bde:issues ?c }"),
        ("SELECT ?a { ?a bde:leads ?b OPTIONAL { ?b bde:issues ?c } FILTER (!BOUND(?c)) }", "BOUND(?c)"),
    ],
)
def test_what_is_absent_has_no_evidence(sample_engine: Engine, text: str, expected: str) -> None:
    cited = cite(sample_engine, text)
    assert reasons(sample_engine, text)["negation"] == [expected]
    assert all(cited.rows)
    assert not cited.complete


def test_what_must_exist_is_noted(sample_engine: Engine) -> None:
    text = "SELECT ?a { ?a bde:leads ?b FILTER EXISTS { ?c plan:buildsOn ?b } }"
    cited = cite(sample_engine, text)
    assert phrases(cited) == [{COMMISSION, BUILDS}]
    assert cited.complete


def test_the_variables_of_two_exists_are_their_own(sample_engine: Engine) -> None:
    text = """SELECT ?a { ?a bde:subject ?x .
      FILTER (EXISTS { ?y bde:leads ?x } && EXISTS { ?y plan:buildsOn ?x FILTER (?y != ?x) }) }"""
    assert all({COMMISSION, BUILDS} <= words for words in phrases(cite(sample_engine, text)))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?a (EXISTS { ?a bde:leads ?y } AS ?e) { ?a bde:leads ?x }",
        "SELECT ?a { ?a bde:leads ?x BIND (EXISTS { ?a bde:leads ?y } AS ?e) }",
        "SELECT ?a { ?a bde:leads ?x FILTER (IF(EXISTS { ?a bde:leads ?y }, true, false)) }",
        "SELECT ?a { { ?b plan:buildsOn ?x FILTER EXISTS { ?a bde:leads ?z } } ?a bde:leads ?b }",
    ],
)
def test_an_exists_that_may_be_either_is_not_traced(sample_engine: Engine, text: str) -> None:
    cited = cite(sample_engine, text)
    assert [one.reason for one in cited.untraced] == ["exists"]
    assert all(cited.rows)


def test_labels_and_types_are_stated_by_no_source(sample_engine: Engine) -> None:
    text = "SELECT ?a ?n { ?a a bde:Person ; skos:prefLabel ?n }"
    assert reasons(sample_engine, text) == {"schema": ["a bde:Person", "skos:prefLabel ?n"]}
    assert not cite(sample_engine, text).complete


def test_labels_beside_a_relation_leave_it_complete(sample_engine: Engine) -> None:
    text = "SELECT ?a ?n { ?a bde:leads ?b ; skos:prefLabel ?n ; bde:theme ?t }"
    assert set(reasons(sample_engine, text)) == {"schema"}
    assert cite(sample_engine, text).complete


def test_a_row_without_a_note_among_others_with_notes_has_its_reason(sample_engine: Engine) -> None:
    text = "SELECT ?p ?o { ent:only-english ?p ?o }"
    cited = cite(sample_engine, text)
    assert sorted(set(map(len, cited.rows))) == [0, 1]
    assert reasons(sample_engine, text) == {"schema": ["?p ?o"]}


def test_a_query_of_values_asks_no_source(sample_engine: Engine) -> None:
    assert reasons(sample_engine, "SELECT ?a { VALUES ?a { 1 2 } }") == {"values-only": ["{ VALUES ?a { 1 2 } }"]}


@pytest.mark.parametrize(
    "inner",
    [
        "SELECT ?a WHERE { ?a bde:leads ?hidden }",
        "SELECT * WHERE { ?a bde:leads ?b }",
        "SELECT (?x AS ?a) WHERE { ?x bde:leads ?hidden }",
        "SELECT ?a (COUNT(?b) AS ?n) WHERE { ?a bde:leads ?b } GROUP BY ?a HAVING (COUNT(?b) > 0)",
        "SELECT DISTINCT ?a WHERE { ?a bde:leads ?b } ORDER BY ?b LIMIT 5",
        "SELECT ?a WHERE { { SELECT ?a ?b WHERE { ?a bde:leads ?b } } }",
        "SELECT ?a WHERE { ?a bde:leads|bde:issues [] }",
    ],
)
def test_a_select_within_is_traced(sample_engine: Engine, inner: str) -> None:
    cited = cite(sample_engine, f"SELECT ?a {{ {{ {inner} }} ?a skos:prefLabel ?hidden }} ORDER BY ?a")
    assert phrases(cited)[0] == {LEADS}
    assert {COMMISSION} in phrases(cited)
    assert {one.reason for one in cited.untraced} == {"schema"}


def test_a_count_within_that_counts_nothing_leaves_the_rest_traced(sample_engine: Engine) -> None:
    text = "SELECT ?a ?n { { SELECT (COUNT(?x) AS ?n) WHERE { ?x bde:issues ?y } } ?a bde:leads ?b } ORDER BY ?a"
    assert phrases(cite(sample_engine, text)) == [{LEADS}, {COMMISSION}]


@pytest.mark.parametrize(
    "inner",
    [
        "SELECT (MAX(?v) AS ?most) WHERE { ?f bde:metric ?m ; bde:value ?v } GROUP BY ?m",
        "SELECT (STR(?f) AS ?most) WHERE { ?f bde:value ?v } LIMIT 2",
        "SELECT ?a ?most WHERE { ?a a bde:Person OPTIONAL { ?a bde:holdsPostAt ?most } } LIMIT 2",
    ],
)
def test_a_select_within_whose_rows_cannot_be_told_apart_is_not_traced(sample_engine: Engine, inner: str) -> None:
    text = f"SELECT ?most ?a {{ {{ {inner} }} ?a bde:leads ?b }}"
    assert reasons(sample_engine, text) == {"subquery": [with_prefixes(inner).splitlines()[-1]]}
    assert all(len(words) == 1 for words in phrases(cite(sample_engine, text)))


def test_an_exists_within_a_select_has_variables_of_its_own(sample_engine: Engine) -> None:
    inner = "SELECT ?a WHERE { ?a bde:leads ?b FILTER EXISTS { ?c plan:buildsOn ?b } }"
    cited = cite(sample_engine, f"SELECT ?a ?c {{ {{ {inner} }} ?c bde:holdsPostAt ?a }}")
    assert phrases(cited) == [{COMMISSION, BUILDS, POST}]
    assert cited.complete


def test_a_graph_s_relations_are_noted_from_that_graph(twice: Engine) -> None:
    cited = cite(twice, "SELECT ?g { GRAPH ?g { ?a bde:leads ent:trusted-data-space } } ORDER BY ?g")
    assert phrases(cited) == [{LEADS}, {"Ada heads the space"}]


def test_from_keeps_the_notes_to_its_graphs(twice: Engine) -> None:
    cited = cite(twice, "SELECT ?a FROM graph:2026-01-echo { ?a bde:leads ent:trusted-data-space }")
    assert phrases(cited) == [{"Ada heads the space"}]


def test_from_named_keeps_the_notes_to_its_graphs(twice: Engine) -> None:
    text = "SELECT ?a FROM NAMED graph:2026-01-echo { GRAPH ?g { ?a bde:leads ent:trusted-data-space } }"
    assert phrases(cite(twice, text)) == [{"Ada heads the space"}]


def test_the_graph_of_the_entities_states_nothing(sample_engine: Engine) -> None:
    assert set(reasons(sample_engine, "SELECT ?a { GRAPH graph:entities { ?a ?p ?b } }")) == {"schema"}


def test_a_yes_rests_on_what_matched(sample_engine: Engine) -> None:
    assert phrases(cite(sample_engine, "ASK { ent:only-english bde:leads ent:trusted-data-space }")) == [{LEADS}]


def test_a_no_has_no_evidence(sample_engine: Engine) -> None:
    assert set(reasons(sample_engine, "ASK { ?a bde:issues ?b }")) == {"negation"}


def test_the_triples_of_a_described_thing_are_noted(sample_engine: Engine) -> None:
    cited = cite(sample_engine, "DESCRIBE ent:only-english")
    assert [row for row in cited.rows if row] == [(1,)]
    assert set(reasons(sample_engine, "DESCRIBE ent:only-english")) == {"schema"}


def test_a_triple_that_is_only_made_up_has_no_note(sample_engine: Engine) -> None:
    cited = cite(sample_engine, "CONSTRUCT { ?b bde:leads ?a } { ?a bde:leads ?b }")
    assert cited.rows == ((), ())


def test_an_expression_that_changes_each_time_does_not_lose_the_rows(sample_engine: Engine) -> None:
    text = "SELECT (UUID() AS ?id) ?r ?a { ?a bde:leads ?b BIND (RAND() AS ?r) }"
    assert all(cite(sample_engine, text).rows)


def test_names_as_the_second_query_makes_them_are_left_alone(sample_engine: Engine) -> None:
    text = "SELECT ?ev1 { ?ev1 bde:leads [ plan:buildsOn $ev2 ] }"
    assert phrases(cite(sample_engine, text)) == [{LEADS, BUILDS}]


def test_base_and_prefixes_of_one_s_own_are_kept(sample_engine: Engine) -> None:
    text = (
        "PREFIX : <https://w3id.org/beijing-digital-economy/ontology#> # mine\n"
        "BASE <https://w3id.org/beijing-digital-economy/>\n"
        "SELECT ?b { <entity/only-english> :leads ?b FILTER (?b != :leads) }"
    )
    assert phrases(trace(sample_engine, read_query(text), sample_engine.ask(text))) == [{LEADS}]


def test_values_behind_the_query_are_kept(sample_engine: Engine) -> None:
    text = "SELECT ?a ?b { ?a bde:leads ?b } VALUES ?a { ent:only-english }"
    assert phrases(cite(sample_engine, text)) == [{LEADS}]


def test_it_takes_a_handful_of_round_trips(counted: Counted) -> None:
    text = with_prefixes("SELECT ?a ?f { ?a bde:leads ?b . OPTIONAL { ?f bde:subject ?b } }")
    answer = counted.engine.ask(text)
    trace(cast("Engine", counted), read_query(text), answer)
    assert counted.asked == 4


class Failing(Counted):
    """Answers ``well`` questions, then fails as it is told."""

    def __init__(self, engine: Engine, well: int, error: QueryError) -> None:
        super().__init__(engine)
        self._well, self._error = well, error

    def ask(self, query: str, **options: Any) -> Answer:
        if self.asked == self._well:
            raise self._error
        return super().ask(query, **options)


@pytest.mark.parametrize("well", range(4))
@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (QueryTimeout(1), "too-many"),
        (EngineUnavailable("gone"), "unreadable"),
        (MalformedQuery("what is this", 1, 1), "unreadable"),
    ],
)
def test_whatever_fails_on_the_way_is_said_and_not_raised(
    sample_engine: Engine, well: int, error: QueryError, reason: str
) -> None:
    text = with_prefixes("SELECT ?a ?b { ?a bde:leads ?b }")
    failing = cast("Engine", Failing(sample_engine, well, error))
    cited = trace(failing, read_query(text), sample_engine.ask(text))
    assert cited.rows == ((), ())
    assert [one.reason for one in cited.untraced] == [reason]
    assert not cited.complete


@pytest.mark.parametrize("opening", ["{ ", "OPTIONAL { ", "{ SELECT * WHERE { ", "FILTER EXISTS { "])
def test_a_query_that_is_nested_deep_raises_nothing(sample_engine: Engine, opening: str) -> None:
    inner = f"{opening * 100} ?a bde:leads ?b {'}' * opening.count('{') * 100}"
    assert len(cite(sample_engine, f"SELECT ?a {{ ?a bde:leads ?b {inner} }}").rows) == 2


def test_a_path_that_takes_too_long_is_left_out(sample_engine: Engine) -> None:
    class Impatient(Counted):
        """Has no time for the first question."""

        def ask(self, query: str, **options: Any) -> Answer:
            if self.asked == 0:
                self.asked = 1
                raise QueryTimeout(1)
            return super().ask(query, **options)

    text = with_prefixes("SELECT ?a ?b { ?a bde:leads ?b . ?b plan:buildsOn+ ?c }")
    cited = trace(cast("Engine", Impatient(sample_engine)), read_query(text), sample_engine.ask(text))
    assert phrases(cited) == [{LEADS}]
    assert [text[slice(*one.span)] for one in cited.untraced if one.reason == "path"] == ["plan:buildsOn+"]


def test_more_solutions_than_may_be_read_are_too_many(sample_engine: Engine) -> None:
    text = with_prefixes("SELECT ?a { ?a bde:leads ?b . ?f a bde:Figure }")
    cited = trace(sample_engine, read_query(text), sample_engine.ask(text), limits=Limits(seconds=5, rows=3))
    assert [one.reason for one in cited.untraced] == ["too-many"]
    assert not any(cited.rows)


def test_a_path_with_too_many_steps_is_left_out(sample_engine: Engine) -> None:
    text = with_prefixes("SELECT DISTINCT ?a { ?a bde:leads ?b . ?b plan:buildsOn* ?c }")
    cited = trace(sample_engine, read_query(text), sample_engine.ask(text), limits=Limits(seconds=5, rows=2))
    assert sorted(map(sorted, phrases(cited))) == [[LEADS], [COMMISSION]]
    assert [one.reason for one in cited.untraced] == ["path"]


def test_rows_to_look_for_come_first_or_last_by_what_joins_fast(sample_engine: Engine) -> None:
    texts = ["SELECT ?a { ?a bde:leads ?b }", "SELECT ?a { { ?a bde:leads ?b } UNION { ?b plan:buildsOn ?a } }"]
    asked = []
    for text in map(with_prefixes, texts):
        answer = sample_engine.ask(text)
        asked.append(second_query(read_query(text), answer.columns, answer.terms(), deep=True).text)
    assert [text.index("VALUES") < text.index("leads> ") for text in asked] == [True, False]


@pytest.mark.parametrize(("end", "looked_for"), [("", "VALUES (?a) {"), ("LIMIT 100", "VALUES (?a ?b) {")])
def test_of_a_whole_answer_one_column_shows_the_way(sample_engine: Engine, end: str, looked_for: str) -> None:
    text = with_prefixes(f"SELECT ?a ?b {{ ?a bde:leads ?b }} {end}")
    answer = sample_engine.ask(text)
    assert looked_for in second_query(read_query(text), answer.columns, answer.terms(), deep=True, whole=True).text


def test_a_note_holds_the_statement_s_own_card(sample_engine: Engine, sample: Knowledge) -> None:
    expected = {statement_hex(source, one): one.phrase for source, one in sample.statements()}
    cited = cite(sample_engine, "SELECT ?s { ?s a bde:Statement }")
    assert {note.card.id: note.card.row.evidence.phrase for note in cited.notes} == expected

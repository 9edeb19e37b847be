"""The engine's outcomes: an answer, full or empty or cut, or one error that says why there is none."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from kg.engine.base import Engine, Graphs, Limits
from kg.engine.embedded import EmbeddedEngine
from kg.engine.embedded_faults import failure_of
from kg.errors import (
    AnswerTooLarge,
    EngineUnavailable,
    QueryError,
    QueryStopped,
    QueryTimeout,
    RefusedQuery,
    UnanswerableQuery,
)

PREFIX = "PREFIX ex: <https://example.org/> "
CROSS3 = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
CROSS = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
ENDLESS = f"SELECT (COUNT(*) AS ?n) {CROSS}"
HUNGRY = [
    f"SELECT (GROUP_CONCAT(STR(?c)) AS ?all) {CROSS3}",
    f"SELECT * {CROSS} ORDER BY ?o ?l",
    f"SELECT DISTINCT * {CROSS}",
    "CONSTRUCT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f }",
]
SMALL = Limits(seconds=30, rows=10**9, megabytes=24)


def test_the_embedded_engine_is_an_engine(tiny: EmbeddedEngine) -> None:
    engine: Engine = tiny
    answer = engine.ask(PREFIX + "SELECT ?e { ?e ex:name '实体7'@zh }")
    assert [record["e"].value for record in answer.records()] == ["https://example.org/entity/7"]
    assert (answer.rows, answer.cut, answer.data_version) == (1, False, "v1")
    assert answer.seconds > 0


def test_an_empty_answer_is_an_answer(tiny: EmbeddedEngine) -> None:
    answer = tiny.ask("SELECT ?x { ?x <https://example.org/none> 1 }")
    assert answer.empty
    assert answer.columns == ("x",)
    assert tiny.ask("CONSTRUCT WHERE { ?s <https://example.org/none> 1 }").empty
    assert not tiny.ask("ASK { ?s <https://example.org/none> 1 }").boolean


def test_without_from_all_graphs_are_asked_and_with_it_those_named(tiny: EmbeddedEngine) -> None:
    count = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"
    one = "FROM <https://example.org/graph/1>"
    assert tiny.ask(count.format("")).records()[0]["n"].value == "800"
    assert tiny.ask(count.format(one)).records()[0]["n"].value == "400"
    assert tiny.ask("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").rows == 2
    named = "SELECT DISTINCT ?g FROM NAMED <https://example.org/graph/0> { GRAPH ?g { ?s ?p ?o } }"
    assert tiny.ask(named).rows == 1


@pytest.mark.parametrize("shared", ["<urn:g>", "<urn:g> .\n<urn:a> <urn:p> <urn:o> <urn:h>", ""])
def test_what_several_graphs_state_is_one_triple_of_their_union(shared: str) -> None:
    nquads = (
        f"<urn:a> <urn:p> <urn:o> {shared} .\n<urn:a> <urn:p> <urn:o> <urn:i> .\n<urn:b> <urn:p> <urn:o> <urn:i> .\n"
    )
    with EmbeddedEngine(nquads.encode(), "v") as engine:
        assert engine.ask("SELECT ?s { ?s ?p ?o }").rows == 2
        assert engine.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").records()[0]["n"].value == "2"
        in_graphs = engine.ask("SELECT ?g { GRAPH ?g { <urn:a> <urn:p> <urn:o> } }").rows
        assert in_graphs == nquads.count("<urn:a>") - (shared == "")
        assert engine.graphs == {"urn:g", "urn:h", "urn:i"} & {part.strip("<>") for part in nquads.split()}


SHARING = """
<urn:a> <urn:p> <urn:o> <urn:g> .
<urn:a> <urn:p> <urn:o> <urn:h> .
<urn:b> <urn:p> <urn:o> <urn:h> .
<urn:c> <urn:p> <urn:o> <urn:i> .
"""


@pytest.mark.parametrize(
    ("graphs", "expected"),
    [("FROM <urn:g> FROM <urn:h>", 2), ("FROM <urn:h> FROM <urn:i> FROM <urn:g>", 3), ("FROM <urn:h> FROM <urn:h>", 2)],
)
def test_what_several_graphs_state_is_one_triple_of_those_named_together(graphs: str, expected: int) -> None:
    named = tuple(each.strip("<>") for each in graphs.split() if each != "FROM")
    with EmbeddedEngine(SHARING.encode(), "v") as engine:
        counted = engine.ask(f"SELECT (COUNT(*) AS ?n) {graphs} {{ ?s ?p ?o }}")
        assert counted.records()[0]["n"].value == str(expected)
        assert engine.ask("SELECT ?s { ?s ?p ?o }", graphs=Graphs(named)).rows == expected


def test_graphs_named_together_leave_those_with_a_name_as_they_are() -> None:
    with EmbeddedEngine(SHARING.encode(), "v") as engine:
        together = "FROM <urn:g> FROM <urn:h>"
        assert engine.ask(f"SELECT ?g {together} {{ GRAPH ?g {{ ?s ?p ?o }} }}").empty
        pattern = "?s ?p ?o GRAPH ?g { ?t ?q ?o }"
        query = f"SELECT ?s ?g {together} FROM NAMED <urn:g> FROM NAMED <urn:i> {{ {pattern} }}"  # noqa: S608 (no SQL)
        found = sorted((row["s"].value, row["g"].value) for row in engine.ask(query).records())
        assert found == [("urn:a", "urn:g"), ("urn:a", "urn:i"), ("urn:b", "urn:g"), ("urn:b", "urn:i")]


def test_a_dataset_beside_the_query_takes_the_place_of_its_own(tiny: EmbeddedEngine) -> None:
    graph0, graph1 = (f"https://example.org/graph/{number}" for number in range(2))
    everything = "SELECT * { ?s ?p ?o }"
    assert tiny.ask(everything, graphs=Graphs((graph1,))).rows == 400
    assert tiny.ask(everything, graphs=Graphs((graph0, graph1))).rows == 800
    assert tiny.ask(everything, graphs=Graphs(named=(graph0,))).empty
    in_graphs = "SELECT DISTINCT ?g FROM NAMED <https://example.org/graph/1> { GRAPH ?g { ?s ?p ?o } }"
    assert [row["g"].value for row in tiny.ask(in_graphs, graphs=Graphs(named=(graph0,))).records()] == [graph0]
    assert tiny.ask(in_graphs, graphs=Graphs((graph0,))).empty


@pytest.mark.parametrize("place", ["default", "named"])
def test_a_dataset_of_foreign_graphs_is_refused(tiny: EmbeddedEngine, place: str) -> None:
    with pytest.raises(RefusedQuery, match=r"<file:///etc/passwd> is none of the 2 here.*graph/0"):
        tiny.ask("ASK { ?s ?p ?o }", graphs=Graphs(**{place: ("file:///etc/passwd",)}))


@pytest.mark.parametrize(
    "query", ["SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }", "SELECT * { ?s ?p ?o . ?x ?y ?z }"]
)
def test_an_answer_is_cut_at_the_row_limit_and_says_so(tiny: EmbeddedEngine, query: str) -> None:
    answer = tiny.ask(query, limits=Limits(rows=799))
    assert (answer.rows, answer.cut) == (799, True)
    assert len(answer.body.splitlines()) == answer.rows + (answer.form == "select")


@pytest.mark.parametrize("query", ["SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_an_answer_that_just_fits_is_not_cut(tiny: EmbeddedEngine, query: str) -> None:
    answer = tiny.ask(query, limits=Limits(rows=800))
    assert (answer.rows, answer.cut) == (800, False)


def test_a_constructed_triple_comes_once(tiny: EmbeddedEngine) -> None:
    answer = tiny.ask("CONSTRUCT { <a:b> <a:c> ?t } { ?s <https://example.org/type> ?t . ?x ?y ?z }")
    assert answer.rows == 3
    assert len(set(answer.triples())) == 3


def test_a_query_that_never_ends_is_stopped_and_the_next_is_answered(tiny: EmbeddedEngine) -> None:
    with pytest.raises(QueryTimeout, match=r"Stopped after 0\.2 s"):
        tiny.ask(ENDLESS, limits=Limits(seconds=0.2))
    assert tiny.ask("ASK {}").boolean


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s (<a:b>|!<a:b>)* ?o . ?o (<a:b>|!<a:b>)* ?x . ?y ?z ?w } ORDER BY ?w",
        "ASK { " + "(1" * 200 + ")" * 200 + " ?p ?o }",
    ],
)
def test_work_that_explodes_is_stopped(tiny: EmbeddedEngine, query: str) -> None:
    with pytest.raises(QueryTimeout):
        tiny.ask(query, limits=Limits(seconds=0.2))


@pytest.mark.parametrize("pattern", ["(a*)*(a*)*(a*)*(a*)*b", "(x+x+)+y", "(((a{99}){99}){99}){99}"])
def test_a_regular_expression_cannot_explode(tiny: EmbeddedEngine, pattern: str) -> None:
    text = "a" * 10_000 + "x" * 10_000
    assert not tiny.ask(f"ASK {{ FILTER(REGEX('{text}', '{pattern}$')) }}").boolean


@pytest.mark.parametrize("query", HUNGRY)
def test_a_query_that_wants_all_memory_ends_alone(tiny: EmbeddedEngine, query: str) -> None:
    with ThreadPoolExecutor(1) as other:
        hungry = other.submit(tiny.ask, query, limits=SMALL)
        assert tiny.ask("ASK {}").boolean
        with pytest.raises(AnswerTooLarge, match="24 MB"):
            hungry.result()
    assert tiny.ask("ASK {}").boolean


def test_an_answer_larger_than_the_limit_is_stopped(tiny: EmbeddedEngine) -> None:
    with pytest.raises(AnswerTooLarge, match="more than 1 MB"):
        tiny.ask(f"SELECT * {CROSS}", limits=Limits(rows=10**9, megabytes=1))


def test_a_chain_too_long_for_the_stack_is_too_large(tiny: EmbeddedEngine) -> None:
    with pytest.raises(AnswerTooLarge, match="nested too deep"):
        tiny.ask("ASK { FILTER(" + "1||" * 10_000 + "1) }")
    assert tiny.ask("ASK {}").boolean


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "INSERT DATA { <a:b> <a:c> 1 }",
        "LOAD <file:///etc/passwd>",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "ASK " + "{" * 10000 + "}" * 10000,
    ],
)
def test_what_is_not_allowed_is_refused(tiny: EmbeddedEngine, query: str) -> None:
    with pytest.raises(RefusedQuery):
        tiny.ask(query)


def unanswerable(engine: EmbeddedEngine, query: str) -> tuple[str, str]:
    """What is said of it in both languages."""
    with pytest.raises(UnanswerableQuery) as caught:
        engine.ask(query)
    return caught.value.say("zh"), caught.value.say("en")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (ex:f(1) AS ?x) {}",
        "SELECT * { ?s ?p ?o FILTER(ex:f(?o)) }",
        "SELECT * { ?s ?p ?o FILTER(?o > 1 && !ex:f()) }",
        "SELECT * { ?s ?p ?o OPTIONAL { ?s ?q ?r FILTER(ex:f(?r)) } }",
        "SELECT * { { SELECT (ex:f(1) AS ?x) {} } }",
        "SELECT (COUNT(ex:f(?o)) AS ?x) { ?s ?p ?o }",
        "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING(ex:f(?s))",
        "SELECT * { ?s ?p ?o } ORDER BY ex:f(?o)",
        "ASK { ?s ?p ?o FILTER NOT EXISTS { ?s ?q ?r BIND(ex:f(?r) AS ?x) } }",
        "CONSTRUCT { ?s ?p ?x } { ?s ?p ?o BIND(ex:f(?o) AS ?x) }",
    ],
)
def test_a_function_that_nobody_knows_is_named_with_what_to_do(tiny: EmbeddedEngine, query: str) -> None:
    zh, en = unanswerable(tiny, PREFIX + query)
    assert "没有函数 <https://example.org/f>" in zh and "请" in zh
    assert "no function <https://example.org/f>" in en and "Call one of SPARQL 1.1" in en


def test_a_very_long_name_of_a_function_is_shown_in_part(tiny: EmbeddedEngine) -> None:
    assert max(map(len, unanswerable(tiny, f"SELECT (<urn:{'x' * 5_000}>(1) AS ?x) {{}}"))) < 600


@pytest.mark.parametrize("given", [0, 2, 3])
def test_a_wrong_number_of_arguments_is_told_with_the_right_one(tiny: EmbeddedEngine, given: int) -> None:
    arguments = ", ".join(["1"] * given)
    zh, en = unanswerable(tiny, f"SELECT (<http://www.w3.org/2001/XMLSchema#integer>({arguments}) AS ?x) {{}}")
    assert "#integer> 要有 1 个参数" in zh and f" {given} 个" in zh
    assert "#integer> takes 1 argument," in en and f"gives it {given}" in en


def test_a_function_that_takes_two_or_three_arguments_is_told_so() -> None:
    said = failure_of("The custom function <urn:f> requires between 2 and 3 arguments, but 1 were given")
    assert isinstance(said, UnanswerableQuery)
    assert "takes 2 to 3 arguments" in str(said)
    assert "2 到 3 个参数" in said.say("zh")


def test_what_fails_in_the_store_itself_is_not_laid_to_the_query() -> None:
    said = failure_of("The SPARQL dataset returned the default graph even if a named graph is expected")
    assert type(said) is QueryError
    assert "named graph is expected" in said.say("zh") and "named graph is expected" in said.say("en")


def test_a_question_can_be_cancelled(tiny: EmbeddedEngine) -> None:
    cancel = threading.Event()
    with ThreadPoolExecutor(1) as other:
        asked = other.submit(tiny.ask, ENDLESS, limits=Limits(seconds=60), cancel=cancel)
        cancel.set()
        with pytest.raises(QueryStopped, match="as you asked"):
            asked.result()
    assert tiny.ask("ASK {}", cancel=threading.Event()).boolean


def test_many_threads_each_get_their_own_answer(tiny: EmbeddedEngine) -> None:
    def name(number: int) -> str:
        query = (
            PREFIX + f"SELECT ?name {{ <https://example.org/entity/{number}> ex:name ?name FILTER(LANG(?name)='en') }}"
        )
        return tiny.ask(query, limits=Limits(seconds=60)).records()[0]["name"].value

    with ThreadPoolExecutor(24) as threads:
        assert list(threads.map(name, range(200))) == [f"entity {number}" for number in range(200)]


def test_a_question_that_finds_no_free_worker_says_so(nquads: bytes) -> None:
    with EmbeddedEngine(nquads, "v1", max_workers=1) as engine, ThreadPoolExecutor(1) as other:
        cancel = threading.Event()
        endless = other.submit(engine.ask, ENDLESS, limits=Limits(seconds=60), cancel=cancel)
        while not endless.running():
            pass
        with pytest.raises((EngineUnavailable, QueryTimeout)) as caught:
            while True:  # the first may come before the endless one has its worker
                engine.ask("ASK {}", limits=Limits(seconds=0.1))
        assert "busy" in str(caught.value)
        cancel.set()
        with pytest.raises(QueryError):
            endless.result()


@pytest.mark.parametrize("launcher", ["fork", "spawn"])
def test_a_closed_engine_says_so(launcher: str) -> None:
    engine = EmbeddedEngine(b"", "v1", launcher=launcher)  # type: ignore[arg-type]
    assert engine.ask("SELECT * { ?s ?p ?o }").empty
    engine.close()
    engine.close()
    with pytest.raises(EngineUnavailable, match="closed"):
        engine.ask("ASK {}")


def test_closing_ends_the_questions_under_way(nquads: bytes) -> None:
    engine = EmbeddedEngine(nquads, "v1")
    with ThreadPoolExecutor(1) as other:
        asked = other.submit(engine.ask, ENDLESS, limits=Limits(seconds=60))
        while not asked.running():
            pass
        engine.close()
        with pytest.raises(EngineUnavailable, match="closed"):
            asked.result()


@pytest.mark.parametrize("launcher", ["fork", "spawn"])
def test_data_that_is_not_n_quads_is_refused_at_the_start(launcher: str) -> None:
    with pytest.raises(EngineUnavailable, match=r"cannot be loaded.*line 1"):
        EmbeddedEngine(b"<a:b> <a:c> 1 .\n", "v1", launcher=launcher)  # type: ignore[arg-type]


def test_spawned_workers_give_the_same_outcomes(nquads: bytes) -> None:
    with EmbeddedEngine(nquads, "v1", launcher="spawn") as engine:
        assert engine.graphs == {"https://example.org/graph/0", "https://example.org/graph/1"}
        assert engine.ask("SELECT * { ?s ?p ?o }").rows == 800
        with pytest.raises(QueryTimeout):
            engine.ask(ENDLESS, limits=Limits(seconds=0.2))
        with pytest.raises(AnswerTooLarge):
            engine.ask(HUNGRY[0], limits=SMALL)
        assert engine.ask("ASK {}").boolean


@pytest.mark.parametrize("limit", [{"seconds": 0}, {"rows": -1}, {"megabytes": 0}])
def test_a_limit_of_nothing_is_a_mistake(limit: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="greater than zero"):
        Limits(**limit)


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf")])
def test_a_time_limit_is_a_number_above_zero(seconds: float) -> None:
    with pytest.raises(ValueError, match="greater than zero"):
        Limits(seconds=seconds)


def test_any_number_of_seconds_can_be_waited_for(tiny: EmbeddedEngine) -> None:
    assert tiny.ask("ASK {}", limits=Limits(seconds=1e300)).boolean


def test_a_moment_that_is_too_short_is_a_timeout_and_no_busy_engine(tiny: EmbeddedEngine) -> None:
    with pytest.raises(QueryTimeout):
        tiny.ask("ASK {}", limits=Limits(seconds=1e-6))

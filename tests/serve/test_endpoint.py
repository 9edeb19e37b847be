"""The endpoint gives what the engine gives, in every format, and says why where it gives nothing."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
import rdflib

from kg.engine.base import Engine, Graphs
from kg.engine.convert import convert, convert_in_pieces
from kg.errors import AnswerTooLarge, EngineUnavailable, QueryTimeout
from kg.graph.names import BASE, GRAPH_ENTITIES, PREFIXES
from kg.serve.settings import Settings
from tests.serve.clients import Failing, Held, Place, serving

SELECT = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 40"
ASK = "ASK { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER (isIRI(?o)) }"
RESULTS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
GRAPHS = {
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "nquads": "application/n-quads",
    "trig": "application/trig",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}
FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"


@pytest.mark.parametrize(("name", "media_type"), RESULTS.items())
@pytest.mark.parametrize("query", [SELECT, ASK])
def test_results_come_in_every_format(
    place: Place, sample_engine: Engine, query: str, name: str, media_type: str
) -> None:
    wanted = convert(sample_engine.ask(query), name)
    for reply in (place.ask(query, media_type), place.ask(query, format=name)):
        assert (reply.status, reply.type) == (200, media_type)
        assert sorted(reply.body.splitlines()) == sorted(wanted.splitlines())


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib, by its own parsers
@pytest.mark.parametrize(("name", "media_type"), GRAPHS.items())
def test_graphs_come_in_every_format(place: Place, sample_engine: Engine, name: str, media_type: str) -> None:
    reply = place.ask(CONSTRUCT, media_type)
    assert (reply.status, reply.type) == (200, media_type)
    if name in ("nquads", "trig"):
        dataset = rdflib.Dataset()
        dataset.parse(data=reply.body.decode(), format=name)
        found = set(dataset.triples((None, None, None)))
    else:
        parsed = {"ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}.get(name, name)
        found = set(rdflib.Graph().parse(data=reply.body, format=parsed))
    wanted = rdflib.Graph().parse(data=sample_engine.ask(CONSTRUCT).body, format="nt")
    assert found == set(wanted)


def test_a_query_comes_by_get_in_a_form_and_as_a_body(place: Place) -> None:
    by_get = place.ask(SELECT, "text/csv")
    by_form = place.post(urlencode({"query": SELECT}), FORM, headers={"Accept": "text/csv"})
    by_body = place.post(SELECT, QUERY, headers={"Accept": "text/csv"})
    assert by_get.body == by_form.body == by_body.body


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0, text/*", "text/csv"),
        ("application/json", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/turtle, application/rdf+xml, */*;q=0.1", "application/sparql-results+json"),
    ],
)
def test_the_format_is_the_one_that_the_client_likes_best(place: Place, accept: str, media_type: str) -> None:
    assert place.ask(SELECT, accept).type == media_type


@pytest.mark.parametrize(
    ("parameters", "status", "words"),
    [
        ({"query": "SELEC ?x"}, 400, "Did you mean SELECT?"),
        ({"query": "ASK { SERVICE <http://x.example/> { ?s ?p ?o } }"}, 400, "SERVICE"),
        ({"query": "DELETE WHERE { ?s ?p ?o }"}, 400, "DELETE"),
        ({"query": "ASK FROM <file:///etc/passwd> {}"}, 400, "none of the"),
        ({"query": ASK, "default-graph-uri": "http://x.example/"}, 400, "none of the"),
        ({"query": ASK, "format": "docx"}, 400, "Choose from json"),
        ({"update": "CLEAR ALL"}, 400, "nothing in it can be changed"),
        ({"query": "(" * 10_000}, 400, "nested"),
    ],
)
def test_what_is_not_answered_says_why(place: Place, parameters: dict[str, str], status: int, words: str) -> None:
    reply = place.post(urlencode(parameters), FORM)
    assert (reply.status, reply.type) == (status, "text/plain")
    assert words in reply.text


def test_a_fault_has_its_place_and_its_cure_for_programs_and_is_told_in_chinese(place: Place) -> None:
    reply = place.ask("SELEC ?x", "application/json", headers={"Accept-Language": "zh-CN"})
    told = reply.json()
    assert reply.type == "application/problem+json"
    assert (told["status"], told["line"], told["column"]) == (400, 1, 1)
    assert "SELECT" in told["cures"][0]["label"]
    assert told["detail"].startswith("第 1 行")


@pytest.mark.parametrize(
    ("error", "status"),
    [(QueryTimeout(30), 504), (AnswerTooLarge("too much"), 507), (EngineUnavailable("down"), 503)],
)
def test_what_ended_without_an_answer_is_no_empty_answer(error: Exception, status: int) -> None:
    with serving(Failing(error)) as failing:
        reply = failing.ask(SELECT)
    assert reply.status == status
    assert reply.text.strip() == str(error)
    assert ("retry-after" in reply.headers) == (status == 503)


def test_an_answer_with_too_many_rows_is_an_error_and_not_cut(sample_engine: Engine) -> None:
    limits = Settings().limits
    with serving(sample_engine, Settings(limits=type(limits)(30.0, 5, 512))) as small:
        assert small.ask("SELECT * { ?s ?p ?o } LIMIT 5").status == 200
        reply = small.ask("SELECT * { ?s ?p ?o }")
    assert reply.status == 507
    assert "more than 5 rows" in reply.text


def test_a_client_that_goes_away_ends_its_question() -> None:
    engine = Held()
    with serving(engine) as held:
        connection = held.connect()
        connection.request("GET", "/sparql?query=ASK%7B%7D")
        assert engine.asked.wait(60)
        connection.close()
        assert engine.cancelled.wait(60)


def test_graphs_named_beside_the_query_are_what_is_asked(place: Place, sample_engine: Engine) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    parameters = {"default-graph-uri": GRAPH_ENTITIES, "format": "tsv"}
    wanted = sample_engine.ask(count, graphs=Graphs((GRAPH_ENTITIES,)))
    assert place.ask(count, **parameters).body == wanted.body
    assert wanted.body != sample_engine.ask(count).body


def test_an_answer_that_the_client_has_is_not_sent_again(place: Place) -> None:
    tag = place.ask(SELECT).headers["etag"]
    again = place.ask(SELECT, headers={"If-None-Match": tag})
    assert (again.status, again.body) == (304, b"")
    assert place.ask(ASK, headers={"If-None-Match": tag}).status == 200
    assert "etag" not in place.ask("SELECT (RAND() AS ?x) {}").headers


def test_any_page_may_ask_from_a_browser(place: Place) -> None:
    reply = place.ask(ASK, headers={"Origin": "https://example.org"})
    assert reply.headers["access-control-allow-origin"] == "*"


def test_without_a_query_the_service_describes_itself(place: Place, sample_engine: Engine) -> None:
    graph = rdflib.Graph().parse(data=place.get("/sparql", "text/turtle").body, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = graph.value(predicate=rdflib.RDF.type, object=sd.Service)
    assert graph.value(service, sd.endpoint) == service
    assert {str(name) for name in graph.objects(None, sd.name)} == sample_engine.graphs


def test_the_data_set_is_described_and_knows_where_it_is_asked(place: Place) -> None:
    graph = rdflib.Graph().parse(data=place.get("/.well-known/void", "text/turtle").body, format="turtle")
    void = rdflib.Namespace(PREFIXES["void"])
    assert [str(where) for where in graph.objects(None, void.sparqlEndpoint)] == [
        f"http://{place.host}:{place.port}/sparql"
    ]


@pytest.mark.parametrize("path", ["entity/changan-chain", "source/2025-01-05-sample", "ontology", "graph/entities"])
def test_an_iri_of_the_graph_answers_under_its_path(place: Place, path: str) -> None:
    graph = rdflib.Graph().parse(data=place.get(f"/{path}", "text/turtle").body, format="turtle")
    assert len(graph) > 3
    page = place.get(f"/{path}", "text/html")
    assert (page.status, page.type) == (200, "text/html")
    assert "script" not in page.headers["content-security-policy"]
    assert BASE in page.text


@pytest.mark.parametrize("path", ["/entity/none", "/a%22b", "/%3Cscript%3E"])
def test_what_is_not_in_the_graph_is_not_found(place: Place, path: str) -> None:
    reply = place.get(path, "text/html")
    assert (reply.status, reply.type) == (404, "text/plain")


def test_health_says_whether_questions_are_answered(place: Place) -> None:
    assert place.get("/health").json()["status"] == "ok"
    with serving(Failing(EngineUnavailable("down"))) as failing:
        reply = failing.get("/health")
    assert (reply.status, reply.json()["status"]) == (503, "down")


@pytest.mark.parametrize("name", ["csv", "json"])
@pytest.mark.parametrize("rows", [1, 7, 40, 41])
def test_a_long_answer_in_pieces_is_the_same_answer(sample_engine: Engine, name: str, rows: int) -> None:
    answer = sample_engine.ask(SELECT)
    pieces = list(convert_in_pieces(answer, name, rows=rows))
    assert b"".join(pieces) == convert(answer, name)
    assert len(pieces) == -(-answer.rows // rows)

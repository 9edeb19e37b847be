"""Programs that others wrote read from the endpoint what the engine answers: SPARQLWrapper, rdflib, curl, Comunica."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from rdflib.query import Result
from SPARQLWrapper import GET, JSON, JSONLD, POST, POSTDIRECTLY, TURTLE, URLENCODED, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kg.engine.base import Engine
from kg.graph.names import GRAPH_ENTITIES, entity_iri
from tests.serve.asked import PROTOCOL, QUESTIONS, REFUSED, Question
from tests.serve.clients import Place
from tests.serve.told import Told, of_comunica, of_graph, of_json, of_result, of_xml, same, says

pytestmark = [
    # SPARQLWrapper reads graphs into one, and so does rdflib's own parser of JSON-LD.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
    # rdflib uses it itself wherever a Dataset is asked.
    pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning"),
]

UPDATE = Question("an update", "INSERT DATA { <urn:a> <urn:b> <urn:c> }")

by_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.name)
by_question_and_graphs = pytest.mark.parametrize("question", QUESTIONS + PROTOCOL, ids=lambda each: each.name)
#: rdflib sends one graph of each kind at most.
SENT_BY_RDFLIB = [each for each in QUESTIONS + PROTOCOL if len(each.default) < 2 and len(each.named) < 2]
by_question_and_graph = pytest.mark.parametrize("question", SENT_BY_RDFLIB, ids=lambda each: each.name)
by_refusal = pytest.mark.parametrize(("question", "why"), REFUSED, ids=[each.name for each, _ in REFUSED])

Hold = Callable[[Question, Told], None]
Ask = Callable[..., dict[str, Any]]


def missing(what: str) -> NoReturn:
    if os.environ.get("KG_REQUIRE_BROWSER") == "1":
        pytest.fail(f"{what}, and KG_REQUIRE_BROWSER=1 asks for all that tests need", pytrace=False)
    pytest.skip(what)


def address(place: Place) -> str:
    return f"http://{place.host}:{place.port}/sparql"


@pytest.fixture
def hold(sample_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Hold:
    """Holds what a client was told against what the engine answers."""
    # Else rdflib writes each number that it reads in its own way: 1000 as 1000.0.
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)

    def against(question: Question, told: Told) -> None:
        assert same(told, question.ordered) == same(says(sample_engine, question), question.ordered)

    return against


# ---- SPARQLWrapper ---------------------------------------------------------------------------------------------------

Way = tuple[str, str, str, str]

WRAPPER = pytest.mark.parametrize(
    "way",
    [
        pytest.param((GET, URLENCODED, JSON, TURTLE), id="by GET, JSON"),
        pytest.param((POST, URLENCODED, XML, XML), id="by a form, XML"),
        pytest.param((POST, POSTDIRECTLY, JSON, JSONLD), id="by a body, JSON"),
    ],
)


def wrapped(place: Place, question: Question, way: Way) -> SPARQLWrapper:
    method, body, tables, graphs = way
    client = SPARQLWrapper(address(place))
    client.setQuery(question.query)
    client.setMethod(method)
    client.setRequestMethod(body)
    client.setReturnFormat(graphs if question.makes_graph else tables)
    for name, iris in (("default-graph-uri", question.default), ("named-graph-uri", question.named)):
        for iri in iris:
            client.addParameter(name, iri)
    return client


@WRAPPER
@by_question_and_graphs
def test_sparqlwrapper_reads_what_the_engine_answers(place: Place, hold: Hold, question: Question, way: Way) -> None:
    read = wrapped(place, question, way).queryAndConvert()
    if isinstance(read, bytes):  # Turtle, which it leaves to others to read
        read = rdflib.Graph().parse(data=read, format="turtle")
    if isinstance(read, dict):
        hold(question, of_json(read))
    else:
        hold(question, of_graph(read) if isinstance(read, rdflib.Graph) else of_xml(read))


@WRAPPER
@by_refusal
def test_sparqlwrapper_raises_what_the_endpoint_refuses(place: Place, question: Question, way: Way, why: str) -> None:
    with pytest.raises(QueryBadFormed, match=why):
        wrapped(place, question, way).query()


@pytest.mark.parametrize("body", [URLENCODED, POSTDIRECTLY])
def test_sparqlwrapper_raises_where_something_would_be_changed(place: Place, body: str) -> None:
    with pytest.raises(QueryBadFormed, match="only answers queries"):
        wrapped(place, UPDATE, (POST, body, JSON, JSON)).query()


# ---- rdflib ----------------------------------------------------------------------------------------------------------

STORE = pytest.mark.parametrize(("method", "format"), [("GET", "xml"), ("POST", "json"), ("POST_FORM", "json")])
#: What rdflib gives in place of a result for what it posted; it raises nothing.
REFUSED_BY_POST = (400, "HTTP Error 400: Bad Request", None)


def stored(place: Place, question: Question, method: str, format: str) -> rdflib.Graph:
    """The endpoint as a graph of rdflib's, which is called as the default graph that it asks for."""
    named = {"params": {"named-graph-uri": question.named[0]}} if question.named else {}
    # For JSON, rdflib accepts nothing that a graph could be written in.
    store = SPARQLStore(address(place), returnFormat="xml" if question.makes_graph else format, method=method, **named)
    return rdflib.Graph(store, rdflib.URIRef(question.default[0]) if question.default else None)


@STORE
@by_question_and_graph
def test_rdflib_reads_what_the_engine_answers(
    place: Place, hold: Hold, question: Question, method: str, format: str
) -> None:
    hold(question, of_result(stored(place, question, method, format).query(question.query)))


@STORE
@by_refusal
def test_rdflib_gives_no_result_that_the_endpoint_refuses(
    place: Place, question: Question, method: str, format: str, why: str
) -> None:
    asked = stored(place, question, method, format)
    if method != "GET":
        assert asked.query(question.query) == REFUSED_BY_POST
        return
    with pytest.raises(ValueError, match="You did something wrong") as caught:
        asked.query(question.query)
    refused = caught.value.__context__
    assert isinstance(refused, HTTPError)
    with refused:
        assert (refused.code, why in refused.read().decode()) == (400, True)


def test_rdflib_raises_where_something_would_be_changed(place: Place) -> None:
    store = SPARQLUpdateStore(address(place), address(place))
    with pytest.raises(HTTPError) as caught:
        store.update(UPDATE.query)
    with caught.value as refused:
        assert (refused.code, "only answers queries" in refused.read().decode()) == (400, True)


def test_rdflib_walks_through_the_endpoint_as_through_a_graph_of_its_own(place: Place, hold: Hold) -> None:
    whole = rdflib.Graph(SPARQLStore(address(place)))
    part = rdflib.Graph(SPARQLStore(address(place)), rdflib.URIRef(GRAPH_ENTITIES))
    everything = Question("", "CONSTRUCT WHERE { ?s ?p ?o }")
    hold(everything, of_graph(whole))
    hold(everything._replace(default=(GRAPH_ENTITIES,)), of_graph(part))
    assert 0 < len(part) < len(whole) == len(set(whole))
    chain, name = rdflib.URIRef(entity_iri("changan-chain")), rdflib.SKOS.prefLabel
    assert rdflib.Literal("长安链", "zh") in set(whole.objects(chain, name))
    assert (chain, name, rdflib.Literal("长安链", "zh")) in whole
    assert (chain, name, rdflib.Literal("长安链", "en")) not in whole


@by_question
def test_a_dataset_of_rdflibs_reads_what_the_engine_answers(place: Place, hold: Hold, question: Question) -> None:
    whole = rdflib.Dataset(SPARQLStore(address(place)), default_union=True)
    hold(question, of_result(whole.query(question.query)))


def test_a_dataset_of_rdflibs_finds_every_graph(place: Place, sample_engine: Engine) -> None:
    whole = rdflib.Dataset(SPARQLStore(address(place)), default_union=True)
    assert {str(name) for name in whole.store.contexts()} == sample_engine.graphs


def test_a_dataset_that_asks_for_a_graph_that_only_rdflib_has_gets_no_empty_answer(place: Place) -> None:
    # Without default_union, rdflib sends default-graph-uri=urn:x-rdflib:default.
    assert rdflib.Dataset(SPARQLStore(address(place), method="POST")).query("ASK {}") == REFUSED_BY_POST


# ---- curl ------------------------------------------------------------------------------------------------------------

TABLES, GRAPHS = "application/sparql-results+json", "application/n-triples"
BODY = ("--data-binary", "@-", "--header", "Content-Type: application/sparql-query")
CURL = pytest.mark.parametrize(
    "options",
    [
        pytest.param(
            ("--get", "--data-urlencode", "query@-", "--header", f"Accept: {TABLES}, {GRAPHS}"), id="by GET, JSON"
        ),
        pytest.param(("--data-urlencode", "query@-", "--data", "format=xml"), id="by a form, XML"),
        pytest.param((*BODY, "--header", f"Accept: {TABLES}, text/turtle"), id="by a body, JSON"),
    ],
)


def curl(place: Place, question: Question, *options: str) -> subprocess.CompletedProcess[bytes]:
    """What curl says of the question, which it reads from its standard input."""
    program = shutil.which("curl") or missing("curl is not installed")
    graphs = [("default-graph-uri", each) for each in question.default]
    graphs += [("named-graph-uri", each) for each in question.named]
    where = f"{address(place)}?{urlencode(graphs)}" if graphs else address(place)
    # --disable, which must come first: nothing that its user has set for every call.
    command = [program, "--disable", "--silent", "--fail-with-body", "--noproxy", "*", *options, where]
    return subprocess.run(command, input=question.query.encode(), capture_output=True, timeout=60)


@CURL
@by_question_and_graphs
def test_what_curl_saves_is_what_the_engine_answers(
    place: Place, hold: Hold, question: Question, options: tuple[str, ...]
) -> None:
    done = curl(place, question, *options, "--write-out", "%{stderr}%{content_type}")
    assert done.returncode == 0, done
    kind = done.stderr.decode().partition(";")[0]
    if kind == TABLES:
        hold(question, of_json(json.loads(done.stdout)))
    else:
        hold(question, of_result(Result.parse(io.BytesIO(done.stdout), content_type=kind)))


@CURL
@by_refusal
def test_curl_fails_with_what_the_endpoint_refuses(
    place: Place, question: Question, options: tuple[str, ...], why: str
) -> None:
    done = curl(place, question, *options)
    assert (done.returncode, why in done.stdout.decode()) == (22, True), done


def test_curl_fails_where_something_would_be_changed(place: Place) -> None:
    done = curl(place, UPDATE, "--data-urlencode", "update@-")
    assert (done.returncode, "only answers queries" in done.stdout.decode()) == (22, True), done


# ---- Comunica --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def comunica() -> Iterator[Ask]:
    """Asks by Comunica, one process for all: it takes seconds to start."""
    node = shutil.which("node") or missing("Node is not installed")
    if not Path(os.environ.get("KG_COMUNICA", ""), "node_modules/@comunica/query-sparql").is_dir():
        missing("KG_COMUNICA does not name the folder in which Comunica is installed")
    script = Path(__file__).with_name("comunica.mjs")
    with subprocess.Popen([node, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as process:
        asks, answers = process.stdin, process.stdout
        assert asks is not None and answers is not None

        def ask(place: Place, question: Question, type: str = "sparql") -> dict[str, Any]:
            said = {"query": question.query, "source": address(place), "type": type}
            print(json.dumps(said), file=asks, flush=True)
            told: dict[str, Any] = json.loads(answers.readline())
            return told

        yield ask


# Told that this is a SPARQL endpoint, or left to find it out. It has no way to send graphs beside a query.
@pytest.mark.parametrize("type", ["sparql", ""], ids=["told", "by the description"])
@by_question
def test_comunica_reads_what_the_engine_answers(
    place: Place, hold: Hold, comunica: Ask, question: Question, type: str
) -> None:
    hold(question, of_comunica(comunica(place, question, type)))


@by_refusal
def test_comunica_raises_what_the_endpoint_refuses(place: Place, comunica: Ask, question: Question, why: str) -> None:
    error = comunica(place, question)["error"]
    if question.name == "half a query":  # which it sees before it asks anybody
        assert "Parse error" in error
    else:
        assert "HTTP status 400" in error
        assert why in error


def test_comunica_raises_where_something_would_be_changed(place: Place, comunica: Ask) -> None:
    assert "HTTP status 400" in comunica(place, UPDATE)["error"]

"""What the endpoint says of itself, of the data set and of its things, to programs and to people."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import quote, urlencode

import pytest
import rdflib
from rdflib.namespace import RDF, VOID

from kg.engine.base import Engine
from kg.errors import EngineUnavailable
from kg.graph.names import BASE, DATASET, GRAPH_ENTITIES, ONTOLOGY_HEADER, entity_iri, graph_iri, source_iri
from tests.serve.clients import Failing, Place, serving

# rdflib's parser of JSON-LD warns of rdflib's own graph.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
SAMPLE = "2024-06-sample"
FORMATS = {"text/turtle": "turtle", "application/ld+json": "json-ld", "application/rdf+xml": "xml"}


def parsed(place: Place, path: str, accept: str = "text/turtle") -> rdflib.Graph:
    reply = place.get(path, accept)
    assert (reply.status, reply.type) == (200, accept), reply.text
    return rdflib.Graph().parse(data=reply.body, format=FORMATS[accept])


class Page(HTMLParser):
    """What a page has: its elements, its links, what it would load, the text that is seen."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.lang = self.seen = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            assert not name.startswith("on"), f"<{tag} {name}>"
            if name in ("href", "action") and tag in ("a", "form"):
                self.links.append(value or "")
            elif name in ("src", "href", "data", "srcset", "poster", "background"):
                self.loads.append(value or "")
            elif (tag, name) == ("html", "lang"):
                self.lang = value or ""

    def handle_data(self, data: str) -> None:
        self.seen += data


def page(place: Place, path: str, tongue: str = "en") -> Page:
    """The page, which is safe and as it should be whatever stands in it."""
    reply = place.get(path, "text/html", accept_language=tongue)
    assert (reply.status, reply.type, reply.headers["content-language"]) == (200, "text/html", tongue), reply.text
    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert reply.headers["x-content-type-options"] == "nosniff"
    found = Page(reply.text)
    assert found.lang.startswith(tongue)
    assert "script" not in found.tags
    assert found.loads == []
    assert not re.search(r"url\(|@import", reply.text)
    assert all(link.startswith(("/", "?", "https://", "http://")) for link in found.links)
    assert not any(link.startswith("//") for link in found.links)
    return found


# ---- What this is ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("accept", FORMATS)
@pytest.mark.parametrize("path", ["/", "/sparql"])
def test_the_service_describes_itself(place: Place, sample_engine: Engine, path: str, accept: str) -> None:
    graph = parsed(place, path, accept)
    (service,) = graph.subjects(RDF.type, SD.Service)
    assert str(graph.value(service, SD.endpoint)) == f"http://{place.host}:{place.port}/sparql"
    assert set(graph.objects(service, SD.supportedLanguage)) == {SD.SPARQL11Query}
    formats = {
        str(each).removeprefix("http://www.w3.org/ns/formats/") for each in graph.objects(service, SD.resultFormat)
    }
    assert {"SPARQL_Results_JSON", "SPARQL_Results_CSV", "Turtle", "JSON-LD", "RDF_XML"} <= formats
    dataset = graph.value(service, SD.defaultDataset)
    named = [graph.value(each, SD.name) for each in graph.objects(dataset, SD.namedGraph)]
    assert {str(each) for each in named} == sample_engine.graphs
    assert graph.value(dataset, SD.defaultGraph) is not None


def test_the_data_set_is_described_and_knows_where_it_is_asked(place: Place, sample_engine: Engine) -> None:
    graph = parsed(place, "/.well-known/void")
    dataset = rdflib.URIRef(DATASET)
    assert (dataset, RDF.type, VOID.Dataset) in graph
    assert str(graph.value(dataset, VOID.sparqlEndpoint)) == f"http://{place.host}:{place.port}/sparql"
    stored = sample_engine.ask(
        "SELECT * { GRAPH <https://w3id.org/beijing-digital-economy/graph/dataset> { ?s ?p ?o } }"
    )
    assert len(graph) >= stored.rows > 10
    assert place.get("/.well-known/void", "text/html").type == "text/turtle"


@pytest.mark.parametrize("path", ["/", "/sparql"])
def test_the_first_page_says_what_this_is_and_asks(place: Place, path: str) -> None:
    english, chinese = page(place, path), page(place, path, "zh")
    for found in (english, chinese):
        assert f"http://{place.host}:{place.port}/sparql" in found.seen
        assert {"form", "textarea", "label"} <= set(found.tags)
        for link in found.links:
            assert place.get(link if link.startswith("/") else path + link, "*/*").status == 200
    assert english.seen != chinese.seen


def test_the_example_of_the_first_page_is_a_query(place: Place) -> None:
    for tongue in ("zh", "en"):
        shown = place.get("/", "text/html", accept_language=tongue).text
        example = re.search(r"<textarea[^>]*>(.*?)</textarea>", shown, re.DOTALL)
        assert example
        query = example[1].replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
        assert place.ask(query).status == 200


# ---- Things ----------------------------------------------------------------------------------------------------------


def things(engine: Engine) -> list[str]:
    """Every IRI of ours of which the graph says something."""
    found = engine.ask(f'SELECT DISTINCT ?s {{ ?s ?p ?o FILTER STRSTARTS(STR(?s), "{BASE}") }}')
    return [row["s"].value for row in found.records()]


def test_every_thing_of_the_graph_answers_under_its_path(place: Place, sample_engine: Engine) -> None:
    kinds = set()
    for iri in things(sample_engine):
        path = "/" + iri.removeprefix(BASE).partition("#")[0]
        assert place.get(path, "text/turtle").status == 200, iri
        kinds.add(path.split("/")[1])
    assert {"entity", "source", "statement", "evidence", "theme", "dataset", "ontology", "scheme"} <= kinds


def one_of_each(engine: Engine) -> list[str]:
    by_kind = {iri.removeprefix(BASE).split("/")[0]: iri for iri in sorted(things(engine)) if "#" not in iri}
    return [*by_kind.values(), graph_iri(SAMPLE), GRAPH_ENTITIES, ONTOLOGY_HEADER, source_iri(SAMPLE)]


def test_each_kind_of_thing_answers_in_every_format_and_as_a_page(place: Place, sample_engine: Engine) -> None:
    for iri in one_of_each(sample_engine):
        path = "/" + iri.removeprefix(BASE)
        graphs = [set(parsed(place, path, accept)) for accept in FORMATS]
        assert graphs[0], iri
        assert {len(graph) for graph in graphs} == {len(graphs[0])}, iri
        if iri not in sample_engine.graphs:
            assert any(rdflib.URIRef(iri) in triple for triple in graphs[0]), iri
        for tongue in ("zh", "en"):
            assert iri in page(place, path, tongue).seen


def test_a_graph_gives_all_that_is_in_it(place: Place, sample_engine: Engine) -> None:
    stored = sample_engine.ask(f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{graph_iri(SAMPLE)}> {{ ?s ?p ?o }} }}")
    assert len(parsed(place, f"/graph/{SAMPLE}")) == stored.rows > 0


def test_an_entity_comes_with_its_statements_and_their_evidence(place: Place) -> None:
    found = {
        str(subject).removeprefix(BASE).split("/")[0] for subject in parsed(place, "/entity/changan-chain").subjects()
    }
    assert {"entity", "statement", "evidence"} <= found


@pytest.mark.parametrize(
    "path",
    [
        "/entity/nope",
        "/nope",
        "/entity/",
        "/favicon.ico",
        "/entity/changan-chain/",
        "/%00",
        '/"',
        "/a b",
        "/%3E%20.",
        "/长",
    ],
)
def test_what_is_not_there_is_not_found(place: Place, path: str) -> None:
    for tongue, words in (("en", "The graph says nothing of"), ("zh", "图谱没有关于")):
        reply = place.get(quote(path, safe="/%"), "*/*", accept_language=tongue)
        assert (reply.status, reply.headers["content-language"]) == (404, tongue)
        assert reply.text.startswith(words)
        assert all(sign.isprintable() for sign in reply.text.strip())


def test_a_thing_that_the_client_has_is_not_sent_again(place: Place) -> None:
    etag = place.get("/entity/changan-chain", "text/html").headers["etag"]
    again = place.send("GET", "/entity/changan-chain", None, {"Accept": "text/html", "If-None-Match": etag})
    assert (again.status, again.body) == (304, b"")
    for sent in ({"Accept": "text/turtle"}, {"Accept": "text/html", "Accept-Language": "zh"}):
        other = place.send("GET", "/entity/changan-chain", None, {**sent, "If-None-Match": etag})
        assert (other.status, other.headers["etag"] != etag) == (200, True)


# ---- Pages and what the data holds -----------------------------------------------------------------------------------

BREAKS_OUT = '=Ada "</script><script>alert(1)</script>" <b>Wu</b> 🚀'


def test_a_name_that_breaks_out_of_html_stays_a_name(place: Place) -> None:
    found = page(place, "/" + entity_iri("only-english").removeprefix(BASE))
    assert BREAKS_OUT in found.seen
    assert "b" not in found.tags


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s ?name { ?s ?p ?name } ",
        "CONSTRUCT { ?s ?p ?name } { ?s ?p ?name }",
        "ASK { ?s ?p '</pre><script>alert(1)</script><img src=x onerror=alert(1)>' }",
        "SELECT ('</title><script>alert(1)</script><img src=x onerror=alert(1)>' AS ?x) {}",
        'SELECT (IRI("javascript:alert(1)") AS ?x) (IRI("data:text/html,<script>") AS ?y) {}',
        "CONSTRUCT { <https://w3id.org/beijing-digital-economy//evil.example/> <urn:p> 1 } {}",
        "CONSTRUCT { <javascript:alert(1)> <javascript:alert(2)> <javascript:alert(3)> } {}",
    ],
)
def test_an_answer_as_a_page_does_nothing(place: Place, query: str) -> None:
    for tongue in ("zh", "en"):
        found = page(place, "/sparql?" + urlencode({"query": query}), tongue)
        assert not {"img", "iframe", "object", "embed", "base"} & set(found.tags)


def test_the_language_of_a_page_is_the_one_that_is_asked_for(place: Place) -> None:
    for path, accept_language, wanted in (
        ("/?lang=zh", "en", "zh"),
        ("/?lang=en", "zh", "en"),
        ("/?lang=fr", "zh-TW,en;q=0.5", "zh"),
        ("/", "en;q=0.5, zh;q=0.4", "en"),
        ("/", "fr, zh-Hans-CN;q=0.1", "zh"),
        ("/", "zh;q=0", "en"),
        ("/", "zh;q=nan, en;q=", "en"),
        ("/", "*", "en"),
    ):
        reply = place.get(path, "text/html", accept_language=accept_language)
        assert reply.headers["content-language"] == wanted, (path, accept_language)


# ---- Health ----------------------------------------------------------------------------------------------------------


def test_health_says_that_questions_are_answered(place: Place, sample_engine: Engine) -> None:
    reply = place.get("/health")
    assert (reply.status, reply.headers["cache-control"]) == (200, "no-store")
    assert reply.json() == {"status": "ok", "data_version": sample_engine.data_version}


def test_health_says_that_they_are_not_and_why() -> None:
    with serving(Failing(EngineUnavailable("The engine is gone."))) as place:
        reply = place.get("/health")
    assert (reply.status, reply.headers["cache-control"]) == (503, "no-store")
    assert reply.json() == {"status": "down", "data_version": "held", "reason": "The engine is gone."}

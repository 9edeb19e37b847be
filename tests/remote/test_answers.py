"""Whatever store is asked, and in whatever format it answers, the answer is the embedded engine's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.engine.base import Engine, Graphs, Limits
from kg.engine.embedded import EmbeddedEngine
from kg.engine.remote import RemoteEngine
from kg.graph.build import Rdf
from kg.graph.names import GRAPH_ENTITIES, GRAPH_INDEX, GRAPH_ONTOLOGY, PREFIXES, entity_iri, graph_iri
from tests.remote.fakes import JSON, NTRIPLES, TURTLE, XML
from tests.remote.kit import Connect, Scratch, bag
from tests.remote.standard import Standard

_USED = ("bde", "plan", "ent", "graph", "skos", "xsd", "rdf", "dcterms")
PREFIXED = "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in _USED)
EVERYTHING = "SELECT ?s ?p ?o { ?s ?p ?o }"
QUERIES = [
    EVERYTHING,
    "SELECT * { ?s ?p ?o }",
    "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) { ?s bde:leads ?o }",
    "SELECT (COUNT(DISTINCT ?s) AS ?n) (SUM(?v) AS ?sum) (MIN(?v) AS ?least) { ?s bde:value ?v }",
    "SELECT ?s ?short { ?s a bde:Technology OPTIONAL { ?s bde:shortName ?short } }",
    "SELECT ?s { ?s a bde:Technology FILTER NOT EXISTS { ?by ?does ?s . FILTER (?does = bde:leads) } }",
    "SELECT ?s ?p { ?s ?p ?o MINUS { ?s a bde:Technology } }",
    "SELECT ?s ?n { ?s skos:prefLabel ?n FILTER REGEX(?n, 'chain', 'i') }",
    "SELECT ?s ?n { ?s skos:prefLabel ?n FILTER LANGMATCHES(LANG(?n), 'zh') }",
    "SELECT ?n (LANG(?n) AS ?l) (STR(?n) AS ?t) { ?s skos:prefLabel|skos:altLabel ?n }",
    "SELECT ?s ?n { ?s skos:prefLabel ?n } ORDER BY ?s ?n LIMIT 3 OFFSET 2",
    "SELECT ?x { <urn:nobody> ?p ?x }",
    "SELECT ?x ?y { VALUES (?x ?y) { (UNDEF 1) (2 UNDEF) } }",
    "SELECT ?s ?n { ?s skos:prefLabel ?n } VALUES (?s ?n) { (ent:changan-chain UNDEF) (UNDEF 'Ada'@en) }",
    "SELECT ?n { ?s skos:prefLabel ?n } ORDER BY ?n LIMIT 1 VALUES ?s { ent:changan-chain }",
    "SELECT ?n { { SELECT ?s ?n { ?s skos:prefLabel ?n } VALUES (?s ?n) { (ent:changan-chain UNDEF) } } }",
    "ASK { ?s ?p ?n } VALUES (?s ?n) { (ent:changan-chain UNDEF) }",
    "CONSTRUCT { ?s <urn:p> ?n } WHERE { ?s skos:prefLabel ?n } VALUES ?s { ent:changan-chain }",
    "SELECT ?x FROM graph:entities { ?x a bde:Technology }",
    "SELECT ?x FROM graph:entities FROM graph:ontology { ?x ?p ?o }",
    "SELECT ?g ?x FROM NAMED graph:entities { GRAPH ?g { ?x a bde:Technology } }",
    "SELECT ?x FROM NAMED graph:entities { ?x a bde:Technology }",
    "ASK { ?s ?p 'Ada leads the space'@en }",
    "ASK { ?s ?p 'Nobody leads the space'@en }",
    "ASK {}",
    "ASK { GRAPH graph:entities { ?s a bde:Technology } }",
    "ASK { GRAPH graph:ontology { ?s a bde:Technology } }",
    "CONSTRUCT WHERE { ?s ?p ?o }",
    "CONSTRUCT { ?s <urn:p> ?o } WHERE { ?s ?p ?o }",
    "CONSTRUCT { ?s <urn:p> ?o } WHERE { <urn:nobody> ?s ?o }",
]
DESCRIBED = f"DESCRIBE <{entity_iri('changan-chain')}>"


@pytest.fixture(scope="module")
def embedded(twice_rdf: Rdf) -> Iterator[EmbeddedEngine]:
    with EmbeddedEngine(twice_rdf.nquads, twice_rdf.data_version) as engine:
        yield engine


@pytest.fixture(params=["json", "xml", "virtuoso"])
def remote(request: pytest.FixtureRequest, connect: Connect, twice_rdf: Rdf) -> RemoteEngine:
    """An engine on a store: of the other make, which answers in two ways, and of Virtuoso's."""
    if request.param == "virtuoso":
        scratch: Scratch = request.getfixturevalue("scratch")
        return connect(scratch.hold(twice_rdf.nquads))
    store: Standard = request.getfixturevalue("loaded_standard")
    store.results, store.graphs = (JSON, NTRIPLES) if request.param == "json" else (XML, TURTLE)
    return connect(store)


def test_every_answer_is_that_of_the_embedded_engine(remote: RemoteEngine, embedded: EmbeddedEngine) -> None:
    for query in QUERIES:
        here, there = embedded.ask(PREFIXED + query), remote.ask(PREFIXED + query)
        assert (there.form, there.rows, there.cut) == (here.form, here.rows, False), query
        assert bag(there) == bag(here), query
        assert set(there.columns) == set(here.columns), query


def test_a_description_holds_all_that_is_said_of_a_thing(remote: RemoteEngine, embedded: EmbeddedEngine) -> None:
    """What else a DESCRIBE tells is each store's own choice: Virtuoso adds where the thing is an object."""
    here, there = bag(embedded.ask(DESCRIBED)), bag(remote.ask(DESCRIBED))
    assert here <= there
    assert all(entity_iri("changan-chain") in (subject.value, thing.value) for subject, _, thing in there)


def test_what_two_sources_state_is_one_triple_of_the_whole_and_one_of_each(remote: RemoteEngine) -> None:
    leads = PREFIXED + "SELECT ?g {{ {} {{ ent:science-commission bde:leads ent:changan-chain }} }}"
    assert remote.ask(leads.format("").replace("?g", "*", 1)).rows == 1
    stated = {row["g"].value for row in remote.ask(leads.format("GRAPH ?g")).records()}
    assert stated == {graph_iri("2024-06-sample"), graph_iri("2025-01-05-sample")}


def test_an_engine_says_which_data_answers_and_which_graphs_there_are(
    remote: RemoteEngine, embedded: EmbeddedEngine
) -> None:
    engine: Engine = remote
    assert engine.data_version == embedded.data_version
    assert engine.ask("ASK {}").data_version == embedded.data_version
    assert engine.graphs - {GRAPH_INDEX} == embedded.graphs


DATASETS = [
    Graphs((GRAPH_ENTITIES,)),
    Graphs((GRAPH_ENTITIES, GRAPH_ONTOLOGY)),
    Graphs((), (GRAPH_ENTITIES,)),
    Graphs((GRAPH_ONTOLOGY,), (GRAPH_ENTITIES,)),
]


@pytest.mark.parametrize(
    "query",
    [
        EVERYTHING,
        "SELECT ?g ?s { GRAPH ?g { ?s a ?type } }",
        "SELECT ?g ?s FROM NAMED graph:ontology { GRAPH ?g { ?s a ?type } }",
        "SELECT ?s FROM graph:ontology { ?s a ?type }",
    ],
)
def test_a_dataset_beside_the_query_takes_the_place_of_its_own(
    remote: RemoteEngine, embedded: EmbeddedEngine, query: str
) -> None:
    for graphs in DATASETS:
        here, there = (engine.ask(PREFIXED + query, graphs=graphs) for engine in (embedded, remote))
        assert bag(there) == bag(here), graphs


@pytest.mark.parametrize("query", [EVERYTHING, "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_an_answer_is_cut_at_the_row_limit_says_so_and_leaves_the_engine_sound(
    remote: RemoteEngine, embedded: EmbeddedEngine, query: str
) -> None:
    total = embedded.ask(query).rows
    for most in (1, total - 1):
        answer = remote.ask(query, limits=Limits(rows=most))
        assert (answer.rows, answer.cut) == (most, True)
        assert sum(bag(answer).values()) == most
    assert not remote.ask(query, limits=Limits(rows=total)).cut

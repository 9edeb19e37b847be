"""What a query is asked of: the merge of our graphs, by name those that it can speak of, and never anybody else's."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from io import BytesIO

import pytest

from kg.engine.base import Graphs
from kg.engine.held import Held
from kg.engine.login import Login
from kg.engine.store import Store
from kg.errors import RefusedQuery
from kg.export.store_writers import GraphStore
from kg.graph.build import Rdf
from kg.graph.names import GRAPH_DATASET, GRAPH_ENTITIES, GRAPH_INDEX, GRAPH_ONTOLOGY, GRAPH_UNION, PREFIXES
from tests.remote.fakes import JSON, Asked, Fake, Talk, says
from tests.remote.kit import Connect, Scratch, results, the_error
from tests.stores import LOGIN, Virtuoso

OURS = (GRAPH_DATASET, GRAPH_ENTITIES, GRAPH_ONTOLOGY)
MERGED, APART = Held("v1", frozenset(OURS), merged=True), Held("v1", frozenset(OURS), merged=False)
FOREIGN = "urn:example:somebody-elses"
PREFIXED = f"PREFIX graph: <{PREFIXES['graph']}> "

Sent = Callable[..., tuple[list[str], list[str]]]


@pytest.fixture
def sent(fake: Fake, connect: Connect) -> Sent:
    """Ask, and see what was sent for it: the default graphs and the named ones."""

    def reply(asked: Asked, talk: Talk) -> None:
        is_ask = asked.query.lstrip().upper().startswith("ASK")
        says('{"head":{},"boolean":true}' if is_ask else results("x"), JSON)(asked, talk)

    fake.reply = reply

    def ask(query: str, held: Held = MERGED, graphs: Graphs | None = None) -> tuple[list[str], list[str]]:
        connect(fake, held=held).ask(query, graphs=graphs)
        asked = fake.asked[-1]
        assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
        assert (asked.method, asked.query) == ("POST", query)
        return asked.all("default-graph-uri"), asked.all("named-graph-uri")

    return ask


@pytest.mark.parametrize("query", ["SELECT ?x { ?s ?p ?x }", "ASK {}"])
def test_without_from_the_merge_is_asked(sent: Sent, query: str) -> None:
    assert sent(query) == ([GRAPH_UNION], [])
    assert sent(query, APART) == (sorted(OURS), [])


@pytest.mark.parametrize("word", ["GRAPH", "graph", "Graph"])
def test_a_query_about_graphs_is_asked_of_the_named_ones_too(sent: Sent, word: str) -> None:
    query = f"SELECT ?x {{ {word} ?x {{ ?s ?p ?o }} }}"
    assert sent(query) == ([GRAPH_UNION], sorted(OURS))
    assert sent(query, APART) == (sorted(OURS), sorted(OURS))


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT ?x {{ GRAPH <{GRAPH_INDEX}> {{ ?s ?p ?x }} }}",
        f"PREFIX graph: <{PREFIXES['graph']}> SELECT ?x {{ GRAPH graph:index {{ ?s ?p ?x }} }}",
        f"PREFIX g: <{PREFIXES['graph']}> SELECT ?x {{ graph g:index {{ ?s ?p ?x }} }}",
        f"BASE <{PREFIXES['graph']}> SELECT ?x {{ GRAPH <index> {{ ?s ?p ?x }} }}",
    ],
)
def test_the_index_is_asked_only_where_it_is_named(sent: Sent, query: str) -> None:
    default, named = sent(query)
    assert default == [GRAPH_UNION]
    assert GRAPH_INDEX in named
    assert GRAPH_INDEX not in sent(query, APART)[1]


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT ?x {{ ?s ?p ?x . GRAPH <{GRAPH_ENTITIES}> {{ ?s ?p ?x }} }}",
        f"SELECT ?x {{ GRAPH <{GRAPH_ENTITIES}> {{ ?s ?p <{GRAPH_INDEX}> }} GRAPH ?g {{ ?s ?p ?x }} }}",
    ],
)
def test_what_a_query_names_is_asked_by_name(sent: Sent, query: str) -> None:
    for held in (MERGED, APART):
        named = sent(query, held)[1]
        assert GRAPH_ENTITIES in named
        assert set(named) <= set(OURS)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x FROM graph:entities { ?s ?p ?x }",
        "SELECT ?x FROM NAMED graph:entities { GRAPH ?g { ?s ?p ?x } }",
        "SELECT ?x\nfrom graph:index\n{ ?s ?p ?x }",
    ],
)
def test_a_query_with_from_says_itself_what_it_is_asked_of(sent: Sent, query: str) -> None:
    assert sent(PREFIXED + query) == ([], [])


@pytest.mark.parametrize("held", [MERGED, APART])
def test_a_dataset_beside_the_query_is_sent_as_it_is(sent: Sent, held: Held) -> None:
    for query in ("ASK {}", "SELECT ?x { GRAPH ?g { ?s ?p ?x } }"):
        wanted = Graphs((GRAPH_ONTOLOGY,), (GRAPH_ENTITIES, GRAPH_DATASET))
        assert sent(query, held, wanted) == ([GRAPH_ONTOLOGY], [GRAPH_ENTITIES, GRAPH_DATASET])


@pytest.mark.parametrize("iri", [FOREIGN, GRAPH_UNION, "file:///etc/passwd", "http://127.0.0.1/secret"])
def test_a_foreign_graph_is_refused_and_not_asked(fake: Fake, connect: Connect, iri: str) -> None:
    engine = connect(fake, held=MERGED)
    the_error(engine, f"ASK FROM <{iri}> {{ ?s ?p ?x }}", RefusedQuery)
    the_error(engine, f"ASK FROM NAMED <{iri}> {{ GRAPH ?g {{ ?s ?p ?x }} }}", RefusedQuery)
    the_error(engine, "ASK {}", RefusedQuery, graphs=Graphs((iri,)))
    the_error(engine, "ASK {}", RefusedQuery, graphs=Graphs((), (iri,)))
    assert not fake.asked


@pytest.fixture(scope="module")
def shared(scratch: Scratch, twice_rdf: Rdf) -> Virtuoso:
    """A store in which somebody else keeps a graph, too."""
    store = scratch.hold(twice_rdf.nquads)
    with closing(GraphStore(store.endpoint.replace("/sparql", "/sparql-graph-crud-auth"), LOGIN)) as writer:
        writer.add(FOREIGN, [b"<urn:who> <urn:earns> <urn:much> .\n"])
    return store


@pytest.mark.parametrize(
    ("query", "graphs"),
    [
        ("SELECT ?x { <urn:who> ?p ?x }", None),
        ("SELECT ?x { GRAPH ?g { <urn:who> ?p ?x } }", None),
        ("SELECT ?x { GRAPH <foreign> { ?s ?p ?x } }", None),
        ("SELECT ?x FROM graph:entities { <urn:who> ?p ?x }", None),
        ("SELECT ?x FROM graph:entities { GRAPH ?g { <urn:who> ?p ?x } }", None),
        ("SELECT ?x FROM graph:entities { GRAPH <foreign> { ?s ?p ?x } }", None),
        ("SELECT ?x FROM NAMED graph:entities { GRAPH <foreign> { ?s ?p ?x } }", None),
        ("SELECT ?x FROM NAMED graph:entities { <urn:who> ?p ?x }", None),
        ("SELECT ?x { GRAPH <foreign> { ?s ?p ?x } }", Graphs((GRAPH_ENTITIES,))),
        ("SELECT ?x { GRAPH <foreign> { ?s ?p ?x } }", Graphs((), (GRAPH_ENTITIES,))),
        ("SELECT ?x { <urn:who> ?p ?x }", Graphs((), (GRAPH_ENTITIES,))),
        ("SELECT ?x { GRAPH ?g { <urn:who> ?p ?x } }", Graphs((GRAPH_ENTITIES,))),
        ("SELECT ?x { VALUES ?g { <foreign> } GRAPH ?g { ?s ?p ?x } }", None),
        ("SELECT ?x { GRAPH <foreign> { <urn:who> <urn:earns>+ ?x } }", None),
        (
            "SELECT ?x { { GRAPH <foreign> { ?s ?p ?x } } UNION { GRAPH graph:entities { <urn:no> ?p ?x } } }",
            None,
        ),
        ("SELECT ?x { { SELECT ?x { GRAPH <foreign> { ?s ?p ?x } } } }", None),
        ("DESCRIBE <urn:who>", None),
        ("DESCRIBE <urn:who> FROM graph:entities", None),
    ],
)
def test_what_somebody_else_keeps_in_the_same_store_is_never_seen(
    shared: Virtuoso, connect: Connect, query: str, graphs: Graphs | None
) -> None:
    asked = PREFIXED + query.replace("<foreign>", f"<{FOREIGN}>")
    assert b"urn:much" not in connect(shared).ask(asked, graphs=graphs).body


def test_a_store_may_repeat_every_graph_in_its_headers(fake: Fake, connect: Connect) -> None:
    """As Virtuoso does; a graph has a source, and there are many."""
    fake.reply = says(results("x"), **{f"X_SPARQL_named_graph_{number}": OURS[0] for number in range(500)})
    assert connect(fake).ask("SELECT ?x { ?s ?p ?x }").empty


def test_a_foreign_graph_outlives_a_load(shared: Virtuoso, scratch: Scratch, sample_rdf: Rdf) -> None:
    scratch.changed().load(BytesIO(sample_rdf.nquads))
    with closing(Store(shared.endpoint, Login())) as store:
        assert store.answer(f"SELECT ?x {{ GRAPH <{FOREIGN}> {{ <urn:who> <urn:earns> ?x }} }}").rows == 1

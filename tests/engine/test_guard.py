"""The guard: all that reads our graphs passes, nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.engine.base import Graphs
from kg.engine.guard import MOST_BYTES, MOST_DEPTH, approve
from kg.engine.skim import Skim
from kg.engine.tokens import tokenize
from kg.errors import MalformedQuery, RefusedQuery

GRAPHS = {"https://example.org/graph/0", "https://example.org/graph/1"}
READING = [
    "SELECT * { ?service ?from ?load }",
    "PREFIX service: <http://x/> SELECT * { service:foo service:service ?x }",
    "PREFIX service: <http://x/> SELECT * { GRAPH service:graph { ?x a service:Thing } }",
    "PREFIX from: <https://example.org/graph/> SELECT * FROM from:0 FROM NAMED from:1 { ?s from:p ?o }",
    "PREFIX fromage: <http://x/> DESCRIBE fromage:x",
    "SELECT * { VALUES (?a ?b) { (<http://x/a> <http://x/myservice>) (<http://x/a-service> <http://x/b-service>) } }",
    "SELECT * { VALUES (?a ?b) { (<http://x/a> <http://x/from>) (<http://x/b> <http://x/from/y>) } }",
    "PREFIX load: <http://x/service> SELECT * { ?x load:insert 'LOAD' }",
    "SELECT * { ?s ?p 'SERVICE <http://x/>' } # SERVICE <http://x/> INSERT",
    'SELECT * { ?s ?p """SERVICE "" <http://x/>""" }',
    "SELECT * { ?s <http://x/SERVICE> _:service , 'x'@load }",
    "SELECT * { ?s ?p '\\\\u0022 with' }",
    "SELECT * { ?s ?p 'with \\u0041' }",
    "SELECT * { VALUES (?a ?b) { (<http://x/#a> <http://y/#it's>) } } # add",
    "SELECT * { FILTER(?a<?b && ?c>?d) } # with",
    "SELECT * FROM <https://example.org/graph/0> FROM NAMED <https://example.org/graph/1> { ?s ?p ?o }",
    "BASE <https://example.org/> SELECT * FROM <graph/0> { ?s ?p ?o }",
    "PREFIX g: <https://example.org/graph/> ASK FROM g:0 { ?s ?p ?o }",
    "BASE <https://example.org/> PREFIX g: <graph/> ASK from named g:1 { ?s ?p ?o }",
    "SELECT * FROM <https://example.org/\\u0067raph/0> {}",
    "ASK " + "{" * MOST_DEPTH + "}" * MOST_DEPTH,
]
SERVICES = [
    "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { service silent ?x { ?s ?p ?o } }",
    "PREFIX x: <http://x/> SELECT * { ?s ?p ?o SERVICE x:y { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <http://x/> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o FILTER NOT EXISTS { { SERVICE ?x { ?s ?p ?o } } } }",
    "SELECT * { ?s ?p ?o MINUS { SERVICE <http://x/> { ?s ?p ?o } } }",
    "SELECT * { { SELECT * { SERVICE <http://x/> { ?s ?p ?o } } } }",
    "SELECT * { OPTIONAL { GRAPH ?g { SERVICE <http://x/> { ?s ?p ?o } } } }",
    "ASK{?s ?p'x'SERVICE<http://x/>{}}",
    "ASK { FILTER(1<'x>') SERVICE <http://x/> { ?s ?p 'y' } } #'",
    "ASK { FILTER(1<?b#> '''\n) SERVICE <http://x/> {} # '''\n}",
    "SELECT * { SERVICESILENT <http://x/> { ?s ?p ?o } }",
    "SELECT * { ?a ?b trueSERVICE<http://x/> { ?s ?p ?o } }",
    "PREFIX h: <http://x/> SELECT * { SERVICEh: { ?s ?p ?o } }",
    "PREFIX h: <http://x/> SELECT * { ?s ?p falseserviceSilenth:y # {\n { ?s ?p ?o } }",
    "PREFIX SERVICEh: <http://y/> PREFIX h: <http://x/> SELECT * { SERVICEh: { ?s ?p ?o } }",
]
GLUED = [
    "PREFIX g: <https://example.org/graph/> ASK FROMg:0 FROMg:1 {}",
    "PREFIX g: <https://example.org/graph/> SELECT * fromNamedg:0 {}",
    "PREFIX FROMg: <http://x/> PREFIX g: <https://example.org/graph/> ASK FROMg:0 {}",
    "PREFIX g: <https://example.org/graph/> DESCRIBE ?x FROMg:0 { ?x ?y ?z }",
    "SELECT * FROMNAMED <https://example.org/graph/0> {}",
    "ASKFROM <https://example.org/graph/0> {}",
]
UPDATES = [
    "INSERT DATA { <http://a> <http://b> 1 }",
    "PREFIX a: <http://a/> DELETE WHERE { ?s ?p ?o }",
    "LOAD <file:///etc/passwd>",
    "CLEAR ALL",
    "DROP GRAPH <http://x/>",
    "CREATE GRAPH <http://x/>",
    "ADD DEFAULT TO <http://x/>",
    "MOVE <http://x/> TO DEFAULT",
    "COPY <http://x/> TO DEFAULT",
    "WITH <http://x/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "# a comment\nSELECT * { ?s ?p ?o } ; insert { ?s ?p ?o } where {}",
]
FOREIGN = [
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "SELECT * FROM NAMED <http://127.0.0.1/x.ttl> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * FROM <https://example.org/graph/0> FROM <https://example.org/graph/2> { ?s ?p ?o }",
    "PREFIX g: <https://evil.example/> ASK FROM g:0 {}",
    "PREFIX g: <https://example.org/graph/> ASK FROM h:0 {}",
    "BASE <https://evil.example/> ASK FROM <graph/0> {}",
    "ASK FROM <graph/0> {}",
]


@pytest.mark.parametrize("query", READING)
def test_reading_is_allowed(query: str) -> None:
    assert approve(query, GRAPHS).query == query


def test_a_dataset_of_its_own_is_noticed() -> None:
    zero, one = "https://example.org/graph/0", "https://example.org/graph/1"
    query = f"PREFIX g: <https://example.org/graph/> ASK FROM <{zero}> FROM NAMED g:1 FROM g:1 {{}}"
    assert approve(query, GRAPHS).dataset == Graphs((zero, one), (one,))
    assert approve("ASK { ?s ?p 'FROM <x>' }", GRAPHS).dataset is None


@pytest.mark.parametrize("query", SERVICES)
def test_service_is_refused_wherever_it_stands(query: str) -> None:
    with pytest.raises(RefusedQuery, match="another server"):
        approve(query, GRAPHS)


@pytest.mark.parametrize("service", ["wikibase:label", "<http://wikiba.se/ontology#label>"])
def test_the_service_for_labels_of_wikidata_is_told_what_to_write_here(service: str) -> None:
    with pytest.raises(RefusedQuery, match=r"skos:prefLabel \?name"):
        approve(f'SELECT * {{ ?s ?p ?o SERVICE {service} {{ ?x ?y "zh" }} }}', GRAPHS)


@pytest.mark.parametrize("query", GLUED)
def test_from_against_its_neighbour_is_refused(query: str) -> None:
    with pytest.raises(RefusedQuery, match="Write a space around FROM"):
        approve(query, GRAPHS)


def test_a_graph_that_one_reading_hides_is_found_by_the_other() -> None:
    with pytest.raises(RefusedQuery, match="urn:other"):
        approve("SELECT (1<?y#> '''\n AS ?z) FROM <urn:other> {} # '''", GRAPHS)


@pytest.mark.parametrize("query", UPDATES)
def test_updates_are_refused(query: str) -> None:
    with pytest.raises(RefusedQuery, match="can only be read"):
        approve(query, GRAPHS)


@pytest.mark.parametrize("query", FOREIGN)
def test_foreign_graphs_are_refused(query: str) -> None:
    with pytest.raises(RefusedQuery, match="none of the 2 graphs here"):
        approve(query, GRAPHS)


def test_a_refused_graph_is_named_with_its_place_and_the_nearest_of_ours() -> None:
    with pytest.raises(RefusedQuery) as caught:
        approve("ASK\n FROM <https://example.org/graph/9> {}", GRAPHS)
    assert "line 2, column 7" in str(caught.value)
    assert "https://example.org/graph/9" in str(caught.value)
    assert "<https://example.org/graph/1>" in str(caught.value)


@pytest.mark.parametrize(
    "query",
    ["ASK { \\u0053ERVICE <http://x/> {} }", "ASK { ?\\u0061 ?p ?o }", "ASK { ?s ?p '\\u0027 } SERVICE <x> {' }"],
)
def test_disguises_are_refused(query: str) -> None:
    with pytest.raises(RefusedQuery):
        approve(query, GRAPHS)


@pytest.mark.parametrize("bracket", ["(", "{", "["])
def test_10_000_nested_brackets_are_refused(bracket: str) -> None:
    with pytest.raises(RefusedQuery, match="nested"):
        approve("ASK { FILTER " + bracket * 10_000, GRAPHS)


def test_many_brackets_side_by_side_are_not_deep() -> None:
    approve("ASK { VALUES (?x) {" + "(1)" * 10_000 + "} }", GRAPHS)


def test_a_query_of_more_than_a_megabyte_is_refused() -> None:
    with pytest.raises(RefusedQuery, match="1,000,000"):
        approve("ASK { } #" + "长" * (MOST_BYTES // 3), GRAPHS)


def test_half_a_character_is_malformed() -> None:
    with pytest.raises(MalformedQuery) as caught:
        approve("ASK {\n '\ud800' }", GRAPHS)
    assert (caught.value.line, caught.value.column) == (2, 3)


WATCHED = frozenset({"SERVICE", "FROM"})
PIECES = st.sampled_from(
    ["SERVICE", "from", "FROM", "SERVICE:a", "?from", "'", '"', "'''", "#", "\n", "<", ">", "<a#b>", "<a'>", "<a>"]
) | st.sampled_from(
    [
        *[
            "?x",
            "()",
            "{",
            "}",
            ".",
            "PREFIX",
            "",
            "p:",
            "a",
            "1",
            "@en",
            "_:b",
            "-",
            "\\",
            ":",
            "&&",
            "长",
            "%41",
            "\x00",
        ],
        " ",
        "(",
        ")",
    ]
)


@settings(max_examples=1000)
@given(st.lists(PIECES, max_size=14).map("".join))
@example("ASK { FILTER(1<'x>') SERVICE <http://x/> { ?s ?p 'y' } } #'")
@example("a.SERVICE")
@example("SERVICE.")
def test_what_the_skim_clears_holds_no_watched_word_in_any_reading(text: str) -> None:
    if Skim(WATCHED, 10).clears(text):
        tokens = [*tokenize(text), *tokenize(text, less_than=True)]
        assert not [token for token in tokens if token.kind == "word" and token.text.upper() in WATCHED]


@pytest.mark.parametrize("unit", ["a.", "a..b", "'", "<a", "a:b.", "#", "PREFIX a:", "?x ", "_:a."])
def test_the_skim_takes_a_long_text_in_its_stride(unit: str) -> None:
    Skim(WATCHED, 10).clears(unit * (200_000 // len(unit)))


def test_the_skim_clears_the_ordinary() -> None:
    query = "PREFIX s: <http://x/#> # from\nSELECT ?from { ?s s:from 'FROM' ; s:p <http://x/from> FILTER(?a < 1) }"
    assert Skim(WATCHED, 10).clears(query)

"""The questions that every client asks of the endpoint."""

from __future__ import annotations

from typing import NamedTuple

from kg.engine.base import Graphs
from kg.graph.names import GRAPH_DATASET, GRAPH_ENTITIES, GRAPH_VOCABULARY, PREFIXES, graph_iri

__all__ = ["PROTOCOL", "QUESTIONS", "REFUSED", "Question"]


class Question(NamedTuple):
    """A query, and the graphs that are named beside it by ``default-graph-uri`` and ``named-graph-uri``."""

    name: str
    query: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    @property
    def ordered(self) -> bool:
        return "ORDER BY" in self.query

    @property
    def makes_graph(self) -> bool:
        return "CONSTRUCT" in self.query or "DESCRIBE" in self.query

    @property
    def graphs(self) -> Graphs | None:
        return Graphs(self.default, self.named) if self.default or self.named else None


def _asked(name: str, query: str, **graphs: tuple[str, ...]) -> Question:
    used = ("bde", "plan", "ent", "graph", "rdf", "rdfs", "skos", "dcterms", "xsd")
    return Question(name, "".join(f"PREFIX {each}: <{PREFIXES[each]}>\n" for each in used) + query, **graphs)


_OLDER, _NEWER = graph_iri("2024-06-sample"), graph_iri("2025-01-05-sample")
_COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
_BY_GRAPH = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"

#: Text that formats give a meaning of their own, or change: their signs, space at both ends, what is not seen.
_SIGNS = r"""  \t\n<b a='1'>&amp;]]></b> {\"x\": [null]},\"\\ ?x _:b @en ^^ % + \u00A0\u2028\u202E e\u0301 🚀 長 """
_LINES = r"a\nb\r\nc\rd\n"
_LONGER = "".join(
    f"BIND (CONCAT(?{a}, ?{a}, ?{a}, ?{a}, ?{a}, ?{a}, ?{a}) AS ?{b}) " for a, b in ("ab", "bc", "cd", "de")
)
_MANY = " ".join(f"<urn:长:{number}>" for number in range(900))

QUESTIONS = [
    _asked("every triple", "SELECT ?s ?p ?o { ?s ?p ?o }"),
    _asked(
        "unbound cells",
        """SELECT ?thing ?former ?alias ?never { ?thing a bde:Technology OPTIONAL { ?thing bde:formerName ?former }
           OPTIONAL { ?thing skos:altLabel ?alias } OPTIONAL { ?thing <urn:never> ?never } }""",
    ),
    _asked(
        "rows of nothing",
        'SELECT ?a ?b { VALUES (?a ?b) { (1 UNDEF) (UNDEF "2"@en) (UNDEF UNDEF) (UNDEF UNDEF) } }',
    ),
    _asked(
        "languages",
        """SELECT ?name (LANG(?name) AS ?lang) { { ?s skos:prefLabel|skos:hiddenLabel ?name }
           UNION { VALUES ?name { "x" "x"@de-CH-1996 "x"@zh-Hant } } }""",
    ),
    _asked(
        "datatypes",
        """SELECT ?a ?b { VALUES (?a ?b) { (1 1.50) (-0.0 1e3) (true false) (1e400 -1e-7) ("" ""^^<urn:kind>)
           ("2025"^^xsd:gYear "2025-01-05"^^xsd:date) ("2025-01-05T08:00:00+08:00"^^xsd:dateTime "P1DT2H"^^xsd:duration)
           ("INF"^^xsd:double "NaN"^^xsd:float) ("no number"^^xsd:integer "长"^^<urn:kind>)
           ("007"^^xsd:integer "1"^^xsd:byte) ("<a/>"^^rdf:XMLLiteral "00ff"^^xsd:hexBinary)
           (2400000000000 123456789.123456789) } }""",
    ),
    _asked("signs of formats", f'SELECT ("{_SIGNS}" AS ?plain) ("{_SIGNS}"@en AS ?tagged) {{}}'),
    _asked("ends of lines", f'SELECT ("{_LINES}" AS ?plain) ("{_LINES}"@en AS ?tagged) {{}}'),
    _asked("a name that breaks out", 'SELECT ?name { ent:only-english ?p ?name FILTER (LANG(?name) = "en") }'),
    _asked(
        "Chinese", 'SELECT ?名称 ?其他 { ?物 skos:prefLabel "长安链"@zh ; rdfs:label ?名称 ; skos:hiddenLabel ?其他 }'
    ),
    _asked("signs of addresses", 'SELECT ?s { ?s rdfs:label ?n FILTER (STR(?n) != "100 % + 1 & 2 = 3; #?") } # %41+&'),
    _asked("long text", f'SELECT ?e ?b {{ BIND ("长安链 \\" 🚀"@zh AS ?a) {_LONGER} }}'),
    _asked("a long query", f"SELECT ?s {{ VALUES ?s {{ {_MANY} }} }}"),
    _asked("no row", "SELECT ?s ?name { ?s a <urn:none> ; rdfs:label ?name }"),
    _asked("no column", "SELECT * {}"),
    _asked("yes", 'ASK { ?s skos:prefLabel "长安链"@zh }'),
    _asked("no", 'ASK { ?s skos:prefLabel "长安链"@en }'),
    _asked(
        "aggregates",
        """SELECT ?type (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?m) (MIN(?name) AS ?first) (AVG(STRLEN(?name)) AS ?mean)
           { ?s a ?type ; skos:prefLabel ?name } GROUP BY ?type HAVING (COUNT(*) > 1)""",
    ),
    _asked("aggregates of nothing", "SELECT (COUNT(?x) AS ?n) (SUM(?x) AS ?sum) (MAX(?x) AS ?max) { ?x a <urn:none> }"),
    _asked("repeated rows", "SELECT ?type { ?s a ?type }"),
    _asked("an order", "SELECT ?s ?name { ?s skos:prefLabel ?name } ORDER BY DESC(?name) ?s LIMIT 9 OFFSET 3"),
    _asked("paths", "SELECT ?a ?b { ?a rdfs:subClassOf+ ?b . ?b ^rdfs:subClassOf?/rdfs:isDefinedBy ?c }"),
    _asked("paths of any length", "SELECT ?s ?name { ?s (bde:leads|plan:buildsOn)*/!(rdf:type|rdfs:label) ?name }"),
    _asked(
        "what is not there",
        """SELECT ?s { ?s a bde:Technology MINUS { ?s bde:featured true }
           FILTER NOT EXISTS { ?s bde:formerName ?name } }""",
    ),
    _asked("FROM", "SELECT ?s ?p ?o FROM graph:2024-06-sample FROM graph:2025-01-05-sample { ?s ?p ?o }"),
    _asked(
        "FROM NAMED",
        """SELECT ?g (COUNT(*) AS ?n) FROM NAMED graph:2024-06-sample FROM NAMED graph:dataset
           { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g""",
    ),
    _asked(
        "FROM and FROM NAMED",
        """SELECT ?g ?s ?name FROM graph:entities FROM NAMED graph:2025-01-05-sample
           { ?s rdfs:label ?name GRAPH ?g { ?x ?p ?s } }""",
    ),
    _asked("FROM NAMED alone", "SELECT ?s FROM NAMED graph:entities { ?s ?p ?o }"),
    _asked("every graph", _BY_GRAPH),
    _asked("blank nodes", "SELECT ?x (BNODE() AS ?a) (?a AS ?same) (BNODE() AS ?b) { VALUES ?x { 1 2 } }"),
    _asked("a graph", "CONSTRUCT { ?s ?p ?o } FROM graph:entities { ?s ?p ?o }"),
    _asked("a short CONSTRUCT", "CONSTRUCT WHERE { ?s a bde:Technology ; dcterms:description ?text }"),
    _asked(
        "a graph of blank nodes",
        f"""CONSTRUCT {{ ?s <urn:said> [ <urn:as> ?name ; <urn:text> "{_SIGNS}"@en , 1.50 ] }}
            {{ ?s skos:altLabel ?name }}""",
    ),
    _asked("a graph of ends of lines", f'CONSTRUCT {{ <urn:a> <urn:text> "{_LINES}" , "{_LINES}"@en }} {{}}'),
    _asked("a graph of nothing", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o . ?s a <urn:none> }"),
    _asked("DESCRIBE", "DESCRIBE ent:changan-chain ent:only-english"),
    _asked("DESCRIBE of what is found", "DESCRIBE ?s { ?s a bde:Agency }"),
]

#: What has its graphs beside it, which not every client can send.
PROTOCOL = [
    _asked("a default graph", "SELECT ?s ?p ?o { ?s ?p ?o }", default=(GRAPH_VOCABULARY,)),
    _asked("a named graph", _BY_GRAPH, named=(GRAPH_DATASET,)),
    _asked("nothing but a named graph", "ASK { ?s ?p ?o }", named=(GRAPH_ENTITIES,)),
    _asked("both", "SELECT * { ?s a bde:Person GRAPH ?g { ?x ?p ?s } }", default=(GRAPH_ENTITIES,), named=(_NEWER,)),
    _asked("another than FROM", _COUNT.replace("{", "FROM graph:entities {"), default=(_OLDER,)),
    _asked("a graph of a graph", "CONSTRUCT WHERE { ?s rdfs:label ?name }", default=(GRAPH_ENTITIES,)),
    _asked("two default graphs", _COUNT, default=(_OLDER, GRAPH_ENTITIES)),
    _asked("two of both", _BY_GRAPH, default=(_OLDER, _NEWER), named=(_NEWER, GRAPH_ENTITIES)),
]

#: What is answered by an error, and words of it. Clients that read queries themselves let all but the first pass.
REFUSED = [
    (_asked("half a query", "SELECT * { ?s ?p "), "is not closed"),
    (_asked("a table by a wrong query", "SELECT (?x AS ?y) { BIND (1 AS ?y) BIND (2 AS ?x) }"), "value in the braces"),
    (_asked("a verdict by a wrong query", 'ASK { ?s ?p "x"@muchtoolong }'), "@muchtoolong"),
    (_asked("a graph by a wrong query", 'CONSTRUCT { ?s ?p "x"@muchtoolong } { ?s ?p ?o }'), "@muchtoolong"),
    (_asked("a service", "SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }"), "SERVICE"),
    (_asked("a silent service", "ASK { SERVICE SILENT <http://127.0.0.1:9/sparql> { ?s ?p ?o } }"), "SERVICE"),
    (_asked("a foreign graph", "CONSTRUCT { ?s ?p ?o } FROM <urn:foreign> { ?s ?p ?o }"), "urn:foreign"),
]

"""What is asked at each door that must not be answered: queries that write, reach out, or cost too much.

``@HTTP@`` stands for the address of a server of the test, ``@FILE@`` for that of a file of the test.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

import pytest

from kg.engine.base import Limits

__all__ = [
    "BARRED",
    "COSTLY",
    "HARMLESS",
    "LARGE",
    "LEAN",
    "MEGABYTE",
    "OWN_CODE",
    "QUICK",
    "SERVICE",
    "UPDATES",
    "Attack",
    "Outcome",
    "each",
]

Outcome = Literal["answered", "malformed", "refused", "timed out", "too large", "failed"]

QUICK = Limits(seconds=0.3, rows=10_000, megabytes=256)
LEAN = Limits(seconds=30.0, rows=10_000, megabytes=32)


class Attack(NamedTuple):
    """A query, how it must end, and some words of the reason that is given."""

    name: str
    query: str
    outcome: Outcome
    words: str

    @property
    def limits(self) -> Limits:
        """Little time for what would never end, little memory for what would eat it."""
        return QUICK if self.outcome == "timed out" else LEAN


def each(attacks: Iterable[Attack]) -> list[object]:
    """As the parameters of a test."""
    return [pytest.param(attack, id=attack.name.replace(" ", "-")) for attack in attacks]


def _all(outcome: Outcome, words: str, queries: dict[str, str]) -> list[Attack]:
    return [Attack(name, query, outcome, words) for name, query in queries.items()]


SERVICE = _all(
    "refused",
    "SERVICE would send parts of the query to another server",
    {
        "service": "SELECT * { SERVICE <@HTTP@> { ?s ?p ?o } }",
        "service silent": "SELECT * { SERVICE SILENT <@HTTP@> { ?s ?p ?o } }",
        "service against silent": "SELECT * { SERVICESILENT <@HTTP@> { ?s ?p ?o } }",
        "service against a value": "SELECT * { OPTIONAL { ?a ?b true } ?c ?d falseSERVICE<@HTTP@> { ?s ?p ?o } }",
        "service against a prefixed name": "PREFIX x: <@HTTP@> SELECT * { SERVICEx: { ?s ?p ?o } }",
        "service in small letters": "ask{?s ?p'x'service<@HTTP@>{}}",
        "service of a variable": "SELECT * { BIND(<@HTTP@> AS ?where) SERVICE ?where { ?s ?p ?o } }",
        "service silent of a variable": "SELECT * { VALUES ?where { <@HTTP@> } SERVICE SILENT ?where { ?s ?p ?o } }",
        "service of a prefixed name": "PREFIX x: <@HTTP@> SELECT * { SERVICE x: { ?s ?p ?o } }",
        "service of a file": "SELECT * { SERVICE <@FILE@> { ?s ?p ?o } }",
        "service in exists": "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <@HTTP@> { ?s ?p ?o } } }",
        "service in not exists": "SELECT * { ?s ?p ?o FILTER NOT EXISTS { { SERVICE ?s { ?s ?p ?o } } } }",
        "service in exists in select": "SELECT (EXISTS { SERVICE <@HTTP@> { ?s ?p ?o } } AS ?x) {}",
        "service in minus": "SELECT * { ?s ?p ?o MINUS { SERVICE SILENT <@HTTP@> { ?s ?p ?o } } }",
        "service in a subquery": "SELECT * { { SELECT ?s { SERVICE <@HTTP@> { ?s ?p ?o } } } }",
        "service deep down": "ASK { ?a ?b ?c MINUS { { SELECT ?s { ?s ?p ?o FILTER EXISTS "
        "{ OPTIONAL { GRAPH ?g { SERVICE SILENT ?s { ?s ?p ?o } } } } } } } }",
        "service in a union": "ASK { {} UNION { SERVICE <@HTTP@> {} } }",
        "service behind a comment": "SELECT * { # it's 'here'\n SERVICE # <\n <@HTTP@> { ?s ?p ?o } }",
        "service behind a string": "SELECT * { ?s ?p 'a\\'' SERVICE <@HTTP@> { ?s ?p '' } }",
        "service behind a less than": "ASK { FILTER(1<'x>') SERVICE <@HTTP@> { ?s ?p 'y' } } #'",
        "service in construct": "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <@HTTP@> { ?s ?p ?o } }",
        "service in describe": "DESCRIBE ?s WHERE { SERVICE <@HTTP@> { ?s ?p ?o } }",
    },
)
UPDATES = _all(
    "refused",
    "belongs to an update, and this graph can only be read",
    {
        "insert data": "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "insert where": "INSERT { ?s <urn:b> 1 } WHERE { ?s ?p ?o }",
        "delete where": "DELETE WHERE { ?s ?p ?o }",
        "delete data": "PREFIX a: <urn:a:> DELETE DATA { a:b a:c a:d }",
        "delete and insert": "WITH <urn:g> DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
        "load": "LOAD <@HTTP@>",
        "load silent": "LOAD SILENT <@HTTP@> INTO GRAPH <urn:g>",
        "load of a file": "load <@FILE@>",
        "clear": "CLEAR ALL",
        "drop": "DROP SILENT GRAPH <urn:g>",
        "create": "CREATE GRAPH <urn:g>",
        "add": "ADD DEFAULT TO <urn:g>",
        "move": "MOVE <urn:g> TO DEFAULT",
        "copy": "COPY <urn:g> TO DEFAULT",
        "update behind a query": "SELECT * { ?s ?p ?o } ; LOAD <@HTTP@>",
        "update before a query": "CLEAR DEFAULT ; SELECT * { ?s ?p ?o }",
    },
)
FOREIGN = _all(
    "refused",
    "and no other is ever fetched",
    {
        "from http": "SELECT * FROM <@HTTP@> { ?s ?p ?o }",
        "from a file": "SELECT * FROM <@FILE@> { ?s ?p ?o }",
        "from named http": "SELECT * FROM NAMED <@HTTP@> { GRAPH ?g { ?s ?p ?o } }",
        "from named a file": "SELECT * FROM NAMED <@FILE@> { GRAPH ?g { ?s ?p ?o } }",
        "from in small letters": "ask from named<@HTTP@>{}",
        "from a base": "BASE <@HTTP@> SELECT * FROM <> { ?s ?p ?o }",
        "from a prefix": "PREFIX x: <@FILE@> SELECT * FROM x: { ?s ?p ?o }",
        "from an escaped file": "SELECT * FROM <\\u0066ile:///etc/hostname> { ?s ?p ?o }",
        "from behind a comment": "SELECT * FROM # <urn:g>\n <@HTTP@> { ?s ?p ?o }",
        "from in construct": "CONSTRUCT FROM <@FILE@> WHERE { ?s ?p ?o }",
        "from in describe": "DESCRIBE <urn:a> FROM <@HTTP@>",
        "from in a subquery": "SELECT * { { SELECT * FROM <@HTTP@> { ?s ?p ?o } } }",
    },
)
DISGUISED = _all(
    "refused",
    "write",
    {
        "service in escapes": "SELECT * { \\u0053ERVICE <@HTTP@> { ?s ?p ?o } }",
        "service ends in an escape": "SELECT * { SERVIC\\u0045 <@HTTP@> { ?s ?p ?o } }",
        "load in escapes": "\\u004C\\u004F\\u0041\\u0044 <@HTTP@>",
        "an escape that ends a string": "ASK { ?s ?p '\\u0027 . SERVICE <@HTTP@> {} \\u0027' }",
    },
)
NESTED = _all(
    "refused",
    "brackets are nested more than 256 deep",
    {
        "10000 braces": "ASK " + 10_000 * "{" + 10_000 * "}",
        "10000 braces that stay open": "ASK " + 10_000 * "{",
        "10000 round brackets": "ASK { FILTER" + 10_000 * "(" + "1" + 10_000 * ")" + " }",
        "10000 square brackets": "ASK { " + 10_000 * "[ ?p " + 10_000 * "]" + " }",
        "10000 lists": "ASK { ?s ?p " + 10_000 * "(" + 10_000 * ")" + " }",
        "10000 brackets of a path": "ASK { ?s " + 10_000 * "(" + "!<urn:p>" + 10_000 * ")*" + " ?o }",
        "10000 exists": "ASK { " + 10_000 * "FILTER EXISTS { " + 10_000 * "}" + " }",
    },
)
MEGABYTE = _all(
    "refused",
    "more than the 1,000,000 allowed",
    {
        "a megabyte of comment": "ASK {} #" + 1_000_000 * "x",
        "a megabyte of patterns": "SELECT * { " + 100_000 * "?s ?p ?o . " + "}",
        "a megabyte of Chinese": "ASK { ?s ?p '" + 333_333 * "长" + "' }",
    },
)
NOT_SPARQL = [
    Attack("define", 'define input:same-as "yes" SELECT * { ?s ?p ?o }', "malformed", "does not begin with SELECT"),
    Attack("define get", 'define get:soft "soft" SELECT * { <@HTTP@> ?p ?o }', "malformed", "does not begin with"),
    Attack("transitive", "SELECT * { ?s ?p ?o OPTION (TRANSITIVE) }", "malformed", "OPTION” is no word of SPARQL"),
    Attack("bare bif", 'SELECT (bif:http_get("@HTTP@") AS ?x) {}', "malformed", "prefix “bif:” is not declared"),
    Attack("bare sql", 'SELECT (sql:x("@HTTP@") AS ?x) {}', "malformed", "prefix “sql:” is not declared"),
    Attack("backquotes", 'SELECT (`bif:http_get("@HTTP@")` AS ?x) {}', "malformed", ""),
    Attack("misspelt service", "SELECT * { SERVIC <@HTTP@> { ?s ?p ?o } }", "malformed", "SERVIC” is no word"),
    Attack("an open string", "SELECT * { ?s ?p '" + 100_000 * '"', "malformed", "has no closing"),
    Attack("1000 backslashes", "ASK { " + 1_000 * "\\" + " }", "malformed", "is no operator"),
    Attack("20000 words", 20_000 * "foo ", "malformed", ""),
    Attack("10000 patterns cut off", "SELECT * { " + 10_000 * "?s ?p ?o . " + "?s", "malformed", ""),
]

#: What no door lets in.
BARRED = [*SERVICE, *UPDATES, *FOREIGN, *DISGUISED, *NESTED, *MEGABYTE, *NOT_SPARQL]

_NO_FUNCTION = "There is no function <"
#: Calls of code that a store may have of its own: by the IRI of a function, which the embedded engine has not.
OWN_CODE = _all(
    "failed",
    _NO_FUNCTION,
    {
        "bif by a prefix": 'PREFIX bif: <bif:> SELECT (bif:exec("x") AS ?x) {}',
        "bif by another prefix": 'PREFIX x: <bif:> SELECT (x:http_get("@HTTP@") AS ?x) {}',
        "bif": 'SELECT (<bif:http_get>("@HTTP@") AS ?x) {}',
        "bif in capitals": 'SELECT (<BIF:http_get>("@HTTP@") AS ?x) {}',
        "bif in escapes": 'SELECT (<\\u0062if:exec>("x") AS ?x) {}',
        "bif in long escapes": 'PREFIX x: <bi\\U00000066:> SELECT (x:exec("x") AS ?x) {}',
        "bif in a filter": 'SELECT * { ?s ?p ?o FILTER(<bif:exec>("x") = 1) }',
        "bif in an order": 'SELECT * { ?s ?p ?o } ORDER BY <bif:exec>("x")',
        "sql": 'SELECT (<sql:rdf_load>("@HTTP@") AS ?x) {}',
        "java": 'SELECT (<java:java.lang.Runtime.exec>("x") AS ?x) {}',
        "bif with its kind of value": 'SELECT (<LONG::bif:http_get>("@HTTP@") AS ?x) {}',
        "bif as a value of SQL": 'SELECT (<SQLVAL::bif:http_get>("@HTTP@") AS ?x) {}',
        "bif as a short value": 'PREFIX x: <SHORT::bif:> SELECT (x:http_get("@HTTP@") AS ?x) {}',
        "sql with its kind of value": 'SELECT (<LONG::sql:rdf_load>("@HTTP@") AS ?x) {}',
        "xpath": 'SELECT (<xpath:doc>("@HTTP@") AS ?x) {}',
        "xpath functions": 'SELECT (<http://www.w3.org/2005/xpath-functions#doc>("@FILE@") AS ?x) {}',
        "xdmp": 'SELECT (<http://marklogic.com/xdmp#http-get>("@HTTP@") AS ?x) {}',
        "bif behind a less than": "ASK { FILTER(1<'x>' && <bif:exec>(\"y\") = 'z') } #'",
    },
)

_CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o"
_ANY = "(<urn:x>|!<urn:x>)*"
_BOTH = "(<urn:x>|!<urn:x>|^<urn:x>|!^<urn:x>)*"
COSTLY = _all(
    "timed out",
    "Stopped after 0.3 s",
    {
        "a cross product": f"SELECT (COUNT(*) AS ?count) {{ {_CROSS} }}",
        "a cross product of expressions": "SELECT (COUNT(*) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i "
        "FILTER(REGEX(CONCAT(STR(?c), STR(?f), STR(?i)), '(a*)*(b*)*(c+c+)+$')) }",
        "a path over everything": f"SELECT (COUNT(*) AS ?x) {{ ?s {_ANY} ?o . ?o {_BOTH} ?p . ?p {_ANY} ?q . "
        f"?q {_ANY} ?r }}",
        "lists that are read for ever": "ASK { " + 200 * "(1" + 200 * ")" + " ?p ?o }",
    },
)
_DOUBLE = " ".join(f"BIND(CONCAT(?a{each}, ?a{each}) AS ?a{each + 1})" for each in range(30))
_LONG = 999 * "a"
_LARGE = {
    "a concatenation": "SELECT (GROUP_CONCAT(STR(?c)) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "a cross product in exists": f"ASK {{ FILTER NOT EXISTS {{ {_CROSS} FILTER(?a = <urn:none>) }} }}",
    "an order": f"SELECT * {{ {_CROSS} }} ORDER BY ?o ?c",
    "a path to everything": f"SELECT DISTINCT ?s ?o ?p {{ ?s {_BOTH} ?o . ?o {_BOTH} ?p }} ORDER BY ?s",
    "a text that doubles": f'SELECT ?a30 {{ BIND("{_LONG}" AS ?a0) {_DOUBLE} }}',
    "a text that is replaced": f'SELECT (REPLACE(REPLACE("{_LONG}", ".", "{_LONG}"), ".", "{_LONG}") AS ?x) {{}}',
}
_DEEP = {
    "10000 negations": "ASK { FILTER(" + 10_000 * "!" + "1) }",
    "10000 alternatives": "ASK { FILTER(" + 10_000 * "1||" + "1) }",
    "10000 steps": "ASK { ?s " + 10_000 * "<urn:p>/" + "<urn:p> ?o }",
    "10000 unions": "ASK { {} " + 10_000 * "UNION {} " + "}",
    "10000 quoted triples": "ASK { " + 10_000 * "<<" + " ?s ?p ?o " + 10_000 * ">>" + " ?p ?o }",
}
LARGE = [
    *_all("too large", "it needs more than 32 MB of memory", _LARGE),
    *_all("too large", "it is nested too deep, or is too long a chain", _DEEP),
]

#: What only looks as if it reached out or exploded.
HARMLESS = [
    Attack(name, query, "answered", "")
    for name, query in {
        "a graph elsewhere": "ASK { GRAPH <@HTTP@> { ?s ?p ?o } }",
        "a graph in a file": "ASK { GRAPH <@FILE@> { ?s ?p ?o } }",
        "a thing elsewhere": "DESCRIBE <@HTTP@>",
        "a regular expression that backtracks": f"ASK {{ FILTER(REGEX('{5_000 * 'a'}x', '(a*)*(a*)*(a*)*b$')) }}",
        "a regular expression that doubles": f"ASK {{ FILTER(REGEX('{5_000 * 'x'}', '(x+x+)+y')) }}",
        "a regular expression of many states": "ASK { FILTER(REGEX('a', '(((a{99}){99}){99}){99}')) }",
    }.items()
]

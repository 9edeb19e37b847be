"""What only a store elsewhere could be made to do: run its own code, or read what was not read here first."""

from __future__ import annotations

from tests.doors.attacks import BARRED, LARGE, OWN_CODE, QUICK, Attack

__all__ = ["BARE", "BARRED_ON_STORES", "COSTLY_TO_STORES", "OF_EACH_KIND", "OWN_CODE_OF_STORES", "STANDARD", "UNREAD"]

#: Names that a store knows undeclared: whether they are refused or malformed is all the same.
BARE = [attack for attack in BARRED if attack.name in ("bare bif", "bare sql", "backquotes")]
BARRED_ON_STORES = [attack for attack in BARRED if attack not in BARE]

_ONLY_STANDARD = "only standard SPARQL 1.1 is asked here"
_MAGIC = {
    "bif as a property": "SELECT ?s { ?s ?p ?text . ?text <bif:contains> \"'x'\" }",
    "bif as a property by a prefix": "PREFIX x: <bif:> SELECT ?s { ?s ?p ?text . ?text x:contains \"'x'\" }",
    "a property of the store": 'ASK { ?s <http://www.openlinksw.com/schemas/bif#contains> "x" }',
    "a base of bif": 'BASE <bif:x> SELECT (<exec>("x") AS ?x) {}',
}

#: Calls of the store's code, by functions and by properties; none of them may be sent.
OWN_CODE_OF_STORES = [
    *(attack._replace(outcome="refused", words=_ONLY_STANDARD) for attack in OWN_CODE),
    *(Attack(name, query, "refused", _ONLY_STANDARD) for name, query in _MAGIC.items()),
]

#: The functions that SPARQL 1.1 has by IRI, section 17.5: they are sent.
STANDARD = [
    f'ASK {{ FILTER(<http://www.w3.org/2001/XMLSchema#{name}>("1") = 1 || 1 = 1) }}'
    for name in ("boolean", "double", "float", "decimal", "integer", "dateTime", "string")
]

_LISTS = 200 * "(1" + 200 * ")"
#: What cannot be read here in the time, memory and stack that there is for it, so that nobody knows what it is.
UNREAD = [
    Attack(name, query, "refused", "")
    for name, query in {
        "bif among 400000 values": f'SELECT (bif:http_get("@HTTP@") AS ?x) {{ VALUES ?y {{ {400_000 * "1 "}}} }}',
        "bif behind 10000 unions": f'ASK {{ {{}} {10_000 * "UNION {} "} FILTER(bif:http_get("@HTTP@") = 1) }}',
        "bif behind lists": f'SELECT ?x {{ ?s ?p {_LISTS} BIND(bif:http_get("@HTTP@") AS ?x) }}',
        "transitive behind lists": f"ASK {{ ?s ?p {_LISTS} . ?s ?p ?o OPTION (TRANSITIVE) }}",
        "define before 400000 comments": 'define get:soft "soft" ASK { <@HTTP@> ?p ?o }' + 400_000 * "#\n",
    }.items()
] + [attack._replace(words="") for attack in LARGE if "nested too deep" in attack.words]

_CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
_ANY = "(<urn:x>|!<urn:x>)+"
#: What would take a store for ever; each in its own way of reading the standard.
COSTLY_TO_STORES = [
    Attack(name, query, "timed out", f"Stopped after {QUICK.seconds:g} s")
    for name, query in {
        "a cross product": f"SELECT (COUNT(*) AS ?count) {{ {_CROSS} }}",
        "an order": f"SELECT * {{ {_CROSS} }} ORDER BY ?l ?c",
        "a concatenation": f"SELECT (GROUP_CONCAT(STR(?c); SEPARATOR=' ') AS ?x) {{ {_CROSS} }}",
        "a path over everything": f"SELECT (COUNT(*) AS ?x) {{ ?r ?t ?s . ?s {_ANY} ?o . ?o {_ANY} ?p . {_CROSS} }}",
        "a cross product of expressions": f"SELECT (COUNT(*) AS ?x) {{ {_CROSS} "
        "FILTER(REGEX(CONCAT(STR(?c), STR(?f), STR(?i)), '(a*)*(b*)*(c+c+)+$')) }",
    }.items()
]

#: One of each kind, for a door where each question takes its time.
OF_EACH_KIND = [
    next(attack for attack in BARRED_ON_STORES if attack.words == words)
    for words in dict.fromkeys(attack.words for attack in BARRED_ON_STORES)
]

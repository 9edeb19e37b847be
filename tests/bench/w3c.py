"""The W3C's SPARQL query tests: by raw pyoxigraph, and through the guard and the engine on the same data.

    pip download --no-binary :all: --no-deps rdflib==7.6.0 && tar xzf rdflib-7.6.0.tar.gz
    python tests/bench/w3c.py rdflib-7.6.0/test/data/suites/w3c

Any folder with the suites does: rdflib's source distribution has them, the W3C has them at github.com/w3c/rdf-tests.
Of SPARQL 1.1, the groups of the query language and of the result formats are asked; entailment, update, the protocols,
federation and service descriptions are not what this engine does. All of SPARQL 1.0 is asked.

The engine makes the union of all graphs the default graph where a query has no FROM, and that is not what these tests
mean. So each data file is a graph of its own in one engine, once under its address and once under that of a copy, which
shares no blank node with it; and each test is asked with the dataset that it wants (``Engine.ask(…, graphs=…)``): the
copies are its default graph, the graphs its named ones. A test with FROM is asked as it stands. Raw pyoxigraph has a
store for each test, with a real default graph. A query is read at its own address: raw takes that as an argument, and
the engine, which has none, by BASE in front of the query.

It prints a table and each test that one of the two fails; the exit code is 1 where the engine fails what raw passes.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
from w3c_compare import Found, expected, of_answer, of_csv, of_raw, same
from w3c_suite import Suite, Test, find_suites, read_data

from kg.engine.base import Graphs
from kg.engine.convert import convert
from kg.engine.embedded import EmbeddedEngine
from kg.engine.tokens import significant
from kg.errors import MalformedQuery, QueryError, UnanswerableQuery

COPY = "urn:copy:"
PASSED = ""

#: Why pyoxigraph fails tests: most are of SPARQL 1.0 and RDF 1.0, which the later versions read in another way.
KNOWN = {
    "numbers and dates are stored by value, so that 01 is 1, and 1.0e6 is 1000000": (
        "distinct-1 distinct-9 dawg-str-1 dawg-str-2 sameTerm-simple sameTerm-eq sameTerm-not-eq eq-graph-1 eq-graph-2 "
        "open-eq-01 date-3 csv03 tsv03"
    ),
    "a plain string is an xsd:string since RDF 1.1": "distinct-2 strdt03 strlang03",
    "DATATYPE of a text with a language is rdf:langString since SPARQL 1.1": "dawg-datatype-2",
    "dates with and without a time zone are compared as XML Schema 1.1 does": "date-2",
    "a number does not end in a dot since SPARQL 1.1": "term-6 term-7 syntax-lit-08",
    "REDUCED may drop any number of repeated rows": "reduced-1 reduced-2",
    "an escape outside strings and IRIs is not known": "syntax-esc-04 syntax-esc-05",
    "< after an operand in brackets is read as an operator": "syn-bad-26",
    "the suite has two results for this query, and the other one is given": "dawg-optional-filter-005-simplified",
    "the order of what cannot be compared is not that of the result": "plus-1 plus-2",
    "BNODE(text) is one node for the whole answer, not for each row": "bnode01",
    "grouping no rows gives no group; the result file has one": "agg-empty-group",
}


class Outcome(NamedTuple):
    """A test, and why raw and the engine failed it: nothing where they did not."""

    test: Test
    raw: str
    ours: str


def all_data(suites: list[Suite], tests: list[Test]) -> bytes:
    """Every data file, twice, and a graph with one triple for each FROM of a test that has no such file."""
    nquads = []
    addresses = {each for test in tests for each in (*test.default, *test.named, *test.sources)}
    for address in sorted(addresses):
        path = _path(suites, address)
        nothing = [ox.Triple(ox.NamedNode(address), ox.NamedNode("urn:p"), ox.Literal("o"))]
        for graph in (address, COPY + address):
            triples = read_data(path, address) if path else nothing
            nquads += [ox.Quad(each.subject, each.predicate, each.object, ox.NamedNode(graph)) for each in triples]
    return ox.serialize(nquads, format=ox.RdfFormat.N_QUADS) or b""


def _path(suites: list[Suite], address: str) -> Path | None:
    """The file at the address, if it is one of a suite."""
    paths = [suite.path(address) for suite in suites if address.startswith(suite.base)]
    return next((path for path in paths if path.is_file()), None)


def ask_raw(suites: list[Suite], test: Test) -> Found:
    """The answer of pyoxigraph alone."""
    store = ox.Store()
    where = [(each, ox.DefaultGraph()) for each in test.default]
    where += [(each, ox.NamedNode(each)) for each in (*test.named, *test.sources)]
    for address, graph in where:
        path = _path(suites, address)
        for triple in read_data(path, address) if path else ():
            store.add(ox.Quad(triple.subject, triple.predicate, triple.object, graph))
    answer = store.query(test.query, base_iri=test.address)
    if test.kind == "csv" and isinstance(answer, ox.QuerySolutions):
        return of_csv((answer.serialize(format=ox.QueryResultsFormat.CSV) or b"").decode())
    return of_raw(answer)


def ask_ours(engine: EmbeddedEngine, test: Test) -> Found:
    """The answer of our engine, which must not find fault with the query while it is typed, either."""
    query = f"BASE <{test.address}>\n{test.query}"
    engine.check(query)
    default = tuple(COPY + each for each in test.default if COPY + each in engine.graphs)
    named = tuple(each for each in test.named if each in engine.graphs)
    answer = engine.ask(query, graphs=None if test.sources else Graphs(default, named))
    return of_csv(convert(answer, "csv").decode()) if test.kind == "csv" else of_answer(answer)


def judge(test: Test, ask: Callable[[], Found]) -> str:
    """Why a test failed, or nothing. A query that was read and cannot be answered has no fault of syntax."""
    try:
        found = ask()
    except (SyntaxError, MalformedQuery) as error:
        return PASSED if test.kind == "negative" else f"malformed: {_first_line(error)}"
    except (QueryError, RuntimeError, ValueError, OSError) as error:
        if test.kind == "positive" and type(error) in (UnanswerableQuery, QueryError, RuntimeError):
            return PASSED
        return f"{type(error).__name__}: {_first_line(error)}"
    if test.kind == "negative":
        return "accepted, and should not be"
    if test.kind == "positive" or test.result is None:
        return PASSED
    wanted = expected(test.result, test.address.rpartition("/")[0] + "/" + test.result.name)
    if test.kind == "csv":
        wanted = of_csv(test.result.read_text(encoding="utf-8"))
    ordered = _is_ordered(test.query)
    return PASSED if same(found, wanted, ordered) else _difference(found, wanted)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else "no words"


def _is_ordered(query: str) -> bool:
    """Whether the outermost query has ORDER BY: behind its last brace."""
    words = [token.text.upper() for token in significant(query)]
    behind = len(words) - words[::-1].index("}") if "}" in words else 0
    return "ORDER" in words[behind:]


def _difference(found: Found, wanted: Found) -> str:
    if found.boolean is not None or wanted.boolean is not None:
        return f"says {found.boolean}, should say {wanted.boolean}"
    if found.variables != wanted.variables:
        return f"has the variables {sorted(found.variables or ())}, should have {sorted(wanted.variables or ())}"
    if len(found.rows) != len(wanted.rows):
        return f"has {len(found.rows)} rows, should have {len(wanted.rows)}"
    return "has another order" if same(found, wanted, ordered=False) else "has other terms"


def run(suites: list[Suite]) -> Iterator[Outcome]:
    """Ask every test by both."""
    tests = [test for suite in suites for test in suite.tests()]
    with EmbeddedEngine(all_data(suites, tests), "w3c") as engine:
        for test in tests:
            raw = judge(test, partial(ask_raw, suites, test))
            ours = judge(test, partial(ask_ours, engine, test))
            yield Outcome(test, raw, ours)


def report(outcomes: list[Outcome]) -> bool:
    """Print the table; whether the engine passes all that raw passes."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.test.group].append(outcome)
    groups["all"] = outcomes
    print(f"{'group':30}{'tests':>7}{'raw':>7}{'ours':>7}")
    for name, members in groups.items():
        raw, ours = (sum(each[place] == PASSED for each in members) for place in (1, 2))
        print(f"{name:30}{len(members):7}{raw:7}{ours:7}")
    failed = [each for each in outcomes if each.raw or each.ours]
    differ = [each for each in failed if bool(each.raw) != bool(each.ours)]
    print(f"\nwhere they differ: {len(differ)}")
    for test, raw, ours in differ:
        print(f"  {test.group} {test.name}\n    raw:  {raw or 'passed'}\n    ours: {ours or 'passed'}")
    both = [each for each in failed if each not in differ]
    print(f"\nfailed by both: {len(both)}")
    for test, raw, _ in both:
        print(f"  {test.group} {test.name}: {_why(test) or raw}")
    return not any(each.ours and not each.raw for each in outcomes)


def _why(test: Test) -> str:
    """What is known of a test that raw pyoxigraph fails."""
    return next((why for why, names in KNOWN.items() if test.name in names.split()), "")


def main() -> None:
    """Read the command line, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="holds the suites, however deep")
    suites = find_suites(parser.parse_args().folder)
    if not suites:
        parser.error("there is no suite in that folder")
    sys.exit(0 if report(list(run(suites))) else 1)


if __name__ == "__main__":
    main()

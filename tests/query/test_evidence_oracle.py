"""What is traced by asking the store, beside what is found by trying everything: the same statements for each row."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.engine.base import Engine
from kg.engine.start import start_engine
from kg.graph.names import entity_iri, property_iri, statement_hex
from kg.model.knowledge import Knowledge
from kg.model.statement import Relation
from kg.query import evidence
from kg.query.ask import with_prefixes
from kg.query.evidence import Cited, trace
from kg.query.sparql.read import read_query

#: (subject, property, object) → the statements that say so.
Edges = Mapping[tuple[str, str, str], frozenset[str]]
Solution = tuple[dict[str, str], frozenset[str]]

NAMES = "abcd"
PROPERTIES = (
    "bde:partOf",
    "plan:partOf",
    "bde:covers",
    "plan:covers",
    "bde:carriesOut",
    "bde:takesPartIn",
    "bde:buildsOn",
    "plan:builds",
    "bde:holdsPostAt",
)


@pytest.fixture(scope="module")
def doubled(knowledge: Knowledge) -> Knowledge:
    """The knowledge with a second source that repeats every third relation."""
    (source,) = knowledge.sources.values()
    relations = [one for one in source.statements if isinstance(one, Relation)]
    echo = source.model_copy(update={"id": "2026-01-01-echo", "statements": tuple(relations[::3])})
    return dataclasses.replace(knowledge, sources={**knowledge.sources, echo.id: echo})


@pytest.fixture(scope="module")
def twice(doubled: Knowledge) -> Iterator[Engine]:
    with start_engine(doubled) as started:
        yield started


@pytest.fixture(scope="module")
def edges(doubled: Knowledge) -> Edges:
    found: dict[tuple[str, str, str], frozenset[str]] = {}
    for source, one in doubled.statements():
        if isinstance(one, Relation):
            edge = (
                entity_iri(one.subject),
                property_iri(one.relation, doubled.is_planned(one)),
                entity_iri(one.object),
            )
            found[edge] = found.get(edge, frozenset()) | {statement_hex(source, one)}
    return found


@pytest.fixture(autouse=True)
def everything_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "MOST_OF_ROW", 10_000)
    monkeypatch.setattr(evidence, "MOST_NOTES", 10_000)


def expand(curie: str) -> str:
    prefix, local = curie.split(":")
    space = "ontology#" if prefix == "bde" else "planned#"
    return f"https://w3id.org/beijing-digital-economy/{space}{local}"


def steps(edges: Edges, path: str) -> list[tuple[str, str, frozenset[str]]]:
    """The ends of every way along a path, with the statements on it: ``p``, ``^p``, ``p|q``, ``p/q``, ``p+``."""
    if "|" in path:
        return [way for part in path.split("|") for way in steps(edges, part)]
    if "/" in path:
        first, second = (steps(edges, part) for part in path.split("/"))
        return [(a, d, one | two) for a, b, one in first for c, d, two in second if b == c]
    if path.startswith("^"):
        return [(b, a, said) for a, b, said in steps(edges, path[1:])]
    if path.endswith("+"):
        return closure(steps(edges, path[:-1]))
    return [(s, o, said) for (s, p, o), said in edges.items() if p == expand(path)]


def closure(ways: list[tuple[str, str, frozenset[str]]]) -> list[tuple[str, str, frozenset[str]]]:
    """All ends that one step or more connect, with every statement on any way between them."""
    reach: dict[str, set[str]] = {}
    for start in {end for a, b, _ in ways for end in (a, b)}:
        known, todo = {start}, [start]
        while todo:
            here = todo.pop()
            new = {b for a, b, _ in ways if a == here} - known
            known |= new
            todo += new
        reach[start] = known
    found = []
    for start, known in reach.items():
        for end in {b for a, b, _ in ways if a in known}:
            said = [one for a, b, one in ways if a in known and end in reach[b]]
            found.append((start, end, frozenset().union(*said)))
    return found


def solve(edges: Edges, patterns: list[tuple[str, str, str]]) -> list[Solution]:
    """Every solution of some patterns, with the statements behind it."""
    solutions: list[Solution] = [({}, frozenset())]
    for left, path, right in patterns:
        ways = steps(edges, path)
        solutions = [
            ({**known, left: a, right: b}, said | more)
            for known, said in solutions
            for a, b, more in ways
            if known.get(left, a) == a and known.get(right, b) == b and (left != right or a == b)
        ]
    return solutions


def cite(engine: Engine, text: str) -> tuple[list[tuple[str | None, ...]], Cited]:
    text = with_prefixes(text)
    answer = engine.ask(text)
    rows = [tuple(cell.value if cell else None for cell in row) for row in answer.terms()[:100]]
    return rows, trace(engine, read_query(text), answer)


def sets(cited: Cited) -> list[set[str]]:
    ids = {note.number: note.card.id for note in cited.notes}
    return [{ids[number] for number in row} for row in cited.rows]


def behind(solutions: list[Solution], shown: list[str]) -> dict[tuple[str | None, ...], set[str]]:
    expected: dict[tuple[str | None, ...], set[str]] = {}
    for known, said in solutions:
        expected.setdefault(tuple(known.get(name) for name in shown), set()).update(said)
    return expected


single = st.sampled_from(PROPERTIES)
paths = st.one_of(
    single,
    single.map("^{}".format),
    st.tuples(single, single).map("|".join),
    st.tuples(single, single.map("^{}".format)).map("|".join),
    st.tuples(single, single).map("/".join),
    st.sampled_from(["bde:partOf+", "bde:buildsOn+", "plan:partOf+"]),
)
names = st.sampled_from(NAMES)
patterns = st.lists(st.tuples(names, paths, names), min_size=1, max_size=3)


@given(patterns=patterns, data=st.data())
@settings(max_examples=150)
def test_every_row_has_exactly_the_statements_of_its_solutions(
    twice: Engine, edges: Edges, patterns: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    solutions = solve(edges, patterns)
    used = sorted({name for left, _, right in patterns for name in (left, right)})
    shown = data.draw(st.lists(st.sampled_from(used), min_size=1, unique=True))
    order = data.draw(st.permutations(used))
    distinct = data.draw(st.sampled_from(["", "DISTINCT "]))
    cut = data.draw(st.sampled_from(["", " LIMIT 7", " OFFSET 3", " LIMIT 5 OFFSET 2"]))
    where = " ".join(f"?{left} {path} ?{right} ." for left, path, right in patterns)
    by = " ".join(f"{data.draw(st.sampled_from(['ASC', 'DESC']))}(?{name})" for name in order)
    head = " ".join(f"?{name}" for name in shown)
    rows, cited = cite(twice, f"SELECT {distinct}{head} {{ {where} }} ORDER BY {by}{cut}")
    if len(solutions) > 5000:
        return
    expected = behind(solutions, shown)
    assert sets(cited) == [expected[row] for row in rows]
    assert cited.counts == tuple(len(expected[row]) for row in rows)


@given(required=single, left=paths, right=paths, optional=st.booleans())
@settings(max_examples=60)
def test_branches_are_noted_where_they_held(
    twice: Engine, edges: Edges, required: str, left: str, right: str, optional: bool
) -> None:
    base = solve(edges, [("a", required, "b")])
    one = solve(edges, [("a", required, "b"), ("b", left, "c")])
    other = solve(edges, [("a", required, "b"), ("c", right, "b")])
    if optional:
        text = f"SELECT ?a ?b ?c {{ ?a {required} ?b OPTIONAL {{ ?b {left} ?c }} }}"
        matched = {(known["a"], known["b"]) for known, _ in one}
        solutions = one + [(known, said) for known, said in base if (known["a"], known["b"]) not in matched]
    else:
        text = f"SELECT ?a ?b ?c {{ ?a {required} ?b {{ ?b {left} ?c }} UNION {{ ?c {right} ?b }} }}"
        solutions = one + other
    rows, cited = cite(twice, f"{text} ORDER BY ?c ?b ?a")
    expected = behind(solutions, ["a", "b", "c"])
    assert sets(cited) == [expected[row] for row in rows]


@given(patterns=patterns, by=names, data=st.data())
@settings(max_examples=60)
def test_a_group_rests_on_all_its_solutions(
    twice: Engine, edges: Edges, patterns: list[tuple[str, str, str]], by: str, data: st.DataObject
) -> None:
    used = sorted({name for left, _, right in patterns for name in (left, right)})
    by = data.draw(st.sampled_from(used))
    where = " ".join(f"?{left} {path} ?{right} ." for left, path, right in patterns)
    inside = data.draw(st.booleans())
    select = f"SELECT ?{by} (COUNT(*) AS ?n) WHERE {{ {where} }} GROUP BY ?{by}"
    text = f"SELECT ?{by} {{ {{ {select} }} }} ORDER BY ?{by}" if inside else f"{select} ORDER BY ?{by}"
    solutions = solve(edges, patterns)
    if len(solutions) > 5000:
        return
    rows, cited = cite(twice, text)
    expected = behind(solutions, [by])
    assert sets(cited) == [expected[row[:1]] for row in rows]


@given(patterns=patterns, outer=single, data=st.data())
@settings(max_examples=60)
def test_a_select_within_or_an_exists_rests_on_its_solutions(
    twice: Engine, edges: Edges, patterns: list[tuple[str, str, str]], outer: str, data: st.DataObject
) -> None:
    used = sorted({name for left, _, right in patterns for name in (left, right)})
    key = data.draw(st.sampled_from(used))
    where = " ".join(f"?{left} {path} ?{right} ." for left, path, right in patterns)
    inner = data.draw(st.sampled_from([f"{{ SELECT ?{key} WHERE {{ {where} }} }}", f"FILTER EXISTS {{ {where} }}"]))
    text = f"SELECT ?{key} ?x {{ ?{key} {outer} ?x {inner} }} ORDER BY ?{key} ?x"
    solutions = solve(edges, [*patterns, (key, outer, "x")])
    if len(solutions) > 5000:
        return
    rows, cited = cite(twice, text)
    expected = behind(solutions, [key, "x"])
    assert sets(cited) == [expected[row] for row in rows]

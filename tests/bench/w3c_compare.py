"""Answers of SPARQL queries in one form, in which equal ones are equal, whatever their blank nodes are called.

Solutions become a graph with a node for each, so that the canonical labelling of blank nodes does the matching. Numbers
of one datatype are equal where their values are ("01" and "1"), languages without regard to case.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kg.engine.answer import Answer, Term

__all__ = ["Found", "expected", "of_answer", "of_csv", "of_raw", "same"]

_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_DECIMALS = {"integer", "decimal", "nonPositiveInteger", "negativeInteger", "long", "int", "short", "byte"}
_DECIMALS |= {"nonNegativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte", "positiveInteger"}
_FORMATS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
    ".ttl": ox.RdfFormat.TURTLE,
    ".rdf": ox.RdfFormat.RDF_XML,
}
Row = Mapping[str, ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple]


class Found(NamedTuple):
    """An answer: a truth value, the rows of the variables, or (without variables) a graph."""

    boolean: bool | None = None
    variables: frozenset[str] | None = None
    rows: tuple[Row, ...] = ()
    triples: tuple[ox.Triple, ...] = ()


def same(one: Found, other: Found, ordered: bool) -> bool:
    """Whether two answers say the same; ``ordered`` wants the rows in the same order, too."""
    if (one.boolean, one.variables) != (other.boolean, other.variables) or len(one.rows) != len(other.rows):
        return False
    return _canonical(one, ordered) == _canonical(other, ordered)


def _canonical(found: Found, ordered: bool) -> ox.Dataset:
    triples = set(found.triples)
    if found.variables is None:
        return _labelled(ox.Triple(each.subject, each.predicate, _plain(each.object)) for each in triples)
    kept = []
    for index, row in enumerate(found.rows):
        node = ox.BlankNode()
        kept.append(ox.Triple(node, ox.NamedNode(_RS + "index"), ox.Literal(index if ordered else 0)))
        kept += [ox.Triple(node, ox.NamedNode("urn:var:" + name), _plain(term)) for name, term in row.items()]
    return _labelled(kept)


def _labelled(triples: Iterable[ox.Triple]) -> ox.Dataset:
    dataset = ox.Dataset(ox.Quad(each.subject, each.predicate, each.object) for each in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def _plain(term: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple) -> ox.NamedNode | ox.Literal | ox.BlankNode:
    """The term in one spelling."""
    if not isinstance(term, ox.Literal):
        return term
    if term.language:
        return ox.Literal(term.value, language=term.language.lower())
    kind = term.datatype.value.removeprefix(_XSD)
    try:
        if kind in _DECIMALS:
            return ox.Literal(f"{Decimal(term.value).normalize():f}", datatype=term.datatype)
        if kind in ("float", "double"):
            return ox.Literal(repr(float(term.value)), datatype=term.datatype)
    except (InvalidOperation, ValueError):  # it is ill-typed, and stays as it is
        pass
    return term


def of_raw(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Found:
    """What pyoxigraph says."""
    if isinstance(answer, ox.QueryBoolean):
        return Found(boolean=bool(answer))
    if isinstance(answer, ox.QueryTriples):
        return Found(triples=tuple(answer))
    names = [variable.value for variable in answer.variables]
    rows = tuple({name: row[name] for name in names if row[name] is not None} for row in answer)
    return Found(variables=frozenset(names), rows=rows)


def of_answer(answer: Answer) -> Found:
    """What our engine says."""
    if answer.form == "ask":
        return Found(boolean=answer.boolean)
    if answer.form == "graph":
        return Found(triples=tuple(ox.Triple(*map(_term, triple)) for triple in answer.triples()))
    rows = tuple({name: _term(term) for name, term in row.items()} for row in answer.records())
    return Found(variables=frozenset(answer.columns), rows=rows)


def _term(term: Term) -> ox.NamedNode | ox.Literal | ox.BlankNode:
    if term.kind == "iri":
        return ox.NamedNode(term.value)
    if term.kind == "blank":
        return ox.BlankNode(term.value)
    if term.lang:
        return ox.Literal(term.value, language=term.lang)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype))


def of_csv(text: str) -> Found:
    """The cells of CSV, which tells neither kinds nor datatypes; a blank node is known by its “_:”."""
    head, *lines = csv.reader(io.StringIO(text))
    rows = tuple({name: _cell(cell) for name, cell in zip(head, line, strict=True) if cell} for line in lines)
    return Found(variables=frozenset(head), rows=rows)


def _cell(cell: str) -> ox.Literal | ox.BlankNode:
    return ox.BlankNode("b" + cell[2:]) if cell.startswith("_:") else ox.Literal(cell)


def expected(path: Path, address: str) -> Found:
    """What a result file says: SPARQL results in XML, JSON, TSV or CSV, a graph, or a graph that lists solutions."""
    if path.suffix == ".csv":
        return of_csv(path.read_text(encoding="utf-8"))
    form = _FORMATS[path.suffix]
    if isinstance(form, ox.QueryResultsFormat):
        return of_raw(ox.parse_query_results(path=path, format=form))
    triples = [quad.triple for quad in ox.parse(path=path, format=form, base_iri=address)]
    if any(triple.object == ox.NamedNode(_RS + "ResultSet") for triple in triples):
        return _listed(triples)
    return Found(triples=tuple(triples))


def _listed(triples: Sequence[ox.Triple]) -> Found:
    """Solutions in the vocabulary of result sets, in the order of their indexes."""

    def values(subject: object, name: str) -> list[ox.NamedNode | ox.Literal | ox.BlankNode]:
        return [each.object for each in triples if each.subject == subject and each.predicate.value == _RS + name]

    (results,) = {each.subject for each in triples if each.object == ox.NamedNode(_RS + "ResultSet")}
    for truth in values(results, "boolean"):
        return Found(boolean=truth.value == "true")
    solutions = values(results, "solution")
    solutions.sort(key=lambda node: [int(index.value) for index in values(node, "index")])
    rows = [
        {values(binding, "variable")[0].value: values(binding, "value")[0] for binding in values(solution, "binding")}
        for solution in solutions
    ]
    names = {name.value for name in values(results, "resultVariable")}
    return Found(variables=frozenset(names), rows=tuple(rows))

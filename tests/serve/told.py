"""What clients say of an answer, in the engine's own terms, and when two answers are the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple
from xml.dom.minidom import Document, Element

import rdflib
from rdflib.query import Result

from kg.engine.answer import LANG_STRING, XSD, Term
from kg.engine.base import Engine
from tests.serve.asked import Question

__all__ = ["Table", "Told", "of_comunica", "of_graph", "of_json", "of_result", "of_xml", "same", "says"]

Row = tuple[Term | None, ...]


class Table(NamedTuple):
    """The solutions of a SELECT, or the triples of a graph."""

    columns: tuple[str, ...]
    rows: list[Row]


Told = bool | Table

#: What formats and Comunica call what the engine calls so.
_KINDS = {"uri": "iri", "bnode": "blank", "NamedNode": "iri", "BlankNode": "blank"}


def says(engine: Engine, question: Question) -> Told:
    """What the engine itself answers."""
    answer = engine.ask(question.query, graphs=question.graphs)
    if answer.form == "ask":
        return answer.boolean
    return Table(answer.columns, answer.terms()) if answer.form == "select" else _graph(answer.triples())


def same(told: Told, ordered: bool = False) -> object:
    """All that is to be the same in two answers.

    That is not the labels of blank nodes and, unless ``ordered``, not the order of rows.
    """
    if isinstance(told, bool):
        return told
    rows = _relabelled(told.rows)
    return told.columns, rows if ordered else Counter(rows)


def _relabelled(rows: list[Row]) -> list[Row]:
    """The rows with each blank node called by all the places in which it stands."""
    stands: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        rest = tuple(_blank(term, "") for term in row)
        for index, term in enumerate(row):
            if term and term.kind == "blank":
                stands[term.value].append(f"{index} of {rest}")
    names = {label: " and ".join(sorted(places)) for label, places in stands.items()}
    return [tuple(_blank(term, names.get(term.value, "")) if term else None for term in row) for row in rows]


def _blank(term: Term | None, label: str) -> Term | None:
    return term._replace(value=label) if term and term.kind == "blank" else term


def _graph(triples: Iterable[Row]) -> Table:
    """A graph has each triple once, however often a client hands it out."""
    return Table(("subject", "predicate", "object"), list(dict.fromkeys(triples)))


def _literal(value: str, lang: str, datatype: str) -> Term:
    return Term("literal", value, lang, LANG_STRING if lang else datatype or XSD + "string")


def of_json(read: dict[str, Any]) -> Told:
    """SPARQL 1.1 Query Results JSON."""
    if "boolean" in read:
        return bool(read["boolean"])

    def term(cell: dict[str, str] | None) -> Term | None:
        if cell is None:
            return None
        if cell["type"] == "literal":
            return _literal(cell["value"], cell.get("xml:lang", ""), cell.get("datatype", ""))
        return Term(_KINDS[cell["type"]], cell["value"])

    columns = tuple(read["head"].get("vars", ()))
    return Table(columns, [tuple(term(row.get(each)) for each in columns) for row in read["results"]["bindings"]])


def of_xml(document: Document) -> Told:
    """SPARQL Query Results XML."""

    def text(node: Element) -> str:
        return "".join(each.data for each in node.childNodes)

    def term(node: Element) -> Term:
        if node.tagName == "literal":
            return _literal(text(node), node.getAttribute("xml:lang"), node.getAttribute("datatype"))
        return Term(_KINDS[node.tagName], text(node))

    for each in document.getElementsByTagName("boolean"):
        return text(each) == "true"
    columns = tuple(each.getAttribute("name") for each in document.getElementsByTagName("variable"))
    rows = []
    for each in document.getElementsByTagName("result"):
        cells = {one.getAttribute("name"): term(one.firstChild) for one in each.getElementsByTagName("binding")}
        rows.append(tuple(cells.get(name) for name in columns))
    return Table(columns, rows)


def _of_node(node: Any) -> Term | None:
    if isinstance(node, rdflib.Literal):
        return _literal(str(node), node.language or "", str(node.datatype or ""))
    return None if node is None else Term("blank" if isinstance(node, rdflib.BNode) else "iri", str(node))


def of_graph(read: rdflib.Graph) -> Table:
    """A graph of rdflib's."""
    return _graph(tuple(map(_of_node, triple)) for triple in read.triples((None, None, None)))


def of_result(read: Result) -> Told:
    """A result of rdflib's."""
    if read.type == "ASK":
        return bool(read.askAnswer)
    if read.type in ("CONSTRUCT", "DESCRIBE"):
        assert read.graph is not None
        return of_graph(read.graph)
    columns = read.vars or []
    rows = [tuple(_of_node(row.get(each)) for each in columns) for row in read.bindings]
    return Table(tuple(map(str, columns)), rows)


def of_comunica(read: dict[str, Any]) -> Told:
    """A line of ``comunica.mjs``."""

    def term(cell: list[str] | None) -> Term | None:
        if cell is None:
            return None
        kind, value, lang, datatype = cell
        return _literal(value, lang, datatype) if kind == "Literal" else Term(_KINDS[kind], value)

    assert "error" not in read, read
    if "boolean" in read:
        return bool(read["boolean"])
    rows = [tuple(map(term, row)) for row in read.get("quads", read.get("rows"))]
    return _graph(rows) if "quads" in read else Table(tuple(read["columns"]), rows)

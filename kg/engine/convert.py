"""Writes an answer in the standard formats for results and for graphs.

SPARQL 1.1 results in CSV, TSV, JSON and XML; graphs in Turtle, N-Triples, N-Quads, TriG, JSON-LD and RDF/XML, their
triples sorted, so that one answer gives the same bytes every time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pyoxigraph

from kg.engine.answer import Answer, Form
from kg.errors import QueryError

__all__ = ["FORMATS", "MEDIA_TYPES", "convert", "convert_in_pieces"]

_RESULTS = {
    "csv": pyoxigraph.QueryResultsFormat.CSV,
    "tsv": pyoxigraph.QueryResultsFormat.TSV,
    "json": pyoxigraph.QueryResultsFormat.JSON,
    "xml": pyoxigraph.QueryResultsFormat.XML,
}
_GRAPHS = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "nquads": pyoxigraph.RdfFormat.N_QUADS,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
}
FORMATS: Mapping[Form, tuple[str, ...]] = {"select": tuple(_RESULTS), "ask": tuple(_RESULTS), "graph": tuple(_GRAPHS)}
MEDIA_TYPES: Mapping[str, str] = {name: each.media_type for name, each in (_RESULTS | _GRAPHS).items()}

#: How a piece of a format begins before its first row, how it ends after its last, and what stands between two rows.
_FRAMES = {"csv": (b"\n", b"", b""), "json": (b'"bindings":[', b"]}}", b",")}

_NOT_XML = re.compile(rb"[\x00-\x08\x0B\x0C\x0E-\x1F]|\xEF\xBF[\xBE\xBF]")
_NO_LOCAL_NAME = re.compile(rb'<oxprefix: xmlns:oxprefix="([^"]*)"')


def convert(answer: Answer, format: str, *, prefixes: Mapping[str, str] | None = None) -> bytes:
    """Write ``answer`` in ``format``, one of ``FORMATS[answer.form]``; ``prefixes`` (to IRIs) shorten Turtle.

    Raises ValueError for another format, and QueryError for an answer that XML has no way to write.
    """
    if format not in FORMATS[answer.form]:
        choices = ", ".join(FORMATS[answer.form])
        raise ValueError(f"a {answer.form} answer cannot be written as “{format}”; choose from {choices}")
    if answer.form == "graph":
        written = _write_graph(answer.body, format, prefixes or {})
    elif format == "tsv":
        written = answer.body
    elif answer.form == "ask":
        written = _boolean(answer).serialize(format=_RESULTS[format]) or b""
    else:
        solutions = pyoxigraph.parse_query_results(answer.body, pyoxigraph.QueryResultsFormat.TSV)
        written = solutions.serialize(format=_RESULTS[format]) or b""
    if format in ("xml", "rdfxml"):
        _check_xml(written)
        written = written.replace(b"\r", b"&#13;")  # a reader of XML takes a bare one for a line feed
    return written


def convert_in_pieces(
    answer: Answer, format: str, *, prefixes: Mapping[str, str] | None = None, rows: int = 20_000
) -> Iterator[bytes]:
    """What :func:`convert` gives, piece by piece: so a long SELECT is never held twice. Raises what that raises.

    ``rows`` are in each piece. XML and graphs must be seen as a whole, and come as one.
    """
    if answer.form != "select" or format not in ("csv", "json") or answer.rows <= rows:
        yield convert(answer, format, prefixes=prefixes)
        return
    opening, closing, between = _FRAMES[format]
    head = start = answer.body.index(b"\n") + 1
    for first in range(0, answer.rows, rows):
        last, end = first + rows >= answer.rows, start
        for _ in range(min(rows, answer.rows - first)):
            end = answer.body.find(b"\n", end) + 1 or len(answer.body)
        written = convert(replace(answer, body=answer.body[:head] + answer.body[start:end]), format)
        begin = written.index(opening) + len(opening) if first else 0
        yield (between if first else b"") + written[begin : len(written) if last else len(written) - len(closing)]
        start = end


def _boolean(answer: Answer) -> pyoxigraph.QueryBoolean | pyoxigraph.QuerySolutions:
    known = b'{"head":{},"boolean":%s}' % answer.body
    return pyoxigraph.parse_query_results(known, pyoxigraph.QueryResultsFormat.JSON)


def _write_graph(ntriples: bytes, format: str, prefixes: Mapping[str, str]) -> bytes:
    lines = sorted(ntriples.splitlines(keepends=True))
    if format in ("ntriples", "nquads"):  # the triples of an answer are in no named graph
        return b"".join(lines)
    used = {name: iri for name, iri in sorted(prefixes.items()) if iri.encode() in ntriples}
    triples = (quad.triple for quad in pyoxigraph.parse(b"".join(lines), pyoxigraph.RdfFormat.N_TRIPLES))
    return pyoxigraph.serialize(triples, format=_GRAPHS[format], prefixes=used) or b""


def _check_xml(written: bytes) -> None:
    """XML 1.0 has no control characters, and RDF/XML needs a predicate that ends in a name."""
    character = _NOT_XML.search(written)
    if character:
        code = ord(character[0].decode())
        raise QueryError(f"XML cannot hold the character U+{code:04X}, which is in this answer. Choose another format.")
    predicate = _NO_LOCAL_NAME.search(written)
    if predicate:
        raise QueryError(
            f"RDF/XML cannot hold the predicate <{predicate[1].decode()}>, which does not end in a name. Choose Turtle."
        )

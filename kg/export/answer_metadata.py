"""What is known of an answer as a file beside its table: CSV on the Web, for formats that have no room for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kg.engine.answer import Answer
from kg.export.answer_about import About
from kg.export.answer_columns import Column, read_columns
from kg.graph.ontology import LICENCE

__all__ = ["answer_metadata"]

_DATATYPES = {"iri": "anyURI", "text": "string"}
#: How the two kinds of table are written, where they are not as CSV on the Web takes for granted.
_DIALECTS: dict[str, dict[str, Any]] = {
    "csv": {"lineTerminators": ["\r\n"]},
    "tsv": {"delimiter": "\t", "quoteChar": None, "lineTerminators": ["\n"]},
}


def answer_metadata(answer: Answer, about: About, url: str) -> bytes:
    """JSON after https://www.w3.org/TR/tabular-metadata/; ``url`` is the table's, or its file name beside this one.

    Title, query, data version, number of rows, whether it was cut, sources, licence and columns; where rows are noted,
    an annotation of each with its sources.
    """
    about.hold(answer)
    known: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": about.lang}],
        "url": url,
        "dc:title": about.title,
        "dc:date": about.asked,
        "dc:license": {"@id": LICENCE},
        "dc:source": list(about.sources),
        "dc:description": about.remark,
        "schema:url": {"@id": about.address} if about.address else "",
        "schema:version": about.data_version,
        "schema:numberOfItems": answer.rows,
        "schema:abridged": answer.cut,
        "schema:query": about.query,
        "dialect": _DIALECTS.get(url.rpartition(".")[2], {}),
    }
    told = {key: value for key, value in known.items() if value not in ("", [], {})}
    if answer.form != "ask":
        told["tableSchema"] = {"columns": [_column(column) for column in read_columns(answer)]}
    if about.notes:
        told["notes"] = list(_notes(about, url))
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _column(column: Column) -> dict[str, str]:
    known = {"name": column.name, "titles": column.name, "datatype": _DATATYPES.get(column.kind, column.kind)}
    return known | ({"lang": column.lang} if column.lang else {})


def _notes(about: About, url: str) -> Iterator[dict[str, Any]]:
    """The rows by RFC 7111, which counts the heading as the first."""
    for line, numbers in enumerate(about.notes or (), start=2):
        if numbers:
            yield {
                "type": "Annotation",
                "target": f"{url}#row={line}",
                "body": [about.sources[at - 1] for at in numbers],
            }

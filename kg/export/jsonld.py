"""The graph as JSON-LD 1.1 with a context of our prefixes."""

from __future__ import annotations

import json
from typing import Any

from kg.graph.build import build
from kg.graph.names import PREFIXES, compact
from kg.graph.terms import Quad, Term, spell
from kg.model.knowledge import Knowledge

__all__ = ["write_jsonld"]

_TYPE = PREFIXES["rdf"] + "type"


def write_jsonld(knowledge: Knowledge) -> bytes:
    r"""Every named graph with its nodes (W3C, JSON-LD 1.1, 4.9 Named Graphs); keys and values sorted.

    ``</`` is written ``<\/``, which JSON reads as the same, so that the text can stand in a script element of a page.
    """
    graphs: dict[str, dict[str, dict[str, Any]]] = {}
    for quad in sorted(build(knowledge).quads, key=_order):
        node = graphs.setdefault(quad.graph, {}).setdefault(quad.subject, {"@id": compact(quad.subject)})
        _add(node, quad)
    document = {
        "@context": dict(PREFIXES),
        "@graph": [{"@id": compact(graph), "@graph": list(nodes.values())} for graph, nodes in graphs.items()],
    }
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return (text.replace("</", "<\\/") + "\n").encode()


def _order(quad: Quad) -> tuple[str, str, bool, str, str]:
    return quad.graph, quad.subject, quad.predicate != _TYPE, quad.predicate, spell(quad.object)


def _add(node: dict[str, Any], quad: Quad) -> None:
    """Add one value; the second value of a key makes it a list."""
    key = "@type" if quad.predicate == _TYPE else compact(quad.predicate)
    value = compact(str(quad.object)) if key == "@type" else _value(quad.object)
    if key not in node:
        node[key] = value
    elif isinstance(node[key], list):
        node[key].append(value)
    else:
        node[key] = [node[key], value]


def _value(term: Term) -> str | dict[str, str]:
    if isinstance(term, str):
        return {"@id": compact(term)}
    if term.lang:
        return {"@value": term.value, "@language": term.lang}
    if term.datatype:
        return {"@value": term.value, "@type": compact(term.datatype)}
    return term.value

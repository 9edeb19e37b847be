"""The graph as RDF/XML."""

from __future__ import annotations

from collections.abc import Iterator

from kg.export.xml_text import attribute, content
from kg.graph.build import build
from kg.graph.names import PREFIXES, compact
from kg.graph.terms import Literal, Term, Triple, spell
from kg.model.knowledge import Knowledge

__all__ = ["write_rdfxml"]


def write_rdfxml(knowledge: Knowledge) -> bytes:
    """The union of all graphs (W3C, RDF 1.1 XML Syntax), sorted by subject, predicate and value.

    A character that XML cannot carry becomes U+FFFD; every other format keeps it.
    """
    triples = sorted({quad.triple for quad in build(knowledge).quads}, key=lambda t: (t[0], t[1], spell(t[2])))
    return "".join(_lines(triples)).encode()


def _lines(triples: list[Triple]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
    for prefix, namespace in PREFIXES.items():
        yield f'\n    xmlns:{prefix}="{attribute(namespace)}"'
    yield ">\n"
    open_subject = ""
    for subject, predicate, value in triples:
        if subject != open_subject:
            yield "</rdf:Description>\n" if open_subject else ""
            yield f'<rdf:Description rdf:about="{attribute(subject)}">\n'
            open_subject = subject
        yield _property(compact(predicate), value)
    yield "</rdf:Description>\n" if open_subject else ""
    yield "</rdf:RDF>\n"


def _property(name: str, value: Term) -> str:
    if not isinstance(value, Literal):
        return f'  <{name} rdf:resource="{attribute(value)}"/>\n'
    kind = f' xml:lang="{value.lang}"' if value.lang else f' rdf:datatype="{value.datatype}"' if value.datatype else ""
    return f"  <{name}{kind}>{content(value.value)}</{name}>\n"

"""The parts of a query that statements can stand behind, and those behind which there are none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from kg.graph.names import PREFIXES, relation_id
from kg.query.sparql.nodes import Alternative, Constant, Inverse, Node, Path, Repeat, Sequence, Span, Variable
from kg.query.terms import curie

__all__ = ["OF_STATEMENTS", "Part", "Reason", "Untraced", "is_silent", "of_statement_only"]

#: Why a part of a query carries no evidence for the rows.
#:
#: ``schema``: labels, types and the vocabulary are stated by no source. ``optional``: it matched in none of the rows.
#: ``negation``: what is absent has no evidence. ``exists``: an EXISTS whose matches cannot be told. ``path``: a path
#: whose steps could not be followed. ``subquery``: a sub-select whose rows cannot be told apart. ``aggregate``: a group
#: that the answer's columns do not name. ``values-only``: the query asks the graph for nothing. ``too-many``: more
#: statements than are listed, or more time. ``unreadable``: the store did not answer the question for the evidence.
Reason = Literal[
    "schema",
    "optional",
    "negation",
    "exists",
    "path",
    "subquery",
    "aggregate",
    "values-only",
    "too-many",
    "unreadable",
]

_OF_STATEMENTS = """
rdf:type rdf:subject rdf:predicate rdf:object qb:dataSet sdmx-attribute:unitMeasure dcterms:source prov:wasDerivedFrom
skos:note bde:role bde:status bde:since bde:subject bde:metric bde:value bde:qualifier bde:asOf bde:aim bde:phrase
bde:speaker oa:hasSource oa:hasSelector oa:exact oa:start oa:end
"""

#: The properties of statements and of their evidence (see kg.graph.statements); no relation is among them.
OF_STATEMENTS = frozenset(curie(name) for name in _OF_STATEMENTS.split())


@dataclass(frozen=True, slots=True)
class Untraced:
    """A part of the query that carries no evidence for the rows, and why; ``span`` is its place in the text.

    ``count`` is the most statements behind one row where the reason is that they are too many, 0 where unknown.
    """

    reason: Reason
    span: Span
    count: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A triple pattern that statements can stand behind, in the names of the second query.

    It holds in a solution that binds all variables of ``when``. ``absent`` is what to say where it holds in no row.
    """

    subject: Node
    predicate: Node
    object: Node
    span: Span
    graph: Node | None = None
    when: tuple[str, ...] = ()
    absent: Reason = "optional"

    def nodes(self) -> tuple[Node, ...]:
        """What must be known of a solution to tell the statement."""
        if of_statement_only(self.predicate):
            return (self.subject,)
        ends = (self.subject, self.predicate, self.object)
        return ends if self.graph is None else (*ends, self.graph)

    def names(self) -> tuple[str, ...]:
        """The variables that the second query must show for it."""
        return (*self.when, *(node.name for node in self.nodes() if isinstance(node, Variable)))


def of_statement_only(predicate: Node | Path) -> bool:
    """Whether only statements and their evidence have this property, so that the subject alone tells the statement."""
    return isinstance(predicate, Constant) and predicate.term.value in OF_STATEMENTS


def is_silent(path: Path) -> bool:
    """Whether no statement can stand behind any step of a path: neither a relation nor a statement's property."""
    return not any(_speaks(iri) for iri in _iris(path))


def _speaks(iri: str | None) -> bool:
    return iri is None or iri in OF_STATEMENTS or (relation_id(iri) is not None and iri not in _SILENT)


#: Spelled as relations are, and none.
_SILENT = frozenset(
    PREFIXES["bde"] + name for name in ("theme", "shortName", "formerName", "official", "sign", "stage", "sourceKind")
)


def _iris(path: Path) -> Iterator[str | None]:
    """The properties of a path; None for one that may be any."""
    if isinstance(path, Constant):
        yield path.term.value
    elif isinstance(path, (Inverse, Repeat)):
        yield from _iris(path.path)
    elif isinstance(path, (Sequence, Alternative)):
        yield from _all(path.parts)
    else:
        yield None


def _all(paths: Iterable[Path]) -> Iterator[str | None]:
    for path in paths:
        yield from _iris(path)

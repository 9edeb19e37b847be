"""Classes that nothing has: another class, two at once, or one whose members belong to its subclasses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.engine.answer import Term
from kg.errors import Edit
from kg.graph.names import ONTOLOGY
from kg.query.advice_case import Case, Idea
from kg.query.advice_edits import fresh, rebuilt, replaced, said, without_triples, written
from kg.query.advice_parts import Part, node_text, path_text
from kg.query.sparql.tree import Constant, Dataset, InGraph, Span, Triple, walk
from kg.query.terms import curie, spelled

__all__ = ["classes", "subclasses"]

_TYPE = Term("iri", curie("rdf:type"))
#: Classes that everything of some kind has: they say the least.
_WIDE = frozenset(curie(short) for short in ("bde:Statement", "rdf:Statement", "qb:Observation", "foaf:Document"))
_SUBCLASSES = f"""
SELECT DISTINCT ?kgClass WHERE {{
  ?kgClass <{curie("rdfs:subClassOf")}>+ %s .
  FILTER EXISTS {{ ?kgSome a ?kgClass }}
  FILTER NOT EXISTS {{ ?kgOther a %s }}
}} ORDER BY ?kgClass LIMIT 100
"""


def subclasses(case: Case) -> Iterator[Idea]:
    """Nothing is of the class itself, but of its subclasses: a path goes up to it from there.

    A pattern that reads one graph only, where it does not stand what is a subclass of what, lists them instead.
    """
    for part, triple, given in _typed(case):
        found = case.probe.column(_SUBCLASSES % (spelled(given), spelled(given)))
        if not found:
            continue
        if _reads_one_graph(case, part):
            edits = _listed(case, triple, found)
        else:
            word, more = written(case.query, Term("iri", curie("rdfs:subClassOf")))
            path = f"{path_text(case.query, triple.predicate)}/{word}*"
            edits = (*more, replaced(triple.predicate.span, path))
        yield Idea("subclasses", edits, {"given": given, "found": found[0]}, certain=True)


def _reads_one_graph(case: Case, part: Part) -> bool:
    """Whether there are no subclasses to be read where ``part`` stands: a GRAPH or FROM keeps them out."""
    around = [one.place for one in case.parts.all if isinstance(one.element, (InGraph, Dataset))]
    around = [place for place in around if _holds(case.parts.all[place], part)]
    pattern = f"?kgClass <{curie('rdfs:subClassOf')}> ?kgAbove"
    return bool(around) and case.probe.fails(case.parts.ask(frozenset(around), {part.place: pattern}))


def _holds(around: Part, part: Part) -> bool:
    return isinstance(around.element, Dataset) or around.element.span.end >= part.span.end >= around.span.end


def _listed(case: Case, triple: Triple, found: Sequence[Term]) -> tuple[Edit, ...]:
    words = [written(case.query, term) for term in found]
    name = fresh(case.query, "type")
    block = triple.block
    triples = [one for one in walk(case.query.where) if isinstance(one, Triple) and one.block == block]
    text = rebuilt(case.query, triples).replace(said(case.query, triple), f"a ?{name}", 1)
    listed = f"{text} . VALUES ?{name} {{ {' '.join(word for word, _ in words)} }}"
    return (*dict.fromkeys(edit for _, more in words for edit in more), replaced(block, listed))


def _typed(case: Case) -> list[tuple[Part, Triple, Term]]:
    """The failing triples that name a class, with it."""
    return [
        (part, one, one.object.term)
        for part, one in case.triples()
        if one.predicate == Constant(_TYPE) and isinstance(one.object, Constant)
    ]


def classes(case: Case) -> Iterator[Idea]:
    """The thing is of another class; or it should be of two at once, and none is."""
    typed = _typed(case)
    if len(typed) > 1 and len({one.subject for _, one, _ in typed}) == 1:
        yield from _either(case, [one for _, one, _ in typed])
        return
    for part, triple, given in typed:
        subject = node_text(case.query, triple.subject)
        rows = case.find(
            "?kgClass (COUNT(*) AS ?kgCount)",
            {part.place: f"{subject} a ?kgClass"},
            "GROUP BY ?kgClass ORDER BY DESC(?kgCount) ?kgClass LIMIT 20",
        )
        found = [row[0] for row in rows if row[0] is not None and row[0] != given]
        found.sort(key=lambda term: (term.value in _WIDE, not term.value.startswith(ONTOLOGY)))
        narrow = [term for term in found if term.value not in _WIDE]
        for term in (narrow or found)[:2]:
            text, more = written(case.query, term)
            edits = (*more, replaced(triple.object.span, text))
            yield Idea("class", edits, {"given": given, "found": term})


def _either(case: Case, typed: Sequence[Triple]) -> Iterator[Idea]:
    """Nothing is of all these classes: any of them will do."""
    query = case.query
    name = fresh(query, "type")
    wanted = " ".join(query.words(one.object.span) for one in typed)
    first, *others = typed
    values = {"given": getattr(first.object, "term", ""), "found": getattr(others[0].object, "term", "")}
    edits: list[Edit] = []
    for block in dict.fromkeys(one.block for one in typed):
        there = [one for one in others if one.block == block]
        if first.block != block:
            edits.append(without_triples(query, block, there))
            continue
        stay = [one for one in walk(query.where) if isinstance(one, Triple) and one.block == block and one not in there]
        text = rebuilt(query, stay).replace(said(query, first), f"a ?{name}", 1)
        edits.append(replaced(Span(*block), f"{text} . VALUES ?{name} {{ {wanted} }}"))
    yield Idea("two_classes", tuple(edits), values)

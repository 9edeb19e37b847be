"""Relations that do not hold as written: planned instead of standing, the other way round, said of a statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.engine.answer import Term
from kg.errors import Edit
from kg.graph.names import ONTOLOGY, PLANNED, PREFIXES
from kg.query.advice_case import Case, Idea, Kind, constants_of_path
from kg.query.advice_edits import column_of, fresh, rebuilt, replaced, said, written
from kg.query.advice_parts import Part, node_text, path_text
from kg.query.sparql import tree
from kg.query.sparql.tree import Alternative, Constant, Inverse, Node, Query, Triple, Variable, walk
from kg.query.terms import curie

__all__ = ["directions", "hops", "other_predicates", "planned", "statements"]

_TYPE = curie("rdf:type")
#: Where a relation is, where else it may be, and what is then wrong.
_PLANS: tuple[tuple[str, str, Kind], ...] = ((ONTOLOGY, PLANNED, "planned"), (PLANNED, ONTOLOGY, "standing"))
#: Ways from a statement to what it speaks of, the nearest first.
_LINKS = tuple(curie(short) for short in ("bde:subject", "rdf:subject", "dcterms:source", "rdf:object"))
#: Ways from a thing to what describes it, those first.
_STEPS = (
    *_LINKS,
    *(curie(short) for short in ("bde:metric", "bde:status", "bde:theme", "rdf:predicate", "bde:speaker")),
    *(curie(short) for short in ("prov:wasDerivedFrom", "oa:hasSource", "oa:hasSelector")),
)
_OF_STATEMENTS = f"""
SELECT DISTINCT ?p WHERE {{
  ?statement a <{curie("bde:Statement")}> ; ?p ?value .
  FILTER (!STRSTARTS(STR(?p), "{PREFIXES["rdf"]}"))
}} LIMIT 100
"""


def planned(case: Case) -> Iterator[Idea]:
    """What is asked as a fact is only planned, or the other way round."""
    for _, triple in case.triples():
        for one in constants_of_path(triple.predicate):
            for here, there, kind in _PLANS:
                if one.term.value.startswith(here):
                    other = Term("iri", there + one.term.value.removeprefix(here))
                    text, more = written(case.query, other)
                    yield Idea(kind, (*more, replaced(one.span, text)), {"given": one.term, "found": other})


def directions(case: Case) -> Iterator[Idea]:
    """Subject and object of a triple the other way round."""
    for _, triple in case.triples():
        first = next(constants_of_path(triple.predicate), None)
        literal = isinstance(triple.object, Constant) and triple.object.term.kind == "literal"
        if first is not None and first.term.value != _TYPE and not literal:
            yield Idea("direction", _turned(case.query, triple), {"given": first.term})


def _turned(query: Query, triple: Triple) -> tuple[Edit, ...]:
    alone = sum(isinstance(one, Triple) and one.block == triple.block for one in walk(query.where)) == 1
    plain = all(isinstance(end, (Variable, Constant)) for end in (triple.subject, triple.object))
    path = triple.predicate
    if alone and plain:
        swapped = (node_text(query, triple.object), node_text(query, triple.subject))
        return replaced(triple.subject.span, swapped[0]), replaced(triple.object.span, swapped[1])
    text = path_text(query, path)
    if isinstance(path, Inverse):
        return (replaced(path.span, path_text(query, path.path)),)
    return (replaced(path.span, f"^({text})" if isinstance(path, (Alternative, tree.Sequence)) else f"^{text}"),)


def statements(case: Case) -> Iterator[Idea]:
    """What statements have is asked of the thing that they speak of: a statement is put between the two."""
    own = {term.value for term in case.probe.column(_OF_STATEMENTS)}
    done = set()
    for part, triple in case.triples():
        if not (isinstance(triple.predicate, Constant) and triple.predicate.term.value in own):
            continue
        if triple.subject in done:
            continue
        done.add(triple.subject)
        words, subject = said(case.query, triple), node_text(case.query, triple.subject)
        pattern = f"?kgMid {words} . ?kgMid ?kgLink {subject}"
        links = case.find_terms("DISTINCT ?kgLink", {part.place: pattern}, "LIMIT 20")
        for link in _ordered(links)[:2]:
            moved = _of_same_subject(case, part, triple.subject, own)
            yield Idea("statement", _with_statement(case.query, moved, link), {"given": triple.predicate.term})


def _ordered(links: Sequence[Term]) -> list[Term]:
    rank = {iri: place for place, iri in enumerate(_STEPS)}
    return sorted(links, key=lambda term: (rank.get(term.value, len(rank)), term.value))


def _of_same_subject(case: Case, part: Part, subject: Node, own: set[str]) -> list[Triple]:
    """The triples of the part's group in which something of a statement is said of ``subject``."""
    here = [other.element for other in case.parts.all if other.groups == part.groups]
    found = [one for one in here if isinstance(one, Triple) and one.subject == subject]
    return [one for one in found if isinstance(one.predicate, Constant) and one.predicate.term.value in own]


def _with_statement(query: Query, moved: Sequence[Triple], link: Term) -> tuple[Edit, ...]:
    word, more = written(query, link)
    subject = node_text(query, moved[0].subject)
    name = f"?{fresh(query, 'statement')}"
    edits: list[Edit] = [*more]
    for number, block in enumerate(dict.fromkeys(one.block for one in moved)):
        there = [one for one in moved if one.block == block]
        text = rebuilt(query, there, name, "" if number else f"{word} {subject}")
        others = [one for one in walk(query.where) if isinstance(one, Triple) and one.block == block]
        others = [one for one in others if one not in there]
        start = "\n" + " " * column_of(query, block) if "\n" in query.words(block) else " "
        edits.append(replaced(block, f"{rebuilt(query, others)} .{start}{text}" if others else text))
    return tuple(edits)


def hops(case: Case) -> Iterator[Idea]:
    """What is asked stands one step further: on what the subject points to."""
    for part, triple in case.triples():
        path = triple.predicate
        if isinstance(path, Variable) or path == Constant(Term("iri", _TYPE)):
            continue
        subject, words = node_text(case.query, triple.subject), said(case.query, triple)
        steps = " ".join(f"<{step}>" for step in _STEPS)
        pattern = f"VALUES ?kgLink {{ {steps} }} {subject} ?kgLink ?kgMid . ?kgMid {words}"
        links = case.find_terms("DISTINCT ?kgLink", {part.place: pattern}, "LIMIT 50")
        first = next(constants_of_path(path), None)
        for link in _ordered([one for one in links if first is not None and one != first.term])[:2]:
            word, more = written(case.query, link)
            text = path_text(case.query, path)
            text = f"({text})" if isinstance(path, Alternative) else text
            edits = (*more, replaced(path.span, f"{word}/{text}"))
            yield Idea("hop", edits, {"given": first.term if first else text, "found": link})


def other_predicates(case: Case) -> Iterator[Idea]:
    """The ends are tied, but by another relation: one of the same name, or, between two named things, any."""
    for part, triple in case.triples():
        given = triple.predicate
        if not isinstance(given, Constant) or given.term.value == _TYPE:
            continue
        subject, thing = node_text(case.query, triple.subject), node_text(case.query, triple.object)
        found = case.find_terms("DISTINCT ?kgHow", {part.place: f"{subject} ?kgHow {thing}"}, "LIMIT 100")
        named = isinstance(triple.subject, Constant) and isinstance(triple.object, Constant)
        local = _local(given.term.value)
        for term in sorted(found, key=lambda one: (_local(one.value) != local, one.value)):
            if term != given.term and (named or _local(term.value) == local):
                text, more = written(case.query, term)
                edits = (*more, replaced(given.span, text))
                yield Idea("other_relation", edits, {"given": given.term, "found": term})


def _local(iri: str) -> str:
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :].casefold()

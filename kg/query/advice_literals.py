"""Texts, numbers and dates that match nothing where they stand: in a triple or in a VALUES."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.engine.answer import Term
from kg.errors import Edit
from kg.query.advice_case import Case, Idea, Kind
from kg.query.advice_edits import fresh, quoted, replaced, written
from kg.query.advice_match import is_date, matching
from kg.query.advice_parts import Part, node_text, path_text
from kg.query.advice_search import between_wildcards, search_for
from kg.query.search import search_names
from kg.query.sparql.tree import Constant, Query, Span, Triple, Values
from kg.query.terms import curie, entity, spelled

__all__ = ["LABELS", "literals", "things_called"]

#: What a thing is called, or goes by.
LABELS = "|".join(
    f"<{curie(short)}>"
    for short in (
        "skos:prefLabel",
        "rdfs:label",
        "skos:altLabel",
        "bde:shortName",
        "bde:formerName",
        "dcterms:title",
        "dcterms:identifier",
        "skos:notation",
    )
)
_SAME = "FILTER (LCASE(STR(?kgText)) = LCASE({}))"


def literals(case: Case) -> Iterator[Idea]:
    """What may have been meant by the failing literals, the likeliest first."""
    for part, triple in case.triples():
        if isinstance(triple.object, Constant) and triple.object.term.kind == "literal":
            yield from _in_triple(case, part, triple, triple.object)
    for part in case.culprits:
        if isinstance(part.element, Values):
            yield from _in_values(case, part, part.element)


def _in_triple(case: Case, part: Part, triple: Triple, given: Constant) -> Iterator[Idea]:
    start = f"{node_text(case.query, triple.subject)} {path_text(case.query, triple.predicate)}"
    plain = quoted(given.term.value)
    same = case.find_terms("DISTINCT ?kgWhy", {part.place: f"{start} ?kgWhy . FILTER (STR(?kgWhy) = {plain})"})
    if same:  # no other text can be meant
        yield from (replace(idea, certain=True) for idea in _exchanged(case.query, triple, given, same))
        return
    values = case.find_terms("DISTINCT ?kgWhy", {part.place: f"{start} ?kgWhy"}, "LIMIT 1000")
    meant = list(_exchanged(case.query, triple, given, values))
    if is_date(given.term):  # which is no name
        yield from (idea for idea in meant if idea.kind != "nearest")
    yield from _like(case.query, triple, given)
    for term in things_called(case, given.term.value, {part.place: f"{start} ?kgWhy"}):
        yield _exchange(case.query, given, term, "thing")
    yield from _under_another_property(case, part, triple, given)
    yield from _by_search(case, part, triple, given)
    yield from meant


def _exchange(query: Query, one: Constant, term: Term, kind: Kind) -> Idea:
    words, more = written(query, term)
    return Idea(kind, (*more, replaced(one.span, words)), {"given": one.term, "found": term})


def _exchanged(query: Query, triple: Triple, given: Constant, values: list[Term]) -> Iterator[Idea]:
    for kind, term in matching(given.term, values):
        if kind != "part_of_date":
            yield _exchange(query, given, term, kind)
            continue
        name = fresh(query, "date")
        edits = _tested(triple, given, name, f"STRSTARTS(STR(?{name}), {quoted(given.term.value)})")
        yield Idea(kind, edits, {"given": given.term, "found": term})


def _tested(triple: Triple, given: Constant, name: str, condition: str) -> tuple[Edit, ...]:
    """The variable ``name`` in the place of ``given``, and the condition that it must meet behind the triples."""
    end = Span(triple.block.end, triple.block.end)
    return replaced(given.span, f"?{name}"), replaced(end, f" . FILTER ({condition})")


def _like(query: Query, triple: Triple, given: Constant) -> Iterator[Idea]:
    """A text with the wildcards of SQL or of a shell."""
    pieces = between_wildcards(given.term.value)
    if pieces:
        name = fresh(query, "text")
        condition = search_for(f"?{name}", pieces)
        yield Idea("wildcards", _tested(triple, given, name, condition), {"given": given.term, "found": condition})


def _under_another_property(case: Case, part: Part, triple: Triple, given: Constant) -> Iterator[Idea]:
    """The very text is there, but as another kind of name."""
    subject = node_text(case.query, triple.subject)
    pattern = f"{subject} ?kgHow ?kgWhat . FILTER (STR(?kgWhat) = {quoted(given.term.value)})"
    for how, what in case.find("DISTINCT ?kgHow ?kgWhat", {part.place: pattern}, "LIMIT 20"):
        if how is None or what is None or triple.predicate == Constant(how):
            continue
        predicate, more = written(case.query, how)
        thing, more_too = written(case.query, what)
        if triple.span.start != triple.predicate.span.start:
            continue  # the predicate also has other objects
        edits = (*more, *more_too, replaced(triple.predicate.span, predicate), replaced(given.span, thing))
        yield Idea("other_name", edits, {"given": given.term, "found": how})


def things_called(case: Case, name: str, instead: dict[int, str]) -> list[Term]:
    """The IRIs that ``?kgWhy`` has in ``instead`` whose name is ``name``."""
    same = _SAME.format(quoted(name))
    asked = {place: f"{pattern} . ?kgWhy {LABELS} ?kgText . {same}" for place, pattern in instead.items()}
    return [term for term in case.find_terms("DISTINCT ?kgWhy", asked, "LIMIT 5") if term.kind == "iri"]


def _by_search(case: Case, part: Part, triple: Triple, given: Constant) -> Iterator[Idea]:
    """The label of the entity that a search for the text finds."""
    if given.term.datatype not in (curie("xsd:string"), curie("rdf:langString")):
        return
    names = case.probe.names(given.term.value)
    hits = search_names(names, given.term.value, 3) if names is not None else []
    found = " ".join(spelled(entity(hit.entity.id)) for hit in hits)
    if not found:
        return
    subject, predicate = node_text(case.query, triple.subject), path_text(case.query, triple.predicate)
    same = f"FILTER (SAMETERM(?kgThing, {subject}))"
    pattern = f"{subject} {predicate} ?kgWhy . VALUES ?kgThing {{ {found} }} . {same}"
    order = [entity(hit.entity.id) for hit in hits]
    rows = case.find("DISTINCT ?kgThing ?kgWhy", {part.place: pattern}, "LIMIT 50")
    known = [(thing, label) for thing, label in rows if thing is not None and label is not None]
    known.sort(key=lambda row: (order.index(row[0]), row[1].lang != given.term.lang, row[1]))
    for _, label in known[:2]:
        if label.kind == "literal" and label != given.term:
            yield _exchange(case.query, given, label, "spelling")


def _in_values(case: Case, part: Part, values: Values) -> Iterator[Idea]:
    for column, variable in enumerate(values.variables):
        given = [row[column] for row in values.rows]
        texts = [one for one in given if one is not None and one.term.kind == "literal"]
        if not texts:
            continue
        found = case.find_terms(f"DISTINCT ?{variable.name}", {part.place: ""}, "LIMIT 1000")
        best = [(one, next(matching(one.term, found), None)) for one in texts]
        meant = [(one, match[0], match[1]) for one, match in best if match is not None and match[0] != "part_of_date"]
        if not meant:
            bound = f"BIND(?{variable.name} AS ?kgWhy)"
            called = [(one, things_called(case, one.term.value, {part.place: bound})) for one in texts[:3]]
            meant = [(one, "thing", things[0]) for one, things in called if things]
        if meant:
            ideas = [_exchange(case.query, one, term, kind) for one, kind, term in meant]
            yield Idea(ideas[0].kind, tuple(edit for idea in ideas for edit in idea.edits), ideas[0].values)

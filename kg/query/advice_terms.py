"""IRIs that the data do not have, or not in that place: the wrong namespace, a slip in a name, an entity replaced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kg.engine.answer import Term
from kg.engine.tokens import significant
from kg.graph.names import ONTOLOGY, PLANNED, PREFIXES, entity_id, entity_iri
from kg.query.advice_affixes import bare, renamed, split
from kg.query.advice_case import Case, Idea, Kind, constants_of
from kg.query.advice_edits import replaced, written
from kg.query.names import fold
from kg.query.search import best, search_names
from kg.query.sparql.tree import Constant, InGraph, Query, Span
from kg.query.terms import curie, iri, is_true, spelled

__all__ = ["described", "nearest", "replaced_entities", "unknown_graphs", "unknown_names"]

_ROLES = """
SELECT ?term ?subject ?predicate ?object ?class WHERE {
  VALUES ?term { %s }
  BIND (EXISTS { ?term ?p1 ?o1 } AS ?subject)
  BIND (EXISTS { ?s2 ?term ?o2 } AS ?predicate)
  BIND (EXISTS { ?s3 ?p3 ?term } AS ?object)
  BIND (EXISTS { ?s4 a ?term } AS ?class)
}
"""
_REPLACED = f"""
SELECT ?term ?new WHERE {{
  VALUES ?term {{ %s }}
  ?term <{curie("dcterms:isReplacedBy")}>+ ?new .
  FILTER NOT EXISTS {{ ?new <{curie("dcterms:isReplacedBy")}> ?newer }}
}} LIMIT 20
"""
_KNOWN = {
    "predicate": "SELECT DISTINCT ?known WHERE { ?subject ?known ?object } LIMIT 1000",
    "class": "SELECT DISTINCT ?known WHERE { ?subject a ?known } LIMIT 1000",
}
_GRAPHS = "SELECT DISTINCT ?known WHERE { GRAPH ?known { ?subject a ?type } } LIMIT 1000"
_SIBLINGS = 'SELECT DISTINCT ?known WHERE {{ ?known a ?type . FILTER (STRSTARTS (STR (?known), "{}")) }} LIMIT 1000'

#: The same relation as a fact and as a plan.
_PLANS: dict[tuple[str, str], Kind] = {(ONTOLOGY, PLANNED): "planned", (PLANNED, ONTOLOGY): "standing"}
_LEAST_ALIKE = 0.7
_LOOSE = re.compile(r"^https?://(?:www\.)?|[/#]+$")


def replaced_entities(case: Case) -> Iterator[Idea]:
    """Entities that were retired, each with the one that took its place."""
    found = [one for part in case.culprits for one, _ in constants_of(part) if entity_id(one.term.value)]
    if not found:
        return
    answer = case.probe.terms(_REPLACED % _spelled(one.term.value for one in found))
    heirs = {old.value: new for old, new in answer if old is not None and new is not None}
    for one in found:
        if one.term.value in heirs:
            yield _exchange(case.query, one, heirs[one.term.value], "replaced")


def unknown_names(case: Case) -> Iterator[Idea]:
    """For each IRI that does not occur in its role: what may have been meant, the likeliest first."""
    asked = [(one, role) for part in case.culprits for one, role in constants_of(part) if one.term.kind == "iri"]
    asked = [(one, role) for one, role in asked if role != "graph"]
    known = _roles(case, [one.term.value for one, _ in asked])
    for one, role in asked:
        if known is not None and not _fits(role, known.get(one.term.value, frozenset())):
            yield from _namespaces(case.query, one)
            yield from _namesakes(case, one, role)
            yield from _near(case, one, role)


def _roles(case: Case, iris: list[str]) -> dict[str, frozenset[str]] | None:
    """In which roles each IRI occurs; None where that could not be asked."""
    if not iris:
        return {}
    answer = case.probe.answer(_ROLES % _spelled(iris))
    if answer is None:
        return None
    return {
        row["term"].value: frozenset(role for role, term in row.items() if role != "term" and is_true(term))
        for row in answer.records()
    }


def _fits(role: str, known: frozenset[str]) -> bool:
    if role in ("predicate", "class"):
        return role in known
    return bool(known) if role == "value" else bool(known & {"subject", "object"})


def _spelled(iris: Iterable[str]) -> str:
    return " ".join(spelled(iri(one)) for one in dict.fromkeys(iris))


def _exchange(query: Query, one: Constant, term: Term, kind: Kind) -> Idea:
    text, more = written(query, term)
    return Idea(kind, (*more, replaced(one.span, text)), {"given": one.term, "found": term})


def _namespaces(query: Query, one: Constant) -> Iterator[Idea]:
    """The namespace nearly one of ours: in the PREFIX line, or in the IRI itself."""
    prefix, colon, _ = query.words(one.span).partition(":")
    declared = query.prefixes.get(prefix) if colon else None
    place = _declaration(query, prefix) if declared is not None else None
    if declared is None or place is None:
        namespace, local = split(one.term.value)
        for meant in _meant_namespaces("", namespace):
            text, more = written(query, Term("iri", meant + local))
            values = {"given": namespace, "found": meant}
            yield Idea(_kind(namespace, meant), (*more, replaced(one.span, text)), values)
        return
    for meant in _meant_namespaces(prefix, declared):
        values = {"prefix": prefix, "given": declared, "found": meant}
        yield Idea(_kind(declared, meant), (replaced(place, f"<{meant}>"),), values)


def _kind(given: str, meant: str) -> Kind:
    return "scheme" if given.partition("://")[2] == meant.partition("://")[2] else "namespace"


def _meant_namespaces(prefix: str, given: str) -> list[str]:
    if given in PREFIXES.values():
        return []
    own = [PREFIXES[prefix]] if prefix in PREFIXES else []
    bare = _LOOSE.sub("", given).casefold()
    choices = {namespace: _LOOSE.sub("", namespace).casefold() for namespace in PREFIXES.values()}
    near = process.extract(bare, choices, scorer=OSA.distance, score_cutoff=max(2, len(bare) // 8), limit=2)
    return list(dict.fromkeys([*own, *(str(namespace) for _, _, namespace in near)]))


def _declaration(query: Query, prefix: str) -> Span | None:
    """Where the IRI of a PREFIX stands."""
    tokens = [token for token in significant(query.text) if token.end <= query.prologue.end]
    found = None
    for name, address in pairwise(tokens):
        if name.text == f"{prefix}:" and address.kind == "iri":
            found = Span(address.offset, address.end)  # of several, the last one counts
    return found


def _namesakes(case: Case, one: Constant, role: str) -> Iterator[Idea]:
    """The same name in another namespace, or what this graph calls it."""
    local = split(one.term.value)[1]
    if not re.fullmatch(r"[\w.-]+", local):
        return
    same = [namespace + local for namespace in PREFIXES.values() if namespace + local != one.term.value]
    known = _roles(case, same) or {}
    for address in same:
        if _fits(role, known.get(address, frozenset())):
            kind = _PLANS.get((split(one.term.value)[0], split(address)[0]), "name")
            yield _exchange(case.query, one, Term("iri", address), kind)


def _near(case: Case, one: Constant, role: str) -> Iterator[Idea]:
    """Names that are nearly the same."""
    namespace, local = split(one.term.value)
    if entity_id(one.term.value) or namespace == PREFIXES["ent"]:
        for found in _near_entities(case, local):
            yield _exchange(case.query, one, Term("iri", entity_iri(found)), "entity")
        return
    question = _KNOWN.get(role) or (_SIBLINGS.format(namespace) if namespace in PREFIXES.values() else "")
    if not question:
        return
    names = {term.value: split(term.value)[1] for term in case.probe.column(question)}
    if role == "predicate":
        yield from renamed(case.query, one, names)
        names = {address: name for address, name in names.items() if bare(name) != bare(local)}
    for address in sorted(nearest(local, names), key=lambda each: split(each)[0] != namespace):
        yield _exchange(case.query, one, Term("iri", address), "name")


def _near_entities(case: Case, local: str) -> list[str]:
    """The ids nearest to what was written as one: by its letters, or because it is a name."""
    text = local.replace("-", " ")
    names = case.probe.names(text)
    if names is None:
        return []
    near = nearest(local, {one: one for one in names.entities}, 2)
    if near:
        return near
    hits = search_names(names, text, 3)
    sure = best(hits)
    return [hit.entity.id for hit in ([sure] if sure is not None else hits)]


def nearest(wanted: str, names: dict[str, str], most: int = 3) -> list[str]:
    """The keys of the ``names`` that are most like ``wanted``, without regard to case and punctuation."""
    choices = {key: fold(name) for key, name in names.items()}
    found = process.extract(
        fold(wanted), choices, scorer=OSA.normalized_similarity, score_cutoff=_LEAST_ALIKE, limit=most
    )
    return [str(key) for _, _, key in found]


def unknown_graphs(case: Case) -> Iterator[Idea]:
    """For each GRAPH that is none of ours: what may have been meant."""
    for part in case.culprits:
        if isinstance(part.element, InGraph) and isinstance(part.element.name, Constant):
            one = part.element.name
            if case.probe.fails(f"ASK {{ GRAPH {spelled(iri(one.term.value))} {{ ?subject ?predicate ?object }} }}"):
                yield from _namespaces(case.query, one)
                graphs = {term.value: split(term.value)[1] for term in case.probe.column(_GRAPHS)}
                for address in nearest(split(one.term.value)[1], graphs):
                    yield _exchange(case.query, one, Term("iri", address), "name")


def described(case: Case) -> Iterator[Idea]:
    """What was meant by the IRIs of a DESCRIBE that describes nothing."""
    for one in case.query.described:
        if isinstance(one, Constant):
            yield from _namespaces(case.query, one)
            yield from _namesakes(case, one, "subject")
            yield from _near(case, one, "subject")

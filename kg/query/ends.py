"""What really stands at the end of a property, and which properties a thing really has, each with how often."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from weakref import WeakKeyDictionary

from kg.engine.answer import Answer, Term
from kg.engine.base import Engine, Limits
from kg.graph.index_names import whole
from kg.graph.names import compact
from kg.query.ask import ask
from kg.query.catalogue import catalogue
from kg.query.kept.shelf import kept_one
from kg.query.terms import iri, number

__all__ = ["Ends", "ends_name", "ends_of", "ends_to_keep", "properties_on"]

#: What stands at the end of a property, with how many triples end there.
Ends = tuple[tuple[Term, int], ...]

#: The most different ends of one property that are remembered: the commonest.
MOST_ENDS = 1000
#: Of a property with more triples than this, a store keeps the commonest ends, as counting them takes its time.
MANY, KEPT_ENDS = 5_000, 200
# The most questions about single properties and things that are remembered for one engine.
_MOST_REMEMBERED = 1000

_ENDS = """
SELECT ?end (COUNT(*) AS ?count) WHERE { %s FILTER (!isBlank(?end)) }
GROUP BY ?end ORDER BY DESC(?count) ?end LIMIT $most
"""
_ON = """
SELECT ?property (COUNT(*) AS ?count) WHERE { $thing ?property ?value } GROUP BY ?property
"""

_Asked = dict[tuple[str, ...], Ends]
_known: WeakKeyDictionary[Engine, tuple[str, _Asked]] = WeakKeyDictionary()


def ends_of(engine: Engine, name: str, of: str = "", *, subjects: bool = False) -> Ends:
    """What really stands at the end of a property (by IRI), the commonest first, with how many triples end there.

    ``of`` keeps to the triples of the instances of one class; ``subjects`` asks for the other end. At most
    :data:`MOST_ENDS`; none for a property that the data do not have. Where the store keeps those of properties with
    more than :data:`MANY` triples, they are looked up, which gives no more than :data:`KEPT_ENDS`.
    """
    known = catalogue(engine)
    if name not in known.properties:
        return ()
    many = known.uses.get(of, {}).get(name, 0) if of else known.properties[name].count
    kept = kept_one(engine, ends_name(name, of, subjects=subjects)) if many > MANY else None
    if kept is not None:
        return tuple((_term(*parts), count) for count, *parts in kept)
    question, parameters = _question(name, of, subjects, MOST_ENDS)
    return _remembered(engine, ("ends", name, of, str(subjects)), question, "end", parameters)


def properties_on(engine: Engine, thing: str) -> Mapping[str, int]:
    """The properties that one thing (by IRI) really has, with how many values of each."""
    found = _remembered(engine, ("on", thing), _ON, "property", {"thing": iri(thing)})
    return {term.value: count for term, count in found}


def ends_name(name: str, of: str = "", *, subjects: bool = False) -> str:
    """What the ends of a property are kept under; see :func:`ends_of`."""
    return f"{'starts' if subjects else 'ends'}/{compact(name)}/{compact(of)}"


def ends_to_keep(
    engine: Engine, properties: Iterable[tuple[str, str, int]], limits: Limits
) -> Iterator[tuple[str, list[list[str | int]]]]:
    """The ends that are worth keeping, each list with its name. Raises QueryError.

    ``properties`` are all that there are, each once by itself and once with each class of its subjects, and the number
    of such triples.
    """
    for name, of, count in properties:
        for subjects in (False, True)[: 1 if of else 2]:
            if count > MANY:
                question, parameters = _question(name, of, subjects, KEPT_ENDS)
                found = _counts(ask(engine, question, limits, **parameters), "end")
                yield ends_name(name, of, subjects=subjects), [[number, *_parts(term)] for term, number in found]


def _question(name: str, of: str, subjects: bool, most: int) -> tuple[str, dict[str, Term]]:
    pattern = "?end $name ?thing ." if subjects else "?thing $name ?end ."
    parameters = {"name": iri(name), "most": number(most)}
    if of:
        pattern = f"?thing a $of . {pattern}"
        parameters["of"] = iri(of)
    return _ENDS % pattern, parameters


def _remembered(
    engine: Engine, key: tuple[str, ...], question: str, column: str, parameters: Mapping[str, Term]
) -> Ends:
    version, asked = _known.get(engine, ("", {}))
    if version != engine.data_version or len(asked) >= _MOST_REMEMBERED:
        asked = {}
        _known[engine] = engine.data_version, asked
    if key not in asked:
        asked[key] = _counts(ask(engine, question, **parameters), column)
    return asked[key]


def _counts(answer: Answer, column: str) -> Ends:
    return tuple((row[column], int(row["count"].value)) for row in answer.records() if column in row)


def _parts(term: Term) -> list[str]:
    """A term as JSON can have it; an IRI has one part."""
    return [compact(term.value)] if term.kind == "iri" else [term.value, term.lang, compact(term.datatype)]


def _term(value: str, lang: str | None = None, datatype: str = "") -> Term:
    return Term("iri", whole(value)) if lang is None else Term("literal", value, lang, whole(datatype))

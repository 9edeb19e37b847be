"""Rules for what statements claim, and for the words and positions that carry them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kg.check.tools import Said, problem, said, said_problem
from kg.errors import Problem
from kg.load.files import Loaded
from kg.model.reading import reading_text
from kg.model.statement import Figure, Relation

__all__ = [
    "figures_agree",
    "no_statement_is_made_twice",
    "planned_relations_have_words",
    "positions_are_complete",
    "positions_are_in_the_text",
    "positions_rise",
    "relations_fit_their_ends",
    "relations_join_two",
]


def relations_fit_their_ends(loaded: Loaded) -> Iterator[Problem]:
    """Subject and object are of the types that the relation allows (its domain and range)."""
    knowledge = loaded.knowledge
    for one in said(loaded):
        statement = one.statement
        relation = knowledge.relations.get(statement.relation) if isinstance(statement, Relation) else None
        if relation is None or not isinstance(statement, Relation):
            continue
        ends = (("subject", statement.subject, relation.domain), ("object", statement.object, relation.range))
        for key, entity, allowed in ends:
            kind = knowledge.type_of.get(entity)
            if kind is not None and allowed and kind not in allowed:
                message = (
                    f"“{entity}” is of the type {kind}; the {key} of “{relation.id}” is one of {', '.join(allowed)}"
                )
                cure = f"Choose another relation or {key}, or widen “{relation.id}” in vocabulary/relations.yaml"
                yield said_problem(loaded, one, key, message, cure)


def relations_join_two(loaded: Loaded) -> Iterator[Problem]:
    """No entity has a relation to itself."""
    for one in said(loaded):
        if isinstance(one.statement, Relation) and one.statement.subject == one.statement.object:
            message = f"“{one.statement.subject}” is both subject and object"
            yield said_problem(loaded, one, "object", message, "Name the other entity, or remove the statement")


def planned_relations_have_words(loaded: Loaded) -> Iterator[Problem]:
    """A relation that is only planned must not be read with the words of what holds."""
    knowledge = loaded.knowledge
    for one in said(loaded):
        if not isinstance(one.statement, Relation) or one.statement.status not in knowledge.statuses:
            continue
        relation = knowledge.relations.get(one.statement.relation)
        if relation is None or not knowledge.is_planned(one.statement):
            continue
        for key, words, needed, example in (
            ("planned", relation.planned, True, "is to lead"),
            ("planned_inverse", relation.planned_inverse, not relation.symmetric, "is to be led by"),
        ):
            if needed and words is None:
                message = f"it is only planned, and “{relation.id}” has no {key} name for that"
                cure = f"Give “{relation.id}” the key {key}: in vocabulary/relations.yaml (“{example}”)"
                yield said_problem(loaded, one, "status", message, cure)


def no_statement_is_made_twice(loaded: Loaded) -> Iterator[Problem]:
    """A source says a thing once; its words, speaker and note make no other statement of it."""
    first: dict[tuple[object, ...], Said] = {}
    for one in said(loaded):
        key = (one.source.id, *_claim(loaded, one))
        if key in first:
            message = f"{first[key].name} already says this"
            yield said_problem(loaded, one, "subject", message, "Keep the one whose phrase says it best")
        first.setdefault(key, one)


def _claim(loaded: Loaded, one: Said) -> tuple[object, ...]:
    """What the statement claims, as the graph makes its IRI from it; the ends of a symmetric relation are sorted."""
    statement = one.statement
    shared = {"phrase", "position", "speaker", "note"}
    claim = {name: getattr(statement, name) for name in type(statement).model_fields if name not in shared}
    if isinstance(statement, Relation):
        relation = loaded.knowledge.relations.get(statement.relation)
        if relation is not None and relation.symmetric:
            claim["subject"], claim["object"] = sorted((statement.subject, statement.object))
    return (type(statement).__name__, *claim.values())


def figures_agree(loaded: Loaded) -> Iterator[Problem]:
    """One subject has one value of a metric as of a date; where sources differ, a note says so."""
    first: dict[tuple[object, ...], tuple[Said, Figure]] = {}
    for one in said(loaded):
        figure = one.statement
        if not isinstance(figure, Figure):
            continue
        key = (figure.subject, figure.figure, figure.as_of, figure.aim)
        other_said, other = first.setdefault(key, (one, figure))
        if other.value != figure.value and not (other.note or figure.note):
            where = loaded.origin.statement(other_said.source.id, other_said.index, "value")
            message = f"the value {figure.value} is not {other.value}, which {where.file} has on line {where.line}"
            cure = "Correct one of them, or give this one a note: that says why they differ"
            yield said_problem(loaded, one, "value", message, cure)


def positions_are_complete(loaded: Loaded) -> Iterator[Problem]:
    """Where the text was at hand, each phrase has its position; where it was not, none has."""
    for one in said(loaded):
        recorded, position = one.source.text is not None, one.statement.position
        if recorded != (position is not None):
            lacking = "the position of its phrase" if recorded else "the hash of its text"
            cure = f"Run: kg verify {one.source.id} TEXTFILE --record"
            yield said_problem(loaded, one, "position", f"the source lacks {lacking}", cure)


def positions_rise(loaded: Loaded) -> Iterator[Problem]:
    """Statements stand in the order of the text."""
    for source in loaded.knowledge.sources.values():
        placed = [
            Said(source, index, item) for index, item in enumerate(source.statements) if item.position is not None
        ]
        for before, one in pairwise(placed):
            if (before.statement.position or 0) > (one.statement.position or 0):
                message = f"its phrase stands before that of {before.name}"
                yield said_problem(loaded, one, "position", message, "Run: kg format")


def positions_are_in_the_text(loaded: Loaded) -> Iterator[Problem]:
    """No phrase ends behind the end of the text."""
    for one in said(loaded):
        text, position = one.source.text, one.statement.position
        if text is None or position is None:
            continue
        end = position + len(reading_text(one.statement.phrase, one.source.language))
        if end > text.characters:
            place = loaded.origin.statement(one.source.id, one.index, "position")
            message = f"the phrase would end at {end}; the text has {text.characters} characters"
            yield problem(place, one.name, message, f"Run: kg verify {one.source.id} TEXTFILE --record")

"""Says in a person's words why a query is not SPARQL, where, and what would mend it: the parser's own name its grammar.

The parser gives the place (:mod:`kg.engine.respace`); what is wrong there is read from the words around it, the most
telling cause first (:mod:`kg.engine.slips`); what is proposed to mend it is tried (:mod:`kg.engine.mending`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.engine.faultwords import in_words
from kg.engine.mending import MOST_CHARACTERS, Reader, choose
from kg.engine.slips import (
    aggregates,
    brackets,
    clauses,
    conditions,
    foreign,
    guesses,
    head,
    iris,
    marks,
    names,
    numbers,
    operators,
    pasted,
    patterns,
    rules,
    signs,
    triples,
    words,
)
from kg.engine.slips.scene import Fault, Scene
from kg.engine.tokens import place, significant
from kg.errors import Cure, MalformedQuery

__all__ = ["Cure", "explain"]

#: Who looks, in this order: the first who is sure has the word.
_FINDERS: tuple[Callable[[Scene], Fault | None], ...] = (
    signs.nothing,
    pasted.fences,
    pasted.program,
    pasted.line_marks,
    pasted.entities,
    pasted.markup,
    pasted.prose,
    signs.full_width,
    signs.open_string,
    iris.declarations,
    iris.bare_iri,
    marks.language_marks,
    signs.inner_quotes,
    marks.variable_marks,
    head.tables,
    triples.signs_between,
    words.other_words,
    foreign.other_graphs,
    iris.undeclared,
    foreign.cypher,
    foreign.cases,
    foreign.other_keywords,
    numbers.numbers,
    aggregates.separators,
    aggregates.aggregates,
    rules.groups,
    names.names,
    rules.values,
    triples.paths,
    conditions.shifted,
    conditions.halved,
    conditions.bare_calls,
    operators.operators,
    iris.broken_iri,
    operators.sql_conditions,
    words.negation,
    head.no_head,
    head.head,
    clauses.counts,
    clauses.clauses,
    words.misspelt,
    signs.escapes,
    guesses.trailing,
    guesses.comments,
    operators.lists,
    patterns.binds,
    patterns.blocks,
    clauses.misplaced,
    brackets.brackets,
    patterns.conditions,
    triples.dots,
    brackets.left_open,
    guesses.unexpected,
)

#: Who looks at a query that is too long for the others.
_FINDERS_OF_LONG = (signs.open_string, iris.undeclared, words.misspelt, brackets.brackets, guesses.unexpected)


def explain(
    query: str, offset: int, message: str, prefixes: Mapping[str, str], read: Reader | None = None
) -> MalformedQuery:
    """The error for ``query``, which Oxigraph refused at ``offset`` with ``message``; ``prefixes`` can be proposed.

    ``read`` tries what would mend it; without it there are no cures.
    """
    found = significant(query)
    at = next((index for index, word in enumerate(found) if word.end > offset), len(found))
    scene = Scene(query, found, at, message, prefixes)
    faults = []
    for find in _FINDERS if len(query) <= MOST_CHARACTERS else _FINDERS_OF_LONG:
        fault = find(scene)
        if fault is not None:
            faults.append(fault)
            if fault.sure:
                break
    told, cures = choose(query, offset, faults, read)
    reason, hint = (in_words("fault", f"{told.key}.{part}", **told.values) for part in ("reason", "hint"))
    zh, span = (reason.zh, hint.zh), (told.start, told.end)
    return MalformedQuery(reason.en, *place(query, told.start), hint.en, zh=zh, span=span, cures=cures)

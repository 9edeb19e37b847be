"""All rules, and what they find in the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.check import dates, names, numbers, references, statements, usage, vocabulary, wording
from kg.errors import Problem
from kg.load.files import Loaded

__all__ = ["RULES", "check"]

Rule = Callable[[Loaded], Iterator[Problem]]

#: Every rule, by theme. The first line of its docstring is the rule.
RULES: tuple[Rule, ...] = (
    references.statement_references_resolve,
    references.entity_references_resolve,
    references.source_kinds_resolve,
    references.vocabulary_references_resolve,
    references.speakers_are_people,
    references.replacements_end,
    vocabulary.ids_are_free,
    vocabulary.labels_differ,
    vocabulary.colours_differ,
    vocabulary.shapes_differ,
    vocabulary.symmetric_relations_read_alike,
    usage.entities_are_used,
    usage.featured_entities_have_statements,
    usage.terms_are_used,
    statements.relations_fit_their_ends,
    statements.relations_join_two,
    statements.planned_relations_have_words,
    statements.no_statement_is_made_twice,
    statements.figures_agree,
    statements.positions_are_complete,
    statements.positions_rise,
    statements.positions_are_in_the_text,
    numbers.values_stand_in_the_phrase,
    numbers.qualifiers_stand_in_the_phrase,
    numbers.exact_values_are_said_exactly,
    dates.nothing_is_reached_after_it_was_said,
    dates.beginnings_are_not_after_their_status,
    dates.source_dates_follow_each_other,
    dates.source_ids_begin_with_the_date,
    names.entities_have_names_of_their_own,
    names.names_are_said_once,
    names.short_names_are_shorter,
    wording.text_has_both_languages,
    wording.text_is_set_cleanly,
    wording.english_is_not_chinese,
)


def check(loaded: Loaded) -> list[Problem]:
    """Every problem that the rules find, in the order of files and lines; none is named twice."""
    return sorted({problem for rule in RULES for problem in rule(loaded)})

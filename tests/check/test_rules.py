"""Each rule finds its offender in a broken copy of the sample, and nothing else is found."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from kg.check import dates, names, numbers, references, statements, usage, vocabulary, wording
from kg.check.rules import RULES, Rule, check
from kg.errors import Problem
from kg.load.files import Loaded

NEW = "sources/2025-01-05-sample.yaml"
OLD = "sources/2024-06-sample.yaml"
TECHNOLOGY = "entities/technology.yaml"
TYPES = "vocabulary/types.yaml"
RELATIONS = "vocabulary/relations.yaml"

OTHER_AGENCY = """\
  - id: other-agency
    name:
      zh: 另一机构
      en: Another agency
    description:
      zh: 无人提及。
      en: No one names it.
"""
OTHER_THEME = OTHER_AGENCY.replace("agency", "theme").replace("机构", "主题")
SECOND_STATUS = """\
  - status: operating
    subject: changan-chain
    as_of: 2025-01
    since: 2021
    phrase: 长安链运行
"""
SECOND_FIGURE = """\
  - figure: records-shared
    subject: changan-chain
    value: 2500000000000
    qualifier: over
    as_of: 2025-01-05
    phrase: 超2.5万亿条
"""


def recorded(characters: int, first: int, second: int) -> tuple[tuple[str, str, str], ...]:
    """The edits that give the older source a text and its two phrases positions."""
    return (
        (OLD, "statements:", f"text:\n  sha256: {'a' * 64}\n  characters: {characters}\nstatements:"),
        (OLD, "records\n", f"records\n    position: {first}\n"),
        (OLD, "Ada leads the space\n", f"Ada leads the space\n    position: {second}\n"),
    )


class Case(NamedTuple):
    """A rule, how to break it, where it must point (file, words of the line), and whom it must name."""

    rule: Rule
    edits: tuple[tuple[str, str, str], ...]
    file: str
    line: str
    record: str


CASES = (
    Case(
        references.statement_references_resolve,
        ((NEW, "object: changan-chain\n    speaker", "object: chang-an-chain\n    speaker"),),
        *(NEW, "object: chang-an-chain", "statement 2"),
    ),
    Case(
        references.entity_references_resolve,
        (("entities/agency.yaml", "- core-technology", "- core-technologie"),),
        *("entities/agency.yaml", "- core-technologie", "science-commission"),
    ),
    Case(
        references.source_kinds_resolve,
        ((NEW, "kind: news", "kind: nouvelle"),),
        *(NEW, "kind: nouvelle", "2025-01-05-sample"),
    ),
    Case(
        references.vocabulary_references_resolve,
        ((RELATIONS, "range:\n      - technology", "range:\n      - technology\n      - machine"),),
        *(RELATIONS, "- machine", "builds-on"),
    ),
    Case(
        references.speakers_are_people,
        ((NEW, "liu-weihua\n    phrase: 市科委牵头", "science-commission\n    phrase: 市科委牵头"),),
        *(NEW, "speaker: science-commission", "statement 2"),
    ),
    Case(
        references.replacements_end,
        ((TECHNOLOGY, "nothing is said.", "nothing is said.\n    replaced_by: isolated-technology"),),
        *(TECHNOLOGY, "replaced_by: isolated-technology", "isolated-technology"),
    ),
    Case(
        vocabulary.ids_are_free,
        (
            (RELATIONS, "id: leads", "id: speaker"),
            (NEW, "relation: leads", "relation: speaker"),
            (OLD, "relation: leads", "relation: speaker"),
        ),
        *(RELATIONS, "id: speaker", "speaker"),
    ),
    Case(
        vocabulary.labels_differ,
        (("vocabulary/statuses.yaml", "zh: 推进中", "zh: 已宣布"),),
        *("vocabulary/statuses.yaml", "zh: 已宣布", "under-way"),
    ),
    Case(vocabulary.colours_differ, ((TYPES, "#E38BD6", "#8FA8F5"),), TYPES, "#8FA8F5", "person"),
    Case(vocabulary.shapes_differ, ((TYPES, "shape: star", "shape: circle"),), TYPES, "shape: circle", "technology"),
    Case(
        vocabulary.symmetric_relations_read_alike,
        ((RELATIONS, "range:\n      - technology", "range:\n      - technology\n    symmetric: true"),),
        *(RELATIONS, "inverse:", "builds-on"),
    ),
    Case(
        usage.entities_are_used,
        (("entities/agency.yaml", "", OTHER_AGENCY),),
        *("entities/agency.yaml", "id: other-agency", "other-agency"),
    ),
    Case(
        usage.featured_entities_have_statements,
        ((TECHNOLOGY, "nothing is said.", "nothing is said.\n    featured: true"),),
        *(TECHNOLOGY, "featured: true", "isolated-technology"),
    ),
    Case(
        usage.terms_are_used,
        (("vocabulary/themes.yaml", "", OTHER_THEME),),
        *("vocabulary/themes.yaml", "id: other-theme", "other-theme"),
    ),
    Case(
        statements.relations_fit_their_ends,
        ((NEW, "object: science-commission", "object: changan-chain"),),
        *(NEW, "object: changan-chain", "statement 1"),
    ),
    Case(
        statements.relations_join_two,
        ((NEW, "subject: trusted-data-space", "subject: changan-chain"),),
        *(NEW, "object: changan-chain", "statement 3"),
    ),
    Case(
        statements.planned_relations_have_words,
        ((RELATIONS, "    planned:\n      zh: 将基于\n      en: is to build on\n", ""),),
        *(NEW, "status: announced", "statement 3"),
    ),
    Case(
        statements.planned_relations_have_words,
        ((RELATIONS, "    planned_inverse:\n      zh: 将支撑\n      en: is to underlie\n", ""),),
        *(NEW, "status: announced", "statement 3"),
    ),
    Case(
        statements.no_statement_is_made_twice,
        ((NEW, "", SECOND_STATUS),),
        *(NEW, "subject: changan-chain", "statement 7"),
    ),
    Case(
        statements.figures_agree,
        ((NEW, "", SECOND_FIGURE),),
        *(NEW, "value: 2500000000000", "statement 7"),
    ),
    Case(
        statements.positions_are_complete,
        ((NEW, "phrase: 长安链已运行", "phrase: 长安链已运行\n    position: 3"),),
        *(NEW, "position: 3", "statement 4"),
    ),
    Case(statements.positions_rise, recorded(100, 30, 10), OLD, "position: 10", "statement 2"),
    Case(statements.positions_are_in_the_text, recorded(30, 0, 12), OLD, "position: 12", "statement 2"),
    Case(
        numbers.values_stand_in_the_phrase,
        ((NEW, "value: 50", "value: 60"),),
        *(NEW, "value: 60", "statement 6"),
    ),
    Case(
        numbers.qualifiers_stand_in_the_phrase,
        ((NEW, "qualifier: about", "qualifier: over"),),
        *(NEW, "qualifier: over", "statement 6"),
    ),
    Case(
        numbers.exact_values_are_said_exactly,
        ((NEW, "    qualifier: about\n", ""),),
        *(NEW, "figure: time-saved", "statement 6"),
    ),
    Case(
        dates.nothing_is_reached_after_it_was_said,
        ((NEW, "as_of: 2025-01-05", "as_of: 2025-02"),),
        *(NEW, "as_of: 2025-02", "statement 5"),
    ),
    Case(
        dates.beginnings_are_not_after_their_status,
        ((NEW, "as_of: 2025-01\n", "as_of: 2020\n"),),
        *(NEW, "since: 2021", "statement 4"),
    ),
    Case(
        dates.source_dates_follow_each_other,
        ((NEW, "date: 2025-01-05", "date: 2025-01-05\npublished: 2025-01-04"),),
        *(NEW, "published: 2025-01-04", "2025-01-05-sample"),
    ),
    Case(
        dates.source_ids_begin_with_the_date,
        ((NEW, "date: 2025-01-05", "date: 2025-01-06"),),
        *(NEW, "id: 2025-01-05-sample", "2025-01-05-sample"),
    ),
    Case(
        names.entities_have_names_of_their_own,
        ((TECHNOLOGY, "zh: 孤立技术", "zh: 长安链"),),
        *(TECHNOLOGY, "zh: 长安链", "isolated-technology"),
    ),
    Case(
        names.names_are_said_once,
        ((TECHNOLOGY, "- ChainMaker", "- Chang'an Chain"),),
        *(TECHNOLOGY, "- Chang'an Chain", "changan-chain"),
    ),
    Case(
        names.short_names_are_shorter,
        (("entities/agency.yaml", "zh: 市科委", "zh: 北京市科学技术委员会"),),
        *("entities/agency.yaml", "zh: 北京市科学技术委员会", "science-commission"),
    ),
    Case(
        wording.text_has_both_languages,
        ((NEW, "      en: Deputy Director\n", ""),),
        *(NEW, "role:", "statement 1"),
    ),
    Case(
        wording.text_is_set_cleanly,
        ((TECHNOLOGY, "en: Trusted Data Space", "en: Trusted  Data Space"),),
        *(TECHNOLOGY, "en: Trusted  Data Space", "trusted-data-space"),
    ),
    Case(
        wording.english_is_not_chinese,
        (("entities/person.yaml", "en: Liu Weihua", "en: Liu 刘卫华"),),
        *("entities/person.yaml", "en: Liu 刘卫华", "liu-weihua"),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule.__name__)
def test_a_rule_finds_its_offender_and_nothing_else_is_found(
    case: Case, found: Callable[..., list[Problem]], broken: Callable[..., Loaded]
) -> None:
    problems = found(*case.edits)
    assert [(problem.file, problem.record) for problem in problems] == [(case.file, case.record)]
    text = (broken(*case.edits).folder / case.file).read_text(encoding="utf-8")
    assert case.line in text.splitlines()[problems[0].line - 1]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule.__name__)
def test_it_is_the_rule_itself_that_finds_it(
    case: Case, found: Callable[..., list[Problem]], broken: Callable[..., Loaded]
) -> None:
    assert found(*case.edits)[0] in list(case.rule(broken(*case.edits)))


def test_every_rule_is_broken_here() -> None:
    assert {case.rule for case in CASES} == set(RULES)


def test_every_rule_says_in_one_sentence_what_it_holds() -> None:
    assert all(rule.__doc__ and rule.__doc__.splitlines()[0].endswith((".", ".)")) for rule in RULES)


def test_messages_and_cures_have_no_full_stop_of_their_own(found: Callable[..., list[Problem]]) -> None:
    for case in CASES:
        (problem,) = found(*case.edits)
        assert problem.message[-1] not in ".:?!", problem
        assert problem.cure[-1] not in ".:?!", problem


def test_all_problems_are_found_at_once_and_stand_in_order(broken: Callable[..., Loaded]) -> None:
    problems = check(broken((NEW, "value: 50", "value: 60"), (NEW, "kind: news", "kind: nouvelle")))
    assert len([problem for problem in problems if problem.file == NEW]) == 2
    assert problems == sorted(problems)

"""What the rules let pass, and what they see beside the plain case."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

from kg.check.rules import check
from kg.check.vocabulary import RESERVED_RELATIONS, RESERVED_TYPES
from kg.errors import Problem
from kg.load.files import Loaded

Found = Callable[..., list[Problem]]

NEW = "sources/2025-01-05-sample.yaml"
OLD = "sources/2024-06-sample.yaml"
TECHNOLOGY = "entities/technology.yaml"
RELATIONS = "vocabulary/relations.yaml"


def test_a_note_explains_a_value_that_is_not_in_the_phrase(found: Found) -> None:
    assert found((NEW, "value: 50", "value: 60"), (NEW, "压缩约50%", "压缩约50%\n    note: 由图表读出")) == []


def test_the_sign_of_a_change_may_be_said_in_words(found: Found) -> None:
    assert found((NEW, "value: 50", "value: -50")) == []


def test_a_phrase_without_a_number_does_not_carry_a_figure(found: Found) -> None:
    (problem,) = found((NEW, "时长压缩约50%", "时长大大压缩,约一半"))
    assert "no number" in problem.message


def test_the_cure_for_a_hidden_qualifier_names_it(found: Found) -> None:
    (problem,) = found((NEW, "    qualifier: about\n", ""))
    assert problem.cure == "Write qualifier: about"


def test_a_qualifier_needs_words_in_the_language_of_the_source(found: Found) -> None:
    words = "      en:\n        - over\n        - more than\n"
    (problem,) = found(("vocabulary/qualifiers.yaml", words, ""))
    assert (problem.file, problem.record) == ("vocabulary/qualifiers.yaml", "over")


def test_an_english_qualifier_is_a_whole_word(found: Found) -> None:
    (problem,) = found((OLD, "over 1.8 trillion records", "covers 1.8 trillion records"))
    assert "no word for “over”" in problem.message


def test_a_target_may_lie_in_the_future(found: Found) -> None:
    assert found((NEW, "as_of: 2025\n", "as_of: 2030\n")) == []


def test_a_planned_relation_may_begin_in_the_future(found: Found) -> None:
    assert found((NEW, "status: announced", "status: announced\n    since: 2026")) == []


def test_a_relation_that_holds_may_not_begin_in_the_future(found: Found) -> None:
    (problem,) = found((NEW, "status: announced", "status: operating\n    since: 2026"))
    assert "after the source's own date" in problem.message


def test_the_month_of_the_source_is_not_after_it(found: Found) -> None:
    assert found((NEW, "as_of: 2025-01-05", "as_of: 2025-01")) == []


def test_one_figure_is_said_by_two_sources(found: Found) -> None:
    figure = "- figure: records-shared\n    subject: changan-chain\n    value: 2400000000000\n    qualifier: over\n"
    figure += "    as_of: 2025-01-05\n    aim: target\n    phrase: 2.4万亿条多\n"
    assert found((NEW, "", f"  {figure}")) == []


def test_a_note_lets_figures_differ(found: Found) -> None:
    second = "  - figure: time-saved\n    subject: changan-chain\n    value: 60\n    as_of: 2025\n    aim: target\n"
    assert found((NEW, "", second + "    phrase: 压缩60%\n    note: 口径不同\n")) == []
    assert len(found((NEW, "", second + "    phrase: 压缩60%\n"))) == 1


def test_the_ends_of_a_symmetric_relation_are_the_same_either_way(found: Found) -> None:
    symmetric = "range:\n      - technology\n    symmetric: true"
    turned = (
        "  - relation: builds-on\n    subject: changan-chain\n    object: trusted-data-space\n    status: announced\n"
    )
    problems = found(
        (
            RELATIONS,
            "inverse:\n      zh: 支撑\n      en: is the base of",
            "inverse:\n      zh: 基于\n      en: builds on",
        ),
        (RELATIONS, "range:\n      - technology", symmetric),
        (NEW, "", turned + "    phrase: 长安链基于可信数据空间\n"),
    )
    assert [problem.message for problem in problems] == ["statement 3 already says this"]


def test_a_replaced_entity_need_not_be_named(broken: Callable[..., Loaded]) -> None:
    loaded = broken((TECHNOLOGY, "nothing is said.", "nothing is said.\n    replaced_by: changan-chain"))
    assert not [problem for problem in check(loaded) if problem.record == "isolated-technology"]


def test_a_replaced_entity_may_keep_the_name_of_its_successor(found: Found) -> None:
    edit = (TECHNOLOGY, "nothing is said.", "nothing is said.\n    replaced_by: changan-chain")
    assert found((TECHNOLOGY, "zh: 孤立技术", "zh: 长安链"), edit) == []


def test_a_ring_of_replacements_is_told_from_each_of_its_members(found: Found) -> None:
    problems = found(
        (TECHNOLOGY, "nothing is said.", "nothing is said.\n    replaced_by: changan-chain"),
        (TECHNOLOGY, "featured: true", "featured: true\n    replaced_by: isolated-technology"),
    )
    assert {problem.record for problem in problems} == {"changan-chain", "isolated-technology"}


def test_a_chain_into_a_ring_ends_the_search(found: Found) -> None:
    problems = found(
        (TECHNOLOGY, "nothing is said.", "nothing is said.\n    replaced_by: changan-chain"),
        (TECHNOLOGY, "featured: true", "featured: true\n    replaced_by: changan-chain"),
    )
    assert [problem.record for problem in problems] == ["changan-chain"]


def test_a_note_explains_a_missing_language(broken: Callable[..., Loaded]) -> None:
    loaded = broken(("entities/person.yaml", "of every format.", "of every format.\n    note: No Chinese name."))
    assert not [problem for problem in check(loaded) if problem.record == "only-english"]


def test_a_short_name_may_stand_in_one_language(found: Found) -> None:
    assert found(("entities/agency.yaml", "      en: Beijing STC\n", "")) == []


def test_an_unknown_type_of_a_whole_file_is_said_once(broken: Callable[..., Loaded]) -> None:
    loaded = broken(("vocabulary/types.yaml", "id: technology", "id: technologie"))
    said = [problem for problem in check(loaded) if "no type that we know" in problem.message]
    assert [problem.file for problem in said if problem.file.startswith("entities")] == [TECHNOLOGY]
    assert "technologie" in said[0].cure


def test_every_kind_of_dangling_id_is_found(found: Found) -> None:
    wrong = (
        (NEW, "relation: holds-post-at", "relation: holds-post"),
        (NEW, "status: announced", "status: announcing"),
        (NEW, "figure: time-saved", "figure: time-won"),
        (NEW, "qualifier: over", "qualifier: ober"),
        (NEW, "speaker: liu-weihua", "speaker: liu"),
    )
    said = [problem.message for problem in found(*wrong) if "that we know" in problem.message]
    assert len(said) == 5


def test_invisible_and_full_width_characters_are_named(found: Found) -> None:
    (hidden,) = found((TECHNOLOGY, "en: Trusted Data Space", 'en: "Trusted\\u200b Data Space"'))
    assert "U+200B" in hidden.message
    (wide,) = found((TECHNOLOGY, "zh: 可信数据空间", "zh: 可信数据空间２"))
    assert wide.cure == "Write 2"


def test_the_reserved_ids_are_the_terms_of_the_ontology() -> None:
    source = Path(__file__).parents[2] / "kg" / "graph" / "terms.toml"
    own = tomllib.loads(source.read_text(encoding="utf-8"))
    properties = {
        "".join(f"-{char.lower()}" if char.isupper() else char for char in term["name"]) for term in own["properties"]
    }
    assert properties == RESERVED_RELATIONS
    assert {term["name"].lower() for term in own["classes"]} == RESERVED_TYPES

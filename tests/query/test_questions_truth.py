"""Stored questions answer what the loaded statements say, counted here without SPARQL."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest

from kg.engine.base import Engine
from kg.graph.names import concept_iri, entity_id, relation_id, source_iri, statement_hex
from kg.model.knowledge import Knowledge
from kg.model.statement import Figure, Relation, Statement, Status
from kg.query.choices import fruitful
from kg.query.questions import get_question

BACKERS = {"carries-out", "builds", "promotes", "holds", "takes-part-in"}


def rows(engine: Engine, name: str, **values: str) -> list[dict[str, str]]:
    """The rows of a stored question; entities by id, statements by number."""
    found = engine.ask(get_question(name).text(**values)).records()
    return [{key: entity_id(term.value) or term.value for key, term in row.items()} for row in found]


def ends(statement: Statement) -> set[str]:
    """The entities that a statement is about."""
    return {statement.subject, statement.object} if isinstance(statement, Relation) else {statement.subject}


def relations(knowledge: Knowledge) -> Iterator[Relation]:
    return (one for _, one in knowledge.statements() if isinstance(one, Relation))


def about(knowledge: Knowledge) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = defaultdict(list)
    for _, statement in knowledge.statements():
        for entity in ends(statement):
            found[entity].append(statement)
    return found


def planned(words: str) -> bool:
    assert words in ("true", "false")
    return words == "true"


def test_programmes_without_anybody_behind_them(engine: Engine, knowledge: Knowledge) -> None:
    backed = {one.object for one in relations(knowledge) if one.relation in BACKERS}
    bare = {
        entity: len(said)
        for entity, said in about(knowledge).items()
        if knowledge.type_of[entity] == "programme" and entity not in backed
    }
    assert bare
    assert {row["programme"]: int(row["statements"]) for row in rows(engine, "leads_nobody")} == bare


def test_what_each_company_does(engine: Engine, knowledge: Knowledge) -> None:
    expected: dict[str, Counter[tuple[str, bool]]] = defaultdict(Counter)
    for one in relations(knowledge):
        if knowledge.type_of[one.subject] == "company":
            expected[one.subject][one.object, knowledge.is_planned(one)] += 1
    assert expected
    for company, things in expected.items():
        found = rows(engine, "leads_of_company", company=company)
        assert Counter((row["thing"], planned(row["planned"])) for row in found) == things


@pytest.mark.parametrize(
    ("name", "parameter", "types"),
    [
        ("leads_of_company", "company", {"company"}),
        ("plans_of_policy", "policy", {"policy"}),
        ("places_of_one", "place", {"place", "zone"}),
        ("sources_of_speaker", "speaker", {"person"}),
    ],
)
def test_a_form_offers_only_what_its_field_is_called(
    engine: Engine, knowledge: Knowledge, name: str, parameter: str, types: set[str]
) -> None:
    question = get_question(name)
    field = next(one for one in question.parameters if one.name == parameter)
    offered = fruitful(engine, question, field)
    assert offered
    assert {knowledge.type_of[one] for one in offered} <= types


def test_what_is_said_of_each_policy_document(engine: Engine, knowledge: Knowledge) -> None:
    for policy in (one for one, kind in knowledge.type_of.items() if kind == "policy"):
        expected = Counter(
            (direction, other, knowledge.is_planned(one))
            for one in relations(knowledge)
            for direction, this, other in (("→", one.subject, one.object), ("←", one.object, one.subject))
            if this == policy
        )
        found = rows(engine, "plans_of_policy", policy=policy)
        assert Counter((row["direction"], row["other"], planned(row["planned"])) for row in found) == expected


def test_what_is_in_each_place(engine: Engine, knowledge: Knowledge) -> None:
    expected: dict[str, Counter[tuple[str, bool]]] = defaultdict(Counter)
    for one in relations(knowledge):
        if one.relation in ("located-in", "pilots-in"):
            expected[one.object][one.subject, knowledge.is_planned(one)] += 1
    assert expected
    for place, things in expected.items():
        found = rows(engine, "places_of_one", place=place)
        assert Counter((row["thing"], planned(row["planned"])) for row in found) == things


def test_everything_within_each_theme(engine: Engine, knowledge: Knowledge) -> None:
    for theme in knowledge.themes:
        expected = {
            statement_hex(source, one): (one.subject, one.phrase, one.speaker)
            for source, one in knowledge.statements()
            if any(theme in knowledge.entities[end].themes for end in ends(one))
        }
        found = rows(engine, "sources_of_theme", theme=theme)
        assert len(found) == len(expected)
        seen = {
            row["statement"].rpartition("/")[2]: (row["subject"], row["phrase"], row.get("speaker")) for row in found
        }
        assert seen == expected


def test_within_a_theme_only_relations_are_plans_and_all_plans_are_told(engine: Engine, knowledge: Knowledge) -> None:
    plans = {
        statement_hex(source, one): knowledge.is_planned(one) if isinstance(one, Relation) else None
        for source, one in knowledge.statements()
    }
    for theme in knowledge.themes:
        for row in rows(engine, "sources_of_theme", theme=theme):
            told = planned(row["planned"]) if "planned" in row else None
            assert told == plans[row["statement"].rpartition("/")[2]]


def test_entities_of_which_one_person_alone_speaks(engine: Engine, knowledge: Knowledge) -> None:
    expected = {}
    for entity, said in about(knowledge).items():
        speakers = {one.speaker for one in said}
        if len(speakers) == 1 and None not in speakers:
            expected[entity] = (*speakers, len(said))
    assert expected
    found = rows(engine, "sources_one_speaker")
    assert {row["entity"]: (row["speaker"], int(row["statements"])) for row in found} == expected


def test_where_every_statement_comes_from(engine: Engine, knowledge: Knowledge) -> None:
    every = list(knowledge.statements())
    kinds = {Relation: "Relation", Figure: "Figure", Status: "Status"}
    # The whole number of them takes long; every seventh is of every kind.
    sample = every[::7]
    assert {type(one) for _, one in sample} == set(kinds)
    for source, one in sample:
        (row,) = rows(engine, "sources_of_statement", statement=statement_hex(source, one).upper())
        assert row["kind"].endswith(f"#{kinds[type(one)]}")
        assert (row["phrase"], row["url"], row["source"]) == (one.phrase, source.url, source_iri(source.id))
        assert (row.get("speaker"), row.get("start")) == (
            one.speaker,
            None if one.position is None else str(one.position),
        )


@pytest.mark.parametrize("words", ["", "0", "a b", "> ?p", "../ontology"])
def test_a_number_that_no_statement_has_finds_nothing(engine: Engine, words: str) -> None:
    assert rows(engine, "sources_of_statement", statement=words) == []


def test_what_one_speaker_said(engine: Engine, knowledge: Knowledge) -> None:
    expected: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for _, one in knowledge.statements():
        if one.speaker:
            expected[one.speaker].add((one.subject, one.phrase))
    assert expected
    for speaker, said in expected.items():
        found = rows(engine, "sources_of_speaker", speaker=speaker)
        assert {(row["subject"], row["phrase"]) for row in found} == said


def test_what_began_when(engine: Engine, knowledge: Knowledge) -> None:
    expected = {
        (str(one.since), one.subject, one.phrase)
        for _, one in knowledge.statements()
        if isinstance(one, Relation | Status) and one.since
    }
    found = rows(engine, "plans_since")
    assert {(row["since"], row["subject"], row["phrase"]) for row in found} == expected


def test_statuses_are_counted(engine: Engine, knowledge: Knowledge) -> None:
    expected = Counter(
        concept_iri("status", one.status)
        for _, one in knowledge.statements()
        if isinstance(one, Relation | Status) and one.status
    )
    found = rows(engine, "plans_by_status")
    assert {row["status"]: int(row["statements"]) for row in found} == expected


def test_themes_are_counted(engine: Engine, knowledge: Knowledge) -> None:
    measured = {one.subject for _, one in knowledge.statements() if isinstance(one, Figure)}
    expected = {}
    for theme in knowledge.themes:
        of_theme = {one for one, entity in knowledge.entities.items() if theme in entity.themes}
        if of_theme:
            expected[concept_iri("theme", theme)] = (len(of_theme), len(of_theme & measured))
    found = rows(engine, "graph_themes")
    assert {row["theme"]: (int(row["entities"]), int(row["with_figures"])) for row in found} == expected


def test_entities_of_which_one_thing_is_said(engine: Engine, knowledge: Knowledge) -> None:
    expected = {entity: said[0].phrase for entity, said in about(knowledge).items() if len(said) == 1}
    assert expected
    assert {row["entity"]: row["phrase"] for row in rows(engine, "graph_said_once")} == expected


def test_words_that_carry_several_statements(engine: Engine, knowledge: Knowledge) -> None:
    counts = Counter((one.phrase, source_iri(source.id)) for source, one in knowledge.statements())
    found = rows(engine, "sources_same_words")
    assert found
    assert all(counts[row["phrase"], row["source"]] == int(row["statements"]) > 1 for row in found)
    # It gives the first hundred: none that is left out is carried by more statements than those that are in.
    most = sorted((count for count in counts.values() if count > 1), reverse=True)
    assert [int(row["statements"]) for row in found] == most[: len(found)]


def test_patterns_of_types_are_counted(engine: Engine, knowledge: Knowledge) -> None:
    counts = Counter(
        (knowledge.type_of[one.subject], one.relation, knowledge.is_planned(one), knowledge.type_of[one.object])
        for one in relations(knowledge)
    )
    found = rows(engine, "cooperation_patterns")
    assert [int(row["statements"]) for row in found] == sorted(counts.values(), reverse=True)[: len(found)]
    assert len(found) == min(len(counts), 100)


def test_promises_and_facts_of_each_speaker_are_counted(engine: Engine, knowledge: Knowledge) -> None:
    expected: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in relations(knowledge):
        if one.speaker:
            expected[one.speaker][not knowledge.is_planned(one)] += 1
    found = rows(engine, "plans_by_speaker")
    assert {row["speaker"]: [int(row["planned"]), int(row["standing"])] for row in found} == expected


def test_what_is_planned_within_each_theme(engine: Engine, knowledge: Knowledge) -> None:
    for theme in knowledge.themes:
        expected = {
            (one.subject, one.object, one.phrase, one.relation)
            for one in relations(knowledge)
            if knowledge.is_planned(one) and any(theme in knowledge.entities[end].themes for end in ends(one))
        }
        found = rows(engine, "plans_of_theme", theme=theme)
        assert {(r["subject"], r["object"], r["phrase"], str(relation_id(r["relation"]))) for r in found} == expected
        assert len(found) == len(expected)


def test_every_promise_is_listed(engine: Engine, knowledge: Knowledge) -> None:
    expected = Counter(
        (one.subject, one.object, one.phrase) for one in relations(knowledge) if knowledge.is_planned(one)
    )
    found = rows(engine, "plans_promised")
    assert Counter((row["subject"], row["object"], row["phrase"]) for row in found) == expected

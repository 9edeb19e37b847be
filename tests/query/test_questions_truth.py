"""Stored questions answer what the loaded statements say, counted here without SPARQL."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations

import pytest

from kg.engine.base import Engine
from kg.graph.names import concept_iri, entity_id, relation_id, source_iri, statement_hex
from kg.model.knowledge import Knowledge
from kg.model.statement import Figure, Relation, Statement, Status
from kg.model.text import LANGS
from kg.query.choices import fruitful
from kg.query.questions import get_question

BACKERS = {"issues", "carries-out", "builds", "produces", "promotes", "supports", "oversees", "takes-part-in"}
ACTORS = {"agency", "place", "zone", "company", "person"}


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
    acted = [one for one in relations(knowledge) if knowledge.type_of[one.subject] in ACTORS]
    backed = {one.object for one in acted if one.relation in BACKERS}
    bare = {
        entity: len(said)
        for entity, said in about(knowledge).items()
        if knowledge.type_of[entity] == "programme" and entity not in backed
    }
    assert bare
    assert {row["programme"]: int(row["statements"]) for row in rows(engine, "leads_nobody")} == bare


def test_of_a_programme_without_anybody_behind_it_nothing_says_that_anybody_acts_on_it(
    engine: Engine, knowledge: Knowledge
) -> None:
    acted = {one.object for one in relations(knowledge) if knowledge.type_of[one.subject] in ACTORS}
    assert not {row["programme"] for row in rows(engine, "leads_nobody")} & acted


def test_every_relation_by_which_somebody_acts_on_a_programme_says_who_stands_behind_it(knowledge: Knowledge) -> None:
    # What may join any two things says of nobody that they stand behind one; nor does it to make use of a thing.
    others = {"part-of", "covers", "works-with", "uses"}
    possible = {
        name
        for name, relation in knowledge.relations.items()
        if (not relation.domain or ACTORS & set(relation.domain))
        and (not relation.range or "programme" in relation.range)
    }
    assert possible == BACKERS | others


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
        # Positions count from 0 in the data and from 1 in what people read.
        position = None if one.position is None else str(one.position + 1)
        assert (row.get("speaker"), row.get("position")) == (one.speaker, position)


def test_the_evidence_of_an_entity_tells_its_place_as_the_page_does(engine: Engine, knowledge: Knowledge) -> None:
    expected = Counter(
        (one.phrase, None if one.position is None else str(one.position + 1))
        for _, one in knowledge.statements()
        if "changan-chain" in ends(one)
    )
    found = rows(engine, "sources_evidence", entity="changan-chain")
    assert Counter((row["phrase"], row.get("position")) for row in found) == expected


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
    expected = {words: count for words, count in counts.items() if count > 1}
    assert {(row["phrase"], row["source"]): int(row["statements"]) for row in found} == expected


def test_patterns_of_types_are_counted(engine: Engine, knowledge: Knowledge) -> None:
    counts = Counter(
        (knowledge.type_of[one.subject], one.relation, knowledge.is_planned(one), knowledge.type_of[one.object])
        for one in relations(knowledge)
    )
    found = rows(engine, "cooperation_patterns")
    assert [int(row["statements"]) for row in found] == sorted(counts.values(), reverse=True)


def test_pairs_that_share_things_are_counted(engine: Engine, knowledge: Knowledge) -> None:
    things: dict[str, set[str]] = defaultdict(set)
    for one in relations(knowledge):
        if one.relation in ("takes-part-in", "carries-out", "party-to", "files-under"):
            things[one.subject].add(one.object)
    expected = {
        (one, other): len(things[one] & things[other])
        for one, other in combinations(sorted(things), 2)
        if things[one] & things[other]
    }
    found = rows(engine, "cooperation_shared")
    assert {(row["one"], row["other"]): int(row["shared"]) for row in found} == expected


def test_the_parties_of_an_agreement_are_named_in_one_language_per_column(engine: Engine, knowledge: Knowledge) -> None:
    parties: dict[str, set[str]] = defaultdict(set)
    for one in relations(knowledge):
        if one.relation == "party-to":
            parties[one.object].add(one.subject)
    assert parties
    for row in rows(engine, "cooperation_parties"):
        names = [knowledge.entities[one].name for one in parties.pop(row["agreement"])]
        assert set(row["names_zh"].split("、")) == {name.say("zh") for name in names}
        assert set(row["names_en"].split(", ")) == {name.say("en") for name in names}
    assert not parties


def test_sources_come_with_their_publisher(engine: Engine, knowledge: Knowledge) -> None:
    expected = {
        source_iri(source.id): (source.publisher.say("zh"), source.publisher.say("en"))
        for source in knowledge.sources.values()
    }
    found = rows(engine, "sources_list")
    assert {row["source"]: (row["publisher_zh"], row["publisher_en"]) for row in found} == expected


def test_a_description_is_all_that_begins_with_the_entity(engine: Engine, knowledge: Knowledge) -> None:
    expected = {(one.relation, one.object) for one in relations(knowledge) if one.subject == "beijing"}
    triples = engine.ask(get_question("graph_described").text(entity="beijing")).triples()
    assert {entity_id(subject.value) for subject, _, _ in triples} == {"beijing"}
    found = {(relation_id(predicate.value), entity_id(thing.value)) for _, predicate, thing in triples}
    assert {(name, thing) for name, thing in found if name in knowledge.relations} == expected


def test_every_sign_of_a_figure_is_told(knowledge: Knowledge) -> None:
    about = get_question("figures_all").about
    for qualifier in knowledge.qualifiers.values():
        for lang in LANGS:
            assert f"{qualifier.sign} {qualifier.name.say(lang)}" in about.say(lang)


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

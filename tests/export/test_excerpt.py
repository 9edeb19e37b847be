"""What a picture shows, taken out of the whole."""

from __future__ import annotations

from dataclasses import replace

from kg.check.references import entity_references_resolve, statement_references_resolve
from kg.export.excerpt import excerpt
from kg.export.formats import FORMATS
from kg.graph.names import statement_hex
from kg.load.files import Loaded
from kg.model.knowledge import Knowledge
from kg.model.statement import Relation


def relations_of(knowledge: Knowledge) -> dict[str, Relation]:
    return {
        statement_hex(source, statement): statement
        for source, statement in knowledge.statements()
        if isinstance(statement, Relation)
    }


def test_only_what_is_asked_for_is_in_it(knowledge: Knowledge) -> None:
    lines = relations_of(knowledge)
    digits = next(key for key, one in lines.items() if one.subject == "trusted-data-space")
    ends = {lines[digits].subject, lines[digits].object}
    found = excerpt(knowledge, ends, [digits], speakers=False)
    assert set(found.entities) == ends
    assert set(relations_of(found)) == {digits}
    assert all(statement.subject in ends for _, statement in found.statements())


def test_a_relation_to_what_is_not_there_is_not_there(knowledge: Knowledge) -> None:
    lines = relations_of(knowledge)
    digits = next(key for key, one in lines.items() if one.subject == "trusted-data-space")
    assert relations_of(excerpt(knowledge, [lines[digits].subject], [digits])) == {}


def test_who_speaks_comes_too(knowledge: Knowledge) -> None:
    found = excerpt(knowledge, ["beijing"], [])
    speakers = {statement.speaker for _, statement in found.statements() if statement.speaker}
    assert speakers
    assert speakers <= set(found.entities)


def test_a_source_that_is_left_out_says_nothing(knowledge: Knowledge) -> None:
    assert list(excerpt(knowledge, ["beijing"], [], sources=[]).statements()) == []


def test_everything_is_the_whole(knowledge: Knowledge) -> None:
    assert excerpt(knowledge, knowledge.entities, relations_of(knowledge)) == knowledge


def test_every_id_in_it_is_there(loaded: Loaded) -> None:
    knowledge = loaded.knowledge
    some = [one for place, one in enumerate(knowledge.entities) if place % 3]
    found = excerpt(knowledge, some, relations_of(knowledge))
    part = replace(loaded, knowledge=found)
    assert [*statement_references_resolve(part), *entity_references_resolve(part)] == []


def test_each_format_takes_it(knowledge: Knowledge) -> None:
    found = excerpt(knowledge, ["changan-chain", "trusted-data-space"], relations_of(knowledge))
    for format_ in FORMATS.values():
        assert format_.write(found), format_.name

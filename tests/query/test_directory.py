"""Who and what is in a store, by id: asked for once, and only what is wanted."""

from __future__ import annotations

from typing import Any

import pytest

from kg.engine.base import Engine
from kg.graph.names import entity_iri, source_iri
from kg.model.knowledge import Knowledge
from kg.query import directory as module
from kg.query.directory import Directory
from kg.view.cite import STYLES, cite, work_of


def test_an_entity_is_found_with_its_name_and_type(sample: Knowledge, sample_engine: Engine) -> None:
    directory = Directory(sample_engine)
    for one in sample.entities.values():
        found = directory.entity(one.id)
        assert found is not None
        assert (found.name, found.short, found.type) == (one.name, one.short, sample.type_of[one.id])


@pytest.mark.parametrize("wanted", ["no-such-thing", "", "No Id", "<>", "a/b", "x" * 101, '" } #'])
def test_what_names_nothing_is_nothing(sample_engine: Engine, wanted: str) -> None:
    assert Directory(sample_engine).entity(wanted) is None


def test_what_can_be_no_id_never_reaches_the_engine(counted: Any) -> None:
    Directory(counted).entities(["No Id", "<>", ""])
    assert counted.asked == 0


def test_many_are_read_in_one_question_and_each_only_once(sample: Knowledge, counted: Any) -> None:
    directory = Directory(counted)
    wanted = [*sample.entities, "no-such-thing"]
    assert list(directory.entities(wanted)) == list(sample.entities)
    assert counted.asked == 1
    assert directory.entity(wanted[0]) is not None
    assert directory.entity("no-such-thing") is None
    assert counted.asked == 1


def test_only_the_latest_are_kept(counted: Any, sample: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST", 2)
    directory = Directory(counted)
    first, second, third = list(sample.entities)[:3]
    for one in (first, second, first, third, first):
        assert directory.entity(one) is not None
    assert counted.asked == 3
    directory.entity(second)
    assert counted.asked == 4


def test_the_sources_are_those_of_the_files_and_are_cited_alike(sample: Knowledge, counted: Any) -> None:
    directory = Directory(counted)
    assert set(directory.sources) == set(sample.sources)
    for key, found in directory.sources.items():
        for style in STYLES:
            assert cite(work_of(found), style, "zh") == cite(work_of(sample.sources[key]), style, "zh")
    assert counted.asked == 2


def test_other_data_is_read_anew(sample: Knowledge, counted: Any) -> None:
    directory = Directory(counted)
    one = next(iter(sample.entities))
    directory.entity(one)
    counted.data_version = "another"
    directory.entity(one)
    assert counted.asked == 2


def test_a_name_is_found_by_its_iri(sample: Knowledge, sample_engine: Engine) -> None:
    directory = Directory(sample_engine)
    entity, source = next(iter(sample.entities.values())), next(iter(sample.sources.values()))
    assert directory.get(entity_iri(entity.id)) == entity.name
    assert directory.get(source_iri(source.id)) == source.title
    assert directory.get("https://example.org/") is None
    assert directory.get(source_iri("none")) is None

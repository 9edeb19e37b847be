"""The catalogue: what the data hold, counted as one would count by hand."""

from __future__ import annotations

from typing import Any

import pytest

from kg.engine.base import Engine
from kg.graph.names import GRAPH_ENTITIES, expand, graph_iri
from kg.model.knowledge import Knowledge
from kg.query.ask import ask
from kg.query.catalogue import catalogue
from kg.query.ends import ends_of, properties_on


def one_count(engine: Engine, pattern: str) -> int:
    return int(ask(engine, f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}").records()[0]["n"].value)


def test_a_class_has_its_instances_counted_and_both_its_names(sample_engine: Engine) -> None:
    entry = catalogue(sample_engine).classes[expand("bde:Technology")]
    assert (entry.curie, entry.count) == ("bde:Technology", 3)
    assert entry.name is not None
    assert (entry.name.zh, entry.name.en) == ("技术", "Technology")


def test_a_name_from_another_vocabulary_stands_without_a_label(sample_engine: Engine) -> None:
    assert catalogue(sample_engine).classes[expand("skos:Concept")].name is None


@pytest.mark.parametrize("name", ["bde:leads", "plan:buildsOn", "bde:metric", "skos:prefLabel"])
def test_a_property_has_its_triples_counted(sample_engine: Engine, name: str) -> None:
    assert catalogue(sample_engine).properties[expand(name)].count == one_count(sample_engine, f"?s {name} ?o")


@pytest.mark.parametrize(
    ("of", "name"), [("bde:Agency", "bde:leads"), ("bde:Technology", "plan:buildsOn"), ("bde:Figure", "bde:value")]
)
def test_uses_count_the_triples_of_the_instances_of_a_class(sample_engine: Engine, of: str, name: str) -> None:
    counted = catalogue(sample_engine).uses[expand(of)][expand(name)]
    assert counted == one_count(sample_engine, f"?s a {of} ; {name} ?o") > 0


def test_a_class_does_not_use_what_none_of_its_instances_has(sample_engine: Engine) -> None:
    assert expand("bde:value") not in catalogue(sample_engine).uses[expand("bde:Technology")]


def test_ranges_say_of_which_classes_the_ends_of_a_property_are(sample_engine: Engine) -> None:
    found = catalogue(sample_engine)
    assert dict(found.ranges[expand("bde:holdsPostAt")]) == {expand("bde:Agency"): 1}
    assert dict(found.arrivals[expand("bde:Agency")])[expand("bde:holdsPostAt")] == 1


def test_domains_are_the_uses_turned_round(sample_engine: Engine) -> None:
    assert dict(catalogue(sample_engine).domains[expand("bde:leads")]) == {
        expand("bde:Agency"): 1,
        expand("bde:Person"): 1,
    }


def test_concepts_stand_under_their_prefix_the_commonest_first(sample_engine: Engine) -> None:
    found = [(entry.curie, entry.count) for entry in catalogue(sample_engine).concepts["metric"]]
    assert found == [("metric:records-shared", 2), ("metric:time-saved", 1)]


def test_a_concept_that_nothing_uses_is_there_with_no_count(sample_engine: Engine) -> None:
    counts = {entry.curie: entry.count for entry in catalogue(sample_engine).concepts["status"]}
    assert counts["status:under-way"] == 0


def test_the_schemes_of_concepts_are_there_too(sample_engine: Engine) -> None:
    assert "scheme:theme" in [entry.curie for entry in catalogue(sample_engine).concepts["scheme"]]


def test_a_named_graph_has_its_triples_counted(sample_engine: Engine) -> None:
    counted = one_count(sample_engine, "GRAPH graph:entities { ?s ?p ?o }")
    assert catalogue(sample_engine).graphs[GRAPH_ENTITIES].count == counted > 0


def test_the_graph_of_a_source_is_called_as_the_source(sample_engine: Engine) -> None:
    entry = catalogue(sample_engine).graphs[graph_iri("2025-01-05-sample")]
    assert entry.name is not None
    assert entry.name.en == "Sample press conference"


def test_literals_are_counted_by_datatype_and_by_language(sample_engine: Engine) -> None:
    found = catalogue(sample_engine)
    assert list(found.datatypes[expand("bde:official")]) == [expand("xsd:boolean")]
    assert set(found.langs[expand("bde:shortName")]) == {"zh", "en"}


def test_the_catalogue_is_read_in_two_round_trips_and_then_known(counted: Any) -> None:
    catalogue(counted)
    asked = counted.asked
    catalogue(counted)
    assert (asked, counted.asked) == (2, 2)


def test_new_data_are_read_anew(counted: Any) -> None:
    catalogue(counted)
    counted.data_version = "another"
    assert catalogue(counted).data_version == "another"


def test_ends_of_a_property_are_what_really_stands_there(sample_engine: Engine) -> None:
    found = [(term.value, count) for term, count in ends_of(sample_engine, expand("bde:holdsPostAt"))]
    assert found == [(expand("ent:science-commission"), 1)]


def test_ends_of_a_property_can_keep_to_one_class(sample_engine: Engine) -> None:
    leads, person = expand("bde:leads"), expand("bde:Person")
    assert len(ends_of(sample_engine, leads, person)) < len(ends_of(sample_engine, leads))


def test_ends_of_a_property_can_be_asked_backwards(sample_engine: Engine) -> None:
    found = ends_of(sample_engine, expand("bde:holdsPostAt"), subjects=True)
    assert [term.value for term, _ in found] == [expand("ent:liu-weihua")]


def test_an_unknown_property_is_not_asked_for(counted: Any) -> None:
    catalogue(counted)
    before = counted.asked
    assert ends_of(counted, "https://example.org/no> } DROP ALL #") == ()
    assert counted.asked == before


def test_a_thing_has_the_properties_that_it_has(sample_engine: Engine) -> None:
    found = properties_on(sample_engine, expand("ent:trusted-data-space"))
    assert found[expand("plan:buildsOn")] == 1
    assert expand("bde:leads") not in found


def test_what_was_asked_once_is_remembered(counted: Any) -> None:
    properties_on(counted, expand("ent:changan-chain"))
    before = counted.asked
    properties_on(counted, expand("ent:changan-chain"))
    assert counted.asked == before


def test_every_entity_type_of_the_real_data_is_a_class_with_its_number(engine: Engine, knowledge: Knowledge) -> None:
    counts = {entry.curie: entry.count for entry in catalogue(engine).classes.values()}
    assert counts["bde:Programme"] == sum(kind == "programme" for kind in knowledge.type_of.values())

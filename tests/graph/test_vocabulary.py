"""The vocabulary's terms are SKOS concepts in schemes."""

from __future__ import annotations

import pytest

from kg.graph.names import compact, expand
from kg.graph.terms import Literal, Triple, spell
from kg.graph.vocabulary import vocabulary_triples
from kg.model.knowledge import Knowledge


@pytest.fixture(scope="module")
def triples(sample: Knowledge) -> set[Triple]:
    return set(vocabulary_triples(sample.vocabulary))


def values(triples: set[Triple], subject: str, predicate: str) -> set[str]:
    wanted = expand(subject), expand(predicate)
    found = (value for s, p, value in triples if (s, p) == wanted)
    return {compact(value) if isinstance(value, str) else spell(value) for value in found}


@pytest.mark.parametrize(
    "concept",
    [
        "theme:core-technology",
        "metric:time-saved",
        "unit:percent",
        "qualifier:over",
        "status:announced",
        "stage:under-way",
        "kind:news",
        "aim:target",
    ],
)
def test_each_kind_of_term_has_its_scheme(triples: set[Triple], concept: str) -> None:
    scheme = f"scheme:{concept.partition(':')[0]}"
    assert values(triples, concept, "rdf:type") == {"skos:Concept"}
    assert values(triples, concept, "skos:inScheme") == {scheme}
    assert values(triples, concept, "skos:topConceptOf") == {scheme}
    assert concept in values(triples, scheme, "skos:hasTopConcept")
    assert len(values(triples, concept, "skos:prefLabel")) == 2
    assert len(values(triples, concept, "skos:definition")) == 2


def test_a_metric_has_its_unit_and_nature(triples: set[Triple]) -> None:
    assert values(triples, "metric:time-saved", "bde:unit") == {"unit:percent"}
    assert values(triples, "metric:time-saved", "bde:nature") == {'"change"'}


def test_a_unit_has_its_code(triples: set[Triple]) -> None:
    assert values(triples, "unit:percent", "bde:ucum") == {'"%"'}
    assert not values(triples, "unit:record", "bde:ucum")


def test_a_qualifier_has_its_sign_and_its_other_words(triples: set[Triple]) -> None:
    assert values(triples, "qualifier:over", "bde:sign") == {'">"'}
    assert values(triples, "qualifier:over", "skos:altLabel") == {'"余"@zh', '"多"@zh', '"more than"@en'}


def test_a_status_has_its_stage(triples: set[Triple]) -> None:
    assert values(triples, "status:announced", "bde:stage") == {"stage:planned"}


def test_no_label_stands_twice_on_a_concept(triples: set[Triple]) -> None:
    labels = [(s, o) for s, p, o in triples if p in (expand("skos:prefLabel"), expand("skos:altLabel"))]
    assert len(labels) == len(set(labels))
    assert all(isinstance(label, Literal) for _, label in labels)

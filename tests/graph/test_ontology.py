"""The ontology defines every term of ours in both languages, and keeps plans apart from facts."""

from __future__ import annotations

import pytest

from kg.check.vocabulary import RESERVED_RELATIONS, RESERVED_TYPES
from kg.errors import DataError
from kg.graph.build import build
from kg.graph.names import ONTOLOGY, ONTOLOGY_HEADER, PLANNED, compact, expand, property_iri, relation_id, type_id
from kg.graph.ontology import ontology_triples
from kg.graph.terms import Literal, Triple
from kg.graph.wording import wording
from kg.model.knowledge import Knowledge
from kg.model.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def ontology(sample: Knowledge) -> set[Triple]:
    return set(ontology_triples(sample.vocabulary))


def curies(triples: set[Triple], subject: str, predicate: str) -> set[str]:
    wanted = expand(subject), expand(predicate)
    return {compact(str(value)) for s, p, value in triples if (s, p) == wanted and isinstance(value, str)}


def words(triples: set[Triple], subject: str, predicate: str) -> dict[str, str]:
    wanted = expand(subject), expand(predicate)
    return {o.lang: o.value for s, p, o in triples if (s, p) == wanted and isinstance(o, Literal)}


def with_relation(vocabulary: Vocabulary, **changes: object) -> Vocabulary:
    first = vocabulary.relations[0].model_copy(update=changes)
    return vocabulary.model_copy(update={"relations": (first, *vocabulary.relations[1:])})


def test_every_term_of_ours_that_is_used_is_defined_in_both_languages(sample: Knowledge, ontology: set[Triple]) -> None:
    used = {
        term
        for quad in build(sample).quads
        for term in (quad.predicate, quad.object)
        if isinstance(term, str) and term.startswith((ONTOLOGY, PLANNED))
    } - {ONTOLOGY, PLANNED}
    assert used
    for iri in used:
        assert set(words(ontology, iri, "rdfs:label")) == {"zh", "en"}, iri
        assert set(words(ontology, iri, "rdfs:comment")) == {"zh", "en"}, iri
        assert curies(ontology, iri, "rdf:type"), iri


def test_a_type_is_a_class_of_entities_and_of_what_it_matches(ontology: set[Triple]) -> None:
    assert curies(ontology, "bde:Agency", "rdfs:subClassOf") == {"bde:Entity", "org:FormalOrganization"}
    assert words(ontology, "bde:Agency", "rdfs:label") == {"zh": "机构", "en": "Agency"}


def test_a_relation_has_its_inverse_name(ontology: set[Triple]) -> None:
    assert words(ontology, "bde:leads", "bde:inverseLabel") == {"zh": "牵头单位", "en": "led by"}


def test_a_planned_property_points_to_the_plain_one_and_is_no_subproperty(ontology: set[Triple]) -> None:
    assert curies(ontology, "plan:leads", "bde:plannedFormOf") == {"bde:leads"}
    assert words(ontology, "plan:leads", "rdfs:label") == {"zh": "将牵头", "en": "is to lead"}
    assert words(ontology, "plan:leads", "bde:inverseLabel") == {"zh": "拟牵头单位", "en": "is to be led by"}
    assert not {s for s, p, _ in ontology if s.startswith(PLANNED) and p == expand("rdfs:subPropertyOf")}


def test_a_planned_property_without_a_name_is_marked_as_planned(ontology: set[Triple]) -> None:
    assert words(ontology, "plan:holdsPostAt", "rdfs:label") == {
        "zh": "任职于（计划）",
        "en": "holds a post at (planned)",
    }


def test_one_class_is_the_domain_and_several_are_included(ontology: set[Triple]) -> None:
    assert curies(ontology, "bde:holdsPostAt", "rdfs:domain") == {"bde:Person"}
    assert curies(ontology, "bde:leads", "rdfs:domain") == set()
    assert curies(ontology, "bde:leads", "schema:domainIncludes") == {"bde:Agency", "bde:Person"}


def test_a_relation_to_anything_has_no_range(ontology: set[Triple]) -> None:
    assert not curies(ontology, "bde:leads", "rdfs:range")
    assert not curies(ontology, "bde:leads", "schema:rangeIncludes")


def test_a_symmetric_relation_says_so(sample: Knowledge) -> None:
    triples = set(ontology_triples(with_relation(sample.vocabulary, symmetric=True)))
    assert "owl:SymmetricProperty" in curies(triples, "bde:buildsOn", "rdf:type")


def test_a_relation_is_a_subproperty_of_what_it_matches_but_its_plan_is_not(sample: Knowledge) -> None:
    triples = set(ontology_triples(with_relation(sample.vocabulary, matches=("dcterms:requires",))))
    assert curies(triples, "bde:buildsOn", "rdfs:subPropertyOf") == {"dcterms:requires"}
    assert curies(triples, "plan:buildsOn", "rdfs:subPropertyOf") == set()


def test_the_header_has_prefix_version_licence_and_the_decision_on_plans(ontology: set[Triple]) -> None:
    said = {
        (compact(p), value.value) for s, p, value in ontology if s == ONTOLOGY_HEADER and isinstance(value, Literal)
    }
    assert ("vann:preferredNamespacePrefix", "bde") in said
    assert ("vann:preferredNamespaceUri", ONTOLOGY) in said
    assert ("owl:versionInfo", wording().ontology.version) in said
    assert curies(ontology, ONTOLOGY_HEADER, "dcterms:license") == {"https://creativecommons.org/licenses/by/4.0/"}
    decision = words(ontology, ONTOLOGY_HEADER, "rdfs:comment")
    assert "plan:builds" in decision["zh"]
    assert "plan:builds" in decision["en"]


def test_the_cube_of_figures_names_its_components(ontology: set[Triple]) -> None:
    parts = {
        compact(p).removeprefix("qb:"): {compact(str(o)) for _, q, o in ontology if q == p}
        for p in (expand("qb:dimension"), expand("qb:measure"), expand("qb:attribute"))
    }
    assert parts["measure"] == {"bde:value"}
    assert parts["dimension"] == {"bde:subject", "bde:metric", "bde:asOf", "bde:aim", "dcterms:source"}
    assert parts["attribute"] == {"bde:qualifier", "sdmx-attribute:unitMeasure"}


@pytest.mark.parametrize("taken", ["phrase", "short-name", "status"])
def test_a_relation_cannot_take_a_name_of_ours(sample: Knowledge, taken: str) -> None:
    with pytest.raises(DataError, match=r"needs the name .* for itself\. Choose another id"):
        list(ontology_triples(with_relation(sample.vocabulary, id=taken)))


def test_a_type_cannot_take_a_name_of_ours(sample: Knowledge) -> None:
    first = sample.vocabulary.types[0].model_copy(update={"id": "source"})
    with pytest.raises(DataError, match=r"vocabulary/types\.yaml \[source\]: the ontology needs the name “Source”"):
        list(ontology_triples(sample.vocabulary.model_copy(update={"types": (first,)})))


def test_the_check_of_the_data_files_knows_the_names_of_ours() -> None:
    words = wording()
    assert {type_id(ONTOLOGY + own.name) for own in words.classes} == RESERVED_TYPES
    assert {relation_id(ONTOLOGY + own.name) for own in words.properties} == RESERVED_RELATIONS


def test_a_match_with_an_unknown_prefix_is_refused(sample: Knowledge) -> None:
    with pytest.raises(DataError, match=r"“skoss:related” has an unknown prefix\. Use one of: aim, bde"):
        list(ontology_triples(with_relation(sample.vocabulary, matches=("skoss:related",))))


def test_every_relation_of_the_real_vocabulary_has_a_planned_name_in_both_languages(knowledge: Knowledge) -> None:
    triples = set(ontology_triples(knowledge.vocabulary))
    for relation in knowledge.vocabulary.relations:
        assert set(words(triples, property_iri(relation.id, planned=True), "rdfs:label")) == {"zh", "en"}, relation.id

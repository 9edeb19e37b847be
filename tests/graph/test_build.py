"""The knowledge as RDF: canonical, without blank nodes, each source in its own graph, no plan as a fact."""

from __future__ import annotations

import dataclasses
import hashlib

import pyoxigraph
import pytest

from kg.graph import names
from kg.graph.build import Rdf, build, data_version, nquads, to_rdf
from kg.graph.terms import Literal, Quad
from kg.model.entity import Entity
from kg.model.knowledge import Knowledge
from kg.model.source import SourceText
from kg.model.text import Text

SAMPLE = names.graph_iri("2025-01-05-sample")


@pytest.fixture(scope="module")
def rdf(sample: Knowledge) -> Rdf:
    return build(sample)


def objects(rdf: Rdf, subject: str, predicate: str) -> set[str | Literal]:
    wanted = names.expand(subject), names.expand(predicate)
    return {quad.object for quad in rdf.quads if (quad.subject, quad.predicate) == wanted}


def curies(rdf: Rdf, subject: str, predicate: str) -> set[str]:
    return {names.compact(str(value)) for value in objects(rdf, subject, predicate)}


def words(rdf: Rdf, subject: str, predicate: str) -> set[str]:
    return {f"{value.value}@{value.lang}" for value in objects(rdf, subject, predicate) if isinstance(value, Literal)}


def test_lines_are_sorted_and_distinct(rdf: Rdf) -> None:
    lines = rdf.nquads.decode().split("\n")
    assert lines.pop() == ""
    assert lines == sorted(set(lines))
    assert len(lines) == len(rdf.quads)


def test_building_twice_gives_the_same_bytes(sample: Knowledge, rdf: Rdf) -> None:
    assert nquads(sample) == rdf.nquads
    assert data_version(sample) == rdf.data_version


def test_the_order_of_the_files_does_not_matter(sample: Knowledge, rdf: Rdf) -> None:
    turned = dataclasses.replace(
        sample,
        entities=dict(reversed(list(sample.entities.items()))),
        sources=dict(reversed(list(sample.sources.items()))),
    )
    assert nquads(turned) == rdf.nquads


def test_oxigraph_reads_every_quad(rdf: Rdf) -> None:
    assert len(set(pyoxigraph.parse(rdf.nquads, format=pyoxigraph.RdfFormat.N_QUADS))) == len(rdf.quads)


def test_rdflib_has_every_quad(sample: Knowledge, rdf: Rdf) -> None:
    dataset = to_rdf(sample)
    found = {tuple(str(term) for term in quad) for quad in dataset.quads()}
    assert found == {(s, p, o.value if isinstance(o, Literal) else o, g) for s, p, o, g in rdf.quads}
    assert len(list(dataset.quads())) == len(rdf.quads)


def test_the_real_data_is_read_whole(knowledge: Knowledge) -> None:
    rdf = build(knowledge)
    assert len(set(pyoxigraph.parse(rdf.nquads, format=pyoxigraph.RdfFormat.N_QUADS))) == len(rdf.quads)
    assert len(list(to_rdf(knowledge).quads())) == len(rdf.quads)


def test_there_are_no_blank_nodes(rdf: Rdf) -> None:
    assert b"_:" not in rdf.nquads.replace(b"bde:_", b"")


def test_the_data_version_is_that_of_everything_but_the_description(sample: Knowledge, rdf: Rdf) -> None:
    lines = [line for line in rdf.nquads.splitlines(keepends=True) if f"<{names.GRAPH_DATASET}>".encode() not in line]
    assert hashlib.sha256(b"".join(lines)).hexdigest()[:12] == rdf.data_version


def test_another_word_is_another_data_version(sample: Knowledge, rdf: Rdf) -> None:
    assert data_version(with_entity(sample, "changan-chain", note="新")) != rdf.data_version


def with_entity(knowledge: Knowledge, entity_id: str, **changes: object) -> Knowledge:
    entity = Entity.model_validate(knowledge.entities[entity_id].model_dump() | changes)
    return dataclasses.replace(knowledge, entities={**knowledge.entities, entity_id: entity})


def test_an_entity_has_its_type_names_and_theme(rdf: Rdf) -> None:
    assert curies(rdf, "ent:science-commission", "rdf:type") == {"bde:Agency"}
    name = {"北京市科学技术委员会@zh", "Beijing Municipal Science & Technology Commission@en"}
    assert words(rdf, "ent:science-commission", "skos:prefLabel") == name
    assert words(rdf, "ent:science-commission", "rdfs:label") == name
    assert words(rdf, "ent:science-commission", "bde:shortName") == {"市科委@zh", "Beijing STC@en"}
    assert curies(rdf, "ent:science-commission", "bde:theme") == {"theme:core-technology"}


def test_aliases_former_names_and_keys_are_names_too(rdf: Rdf) -> None:
    assert words(rdf, "ent:changan-chain", "skos:altLabel") == {"ChainMaker@en"}
    assert words(rdf, "ent:trusted-data-space", "bde:formerName") == {"数据空间试点@zh"}
    assert "sjkjsd@zh-latn-x-initials" in words(rdf, "ent:trusted-data-space", "skos:hiddenLabel")


def test_an_entity_that_was_replaced_says_by_what(sample: Knowledge) -> None:
    changed = with_entity(sample, "isolated-technology", replaced_by="changan-chain")
    assert curies(build(changed), "ent:isolated-technology", "dcterms:isReplacedBy") == {"ent:changan-chain"}


def test_a_link_is_an_iri(sample: Knowledge) -> None:
    changed = with_entity(sample, "changan-chain", links=("https://example.org/长安链",))
    (link,) = objects(build(changed), "ent:changan-chain", "rdfs:seeAlso")
    assert link == "https://example.org/%E9%95%BF%E5%AE%89%E9%93%BE"


def test_a_relation_is_a_direct_triple_and_a_statement(rdf: Rdf) -> None:
    assert "ent:changan-chain" in curies(rdf, "ent:science-commission", "bde:leads")
    statement = "stmt:bb294d8946d77934"
    assert curies(rdf, statement, "rdf:type") == {"bde:Statement", "bde:Relation", "rdf:Statement"}
    assert curies(rdf, statement, "rdf:predicate") == {"bde:leads"}
    assert curies(rdf, statement, "bde:speaker") == {"ent:liu-weihua"}
    assert words(rdf, statement, "bde:phrase") == {"市科委牵头长安链@zh"}
    assert curies(rdf, statement, "dcterms:source") == {"src:2025-01-05-sample"}
    assert curies(rdf, statement, "prov:wasDerivedFrom") == {"ev:bb294d8946d77934"}


def test_a_planned_relation_never_uses_the_plain_property(rdf: Rdf) -> None:
    assert curies(rdf, "ent:trusted-data-space", "plan:buildsOn") == {"ent:changan-chain"}
    assert not curies(rdf, "ent:trusted-data-space", "bde:buildsOn")
    assert curies(rdf, "stmt:741bf04c7ad34fd1", "rdf:predicate") == {"plan:buildsOn"}
    assert curies(rdf, "stmt:741bf04c7ad34fd1", "bde:status") == {"status:announced"}


def test_a_figure_is_an_observation(rdf: Rdf) -> None:
    statement = "stmt:3d6dc3f6e5f1a59c"
    assert curies(rdf, statement, "rdf:type") == {"bde:Statement", "bde:Figure", "qb:Observation"}
    assert curies(rdf, statement, "bde:metric") == {"metric:records-shared"}
    assert curies(rdf, statement, "bde:qualifier") == {"qualifier:over"}
    assert curies(rdf, statement, "sdmx-attribute:unitMeasure") == {"unit:record"}
    assert curies(rdf, statement, "bde:aim") == {"aim:achieved"}
    (value,) = objects(rdf, statement, "bde:value")
    assert value == Literal("2400000000000", datatype=names.expand("xsd:decimal"))


def test_a_status_is_no_direct_triple_of_its_entity(rdf: Rdf) -> None:
    assert not curies(rdf, "ent:changan-chain", "bde:status")
    assert curies(rdf, "stmt:b7d14b701da49c19", "bde:status") == {"status:operating"}
    assert objects(rdf, "stmt:b7d14b701da49c19", "bde:since") == {Literal("2021", datatype=names.expand("xsd:gYear"))}


def test_what_a_source_says_stands_in_its_own_graph(rdf: Rdf) -> None:
    statements = {quad.subject for quad in rdf.quads if quad.graph == SAMPLE and "/statement/" in quad.subject}
    assert len(statements) == 6
    direct = Quad(
        names.entity_iri("science-commission"), names.property_iri("leads"), names.entity_iri("changan-chain"), SAMPLE
    )
    assert direct in rdf.quads


def test_evidence_quotes_the_phrase(rdf: Rdf) -> None:
    evidence = "ev:bb294d8946d77934"
    assert curies(rdf, evidence, "rdf:type") == {"oa:SpecificResource"}
    assert curies(rdf, evidence, "oa:hasSource") == {"src:2025-01-05-sample"}
    (quote,) = objects(rdf, evidence, "oa:hasSelector")
    assert words(rdf, str(quote), "oa:exact") == {"市科委牵头长安链@zh"}


def test_a_known_position_counts_characters_of_the_reading(sample: Knowledge) -> None:
    source = sample.get_source("2025-01-05-sample")
    first = source.statements[0].model_copy(update={"position": 100, "phrase": "市科委 副主任\n刘卫华"})
    changed = source.model_copy(update={"statements": (first,)})
    rdf = build(dataclasses.replace(sample, sources={source.id: changed}))
    place = names.evidence_iri(source, first, "position")
    numbers = {quad.predicate.rpartition("#")[2]: quad.object for quad in rdf.quads if quad.subject == place}
    integer = names.expand("xsd:nonNegativeInteger")
    assert numbers["start"] == Literal("100", datatype=integer)
    assert numbers["end"] == Literal("109", datatype=integer)


def test_a_source_has_its_record_and_its_checksum(sample: Knowledge) -> None:
    source = sample.get_source("2025-01-05-sample")
    changed = source.model_copy(update={"text": SourceText(sha256="ab" * 32, characters=9)})
    rdf = build(dataclasses.replace(sample, sources={source.id: changed}))
    assert words(rdf, "src:2025-01-05-sample", "dcterms:title") == {"样本发布会@zh", "Sample press conference@en"}
    assert words(rdf, "src:2025-01-05-sample", "bde:publisherName") == {"样本网@zh", "Sample Net@en"}
    assert curies(rdf, "src:2025-01-05-sample", "bde:sourceKind") == {"kind:news"}
    (checksum,) = objects(rdf, "src:2025-01-05-sample", "spdx:checksum")
    digest = Literal("ab" * 32, datatype=names.expand("xsd:hexBinary"))
    assert objects(rdf, str(checksum), "spdx:checksumValue") == {digest}


def test_a_name_that_tries_to_break_out_stays_text(rdf: Rdf) -> None:
    (name,) = objects(rdf, "ent:only-english", "skos:prefLabel")
    assert isinstance(name, Literal)
    assert name.value == '=Ada "</script><script>alert(1)</script>" <b>Wu</b> 🚀'


def test_a_name_in_one_language_has_no_other(sample: Knowledge) -> None:
    changed = with_entity(sample, "changan-chain", name=Text(zh="长安链"))
    assert words(build(changed), "ent:changan-chain", "rdfs:label") == {"长安链@zh"}

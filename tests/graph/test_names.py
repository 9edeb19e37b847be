"""Every IRI parses, carries its id, and gives it back."""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal
from importlib.resources import files

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotFound
from kg.graph import names
from kg.model.knowledge import Knowledge
from kg.model.source import Source
from kg.model.statement import Figure, Relation, Statement

IDS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
SCHEMES = st.sampled_from(["theme", "metric", "unit", "qualifier", "status", "stage", "kind", "aim"])


def said(knowledge: Knowledge, number: int) -> tuple[Source, Statement]:
    source = knowledge.get_source("2025-01-05-sample")
    return source, source.statements[number]


@given(IDS)
def test_an_id_comes_back_from_each_of_its_iris(name: str) -> None:
    assert names.type_id(names.class_iri(name)) == name
    assert names.relation_id(names.property_iri(name)) == name
    assert names.relation_id(names.property_iri(name, planned=True)) == name
    assert names.entity_id(names.entity_iri(name)) == name
    assert names.source_id(names.source_iri(name)) == name
    assert names.graph_name(names.graph_iri(name)) == name


@given(SCHEMES, IDS)
def test_a_term_comes_back_with_its_scheme(scheme: str, name: str) -> None:
    assert names.concept_id(names.concept_iri(scheme, name)) == (scheme, name)


@given(IDS)
def test_every_iri_is_one(name: str) -> None:
    for make in (names.class_iri, names.property_iri, names.entity_iri, names.source_iri, names.graph_iri):
        pyoxigraph.NamedNode(make(name))


@given(IDS)
def test_a_class_and_a_property_are_xml_names(name: str) -> None:
    for iri in (names.class_iri(name), names.property_iri(name)):
        assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", iri.removeprefix(names.ONTOLOGY))


@given(IDS)
def test_a_compact_iri_expands_to_itself(name: str) -> None:
    for make in (names.class_iri, names.property_iri, names.entity_iri, names.source_iri, names.graph_iri):
        iri = make(name)
        assert names.compact(iri) != iri
        assert names.expand(names.compact(iri)) == iri


@pytest.mark.parametrize(
    ("type_id", "iri"), [("agency", "bde:Agency"), ("data-space", "bde:DataSpace"), ("zone-4-0", "bde:Zone_4_0")]
)
def test_a_class_is_in_pascal_case(type_id: str, iri: str) -> None:
    assert names.compact(names.class_iri(type_id)) == iri


@pytest.mark.parametrize(("planned", "iri"), [(False, "bde:holdsPostAt"), (True, "plan:holdsPostAt")])
def test_a_property_is_in_camel_case(planned: bool, iri: str) -> None:
    assert names.compact(names.property_iri("holds-post-at", planned)) == iri


@pytest.mark.parametrize(
    "iri", [names.ONTOLOGY, names.BASE, names.DATASET + "/class/bde:X", "https://example.org/x", "", "ent:x"]
)
def test_what_is_no_entity_has_no_entity_id(iri: str) -> None:
    assert names.entity_id(iri) is None
    assert names.concept_id(iri) is None


def test_a_property_is_no_class_and_a_class_no_property() -> None:
    assert names.type_id(names.property_iri("leads")) is None
    assert names.relation_id(names.class_iri("agency")) is None


@pytest.mark.parametrize("iri", [names.DATASET + "/class/bde:X", "https://example.org/a b", names.BASE + "entity/x."])
def test_an_iri_that_no_prefix_fits_stays_as_it_is(iri: str) -> None:
    assert names.compact(iri) == iri


def test_an_iri_expands_to_itself() -> None:
    assert names.expand("https://example.org/x") == "https://example.org/x"


def test_an_unknown_prefix_is_refused_with_the_nearest() -> None:
    with pytest.raises(NotFound, match=r"No prefix “skoss”\. Did you mean skos"):
        names.expand("skoss:Concept")


def test_a_statement_keeps_its_name_for_ever(sample: Knowledge) -> None:
    """The digits of one statement, as published: links in reports depend on them."""
    source, statement = said(sample, 1)
    assert names.compact(names.statement_iri(source, statement)) == "stmt:bb294d8946d77934"
    assert names.compact(names.evidence_iri(source, statement)) == "ev:bb294d8946d77934"
    assert names.evidence_iri(source, statement, "quote").endswith("evidence/bb294d8946d77934/quote")


@pytest.mark.parametrize("change", [{"phrase": "长安链"}, {"position": 7}, {"speaker": None}, {"note": "说明"}])
def test_mending_its_words_does_not_rename_a_statement(sample: Knowledge, change: dict[str, object]) -> None:
    source, statement = said(sample, 1)
    assert names.statement_hex(source, statement.model_copy(update=change)) == names.statement_hex(source, statement)


@pytest.mark.parametrize(
    ("number", "change"),
    [
        (1, {"subject": "liu-weihua"}),
        (1, {"relation": "builds-on"}),
        (1, {"object": "trusted-data-space"}),
        (2, {"status": None}),
        (0, {"role": None}),
        (4, {"value": Decimal(1)}),
        (4, {"qualifier": "about"}),
        (4, {"aim": "target"}),
        (3, {"since": None}),
    ],
)
def test_another_claim_is_another_statement(sample: Knowledge, number: int, change: dict[str, object]) -> None:
    source, statement = said(sample, number)
    assert names.statement_hex(source, statement.model_copy(update=change)) != names.statement_hex(source, statement)


def test_the_same_claim_of_another_source_is_another_statement(sample: Knowledge) -> None:
    source, statement = said(sample, 1)
    other = sample.get_source("2024-06-sample")
    assert names.statement_hex(source, statement) != names.statement_hex(other, statement)


def test_a_number_is_the_same_however_it_is_written(sample: Knowledge) -> None:
    source, statement = said(sample, 5)
    assert isinstance(statement, Figure)
    same = statement.model_copy(update={"value": Decimal("5.00E+1")})
    assert names.statement_hex(source, same) == names.statement_hex(source, statement)


@pytest.mark.parametrize(
    ("value", "text"),
    [("2.4E+12", "2400000000000"), ("2.50", "2.5"), ("100", "100"), ("-0.0", "0"), ("0.001", "0.001"), ("-7", "-7")],
)
def test_a_decimal_has_one_spelling(value: str, text: str) -> None:
    assert names.decimal_text(Decimal(value)) == text


def test_statements_of_all_kinds_have_different_names(sample: Knowledge) -> None:
    digits = [names.statement_hex(source, statement) for source, statement in sample.statements()]
    assert len(set(digits)) == len(digits)
    assert any(isinstance(statement, Relation) for _, statement in sample.statements())


def test_the_prefixes_of_the_shapes_file_are_ours() -> None:
    text = files("kg.graph").joinpath("shapes.ttl").read_text(encoding="utf-8")
    declared = re.findall(r"^@prefix ([a-z-]+): <(.*)> \.$", text, re.MULTILINE)
    assert declared
    assert dict(declared).items() <= names.PREFIXES.items()


def test_importing_names_imports_nothing_heavy() -> None:
    code = (
        "import sys, kg.graph.names; print(*({'rdflib', 'pypinyin', 'opencc', 'networkx', 'yaml'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""

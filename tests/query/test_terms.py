"""Terms as people write them by hand."""

from __future__ import annotations

import pytest

from kg.engine.answer import Term
from kg.query.terms import curie, id_of, read_value, spelled


@pytest.mark.parametrize(
    ("written", "spelling"),
    [
        ("42", "42"),
        ("ent:changan-chain", "<https://w3id.org/beijing-digital-economy/entity/changan-chain>"),
        ("<https://example.org/x>", "<https://example.org/x>"),
        ('"长安链"@zh', '"长安链"@zh'),
        ("2025-03", f'"2025-03"^^<{curie("xsd:gYearMonth")}>'),
        ("2025-03-20", f'"2025-03-20"^^<{curie("xsd:date")}>'),
        ("https://example.org/x", "<https://example.org/x>"),
        ("-1", f'"-1"^^<{curie("xsd:integer")}>'),
        ("2.5", f'"2.5"^^<{curie("xsd:decimal")}>'),
        ("true", f'"true"^^<{curie("xsd:boolean")}>'),
        ("10:30", '"10:30"'),
        ("two words", '"two words"'),
        ("note: this", '"note: this"'),
    ],
)
def test_a_value_is_what_it_looks_like(written: str, spelling: str) -> None:
    assert spelled(read_value(written)) == spelling


def test_half_a_literal_is_refused() -> None:
    with pytest.raises(ValueError, match="not an RDF term"):
        read_value('"open')


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("enr:beijing", "did you mean ent:"),
        ("zzzz:beijing", "the prefixes are"),
        ("2025-13", "calendar"),
        ("2025-02-30", "calendar"),
        ("https://exa mple.org", "not an IRI"),
    ],
)
def test_what_looks_like_a_term_and_is_none_is_refused(written: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_value(written)


def test_a_negative_number_keeps_its_quotes() -> None:
    assert spelled(Term("literal", "-5", "", curie("xsd:integer"))) == f'"-5"^^<{curie("xsd:integer")}>'


def test_an_id_is_the_last_part_of_its_iri() -> None:
    assert id_of(curie("ent:changan-chain")) == "changan-chain"
    assert id_of(curie("bde:Agency")) == "Agency"

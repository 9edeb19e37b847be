"""Terms are spelt so that every store reads back what was written."""

from __future__ import annotations

from decimal import Decimal

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph

from kg.graph.terms import Literal, Quad, boolean, count, date, decimal, line, spell, texts, web_iri
from kg.model.dates import PartialDate
from kg.model.text import Names, Text

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
N_QUADS = pyoxigraph.RdfFormat.N_QUADS


@given(TEXT)
def test_oxigraph_reads_back_any_text(text: str) -> None:
    quad = Quad("http://a/s", "http://a/p", Literal(text, "zh"), "http://a/g")
    (read,) = pyoxigraph.parse(line(quad).encode(), format=N_QUADS)
    assert read.object == pyoxigraph.Literal(text, language="zh")


@given(TEXT)
def test_rdflib_reads_back_any_text(text: str) -> None:
    graph = Graph().parse(data=f"<http://a/s> <http://a/p> {spell(Literal(text))} .", format="turtle")
    assert [str(value) for value in graph.objects()] == [text]


@given(TEXT)
def test_a_line_is_one_line(text: str) -> None:
    assert "\n" not in spell(Literal(text))
    assert "\r" not in spell(Literal(text))


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("2025-03-20", '"2025-03-20"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("2025-03", '"2025-03"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'),
        ("2025", '"2025"^^<http://www.w3.org/2001/XMLSchema#gYear>'),
    ],
)
def test_a_date_has_the_datatype_of_its_precision(text: str, spelt: str) -> None:
    assert spell(date(PartialDate.read(text))) == spelt


def test_numbers_and_truth_have_their_datatypes() -> None:
    assert decimal(Decimal("2.40")).value == "2.4"
    assert boolean(True).value == "true"
    assert count(3, "nonNegativeInteger").datatype.endswith("#nonNegativeInteger")


def test_words_become_a_triple_for_each_language() -> None:
    assert [value for *_, value in texts("s", "p", Text(zh="链", en="chain"))] == [
        ("链", "zh", ""),
        ("chain", "en", ""),
    ]
    assert len(list(texts("s", "p", Names(en=("a", "b"))))) == 2
    assert list(texts("s", "p", None)) == []


@pytest.mark.parametrize(
    ("address", "iri"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/%E4%B8%AD", "https://example.org/%E4%B8%AD"),
        ("https://example.org/<b>", "https://example.org/%3Cb%3E"),
        ("http://example.org:8080/x[1]#a#b", "http://example.org:8080/x%5B1%5D#a%23b"),
        ("https://example.org/中", "https://example.org/%E4%B8%AD"),
    ],
)
def test_an_address_becomes_an_iri(address: str, iri: str) -> None:
    assert web_iri(address) == iri


@given(st.from_regex(r"https?://\S+", fullmatch=True).filter(lambda text: text.isprintable()))
def test_any_address_that_the_model_takes_becomes_an_iri_that_oxigraph_takes(address: str) -> None:
    pyoxigraph.parse(f"<http://a/s> <http://a/p> <{web_iri(address)}> .".encode(), format=N_QUADS)
    list(pyoxigraph.parse(f"<http://a/s> <http://a/p> <{web_iri(address)}> .".encode(), format=N_QUADS))


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(ValueError, match="not a web address"):
        web_iri("ftp://example.org")

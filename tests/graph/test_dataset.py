"""The data set describes itself, with counts that are true."""

from __future__ import annotations

import pyoxigraph
import pytest

from kg.graph.build import Rdf, build
from kg.graph.names import DATASET, GRAPH_DATASET, compact, expand
from kg.graph.terms import Literal
from kg.graph.wording import wording
from kg.model.knowledge import Knowledge


@pytest.fixture(scope="module")
def rdf(sample: Knowledge) -> Rdf:
    return build(sample)


@pytest.fixture(scope="module")
def counted(rdf: Rdf) -> pyoxigraph.Store:
    """Everything that the description counts: all graphs but its own."""
    store = pyoxigraph.Store()
    store.load(rdf.nquads, format=pyoxigraph.RdfFormat.N_QUADS)
    store.remove_graph(pyoxigraph.NamedNode(GRAPH_DATASET))
    return store


def value(rdf: Rdf, subject: str, predicate: str) -> str:
    (found,) = values(rdf, subject, predicate)
    return found


def values(rdf: Rdf, subject: str, predicate: str) -> set[str]:
    wanted = expand(subject), expand(predicate)
    found = (quad.object for quad in rdf.quads if (quad.subject, quad.predicate) == wanted)
    return {each.value if isinstance(each, Literal) else compact(each) for each in found}


def number(store: pyoxigraph.Store, what: str, where: str = "?s ?p ?o") -> str:
    query = f"SELECT (COUNT(DISTINCT {what}) AS ?n) WHERE {{ {where} }}"
    answer = store.query(query, use_default_graph_as_union=True)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    (row,) = answer
    counted = row["n"]
    assert isinstance(counted, pyoxigraph.Literal)
    return counted.value


@pytest.mark.parametrize(
    ("term", "what"), [("distinctSubjects", "?s"), ("distinctObjects", "?o"), ("properties", "?p")]
)
def test_the_void_counts_are_those_of_the_graph(rdf: Rdf, counted: pyoxigraph.Store, term: str, what: str) -> None:
    assert value(rdf, DATASET, f"void:{term}") == number(counted, what)


def test_triples_are_counted_once(rdf: Rdf, counted: pyoxigraph.Store) -> None:
    assert value(rdf, DATASET, "void:triples") == str(len({(q.subject, q.predicate, q.object) for q in counted}))


def test_entities_are_counted(rdf: Rdf, sample: Knowledge) -> None:
    assert value(rdf, DATASET, "void:entities") == str(len(sample.entities))


def test_a_class_partition_counts_its_instances(rdf: Rdf, counted: pyoxigraph.Store) -> None:
    partition = f"{DATASET}/class/bde:Figure"
    assert partition in values(rdf, DATASET, "void:classPartition")
    assert value(rdf, partition, "void:class") == "bde:Figure"
    assert value(rdf, partition, "void:entities") == number(counted, "?s", f"?s a <{expand('bde:Figure')}>")


def test_a_property_partition_counts_its_triples(rdf: Rdf, counted: pyoxigraph.Store) -> None:
    partition = f"{DATASET}/property/bde:phrase"
    assert partition in values(rdf, DATASET, "void:propertyPartition")
    assert value(rdf, partition, "void:triples") == number(counted, "?s", f"?s <{expand('bde:phrase')}> ?o")


def test_each_source_is_a_subset_with_its_count(rdf: Rdf) -> None:
    graph = "graph:2025-01-05-sample"
    assert graph in values(rdf, DATASET, "void:subset")
    assert value(rdf, graph, "void:triples") == str(sum(quad.graph == expand(graph) for quad in rdf.quads))
    assert value(rdf, graph, "dcterms:source") == "src:2025-01-05-sample"


def test_the_description_has_version_licence_dates_and_languages(rdf: Rdf) -> None:
    assert value(rdf, DATASET, "dcat:version") == rdf.data_version
    assert value(rdf, DATASET, "dcterms:license") == "https://creativecommons.org/licenses/by/4.0/"
    assert value(rdf, DATASET, "dcterms:modified") == "2025-01-05"
    assert len(values(rdf, DATASET, "dcterms:language")) == 2
    assert "Beijing" in values(rdf, DATASET, "dcat:keyword")


def test_the_period_reaches_from_the_first_to_the_last_date_spoken_of(rdf: Rdf) -> None:
    period = value(rdf, DATASET, "dcterms:temporal")
    assert value(rdf, period, "dcat:startDate") == "2021-01-01"
    assert value(rdf, period, "dcat:endDate") == "2025-12-31"


def test_each_export_format_is_a_distribution(rdf: Rdf) -> None:
    assert values(rdf, DATASET, "dcat:distribution") == {f"dist:{name}" for name in wording().formats}
    assert value(rdf, "dist:csv", "dcat:mediaType") == "https://www.iana.org/assignments/media-types/text/csv"

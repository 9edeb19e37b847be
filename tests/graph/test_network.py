"""The knowledge as a networkx graph."""

from __future__ import annotations

import networkx
import pytest

from kg.graph.network import latest_statuses, to_network
from kg.model.dates import PartialDate
from kg.model.knowledge import Knowledge
from kg.model.statement import Relation, Status


@pytest.fixture(scope="module")
def network(sample: Knowledge) -> networkx.MultiDiGraph[str]:
    return to_network(sample)


def test_every_entity_is_a_node_and_every_relation_an_edge(
    sample: Knowledge, network: networkx.MultiDiGraph[str]
) -> None:
    assert list(network) == list(sample.entities)
    assert network.number_of_edges() == sum(isinstance(said, Relation) for _, said in sample.statements())


def test_an_entity_of_which_nothing_is_said_is_there(network: networkx.MultiDiGraph[str]) -> None:
    assert network.degree("isolated-technology") == 0


def test_a_node_has_its_names_type_themes_and_status(network: networkx.MultiDiGraph[str]) -> None:
    node = network.nodes["changan-chain"]
    assert node["name"].zh == "长安链"
    assert (node["type"], node["themes"], node["status"], node["featured"]) == (
        "technology",
        ("core-technology",),
        "operating",
        True,
    )
    assert network.nodes["trusted-data-space"]["status"] is None


def test_an_edge_has_its_statement_and_says_whether_it_is_planned(network: networkx.MultiDiGraph[str]) -> None:
    assert network.edges["trusted-data-space", "changan-chain", "741bf04c7ad34fd1"] == {
        "relation": "builds-on",
        "planned": True,
        "status": "announced",
        "phrase": "将打造基于长安链的可信数据空间",
        "source": "2025-01-05-sample",
    }


@pytest.mark.parametrize(
    ("first", "second", "latest"), [("2024", "2025", "b"), ("2025", "2024", "a"), ("2025", "2025", "b")]
)
def test_the_latest_status_counts_and_among_equals_the_last_said(
    sample: Knowledge, first: str, second: str, latest: str
) -> None:
    source = sample.get_source("2025-01-05-sample")
    statuses = tuple(
        Status(subject="changan-chain", status=status, as_of=PartialDate.read(date), phrase="词")
        for status, date in (("a", first), ("b", second))
    )
    changed = Knowledge(
        sample.vocabulary,
        sample.entities,
        sample.type_of,
        {source.id: source.model_copy(update={"statements": statuses})},
    )
    assert latest_statuses(changed)["changan-chain"].status == latest

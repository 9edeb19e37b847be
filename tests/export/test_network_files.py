"""GraphML and GEXF are read by networkx with everything in them."""

from __future__ import annotations

import io

import networkx
import pytest

from kg.export.formats import FORMATS
from kg.graph.network import to_network
from kg.model.knowledge import Knowledge

READ = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}


def read(knowledge: Knowledge, name: str) -> networkx.MultiDiGraph[str]:
    content = io.BytesIO(FORMATS[name].write(knowledge))
    graph = networkx.read_graphml(content, force_multigraph=True) if name == "graphml" else networkx.read_gexf(content)
    return networkx.MultiDiGraph(graph)


@pytest.mark.parametrize("name", READ)
def test_networkx_reads_every_entity_and_relation(knowledge: Knowledge, name: str) -> None:
    network, expected = read(knowledge, name), to_network(knowledge)
    assert set(network) == set(expected)
    assert sorted(network.edges()) == sorted(expected.edges())


@pytest.mark.parametrize("name", READ)
def test_a_node_carries_its_names_type_and_look(sample: Knowledge, name: str) -> None:
    node = read(sample, name).nodes["changan-chain"]
    expected = {
        "label_zh": "长安链",
        "label_en": "Chang'an Chain",
        "type": "technology",
        "type_zh": "技术",
        "colour": "#3E268F",
        "shape": "star",
        "themes": "core-technology",
        "status": "operating",
        "featured": True,
    }
    assert expected.items() <= node.items()


@pytest.mark.parametrize("name", READ)
def test_an_edge_carries_its_words_and_says_whether_it_is_planned(sample: Knowledge, name: str) -> None:
    (edge,) = read(sample, name).get_edge_data("trusted-data-space", "changan-chain").values()
    expected = {
        "label_zh": "将基于",
        "label_en": "is to build on",
        "relation": "builds-on",
        "planned": True,
        "status": "announced",
        "phrase": "将打造基于长安链的可信数据空间",
        "source": "2025-01-05-sample",
        "url": "https://example.org/sample",
    }
    assert expected.items() <= edge.items()


def test_gexf_has_colours_and_shapes(sample: Knowledge) -> None:
    node = read(sample, "gexf").nodes["science-commission"]
    assert node["viz"]["color"] == {"r": 90, "g": 110, "b": 194, "a": 1.0}
    # networkx looks for the shape in another attribute than the one that GEXF has for it
    assert b'<viz:shape value="square"/>' in FORMATS["gexf"].write(sample)


def test_parallel_relations_stay_apart(sample: Knowledge) -> None:
    source = sample.sources["2025-01-05-sample"]
    lead = source.statements[1]
    twice = source.model_copy(update={"statements": (lead, lead.model_copy(update={"relation": "builds-on"}))})
    changed = Knowledge(sample.vocabulary, sample.entities, sample.type_of, {source.id: twice})
    for name in READ:
        assert read(changed, name).number_of_edges("science-commission", "changan-chain") == 2


@pytest.mark.parametrize("name", READ)
def test_a_hostile_name_stays_text(hostile: Knowledge, hostile_name_in_xml: str, name: str) -> None:
    network = read(hostile, name)
    assert network.nodes["liu-weihua"]["label_en"] == hostile_name_in_xml
    assert len(network) == len(hostile.entities)


@pytest.mark.parametrize("name", READ)
def test_there_is_no_date_in_it(sample: Knowledge, name: str) -> None:
    assert b"lastmodified" not in FORMATS[name].write(sample)

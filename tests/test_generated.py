"""Invented graphs are of our shape: they load, keep the rules, and answer what the app asks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import Graph
from rdflib.util import from_n3

from kg.check.rules import check
from kg.engine.base import Engine
from kg.engine.embedded import EmbeddedEngine
from kg.graph.names import DATASET, GRAPH_DATASET, GRAPH_ONTOLOGY, PREFIXES
from kg.graph.shapes import shapes
from kg.load.files import load
from kg.load.write import spell, spell_listing
from kg.model.entity import Entities
from kg.model.knowledge import Knowledge
from kg.model.vocabulary import Vocabulary
from kg.query.card import entity_card
from kg.query.neighbours import neighbours
from kg.query.overview import overview
from kg.query.questions import Question, load_questions
from kg.query.search import search
from tests import generated
from tests.generated import generate, write

ROOT = Path(__file__).resolve().parents[1]
SIZE = 20_000
SPARQL_PREFIXES = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


@pytest.fixture(scope="module")
def nquads() -> bytes:
    return b"".join(generate(SIZE))


@pytest.fixture(scope="module")
def store(nquads: bytes) -> ox.Store:
    loaded = ox.Store()
    loaded.bulk_load(nquads, ox.RdfFormat.N_QUADS)
    return loaded


@pytest.fixture(scope="module")
def invented(nquads: bytes) -> Iterator[Engine]:
    with EmbeddedEngine(nquads, "invented", prefixes=PREFIXES) as started:
        yield started


def holds(store: ox.Store, pattern: str) -> bool:
    return bool(store.query(f"{SPARQL_PREFIXES} ASK {{ {pattern} }}", use_default_graph_as_union=True))


def save(what: Knowledge, folder: Path) -> None:
    """Write the data files that it would have been loaded from."""
    for name in ("vocabulary", "entities", "sources"):
        (folder / name).mkdir()
    for listing in Vocabulary.model_fields:
        path = folder / "vocabulary" / f"{listing.replace('_', '-')}.yaml"
        path.write_text(spell_listing(what.vocabulary, listing), encoding="utf-8")
    for kind in what.types:
        own = tuple(entity for key, entity in what.entities.items() if what.type_of[key] == kind)
        text = spell(Entities(type=kind, entities=own))
        (folder / "entities" / f"{kind}.yaml").write_text(text, encoding="utf-8")
    for source in what.sources.values():
        (folder / "sources" / f"{source.id}.yaml").write_text(spell(source), encoding="utf-8")


def test_the_same_seed_gives_the_same_bytes(nquads: bytes) -> None:
    assert b"".join(generate(SIZE)) == nquads


def test_another_process_gives_the_same_bytes(nquads: bytes, tmp_path: Path) -> None:
    file = tmp_path / "graph.nq"
    command = [sys.executable, "-m", "tests.generated", str(SIZE), str(file)]
    subprocess.run(command, cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
    assert file.read_bytes() == nquads


def test_another_seed_gives_other_bytes(nquads: bytes) -> None:
    assert b"".join(generate(SIZE, seed=1)) != nquads


@pytest.mark.parametrize("size", [10_000, 20_000, 60_000])
def test_the_size_is_what_was_asked_for(size: int, tmp_path: Path) -> None:
    assert write(tmp_path / "graph.nq", size, seed=3) == pytest.approx(size, rel=0.05)


def test_blocks_are_whole_lines_and_none_stands_twice(nquads: bytes) -> None:
    assert all(block.endswith(b"\n") for block in generate(SIZE))
    lines = nquads.splitlines()
    assert len(set(lines)) == len(lines)


def test_each_line_is_a_quad_of_its_own(nquads: bytes, store: ox.Store) -> None:
    assert len(store) == nquads.count(b"\n")


def test_there_are_few_named_graphs(store: ox.Store) -> None:
    assert 5 < len(list(store.named_graphs())) < 20


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_entity_has_a_label_in_each_language(store: ox.Store, lang: str) -> None:
    entity = "?entity dcterms:identifier ?id . GRAPH graph:entities { ?entity a ?type }"
    label = f'?entity rdfs:label ?label FILTER(LANG(?label) = "{lang}")'
    assert holds(store, entity)
    assert not holds(store, f"{entity} FILTER NOT EXISTS {{ {label} }}")


def test_every_statement_has_evidence_in_its_own_words(store: ox.Store) -> None:
    evidence = "?statement prov:wasDerivedFrom/oa:hasSelector/oa:exact ?phrase ; bde:phrase ?phrase"
    assert holds(store, "?statement a bde:Statement")
    assert not holds(store, f"?statement a bde:Statement FILTER NOT EXISTS {{ {evidence} }}")


def test_the_description_counts_the_triples_of_all_other_graphs(store: ox.Store) -> None:
    others = {quad.triple for quad in store if quad.graph_name != ox.NamedNode(GRAPH_DATASET)}
    said: dict[str, int] = {}
    for triple in others:
        said[triple.predicate.value] = said.get(triple.predicate.value, 0) + 1
    query = f"{SPARQL_PREFIXES} SELECT ?property ?triples {{ [] void:property ?property ; void:triples ?triples }}"
    rows = store.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    assert {row["property"].value: int(row["triples"].value) for row in rows} == said
    assert holds(store, f"<{DATASET}> void:triples {len(others)}")


@pytest.mark.parametrize(("entities", "seed"), [(33, 0), (300, 1)])
def test_its_knowledge_keeps_every_rule_of_the_data(entities: int, seed: int, tmp_path: Path) -> None:
    made = generated.knowledge(entities, seed)
    save(made, tmp_path)
    loaded = load(tmp_path)
    assert dict(loaded.knowledge.entities) == dict(made.entities)
    assert dict(loaded.knowledge.sources) == dict(made.sources)
    assert check(loaded) == []


def test_its_knowledge_has_as_many_entities_as_were_asked_for() -> None:
    assert len(generated.knowledge(300).entities) == 300


def test_the_shapes_hold(knowledge: Knowledge) -> None:
    graph = Graph()
    for quad in ox.parse(b"".join(generate(9_000)), ox.RdfFormat.N_QUADS):
        if quad.graph_name not in (ox.NamedNode(GRAPH_DATASET), ox.NamedNode(GRAPH_ONTOLOGY)):
            graph.add(tuple(from_n3(str(term)) for term in quad.triple))  # type: ignore[arg-type]
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes(knowledge.vocabulary))
    assert conforms, text


def test_the_overview_shows_entities_and_relations(invented: Engine) -> None:
    shown = overview(invented, limit=50)
    assert len(shown.entities) == 50
    assert shown.relations


def test_the_hubs_have_the_most_relations(invented: Engine) -> None:
    assert "place-1" in {each.entity.id for each in overview(invented, limit=10).entities}


@pytest.mark.parametrize("lang", ["zh", "en", "zh-latn-pinyin"])
def test_an_entity_is_found_by_its_name(invented: Engine, lang: str) -> None:
    pattern = f'ent:platform-1 skos:prefLabel|skos:hiddenLabel ?name FILTER(LANG(?name) = "{lang}")'
    name = invented.ask(f"{SPARQL_PREFIXES} SELECT ?name {{ {pattern} }}").records()[0]["name"].value
    assert search(invented, name)[0].entity.id == "platform-1"


def test_a_card_has_relations_with_evidence(invented: Engine) -> None:
    card = entity_card(invented, "place-1")
    assert card.relations
    assert all(row.evidence.phrase for row in card.relations)


def test_a_hub_has_a_page_of_neighbours(invented: Engine) -> None:
    assert len(neighbours(invented, "agency-1", limit=10)) >= 10


@pytest.mark.parametrize("question", load_questions(), ids=lambda question: question.name)
def test_each_stored_question_has_an_answer(invented: Engine, knowledge: Knowledge, question: Question) -> None:
    assert invented.ask(question.text(**stand_ins(invented, knowledge, question))).rows > 0


def stand_ins(engine: Engine, real: Knowledge, question: Question) -> dict[str, str]:
    """What stands for the real things that the question asks about: a hub of the same type, or any statement."""
    chosen = {}
    for parameter in question.parameters:
        if parameter.kind == "entity":
            chosen[parameter.name] = f"{real.type_of[parameter.default]}-1"
        elif parameter.name == "statement":
            chosen[parameter.name] = entity_card(engine, "place-1").relations[0].statement
    return chosen

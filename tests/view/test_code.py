"""A picture as code: run, it gives what the picture shows."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from kg.engine.base import Engine
from kg.graph.names import PREFIXES
from kg.model.knowledge import Knowledge
from kg.query.compose import compose
from kg.query.filters import Sieve, SourceFact
from kg.query.overview import Overview, overview
from kg.query.scene import read_scene
from kg.query.terms import id_of
from kg.view.code import as_python, as_sparql

ADDRESSES = [
    {},
    {"start": "around.changan-chain", "steps": "grow.beijing.part-of.in.5~hide.china"},
    {"start": "promised", "off": "type.sector~theme.ai"},
    {"start": "all", "off": "stage.planned"},
    {"start": "all", "until": "2024"},
    {"official": "1"},
]
SPACES = {name: PREFIXES[name] for name in ("bde", "plan", "ent")}


def picture(engine: Engine, knowledge: Knowledge, address: dict[str, str]) -> tuple[Any, Overview]:
    scene, _ = read_scene(address)
    planned = [one.id for one in knowledge.statuses.values() if one.stage == "planned"]
    sources = {one.id: SourceFact(one.official, one.date) for one in knowledge.sources.values()}

    def stage(status: str | None) -> Any:
        return knowledge.statuses[status].stage if status else "achieved"

    cast = compose(engine, scene, planned, 400)
    return scene, Sieve(scene.filters, sources, stage)(overview(engine, ids=cast.shown))


@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_the_query_answers_with_the_lines_of_the_picture(
    engine: Engine, knowledge: Knowledge, address: dict[str, str]
) -> None:
    scene, found = picture(engine, knowledge, address)
    query = as_sparql("a title", [one.id for one in found.entities], scene.filters, SPACES, "zh")
    rows = engine.ask(query).records()
    asked = {(id_of(row["subject"].value), row["relation"].value, id_of(row["object"].value)) for row in rows}
    lines = {(one.subject, one.object) for one in found.relations}
    assert {(subject, target) for subject, _, target in asked} == lines
    assert len(asked) == len(found.relations)


@pytest.mark.parametrize("address", [ADDRESSES[1], ADDRESSES[2]], ids=str)
def test_the_script_prints_the_lines_of_the_picture(
    engine: Engine, knowledge: Knowledge, address: dict[str, str]
) -> None:
    _, found = picture(engine, knowledge, address)
    script = as_python("a title", address, 400)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert {tuple(line.split()[:3]) for line in done.stdout.splitlines()} == {
        (one.subject, one.relation, one.object) for one in found.relations
    }


def test_a_title_cannot_leave_its_comment() -> None:
    scene, _ = read_scene({})
    title = "one\nimport os"
    assert "\nimport os" not in as_python(title, {}, 400)
    assert "# one import os" in as_sparql(title, ["beijing"], scene.filters, SPACES, "en")

"""The columns of a build are headed in its own words."""

from __future__ import annotations

import re

import pytest

from kg.model.glossary import Glossary
from kg.model.knowledge import Knowledge
from kg.model.text import LANGS, Lang
from kg.query.builder import read_build
from kg.query.builder_headings import build_headings
from kg.query.builder_sparql import columns_of_build, to_sparql
from kg.query.builder_words import Naming


@pytest.fixture
def naming(knowledge: Knowledge) -> Naming:
    return Naming(Glossary(knowledge.vocabulary))


def heads(text: str, lang: Lang, naming: Naming) -> dict[str, str]:
    return {name: words.say(lang) for name, words in build_headings(read_build(text)[0], naming).items()}


def test_what_is_planned_is_named_and_headed_as_planned(naming: Naming) -> None:
    text = "type.platform~rel.builds.in-planned~show.ends"
    assert heads(text, "zh", naming) == {"platform": "平台设施", "is_to_be_built_by": "拟建设者是"}
    assert heads(text, "en", naming) == {"platform": "Platform", "is_to_be_built_by": "is to be built by"}


def test_what_is_a_fact_is_headed_as_a_fact(naming: Naming) -> None:
    assert heads("type.platform~rel.builds.in~show.ends", "zh", naming)["is_built_by"] == "建设者是"


def test_the_far_end_is_headed_by_its_own_relation(naming: Naming) -> None:
    found = heads("rel.builds-on.out.of.technology.rel.leads.in-planned~show.ends", "zh", naming)
    assert list(found.values())[-1] == naming.relation(
        read_build("rel.leads.in-planned")[0].conditions[0].link,  # type: ignore[union-attr] # it is a relation
        "zh",
    )


def test_either_has_both_words_and_says_which(naming: Naming) -> None:
    found = heads("rel.builds.in-either~show.ends", "zh", naming)
    assert found["is_built_by"] == "建设者是或拟建设者是"
    assert found["is_built_by_planned"] == "计划中"


def test_a_target_is_not_headed_as_a_value_that_was_reached(naming: Naming) -> None:
    fact, target = (heads(f"fig.records-shared{hold}~show.figures", "en", naming) for hold in ("", ".planned"))
    assert (fact["value"], target["value"]) == ("Records shared", "Records shared (target)")


@pytest.mark.parametrize("lang", LANGS)
def test_no_two_columns_are_headed_alike(naming: Naming, lang: Lang) -> None:
    text = "rel.builds.in~rel.builds.in.of.agency~fig.records-shared~fig.records-shared.either~show.ends.figures.words"
    found = list(heads(text, lang, naming).values())
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("hold", ["", "-planned", "-either"])
def test_every_variable_is_ascii_and_has_words(naming: Naming, hold: str) -> None:
    for relation in naming.glossary.relations:
        for way in ("out", "in"):
            build, unread = read_build(f"type.agency~rel.{relation}.{way}{hold}~show.ends.words.type")
            assert not unread
            names = [column.name for column in columns_of_build(build, naming)]
            assert all(re.fullmatch("[a-z][a-z0-9_]*", name) for name in names)
            assert set(build_headings(build, naming)) == set(names)
            assert f"?{names[1]}" in to_sparql(build, "zh", naming)


def test_nothing_built_has_no_headings(naming: Naming) -> None:
    assert heads("", "zh", naming) == {}

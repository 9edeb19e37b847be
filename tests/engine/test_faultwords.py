"""What the engine says when it does not answer: in both languages, and nothing left to fill in."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kg.engine
from kg.engine.base import Limits
from kg.engine.embedded import EmbeddedEngine
from kg.errors import EngineUnavailable, KgError, MalformedQuery, QueryError, QueryStopped, QueryTimeout, RefusedQuery

FOLDER = Path(kg.engine.__path__[0])
WORDS = tomllib.loads((FOLDER / "faults.toml").read_text(encoding="utf-8"))
CHINESE = re.compile("[\u4e00-\u9fff]")


def pairs(table: dict[str, Any], path: str = "") -> Iterator[tuple[str, list[str]]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from pairs(value, f"{path}{key}.")
        else:
            yield path + key, value


@pytest.mark.parametrize(("key", "both"), list(pairs(WORDS)), ids=[key for key, _ in pairs(WORDS)])
def test_words_stand_in_both_languages_with_the_same_places_to_fill(key: str, both: list[str]) -> None:
    zh, en = both
    places = [sorted({name for _, name, _, _ in string.Formatter().parse(words) if name}) for words in (zh, en)]
    assert places[0] == places[1]
    assert bool(zh) == bool(en)
    assert not zh or CHINESE.search(zh)
    assert not CHINESE.search(en)


def used(*functions: str) -> set[str]:
    """The first arguments with which the engine calls these functions, where they are written out."""
    found = set()
    for file in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in functions:
                found |= {each.value for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant)}
    return found


def test_every_cure_has_its_words() -> None:
    assert used("cure") - {"head_"} <= set(WORDS["cure"])


def test_every_fault_has_its_words() -> None:
    assert used("fault", "Fault") - {"head_"} <= set(WORDS["fault"])
    assert all(set(each) == {"reason", "hint"} for each in WORDS["fault"].values())


@pytest.mark.parametrize("key", sorted({*WORDS["fault"], *WORDS["cure"]} - {"half_character", "delete_it"}))
def test_no_words_are_left_over(key: str) -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in FOLDER.rglob("*.py"))
    assert f'"{key}"' in source or (key.startswith("head_") and f'"{key[5:]}"' in source)


def assert_bilingual(error: KgError) -> None:
    assert CHINESE.search(error.say("zh"))
    assert error.say("en") == str(error)
    assert not CHINESE.search(str(error))
    assert not re.search(r"\{[a-z_]+\}", error.say("zh") + error.say("en"))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "INSERT DATA { <a:b> <a:c> 1 }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "ASK { \\u0053 <http://x/> {} }",
        "ASK { ?s ?p '\\u0027 } x' }",
        "ASK " + "{" * 300 + "}" * 300,
        "ASK {} #" + "x" * 1_000_000,
    ],
)
def test_a_refusal_is_told_in_both_languages(tiny: EmbeddedEngine, query: str) -> None:
    with pytest.raises(RefusedQuery) as caught:
        tiny.check(query)
    assert_bilingual(caught.value)


def test_a_refusal_has_the_span_of_its_word(tiny: EmbeddedEngine) -> None:
    query = "SELECT * { SERVICE <http://x/> {} }"
    with pytest.raises(RefusedQuery) as caught:
        tiny.check(query)
    assert query[slice(*caught.value.span)] == "SERVICE"


def test_half_a_character_has_a_cure(tiny: EmbeddedEngine) -> None:
    query = "ASK { ?s ?p '\ud800' }"
    with pytest.raises(MalformedQuery) as caught:
        tiny.check(query)
    assert caught.value.cures[0].apply(query) == "ASK { ?s ?p '' }"
    assert CHINESE.search(caught.value.say("zh"))


ENDLESS = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"


@pytest.mark.parametrize(
    ("query", "limits"),
    [
        (f"SELECT (COUNT(*) AS ?n) {ENDLESS}", Limits(seconds=0.1)),
        (f"SELECT * {ENDLESS}", Limits(rows=10**9, megabytes=1)),
        (f"SELECT DISTINCT * {ENDLESS}", Limits(seconds=30, rows=10**9, megabytes=24)),
        ("ASK { FILTER(" + "1||" * 10_000 + "1) }", Limits()),
    ],
)
def test_work_that_is_stopped_is_told_in_both_languages(tiny: EmbeddedEngine, query: str, limits: Limits) -> None:
    with pytest.raises(QueryError) as caught:
        tiny.ask(query, limits=limits)
    assert_bilingual(caught.value)


def test_a_closed_engine_is_told_in_both_languages() -> None:
    engine = EmbeddedEngine(b"", "v1")
    engine.close()
    for use in (engine.ask, engine.check):
        with pytest.raises(EngineUnavailable) as caught:
            use("ASK {}")
        assert_bilingual(caught.value)


@pytest.mark.parametrize("error", [QueryTimeout(10), QueryStopped(1.25)])
def test_a_stop_is_told_in_both_languages(error: KgError) -> None:
    assert_bilingual(error)


def test_an_error_without_chinese_words_is_told_in_english() -> None:
    assert QueryError("Nothing.").say("zh") == "Nothing."
    assert MalformedQuery("a reason", 1, 1, "A hint.").words("zh") == ("a reason", "A hint.")

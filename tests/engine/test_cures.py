"""Cures: for the slips that people make, the first one offered is what they meant; none makes matters worse."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.engine.embedded import EmbeddedEngine
from kg.engine.malformed import explain
from kg.engine.mending import MOST_CHARACTERS
from kg.engine.respace import check
from kg.engine.tokens import significant
from kg.engine.wire import Failure
from kg.errors import Cure, Edit, MalformedQuery
from kg.graph.names import PREFIXES


def with_prefixes(text: str) -> str:
    return re.sub(r"¶(\S+) ", lambda found: f"PREFIX {found[1]}: <{PREFIXES[found[1]]}>\n", text)


READ = tomllib.loads((Path(__file__).parent / "slips.toml").read_text(encoding="utf-8"))
SLIPS = {name: (with_prefixes(one["written"]), with_prefixes(one["meant"])) for name, one in READ.items()}
GOOD = sorted({meant for _, meant in SLIPS.values()})


@pytest.fixture(scope="module")
def engine(nquads: bytes) -> Iterator[EmbeddedEngine]:
    with EmbeddedEngine(nquads, "v1", prefixes=PREFIXES) as started:
        yield started


def fault(engine: EmbeddedEngine, query: str) -> MalformedQuery:
    with pytest.raises(MalformedQuery) as caught:
        engine.check(query)
    return caught.value


def said(query: str) -> list[str]:
    """The words of a query, whatever the blanks between them."""
    return [word.text for word in significant(query)]


@pytest.mark.parametrize(("written", "meant"), SLIPS.values(), ids=SLIPS.keys())
def test_the_first_cure_is_what_was_meant(engine: EmbeddedEngine, written: str, meant: str) -> None:
    error = fault(engine, written)
    assert error.cures, str(error)
    assert said(error.cures[0].apply(written)) == said(meant)
    engine.check(meant)


@pytest.mark.parametrize("written", [written for written, _ in SLIPS.values()], ids=SLIPS.keys())
def test_a_slip_is_told_and_mended_in_both_languages(engine: EmbeddedEngine, written: str) -> None:
    error = fault(engine, written)
    chinese = [error.words("zh")[0], error.say("zh"), *(cure.label("zh") for cure in error.cures)]
    english = [error.words("en")[0], error.say("en"), *(cure.label("en") for cure in error.cures)]
    assert all(re.search("[\u4e00-\u9fff]", words) for words in chinese), chinese
    assert not [words for words in chinese + english if not words or re.search(r"\{[a-z_]+\}", words)]
    assert error.words("en") == (error.reason, error.hint)
    assert str(error) == error.say("en")


def test_asking_a_malformed_query_tells_as_much_as_checking_it(engine: EmbeddedEngine) -> None:
    query = "SELECT * { ?s ?p ?o } LIMI 5"
    with pytest.raises(MalformedQuery) as caught:
        engine.ask(query)
    checked = fault(engine, query)
    assert caught.value.cures == checked.cures != ()
    assert (caught.value.span, str(caught.value)) == (checked.span, str(checked))


@pytest.mark.parametrize(
    ("query", "at_fault"),
    [
        ("SELECT * { ?s ?p ?o } LIMI 5", "LIMI"),
        ("SELECT * { ?s ?p https://example.org/a . }", "https://example.org/a"),
        ('SELECT * { ?s ?p "a\\q" }', "\\q"),
        ("SELECT * { ?s ?p ?o FILTER(?o == 5) }", "=="),
        ("SELECT * ｛ ?s ?p ?o ｝", "｛"),
        ("SELECT * { ?s ?p ?o", "{"),
        ("ASK", ""),
    ],
)
def test_the_span_holds_the_characters_at_fault(engine: EmbeddedEngine, query: str, at_fault: str) -> None:
    start, end = fault(engine, query).span
    assert query[start:end] == at_fault


def test_at_most_three_cures_are_offered(engine: EmbeddedEngine) -> None:
    assert len(fault(engine, 'SELECT * { ?s ?p "a b c . ?x ?y ?z }').cures) == 3


def test_a_cure_for_one_of_two_slips_is_offered_too(engine: EmbeddedEngine) -> None:
    written = "SELCT ?s WERE { ?s ?p ?o }"
    once = fault(engine, written).cures[0].apply(written)
    twice = fault(engine, once).cures[0].apply(once)
    assert twice == "SELECT ?s WHERE { ?s ?p ?o }"


def test_a_cure_that_would_be_refused_is_not_offered(engine: EmbeddedEngine) -> None:
    query = "SELECT * { 'SERVICE <http://x/> { ?s ?p ?o } }"
    for cure in fault(engine, query).cures:
        engine.ask(cure.apply(query))


def test_a_very_long_query_is_explained_without_cures(engine: EmbeddedEngine) -> None:
    error = fault(engine, "SELECT * { ?s ?p ?o } LIMI 5 #" + "x" * MOST_CHARACTERS)
    assert error.hint == "Did you mean LIMIT?"
    assert error.cures == ()


def test_without_a_reader_nothing_is_offered() -> None:
    assert explain("SELCT * {}", 0, "error at 1:1: ", {}).cures == ()


def test_a_reader_that_gives_up_leaves_the_explanation() -> None:
    error = explain("SELCT * {}", 0, "error at 1:1: ", {}, lambda _: [])
    assert (error.hint, error.cures) == ("Did you mean SELECT?", ())


def test_edits_at_one_place_keep_their_order() -> None:
    cure = Cure("", "", (Edit(1, 1, "x"), Edit(1, 2, "y"), Edit(0, 0, "z"), Edit(1, 1, "v")))
    assert cure.apply("abc") == "zaxvyc"


CHARACTERS = st.sampled_from(list("?.;,{}()[]<>\"'=|&!:@^#\\*+-/ \na1，。；：（）“”长")) | st.sampled_from(
    ["FILTER ", "SELECT ", "AND ", "DESC ", "GROUP BY ", "WHERE "]
)


@st.composite
def broken(draw: st.DrawFn) -> str:
    """A good query with a few characters taken out or put in."""
    query = draw(st.sampled_from(GOOD))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(query)))
        query = query[:at] + (query[at + 1 :] if draw(st.booleans()) else draw(CHARACTERS) + query[at:])
    return query


def read(texts: Sequence[str]) -> list[Failure | None]:
    return [check(text) for text in texts]


@settings(max_examples=600, deadline=None)
@given(broken())
def test_whatever_is_broken_is_explained_and_no_cure_makes_it_worse(query: str) -> None:
    failure = check(query)
    if failure is None:
        return
    error = explain(query, *failure, PREFIXES, read)
    assert error.reason
    assert 0 <= error.span[0] <= error.span[1] <= len(query)
    left = len(query) - failure.offset
    for cure in error.cures:
        mended = cure.apply(query)
        assert mended != query
        assert sum(len(edit.text) - (edit.end - edit.start) for edit in cure.edits) == len(mended) - len(query)
        after = check(mended)
        added = sum(len(edit.text) for edit in cure.edits)
        assert after is None or len(mended) - after.offset < left + added


@given(st.text(max_size=40) | st.lists(CHARACTERS, max_size=30).map("".join))
def test_any_text_is_explained(text: str) -> None:
    failure = check(text)
    if failure is not None:
        assert str(explain(text, *failure, PREFIXES, read))

"""The box that says why an answer is empty: all words there, nothing of the data taken for markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import get_args

import pytest

from kg.engine.base import Engine
from kg.errors import Edit
from kg.model.text import LANGS, Lang
from kg.query.advice import Advice, Cause, Kind, advise
from kg.query.ask import with_prefixes
from kg.query.sparql.read import read_query
from kg.query.sparql.tree import Span
from kg.ui.advice import advice_box
from tests.query.advice_cases import CASES

QUERY = 'SELECT ?a WHERE {\n  ?a <b> ?c ;\n     <d> "<i>&" .\n}'


class Tags(HTMLParser):
    """Which elements there are, and which were not closed."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.open: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, _: object) -> None:
        self.seen.append(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def box(advice: Advice, lang: Lang = "en", query: str = QUERY) -> str:
    return advice_box(advice, query, lang, lambda text: f"./?query={len(text)}")


def cause(kind: Kind = "name", rows: int = 3, cut: bool = False, **values: str) -> Cause:
    return Cause(kind, {"given": "b:x", "found": "b:y", **values}, (Edit(24, 27, "<e>"),), rows, cut)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", get_args(Kind))
def test_there_are_words_for_every_cause(kind: Kind, lang: Lang) -> None:
    named = {"given": "b:x", "found": "b:y", "prefix": "b", "part": "?a ?b ?c", "rows": "5", "offset": "9"}
    assert "{" not in box(Advice((), (Cause(kind, named, (), 1, False),)), lang)


@pytest.mark.parametrize("lang", LANGS)
def test_every_real_advice_is_whole_markup(sample_engine: Engine, lang: Lang) -> None:
    for _, query in CASES:
        text = with_prefixes(query)
        tags = Tags(box(advise(sample_engine, read_query(text)), lang, text))
        assert tags.open == []
        assert "a" in tags.seen


def test_the_failing_lines_stand_there_with_their_numbers() -> None:
    markup = box(Advice((Span(22, 28), Span(36, 46))))
    assert re.findall(r'<span class="at"[^>]*>(\d)</span>', markup) == ["2", "3"]


def test_nothing_of_the_query_becomes_markup() -> None:
    markup = box(Advice((Span(36, 46),), (Cause("left_out", {"part": "<i>&"}, (Edit(36, 46, "<b>"),), 1, False),)))
    assert set(Tags(markup).seen).isdisjoint({"i", "b"})


def test_a_mark_goes_over_several_lines_without_crossing_them() -> None:
    markup = box(Advice((Span(20, 46),)))
    assert Tags(markup).seen.count("mark") == 2


@pytest.mark.parametrize(
    ("form", "rows", "cut", "words"),
    [
        ("SELECT *", 1, False, "1 row"),
        ("SELECT *", 1000, True, "1,000 rows or more"),
        ("CONSTRUCT", 7, False, "7 triples"),
        ("ASK", 1, False, "the answer is yes"),
    ],
)
def test_the_link_says_what_the_cure_gives(form: str, rows: int, cut: bool, words: str) -> None:
    query = f"{form} WHERE {{ ?a <b> ?c }}"
    assert f": {words}</a>" in box(Advice((), (cause(rows=rows, cut=cut),)), "en", query)


def test_the_link_leads_to_the_mended_query() -> None:
    assert f'href="./?query={len(QUERY) - 3 + 3}"' in box(Advice((), (cause(),)))


def test_a_name_is_said_in_the_readers_language_if_there_is_one() -> None:
    named = cause(found_zh="长安链", given_zh="链", given_en="chain")
    assert '<span lang="zh-Hans">长安链</span>' in box(Advice((), (named,)), "en")
    assert "<code>b:x</code>（<span>链</span>）" in box(Advice((), (named,)), "zh")


def test_other_faults_that_are_cured_are_said() -> None:
    several = Cause("name", {"given": "b:x", "found": "b:y"}, (), 1, False, (cause("direction"),))
    assert "And: <code>b:x</code> points the other way" in box(Advice((), (several,)))


def test_no_advice_is_no_box() -> None:
    assert box(Advice()) == ""

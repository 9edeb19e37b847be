"""The choice between an answer's views: links that say the view in the query itself."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

import pytest

from kg.model.text import LANGS, Lang
from kg.ui.figure import switch, view_of
from kg.ui.words import WORDS
from kg.view.answer_shape import Fitting
from kg.view.directives import VIEWS, View

BOTH = Fitting(("bars", "table"), "bars")
QUERY = 'SELECT ?x { ?x ?y "<&>" }'


def links(fitting: Fitting, query: str) -> list[str]:
    markup = switch(fitting, view_of(fitting, query), "en", query, lambda text: "./?query=" + quote(text))
    return [html.unescape(one) for one in re.findall('href="([^"]*)"', markup)]


def test_the_view_that_opens_by_itself_needs_no_words_in_the_query() -> None:
    assert links(BOTH, QUERY) == ["./?query=" + quote(text) for text in (QUERY, f"#view: table\n{QUERY}")]


def test_a_query_from_elsewhere_that_asks_for_another_view_gets_the_words() -> None:
    wikidata = f"#defaultView:Table\n{QUERY}"
    assert links(BOTH, wikidata)[0] == "./?query=" + quote(f"#defaultView:Table\n#view: bars\n{QUERY}")


def test_the_view_that_is_shown_is_marked() -> None:
    markup = switch(BOTH, "table", "zh", QUERY, lambda text: text)
    assert re.findall('as-([a-z]+)" aria-current="true"', markup) == ["table"]


def test_one_view_is_no_choice() -> None:
    assert switch(Fitting(("table",), "table"), "table", "zh", QUERY, str) == ""


def test_a_view_that_the_answer_does_not_have_is_not_shown() -> None:
    assert view_of(BOTH, f"#view: map\n{QUERY}") == "bars"


def note(fitting: Fitting, query: str, lang: Lang) -> list[str]:
    markup = switch(fitting, view_of(fitting, query), lang, query, str)
    return re.findall('<p class="note misfit"[^>]*>([^<]*)</p>', markup)


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", "地图需要坐标；已改为表格。"), ("en", "A map needs coordinates; this is the table instead.")],
)
def test_a_view_that_does_not_fit_is_told_of(lang: Lang, words: str) -> None:
    assert note(Fitting(("table",), "table"), f"#view: map\n{QUERY}", lang) == [words]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("lang", LANGS)
def test_every_view_says_what_it_needs_and_what_is_there_instead(view: View, lang: Lang) -> None:
    other: View = "map" if view == "table" else "table"
    assert note(Fitting((other,), other), f"#view: {view}\n{QUERY}", lang)
    assert note(Fitting((view,), view), f"#view: {other}\n{QUERY}", lang)
    assert f"needs_{view}" in WORDS


def test_a_view_that_fits_needs_no_words() -> None:
    assert note(BOTH, f"#view: table\n{QUERY}", "en") == note(BOTH, QUERY, "en") == []

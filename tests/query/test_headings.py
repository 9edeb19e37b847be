"""What columns and variables are called."""

from __future__ import annotations

import pytest

from kg.model.text import LANGS, Lang, Text
from kg.query.headings import _words, called, headings
from kg.query.questions import Question, load_questions
from kg.query.shown import shown_places
from kg.query.sparql.read import read_query


def heads(lang: Lang, *names: str) -> tuple[str, ...]:
    return headings(names, range(len(names)), lang)


def test_a_usual_variable_has_words_in_each_language() -> None:
    assert heads("zh", "metric", "as_of") == ("指标", "截至")
    assert heads("en", "metric", "as_of") == ("Metric", "As of")
    assert (called("as_of", "en"), called("as_of", "zh")) == ("as of", "截至")


def test_the_words_of_the_query_itself_go_before_the_usual_ones() -> None:
    own = {"who": Text(zh="牵头单位", en="led by"), "metric": Text(zh="指标名", en="measure")}
    names = ("who", "who_zh", "who_en", "metric", "as_of")
    assert headings(names, (0, 3, 4), "zh", own) == ("牵头单位", "指标名", "截至")
    assert headings(names, (0, 3, 4), "en", own) == ("Led by", "Measure", "As of")


def test_an_unusual_one_keeps_its_name() -> None:
    assert heads("zh", "myThing", "金额") == ("myThing", "金额")


def test_the_one_of_two_languages_that_is_shown_is_headed_as_what_it_says() -> None:
    assert headings(("unit_zh", "unit_en"), (0,), "zh") == ("单位",)
    assert headings(("unit_zh",), (0,), "zh") == ("unit_zh",)


@pytest.mark.parametrize("names", [("position", "Position"), ("position_en", "position_zh", "Position")])
def test_no_two_columns_are_headed_alike(names: tuple[str, ...]) -> None:
    shown = shown_places(names, "en")
    assert headings(names, shown, "en") == tuple(names[place] for place in shown)


@pytest.mark.parametrize("lang", LANGS)
def test_no_two_variables_share_a_word(lang: Lang) -> None:
    words = [said[LANGS.index(lang)] for said in _words().values()]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("question", load_questions(), ids=lambda question: question.name)
def test_every_column_of_a_stored_question_has_words(question: Question) -> None:
    names = tuple(column.variable.name for column in read_query(question.text()).columns if column.variable)
    found = headings(names, shown_places(names, "zh"), "zh")
    assert not [head for head in found if head.isascii()]

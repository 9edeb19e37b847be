"""The form of a stored question: what it takes, and what it says of a value that is none."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kg.model.text import LANGS, Lang

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module", autouse=True)
def _real_data() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_DATA", str(ROOT / "data"))
        yield
        st.cache_resource.clear()


def ask(question: str, lang: Lang = "en", **values: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    address = {"page": "ask", "lang": lang, "question": question, **{f"p-{name}": one for name, one in values.items()}}
    for name, value in address.items():
        test.query_params[name] = value
    return test.run()


def html_of(test: AppTest) -> str:
    assert not test.exception
    bodies = [element.proto.body for element in test.get("html")]
    return "\n".join(body for body in bodies if not body.startswith("<style>"))


def answered(test: AppTest) -> bool:
    return 'class="answered"' in html_of(test)


@pytest.mark.parametrize("written", ["2025", "2025-3-1", "2025/3/20", "2025年3月20日"])
def test_a_date_is_taken_as_it_is_written(written: str) -> None:
    assert answered(ask("sources_since", day=written))


@pytest.mark.parametrize(("lang", "words"), [("zh", "不是日期"), ("en", "is no date")])
@pytest.mark.parametrize("written", ["20 March 2025", "昨天", "2025-02-30"])
def test_what_is_no_date_is_told_at_the_field(written: str, lang: Lang, words: str) -> None:
    test = ask("sources_since", lang, day=written)
    assert not answered(test)
    assert f"“{written}”" in html_of(test)
    assert words in html_of(test)
    assert "2025-03-20" in html_of(test)


@pytest.mark.parametrize("lang", LANGS)
def test_a_field_says_how_a_date_is_written(lang: Lang) -> None:
    assert "field-hint" in html_of(ask("sources_since", lang))


def test_a_statement_that_there_is_not_is_told_as_such() -> None:
    test = ask("sources_of_statement", statement="abc")
    assert "There is no statement with the number “abc”" in html_of(test)
    assert "FILTER" not in html_of(test)


def test_a_statement_is_found_with_white_space_around_its_number() -> None:
    assert answered(ask("sources_of_statement", statement=" 87185828DD161FB3 "))


@pytest.mark.parametrize(
    ("question", "name", "words"),
    [("leads_of_company", "company", "no company “xyz”"), ("figures_of_metric", "metric", "no metric “xyz”")],
)
def test_what_there_is_not_gets_no_answer_of_another(question: str, name: str, words: str) -> None:
    test = ask(question, **{name: "xyz"})
    assert not answered(test)
    assert words in html_of(test)
    (field,) = test.main.selectbox
    assert field.value is None
    assert test.query_params[f"p-{name}"] in ("xyz", ["xyz"])


def test_the_nearest_are_offered_by_their_names() -> None:
    html = unescape(html_of(ask("leads_of_company", "zh", company="bayr")))
    at = html.index("field-fault")
    href = html[html.index('href="', at) + 6 :].split('"', 1)[0]
    assert parse_qs(urlparse(href).query)["p-company"] == ["bayer"]
    assert ">拜耳</a>" in html[at:]


def test_after_a_value_that_there_is_not_one_can_be_chosen() -> None:
    test = ask("leads_of_company", company="xyz")
    test.main.selectbox[0].set_value("bayer").run()
    assert answered(test)
    assert "p-company" not in test.query_params  # it is the question's own


def test_the_address_goes_before_what_the_field_had() -> None:
    """As after a link, or the browser's way back."""
    test = ask("sources_words", words="数据")
    test.query_params["p-words"] = "公共"
    test.run()
    assert field(test).value == "公共"


def test_an_emptied_field_waits_for_a_word() -> None:
    test = ask("sources_words")
    field(test).set_value("").run()
    assert not answered(test)
    assert "Write something here first" in html_of(test)
    test.run()
    assert field(test).value == ""


def field(test: AppTest) -> object:
    return next(one for one in test.text_input if one.key.startswith("field-"))


def test_an_unknown_question_comes_with_titles() -> None:
    assert ">谁担任什么职务？</a>" in html_of(ask("leads_peopl", "zh"))


def test_who_goes_over_to_writing_takes_the_question_along() -> None:
    html = unescape(html_of(ask("leads_of_company", company="bayer")))
    ways = html[html.index("ways-in") :].split("</nav>", 1)[0]
    assert "ent%3Abayer" in ways or "entity%2Fbayer" in ways

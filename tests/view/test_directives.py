"""A query's comments say how its answer is shown, and our own line of them can be changed without touching the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.view.directives import VIEWS, View, directives, with_view

_PIECES = (
    *("SELECT ?x", "#view: bars", "# view: map", "#defaultView:Graph", "#title:T", "# view: the list", '"#view: map"'),
    *(
        "'''",
        '"""',
        "<#view: map>",
        "\n",
        "\r\n",
        "\r",
        " ",
        "\t",
        "# words",
        "{",
        "}",
        "ASK",
        "#view: line # more",
        "\\",
    ),
)
texts = st.lists(st.sampled_from(_PIECES), max_size=12).map("".join)
views = st.sampled_from(VIEWS)


def test_our_line_names_the_view() -> None:
    assert directives("# Who leads?\n#view: timeline\nSELECT * {}").view == "timeline"


def test_a_query_without_a_directive_names_no_view() -> None:
    assert directives("SELECT * {} # view the list").view is None


def test_a_view_that_there_is_not_is_no_view() -> None:
    assert directives("#view: pie\nSELECT * {}").view is None


@pytest.mark.parametrize(
    ("written", "view"),
    [("BarChart", "bars"), ('LineChart{"hide":"?x"}', "line"), ("Map", "map"), ("Graph", "graph"), ("ImageGrid", None)],
)
def test_a_query_of_wikidata_opens_as_it_does_there(written: str, view: View | None) -> None:
    assert directives(f"#title:Things\n#defaultView:{written}\nSELECT * {{}}").view == view


def test_our_line_counts_before_that_of_wikidata() -> None:
    assert directives("#defaultView:Map\n#view: table\nSELECT * {}").view == "table"


def test_the_title_is_read_without_the_space_around() -> None:
    assert directives("#title:  谁牵头？  \nSELECT * {}").title == "谁牵头？"


@pytest.mark.parametrize(
    "text", ['ASK { ?x ?y "#view: map" }', "ASK { ?x <#view:map> ?y }", 'ASK { ?x ?y """\n#view: map\n""" }']
)
def test_text_within_strings_and_iris_is_no_directive(text: str) -> None:
    assert directives(text).view is None


def test_a_comment_behind_something_else_is_no_directive() -> None:
    assert directives("SELECT * {} #view: map").view is None


def test_a_new_line_stands_below_the_comments_at_the_head() -> None:
    assert with_view("# One\n# Two\n\nASK {}\n# Three", "map") == "# One\n# Two\n#view: map\n\nASK {}\n# Three"


def test_a_new_line_is_the_first_where_there_is_no_comment() -> None:
    assert with_view("ASK {}", "map") == "#view: map\nASK {}"


def test_the_line_is_changed_where_it_stands() -> None:
    assert with_view("ASK {}\n  # view: bars\n# end", "map") == "ASK {}\n  #view: map\n# end"


def test_of_several_lines_one_is_left() -> None:
    assert with_view("#view: bars\n#view: map\nASK {}", "line") == "#view: line\nASK {}"


def test_lines_end_as_those_of_the_query_do() -> None:
    assert with_view("# One\r\nASK {}\r\n", "map") == "# One\r\n#view: map\r\nASK {}\r\n"


@given(texts, views)
def test_what_was_written_is_read(text: str, view: View) -> None:
    assert directives(with_view(text, view)).view == view


@given(texts, views)
def test_nothing_but_our_line_changes(text: str, view: View) -> None:
    def rest(query: str) -> str:
        return "".join(with_view(query, None).split())

    assert rest(with_view(text, view)) == rest(text)


@given(texts, views, views)
def test_to_change_twice_is_to_change_once(text: str, one: View, other: View) -> None:
    assert with_view(with_view(text, one), other) == with_view(text, other)

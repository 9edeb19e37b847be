"""The things of an answer and what joins them become a network that the canvas can draw."""

from __future__ import annotations

import pytest

from kg.engine.answer import Answer
from kg.graph.names import PREFIXES
from kg.model.knowledge import Knowledge
from kg.model.text import Text
from kg.view.answer_graph import MOST_THINGS, PLAIN, graph_of, left_out, picture_of, with_plain
from kg.view.answer_shape import fitting
from kg.view.network import Line, dot_of

ENT, BDE, PLAN, RDF, SKOS = (PREFIXES[name] for name in ("ent", "bde", "plan", "rdf", "skos"))


def graph(*triples: str) -> Answer:
    return Answer("graph", "\n".join(f"{triple} ." for triple in triples).encode(), len(triples), False, 0.0, "v")


def lines(found: Answer, labels: dict[str, Text] | None = None) -> list[Line]:
    parts = fitting(found, {}).parts.get("graph")
    return [data["line"] for *_, data in graph_of(found, labels or {}, {}, parts).edges(data=True)]


def test_a_column_that_joins_is_called_in_the_words_of_its_query() -> None:
    found = Answer("select", f"?platform\t?is_built_by\n<{ENT}a>\t<{ENT}b>\n".encode(), 1, False, 0.0, "v")
    parts = fitting(found, {}, {"is_built_by": Text(zh="拟建设者是", en="is to be built by")}).parts["graph"]
    ((_, _, data),) = graph_of(found, {}, {}, parts).edges(data=True)
    assert (data["line"].name.zh, data["line"].name.en) == ("拟建设者是", "is to be built by")


def test_an_entity_keeps_its_type() -> None:
    network = graph_of(graph(f"<{ENT}a> <{BDE}leads> <{ENT}b>"), {}, {"a": "agency", "b": "zone"})
    assert [dot_of(network, node).ref.type for node in ("a", "b")] == ["agency", "zone"]


def test_a_type_that_the_answer_gives_is_the_shape_and_no_line() -> None:
    found = graph(f"<{ENT}a> <{RDF}type> <{BDE}Agency>", f"<{ENT}a> <{BDE}leads> <{ENT}b>")
    network = graph_of(found, {}, {"b": "agency"})
    assert (dot_of(network, "a").ref.type, network.number_of_edges()) == ("agency", 1)


def test_any_other_iri_is_a_plain_node() -> None:
    network = graph_of(graph(f"<{ENT}a> <{BDE}theme> <https://example.org/x>"), {}, {})
    assert dot_of(network, "https://example.org/x").ref.type == PLAIN


def test_literals_are_left_out_but_name_their_thing() -> None:
    found = graph(f'<{ENT}a> <{SKOS}prefLabel> "甲"@zh', f"<{ENT}a> <{BDE}leads> <{ENT}b>")
    network = graph_of(found, {}, {})
    assert (set(network), dot_of(network, "a").ref.name.zh) == ({"a", "b"}, "甲")


def test_a_line_has_the_name_of_its_predicate() -> None:
    [line] = lines(graph(f"<{ENT}a> <{BDE}leads> <{ENT}b>"), {f"{BDE}leads": Text(zh="牵头", en="leads")})
    assert line.name == Text(zh="牵头", en="leads")


def test_a_planned_predicate_is_no_fact() -> None:
    [line] = lines(graph(f"<{ENT}a> <{PLAN}leads> <{ENT}b>"))
    assert line.planned


def test_rows_join_their_first_thing_to_each_other_one() -> None:
    found = Answer("select", f"?a\t?led_by\t?c\n<{ENT}a>\t<{ENT}b>\t<{ENT}c>".encode(), 1, False, 0.0, "v")
    assert {(one.subject, one.name.en, one.object) for one in lines(found)} == {("a", "led by", "b"), ("a", "c", "c")}


def test_a_column_of_relations_names_the_lines() -> None:
    body = f'?a\t?r\t?r_en\t?b\n<{ENT}a>\t<{BDE}leads>\t"leads"@en\t<{ENT}b>'
    [line] = lines(Answer("select", body.encode(), 1, False, 0.0, "v"))
    assert line.name.en == "leads"


def test_what_has_no_room_is_counted() -> None:
    found = graph(*(f"<{ENT}a> <{BDE}leads> <{ENT}b{place}>" for place in range(MOST_THINGS + 4)))
    network = graph_of(found, {}, {})
    assert (len(network), left_out(network)) == (MOST_THINGS, 5)


@pytest.mark.parametrize("label", ["", " \n ", "<b>&\"'", "\u0000", "长" * 400])
def test_the_canvas_draws_whatever_names_there_are(label: str, sample: Knowledge) -> None:
    vocabulary = with_plain(sample.vocabulary)
    network = graph_of(graph(f"_:b0 <{BDE}leads> <{ENT}b>", f"<{ENT}b> <{SKOS}prefLabel> {_quoted(label)}"), {}, {})
    picture = picture_of(network, vocabulary, "zh")
    assert {node["id"] for node in picture["nodes"]} == {"_:b0", "b"}
    assert PLAIN in picture["colours"]


STAR = graph(*(f"<{ENT}hub> <{BDE}leads> <{ENT}b{place}>" for place in range(60)))


def test_all_lines_of_an_answer_are_seen_with_arrows(sample: Knowledge) -> None:
    picture = picture_of(graph_of(STAR, {}, {}), with_plain(sample.vocabulary), "en")
    assert picture["arrows"]
    assert not any(edge["faint"] for edge in picture["edges"])


def test_of_many_things_the_chief_ones_are_named_first(sample: Knowledge) -> None:
    picture = picture_of(graph_of(STAR, {}, {}), with_plain(sample.vocabulary), "en")
    assert picture["nodes"][0]["id"] == "hub"
    assert [node["rank"] for node in picture["nodes"]] == [1] * 8 + [0] * 53


def test_a_file_has_a_ground_for_each_part(sample: Knowledge) -> None:
    two = graph(f"<{ENT}a> <{BDE}leads> <{ENT}b>", f"<{ENT}c> <{BDE}leads> <{ENT}d>")
    picture = picture_of(graph_of(two, {}, {}), with_plain(sample.vocabulary), "en", for_file=True)
    assert [group["members"] for group in picture["groups"]] == [("a", "b"), ("c", "d")]


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'

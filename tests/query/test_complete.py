"""Completion: at the caret stand only things of this data that fit there, with the prefix that they need."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.engine.base import Engine
from kg.engine.keywords import KEYWORDS
from kg.engine.tokens import significant
from kg.graph.names import PREFIXES, expand
from kg.model.text import Lang
from kg.query.catalogue import catalogue
from kg.query.complete import MOST_ITEMS, Completion, Completions, complete
from kg.query.search import search

BDE = f"PREFIX bde: <{PREFIXES['bde']}>\n"


def at(engine: Engine, marked: str, lang: Lang = "zh") -> Completions:
    """What is offered where ``‸`` stands."""
    return complete(engine, marked.replace("‸", ""), marked.index("‸"), lang)


def texts(engine: Engine, marked: str, kind: str = "") -> list[str]:
    return [item.text for item in at(engine, marked).items if kind in ("", item.kind)]


def item(engine: Engine, marked: str, text: str, lang: Lang = "zh") -> Completion:
    return next(one for one in at(engine, marked, lang).items if one.text == text)


def written(marked: str, found: Completions, one: Completion) -> str:
    """The text after the item was taken: inserted first, then its edits, as they stand before it."""
    text = marked.replace("‸", "")
    text = text[: found.start] + one.text + text[found.end :]
    for edit in reversed(one.edits):
        text = edit.apply(text)
    return text


def taken(engine: Engine, marked: str, text: str) -> str:
    return written(marked, at(engine, marked), item(engine, marked, text))


# Where nothing is offered


@pytest.mark.parametrize(
    "marked",
    [
        "# SEL‸",
        "SELECT * { ?x bde:leads ?y # cha‸\n }",
        'SELECT * { ?x skos:prefLabel "长安‸',
        "SELECT * { ?x skos:prefLabel '''长安\n‸''' }",
        'SELECT * { ?x skos:prefLabel ?n FILTER(?n = "长安‸") }',
        'SELECT * { ?x skos:prefLabel "长安链"‸ }',
        "SELECT * { ?x bde:value 12‸ }",
        "SELECT * { ?x bde:value 1.5‸ }",
        "SELECT * { ?s ?p ?o } LIMIT ‸",
        "SELECT (COUNT(?x) AS ‸) { }",
        "SELECT * { ?x bde:leads?‸ ?y }",
        "SELECT * { OPTIONAL ‸",
        "BASE ‸",
    ],
)
def test_nothing_is_offered_in_comments_strings_numbers_and_where_nothing_fits(
    sample_engine: Engine, marked: str
) -> None:
    assert texts(sample_engine, marked) == []


@pytest.mark.parametrize(
    "marked",
    [
        "SELECT‸",
        "select‸",
        "SELECT * { ?x a bde:Agency‸ }",
        "SELECT * { ?x bde:leads‸ ?y }",
        "SELECT * { ?x bde:leads ent:changan-chain‸ }",
        "SELECT * { ?x bde:leads ?y . ?x‸ }",
        "SELECT * { ?x a‸ }",
    ],
)
def test_a_whole_word_is_left_in_peace(sample_engine: Engine, marked: str) -> None:
    assert texts(sample_engine, marked) == []


# The words of SPARQL


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        ("‸", "SELECT"),
        ("pre‸", "PREFIX"),
        ("PREFIX a: <x:y> des‸", "DESCRIBE"),
        ("SELECT ‸", "DISTINCT"),
        ("SELECT ?x w‸", "WHERE"),
        ("ASK FROM graph:entities ‸", "FROM"),
        ("SELECT * FROM ‸", "NAMED"),
        ("SELECT * { ‸ }", "OPTIONAL"),
        ("SELECT * { ‸ }", "SELECT"),
        ("SELECT * { ?s ?p ?o f‸ }", "FILTER NOT EXISTS"),
        ("SELECT * { { ?s ?p ?o } ‸ }", "UNION"),
        ("SELECT * { ?s ?p ?o FILTER ‸ }", "NOT EXISTS"),
        ("SELECT * { ?s ?p ?o FILTER NOT ‸ }", "EXISTS"),
        ("SELECT * { ?s ?p ?o FILTER(?s ‸) }", "NOT IN"),
        ("SELECT * { BIND(?s ‸) }", "AS"),
        ("SELECT (COUNT(‸) AS ?n) {}", "DISTINCT"),
        ("SELECT * { } ‸", "ORDER BY"),
        ("SELECT * { } GROUP ‸", "BY"),
        ("SELECT * { } GROUP BY ?x ‸", "HAVING"),
        ("SELECT * { } LIMIT 10 ‸", "OFFSET"),
        ("SELECT * { { SELECT ?x { } ‸ } }", "GROUP BY"),
        ("SELECT * { VALUES ?x { ‸ } }", "UNDEF"),
        ("SELECT * { ?x ‸ }", "a"),
    ],
)
def test_the_keywords_of_the_place_are_offered(sample_engine: Engine, marked: str, wanted: str) -> None:
    assert wanted in texts(sample_engine, marked, "keyword")


@pytest.mark.parametrize(
    ("marked", "unwanted"),
    [
        ("SELECT * { ‸ }", "UNION"),
        ("SELECT * { ?x bde:leads ?y . ‸ }", "SELECT"),
        ("SELECT * { ?x a bde:Agency ; ‸ }", "a"),
        ("SELECT ?x ‸", "DISTINCT"),
        ("SELECT * { FILTER((?s ‸)) }", "AS"),
    ],
)
def test_no_keyword_is_offered_where_it_is_wrong(sample_engine: Engine, marked: str, unwanted: str) -> None:
    assert unwanted not in texts(sample_engine, marked)


def test_a_function_is_inserted_with_its_parenthesis(sample_engine: Engine) -> None:
    assert texts(sample_engine, "SELECT * { FILTER(contai‸) }") == ["CONTAINS("]


def test_a_function_gets_no_second_parenthesis(sample_engine: Engine) -> None:
    assert texts(sample_engine, "SELECT * { FILTER(contai‸(?x)) }") == ["CONTAINS"]


def test_a_function_of_nothing_is_inserted_whole(sample_engine: Engine) -> None:
    assert "NOW()" in texts(sample_engine, "SELECT * { BIND(no‸) }")


def test_aggregates_are_offered_in_select_and_not_in_filters(sample_engine: Engine) -> None:
    assert "(COUNT(" in texts(sample_engine, "SELECT ‸ { ?s ?p ?o }")
    assert "COUNT(" not in texts(sample_engine, "SELECT * { FILTER(cou‸) }")


def test_every_function_is_one_of_sparql(sample_engine: Engine) -> None:
    offered = {one.label for letter in "abcdefilmnrstuy" for one in at(sample_engine, f"ASK {{ FILTER({letter}‸").items
               if one.kind == "function"}  # fmt: skip
    assert len(offered) > 40
    assert offered <= set(KEYWORDS)


# Prefixes


def test_after_prefix_a_whole_line_is_offered(sample_engine: Engine) -> None:
    assert texts(sample_engine, "PREFIX bd‸") == [f"bde: <{PREFIXES['bde']}>"]


def test_a_namespace_that_stands_there_already_is_replaced(sample_engine: Engine) -> None:
    marked = "PREFIX b‸ <http://wrong> SELECT"
    assert taken(sample_engine, marked, f"bde: <{PREFIXES['bde']}>") == f"PREFIX bde: <{PREFIXES['bde']}> SELECT"


def test_after_the_name_of_a_prefix_its_namespace_is_offered(sample_engine: Engine) -> None:
    assert texts(sample_engine, "PREFIX bde: ‸") == [f"<{PREFIXES['bde']}>"]


def test_a_declared_prefix_is_not_offered_again(sample_engine: Engine) -> None:
    assert texts(sample_engine, BDE + "PREFIX bd‸") == []


def test_only_prefixes_that_the_data_need_are_offered(sample_engine: Engine) -> None:
    offered = {one.label for one in at(sample_engine, "PREFIX ‸").items}
    assert {"bde:", "plan:", "ent:", "theme:", "skos:", "xsd:"} <= offered
    assert "shape:" not in offered


def test_a_word_may_become_a_prefixed_name(sample_engine: Engine) -> None:
    assert item(sample_engine, "SELECT * { ?x sko‸ }", "skos:").edits


def test_the_prefix_line_stands_before_the_query(sample_engine: Engine) -> None:
    line = f"PREFIX bde: <{PREFIXES['bde']}>\n"
    assert taken(sample_engine, "SELECT * { ?x a Agen‸ }", "bde:Agency") == f"{line}SELECT * {{ ?x a bde:Agency }}"


def test_the_prefix_line_stands_after_the_others_and_their_comments(sample_engine: Engine) -> None:
    head = "# title\nBASE <http://x/>\nPREFIX ex: <http://e/> # mine\n"
    line = f"PREFIX bde: <{PREFIXES['bde']}>\n"
    assert taken(sample_engine, head + "ASK { ?x a Agen‸ }", "bde:Agency") == head + line + "ASK { ?x a bde:Agency }"


def test_the_prefix_line_parts_a_query_of_one_line(sample_engine: Engine) -> None:
    head = "PREFIX ex: <http://e/>"
    line = f"\nPREFIX bde: <{PREFIXES['bde']}>\n"
    assert (
        taken(sample_engine, f"{head} ASK {{ ?x a Agen‸ }}", "bde:Agency") == f"{head}{line} ASK {{ ?x a bde:Agency }}"
    )


def test_no_line_is_added_for_a_declared_prefix(sample_engine: Engine) -> None:
    assert item(sample_engine, BDE + "ASK { ?x a Agen‸ }", "bde:Agency").edits == ()


def test_the_name_that_the_query_gives_a_namespace_is_used(sample_engine: Engine) -> None:
    marked = f"PREFIX o: <{PREFIXES['bde']}> ASK {{ ?x a o:Agen‸ }}"
    assert item(sample_engine, marked, "o:Agency").edits == ()


def test_an_iri_is_written_in_full_where_its_prefix_means_something_else(sample_engine: Engine) -> None:
    marked = "PREFIX bde: <http://example.org/> ASK { ?x a Agen‸ }"
    assert texts(sample_engine, marked)[0] == f"<{expand('bde:Agency')}>"


# Classes and properties


def test_after_a_stand_the_classes_with_their_counts_our_own_first(sample_engine: Engine) -> None:
    found = at(sample_engine, BDE + "SELECT * { ?x a ‸ }").items
    assert (found[0].text, found[0].count) == ("bde:Statement", 8)
    assert [one.text for one in found if one.kind == "class"].index("bde:Agency") < [one.text for one in found].index(
        "skos:Concept"
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_class_is_called_in_the_readers_language(sample_engine: Engine, lang: Lang) -> None:
    assert item(sample_engine, "ASK { ?x a ‸ }", "bde:Agency", lang).detail == {"zh": "机构", "en": "Agency"}[lang]


def test_a_name_in_one_language_stands_in_for_the_other(sample_engine: Engine) -> None:
    found = item(sample_engine, "ASK { GRAPH graph:2024‸ {} }", "graph:2024-06-sample", "zh")
    assert found.detail == "An older English source"


def test_a_class_is_found_by_its_chinese_name(sample_engine: Engine) -> None:
    assert texts(sample_engine, "ASK { ?x a 机构‸ }") == ["bde:Agency"]


def test_rdf_type_asks_for_classes_too(sample_engine: Engine) -> None:
    assert "bde:Agency" in texts(sample_engine, "ASK { ?x rdf:type ‸ }")


def test_the_properties_of_the_class_are_offered_with_how_often_it_has_them(sample_engine: Engine) -> None:
    found = at(sample_engine, "ASK { ?x a bde:Technology ; ‸ }").items
    offered = {one.text: one.count for one in found if one.kind == "property"}
    assert offered["plan:buildsOn"] == 1
    assert offered["skos:prefLabel"] == 6
    assert "bde:leads" not in offered


def test_the_commonest_property_stands_first(sample_engine: Engine) -> None:
    found = at(sample_engine, "ASK { ?x a bde:Figure ; ‸ }").items
    counts = [one.count or 0 for one in found if one.kind == "property"]
    assert counts == sorted(counts, reverse=True)


def test_the_class_may_be_said_after_the_caret(sample_engine: Engine) -> None:
    assert "plan:buildsOn" in texts(sample_engine, "ASK {\n ?x ‸\n ?x a bde:Technology .\n}")
    assert "bde:value" not in texts(sample_engine, "ASK {\n ?x ‸\n ?x a bde:Technology .\n}")


def test_the_class_of_another_variable_says_nothing(sample_engine: Engine) -> None:
    assert "bde:value" in texts(sample_engine, "ASK { ?y a bde:Technology . ?x bde:val‸ }")


def test_a_property_says_of_which_class_its_subject_is(sample_engine: Engine) -> None:
    offered = texts(sample_engine, "ASK { ?x bde:metric ?m ; ‸ }", "property")
    assert "bde:value" in offered
    assert "bde:leads" not in offered


def test_a_property_says_of_which_class_its_object_is(sample_engine: Engine) -> None:
    offered = texts(sample_engine, "ASK { ?x bde:holdsPostAt ?y . ?y ‸ }", "property")
    assert "bde:shortName" in offered
    assert "bde:holdsPostAt" not in offered


def test_a_figure_is_completed_as_the_node_that_it_is(sample_engine: Engine) -> None:
    offered = texts(sample_engine, "ASK { ?f a bde:Figure ; bde:‸ }")
    assert {"bde:metric", "bde:value", "bde:subject", "bde:asOf"} <= set(offered)


def test_of_a_named_thing_only_what_it_has_is_offered(sample_engine: Engine) -> None:
    offered = texts(sample_engine, "ASK { ent:trusted-data-space ‸ }", "property")
    assert "plan:buildsOn" in offered
    assert "skos:altLabel" not in offered


def test_within_brackets_the_node_is_the_subject(sample_engine: Engine) -> None:
    offered = texts(sample_engine, "ASK { ?x bde:speaker [ a bde:Agency ; ‸ ] }", "property")
    assert "bde:leads" in offered
    assert "bde:value" not in offered


def test_a_path_goes_on_from_where_its_last_step_ends(sample_engine: Engine) -> None:
    offered = texts(sample_engine, "ASK { ?x bde:holdsPostAt/‸ }", "property")
    assert "bde:shortName" in offered
    assert "bde:holdsPostAt" not in offered


def test_backwards_stand_the_properties_that_end_in_the_class(sample_engine: Engine) -> None:
    offered = texts(sample_engine, "ASK { ?x a bde:Agency ; ^‸ }", "property")
    assert "bde:holdsPostAt" in offered
    assert "bde:leads" not in offered


def test_a_property_is_found_by_its_chinese_name(sample_engine: Engine) -> None:
    assert texts(sample_engine, "ASK { ?x 牵头‸ ?y }") == ["bde:leads"]


def test_with_nothing_known_all_properties_are_offered(sample_engine: Engine) -> None:
    assert {"bde:value", "bde:leads", "skos:prefLabel"} <= set(texts(sample_engine, "ASK { ?x bde:‸ }")) | set(
        texts(sample_engine, "ASK { ?x skos:‸ }")
    )


def test_only_names_of_the_typed_prefix_are_offered(sample_engine: Engine) -> None:
    offered = texts(sample_engine, "ASK { ?x a bde:Technology ; plan:‸ }")
    assert offered == ["plan:buildsOn"]


# Objects


@pytest.mark.parametrize("typed", ["长安链", "changanlian", "cal", "ent:chang", "Chang'an", "長安", "ChainMaker"])
def test_an_entity_is_found_by_any_name(sample_engine: Engine, typed: str) -> None:
    found = at(sample_engine, f"SELECT * {{ ?x ?p {typed}‸ }}")
    assert (found.items[0].text, found.items[0].kind, found.items[0].detail) == (
        "ent:changan-chain",
        "entity",
        "长安链",
    )


@pytest.mark.parametrize(
    "typed", ["长安链", "cal", "Chang'an", "<https://w3id.org/beijing-digital-economy/entity/chang"]
)
def test_the_whole_word_is_replaced_by_the_entity(sample_engine: Engine, typed: str) -> None:
    marked = f"SELECT * {{ ?x ?p {typed}‸ }}"
    found = at(sample_engine, marked)
    assert marked[found.start : found.end] == typed


def test_an_iri_that_is_typed_in_full_stays_one(sample_engine: Engine) -> None:
    marked = "ASK { ?x ?p <https://w3id.org/beijing-digital-economy/entity/chang‸> }"
    full = f"<{expand('ent:changan-chain')}>"
    assert taken(sample_engine, marked, full) == f"ASK {{ ?x ?p {full} }}"


def test_a_sign_of_order_begins_no_iri(sample_engine: Engine) -> None:
    assert texts(sample_engine, "ASK { ?f bde:value ?v FILTER(?v < ‸", "variable") == ["?f", "?v"]


def test_the_ends_of_the_property_are_offered_with_how_often_they_stand_there(sample_engine: Engine) -> None:
    found = item(sample_engine, "ASK { ?x bde:theme ‸ }", "theme:core-technology")
    assert (found.kind, found.detail, found.count) == ("concept", "关键技术", 3)


def test_the_class_of_the_subject_narrows_the_ends(sample_engine: Engine) -> None:
    assert item(sample_engine, "ASK { ?x a bde:Technology ; bde:theme ‸ }", "theme:core-technology").count == 2


def test_a_concept_of_another_scheme_is_not_offered(sample_engine: Engine) -> None:
    assert texts(sample_engine, "ASK { ?x bde:theme ‸ }", "concept") == ["theme:core-technology"]
    assert texts(sample_engine, "ASK { ?x bde:theme metric:‸ }") == []


def test_an_entity_of_a_class_that_does_not_fit_is_not_offered(sample_engine: Engine) -> None:
    assert texts(sample_engine, "ASK { ?x bde:holdsPostAt 长安链‸ }") == []


def test_an_entity_that_fits_and_does_not_occur_comes_last_with_none(sample_engine: Engine) -> None:
    found = at(sample_engine, "ASK { ?x bde:leads t‸ }").items
    counts = {one.text: one.count for one in found if one.kind == "entity"}
    assert counts["ent:trusted-data-space"] > 0
    assert item(sample_engine, "ASK { ?x bde:leads isolated‸ }", "ent:isolated-technology").count == 0


def test_a_text_is_offered_with_its_language(sample_engine: Engine) -> None:
    assert '"长安链"@zh' in texts(sample_engine, "ASK { ?x skos:prefLabel 长安‸ }", "value")


def test_a_text_that_tries_to_break_out_stays_a_text(sample_engine: Engine) -> None:
    (hostile,) = texts(sample_engine, "ASK { ?x skos:prefLabel script‸ }", "value")
    assert [token.kind for token in significant(hostile)] == ["string", "language"]


def test_a_date_is_offered_with_its_datatype_and_the_prefix_of_that(engine: Engine) -> None:
    found = item(engine, "ASK { ?x bde:asOf ‸ }", '"2025-03-20"^^xsd:date')
    assert found.edits[0].text == f"PREFIX xsd: <{PREFIXES['xsd']}>\n"


def test_yes_and_no_are_offered_where_the_data_have_them(sample_engine: Engine) -> None:
    offered = texts(sample_engine, "ASK { ?x bde:official ‸ }", "value")
    assert offered
    assert set(offered) <= {"true", "false"}


def test_after_a_text_its_languages_are_offered(sample_engine: Engine) -> None:
    assert texts(sample_engine, 'ASK { ?x skos:prefLabel "长安链"@‸ }') == ["@zh", "@en"]


def test_after_the_mark_of_a_datatype_that_of_the_property_is_offered(sample_engine: Engine) -> None:
    assert texts(sample_engine, 'ASK { ?x bde:value "1"^^‸ }') == ["xsd:decimal"]


def test_variables_of_the_whole_text_are_offered_but_not_the_one_being_typed(sample_engine: Engine) -> None:
    assert texts(sample_engine, "SELECT ?na‸ { ?x skos:prefLabel ?name ; bde:shortName ?nation }") == [
        "?name",
        "?nation",
    ]


def test_a_variable_is_said_with_its_class(sample_engine: Engine) -> None:
    assert item(sample_engine, "SELECT ‸ { ?who a bde:Agency }", "?who", "en").detail == "Agency"


def test_a_dollar_stays_a_dollar(sample_engine: Engine) -> None:
    assert texts(sample_engine, "SELECT $w‸ { ?who a bde:Agency }") == ["$who"]


def test_variables_are_not_crowded_out(engine: Engine) -> None:
    offered = texts(engine, "SELECT * { ?who skos:prefLabel ‸ }")
    assert len(offered) == MOST_ITEMS
    assert "?who" in offered


# Expressions, data, graphs


@pytest.mark.parametrize(
    "marked",
    [
        "ASK { ?x skos:prefLabel ?n FILTER(LANG(?n) = ‸) }",
        "ASK { ?x skos:prefLabel ?n FILTER(LANG(?n) IN (‸)) }",
        "ASK { ?x skos:prefLabel ?n FILTER(langMatches(lang(?n), ‸)) }",
    ],
)
def test_a_language_is_compared_with_those_of_the_property(sample_engine: Engine, marked: str) -> None:
    assert texts(sample_engine, marked) == ['"zh"', '"en"']


def test_a_variable_is_compared_with_what_it_can_be(sample_engine: Engine) -> None:
    assert texts(sample_engine, "ASK { ?x bde:theme ?t FILTER(?t = ‸) }")[0] == "theme:core-technology"
    assert texts(sample_engine, "ASK { ?x bde:theme ?t FILTER(?t NOT IN (‸)) }")[0] == "theme:core-technology"


def test_data_for_a_variable_are_what_it_can_be(sample_engine: Engine) -> None:
    assert texts(sample_engine, "ASK { ?x a bde:Agency VALUES ?x { ‸ } }") == ["ent:science-commission", "UNDEF"]


def test_data_for_several_variables_go_by_their_place(sample_engine: Engine) -> None:
    marked = "ASK { ?x a bde:Agency ; bde:theme ?t VALUES (?x ?t) { (ent:science-commission ‸) } }"
    assert texts(sample_engine, marked, "concept") == ["theme:core-technology"]


def test_graphs_are_offered_after_graph_and_from(sample_engine: Engine) -> None:
    assert "graph:entities" in texts(sample_engine, "ASK { GRAPH ‸ { } }")
    assert "graph:entities" in texts(sample_engine, "SELECT * FROM ‸ { }")


def test_a_source_is_found_by_its_title(sample_engine: Engine) -> None:
    assert texts(sample_engine, "ASK { ?s dcterms:source 样本‸ }", "source") == ["src:2025-01-05-sample"]


# Whatever is written


def test_a_slip_is_forgiven_where_nothing_else_fits(sample_engine: Engine) -> None:
    assert texts(sample_engine, "ASK { ?x ?p changanlain‸ }") == ["ent:changan-chain"]


def test_what_is_not_in_the_data_is_not_offered(sample_engine: Engine) -> None:
    assert texts(sample_engine, "ASK { ?x a bde:Programme‸ }") == []
    assert texts(sample_engine, "ASK { ?x bde:carriesOut‸ }") == []


def test_the_caret_within_a_word_replaces_the_whole_word(sample_engine: Engine) -> None:
    assert taken(sample_engine, BDE + "ASK { ?x a bde:Ag‸xyz }", "bde:Agency") == BDE + "ASK { ?x a bde:Agency }"


def test_a_missing_full_stop_does_not_hide_the_class(sample_engine: Engine) -> None:
    assert "plan:buildsOn" in texts(sample_engine, "ASK { ?y bde:leads\n ?x a bde:Technology . ?x plan:‸")


def test_a_second_call_asks_nothing(counted: Any) -> None:
    marked = "ASK { ?x a bde:Technology ; bde:theme ‸ }"
    at(counted, marked)
    before = counted.asked
    at(counted, marked)
    assert counted.asked == before


_WORDS = """
SELECT PREFIX BASE ASK WHERE FILTER BIND VALUES GRAPH OPTIONAL UNION NOT EXISTS IN AS GROUP ORDER BY LIMIT FROM
bde: ent:chang theme: o: : a ?x ?y $z ? $ _:b _: 长安链 cal Chang'an 北京 4.0 12 . ; , ^ / | * + = != < > { } ( ) [ ]
" ' ''' # \\ ^^ @ @z && || <http://x> <http://x <https://w3id.org/ rdf:type bde:Technology bde:leads bde:theme é ＃
ent:changan-chain skos:prefLabel LANG(?x) "x"
"""
_PHRASES = [
    f"bde: <{PREFIXES['bde']}>",
    f"PREFIX o: <{PREFIXES['bde']}>",
    "PREFIX ent: <http://elsewhere/>",
    "SELECT * {",
    "?x a bde:Technology .",
    "?x bde:leads",
    "VALUES ?x {",
    "\r\n",
    "\t",
    "\ud800",
    "\x00",
]
_PIECES = st.sampled_from([*_WORDS.split(), *_PHRASES])
_TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.tuples(_PIECES, st.sampled_from(["", " ", "\n"])).map("".join), max_size=25).map("".join),
)


@settings(max_examples=400)
@given(text=_TEXTS, data=st.data())
def test_any_text_and_caret_get_a_few_different_items_around_the_caret(
    sample_engine: Engine, text: str, data: st.DataObject
) -> None:
    caret = data.draw(st.integers(min_value=0, max_value=len(text)))
    found = complete(sample_engine, text, caret, "en")
    assert 0 <= found.start <= caret <= found.end <= len(text)
    assert len(found.items) <= MOST_ITEMS
    assert len({one.text for one in found.items}) == len(found.items)


@settings(max_examples=400)
@given(text=_TEXTS, data=st.data())
def test_whatever_is_taken_has_its_prefix_declared(sample_engine: Engine, text: str, data: st.DataObject) -> None:
    caret = data.draw(st.integers(min_value=0, max_value=len(text)))
    marked = text[:caret].replace("‸", "") + "‸" + text[caret:].replace("‸", "")
    found = at(sample_engine, marked)
    for one in found.items[:5]:
        tokens = significant(written(marked, found, one))
        declared = {
            name.text.partition(":")[0]
            for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False)
            if word.text.upper() == "PREFIX" and name.text.endswith(":") and iri.kind == "iri"
        }
        assert {token.text.partition(":")[0] for token in significant(one.text) if token.kind == "name"} <= declared


@settings(max_examples=200)
@given(text=_TEXTS)
def test_every_thing_that_is_offered_is_in_the_data(sample_engine: Engine, text: str) -> None:
    known = catalogue(sample_engine)
    for one in complete(sample_engine, text, len(text), "zh").items:
        if one.kind in ("class", "property", "concept", "source", "graph", "entity"):
            written_so = {entry.iri for entry in known.things.values() if entry.local and entry.local in one.text}
            identifier = re.split(r"[:/#]", one.text.strip("<>"))[-1]
            assert written_so or [hit for hit in search(sample_engine, identifier) if hit.entity.id == identifier]

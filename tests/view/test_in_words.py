"""A query is said in words, in both languages, the same every time."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.names import PREFIXES
from kg.model.text import LANGS, Lang, Text
from kg.query.questions import Question, load_questions
from kg.query.sparql.read import read_query
from kg.view.in_words import in_words, iris_in

BDE, ENT = PREFIXES["bde"], PREFIXES["ent"]
LABELS = {
    f"{BDE}Agency": Text(zh="机构", en="Agency"),
    f"{BDE}Programme": Text(zh="项目与改革", en="Programme"),
    f"{BDE}Figure": Text(zh="数据", en="Figure"),
    f"{BDE}partOf": Text(zh="属于", en="is part of"),
    f"{BDE}phrase": Text(zh="原文", en="phrase"),
    f"{BDE}value": Text(zh="数值", en="value"),
    f"{BDE}metric": Text(zh="指标", en="metric"),
    f"{ENT}changan-chain": Text(zh="长安链", en="Chang'an Chain"),
}
HEAD = "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in ("bde", "plan", "ent", "rdf", "skos"))


def said(text: str, lang: Lang) -> str:
    return in_words(read_query(HEAD + text), LABELS, ["part-of"], lang)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (
            "SELECT ?x { ?x a bde:Agency }",
            "列出“x”，条件是：“x”是机构。",
            "List “x”, where “x” is an agency.",
        ),
        (
            "SELECT ?x { ?x bde:partOf ent:changan-chain } ORDER BY DESC(?x) LIMIT 5",
            "列出“x”，条件是：“x”属于长安链；按“x”（从大到小）排序；最多5行。",
            "List “x”, where “x” is part of Chang'an Chain; sorted by “x” (descending); at most 5 rows.",
        ),
        (
            "SELECT ?x ?p { ?s rdf:subject ?x ; rdf:predicate bde:partOf ; rdf:object ?y ; bde:phrase ?p }",
            "列出“x”、“p”，条件是：“x”属于“y”，并取其原文（“p”）。",
            "List “x” and “p”, where “x” is part of “y”, with its phrase (“p”).",
        ),
        (
            "SELECT ?v { ?f a bde:Figure ; bde:metric <m> ; bde:value ?v FILTER (?v >= 10 && ?v != 2) }",
            "列出“v”，条件是：有一条数据，其指标是m，其数值是“v”；“v”不小于10，并且“v”不是2。",
            "List “v”, where there is a figure whose metric is m, whose value is “v”; "
            "“v” is at least 10 and “v” is not 2.",
        ),
        (
            'SELECT ?x ?x_zh { ?x a bde:Agency OPTIONAL { ?x skos:prefLabel ?x_zh FILTER(LANG(?x_zh) = "zh") } }',
            "列出“x”，条件是：“x”是机构。",
            "List “x”, where “x” is an agency.",
        ),
        (
            'SELECT ?x { ?x skos:prefLabel ?l FILTER(CONTAINS(?l, "链")) }',
            "列出“x”，条件是：“x”的名称包含“链”。",
            "List “x”, where the name of “x” contains “链”.",
        ),
        (
            "SELECT ?t (COUNT(DISTINCT ?x) AS ?n) { ?x bde:partOf ?t } GROUP BY ?t HAVING (COUNT(?x) > 2)",
            "列出“t”、不同的“x”的个数（“n”），条件是：“x”属于“t”；按“t”分组；只保留“x”的个数大于2的组。",
            "List “t” and the number of different “x” (“n”), where “x” is part of “t”; for each “t”; "
            "keeping groups where the number of “x” is greater than 2.",
        ),
        (
            "SELECT ?x { { ?x a bde:Agency } UNION { ?x a bde:Programme } MINUS { ?x bde:partOf ?y } }",
            "列出“x”，条件是：要么“x”是机构，要么“x”是项目与改革；但不包括“x”属于“y”的。",
            "List “x”, where either “x” is an agency, or “x” is a programme; except where “x” is part of “y”.",
        ),
        (
            "SELECT ?x { ?x a bde:Agency FILTER NOT EXISTS { ?x bde:partOf ?y } }",
            "列出“x”，条件是：“x”是机构；不存在这样的情况：“x”属于“y”。",
            "List “x”, where “x” is an agency; it is not so that “x” is part of “y”.",
        ),
        (
            "ASK { ent:changan-chain bde:partOf+ ?x }",
            "是否存在这样的情况：长安链（经一步或多步）属于“x”？",
            "Is it so that Chang'an Chain is part of (in one step or more) “x”?",
        ),
        ("DESCRIBE ent:changan-chain", "描述长安链。", "Describe Chang'an Chain."),
        (
            "CONSTRUCT { ?x bde:partOf ?y } WHERE { ?x bde:partOf ?y . ?y a bde:Programme }",
            "组成一张图（“x”属于“y”），条件是：“x”属于“y”；“y”是项目与改革。",
            "Make a graph (“x” is part of “y”), where “x” is part of “y”; “y” is a programme.",
        ),
        (
            "SELECT ?x ?z { ?x ?r ?z BIND (STRSTARTS(STR(?r), STR(plan:)) AS ?p) VALUES ?r { bde:partOf plan:uses } }",
            "列出“x”、“z”，条件是：“x”与“z”之间有关系“r”；“p”即：“r”只是计划；“r”是属于或plan:uses之一。",
            "List “x” and “z”, where “x” has the relation “r” to “z”; “p” stands for: “r” is only planned; "
            "“r” is one of is part of or plan:uses.",
        ),
    ],
)
def test_a_query_is_said_in_both_languages(text: str, zh: str, en: str) -> None:
    assert (said(text, "zh"), said(text, "en")) == (zh, en)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("question", load_questions(), ids=lambda question: question.name)
def test_every_stored_question_is_a_whole_sentence(question: Question, lang: Lang) -> None:
    words = in_words(read_query(question.text()), LABELS, ["part-of"], lang)
    assert words[-1] in "。？.?"
    assert not re.search(r"[{}]|  |，，|; ;|, ,|；；|None", words)


def test_a_usual_variable_is_called_as_the_column_that_it_heads() -> None:
    text = "SELECT ?subject (COUNT(?source) AS ?start) { ?subject ?relation ?source } GROUP BY ?subject"
    assert said(text, "zh") == (
        "列出“主体”、“来源”的个数（“原文位置”），条件是：“主体”与“来源”之间有关系“关系”；按“主体”分组。"
    )
    assert "the number of “source” (“position”)" in said(text, "en")


def test_a_conversion_is_said_where_it_makes_a_difference() -> None:
    text = "SELECT ?x { ?x bde:value ?v FILTER (xsd:integer(?v) > 1 && xsd:boolean(?v = 2) && bde:odd(?v)) }"
    assert "“v” (as a whole number) is greater than 1 and “v” is 2 and bde:odd(“v”)" in said(
        f"PREFIX xsd: <{PREFIXES['xsd']}> {text}", "en"
    )


def test_no_variable_is_called_by_the_name_of_another() -> None:
    assert said("SELECT ?start ?position { ?start ?x ?position }", "en").startswith("List “start” and “position”,")


def test_the_iris_that_need_labels_are_each_named_once() -> None:
    query = read_query(
        HEAD + "SELECT * { ?x a bde:Agency ; bde:partOf/bde:partOf ?y FILTER EXISTS { ?y a bde:Figure } }"
    )
    assert iris_in(query) == [f"{PREFIXES['rdf']}type", f"{BDE}Agency", f"{BDE}partOf", f"{BDE}Figure"]


PARTS = st.sampled_from(
    [
        *("?x a bde:Agency .", "?x bde:partOf ?y .", "[] bde:value ?v .", "?x ^bde:partOf|!bde:value ?y ."),
        *("OPTIONAL { ?x bde:phrase ?p }", "FILTER (?v IN (1, 2) || !BOUND(?p))", "?x bde:value 5 ."),
        *(
            "{ SELECT ?z (AVG(?v) AS ?m) { ?z bde:value ?v } GROUP BY ?z }",
            "GRAPH ?g { ?x a ?t }",
            "MINUS { ?x ?y ?z }",
        ),
        *("VALUES (?a ?b) { (1 UNDEF) (UNDEF ent:x) }", "FILTER (<http://e/f>(?v) = IF(?v > 1, NOW(), UUID()))"),
        "BIND (-?v * 2 + STRLEN(?p) AS ?w)",
    ]
)


@given(st.lists(PARTS, max_size=5, unique=True), st.sampled_from(LANGS))
def test_any_query_can_be_said(parts: list[str], lang: Lang) -> None:
    assert said(f"SELECT * {{ {' '.join(parts)} }}", lang)

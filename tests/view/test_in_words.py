"""A query is said in words, in both languages, the same every time."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.engine.base import Engine
from kg.engine.keywords import _FUNCTIONS
from kg.graph.names import PREFIXES
from kg.model.knowledge import Knowledge
from kg.model.text import LANGS, Lang, Text
from kg.query.labels import read_labels
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
            "Is it so that Chang'an Chain is part of “x” (in one step or more)?",
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


@pytest.mark.parametrize("question", load_questions(), ids=lambda question: question.name)
def test_a_stored_question_is_said_in_chinese_throughout(
    question: Question, engine: Engine, knowledge: Knowledge
) -> None:
    query = read_query(question.text())
    words = in_words(query, read_labels(engine, iris_in(query)), knowledge.relations, "zh")
    values = {one.default for one in question.parameters}
    assert not set(re.findall(r"“([!-~]+)”", words)) - values
    assert not re.search(r"[A-Z]{2,}（|\b(?!bde|stmt)[a-z]+:", words)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("question", load_questions(), ids=lambda question: question.name)
def test_nothing_is_said_to_be_what_it_is_called(
    question: Question, lang: Lang, engine: Engine, knowledge: Knowledge
) -> None:
    query = read_query(question.text())
    words = in_words(query, read_labels(engine, iris_in(query)), knowledge.relations, lang)
    assert not re.search(r"“([^”]+)”(是| is an? )\1\b(?! to)", words)


def said_where(where: str) -> tuple[str, str]:
    """The conditions of a query in both languages."""
    zh, en = (said(f"SELECT ?x {{ {where} }}", lang) for lang in LANGS)
    return zh.removeprefix("列出“x”，条件是："), en.removeprefix("List “x”, where ")


@pytest.mark.parametrize(
    ("columns", "zh", "en"),
    [
        ("?x ?name", "“x”、“x”的名称", "“x” and the name of “x”"),
        ("?name", "“x”的名称", "the name of “x”"),
        ("?x ?x_zh ?x_en", "“x”", "“x”"),
        ("?x ?name_zh ?name_en", "“x”、“x”的名称", "“x” and the name of “x”"),
    ],
)
def test_a_label_is_said_where_the_answer_shows_it(columns: str, zh: str, en: str) -> None:
    labels = " ".join(f"OPTIONAL {{ ?x skos:prefLabel {label} }}" for label in columns.split() if label != "?x")
    text = f"SELECT {columns} {{ ?x a bde:Agency {labels} }}"
    assert (said(text, "zh"), said(text, "en")) == (
        f"列出{zh}，条件是：“x”是机构。",
        f"List {en}, where “x” is an agency.",
    )


def test_what_is_grouped_by_a_label_alone_is_said() -> None:
    text = "SELECT ?name (COUNT(*) AS ?count) { ?x a bde:Agency ; skos:prefLabel ?name } GROUP BY ?name"
    assert "；按“x”的名称分组" in said(text, "zh")


def test_what_two_variables_say_in_each_language_is_said_once() -> None:
    known = 'OPTIONAL { ?x bde:phrase ?role_zh FILTER (LANG(?role_zh) = "zh") }'
    both = f"SELECT ?x ?role_zh ?role_en {{ ?x a bde:Agency {known} {known.replace('zh', 'en')} }}"
    assert said(both, "zh") == "列出“x”、“职务或角色”，条件是：“x”是机构；如有，“x”的原文是“职务或角色”。"
    one = f"SELECT ?x ?role_zh {{ ?x a bde:Agency {known} }}"
    assert said(one, "zh").endswith("如有，“x”的原文是“role_zh”，且“role_zh”用中文。")


def test_a_thing_that_is_called_as_its_type_is_not_said_to_be_it() -> None:
    text = "SELECT ?figure ?v { ?figure a bde:Figure ; bde:value ?v }"
    assert said(text, "zh") == "列出“数据”、“v”，条件是：有“数据”，并取其数值（“v”）。"
    assert said(text, "en") == "List “figure” and “v”, where there is “figure” with its value (“v”)."


def test_a_statement_that_is_spoken_of_again_is_named() -> None:
    text = "SELECT ?y { ?s rdf:subject ?x ; rdf:predicate bde:partOf ; rdf:object ?y } ORDER BY ?s"
    assert "条件是：“s”说的是“x”属于“y”；" in said(text, "zh")
    assert "where “s” says that “x” is part of “y”;" in said(text, "en")


@pytest.mark.parametrize(
    ("where", "zh", "en"),
    [
        ("?x bde:plannedFormOf ?y", "“x”是“y”的计划形式。", "“x” is the planned form of “y”."),
        (
            "?x rdf:predicate/bde:plannedFormOf ?y",
            "“x”的关系是“y”的计划形式。",
            "the relation of “x” is the planned form of “y”.",
        ),
        (
            "?x a bde:Agency ; rdf:predicate/bde:plannedFormOf ?y",
            "“x”是机构，其关系是“y”的计划形式。",
            "“x” is an agency whose relation is the planned form of “y”.",
        ),
        (
            "?x bde:partOf/bde:phrase ?y",
            "“x”属于某事物，其原文是“y”。",
            "“x” is part of something whose phrase is “y”.",
        ),
        ("?x ^bde:partOf ?y", "“y”属于“x”。", "“y” is part of “x”."),
        (
            "?x a bde:Agency ; ^bde:plannedFormOf ?y",
            "“x”是机构，“y”是它的计划形式。",
            "“x” is an agency that “y” is the planned form of.",
        ),
        (
            "?x a bde:Agency ; ^bde:metric ?y",
            "“x”是机构，它是“y”的指标。",
            "“x” is an agency that is the metric of “y”.",
        ),
        (
            "?x a bde:Agency ; rdf:subject/bde:metric 5",
            "“x”是机构，其主体的指标是5。",
            "“x” is an agency the metric of whose subject is 5.",
        ),
        (
            "?x a bde:Agency ; rdf:subject/bde:metric ?y ; bde:phrase ?z",
            "“x”是机构，并取其原文（“z”）、主体的指标（“y”）。",
            "“x” is an agency with its phrase (“z”) and the metric of its subject (“y”).",
        ),
        (
            "?x (bde:plannedFormOf|bde:metric) ?y",
            "“x”的已成立形式或指标是“y”。",
            "the form as a fact or metric of “x” is “y”.",
        ),
    ],
)
def test_a_path_is_said_as_it_goes(where: str, zh: str, en: str) -> None:
    assert said_where(where) == (zh, en)


@pytest.mark.parametrize(
    ("test", "zh", "en"),
    [
        ("STR(?x) >= STR(?d)", "“x”不在“d”之前", "“x” does not come before “d”"),
        ('STRAFTER(?x, "/") = "a"', "“x”中“/”之后的部分是“a”", "the part of “x” after “/” is “a”"),
        ("SUBSTR(?x, 2) = ?d", "“x”从第2个字起的部分是“d”", "the part of “x” from character 2 on is “d”"),
        ("SUBSTR(?x, 2, 3) = ?d", "“x”从第2个字起的3个字是“d”", "the part of “x” from character 2 on, 3 long is “d”"),
        ("sameTerm(?x, ?d)", "“x”就是“d”", "“x” is the very same as “d”"),
        ("?x < NOW()", "“x”小于现在", "“x” is less than now"),
        ("ROUND(ABS(-?x)) = 1", "负“x”的绝对值（四舍五入）是1", "the absolute value of minus “x” (rounded) is 1"),
    ],
)
def test_functions_have_words(test: str, zh: str, en: str) -> None:
    assert said_where(f"?x bde:metric ?d FILTER ({test})") == (
        f"“x”的指标是“d”；{zh}。",
        f"the metric of “x” is “d”; {en}.",
    )


def test_every_function_of_sparql_has_words() -> None:
    content = tomllib.loads(files("kg.view").joinpath("in_words.toml").read_text(encoding="utf-8"))
    assert not set(_FUNCTIONS.upper().split()) - content.keys()


def test_a_usual_variable_is_called_as_the_column_that_it_heads() -> None:
    text = "SELECT ?subject (COUNT(?source) AS ?position) { ?subject ?relation ?source } GROUP BY ?subject"
    assert said(text, "zh") == (
        "列出“主体”、“来源”的个数（“原文位置”），条件是：“主体”与“来源”之间有关系“关系”；按“主体”分组。"
    )
    assert "the number of “source” (“position”)" in said(text, "en")


def test_a_conversion_is_said_where_it_makes_a_difference() -> None:
    text = "SELECT ?x { ?x bde:value ?v FILTER (xsd:integer(?v) > 1 && xsd:boolean(?v = 2) && bde:odd(?v)) }"
    assert "“v” (as a whole number) is greater than 1 and “v” is 2 and bde:odd(“v”)" in said(
        f"PREFIX xsd: <{PREFIXES['xsd']}> {text}", "en"
    )


def test_a_query_may_have_words_of_its_own_for_its_variables() -> None:
    query = read_query("SELECT ?platform ?is_built_by { ?platform ?relation ?is_built_by }")
    own = {"platform": "平台设施", "is_built_by": "拟建设者是"}
    assert in_words(query, {}, (), "zh", own).startswith("列出“平台设施”、“拟建设者是”，")


def test_no_variable_is_called_by_the_name_of_another() -> None:
    assert said("SELECT ?url ?address { ?url ?x ?address }", "en").startswith("List “url” and “address”,")


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

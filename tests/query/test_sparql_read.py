"""A query's tree says what the text says, and each part of it knows where it stands."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from kg.engine.answer import Term
from kg.query.questions import Question, load_questions
from kg.query.sparql.read import Unread, read_query
from kg.query.sparql.tree import (
    Alternative,
    Bind,
    Blank,
    Call,
    Constant,
    Exists,
    Filter,
    Group,
    InGraph,
    Inverse,
    Minus,
    Negated,
    Optional,
    Query,
    Repeat,
    Sequence,
    SubSelect,
    Triple,
    Union,
    Values,
    Variable,
    walk,
)

E = "PREFIX : <http://e/> "
XSD = "http://www.w3.org/2001/XMLSchema#"


def iri(local: str) -> Constant:
    return Constant(Term("iri", f"http://e/{local}"))


def only(text: str) -> object:
    (element,) = read_query(f"{E}ASK {{ {text} }}").where.elements
    return element


def triples(text: str) -> list[tuple[object, object, object]]:
    found = read_query(f"{E}ASK {{ {text} }}").where.elements
    return [(one.subject, one.predicate, one.object) for one in found if isinstance(one, Triple)]


def expression(text: str) -> object:
    found = only(f"FILTER ({text})")
    assert isinstance(found, Filter)
    return found.expression


A, B, C = Variable("a"), Variable("b"), Variable("c")


def test_a_triple_has_its_parts() -> None:
    assert triples("?a :p ?b") == [(A, iri("p"), B)]


def test_a_stands_for_the_type() -> None:
    assert triples("?a a :T") == [
        (A, Constant(Term("iri", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type")), iri("T"))
    ]


def test_semicolons_and_commas_repeat_what_stands_before() -> None:
    assert triples("?a :p ?b , ?c ; :q ?c ; .") == [(A, iri("p"), B), (A, iri("p"), C), (A, iri("q"), C)]


def test_brackets_are_blank_nodes_with_triples_of_their_own() -> None:
    inner, outer = triples("?a :p [ :q ?b ]")
    assert inner == (Blank("[1]"), iri("q"), B)
    assert outer == (A, iri("p"), Blank("[1]"))


def test_a_bracketed_subject_needs_no_predicate() -> None:
    assert triples("[ :q ?b ] . ?a :p ?c") == [(Blank("[1]"), iri("q"), B), (A, iri("p"), C)]


def test_a_list_is_spelled_out() -> None:
    assert [predicate.term.value.partition("#")[2] for _, predicate, _ in triples("?a :p (1 2)")[:4]] == [  # type: ignore[attr-defined]
        "first",
        "rest",
        "first",
        "rest",
    ]


def test_literals_have_language_and_datatype() -> None:
    found = [thing.term for _, _, thing in triples('?a :p "长"@ZH , "5"^^:d , -2 , 2.5 , 1e3 , true , \'it"s\'')]  # type: ignore[attr-defined]
    assert [(one.value, one.lang, one.datatype.removeprefix(XSD)) for one in found] == [
        ("长", "zh", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"),
        ("5", "", "http://e/d"),
        ("-2", "", "integer"),
        ("2.5", "", "decimal"),
        ("1e3", "", "double"),
        ("true", "", "boolean"),
        ('it"s', "", "string"),
    ]


def test_escapes_are_resolved() -> None:
    ((subject, _, thing),) = triples(r'<http://e/\u957f> :p "\t\"\u957f"')
    assert (subject, thing) == (iri("长"), Constant(Term("literal", '\t"长', "", XSD + "string")))


def test_a_base_completes_an_iri() -> None:
    (one,) = read_query("BASE <http://e/x/> ASK { ?a <../p> ?b }").where.elements
    assert isinstance(one, Triple)
    assert one.predicate == iri("p")


def test_a_namespace_keeps_its_hash_behind_a_base() -> None:
    assert read_query("BASE <http://e/x/> PREFIX o: <http://y/o#> ASK { ?a o:p ?b }").prefixes == {"o": "http://y/o#"}


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (":p/:q", Sequence((iri("p"), iri("q")))),
        (":p|^:q", Alternative((iri("p"), Inverse(iri("q"))))),
        ("^(:p/:q)", Inverse(Sequence((iri("p"), iri("q"))))),
        (":p+", Repeat(iri("p"), 1, None)),
        (":p?", Repeat(iri("p"), 0, 1)),
        ("(:p|:q)*", Repeat(Alternative((iri("p"), iri("q"))), 0, None)),
        ("!(:p|^:q)", Negated((iri("p"), Inverse(iri("q"))))),
        ("?b", B),
    ],
)
def test_paths_are_read_by_their_rank(text: str, path: object) -> None:
    assert triples(f"?a {text} ?c") == [(A, path, C)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("OPTIONAL { ?a :p ?b }", Optional),
        ("MINUS { ?a :p ?b }", Minus),
        ("{ ?a :p ?b } UNION { ?a :q ?b }", Union),
        ("{ ?a :p ?b }", Group),
        ("GRAPH ?g { ?a :p ?b }", InGraph),
        ("FILTER (?a = 1)", Filter),
        ("FILTER NOT EXISTS { ?a :p ?b }", Filter),
        ("BIND (1 AS ?a)", Bind),
        ("VALUES ?a { 1 UNDEF }", Values),
    ],
)
def test_every_element_is_of_its_kind_and_knows_its_place(text: str, kind: type) -> None:
    query = read_query(f"{E}ASK {{ {text} }}")
    (element,) = query.where.elements
    assert isinstance(element, kind)
    assert query.words(element.span) == text


def test_a_select_may_stand_within() -> None:
    group = only("{ SELECT ?a { ?a :p ?b } LIMIT 2 }")
    assert isinstance(group, Group)
    (inner,) = group.elements
    assert isinstance(inner, SubSelect)
    assert (inner.query.limit, inner.query.columns[0].variable) == (2, A)


def test_operators_are_read_by_their_rank() -> None:
    one, two = Constant(Term("literal", "1", "", XSD + "integer")), Constant(Term("literal", "2", "", XSD + "integer"))
    assert expression("?a + 1 * 2 > 2 || !?b && ?c = 1") == Call(
        "||",
        (
            Call(">", (Call("+", (A, Call("*", (one, two)))), two)),
            Call("&&", (Call("!", (B,)), Call("=", (C, one)))),
        ),
    )


def test_subtraction_is_read_from_the_left() -> None:
    one = Constant(Term("literal", "1", "", XSD + "integer"))
    assert expression("?a-1-?b") == Call("-", (Call("-", (A, one)), B))


def test_in_has_the_tested_expression_first() -> None:
    assert expression("?a NOT IN (?b, ?c)") == Call("NOT IN", (A, B, C))


def test_a_sign_before_a_name_without_space_is_an_operator() -> None:
    assert expression("?a<?b&&?c>?a") == Call("&&", (Call("<", (A, B)), Call(">", (C, A))))


def test_exists_has_its_group() -> None:
    assert expression("!EXISTS { ?a :p ?b }") == Call("!", (Exists(Group((Triple(A, iri("p"), B),)), False),))


def test_an_aggregate_has_what_is_special_to_it() -> None:
    query = read_query('SELECT (GROUP_CONCAT(DISTINCT ?a; separator=", ") AS ?b) (COUNT(*) AS ?n) { ?a ?b ?c }')
    first, second = (column.expression for column in query.columns)
    assert (first, second) == (Call("GROUP_CONCAT", (A,), True, ", "), Call("COUNT", ()))


def test_modifiers_are_kept() -> None:
    query = read_query(
        "SELECT DISTINCT ?a { ?a ?b ?c } GROUP BY ?a STR(?b) (1+?c AS ?d) HAVING (COUNT(?c) > 1) "
        "ORDER BY DESC(?a) ?b OFFSET 3 LIMIT 5 VALUES ?a { 1 }"
    )
    assert query.distinct == "DISTINCT"
    assert [column.variable and column.variable.name for column in query.group_by] == ["a", None, "d"]
    assert [(order.expression, order.descending) for order in query.order_by] == [(A, True), (B, False)]
    assert (len(query.having), query.offset, query.limit) == (1, 3, 5)
    assert query.values is not None


def test_a_construct_has_its_template() -> None:
    query = read_query(f"{E}CONSTRUCT {{ ?a :p ?b }} FROM <http://e/g> WHERE {{ ?b :q ?a }}")
    assert query.template == (Triple(A, iri("p"), B),)
    assert query.datasets[0].iri == iri("g")


def test_a_short_construct_repeats_its_pattern() -> None:
    assert read_query(f"{E}CONSTRUCT WHERE {{ ?a :p ?b }}").template == (Triple(A, iri("p"), B),)


def test_a_describe_may_have_no_pattern() -> None:
    query = read_query("DESCRIBE <http://e/x>")
    assert (query.described, query.where.elements) == ((iri("x"),), ())


def test_the_text_is_parted_into_prologue_head_and_pattern() -> None:
    query = read_query(f"# why\n{E}SELECT ?a WHERE {{ ?a :p ?b }} LIMIT 1")
    assert query.words(query.prologue) == f"# why\n{E}"
    assert query.words(query.head) == "SELECT ?a "
    assert query.words(query.where.span) == "{ ?a :p ?b }"


def test_the_run_of_triples_of_one_subject_is_known() -> None:
    query = read_query(f"{E}ASK {{ ?a :p ?b ; :q ?c , ?b . ?b :r ?c }}")
    found = [one for one in query.where.elements if isinstance(one, Triple)]
    assert [query.words(one.span) for one in found] == [":p ?b", ":q ?c", "?b", ":r ?c"]
    assert [query.words(one.block) for one in found] == ["?a :p ?b ; :q ?c , ?b"] * 3 + ["?b :r ?c"]


@pytest.mark.parametrize(
    "text", ["", "SELECT", "ASK { ?a ?b }", "ASK { ?a x:p ?b }", "SELECT ?a { ?a ?b ?c } nonsense"]
)
def test_what_is_no_query_is_not_read(text: str) -> None:
    with pytest.raises(Unread):
        read_query(text)


def test_what_is_nested_too_deep_is_not_read() -> None:
    with pytest.raises(Unread, match="deep"):
        read_query("ASK " + "{" * 5000 + "}" * 5000)


@pytest.mark.parametrize("question", load_questions(), ids=lambda question: question.name)
def test_stored_questions_have_as_many_triples_as_another_reader_finds(question: Question) -> None:
    text = question.text()
    assert _count(read_query(text)) == _count_by_rdflib(text)


def _count(query: Query) -> int:
    found = 0
    for element in walk(query.where):
        found += isinstance(element, Triple)
        if isinstance(element, SubSelect):
            found += _count(element.query)
    return found


def _count_by_rdflib(text: str) -> int:
    count = 0

    def look(node: object) -> None:
        nonlocal count
        if getattr(node, "name", "") == "BGP":
            count += len(node["triples"])  # type: ignore[index]
        for value in node.values() if isinstance(node, dict) else node if isinstance(node, list | tuple) else ():
            look(value)

    look(translateQuery(parseQuery(text)).algebra)
    return count


NODES = st.sampled_from(["?a", "?b", ":x", "<http://e/y>", "_:n", "[]", "[ :p ?b ]", "(1 ?a)", ":a\\.b", "$c"])
THINGS = NODES | st.sampled_from(['"t"', "'''l\n'''", '"z"@zh-Hans', '"5"^^:d', "-1", "2.5", "1e3", "true", '"#<{"'])
VERBS = st.sampled_from(["a", ":p", "?v", "^:p", ":p/:q", ":p|:q", "(:p/^:q)*", "!:p", "!(a|^:q)", ":p?", ":p+"])
TRIPLES = st.builds("{} {} {} .".format, NODES, VERBS, THINGS) | st.builds(
    "{} {} {} , {} ; :r {} ; ".format, NODES, VERBS, THINGS, THINGS, THINGS
).map(lambda text: text + ".")
ATOMS = st.sampled_from(
    ["?a", "?b", "1", '"t"@en', ":x", "BOUND(?a)", "STR(?a)", "-?a", "!?a", "(?a)", "REGEX(STR(?b), 'x')"]
)
EXPRESSIONS = st.recursive(
    ATOMS,
    lambda inner: (
        st.builds("{} {} {}".format, inner, st.sampled_from(["+", "-", "*", "/", "&&", "||"]), inner)
        | st.builds("({} {} {})".format, inner, st.sampled_from(["=", "!=", "<", ">", "<=", ">="]), inner)
        | st.builds("({} IN ({}, {}))".format, inner, inner, inner)
        | st.builds("IF({}, {}, {})".format, inner, inner, inner)
        | st.builds("COALESCE({})".format, inner)
    ),
    max_leaves=6,
)
PATTERNS = st.recursive(
    TRIPLES | st.builds("FILTER ({})".format, EXPRESSIONS) | st.just("VALUES (?a ?b) { (1 UNDEF) (:x 2) }"),
    lambda inner: (
        st.builds("OPTIONAL {{ {} }}".format, inner)
        | st.builds("{{ {} }} UNION {{ {} }}".format, inner, inner)
        | st.builds("MINUS {{ {} }}".format, inner)
        | st.builds("GRAPH ?g {{ {} }}".format, inner)
        | st.builds("FILTER NOT EXISTS {{ {} }}".format, inner)
        | st.builds("{{ SELECT ?a (COUNT(*) AS ?n) {{ {} }} GROUP BY ?a HAVING (COUNT(*) > 1) }}".format, inner)
        | st.builds("{} {}".format, inner, inner)
    ),
    max_leaves=6,
)


@given(PATTERNS)
def test_what_the_engine_accepts_is_read(pattern: str) -> None:
    text = f"{E}SELECT * WHERE {{ {pattern} }} ORDER BY ?a LIMIT 3"
    try:
        pyoxigraph.Store().query(text)
    except SyntaxError:
        return  # a blank node that stands in two groups, say
    query = read_query(text)
    for element in walk(query.where):
        inside = query.words(element.block if isinstance(element, Triple) else element.span)
        assert inside.count("{") == inside.count("}") or '"#<{"' in inside

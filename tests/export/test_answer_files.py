"""An answer in every format: the same rows, read back by readers of others; the same bytes; what is known of it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from xml.etree import ElementTree

import openpyxl
import pyarrow.parquet
import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.engine.answer import Answer
from kg.engine.base import Engine
from kg.errors import NotFound, QueryError
from kg.export.answer_about import About
from kg.export.answer_files import (
    ANSWER_FORMATS,
    AnswerFormat,
    answer_file_name,
    formats_for,
    write_answer_file,
    write_metadata,
)
from kg.model.text import Text

XSD = "http://www.w3.org/2001/XMLSchema#"
QUERY = 'SELECT ?who ?words\nWHERE { ?who ?says "a `b` --> \\end{verbatim} </pre> */" }  # 问'
ABOUT = About(
    title="谁说了什么",
    query=QUERY,
    data_version="0123abcd",
    asked="2025-03-20 10:00",
    sources=("国脉. 标题[EB/OL]. https://example.org/a_b?c=1&d=2.", "第二个来源"),
    address="https://example.org/?page=ask",
)
NASTY = (
    *("=1+1", " @SUM(A1)", "＝1", "</td><script>", "a|b", "\\end{longtable}", "50% & $x_1^2$", "`code` [x](y)"),
    *('"', "'", "\\", "a\nb", "a\r\nb", "\t", "", " ", "<r><t>x</t></r>", "\x00\x08\x1b\ufffe", "\u2028", "🚀" * 3),
    *("，。；", "---", "[^1]", "{0}"),
)


def literal(text: str, mark: str = "") -> str:
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escapes.get(sign, sign) for sign in text) + '"' + mark


def select(columns: str, *rows: tuple[str, ...], cut: bool = False) -> Answer:
    lines = ["\t".join(f"?{name}" for name in columns.split()), *("\t".join(row) for row in rows)]
    return Answer("select", "".join(f"{line}\n" for line in lines).encode(), len(rows), cut, 0.1, "0123abcd")


ASK = Answer("ask", b"true", 1, False, 0.1, "0123abcd")
TRIPLES = f"""<http://e.x/b> <http://e.x/p> "\\u5317"@zh .
<http://e.x/a> <http://e.x/p> "5"^^<{XSD}integer> .
"""
GRAPH = Answer("graph", TRIPLES.encode(), 2, False, 0.1, "0123abcd")
ANSWERS = {
    "select": select("who words", ("<http://e.x/a>", '"北京"@zh'), ("<http://e.x/b>", ""), ("_:c", '"=1+1"')),
    "ask": ASK,
    "graph": GRAPH,
}
EACH = [(one, form) for one in ANSWER_FORMATS.values() for form in one.forms]


class Page(HTMLParser):
    """Counts the rows of the body, and gathers the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows, self.text, self.in_body = 0, "", False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self.in_body |= tag == "tbody"
        self.rows += tag == "tr" and self.in_body

    def handle_endtag(self, tag: str) -> None:
        self.in_body &= tag != "tbody"

    def handle_data(self, data: str) -> None:
        self.text += data


def sheet(content: bytes) -> int:
    return int(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].max_row) - 1


def markdown_rows(content: bytes) -> int:
    lines = content.decode().split("\n")
    start = next(place for place, line in enumerate(lines) if re.fullmatch(r"\|( -+:? \|)+", line))
    return next(place for place, line in enumerate(lines[start + 1 :]) if not line.startswith("| "))


def latex_rows(content: bytes) -> int:
    body = content.decode().split("\\endlastfoot\n")[1].split("\\end{longtable}")[0]
    return sum(line.endswith(r" \\") for line in body.split("\n"))


def table(content: bytes) -> int:
    return len(list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))) - 1


def count_xml(content: bytes) -> int:
    return len(ElementTree.fromstring(content).findall(".//{*}result"))  # noqa: S314 (made here)


COUNTS: dict[str, Callable[[bytes], int]] = {
    "xlsx": sheet,
    "spreadsheet": table,
    "csv": table,
    "tsv": lambda content: content.decode().count("\n") - 1,
    "json": lambda content: len(json.loads(content)["results"]["bindings"]),
    "xml": count_xml,
    "html": lambda content: Page(content.decode()).rows,
    "markdown": markdown_rows,
    "latex": latex_rows,
    "parquet": lambda content: int(pyarrow.parquet.read_table(io.BytesIO(content)).num_rows),
}
RDF = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
}


def test_every_format_has_a_title_a_media_type_and_an_ending() -> None:
    for one in ANSWER_FORMATS.values():
        assert one.title.zh
        assert one.title.en
        assert "/" in one.media_type
        assert one.suffix.startswith(".")


def test_the_formats_of_a_select_are_those_that_were_promised() -> None:
    assert {one.name for one in formats_for("select")} == set(COUNTS)


@pytest.mark.parametrize(("one", "form"), EACH, ids=lambda each: getattr(each, "name", each))
def test_equal_answers_give_equal_bytes(one: AnswerFormat, form: str) -> None:
    answer = ANSWERS[form]
    assert write_answer_file(answer, one.name, ABOUT) == write_answer_file(answer, one.name, ABOUT)


@pytest.mark.parametrize("name", COUNTS)
def test_rows_come_back_as_many_as_the_answer_has(name: str) -> None:
    assert COUNTS[name](write_answer_file(ANSWERS["select"], name, ABOUT)) == 3


@pytest.mark.parametrize("name", COUNTS)
def test_an_answer_without_rows_is_a_table_without_rows(name: str) -> None:
    assert COUNTS[name](write_answer_file(select("who words"), name, ABOUT)) == 0


@pytest.mark.parametrize("name", COUNTS)
def test_a_real_answer_has_all_its_rows(name: str, sample_engine: Engine) -> None:
    answer = sample_engine.ask("SELECT ?subject ?name { ?subject ?label ?name . FILTER (isLiteral(?name)) }")
    assert answer.rows > 100
    assert COUNTS[name](write_answer_file(answer, name, ABOUT)) == answer.rows


words = st.one_of(st.sampled_from(NASTY), st.text(st.characters(codec="utf-8"), max_size=20))
cells = st.one_of(st.just(""), words.map(literal), words.map(lambda text: literal(text, "@en")),
                  words.map(lambda text: literal(text, f"^^<{XSD}decimal>")), st.just("<http://e.x/a>"))  # fmt: skip


@given(st.lists(st.tuples(cells, cells), max_size=5))
@pytest.mark.parametrize("name", COUNTS)
def test_no_cell_whatever_it_holds_adds_or_takes_a_row(name: str, rows: list[tuple[str, str]]) -> None:
    try:
        content = write_answer_file(select("a b", *rows), name, ABOUT)
    except QueryError as error:
        assert name == "xml"
        assert "XML cannot hold the character U+" in str(error)
    else:
        assert COUNTS[name](content) == len(rows)


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv", "text"])
def test_a_yes_is_a_yes_in_each_format(name: str) -> None:
    content = write_answer_file(ASK, name, ABOUT).decode()
    assert "是\n" in content if name == "text" else "true" in content


@pytest.mark.parametrize("name", RDF)
def test_a_graph_comes_back_as_it_was(name: str) -> None:
    written = pyoxigraph.parse(write_answer_file(GRAPH, name, ABOUT), RDF[name])
    assert {quad.triple for quad in written} == {
        quad.triple for quad in pyoxigraph.parse(GRAPH.body, pyoxigraph.RdfFormat.N_TRIPLES)
    }


@pytest.mark.parametrize("name", ["csv", "spreadsheet", "xlsx"])
def test_triples_are_rows_of_a_table(name: str) -> None:
    assert COUNTS[name](write_answer_file(GRAPH, name, ABOUT)) == 2


def test_triples_for_programs_have_datatype_and_language() -> None:
    rows = csv.reader(io.StringIO(write_answer_file(GRAPH, "csv", ABOUT).decode(), newline=""))
    assert list(rows) == [
        ["subject", "predicate", "object", "datatype", "language"],
        ["http://e.x/a", "http://e.x/p", "5", f"{XSD}integer", ""],
        ["http://e.x/b", "http://e.x/p", "北", "", "zh"],
    ]


@pytest.mark.parametrize("name", ["xlsx", "html", "markdown", "latex", "parquet", "turtle"])
def test_a_file_tells_its_version_its_query_and_its_sources(name: str) -> None:
    answer = GRAPH if name == "turtle" else ANSWERS["select"]
    content = write_answer_file(answer, name, ABOUT)
    if name == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        text = "\n".join(str(cell) for each in book for row in each.iter_rows(values_only=True) for cell in row)
    elif name == "parquet":
        metadata = pyarrow.parquet.read_table(io.BytesIO(content)).schema.metadata
        text = "\n".join(value.decode() for value in metadata.values())
    elif name == "html":
        text = Page(content.decode()).text
    else:
        text = content.decode()
    for known in ("0123abcd", "2025-03-20 10:00", "第二个来源", *QUERY.split("\n")):
        assert known in text


@pytest.mark.parametrize("name", ["html", "markdown", "latex", "turtle"])
def test_a_cut_answer_says_so(name: str) -> None:
    form = "graph" if name == "turtle" else "select"
    answer = ANSWERS[form]
    cut = Answer(answer.form, answer.body, answer.rows, True, answer.seconds, answer.data_version)
    assert f"{answer.rows}（已截断，实际更多）" in write_answer_file(cut, name, ABOUT).decode()


def test_a_query_does_not_leave_its_comments_in_turtle() -> None:
    about = About("t", "SELECT\r<http://e.x/evil> a <http://e.x/Evil> .\u2028", "1")
    written = pyoxigraph.parse(write_answer_file(GRAPH, "turtle", about), pyoxigraph.RdfFormat.TURTLE)
    assert len(list(written)) == 2


@pytest.mark.parametrize("name", ["html", "markdown", "latex", "xlsx"])
def test_people_read_labels_and_follow_them_to_iris(name: str) -> None:
    labels = {"http://e.x/a": Text(zh="甲", en="Alpha")}
    content = write_answer_file(ANSWERS["select"], name, ABOUT, labels)
    if name == "xlsx":
        cell = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]["A2"]
        assert (cell.value, cell.hyperlink.target) == ("甲", "http://e.x/a")
        return
    wanted = {"html": '<a href="http://e.x/a" rel="noreferrer">甲</a>', "markdown": "[甲](<http://e.x/a>)"}
    assert wanted.get(name, r"\href{http://e.x/a}{甲}") in content.decode()


@pytest.mark.parametrize("name", ["csv", "spreadsheet", "tsv", "json", "xml", "parquet"])
def test_programs_read_iris_and_no_labels(name: str) -> None:
    content = write_answer_file(ANSWERS["select"], name, ABOUT, {"http://e.x/a": Text(zh="甲")})
    assert "甲".encode() not in content
    assert b"http://e.x/a" in content


def test_a_column_that_only_says_another_in_one_language_is_not_shown_to_people() -> None:
    answer = select("who who_zh who_en", ("<http://e.x/a>", '"甲"', '"Alpha"'))
    assert "| 参与者 |\n" in write_answer_file(answer, "markdown", ABOUT).decode()
    assert write_answer_file(answer, "csv", ABOUT).startswith(b"who,who_zh,who_en\r\n")
    both = select("say_zh say_en", ('"甲"', '"Alpha"'))
    assert "| say |\n" in write_answer_file(both, "markdown", ABOUT).decode()


@pytest.mark.parametrize("name", ["html", "markdown", "latex", "xlsx"])
def test_only_a_web_address_becomes_a_link(name: str) -> None:
    content = write_answer_file(select("who", ("<javascript:alert(1)>",), ("<file:///etc/passwd>",)), name, ABOUT)
    if name == "xlsx":
        links = [cell.hyperlink for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0] for cell in row]
        assert links == [None] * 3
    else:
        assert not re.search(r'(href="|\(<|\{)(javascript|file):', content.decode())


def test_a_format_that_there_is_not_is_told_with_those_that_there_are() -> None:
    with pytest.raises(NotFound, match="xlsx"):
        write_answer_file(ASK, "docx", ABOUT)


def test_a_format_that_does_not_fit_is_told_with_those_that_do() -> None:
    with pytest.raises(ValueError, match="choose from csv, tsv, json, xml, text"):
        write_answer_file(ASK, "xlsx", ABOUT)


@pytest.mark.parametrize("name", ["xlsx", "html", "parquet", "csv"])
def test_notes_that_are_not_this_answers_are_refused(name: str) -> None:
    about = About("t", QUERY, "1", sources=("a",), notes=((1,),))
    with pytest.raises(ValueError, match="notes for 1 rows, and the answer has 3"):
        write_answer_file(ANSWERS["select"], name, about)


def test_a_note_without_its_source_is_refused() -> None:
    with pytest.raises(ValueError, match="no source has the number 2"):
        About("t", QUERY, "1", sources=("a",), notes=((1, 2),))


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no web address"):
        About("t", QUERY, "1", address="javascript:alert(1)")


def test_files_are_named_by_the_version_of_the_data() -> None:
    assert answer_file_name("0123abcd", "xlsx") == "answer-0123abcd.xlsx"
    assert answer_file_name("../a b", "csv") == "answer-..-a-b.csv"
    assert answer_file_name("0123abcd", "csv", metadata=True) == "answer-0123abcd.metadata.json"


def test_the_file_beside_a_table_tells_what_the_table_cannot() -> None:
    answer = select(
        "who n day", ("<http://e.x/a>", "5", f'"2025-03-20"^^<{XSD}date>'), ("<http://e.x/b>", "-6", ""), cut=True
    )
    about = About("t", QUERY, "0123abcd", sources=("a", "b"), notes=((1, 2), ()), lang="en")
    told = json.loads(write_metadata(answer, "csv", about))
    assert told["url"] == "answer-0123abcd.csv"
    assert (told["schema:numberOfItems"], told["schema:abridged"], told["schema:version"]) == (2, True, "0123abcd")
    assert (told["dc:title"], told["schema:query"], told["dc:source"]) == ("t", QUERY, ["a", "b"])
    assert [one["datatype"] for one in told["tableSchema"]["columns"]] == ["anyURI", "integer", "date"]
    assert told["notes"] == [{"type": "Annotation", "target": "answer-0123abcd.csv#row=2", "body": ["a", "b"]}]

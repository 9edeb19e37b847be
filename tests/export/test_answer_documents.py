"""An answer as Markdown, LaTeX and HTML: every sign of it is text, whatever it would be in the language."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.engine.answer import Answer
from kg.export.answer_about import About
from kg.export.answer_files import write_answer_file
from kg.export.answer_latex import tex
from kg.model.text import Text

NOTED = About("题目", "ASK {}", "0123abcd", sources=("甲. https://e.x/a_b?c=1&d=2.", "乙", "丙"), notes=((1, 2), ()))
PRINTED = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp", "Cn")), max_size=30)

#: What TeX prints for each command that is written.
TEX = {
    r"\textbackslash{}": "\\",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textquotedbl{}": '"',
    r"\textasciigrave{}": "`",
    r"\par ": "\n",
    "{}": "",
    **{"\\" + sign: sign for sign in "$&#_%{}"},
    **{f"{{{sign}}}": sign for sign in "[]*"},
}


def literal(text: str, mark: str = "") -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"' + mark


def select(*cells: str) -> Answer:
    body = "?a\n" + "".join(f"{cell}\n" for cell in cells)
    return Answer("select", body.encode(), len(cells), False, 0.1, "0123abcd")


def write(name: str, answer: Answer, about: About | None = None, labels: dict[str, Text] | None = None) -> str:
    return write_answer_file(answer, name, about or About("题目", "ASK {}", "0123abcd"), labels).decode()


def printed(written: str) -> str:
    """What TeX prints: every command is one of those above, and nothing that it would read otherwise is left."""
    pattern = "|".join(map(re.escape, sorted(TEX, key=len, reverse=True)))
    assert not re.search(r"[\\{}$&#_%~^\"`\[\]*]", re.sub(pattern, "", written))
    return re.sub(pattern, lambda found: TEX[found[0]], written)


class Body(HTMLParser):
    """The cells of a table's body, each with its text, and every tag of the page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "td":
            self.cells.append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside &= tag != "td"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.cells[-1] += data


def test_the_words_of_the_query_itself_stand_over_its_columns() -> None:
    about = About("题目", "ASK {}", "0123abcd", headings={"a": Text(zh="拟建设者是", en="is to be built by")})
    assert "| 拟建设者是 |" in write("markdown", select(literal("x")), about)


@given(PRINTED)
def test_tex_prints_the_text_sign_for_sign(text: str) -> None:
    assert printed(tex(text)) == (text if text.strip() else "")


@pytest.mark.parametrize("text", ["--", "---", "''", ",,", "<<", ">>", "'-'--"])
def test_tex_makes_no_dash_and_no_quotation_mark_of_two_signs(text: str) -> None:
    assert not re.search(r"--|''|,,|<<|>>", tex(text))
    assert printed(tex(text)) == text


def test_a_line_end_is_a_paragraph_in_a_cell_and_a_space_in_a_heading() -> None:
    assert tex("a\r\n\r\nb") == r"a\par b"
    assert tex("a\nb", one_line=True) == "a b"


def test_a_row_of_latex_cannot_be_an_option_of_the_row_before() -> None:
    rows = write("latex", select(literal("[2cm]"), literal("*x"))).split("\\endlastfoot\n")[1].split("\n")
    assert rows[:2] == [r"{[}2cm{]} \\", r"{*}x \\"]


def test_an_address_in_latex_is_written_so_that_tex_reads_it_as_one() -> None:
    iri = "http://e.x/%E5%8C%97?a=1&b=2#京{}$^\\"
    written = write("latex", select(f"<{iri}>"), labels={iri: Text(zh="北京")})
    wanted = r"\href{http://e.x/\%E5\%8C\%97?a=1\&b=2\#\%E4\%BA\%AC\%7B\%7D\%24\%5E\%5C}{北京} \\"
    assert wanted in written


def test_a_query_does_not_leave_its_comments_in_latex() -> None:
    about = About("t", "SELECT\r\\input{evil}\u2028\\input{evil}\n\n\\end{document}", "1")
    head = write("latex", select(), about).split(r"\documentclass")[0]
    assert all(line.startswith("%") for line in re.split(r"[\r\n\u2028]", head.rstrip("\n")))


def test_chinese_loads_ctex_and_its_absence_leaves_it_in_a_comment() -> None:
    assert "\n\\usepackage[scheme=chinese]{ctex}" in write("latex", select())
    assert "\n% \\usepackage[scheme=plain]{ctex}" in write("latex", select(), About("Title", "ASK {}", "1", lang="en"))


def test_a_latex_table_is_as_wide_as_the_page() -> None:
    shares = re.findall(r"\\dimexpr ([0-9.]+)\\linewidth", write("latex", select('"x"'), NOTED_ONE))
    assert 0.99 <= sum(map(float, shares)) <= 1.01


NOTED_ONE = About("t", "ASK {}", "1", sources=("甲",), notes=((1,),))


@given(PRINTED)
def test_html_shows_the_text_sign_for_sign(text: str) -> None:
    assert Body(write("html", select(literal(text)))).cells == [text]


def test_a_page_has_no_script_and_fetches_nothing() -> None:
    page = write("html", select(literal('<script src="http://e.x/a.js"></script><img src=x onerror=alert(1)>')))
    body = Body(page)
    assert not {"script", "img", "link", "iframe", "object"} & {tag for tag, _ in body.tags}
    assert not [name for _, attrs in body.tags for name in attrs if name.startswith("on")]
    assert "default-src 'none'" in page


def test_a_page_says_its_language_and_that_of_a_cell_in_another() -> None:
    page = write("html", select('"Beijing"@en', '"北京"@zh', '"東京"@ja'))
    assert '<html lang="zh-Hans">' in page
    assert '<span lang="en">Beijing</span>' in page
    assert '<span lang="ja">東京</span>' in page
    assert ">北京</td>" in page


def test_a_page_is_light_or_dark_as_the_reader_has_it() -> None:
    page = write("html", select())
    assert "color-scheme: light dark" in page
    assert "light-dark(" in page


def test_each_note_of_a_page_leads_to_its_source() -> None:
    body = Body(write("html", select("1", "2"), NOTED))
    targets = {attrs["id"] for tag, attrs in body.tags if tag == "li"}
    links = [str(attrs["href"]) for tag, attrs in body.tags if tag == "a" and str(attrs["href"]).startswith("#")]
    assert links == ["#source-1", "#source-2"]
    assert targets == {"source-1", "source-2", "source-3"}


def test_a_page_has_a_caption_with_its_rows_and_its_version() -> None:
    assert '<caption id="about">行数：2；数据版本：0123abcd</caption>' in write("html", select("1", "2"), NOTED)


@given(st.text(st.sampled_from("\\`*_[]<>|~$&^#@{}!-+.()ab 北"), max_size=30))
def test_markdown_escapes_every_sign_that_it_would_read(text: str) -> None:
    written = write("markdown", select(literal(text))).split("| --- |\n", 1)[1].split("\n")[0]
    inside = written.removeprefix("| ").removesuffix(" |")
    assert re.sub(r"\\(.)", r"\1", inside) == text.strip(" ")
    assert not re.search(r"[`*_\[\]<>|~$&^#@{}]", re.sub(r"\\.", "", inside))


def test_a_line_end_in_a_markdown_cell_is_a_break() -> None:
    assert "| a<br>b |\n" in write("markdown", select(literal("a\nb")))


def test_markdown_notes_are_footnotes_and_a_source_that_no_row_needs_is_listed() -> None:
    written = write("markdown", select("1", "2"), NOTED)
    assert "| 1 | [^1][^2] |\n| 2 |  |\n" in written
    assert "[^1]: 甲. <https://e.x/a_b?c=1&amp;d=2>.\n[^2]: 乙\n3. 丙\n" in written


def test_a_query_cannot_end_its_own_fence_in_markdown() -> None:
    written = write("markdown", select(), About("t", "# ````\nASK {}", "1"))
    assert "`````sparql\n# ````\nASK {}\n`````\n" in written


def test_a_source_that_begins_like_a_list_is_no_list_in_markdown() -> None:
    written = write("markdown", select("1"), About("t", "", "1", sources=("1. x", "- y"), notes=((1, 2),)))
    assert "[^1]: 1\\. x\n[^2]: \\- y\n" in written


def test_numbers_stand_to_the_right() -> None:
    assert "| ---: |\n" in write("markdown", select("1", "-2.5"))
    assert r">{\raggedleft\arraybackslash}" in write("latex", select("1"))
    assert '<td class="number">1</td>' in write("html", select("1"))


@pytest.mark.parametrize("name", ["html", "markdown", "latex"])
def test_what_no_document_can_hold_is_shown_as_unknown(name: str) -> None:
    assert "a\ufffdb" in write(name, select('"a\x08b"'))

"""An answer as LaTeX: a long table with booktabs' rules and numbered sources, for XeLaTeX and LuaLaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from kg.engine.answer import Answer
from kg.export.answer_about import About, told
from kg.export.answer_cells import Cell, Shown, addresses, link_of, shown
from kg.export.answer_words import say_word
from kg.export.xml_text import legal
from kg.model.text import Text

__all__ = ["tex", "write_answer_latex"]

#: What TeX does not take as it stands. Brackets and a star would be read by the end of the row before them; quotes and
#: grave accents would be turned into others.
_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    "\t": " ",
    **{sign: "\\" + sign for sign in "$&#_%{}"},
    **{sign: f"{{{sign}}}" for sign in "[]*"},
}
_SIGNS = re.compile("|".join(map(re.escape, _TEX)))
#: Two of these side by side would become a dash or a quotation mark.
_LIGATURE = re.compile(r"(?<=[-',<>])(?=[-',<>])")
_ENDS = re.compile(r"(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])+")
_CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")

_HEAD = r"""%% Compile with XeLaTeX or LuaLaTeX. Chinese needs the package ctex and its fonts.
%% For a document of your own, take what is between \begin{document} and \end{document}, and these packages.
\documentclass{article}
%s\usepackage[scheme=%s]{ctex}
\usepackage[margin=2cm]{geometry}
\usepackage{array}
\usepackage{booktabs}
\usepackage{longtable}
\usepackage[hidelinks]{hyperref}
\setlength{\tabcolsep}{3pt}
"""


def write_answer_latex(answer: Answer, about: About, labels: Mapping[str, Text]) -> bytes:
    """A whole document in UTF-8; the query stands in comments at its head.

    A row's last cell has the numbers of its sources, which are listed below. Labels link to their IRIs.
    """
    table = shown(answer, labels, about)
    body = "\n".join([*_table(table, answer, about), "", *_sources(about), r"\end{document}", ""])
    return "\n".join([*_head(body, answer, about), body]).encode()


def _head(body: str, answer: Answer, about: About) -> Iterator[str]:
    yield from map(_comment, [*told(answer, about), *_ENDS.split(about.query.strip())])
    yield "%"
    scheme = "chinese" if about.lang == "zh" else "plain"
    yield _HEAD % ("" if _CHINESE.search(body) else "% ", scheme) + r"\begin{document}"


def _comment(line: str) -> str:
    return f"% {_ENDS.sub(' ', legal(line))}".rstrip()


def _table(table: Shown, answer: Answer, about: About) -> Iterator[str]:
    stop, comma = ("。", "；") if about.lang == "zh" else (". ", "; ")
    title = about.title.rstrip("。.") + stop if about.title else ""
    caption = tex(title + comma.join(told(answer, about)[:2]), one_line=True)
    if not table.heads:
        yield caption
        return
    yield rf"\begin{{longtable}}{{{''.join(_widths(table))}}}"
    yield rf"\caption{{{caption}}}\\"
    heads = " & ".join(rf"\textbf{{{tex(name, one_line=True)}}}" for name in table.heads)
    yield from (r"\toprule", rf"{heads} \\", r"\midrule", r"\endfirsthead")
    yield from (r"\toprule", rf"{heads} \\", r"\midrule", r"\endhead", r"\bottomrule", r"\endlastfoot")
    known: dict[Cell | None, str] = {None: ""}
    for line, row in enumerate(table.rows):
        cells = []
        for cell in row:
            text = known.get(cell)
            if text is None and cell is not None:
                text = known[cell] = _cell(cell)
            cells.append(text or "")
        if table.noted:
            cells.append(", ".join(map(str, table.note(line))))
        yield rf"{' & '.join(cells)} \\"
    yield r"\end{longtable}"


def _widths(table: Shown) -> Iterator[str]:
    """A column for each heading, as wide as its texts need of the page's width."""
    needs = []
    for at, name in enumerate(table.heads):
        cells = (row[at] for row in table.rows) if at < len(table.columns) else ()
        sizes = sorted(_size(text) for text in {cell.face.text for cell in cells if cell is not None})
        usual = sizes[len(sizes) * 9 // 10] if sizes else 0
        needs.append(min(60, max(usual, _size(name), 6)))
    least = sum(needs) // 20
    needs = [max(need, least) for need in needs]
    for at, need in enumerate(needs):
        side = r"\raggedleft" if at in table.numeric else r"\raggedright"
        share = need / sum(needs)
        yield rf">{{{side}\arraybackslash}}p{{\dimexpr {share:.3f}\linewidth-2\tabcolsep\relax}}"


def _size(text: str) -> int:
    return sum(1 if sign < "\u2e80" else 2 for sign in text[:60])


def _sources(about: About) -> Iterator[str]:
    if about.sources or about.remark:
        yield rf"\section*{{{tex(say_word('sources', about.lang))}}}"
    if about.remark:
        yield from (_prose(about.remark), "")
    if about.sources:
        yield r"\begin{enumerate}"
        yield from (rf"\item {_prose(source)}" for source in about.sources)
        yield r"\end{enumerate}"


def _prose(text: str) -> str:
    """Text outside of any table, with its web addresses as links that may be broken at the end of a line."""
    return "".join(rf"\url{{{_address(part)}}}" if is_address else tex(part) for part, is_address in addresses(text))


def _cell(cell: Cell) -> str:
    text, link = cell.face.text, link_of(cell)
    if not link:
        return tex(text).replace("/", r"/\allowbreak{}") if "://" in text else tex(text)
    label = tex(text, one_line=True).replace("/", r"/\allowbreak{}")
    address = _address(link)
    for sign in "%#&":
        address = address.replace(sign, f"\\{sign}")
    return rf"\href{{{address}}}{{{label}}}"


def _address(url: str) -> str:
    """All that TeX could read otherwise is written as percent and number; the address's own percent signs stay."""
    return quote(legal(url), safe="%/:=&?;@+,!*'()#-._")


def tex(text: str, *, one_line: bool = False) -> str:
    """The text as TeX prints it, sign for sign; a line end is a new paragraph, or a space where it must be one line."""
    escaped = (_SIGNS.sub(lambda sign: _TEX[sign[0]], line) for line in _parts(text))
    return (" " if one_line else r"\par ").join(_LIGATURE.sub("{}", line) for line in escaped)


def _parts(text: str) -> list[str]:
    """The lines that have something on them."""
    return [line for line in _ENDS.split(legal(text)) if line.strip()]

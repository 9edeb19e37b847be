"""An answer as Markdown: a table with links and footnotes (GitHub's and Pandoc's), its facts, its query."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.engine.answer import Answer
from kg.export.answer_about import About, told
from kg.export.answer_cells import Cell, Shown, addresses, link_of, shown
from kg.export.answer_words import say_word
from kg.export.xml_text import legal
from kg.model.text import Text

__all__ = ["write_answer_markdown"]

#: What Markdown, its tables, its footnotes, or Pandoc's mathematics and citations would read as theirs.
_MARKS = re.compile(r"[\\`*_\[\]{}<>|~$&^#@]")
_ENDS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNSAFE = re.compile(r"[<>\\|`\s\x00-\x1f]")
_FENCE = re.compile(r"`{3,}")
#: What would make a list or a heading of a paragraph that begins with it.
_LEAD = re.compile(r"^([0-9]*)([-+=.)])")
_ESCAPE = r"\1\\\2"


def write_answer_markdown(answer: Answer, about: About, labels: Mapping[str, Text]) -> bytes:
    """UTF-8 text. A row's last cell has the numbers of its sources as footnotes; a line end in a cell is ``<br>``."""
    table = shown(answer, labels, about)
    return "\n".join([*_head(about), *_table(table), "", *_foot(answer, about, table)]).encode()


def _head(about: About) -> Iterator[str]:
    if about.title:
        yield f"# {_plain(about.title)}"
        yield ""


def _table(table: Shown) -> Iterator[str]:
    yield _row(_plain(name) for name in table.heads)
    yield _row("---:" if at in table.numeric else "---" for at in range(len(table.heads)))
    known: dict[Cell | None, str] = {None: ""}
    for line, row in enumerate(table.rows):
        cells = []
        for cell in row:
            text = known.get(cell)
            if text is None and cell is not None:
                text = known[cell] = _cell(cell)
            cells.append(text or "")
        if table.noted:
            cells.append("".join(f"[^{number}]" for number in table.note(line)))
        yield _row(cells)


def _row(cells: Iterator[str] | list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _foot(answer: Answer, about: About, table: Shown) -> Iterator[str]:
    yield from (f"- {_text(line)}" for line in told(answer, about))
    yield ""
    fence = "`" * max(3, 1 + max((len(run) for run in _FENCE.findall(about.query)), default=0))
    yield from (f"{fence}sparql", legal(about.query.rstrip("\n")), fence, "")
    if about.sources or about.remark:
        yield f"**{say_word('sources', about.lang)}**"
        yield ""
    if about.remark:
        yield from (_text(about.remark), "")
    cited = {number for row in table.notes for number in row}
    for number, source in enumerate(about.sources, start=1):
        # A footnote that no row refers to would not be shown at all.
        mark = f"[^{number}]:" if number in cited else f"{number}."
        yield f"{mark} {_LEAD.sub(_ESCAPE, _text(source))}"
    yield ""


def _cell(cell: Cell) -> str:
    link = link_of(cell)
    if not link:
        return _text(cell.face.text)
    return f"[{_plain(cell.face.text)}](<{_address(link)}>)"


def _text(text: str) -> str:
    """The text on one line, web addresses in it as links."""
    parts = (f"<{_address(part)}>" if is_address else _plain(part) for part, is_address in addresses(text))
    return "".join(parts).strip(" \t")


def _plain(text: str) -> str:
    return "<br>".join(_MARKS.sub(r"\\\g<0>", legal(line)).replace("\t", " ") for line in _ENDS.split(text))


def _address(url: str) -> str:
    """The address between angle brackets, where a sign that would end it is written as percent and number."""
    return _UNSAFE.sub(_percent, legal(url)).replace("&", "&amp;")


def _percent(sign: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in sign[0].encode())

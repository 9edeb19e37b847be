"""An answer as one web page: a table with a caption, footnotes and the query; no script, nothing to fetch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.engine.answer import Answer
from kg.export.answer_about import About, said_facts, told
from kg.export.answer_cells import Cell, Shown, link_of, shown
from kg.export.answer_words import say_word
from kg.export.xml_text import attribute, content
from kg.model.text import Text

__all__ = ["write_answer_html"]

_TONGUES = {"zh": "zh-Hans", "en": "en"}

#: A cell of at most so many characters stands on one line.
_ONE_WORD = 12

_PAGE = """<!doctype html>
<html lang="{tongue}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="beijing-digital-economy">
<meta name="dcterms.hasVersion" content="{version}">
<title>{name}</title>
<style>
{style}</style>
</head>
<body>
<main>
{title}<div class="table" tabindex="0" role="region" aria-labelledby="about">
<table>
<caption id="about">{caption}</caption>
"""

_STYLE = """:root { color-scheme: light dark; --ground: light-dark(#FFFFFF, #16191D); \
--second: light-dark(#F5F5F2, #1F2328); --text: light-dark(#1B1F24, #E9E7E2); --quiet: light-dark(#5B626B, #A3A9B1); \
--border: light-dark(#E2E2DC, #30353C); --accent: light-dark(#155E96, #8CBEF0); }
body { margin: 0; background: var(--ground); color: var(--text); line-height: 1.6; \
font-family: system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif; }
main { max-width: 75rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 1rem; }
h2 { font-size: 1rem; margin: 2rem 0 .5rem; }
a { color: var(--accent); text-underline-offset: .2em; \
text-decoration-color: color-mix(in srgb, currentColor 35%, transparent); }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
caption { text-align: start; color: var(--quiet); padding-bottom: .5rem; }
th, td { text-align: start; vertical-align: top; padding: .4rem .75rem .4rem 0; overflow-wrap: anywhere; \
min-width: 6rem; white-space: pre-line; border-bottom: 1px solid var(--border); }
thead th { border-bottom: 2px solid var(--text); white-space: nowrap; }
.short { min-width: 0; white-space: nowrap; }
.number { min-width: 0; text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; }
li { overflow-wrap: anywhere; }
li:target { background: var(--second); }
pre { background: var(--second); padding: .75rem; overflow-x: auto; font-size: .85rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; font-size: .9rem; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
@media print { main { max-width: none; padding: 0; } thead { display: table-header-group; } \
tr { break-inside: avoid; } }
"""


def write_answer_html(answer: Answer, about: About, labels: Mapping[str, Text]) -> bytes:
    """The page, light or dark as the reader's system is; what HTML cannot carry becomes U+FFFD."""
    table = shown(answer, labels, about)
    head = _PAGE.format(
        tongue=_TONGUES[about.lang],
        version=attribute(about.data_version),
        name=content(about.title or say_word("answer", about.lang)),
        style=_STYLE,
        title=f"<h1>{content(about.title)}</h1>\n" if about.title else "",
        caption=content(("；" if about.lang == "zh" else "; ").join(told(answer, about)[:2])),
    )
    return "".join([head, *_table(table, about), *_sources(about), *_query(answer, about)]).encode()


def _table(table: Shown, about: About) -> Iterator[str]:
    number = ["" if at not in table.numeric else ' class="number"' for at in range(len(table.heads))]
    heads = (f'<th scope="col"{css}>{content(name)}</th>' for name, css in zip(table.heads, number, strict=True))
    yield f"<thead>\n<tr>{''.join(heads)}</tr>\n</thead>\n<tbody>\n"
    known: dict[Cell | None, str] = {None: ""}
    for line, row in enumerate(table.rows):
        cells = []
        for cell, css in zip(row, number, strict=False):
            text = known.get(cell)
            if text is None and cell is not None:
                text = known[cell] = _cell(cell, about)
            cells.append(f"<td{css or _short(cell)}>{text}</td>")
        if table.noted:
            marks = " ".join(f'<a href="#source-{one}">{one}</a>' for one in table.note(line))
            cells.append(f'<td class="short">{marks}</td>')
        yield f"<tr>{''.join(cells)}</tr>\n"
    yield "</tbody>\n</table>\n</div>\n"


def _short(cell: Cell | None) -> str:
    """A date or a single word is not broken."""
    return ' class="short"' if cell is None or len(cell.face.text) <= _ONE_WORD else ""


def _cell(cell: Cell, about: About) -> str:
    text, link = content(cell.face.text), link_of(cell)
    foreign = cell.face.lang and cell.face.lang != about.lang
    tongue = f' lang="{attribute(_TONGUES.get(cell.face.lang, cell.face.lang))}"' if foreign else ""
    if link:
        return f'<a href="{attribute(link)}" rel="noreferrer"{tongue}>{text}</a>'
    return f"<span{tongue}>{text}</span>" if tongue else text


def _sources(about: About) -> Iterator[str]:
    if not about.sources and not about.remark:
        return
    yield f"<section>\n<h2>{content(say_word('sources', about.lang))}</h2>\n"
    if about.remark:
        yield f"<p>{content(about.remark)}</p>\n"
    items = (f'<li id="source-{at}">{content(one)}</li>\n' for at, one in enumerate(about.sources, start=1))
    yield f"<ol>\n{''.join(items)}</ol>\n</section>\n" if about.sources else "</section>\n"


def _query(answer: Answer, about: About) -> Iterator[str]:
    yield f"<section>\n<h2>{content(say_word('query', about.lang))}</h2>\n"
    yield f"<pre><code>{content(about.query)}</code></pre>\n<dl>\n"
    for name, value in said_facts(answer, about).items():
        shown_value = content(value)
        if value.startswith(("http://", "https://")):
            shown_value = f'<a href="{attribute(value)}" rel="noreferrer">{shown_value}</a>'
        yield f"<dt>{content(name)}</dt><dd>{shown_value}</dd>\n"
    yield "</dl>\n</section>\n</main>\n</body>\n</html>\n"

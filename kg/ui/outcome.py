"""What a query came to: answered, empty, malformed, refused, or stopped; each in its own look."""

from __future__ import annotations

from html import escape

import streamlit as st

from kg.engine.answer import Answer
from kg.engine.base import Limits
from kg.engine.convert import convert
from kg.errors import AnswerTooLarge, KgError, MalformedQuery, QueryTimeout, RefusedQuery
from kg.model.text import Lang
from kg.query.labels import read_labels
from kg.ui.markup import address, link
from kg.ui.state import app
from kg.ui.words import say
from kg.view.tables import Cell, Table, iris_of, table

__all__ = ["LIMITS", "show"]

#: Rows on the screen; downloads have all.
_SHOWN = 500

#: A cell of at most so many characters stands on one line.
_ONE_WORD = 12
#: What a reader's query may cost.
LIMITS = Limits()

#: Format, file ending, media type of what a SELECT can be saved as; a spreadsheet wants its byte order mark.
_TABLE_FILES = (
    ("csv", "csv", "text/csv"),
    ("tsv", "tsv", "text/tab-separated-values"),
    ("json", "srj", "application/sparql-results+json"),
)
_GRAPH_FILES = (("turtle", "ttl", "text/turtle"), ("ntriples", "nt", "application/n-triples"))


def show(query: str, lang: Lang) -> None:
    """Run ``query`` and show what it came to; nothing but its own words reaches the reader, no traceback."""
    try:
        answer = app().engine.ask(query, limits=LIMITS)
    except MalformedQuery as error:
        _malformed(error, query, lang)
    except RefusedQuery as error:
        _box("refused", say("refused", lang), f"{escape(say('refused_hint', lang))} {_english(error)}")
    except QueryTimeout as error:
        _box("stopped", say("timed_out", lang, seconds=f"{error.seconds:g}"), escape(say("timed_out_hint", lang)))
    except AnswerTooLarge as error:
        _box("stopped", say("too_large", lang), f"{_english(error)} {escape(say('too_large_hint', lang))}")
    except KgError as error:
        _box("stopped", say("failed", lang), _english(error))
    else:
        _answered(answer, lang)


def _box(kind: str, title: str, inside: str) -> None:
    st.html(f'<div class="outcome {kind}" role="alert"><h2>{escape(title)}</h2><p>{inside}</p></div>')


def _english(error: KgError) -> str:
    """What the engine says, which is English on a Chinese page too."""
    return f'<span lang="en">{escape(str(error))}</span>'


def _malformed(error: MalformedQuery, query: str, lang: Lang) -> None:
    """The place of the fault: its line with a caret under the column."""
    lines = query.splitlines() or [""]
    line = lines[min(error.line, len(lines)) - 1].expandtabs(1)
    before, at = line[: error.column - 1], line[error.column - 1 : error.column] or " "
    caret = f"{escape(before)}<b>{escape(at)}</b>{escape(line[error.column :])}\n{_blank(before)}<b>^</b>"
    title = say("malformed", lang, line=error.line, column=error.column)
    hint = f" {escape(error.hint)}" if error.hint else ""
    reason = error.reason[:1].upper() + error.reason[1:]
    st.html(
        f'<div class="outcome malformed" role="alert"><h2>{escape(title)}</h2><p lang="en">{escape(reason)}.{hint}</p>'
        f'<pre class="caret">{caret}</pre></div>'
    )


def _blank(text: str) -> str:
    """White space as wide as ``text`` in a font where Chinese signs take two columns."""
    return "".join("　" if ord(sign) > 0x2E7F else " " for sign in text)


def _answered(answer: Answer, lang: Lang) -> None:
    if answer.empty:
        _box("empty", say("empty", lang), escape(say("empty_hint", lang)))
        return
    seconds = f"{answer.seconds:.3f}"
    if answer.form == "ask":
        st.html(f'<p class="verdict">{say("yes" if answer.boolean else "no", lang)}</p>')
        return
    key = "answered_graph" if answer.form == "graph" else "answered_one" if answer.rows == 1 else "answered"
    parts = [f"<b>{escape(say(key, lang, rows=f'{answer.rows:,}', seconds=seconds))}</b>"]
    parts.append(escape(say("version", lang, version=answer.data_version)))
    if answer.cut:
        parts.append(f"<strong>{escape(say('cut_answer', lang, rows=f'{answer.rows:,}'))}</strong>")
    if answer.rows > _SHOWN:
        parts.append(escape(say("shown_rows", lang, count=_SHOWN)))
    st.html(f'<div class="answered" role="status">{"".join(f"<span>{part}</span>" for part in parts)}</div>')
    _files(answer)
    st.html(_table(table(answer, read_labels(app().engine, iris_of(answer, _SHOWN)), lang, _SHOWN), lang))


def _files(answer: Answer) -> None:
    with st.container(key="files", horizontal=True):
        for name, ending, media_type in _GRAPH_FILES if answer.form == "graph" else _TABLE_FILES:
            content = convert(answer, name)
            if name == "csv":
                content = b"\xef\xbb\xbf" + content
            st.download_button(
                name.upper() if len(name) < 5 else name.capitalize(),
                content,
                f"answer-{answer.data_version}.{ending}",
                media_type,
                key=f"save-{name}",
                on_click="ignore",
                icon=":material/download:",
            )


def _table(shown: Table, lang: Lang) -> str:
    heads = "".join(
        f'<th scope="col"{_number(place, shown)}>{escape(name)}</th>' for place, name in enumerate(shown.columns)
    )
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td{_number(place, shown) or _short(cell)}>{_cell(cell, lang)}</td>" for place, cell in enumerate(row)
        )
        + "</tr>"
        for row in shown.rows
    )
    return f'<div class="table answer"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'


def _number(place: int, shown: Table) -> str:
    return ' class="number"' if place in shown.numeric else ""


def _short(cell: Cell | None) -> str:
    """A date or a single word is not broken."""
    return ' class="short"' if cell and len(cell.text) <= _ONE_WORD else ""


def _cell(cell: Cell | None, lang: Lang) -> str:
    if cell is None:
        return '<span class="quiet">–</span>'
    text = escape(cell.text)
    if cell.entity:
        return link(address("entity", lang, id=cell.entity), text)
    if cell.source:
        return link(address("sources", lang, id=cell.source), text)
    title = f' title="{escape(cell.iri)}"' if cell.iri else ""
    tongue = f' lang="{escape(cell.lang)}"' if cell.lang else ""
    return f"<span{title}{tongue}>{text}</span>"

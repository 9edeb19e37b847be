"""An answer to take along: as a file in any format, made anew with all its rows, and as code that asks it elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from html import escape
from urllib.parse import urlsplit, urlunsplit

import streamlit as st

from kg.engine.answer import Answer
from kg.export.answer_about import About
from kg.export.answer_files import AnswerFormat, answer_file_name, formats_for, write_answer_file, write_metadata
from kg.model.text import Lang, Text
from kg.query.evidence import Cited
from kg.query.labels import read_labels
from kg.query.rows import EvidenceRow
from kg.ui import facts
from kg.ui.answer_notes import cited_answer
from kg.ui.answer_picture import FILE_WIDTHS, Pictured
from kg.ui.asked import Asked
from kg.ui.asking import ask_for_file
from kg.ui.in_words import words_of
from kg.ui.state import app
from kg.ui.words import say
from kg.view.cite import Style, cite, work_of
from kg.view.png import png
from kg.view.snippets import Language, snippet
from kg.view.tables import iris_of

__all__ = ["code", "files"]

#: Rows whose evidence goes into a file: tracing more would let the reader wait for minutes.
_MOST_CITED = 1000

#: Where the code asks: what “kg serve” opens.
_ENDPOINT = "http://127.0.0.1:7878/sparql"

#: What each language of code is called.
_CODE: Mapping[Language, str] = {
    "curl": "curl",
    "sparqlwrapper": "Python · SPARQLWrapper",
    "kg": "Python · kg",
    "r": "R · httr2",
    "javascript": "JavaScript · fetch",
}


def files(answer: Answer, asked: Asked, pictured: Pictured | None) -> None:
    """A line for each format, the picture's first where one is shown; a file is made when its button is pressed."""
    lang = asked.lang
    count = say("files_lead_cut" if answer.cut else "files_lead", lang, rows=f"{answer.rows:,}")
    st.html(f'{facts.head(say("more_files", lang))}<p class="lead">{escape(count)}</p>')
    with st.container(key="answer-files"):
        if pictured is not None:
            name = answer_file_name(answer.data_version, "csv").removesuffix(".csv")
            width = 2 * FILE_WIDTHS[pictured.view == "graph"]
            makers = {
                "svg": ("image/svg+xml", lambda: pictured.svg("light").encode()),
                "png": ("image/png", lambda: png(pictured.svg("light"), width=width)),
            }
            for kind, (media_type, make) in makers.items():
                _line(f"{name}.{kind}", f".{kind}", say(f"save_{kind}", lang), make, media_type, lang)
        for format in formats_for(answer.form):
            name = answer_file_name(answer.data_version, format.name)
            _line(name, format.suffix, format.title.say(lang), partial(_file, format, asked), format.media_type, lang)
        if answer.form == "select":
            name = answer_file_name(answer.data_version, "csv", metadata=True)
            _line(name, ".metadata.json", say("metadata", lang), partial(_metadata, asked), "application/json", lang)


def _line(name: str, suffix: str, title: str, make: Callable[[], bytes], media_type: str, lang: Lang) -> None:
    with st.container(key=f"file-answer-{suffix.strip('.')}-{title}", horizontal=True, gap=None, wrap=False):
        st.html(f'<div class="format"><b>{escape(suffix)}</b><span>{escape(title)}</span></div>')
        label = say("save_as", lang)
        st.download_button(label, make, name, media_type, key=f"take-{suffix}-{title}", on_click="ignore")


def _file(format: AnswerFormat, asked: Asked) -> bytes:
    """The file with all rows: the query is asked again, without the limit of the screen."""
    answer = ask_for_file(asked.text)
    labels: Mapping[str, Text] = {}
    cited = None
    if format.labelled:
        labels = read_labels(app().engine, iris_of(answer, answer.rows))
        cited = cited_answer(asked, answer, answer.rows) if answer.rows <= _MOST_CITED else None
    return write_answer_file(answer, format.name, _about(asked, cited), labels)


def _metadata(asked: Asked) -> bytes:
    return write_metadata(ask_for_file(asked.text), "csv", _about(asked, None))


def _about(asked: Asked, cited: Cited | None) -> About:
    lang = asked.lang
    sources = tuple(_cited(note.card.row.evidence, lang) for note in cited.notes) if cited else _all_sources(lang)
    return About(
        title=asked.title or words_of(asked, lang),
        query=asked.text,
        data_version=app().engine.data_version,
        asked=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        sources=sources,
        notes=cited.rows if cited else None,
        lang=lang,
        address=_address(asked),
        remark="" if cited else say("files_not_traced", lang),
        headings=asked.headings,
    )


def _cited(row: EvidenceRow, lang: Lang) -> str:
    """A source as it is cited, with the words of it that a row rests on."""
    work = work_of(app().directory.sources.get(row.source.id) or row.source)
    return cite(work, "gbt7714" if lang == "zh" else "apa", lang, phrase=row.phrase)


def _all_sources(lang: Lang) -> tuple[str, ...]:
    """Every source of the graph, for a file whose rows were not traced to theirs."""
    style: Style = "gbt7714" if lang == "zh" else "apa"
    return tuple(cite(work_of(source), style, lang) for source in app().directory.sources.values())


def _address(asked: Asked) -> str:
    """A link that opens the answer again, where the app has an address that others can reach."""
    base = urlsplit(st.context.url or "")
    if base.scheme not in ("http", "https") or base.hostname in ("localhost", "127.0.0.1", "::1"):
        return ""
    return urlunsplit((base.scheme, base.netloc, base.path, "", "")) + asked.here(more="").removeprefix("./")


def code(asked: Asked) -> None:
    """The query in other languages, each with a button that copies it."""
    lang = asked.lang
    lead = say("code_lead", lang)
    st.html(f'{facts.head(say("more_code", lang))}<p class="lead">{escape(lead)}</p>')
    for name, called in _CODE.items():
        script = snippet(name, asked.text, _ENDPOINT)
        copied = escape(script).replace("\n", "&#10;")
        label = escape(say("copy_citation", lang, style=called))
        st.html(
            f'<details class="fold code"><summary>{escape(called)}</summary><button type="button" class="copy"'
            f' data-copy="{copied}" aria-label="{label}">{escape(say("copy", lang))}</button>'
            f'<pre tabindex="0">{escape(script)}</pre></details>'
        )

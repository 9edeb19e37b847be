"""Every format that an answer can be taken along in, by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.engine.answer import Answer, Form
from kg.engine.convert import convert
from kg.errors import NotFound
from kg.export.answer_about import About, told
from kg.export.answer_csv import write_answer_csv, write_triples_csv
from kg.export.answer_latex import write_answer_latex
from kg.export.answer_markdown import write_answer_markdown
from kg.export.answer_metadata import answer_metadata
from kg.export.answer_page import write_answer_html
from kg.export.answer_parquet import write_answer_parquet
from kg.export.answer_words import answer_words, say_word
from kg.export.answer_workbook import write_answer_xlsx
from kg.graph.names import PREFIXES
from kg.model.text import Text
from kg.query.shown import yes_or_no

__all__ = ["ANSWER_FORMATS", "AnswerFormat", "answer_file_name", "formats_for", "write_answer_file", "write_metadata"]

_Write = Callable[[Answer, About, Mapping[str, Text]], bytes]


@dataclass(frozen=True)
class AnswerFormat:
    """A format: what a reader is told that it is, its media type, the ending of its files with the dot.

    ``forms`` are those of the answers that it can hold. One that is ``labelled`` shows labels in place of IRIs and is
    for people; the others have every column as it is. One that is ``binary`` is not for a terminal.
    """

    name: str
    write: _Write
    labelled: bool = False
    binary: bool = False

    @property
    def title(self) -> Text:
        return answer_words().formats[self.name].title

    @property
    def media_type(self) -> str:
        return answer_words().formats[self.name].media_type

    @property
    def suffix(self) -> str:
        return answer_words().formats[self.name].suffix

    @property
    def forms(self) -> tuple[Form, ...]:
        return answer_words().formats[self.name].forms


def _csv(answer: Answer, _about: About, _labels: Mapping[str, Text]) -> bytes:
    return write_triples_csv(answer) if answer.form == "graph" else convert(answer, "csv")


def _turtle(answer: Answer, about: About, _labels: Mapping[str, Text]) -> bytes:
    """Turtle has comments: what is known of the answer stands in them."""
    heading = [say_word("sources", about.lang)] if about.sources else []
    lines = [about.title, *told(answer, about), *heading, *about.sources, about.remark]
    comments = "".join(f"# {line}\n" for line in re.split(r"[\r\n]+", "\n".join([*lines, about.query])) if line.strip())
    return comments.encode() + b"\n" + convert(answer, "turtle", prefixes=PREFIXES)


def _text(answer: Answer, about: About, _labels: Mapping[str, Text]) -> bytes:
    verdict = yes_or_no(answer.boolean, about.lang).capitalize()
    known = "\n".join(told(answer, about))
    parts = (about.title, verdict, known, about.remark, "\n".join(about.sources), about.query.strip())
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _standard(name: str) -> _Write:
    return lambda answer, _about, _labels: convert(answer, name, prefixes=PREFIXES)


#: Name → format, in the order in which they are offered: those for people first.
ANSWER_FORMATS: Mapping[str, AnswerFormat] = MappingProxyType(
    {
        one.name: one
        for one in (
            AnswerFormat("xlsx", write_answer_xlsx, labelled=True, binary=True),
            AnswerFormat("spreadsheet", lambda answer, _about, _labels: write_answer_csv(answer)),
            AnswerFormat("html", write_answer_html, labelled=True),
            AnswerFormat("markdown", write_answer_markdown, labelled=True),
            AnswerFormat("latex", write_answer_latex, labelled=True),
            AnswerFormat("turtle", _turtle),
            AnswerFormat("ntriples", _standard("ntriples")),
            AnswerFormat("jsonld", _standard("jsonld")),
            AnswerFormat("rdfxml", _standard("rdfxml")),
            AnswerFormat("csv", _csv),
            AnswerFormat("tsv", _standard("tsv")),
            AnswerFormat("json", _standard("json")),
            AnswerFormat("xml", _standard("xml")),
            AnswerFormat("text", _text),
            AnswerFormat("parquet", lambda answer, about, _labels: write_answer_parquet(answer, about), binary=True),
        )
    }
)


def formats_for(form: Form) -> tuple[AnswerFormat, ...]:
    """The formats that can hold an answer of this form, in the order in which they are offered."""
    return tuple(one for one in ANSWER_FORMATS.values() if form in one.forms)


def write_answer_file(answer: Answer, format: str, about: About, labels: Mapping[str, Text] | None = None) -> bytes:
    """The whole file, the same bytes for an equal answer, About and ``labels`` (of IRIs, for the labelled formats).

    Raises :class:`NotFound` for a format that there is not, ValueError for one that does not fit the answer's form and
    for notes that are not the answer's, :class:`kg.errors.QueryError` for an answer that the format cannot hold.
    """
    chosen = _get(format)
    if answer.form not in chosen.forms:
        choices = ", ".join(one.name for one in formats_for(answer.form))
        raise ValueError(f"a {answer.form} answer cannot be written as “{format}”; choose from {choices}")
    about.hold(answer)
    return chosen.write(answer, about, labels or {})


def write_metadata(answer: Answer, format: str, about: About) -> bytes:
    """The file beside that of the format which says what is known of the answer; see :func:`answer_metadata`."""
    return answer_metadata(answer, about, answer_file_name(about.data_version, format))


def answer_file_name(data_version: str, format: str, *, metadata: bool = False) -> str:
    """What the file is called, or the one beside it with its metadata: ``answer-0123abcd.csv``."""
    version = re.sub(r"[^A-Za-z0-9._-]+", "-", data_version)
    return f"answer-{version}{'.metadata.json' if metadata else _get(format).suffix}"


def _get(name: str) -> AnswerFormat:
    if name not in ANSWER_FORMATS:
        raise NotFound("format for an answer", name, tuple(ANSWER_FORMATS))
    return ANSWER_FORMATS[name]

"""An answer on a terminal or in a file, and a question that has none, with the place of its fault."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from kg.cli.output import clean, width, write_table
from kg.engine.answer import Answer, Term
from kg.engine.base import Engine
from kg.errors import MalformedQuery
from kg.export.answer_about import About
from kg.export.answer_files import ANSWER_FORMATS, formats_for, write_answer_file
from kg.export.answer_words import say_word
from kg.export.files import write_atomic
from kg.graph.names import compact
from kg.model.text import LANGS, Lang
from kg.query.directory import Directory
from kg.query.headings import headings
from kg.query.labels import read_labels
from kg.query.shown import columns_of, rows_of, yes_or_no
from kg.view.cite import cite, work_of
from kg.view.tables import iris_of

__all__ = ["about_answer", "readable", "with_place", "write_answer", "write_file"]


def with_place(error: MalformedQuery, text: str) -> str:
    """The message, with the line that it is about and a caret under the column."""
    lines = text.splitlines()
    if not 1 <= error.line <= len(lines):
        return str(error)
    line = lines[error.line - 1]
    number = f"{error.line} | "
    caret = " " * (len(number) + width(clean(line[: error.column - 1]))) + "^"
    return f"{error}\n{number}{clean(line)}\n{caret}"


def write_answer(answer: Answer, lang: Lang) -> None:
    """Print the answer as a table, or the yes or no of an ASK."""
    if answer.form == "ask":
        click.echo(yes_or_no(answer.boolean, lang))
        return
    names = columns_of(answer)
    places = readable(names, lang)
    rows = [[_cell(row[place]) for place in places] for row in rows_of(answer)]
    write_table(headings(names, places, lang), rows)


def write_file(answer: Answer, format_name: str, about: About, engine: Engine, output: str | None) -> None:
    """Write the answer to the file ``output``, or to stdout; a format that does not fit its form is a usage error."""
    chosen = ANSWER_FORMATS[format_name]
    if answer.form not in chosen.forms:
        choices = ", ".join(("table", *(one.name for one in formats_for(answer.form))))
        raise click.UsageError(
            f"This query's answer ({answer.form}) cannot be written as {format_name}: choose from {choices}."
        )
    labels = read_labels(engine, iris_of(answer, answer.rows)) if chosen.labelled else {}
    content = write_answer_file(answer, format_name, about, labels)
    if output is None or output == "-":
        sys.stdout.buffer.write(content if chosen.binary or content.endswith(b"\n") else content + b"\n")
        sys.stdout.buffer.flush()  # here, where a full disk or a closed pipe is still told
        return
    write_atomic(Path(output), content)
    rows = "" if answer.form == "ask" else f", {answer.rows:,} {'row' if answer.rows == 1 else 'rows'}"
    click.echo(f"Wrote {output} ({len(content):,} bytes{rows})", err=True)


def about_answer(answer: Answer, title: str, query: str, directory: Directory, lang: Lang) -> About:
    """What a file tells of the answer: all sources of the data, for rows are not traced here."""
    works = (work_of(source) for _, source in sorted(directory.sources.items()))
    return About(
        title=title,
        query=query,
        data_version=answer.data_version,
        sources=tuple(cite(work, "gbt7714" if lang == "zh" else "apa", lang) for work in works),
        lang=lang,
        remark=say_word("untraced", lang),
    )


def readable(columns: Sequence[str], lang: Lang) -> list[int]:
    """The places of the columns that a reader of one language wants.

    Of ``body``, ``body_zh`` and ``body_en`` the one in ``lang`` stands for all three.
    """
    shown: dict[int, None] = {}
    for place, name in enumerate(columns):
        stem = next((name.removesuffix(f"_{tag}") for tag in LANGS if name.endswith(f"_{tag}")), name)
        paired = all(f"{stem}_{tag}" in columns for tag in LANGS)
        shown[columns.index(f"{stem}_{lang}") if paired else place] = None
    return list(shown)


def _cell(term: Term | None) -> str:
    if term is None:
        return ""
    return compact(term.value) if term.kind == "iri" else term.value

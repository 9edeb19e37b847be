"""An answer as a terminal or a program reads it, and a question that has none, with the place of its fault."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from kg.cli.output import clean, width, write_table
from kg.engine.answer import Answer, Term
from kg.engine.convert import FORMATS, convert
from kg.errors import MalformedQuery
from kg.graph.names import PREFIXES, compact
from kg.model.text import LANGS

__all__ = ["readable", "with_place", "write_answer"]


def with_place(error: MalformedQuery, text: str) -> str:
    """The message, with the line that it is about and a caret under the column."""
    lines = text.splitlines()
    if not 1 <= error.line <= len(lines):
        return str(error)
    line = lines[error.line - 1]
    number = f"{error.line} | "
    caret = " " * (len(number) + width(clean(line[: error.column - 1]))) + "^"
    return f"{error}\n{number}{clean(line)}\n{caret}"


def write_answer(answer: Answer, format_name: str, lang: str) -> None:
    """Print the answer; a format that does not fit its form is a usage error."""
    if format_name == "table" and answer.form == "ask":
        click.echo("yes" if answer.boolean else "no")
    elif format_name == "table" and answer.form == "graph":
        write_table(("subject", "predicate", "object"), [[_cell(term) for term in row] for row in answer.triples()])
    elif format_name == "table":
        shown = readable(answer.columns, lang)
        rows = answer.terms()
        write_table(list(shown), [[_cell(row[place]) for place in shown.values()] for row in rows])
    elif format_name not in FORMATS[answer.form]:
        choices = ", ".join(("table", *FORMATS[answer.form]))
        raise click.UsageError(
            f"This query's answer ({answer.form}) cannot be written as {format_name}: choose from {choices}."
        )
    else:
        content = convert(answer, format_name, prefixes=PREFIXES)
        sys.stdout.buffer.write(content if content.endswith(b"\n") else content + b"\n")
        sys.stdout.buffer.flush()


def readable(columns: Sequence[str], lang: str) -> dict[str, int]:
    """The columns that a reader of one language wants, by their heading, with their places.

    Of ``body``, ``body_zh`` and ``body_en`` the one in ``lang`` stands for all three.
    """
    shown: dict[str, int] = {}
    for place, name in enumerate(columns):
        stem = next((name.removesuffix(f"_{tag}") for tag in LANGS if name.endswith(f"_{tag}")), name)
        pair = {tag: f"{stem}_{tag}" for tag in LANGS}
        if all(label in columns for label in pair.values()):
            shown.setdefault(stem, columns.index(pair["zh" if lang == "zh" else "en"]))
        else:
            shown[name] = place
    return shown


def _cell(term: Term | None) -> str:
    if term is None:
        return ""
    return compact(term.value) if term.kind == "iri" else term.value

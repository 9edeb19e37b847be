"""A build as SPARQL that one can read, change and learn from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model.text import Lang
from kg.query.ask import with_prefixes
from kg.query.builder import Build
from kg.query.builder_patterns import Column, Where, inner
from kg.query.builder_where import where
from kg.query.builder_words import Naming, sentence

__all__ = ["columns_of_build", "to_sparql"]

_VALUE = re.compile(r"value(_\d+)?")
_HANGING = re.compile(r"(type|about_zh|about_en|unit|date)(_\d+)?")


def to_sparql(build: Build, lang: Lang, naming: Naming) -> str:
    """The build's question: a comment that says it in words, the prefixes, the columns with names in both languages.

    Without anything shown beside the things it has one row for each. "" for a build that asks for nothing.
    """
    if not build:
        return ""
    made = _made(build, naming)
    columns = columns_of_build(build, naming)
    body = "\n".join(
        [
            "SELECT DISTINCT",
            *(f"  {line}" for column in columns for line in _selected(column)),
            "WHERE {",
            *(f"  {line}" for line in (*made.lines, *made.tests, *made.names())),
            "}",
            f"ORDER BY {' '.join(_order(columns))}",
            *([f"LIMIT {build.first}"] if build.first else ()),
        ]
    )
    prefixes, _, rest = with_prefixes(body).partition("SELECT DISTINCT")
    return f"# {sentence(build, lang, naming)}\n\n{prefixes}\nSELECT DISTINCT{rest}\n"


def columns_of_build(build: Build, naming: Naming) -> list[Column]:
    """The columns of the query, that of the things first."""
    made = _made(build, naming)
    return [*made.columns, *made.beside, *made.words]


def _made(build: Build, naming: Naming) -> Where:
    return where(build, naming.glossary, re.sub("[^a-z0-9]+", "_", build.type) or "thing")


def _selected(column: Column) -> list[str]:
    """The variable, and its names; a thing without a name is called by its IRI."""
    itself = f"?{column.name}"
    if not column.label:
        return [itself]
    zh, en = inner(column, "zh"), inner(column, "en")
    return [
        itself,
        f"(COALESCE({zh}, {en}, STR({itself})) AS {itself}_zh)",
        f"(COALESCE({en}, {zh}, STR({itself})) AS {itself}_en)",
    ]


def _order(columns: Sequence[Column]) -> list[str]:
    """The greatest value first where there are values, then by what stands in the columns: one order, always the same.

    What hangs on another column alone does not count.
    """
    names = [column.name for column in columns if not _HANGING.fullmatch(column.name)]
    values = [name for name in names if _VALUE.fullmatch(name)]
    return [*(f"DESC(?{name})" for name in values), *(f"?{name}" for name in names if name not in values)]

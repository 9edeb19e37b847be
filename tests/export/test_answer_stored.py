"""Every stored question's answer goes into every format, with all its rows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pyarrow.parquet
import pytest

from kg.check.sound import load_knowledge
from kg.engine.base import Engine
from kg.engine.start import start_engine
from kg.export.answer_about import About
from kg.export.answer_files import formats_for, write_answer_file
from kg.query.labels import read_labels
from kg.query.questions import Question, load_questions
from kg.view.tables import iris_of


@pytest.fixture(scope="module")
def real() -> Iterator[Engine]:
    with start_engine(load_knowledge(Path(__file__).resolve().parents[2] / "data")) as engine:
        yield engine


def rows_in(name: str, content: bytes) -> int:
    """How many rows an independent reader finds."""
    if name in ("csv", "spreadsheet"):
        return sum(1 for _ in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))) - 1
    if name == "tsv":
        return content.decode().count("\n") - 1
    if name == "json":
        return len(json.loads(content)["results"]["bindings"])
    if name == "xml":
        return len(ElementTree.fromstring(content)[1])  # noqa: S314 (our own)
    if name == "parquet":
        return int(pyarrow.parquet.read_table(io.BytesIO(content)).num_rows)
    assert name == "xlsx"
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    found = sum(1 for row in book.worksheets[0].iter_rows(values_only=True) if any(cell is not None for cell in row))
    book.close()
    return found - 1


@pytest.mark.parametrize("question", load_questions(), ids=lambda question: question.name)
def test_every_format_has_all_the_rows(real: Engine, question: Question) -> None:
    answer = real.ask(question.text())
    labels = read_labels(real, iris_of(answer, answer.rows)) if answer.form != "ask" else {}
    about = About(question.title.say("zh"), question.text(), real.data_version)
    for format in formats_for(answer.form):
        content = write_answer_file(answer, format.name, about, labels)
        assert content, format.name
        if answer.form == "select" and format.name not in ("html", "markdown", "latex"):
            assert rows_in(format.name, content) == answer.rows, format.name

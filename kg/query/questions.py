"""The stored questions: SPARQL files with a head that says what each asks and which parameters it takes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from kg.engine.answer import Term
from kg.errors import NotFound
from kg.graph.names import class_iri, concept_iri, source_iri
from kg.model.text import Text
from kg.query import terms
from kg.query.bind import bind
from kg.query.written_dates import read_written_date

__all__ = ["Kind", "Parameter", "Question", "get_question", "groups", "load_questions"]

#: What a parameter's value is: the id of something, or a text, or a date.
Kind = Literal["entity", "theme", "metric", "source", "type", "status", "text", "date"]

_HEAD = re.compile(r"#\s*([a-z-]+):\s*(.*)")
_PARAMETER = re.compile(r"([a-z][a-z_]*) = ([a-z]+) (.+)")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What ``$name`` in a question stands for, and the value that it has unless told otherwise."""

    name: str
    kind: Kind
    default: str

    def term(self, value: str) -> Term:
        """The value as an RDF term; raises ValueError where it is no value of this kind."""
        if self.kind == "text":
            return terms.text(value)
        if self.kind == "date":
            return terms.date(read_written_date(value).text)
        if not _ID.fullmatch(value):
            raise ValueError(f"“{value}” is not an id: {self.name} wants an id ({self.kind}), like {self.default}")
        return terms.iri(_IRIS[self.kind](value))


_IRIS: Mapping[str, Callable[[str], str]] = {
    "entity": lambda value: terms.entity(value).value,
    "source": source_iri,
    "type": class_iri,
    "theme": lambda value: concept_iri("theme", value),
    "metric": lambda value: concept_iri("metric", value),
    "status": lambda value: concept_iri("status", value),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question in the words of both languages and in SPARQL; ``group`` is a key of :func:`groups`."""

    name: str
    title: Text
    about: Text
    group: str
    parameters: tuple[Parameter, ...]
    sparql: str

    def text(self, **values: str) -> str:
        """The SPARQL with each parameter's value (ids, texts and dates as one writes them) or its default put in.

        Raises :class:`NotFound` for a parameter that the question does not have, ValueError for a value that is none.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            if name not in known:
                raise NotFound("parameter", name, tuple(known))
        chosen = {name: one.term(values.get(name, one.default)) for name, one in known.items()}
        return bind(self.sparql, chosen)


def load_questions() -> tuple[Question, ...]:
    """All stored questions, by group and name."""
    return _read_all()


def get_question(name: str) -> Question:
    """The stored question with this name; raises :class:`NotFound` with the nearest names."""
    known = {question.name: question for question in load_questions()}
    if name not in known:
        raise NotFound("stored question", name, get_close_matches(name, known, n=3, cutoff=0.4))
    return known[name]


@cache
def groups() -> Mapping[str, Text]:
    """What the groups of questions are called, in the order in which they are offered."""
    content = (files("kg.query") / "rq" / "groups.toml").read_text(encoding="utf-8")
    return {name: Text(**titles) for name, titles in tomllib.loads(content).items()}


@cache
def _read_all() -> tuple[Question, ...]:
    folder = files("kg.query") / "rq"
    stored = [file for file in folder.iterdir() if file.name.endswith(".rq")]
    found = [_read(file.name.removesuffix(".rq"), file.read_text(encoding="utf-8")) for file in stored]
    order = list(groups())
    return tuple(sorted(found, key=lambda question: (order.index(question.group), question.name)))


def _read(name: str, sparql: str) -> Question:
    """Read a file's head: the comments before its first other line."""
    head: dict[str, list[str]] = {}
    for line in sparql.splitlines():
        found = _HEAD.fullmatch(line)
        if found is None:
            break
        head.setdefault(found[1], []).append(found[2])
    (title_zh,), (title_en,) = head["title-zh"], head["title-en"]
    (about_zh,), (about_en,), (group,) = head["about-zh"], head["about-en"], head["group"]
    return Question(
        name=name,
        title=Text(zh=title_zh, en=title_en),
        about=Text(zh=about_zh, en=about_en),
        group=group,
        parameters=tuple(_parameter(name, line) for line in head.get("param", [])),
        sparql=sparql,
    )


def _parameter(question: str, line: str) -> Parameter:
    found = _PARAMETER.fullmatch(line)
    if found is None:
        raise ValueError(f"{question}.rq: “{line}” is not of the form “name = kind default”")
    name, kind, default = found.groups()
    kinds: tuple[Kind, ...] = get_args(Kind)
    for known in kinds:
        if known == kind:
            return Parameter(name, known, default)
    raise ValueError(f"{question}.rq: no kind of parameter “{kind}”: choose from {', '.join(kinds)}")

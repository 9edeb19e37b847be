"""An answer as the engine gives it: one block of bytes in a standard format, read into terms only when wanted.

A SELECT is SPARQL 1.1 TSV (https://www.w3.org/TR/sparql11-results-csv-tsv/), which, unlike CSV, keeps datatypes and
languages; an ASK is ``true`` or ``false``; a CONSTRUCT or DESCRIBE is N-Triples. Cells repeat a great deal (the same
type, the same entity), so each distinct cell is read once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

__all__ = ["Answer", "Form", "Term", "TermKind", "read_term"]

Form = Literal["select", "ask", "graph"]
TermKind = Literal["iri", "literal", "blank", "triple"]

XSD = "http://www.w3.org/2001/XMLSchema#"
LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"

_STRING = re.compile(r"""(["'])(.*)\1(?:@([A-Za-z0-9-]+)|\^\^<(.*)>)?""", re.DOTALL)
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?[0-9]*\.[0-9]*")
_DOUBLE = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
_TRIPLE = re.compile(r"(\S+) (\S+) (.+) \.", re.DOTALL)


class Term(NamedTuple):
    """One RDF term: ``value`` is the IRI, the literal's text or the blank node's label, without any punctuation.

    ``lang`` and ``datatype`` (an IRI) are empty where there is none; a plain literal has ``xsd:string`` and one with a
    language ``rdf:langString``. The kind ``triple`` (RDF 1.2, made by ``TRIPLE()`` only) keeps its text as value.
    """

    kind: TermKind
    value: str
    lang: str = ""
    datatype: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gave.

    ``rows`` counts solutions or triples (1 for ASK), ``cut`` says that there were more, ``seconds`` is the whole time
    from asking to having, ``data_version`` names the data that answered.
    """

    form: Form
    body: bytes
    rows: int
    cut: bool
    seconds: float
    data_version: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of a SELECT's variables, in order; empty for the other forms."""
        if self.form != "select":
            return ()
        head = self.body.partition(b"\n")[0].decode().rstrip("\r")
        return tuple(name.lstrip("?$") for name in head.split("\t")) if head else ()

    @property
    def boolean(self) -> bool:
        """The answer of an ASK. Raises ValueError for the other forms."""
        if self.form != "ask":
            raise ValueError(f"only an ASK has a yes or no, and this is a {self.form}")
        return self.body == b"true"

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show: no row, no triple. A “no” is something to show."""
        return self.rows == 0

    def terms(self) -> list[tuple[Term | None, ...]]:
        """The rows of a SELECT, ``None`` where a variable is unbound. Raises ValueError for the other forms."""
        if self.form != "select":
            raise ValueError(f"only a SELECT has rows of terms, and this is a {self.form}")
        lines = self.body.decode().split("\n")[1 : self.rows + 1]
        if not self.columns:
            return [()] * len(lines)
        known = _Cells()
        return [tuple([known[cell] for cell in line.rstrip("\r").split("\t")]) for line in lines]

    def records(self) -> list[dict[str, Term]]:
        """The rows of a SELECT by variable name, unbound ones left out."""
        columns = self.columns
        return [
            {name: term for name, term in zip(columns, row, strict=True) if term is not None} for row in self.terms()
        ]

    def triples(self) -> list[tuple[Term, Term, Term]]:
        """The triples of a CONSTRUCT or DESCRIBE. Raises ValueError for the other forms."""
        if self.form != "graph":
            raise ValueError(f"only a CONSTRUCT or DESCRIBE has triples, and this is a {self.form}")
        known = _Cells()
        found = []
        for line in self.body.decode().split("\n"):
            parts = _TRIPLE.fullmatch(line.rstrip("\r"))
            if parts:
                subject, predicate, thing = (known[part] for part in parts.groups())
                assert subject is not None and predicate is not None and thing is not None  # noqa: S101 (no part is empty)
                found.append((subject, predicate, thing))
        return found


class _Cells(dict[str, "Term | None"]):
    """Reads each distinct cell once."""

    def __missing__(self, cell: str) -> Term | None:
        term = self[cell] = read_term(cell) if cell else None
        return term


def read_term(text: str) -> Term:
    """Read one term in the syntax of SPARQL TSV and N-Triples. Raises ValueError where it is none."""
    if text.startswith("<<("):
        return Term("triple", text)
    if text[:1] == "<" and text[-1:] == ">":
        return Term("iri", _unescape(text[1:-1]))
    if text.startswith("_:"):
        return Term("blank", text[2:])
    literal = _STRING.fullmatch(text)
    if literal:
        _, value, lang, datatype = literal.groups()
        kind = LANG_STRING if lang else _unescape(datatype) if datatype else XSD + "string"
        return Term("literal", _unescape(value), lang or "", kind)
    return Term("literal", text, "", _bare_datatype(text))


def _bare_datatype(text: str) -> str:
    if text in ("true", "false"):
        return XSD + "boolean"
    for pattern, name in ((_INTEGER, "integer"), (_DECIMAL, "decimal"), (_DOUBLE, "double")):
        if pattern.fullmatch(text):
            return XSD + name
    raise ValueError(f"not an RDF term: {text[:80]!r}")


def _unescape(text: str) -> str:
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(escape: re.Match[str]) -> str:
    short, long, letter = escape.groups()
    if letter is not None:
        return _ESCAPED.get(letter, letter)
    return chr(int(short or long, 16))

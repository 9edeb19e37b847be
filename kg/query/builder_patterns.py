"""Pieces of SPARQL that a build is written with: triples, paths, names of variables, and the columns of an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.graph.names import compact, property_iri
from kg.model.glossary import Glossary
from kg.model.text import LANGS, Lang
from kg.query.builder import Link, Measured

__all__ = [
    "ABOUT",
    "INDEXED",
    "NEWEST",
    "Column",
    "Where",
    "block",
    "curie",
    "flat",
    "inner",
    "is_symmetric",
    "predicates",
    "triple",
    "variable_of",
]

#: A status that no later one follows. As texts, 2024, 2025-03 and 2025-03-20 compare as they should. (With NOT EXISTS
#: an engine may go through all statuses for each one.)
NEWEST = """\
OPTIONAL {{
  {later} a bde:Status ;
      bde:subject {thing} ;
      bde:asOf {date} .
  FILTER (STR({date}) > STR({as_of}))
}}
FILTER (!BOUND({later}))"""
#: The path from a statement to what it speaks of.
ABOUT = "rdf:subject|rdf:object|bde:subject"
#: The newest date of a source that speaks of something, where the store keeps it.
INDEXED = "GRAPH graph:index {{ {thing} bde:lastSaid {date} }}"


@dataclass(frozen=True, slots=True)
class Column:
    """A variable of the answer; ``label`` is the property that has its name in both languages, "" for a bare value.

    ``says`` is the part of the build that the column is there for, where its name alone does not tell.
    """

    name: str
    label: str = ""
    says: Link | Measured | None = None


@dataclass
class Where:
    """Patterns that bind variables, patterns that test or compute, and the columns.

    The columns ``beside`` come after the others; those with a label have their names bound already. The columns of
    ``words`` come last. For ``counting`` no column is computed, what is ``indexed`` is looked up, one condition may be
    ``opened`` (see :meth:`only`), and what holds of any end of a relation is ``related``, till :meth:`count_related`.
    """

    glossary: Glossary
    thing: str
    taken: set[str]
    counting: bool = False
    indexed: bool = False
    opened: bool = False
    related: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    tests: list[str] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    beside: list[Column] = field(default_factory=list)
    words: list[Column] = field(default_factory=list)

    def fresh(self, name: str) -> str:
        """A variable of this name, or with a number behind it where the name is taken."""
        names = (name, *(f"{name}_{count}" for count in range(2, 1000)))
        free = next(one for one in names if one not in self.taken)
        self.taken.add(free)
        return f"?{free}"

    def show(self, variable: str, label: str = "", says: Link | Measured | None = None) -> None:
        """Make a column of a variable; one with a label gets its names."""
        self.columns.append(Column(variable[1:], label, says))

    def names(self) -> list[str]:
        """The patterns that bind the names of what stands in the columns."""
        return [line for column in self.columns for line in _labels(column)]

    def only(self, lines: Iterable[str], *, common: bool = False) -> None:
        """Keep the things that meet these patterns, each once. (An engine may not carry a thing into a long EXISTS.)

        Who counts has each once anyway, and Virtuoso keeps to no LIMIT around an inner DISTINCT. So the first such
        condition is opened: not two, as every pair of statements would be gone through, nor a ``common`` one, as
        others, which fewer things meet, should come before it.
        """
        if self.counting and not (self.opened or common):
            self.opened = True
            self.lines += lines
            return
        self.lines += ["{", f"  SELECT DISTINCT {self.thing} WHERE {{", *(f"    {line}" for line in lines), "  }", "}"]

    def count_related(self) -> None:
        """For counting, add the conditions that any end of a relation meets; all but one opened are tests."""
        for joined in self.related:
            if self.opened:
                self.tests.append(f"FILTER EXISTS {{ {joined} }}")
            else:
                self.opened = True
                self.lines.append(joined)

    def optional(self, other: Where) -> None:
        """Take the other's columns where it has values.

        Their names are bound within: a variable without a value would match every name there is.
        """
        self.tests += ["OPTIONAL {", *(f"  {line}" for line in (*other.lines, *other.names())), "}"]
        self.beside += other.columns
        self.words += other.words

    def block(self, subject: str, pairs: Iterable[tuple[str, str]]) -> None:
        """Triples of one subject, each on a line."""
        self.lines += block(subject, pairs)


def triple(link: Link, thing: str, end: str, glossary: Glossary) -> str:
    """The pattern that joins the two; a symmetric relation is read from either side."""
    paths = predicates(link)
    if is_symmetric(link, glossary):
        paths = [one for path in paths for one in (path, f"^{path}")]
    elif not link.outgoing:
        thing, end = end, thing
    return f"{thing} {'|'.join(paths)} {end} ."


def curie(iri: str) -> str:
    """The IRI as SPARQL writes it, short where it can be; raises ValueError for one that cannot be written."""
    short = compact(iri)
    if short == iri:
        raise ValueError(f"“{iri}” has no short form: a build has ids only")
    return short


def _labels(column: Column) -> list[str]:
    """The patterns that bind its name in each language; without a name it keeps its row."""
    return [
        f"OPTIONAL {{ ?{column.name} {column.label} {inner(column, lang)} ."
        f' FILTER (LANG({inner(column, lang)}) = "{lang}") }}'
        for lang in LANGS
        if column.label
    ]


def inner(column: Column, lang: Lang) -> str:
    """The variable of a name in one language, in camel case as no other variable is."""
    first, *rest = column.name.split("_")
    return f"?{first}{''.join(part.capitalize() for part in rest)}{lang.capitalize()}"


def variable_of(link: Link, glossary: Glossary) -> str:
    """A name for the far end, after what the relation is called in English ("is_led_by", "is_to_be_led_by")."""
    relation = glossary.relations.get(link.relation)
    forward = link.outgoing or (relation is not None and relation.symmetric)
    fact = relation and (relation.name if forward else relation.inverse)
    plan = relation and (relation.planned if forward else relation.planned_inverse)
    only_planned = link.hold == "planned"
    name = plan if only_planned and plan and plan.en else fact
    words = re.findall("[a-z0-9]+", ((name and name.en) or "").lower())
    found = "_".join(words) or link.relation.replace("-", "_")
    return f"{found}_planned" if only_planned and name is fact else found


def block(subject: str, pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Triples of one subject, each on a line."""
    written = [f"{predicate} {value}" for predicate, value in pairs]
    for place, pair in enumerate(written):
        start = "    " if place else f"{subject} "
        yield f"{start}{pair} {'.' if place == len(written) - 1 else ';'}"


def flat(lines: Iterable[str]) -> str:
    """Lines as one."""
    return " ".join(" ".join(lines).split())


def predicates(link: Link) -> list[str]:
    """The properties of a relation: that of facts, that of plans, or both."""
    plans = {"fact": (False,), "planned": (True,), "either": (False, True)}[link.hold]
    return [curie(property_iri(link.relation, plan)) for plan in plans]


def is_symmetric(link: Link, glossary: Glossary) -> bool:
    """Whether the relation says the same from either end."""
    relation = glossary.relations.get(link.relation)
    return relation is not None and relation.symmetric

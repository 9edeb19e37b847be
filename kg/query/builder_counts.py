"""Counts of things under a build, by what else is true of them: many branches of one question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

from kg.engine.answer import Term
from kg.engine.base import Engine
from kg.graph.names import PLANNED, relation_id
from kg.model.glossary import Glossary
from kg.query.ask import ask
from kg.query.builder import Build, Link
from kg.query.builder_patterns import ABOUT, NEWEST, is_symmetric, predicates
from kg.query.builder_where import where

__all__ = ["BRANCHES", "DATED", "OF_TYPE", "Counts"]

_QUESTION = """
SELECT ?part ?key (COUNT(DISTINCT ?thing) AS ?count) WHERE {
%s
}
GROUP BY ?part ?key
"""

#: What binds the type of a thing as its ``?key``, and the dates of what is said of it as ``?each``.
OF_TYPE = "GRAPH graph:entities { ?thing a ?key }"
DATED = f"?said {ABOUT} ?thing ; dcterms:source/dcterms:date ?date . BIND (STR(?date) AS ?each)"
#: What binds other keys of a thing, by the name of the branch.
BRANCHES = {
    "things": "",
    "fact": "?figure bde:subject ?thing ; bde:metric ?key ; bde:aim aim:achieved .",
    "planned": "?figure bde:subject ?thing ; bde:metric ?key ; bde:aim aim:target .",
    "status": "?said a bde:Status ; bde:subject ?thing ; bde:status ?key ; bde:asOf ?as_of . "
    + NEWEST.format(later="?later", thing="?thing", date="?later_date", as_of="?as_of"),
    "theme": "?thing bde:theme ?key .",
    "source": f"?said {ABOUT} ?thing ; dcterms:source ?key .",
}


@dataclass
class Counts:
    """Branches of one question, and how many things each value of each branch leaves, the most first."""

    glossary: Glossary
    branches: list[str] = field(default_factory=list)
    found: dict[str, dict[str, int]] = field(default_factory=dict)

    def branch(self, part: str, base: Build, pattern: str = "", extreme: str = "") -> None:
        """Count the things of ``base`` by the ``?key`` that the pattern binds, or by the MAX or MIN of their keys."""
        inside = f"{{ SELECT DISTINCT ?thing WHERE {{ {_plain(base, self.glossary)} }} }} {pattern}"
        if extreme:
            inside = f"{{ SELECT ?thing ({extreme}(?each) AS ?key) WHERE {{ {inside} }} GROUP BY ?thing }}"
        self.branches.append(f'  {{ {inside} BIND ("{part}" AS ?part) }}')

    def links(self, part: str, base: Build, joined: str, end: str) -> None:
        """Count the things of ``base`` by the relations of ``end``, in each direction; symmetric from both ends."""
        self.branch(f"{part} out", base, f"{joined} ?said rdf:subject {end} ; rdf:predicate ?key .")
        self.branch(f"{part} in", base, f"{joined} ?said rdf:object {end} ; rdf:predicate ?key .")
        both = [Link(name, hold="either") for name, one in self.glossary.relations.items() if one.symmetric]
        values = " ".join(one for link in both for one in predicates(link))
        pattern = f"VALUES ?key {{ {values} }} ?said rdf:predicate ?key ; rdf:subject|rdf:object {end} ."
        self.branch(f"{part} both", base, f"{joined} {pattern}")

    def linked(self, part: str) -> list[tuple[Link, int]]:
        """The relations that :meth:`links` counted, the most used first; a symmetric one has one direction only."""
        found: list[tuple[Link, int]] = []
        for way in ("out", "in", "both"):
            for iri, count in self.of(f"{part} {way}").items():
                link = Link(relation_id(iri) or "", way != "in", "planned" if iri.startswith(PLANNED) else "fact")
                if link.relation and is_symmetric(link, self.glossary) == (way == "both"):
                    found.append((link, count))
        return sorted(found, key=lambda one: (-one[1], one[0].relation, not one[0].outgoing, one[0].hold))

    def ask(self, engine: Engine) -> None:
        """Ask for all branches at once."""
        for row in ask(engine, _QUESTION % "\n  UNION\n".join(self.branches)).records():
            if "part" in row:
                key = row.get("key", Term("literal", "")).value
                self.found.setdefault(row["part"].value, {})[key] = int(row["count"].value)
        for part, counts in self.found.items():
            self.found[part] = dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))

    def of(self, part: str) -> Mapping[str, int]:
        """The counts of a branch."""
        return self.found.get(part, {})

    def total(self, part: str) -> int:
        """The count of a branch without keys."""
        return sum(self.of(part).values())

    def upward(self, part: str, order: Callable[[str], Any], *, down: bool = False) -> list[tuple[str, int]]:
        """How many things have a key as great as each or greater (``down``: as small or smaller)."""
        counts = self.of(part)
        keys = sorted(counts, key=order, reverse=not down)
        return list(zip(keys, accumulate(counts[key] for key in keys), strict=True))[::-1]


def _plain(build: Build, glossary: Glossary) -> str:
    made = where(replace(build, show=frozenset(), first=0), glossary, counting=True)
    return "\n".join([*made.lines, *made.tests])

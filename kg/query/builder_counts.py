"""Counts of things under a build, by what else is true of them: many branches of one question.

Where more things meet a build than :data:`MOST_COUNTED`, so many of them are looked at and no more, and of what is said
of them :data:`MOST_SAID` at each branch, so that a count takes no longer in a greater graph, where much is said of
some. What was not looked at to its end there is at least as often as it was counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

from kg.engine.answer import Term
from kg.engine.base import Engine, Limits
from kg.graph.names import PLANNED, relation_id
from kg.model.glossary import Glossary
from kg.model.vocabulary import Vocabulary
from kg.query.ask import ask
from kg.query.builder import Build, Link
from kg.query.builder_patterns import ABOUT, INDEXED, NEWEST, is_symmetric, predicates
from kg.query.builder_where import where

__all__ = ["BRANCHES", "MOST_COUNTED", "MOST_SAID", "NO_WORDS", "OF_TYPE", "Counts"]

#: The most things of a build that are looked at.
MOST_COUNTED = 2_000
#: The most that is said of those things which one branch looks at.
MOST_SAID = 20_000

_QUESTION = """
SELECT ?part ?key (COUNT(DISTINCT ?thing) AS ?count) (SUM(?each_said) AS ?said) WHERE {
%s
}
GROUP BY ?part ?key
"""

#: What binds the type of a thing as its ``?key``.
OF_TYPE = "GRAPH graph:entities { ?thing a ?key }"
_DATED = f"?said {ABOUT} ?thing ; dcterms:source/dcterms:date ?date . BIND (STR(?date) AS ?each)"
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


#: For builds without conditions, which need no words.
NO_WORDS = Glossary(
    Vocabulary(types=(), relations=(), metrics=(), units=(), qualifiers=(), statuses=(), themes=(), source_kinds=())
)


@dataclass
class Counts:
    """Branches of one question, and how many things each value of each branch leaves, the most first.

    ``indexed`` where the store has an index. With :data:`NO_WORDS` each relation is counted from both ends, too. With
    ``most`` 0 all things are counted.
    """

    glossary: Glossary
    most: int = MOST_COUNTED
    most_said: int = MOST_SAID
    indexed: bool = False
    branches: list[str] = field(default_factory=list)
    found: dict[str, dict[str, int]] = field(default_factory=dict)
    _things: dict[str, str] = field(default_factory=dict)
    _wholes: dict[str, str] = field(default_factory=dict)
    _many: set[str] = field(default_factory=set)
    _bounded: set[str] = field(default_factory=set)
    _cut: set[str] = field(default_factory=set)

    @property
    def dated(self) -> str:
        """What binds the dates of what is said of a thing as its ``?each``."""
        return INDEXED.format(thing="?thing", date="?each") if self.indexed else _DATED

    def branch(self, part: str, base: Build, pattern: str = "", extreme: str = "", *, having: bool = False) -> None:
        """Count the things of ``base`` by the ``?key`` that the pattern binds, or by the MAX or MIN of their keys.

        With ``having``, only things for which the pattern holds are looked at.
        """
        most = f" LIMIT {self.most + 1}" if self.most else ""
        wanted = pattern if having and self.most else ""
        things = f"{{ SELECT DISTINCT ?thing WHERE {{ {self._plain(base, wanted)} }}{most} }}"
        inside = f"{things} {pattern}"
        if pattern and self.most:
            self._bounded.add(part)
            seen = "?each" if extreme else "?key"
            inside = f"{{ SELECT ?thing {seen} WHERE {{ {inside} }} LIMIT {self.most_said + 1} }}"
        if extreme:
            columns = f"?thing ({extreme}(?each) AS ?key) (COUNT(*) AS ?each_said)"
            inside = f"{{ SELECT {columns} WHERE {{ {inside} }} GROUP BY ?thing }}"
        else:
            inside += " BIND (1 AS ?each_said)"
        if not pattern:
            self._wholes.setdefault(things, part)
        self._things[part] = things
        self._add(part, inside)

    def _add(self, part: str, inside: str) -> None:
        self.branches.append(f'  {{ {inside} BIND ("{part}" AS ?part) }}')

    def _plain(self, build: Build, having: str) -> str:
        bare = replace(build, show=frozenset(), first=0)
        made = where(bare, self.glossary, counting=True, having=having, indexed=self.indexed)
        return "\n".join([*made.lines, *made.tests])

    def links(self, part: str, base: Build, joined: str, end: str) -> None:
        """Count the things of ``base`` by the relations of ``end``, in each direction; symmetric from both ends."""
        self.branch(f"{part} out", base, f"{joined} ?said rdf:subject {end} ; rdf:predicate ?key .")
        self.branch(f"{part} in", base, f"{joined} ?said rdf:object {end} ; rdf:predicate ?key .")
        values = ""
        if self.glossary is not NO_WORDS:
            both = [Link(name, hold="either") for name, one in self.glossary.relations.items() if one.symmetric]
            values = f"VALUES ?key {{ {' '.join(one for link in both for one in predicates(link))} }}"
        pattern = f"{values} ?said rdf:predicate ?key ; rdf:subject|rdf:object {end} ."
        self.branch(f"{part} both", base, f"{joined} {pattern}")

    def linked(self, part: str) -> list[tuple[str, Link, int]]:
        """The relations that :meth:`links` counted, each with its branch, the most used first.

        A symmetric one has one direction only.
        """
        found: list[tuple[str, Link, int]] = []
        for way in ("out", "in", "both"):
            for iri, count in self.of(f"{part} {way}").items():
                link = Link(relation_id(iri) or "", way != "in", "planned" if iri.startswith(PLANNED) else "fact")
                if link.relation and is_symmetric(link, self.glossary) == (way == "both"):
                    found.append((f"{part} {way}", link, count))
        return sorted(found, key=lambda one: (-one[2], one[1].relation, not one[1].outgoing, one[1].hold))

    def ask(self, engine: Engine, limits: Limits | None = None) -> None:
        """Ask for all branches at once. Raises QueryError."""
        said: Counter[str] = Counter()
        for things in dict.fromkeys(self._things.values()):
            if self.most and things not in self._wholes:
                part = self._wholes[things] = f"whole {len(self._wholes)}"
                self._add(part, f"{things} BIND (1 AS ?each_said)")
        for row in ask(engine, _QUESTION % "\n  UNION\n".join(self.branches), limits).records():
            if "part" in row:
                key = row.get("key", Term("literal", "")).value
                self.found.setdefault(row["part"].value, {})[key] = int(row["count"].value)
                said[row["part"].value] += int(row["said"].value)
        self._cut = {part for part in self._bounded if said[part] > self.most_said}
        self._many = {things for things, part in self._wholes.items() if self.total(part) > self.most > 0}
        for part, counts in self.found.items():
            looked_at = {key: min(count, self.most or count) for key, count in counts.items()}
            self.found[part] = dict(sorted(looked_at.items(), key=lambda one: (-one[1], one[0])))

    def at_least(self, part: str) -> bool:
        """Whether there may be more of what this branch counts, as not all was looked at."""
        return self._things.get(part) in self._many or part in self._cut

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

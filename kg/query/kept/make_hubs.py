"""Works out what is kept of each hub: its part in pictures, its card, its neighbours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest
from typing import Any, NamedTuple

from kg.engine.answer import Term
from kg.engine.base import Engine
from kg.errors import QueryError
from kg.graph.index_names import whole
from kg.graph.names import PLANNED, PREFIXES, compact
from kg.model.dates import PartialDate
from kg.query.ask import ask
from kg.query.kept.census import LIMITS, Census
from kg.query.kept.hubs import MOST_NEAR, MOST_SHOWN, card_name, near_name, picture_name
from kg.query.kept.weights import HUB
from kg.query.terms import entities, id_of, text

__all__ = ["hub_answers"]

#: About as many statements are read with one question: some stores give no more than 10,000 rows.
_AT_ONCE = 8_000

# VALUES stands in each branch: a store that joins it to the whole UNION would read every statement first. The filter
# stands there, too: behind the OPTIONALs Virtuoso lets everything through it.
_BRANCH = """
  {
    VALUES ?hub { $hubs }
    ?statement %s ; dcterms:source ?source .
    FILTER (STRSTARTS(STR(?statement), $start))
    BIND ("%s" AS ?role)
  }
"""
_ROLES = {
    "out": "rdf:subject ?hub ; rdf:predicate ?predicate ; rdf:object ?other",
    "in": "rdf:object ?hub ; rdf:predicate ?predicate ; rdf:subject ?other",
    "of": "bde:subject ?hub",
    "spoke": "bde:speaker ?hub",
}
_SAID = f"""
SELECT ?hub ?role ?statement ?predicate ?other ?metric ?status ?source ?since ?as_of WHERE {{
  {"UNION".join(_BRANCH % (pattern, role) for role, pattern in _ROLES.items())}
  OPTIONAL {{ ?statement bde:metric ?metric }}
  OPTIONAL {{ ?statement bde:status ?status }}
  OPTIONAL {{ ?statement bde:since ?since }}
  OPTIONAL {{ ?statement bde:asOf ?as_of }}
}}
"""

_HEX = "0123456789abcdef"


class _Said(NamedTuple):
    """A statement as a hub sees it; ``predicate`` is a CURIE, empty for what is no relation."""

    role: str
    digits: str
    predicate: str
    other: str
    figure: bool
    status: str | None
    source: str
    since: str
    as_of: str


def hub_answers(engine: Engine, census: Census) -> Iterator[tuple[str, Any]]:
    """Every kept answer about hubs with its name. Raises QueryError."""
    ranks = {one: rank for rank, one in enumerate(census.ranked())}
    sizes = {one: census.weights[one] + census.spoke.get(one, 0) for one in ranks}
    chosen = [one for one in ranks if sizes[one] > HUB]
    maker = _Maker(census, ranks)
    degrees = {}
    for block in _blocks(chosen, sizes):
        for hub, said in _read(engine, block, sizes).items():
            _prove(hub, said, census)
            degrees[hub] = len({one.other for one in said if one.predicate})
            yield from maker.answers(hub, said)
    yield "hubs", {one: [census.weights[one], degrees.get(one, 0)] for one in chosen}
    yield "sources", list(census.sources)


def _prove(hub: str, said: Sequence[_Said], census: Census) -> None:
    """Raise QueryError where the store told less, or more, than it had counted."""
    told = len({one.digits for one in said if one.role != "spoke"}), sum(one.role == "spoke" for one in said)
    counted = census.weights[hub], census.spoke.get(hub, 0)
    if told != counted:
        raise QueryError(f"Of “{hub}” the store counts {counted} statements (of it, by it) and lists {told}.")


def _blocks(chosen: Iterable[str], sizes: Mapping[str, int]) -> Iterator[list[str]]:
    """The hubs in runs that have few enough statements together; one that has too many by itself."""
    block: list[str] = []
    total = 0
    for hub in chosen:
        if block and total + sizes[hub] > _AT_ONCE:
            yield block
            block, total = [], 0
        block.append(hub)
        total += sizes[hub]
    if block:
        yield block


def _read(engine: Engine, block: Sequence[str], sizes: Mapping[str, int]) -> dict[str, list[_Said]]:
    """What is said of the hubs, in as many parts (by the statements' digits) as keep each answer small."""
    total = sum(sizes[one] for one in block)
    starts = [""]
    while total > _AT_ONCE * len(starts):
        starts = [start + digit for start in starts for digit in _HEX]
    found: dict[str, list[_Said]] = {one: [] for one in block}
    for start in starts:
        rows = ask(engine, _SAID, LIMITS, hubs=entities(block), start=text(PREFIXES["stmt"] + start))
        for row in rows.records():
            found[id_of(row["hub"].value)].append(_said(row))
    return found


def _said(row: Mapping[str, Term]) -> _Said:
    def value(column: str) -> str:
        return row[column].value if column in row else ""

    return _Said(
        role=value("role"),
        digits=id_of(value("statement")),
        predicate=compact(value("predicate")),
        other=id_of(value("other")),
        figure="metric" in row,
        status=id_of(value("status")) or None,
        source=id_of(value("source")),
        since=value("since"),
        as_of=value("as_of"),
    )


class _Maker:
    """Makes the answers of one hub after the other."""

    def __init__(self, census: Census, ranks: Mapping[str, int]) -> None:
        self._census = census
        self._ranks = ranks
        self._places = {source: place for place, source in enumerate(census.sources)}

    def answers(self, hub: str, said: Sequence[_Said]) -> Iterator[tuple[str, Any]]:
        """All that is kept of one hub."""
        groups: dict[tuple[str, str], list[_Said]] = defaultdict(list)
        for one in sorted(said, key=lambda one: (self._ranks.get(one.other, 0), one.digits)):
            groups[one.role, one.predicate].append(one)
        relations = {key: ones for key, ones in groups.items() if key[1]}
        yield picture_name(hub), self._picture(hub, said)
        yield card_name(hub), self._card(hub, groups)
        yield near_name(hub), self._near(chain.from_iterable(relations.values()))
        for (role, predicate), ones in relations.items():
            yield near_name(hub, predicate, role), self._near(ones)

    def _picture(self, hub: str, said: Sequence[_Said]) -> dict[str, Any]:
        lines: dict[tuple[str, str, str], list[list[Any]]] = defaultdict(list)
        for one in said:
            own = one.other == hub and one.role == "out"  # a line to itself is there once
            if one.predicate and (own or self._ranks.get(one.other, len(self._ranks)) < self._ranks[hub]):
                told = [one.digits, one.status, self._places[one.source], one.since]
                lines[one.role, one.predicate, one.other].append(told)
        return {
            "status": self._status(one for one in said if one.role == "of" and one.status),
            "mentions": self._mentions(one for one in said if one.role != "spoke"),
            "lines": [[*key, told] for key, told in lines.items()],
        }

    def _status(self, said: Iterable[_Said]) -> str | None:
        """The newest: by its date, then by its source's, then by its id."""
        dated = [
            (PartialDate.read(one.as_of).last, self._census.sources[one.source].last, one.status or "") for one in said
        ]
        return max(dated)[-1] if dated else None

    def _mentions(self, said: Iterable[_Said]) -> list[list[Any]]:
        """From when on each source speaks of it: filters by date let through the same as by all its dates."""
        begun: dict[str, tuple[Any, str]] = {}
        for one in said:
            date = one.since or one.as_of
            first = (PartialDate.read(date) if date else self._census.sources[one.source]).first
            begun[one.source] = min(begun.get(one.source, (first, date)), (first, date))
        return [[self._places[source], date] for source, (_, date) in sorted(begun.items())]

    def _card(self, hub: str, groups: Mapping[tuple[str, str], Sequence[_Said]]) -> dict[str, Any]:
        """How much there is of each kind, and which statements stand for all: some of every kind, in turn."""
        kinds: dict[tuple[str, str], list[_Said]] = {}
        for (role, predicate), ones in groups.items():
            if role == "of":
                newest = sorted(ones, key=lambda one: (PartialDate.read(one.as_of).last, one.digits), reverse=True)
                kinds["figures", ""] = [one for one in newest if one.figure]
                kinds["statuses", ""] = [one for one in newest if not one.figure]
            else:
                # A relation to itself is there once, outgoing.
                kinds[role, predicate] = [one for one in ones if role != "in" or one.other != hub]
        turns = chain.from_iterable(zip_longest(*(kinds[key] for key in sorted(kinds))))
        shown = dict.fromkeys(one.digits for one in turns if one is not None)
        return {
            "counts": [[*key, len(ones)] for key, ones in sorted(kinds.items())],
            "others": [[*key, len({one.other for one in ones})] for key, ones in sorted(groups.items()) if key[1]],
            "shown": list(shown)[:MOST_SHOWN],
            "total": len(shown),
        }

    def _near(self, said: Iterable[_Said]) -> list[Any]:
        """How many neighbours there are, and the best known of them, each with its weight and whether only planned."""
        plans: dict[str, bool] = {}
        for one in said:
            planned = whole(one.predicate).startswith(PLANNED)
            plans[one.other] = plans.get(one.other, True) and planned
        order = sorted(plans, key=lambda one: self._ranks.get(one, len(self._ranks)))
        weights = self._census.weights
        return [len(plans), *([one, weights.get(one, 0), int(plans[one])] for one in order[:MOST_NEAR])]

"""What a build can become with one more choice: only what exists, with the count of things that would remain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple, get_args

from kg.engine.base import Engine
from kg.graph.names import class_iri, concept_iri, type_id
from kg.model.glossary import Glossary
from kg.query.builder import MOST_CONDITIONS, Build, Condition, Hold, Mark, Marked, Measured, Related, Sign
from kg.query.builder_counts import BRANCHES, DATED, OF_TYPE, Counts
from kg.query.builder_patterns import curie, triple
from kg.query.terms import id_of

__all__ = ["Change", "Choice", "Options", "options"]

#: The most numbers to compare with that are offered for one figure.
_MOST_NUMBERS = 12


class Choice(NamedTuple):
    """The build that a choice leads to, and how many things meet it."""

    build: Build
    things: int


@dataclass(frozen=True, slots=True)
class Change:
    """What one condition can become; each list has the present state, too.

    ``holds`` are a fact, a plan, or either; ``values`` of a relation begin with any, then come types, then entities;
    ``then`` are the relations that one of the chosen type can have in its turn, ``then_values`` what those lead to.
    """

    holds: tuple[Choice, ...] = ()
    values: tuple[Choice, ...] = ()
    then: tuple[Choice, ...] = ()
    then_values: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """``things`` meet the build. ``types`` can take the place of its type, ``additions`` are one more condition each.

    ``changes`` has what each condition can become, in the conditions' order. Of each kind the greatest count is first.
    """

    things: int
    types: tuple[Choice, ...]
    additions: tuple[Choice, ...]
    changes: tuple[Change, ...]

    def choices(self) -> Iterator[Choice]:
        """Every choice that there is."""
        yield from (*self.types, *self.additions)
        for one in self.changes:
            yield from (*one.holds, *one.values, *one.then, *one.then_values)


def options(engine: Engine, build: Build, glossary: Glossary) -> Options:
    """What can be chosen next; one round trip, and one for each condition."""
    counted = _additions(engine, build, glossary)
    whole = counted.total("things")
    return Options(
        things=whole,
        types=_types(build, counted),
        additions=tuple(_added(build, counted)) if len(build.conditions) < MOST_CONDITIONS else (),
        changes=tuple(
            _apart(_change(engine, build, place, glossary), len(build.conditions))
            for place in range(len(build.conditions))
        ),
    )


# ------------------------------------------------------------------------------------------- what can be added


def _additions(engine: Engine, build: Build, glossary: Glossary) -> Counts:
    counted = Counts(glossary)
    for part, pattern in BRANCHES.items():
        counted.branch(part, build, pattern)
    counted.branch("since", build, DATED, "MAX")
    counted.branch("type", replace(build, type=""), OF_TYPE)
    counted.branch("any", replace(build, type=""))
    counted.links("link", build, "", "?thing")
    counted.ask(engine)
    return counted


def _types(build: Build, counted: Counts) -> tuple[Choice, ...]:
    found = {type_id(iri): count for iri, count in counted.of("type").items()}
    named = [Choice(replace(build, type=one), count) for one, count in found.items() if one]
    whole = counted.total("any")
    return (Choice(replace(build, type=""), whole), *named) if whole else ()


def _added(build: Build, counted: Counts) -> Iterator[Choice]:
    found: list[tuple[Condition, int]] = [
        *((Related(link), count) for link, count in counted.linked("link")),
        *(
            (Measured(id_of(iri), hold), count)
            for hold in ("fact", "planned")
            for iri, count in counted.of(hold).items()
        ),
    ]
    for mark in get_args(Mark):
        each = counted.upward("since", str) if mark == "since" else counted.of(mark).items()
        found += (
            (Marked(mark, key if mark == "since" else id_of(key)), count)
            for key, count in each
            if mark not in ("source", "since") or count < counted.total("things")  # what all have tells nothing apart
        )
    yield from (Choice(build.adding(one), count) for one, count in found if one not in build.conditions)


# ------------------------------------------------------------------------------------------- what can be changed


def _change(engine: Engine, build: Build, place: int, glossary: Glossary) -> Change:
    one = build.conditions[place]
    counted = Counts(glossary)
    rest = build.without(place)
    if isinstance(one, Related):
        return _related(engine, build, place, one, counted)
    if isinstance(one, Measured):
        return _measured(engine, build, place, one, counted)
    if one.mark == "since":
        counted.branch("since", rest, DATED, "MAX")
    else:
        counted.branch(one.mark, rest, BRANCHES[one.mark])
    counted.ask(engine)
    each = counted.upward("since", str) if one.mark == "since" else counted.of(one.mark).items()
    keys = ((key if one.mark == "since" else id_of(key), count) for key, count in each)
    return Change(values=tuple(Choice(build.changing(place, Marked(one.mark, key)), count) for key, count in keys))


def _apart(change: Change, conditions: int) -> Change:
    """Without what would make two conditions alike: that is no choice but a removal."""
    lists = (change.holds, change.values, change.then, change.then_values)
    return Change(*(tuple(one for one in each if len(one.build.conditions) == conditions) for each in lists))


def _count_holds(build: Build, place: int, one: Related | Measured, counted: Counts) -> dict[str, Build]:
    """The build with the condition as a fact, as a plan, and as either, each a branch of the question."""
    changed: dict[str, Build] = {}
    for hold in get_args(Hold):
        other = replace(one, link=replace(one.link, hold=hold)) if isinstance(one, Related) else replace(one, hold=hold)
        changed[f"hold {hold}"] = build.changing(place, other)
        counted.branch(f"hold {hold}", changed[f"hold {hold}"])
    return changed


def _holds(changed: dict[str, Build], counted: Counts, now: Build) -> tuple[Choice, ...]:
    """Those that something meets; either only where there are both, or where it stands."""
    if not (counted.total("hold fact") and counted.total("hold planned")) and changed["hold either"] != now:
        changed = {name: other for name, other in changed.items() if name != "hold either"}
    return tuple(Choice(other, counted.total(name)) for name, other in changed.items() if counted.total(name))


def _related(engine: Engine, build: Build, place: int, one: Related, counted: Counts) -> Change:
    rest, glossary = build.without(place), counted.glossary
    joined = triple(one.link, "?thing", "?end", glossary)
    counted.branch("any", rest, joined)
    counted.branch("type", rest, f"{joined} GRAPH graph:entities {{ ?end a ?key }}")
    counted.branch("entity", rest, triple(one.link, "?thing", "?key", glossary))
    if one.type:
        joined = f"{joined} ?end a {curie(class_iri(one.type))} ."
        counted.links("then", rest, joined, "?end")
    if one.then:
        counted.branch("then any", rest, f"{joined} {triple(one.then, '?end', '?far', glossary)}")
        counted.branch("then entity", rest, f"{joined} {triple(one.then, '?end', '?key', glossary)}")
    held = _count_holds(build, place, one, counted)
    counted.ask(engine)

    def change(condition: Related, count: int) -> Choice:
        return Choice(build.changing(place, condition), count)

    values = [change(Related(one.link), count) for count in counted.of("any").values()]
    values += [change(Related(one.link, type=kind), count) for kind, count in _typed(counted)]
    values += [change(Related(one.link, id_of(iri)), count) for iri, count in counted.of("entity").items()]
    chosen = [change(replace(one, then_value=""), count) for count in counted.of("then any").values()]
    chosen += [change(replace(one, then_value=id_of(iri)), count) for iri, count in counted.of("then entity").items()]
    return Change(
        holds=_holds(held, counted, build),
        values=tuple(values),
        then=tuple(
            change(Related(one.link, type=one.type, then=link), count) for link, count in counted.linked("then")
        ),
        then_values=tuple(chosen),
    )


def _typed(counted: Counts) -> Iterator[tuple[str, int]]:
    for iri, count in counted.of("type").items():
        kind = type_id(iri)
        if kind:
            yield kind, count


def _measured(engine: Engine, build: Build, place: int, one: Measured, counted: Counts) -> Change:
    rest = build.without(place)
    plain = build.changing(place, Measured(one.metric, one.hold))
    aims = {"fact": "bde:aim aim:achieved ; ", "planned": "bde:aim aim:target ; ", "either": ""}
    metric = curie(concept_iri("metric", one.metric))
    pattern = f"?figure bde:subject ?thing ; bde:metric {metric} ; {aims[one.hold]}bde:value ?each ."
    counted.branch("least", rest, pattern, "MAX")
    counted.branch("most", rest, pattern, "MIN")
    counted.branch("any", plain)
    held = _count_holds(build, place, one, counted)
    counted.ask(engine)
    values = [Choice(plain, count) for count in counted.of("any").values()]
    for sign in get_args(Sign):
        compared = _spread(counted.upward(sign, Decimal, down=sign == "most"))
        values += [
            Choice(build.changing(place, replace(one, sign=sign, number=Decimal(key))), count)
            for key, count in compared
        ]
    return Change(holds=_holds(held, counted, build), values=tuple(values))


def _spread(numbers: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """A few of many numbers, evenly over them."""
    if len(numbers) <= _MOST_NUMBERS:
        return numbers
    places = {round(step * (len(numbers) - 1) / (_MOST_NUMBERS - 1)) for step in range(_MOST_NUMBERS)}
    return [numbers[place] for place in sorted(places)]

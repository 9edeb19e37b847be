"""What a build can become with one more choice: only what exists, with the count of things that would remain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple, get_args

from kg.engine.base import Engine, Limits
from kg.graph.index_names import whole
from kg.graph.names import class_iri, compact, concept_iri, type_id
from kg.model.glossary import Glossary
from kg.query.builder import MOST_CONDITIONS, Build, Condition, Hold, Mark, Marked, Measured, Related, Sign
from kg.query.builder_counts import BRANCHES, MOST_COUNTED, MOST_SAID, NO_WORDS, OF_TYPE, Counts
from kg.query.builder_patterns import curie, triple
from kg.query.kept.shelf import has_index, kept_one
from kg.query.terms import id_of

__all__ = ["Change", "Choice", "Options", "build_name", "builds_to_keep", "options"]

#: The most numbers to compare with that are offered for one figure.
_MOST_NUMBERS = 12


class Choice(NamedTuple):
    """The build that a choice leads to, and how many things meet it; ``more``: at least so many."""

    build: Build
    things: int
    more: bool = False


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
    """``things`` meet the build (``more``: at least so many, and of the choices those of some of them).

    ``types`` can take the place of its type, ``additions`` are one more condition each. ``changes`` has what each
    condition can become, in the conditions' order. Of each kind the greatest count is first.
    """

    things: int
    more: bool
    types: tuple[Choice, ...]
    additions: tuple[Choice, ...]
    changes: tuple[Change, ...]

    @property
    def partial(self) -> bool:
        """Whether some count is of some things only, so that there may be more choices, too."""
        return self.more or any(choice.more for choice in self.choices())

    def choices(self) -> Iterator[Choice]:
        """Every choice that there is."""
        yield from (*self.types, *self.additions)
        for one in self.changes:
            yield from (*one.holds, *one.values, *one.then, *one.then_values)


def options(
    engine: Engine, build: Build, glossary: Glossary, most: int = MOST_COUNTED, most_said: int = MOST_SAID
) -> Options:
    """What can be chosen next; one round trip, and one for each condition. Raises QueryError.

    ``most`` things that meet the conditions are looked at, and at each branch ``most_said`` of what is said of them.
    What there is without a condition is counted in full, or looked up where the store keeps it.
    """
    indexed = has_index(engine)
    counted = _additions(engine, build, Counts(glossary, most if build.conditions else 0, most_said, indexed))
    now = _choice(counted, "things", build, counted.total("things"))
    counts = (Counts(glossary, most, most_said, indexed) for _ in build.conditions)
    changes = (_change(engine, build, place, each) for place, each in enumerate(counts))
    return Options(
        things=now.things,
        more=now.more,
        types=_types(build, counted),
        additions=tuple(_added(build, counted)) if len(build.conditions) < MOST_CONDITIONS else (),
        changes=tuple(_apart(_with_now(change, now), len(build.conditions)) for change in changes),
    )


# ------------------------------------------------------------------------------------------- what can be added


def _additions(engine: Engine, build: Build, counted: Counts) -> Counts:
    _count_additions(build, counted)
    kept = None if build.conditions else kept_one(engine, build_name(build.type))
    if kept is None:
        counted.ask(engine)
    else:
        counted.found = {part: {whole(key): count for key, count in counts} for part, counts in kept.items()}
    return counted


def build_name(type_id: str) -> str:
    """What the counts are kept under of what can be asked of things of a type, or of any."""
    return f"build/{type_id}"


def builds_to_keep(
    engine: Engine, types: Iterable[str], limits: Limits
) -> Iterator[tuple[str, dict[str, list[tuple[str, int]]]]]:
    """The counts of what can be asked of things of each type, and of any, with their names. Raises QueryError."""
    for one in ("", *types):
        counted = Counts(NO_WORDS, most=0)
        _count_additions(Build(one), counted)
        counted.ask(engine, limits)
        yield (
            build_name(one),
            {part: [(compact(key), count) for key, count in counts.items()] for part, counts in counted.found.items()},
        )


def _count_additions(build: Build, counted: Counts) -> None:
    for part, pattern in BRANCHES.items():
        counted.branch(part, build, pattern)
    counted.branch("since", build, counted.dated, "MAX")
    counted.branch("type", replace(build, type=""), OF_TYPE)
    counted.branch("any", replace(build, type=""))
    counted.links("link", build, "", "?thing")


def _types(build: Build, counted: Counts) -> tuple[Choice, ...]:
    found = {type_id(iri): count for iri, count in counted.of("type").items()}
    named = [_choice(counted, "type", replace(build, type=one), count) for one, count in found.items() if one]
    total = counted.total("any")
    return (_choice(counted, "any", replace(build, type=""), total), *named) if total else ()


def _choice(counted: Counts, part: str, build: Build, count: int) -> Choice:
    return Choice(build, count, counted.at_least(part))


def _added(build: Build, counted: Counts) -> Iterator[Choice]:
    found: list[tuple[str, Condition, int]] = [
        *((part, Related(link), count) for part, link, count in counted.linked("link")),
        *(
            (hold, Measured(id_of(iri), hold), count)
            for hold in ("fact", "planned")
            for iri, count in counted.of(hold).items()
        ),
    ]
    for mark in get_args(Mark):
        each = counted.upward("since", str) if mark == "since" else counted.of(mark).items()
        found += (
            (mark, Marked(mark, key if mark == "since" else id_of(key)), count)
            for key, count in each
            if mark not in ("source", "since") or count < counted.total("things")  # what all have tells nothing apart
        )
    for part, one, count in found:
        if one not in build.conditions:
            yield _choice(counted, part, build.adding(one), count)


# ------------------------------------------------------------------------------------------- what can be changed


def _change(engine: Engine, build: Build, place: int, counted: Counts) -> Change:
    one = build.conditions[place]
    rest = build.without(place)
    if isinstance(one, Related):
        return _related(engine, build, place, one, counted)
    if isinstance(one, Measured):
        return _measured(engine, build, place, one, counted)
    if one.mark == "since":
        counted.branch("since", rest, counted.dated, "MAX", having=True)
    else:
        counted.branch(one.mark, rest, BRANCHES[one.mark], having=True)
    counted.ask(engine)
    each = counted.upward("since", str) if one.mark == "since" else counted.of(one.mark).items()
    keys = ((key if one.mark == "since" else id_of(key), count) for key, count in each)
    made = ((build.changing(place, Marked(one.mark, key)), count) for key, count in keys)
    return Change(values=tuple(_choice(counted, one.mark, other, count) for other, count in made))


def _with_now(change: Change, now: Choice) -> Change:
    """With the value that stands, which is there, whether or not it is that of a thing that was looked at."""
    of_some = any(one.more for one in change.values) and not change.then_values
    missing = of_some and now.things and all(one.build != now.build for one in change.values)
    return replace(change, values=(*change.values, now)) if missing else change


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
    return tuple(
        _choice(counted, name, other, counted.total(name)) for name, other in changed.items() if counted.total(name)
    )


def _related(engine: Engine, build: Build, place: int, one: Related, counted: Counts) -> Change:
    glossary = counted.glossary
    joined = triple(one.link, "?thing", "?end", glossary)
    # Of the things that have such a relation, as there may be few of them among all others.
    any_end = build.changing(place, Related(one.link))
    counted.branch("any", any_end)
    counted.branch("type", any_end, f"{joined} GRAPH graph:entities {{ ?end a ?key }}")
    counted.branch("entity", any_end, triple(one.link, "?thing", "?key", glossary))
    if one.type:
        joined = f"{joined} ?end a {curie(class_iri(one.type))} ."
        counted.links("then", build.changing(place, Related(one.link, type=one.type)), joined, "?end")
    if one.then:
        beyond = build.changing(place, replace(one, then_value=""))
        counted.branch("then any", beyond)
        counted.branch("then entity", beyond, f"{joined} {triple(one.then, '?end', '?key', glossary)}")
    held = _count_holds(build, place, one, counted)
    counted.ask(engine)

    def change(part: str, condition: Related, count: int) -> Choice:
        return _choice(counted, part, build.changing(place, condition), count)

    values = [change("any", Related(one.link), count) for count in counted.of("any").values()]
    values += [change("type", Related(one.link, type=kind), count) for kind, count in _typed(counted)]
    values += [change("entity", Related(one.link, id_of(iri)), count) for iri, count in counted.of("entity").items()]
    chosen = [change("then any", replace(one, then_value=""), count) for count in counted.of("then any").values()]
    chosen += [
        change("then entity", replace(one, then_value=id_of(iri)), count)
        for iri, count in counted.of("then entity").items()
    ]
    return Change(
        holds=_holds(held, counted, build),
        values=tuple(values),
        then=tuple(
            change(part, Related(one.link, type=one.type, then=link), count)
            for part, link, count in counted.linked("then")
        ),
        then_values=tuple(chosen),
    )


def _typed(counted: Counts) -> Iterator[tuple[str, int]]:
    for iri, count in counted.of("type").items():
        kind = type_id(iri)
        if kind:
            yield kind, count


def _measured(engine: Engine, build: Build, place: int, one: Measured, counted: Counts) -> Change:
    plain = build.changing(place, Measured(one.metric, one.hold))
    aims = {"fact": "bde:aim aim:achieved ; ", "planned": "bde:aim aim:target ; ", "either": ""}
    metric = curie(concept_iri("metric", one.metric))
    pattern = f"?figure bde:subject ?thing ; bde:metric {metric} ; {aims[one.hold]}bde:value ?each ."
    counted.branch("least", plain, pattern, "MAX")
    counted.branch("most", plain, pattern, "MIN")
    counted.branch("any", plain)
    held = _count_holds(build, place, one, counted)
    counted.ask(engine)
    values = [_choice(counted, "any", plain, count) for count in counted.of("any").values()]
    for sign in get_args(Sign):
        compared = _spread(counted.upward(sign, Decimal, down=sign == "most"))
        values += [
            _choice(counted, sign, build.changing(place, replace(one, sign=sign, number=Decimal(key))), count)
            for key, count in compared
        ]
    return Change(holds=_holds(held, counted, build), values=tuple(values))


def _spread(numbers: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """A few of many numbers, evenly over them."""
    if len(numbers) <= _MOST_NUMBERS:
        return numbers
    places = {round(step * (len(numbers) - 1) / (_MOST_NUMBERS - 1)) for step in range(_MOST_NUMBERS)}
    return [numbers[place] for place in sorted(places)]

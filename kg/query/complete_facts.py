"""What a query says of its variables, and so what is likely to follow: from its triples and what the data hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.engine.base import Engine
from kg.graph.names import class_iri, entity_id, type_id
from kg.query.catalogue import Catalogue, catalogue
from kg.query.complete_place import TYPE, Link, Place, Step
from kg.query.ends import Ends, ends_of, properties_on
from kg.query.everyone import Everyone

__all__ = ["Ends", "classes_of", "ends_at", "ends_for", "properties_at", "types_at", "types_of"]


def classes_of(engine: Engine, links: Iterable[Link], node: str) -> list[tuple[str, ...]]:
    """What is known of the classes of ``node``: each entry a fact, and in it the classes of which it has one.

    What ``a`` says stands first; then what follows from the properties that begin or end there.
    """
    known = catalogue(engine)
    stated, inferred = [], []
    if (named := entity_id(node)) and (one := Everyone(engine).refs([named]).get(named)):
        stated.append((class_iri(one.type),))
    for subject, path, value in links:
        if subject == node and path == (Step(TYPE),):
            if value in known.classes:
                stated.append((value,))
        elif path and node:
            if subject == node:
                inferred.append(_ends(known, path[0], far=False))
            if value == node:
                inferred.append(_ends(known, path[-1], far=True))
    return [fact for fact in dict.fromkeys(stated + inferred) if fact]


def _ends(known: Catalogue, step: Step, *, far: bool) -> tuple[str, ...]:
    """The classes at one end of a step; the narrowest alone where one holds all of them."""
    counts = (known.ranges if far != step.inverse else known.domains).get(step.name, {})
    entry = known.properties.get(step.name)
    whole = [one for one, count in counts.items() if entry and count == entry.count]
    if not whole:
        return tuple(counts)
    classes = known.classes
    return (min(whole, key=lambda one: (classes[one].count, not classes[one].ours, one)),)


def properties_at(engine: Engine, place: Place) -> Mapping[str, int] | None:
    """The properties that can follow at ``place``, with how many triples have them there; None where nothing is known.

    Each must agree with every fact; where none does, the first fact alone counts.
    """
    known = catalogue(engine)
    plain = not place.path and not place.inverse
    named = entity_id(place.subject) or ""
    if plain and (place.subject in known.things or named in Everyone(engine).refs([named])):
        return properties_on(engine, place.subject)
    facts = (
        [fact for fact in [_ends(known, place.path[-1], far=True)] if fact]
        if place.path
        else classes_of(engine, place.links, place.subject)
    )
    tables = [_together(known, fact, inverse=place.inverse) for fact in facts]
    if not tables:
        return None
    common = {name: min(table[name] for table in tables) for name in tables[0] if all(name in t for t in tables)}
    return common or tables[0]


def _together(known: Catalogue, classes: tuple[str, ...], *, inverse: bool) -> dict[str, int]:
    """How often each property has an instance of one of ``classes`` at its end; never more than there are."""
    found: dict[str, int] = {}
    for one in classes:
        for name, count in (known.arrivals if inverse else known.uses).get(one, {}).items():
            found[name] = min(found.get(name, 0) + count, known.properties[name].count)
    return found


def ends_at(engine: Engine, place: Place) -> Ends | None:
    """What really stands where ``place`` wants a value; None where its property says nothing."""
    step = place.path[-1] if place.path else Step("")
    if step.name not in catalogue(engine).properties:
        return None
    whole = ends_of(engine, step.name, subjects=step.inverse)
    if len(place.path) > 1 or step.inverse:
        return whole
    stated = [fact[0] for fact in classes_of(engine, place.links, place.subject) if len(fact) == 1]
    narrow = next((found for one in stated if (found := ends_of(engine, step.name, one))), ())
    return narrow or whole


def ends_for(engine: Engine, links: Iterable[Link], node: str) -> Ends | None:
    """What ``node`` can be, as the value of a property; None where it is the value of none that is known."""
    known = catalogue(engine).properties
    steps = [link.path[-1] for link in links if link.value == node and link.path]
    step = next((step for step in steps if step.name in known and step.name != TYPE), None)
    return ends_of(engine, step.name, subjects=step.inverse) if step else None


def types_at(engine: Engine, place: Place) -> set[str]:
    """The ids of the types of the entities that can stand where ``place`` wants a value."""
    return _types([_ends(catalogue(engine), place.path[-1], far=True)] if place.path else [])


def types_of(engine: Engine, links: Iterable[Link], node: str) -> set[str]:
    """The ids of the types of the entities that ``node`` can be: by the first fact; empty where nothing is known."""
    return _types(classes_of(engine, links, node)[:1])


def _types(facts: list[tuple[str, ...]]) -> set[str]:
    return {found for fact in facts for one in fact if (found := type_id(one))}

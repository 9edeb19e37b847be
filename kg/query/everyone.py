"""The entities that a query can name, without reading everyone where the store keeps who is best known."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from kg.engine.base import Engine
from kg.graph.names import entity_iri
from kg.model.text import LANGS
from kg.query.ask import ask
from kg.query.describe import blocks, describe
from kg.query.kept.shelf import has_index
from kg.query.kept.starts import MOST_RANKED, best_known
from kg.query.kept.weights import weights
from kg.query.names import NAMED, Names, keys_of, names_of
from kg.query.refs import entity_ref, read_entities
from kg.query.rows import EntityRef
from kg.query.search import search
from kg.query.terms import curie, entities, id_of, is_id

__all__ = ["Everyone", "all_names", "names_for"]

#: The most entities that are remembered for one engine.
_MOST = 10_000

_NAMES = ("skos:prefLabel", "bde:shortName", "skos:altLabel", "bde:formerName")

_BEFORE = "SELECT ?old ?new WHERE { GRAPH graph:entities { VALUES ?new { $new } ?old dcterms:isReplacedBy ?new } }"


@dataclass
class _Known:
    """The entities of one data version that were asked for last; None for an id that names none."""

    version: str
    refs: OrderedDict[str, EntityRef | None] = field(default_factory=OrderedDict)


_known: WeakKeyDictionary[Engine, _Known] = WeakKeyDictionary()


class Everyone:
    """Who there is, as one needs it to name an entity. All methods raise QueryError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def refs(self, ids: Iterable[str]) -> Mapping[str, EntityRef]:
        """Those of the entities that there are, by id; of all names no more are read where the store keeps lists."""
        if not has_index(self._engine):
            return names_of(self._engine).entities
        known = _known.get(self._engine)
        if known is None or known.version != self._engine.data_version:
            known = _known[self._engine] = _Known(self._engine.data_version)
        wanted = dict.fromkeys(filter(is_id, ids))
        missing = [one for one in wanted if one not in known.refs]
        read = read_entities(self._engine, missing)
        found = {one: known.refs.get(one) for one in wanted} | read
        known.refs |= {one: read.get(one) for one in missing}
        while len(known.refs) > _MOST:
            known.refs.popitem(last=False)
        return {one: ref for one, ref in found.items() if ref is not None}

    def statements(self, ids: Iterable[str]) -> Mapping[str, int]:
        """How many statements speak of these, at least of those of whom any does."""
        if not has_index(self._engine):
            return names_of(self._engine).statements
        return weights(self._engine, ids)

    def best_known(self, types: Collection[str] | None = None) -> list[str]:
        """The ids of the entities, of some types or of all, those that most is said of first.

        All of them, or where the store keeps lists, the first thousand.
        """
        if has_index(self._engine):
            return list(best_known(self._engine, MOST_RANKED, "named" if types is None else "type", types) or ())
        names = names_of(self._engine)
        those = [one.id for one in names.entities.values() if types is None or one.type in types]
        return sorted(those, key=lambda one: (-names.statements.get(one, 0), one))

    def beginning_with(self, local: str, most: int) -> list[str]:
        """The ids that may begin with ``local``: the best known where it is empty or all names are at hand."""
        if not local or not has_index(self._engine):
            return self.best_known()
        return [hit.entity.id for hit in search(self._engine, local, most)]

    def is_there(self) -> bool:
        """Whether there is any entity."""
        return bool(self.best_known() if has_index(self._engine) else names_of(self._engine).entities)


def all_names(engine: Engine, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Every name in Chinese or English that each of these has or once had, by id; one question for each 400.

    Search keys, which nobody writes, are none of them. Raises QueryError.
    """
    of_entity = {one: entity_iri(one) for one in dict.fromkeys(ids)}
    found = describe(engine, of_entity.values(), _NAMES)
    return {
        one: tuple(term.value for name in _NAMES for term in found[iri].get(curie(name), ()) if term.lang in LANGS)
        for one, iri in of_entity.items()
        if iri in found
    }


def names_for(engine: Engine, ids: Collection[str]) -> Names:
    """Names that have among them those of the entities with these ids; a retired one has none of its own.

    Where the store keeps no lists, they are all names that there are, read once for each version of the data. Raises
    QueryError.
    """
    if not has_index(engine):
        return names_of(engine)
    found_as = _found_as(engine, ids)
    properties = describe(engine, map(entity_iri, found_as), NAMED)
    known = {one: properties[entity_iri(one)] for one in sorted(found_as) if entity_iri(one) in properties}
    retired = {one for one, said in known.items() if curie("dcterms:isReplacedBy") in said}
    own = [one for one in known if found_as[one] == one and one not in retired]
    return Names(
        data_version=engine.data_version,
        entities={one: entity_ref(one, known[one]) for one in own},
        statements=weights(engine, own),
        keys=tuple(key for one in known if found_as[one] in own for key in keys_of(one, found_as[one], known[one])),
    )


def _found_as(engine: Engine, ids: Iterable[str]) -> dict[str, str]:
    """These and all that they took the place of, each with the one of these that it is found as."""
    found = {one: one for one in ids}
    new = list(found)
    while new:
        before = {}
        for block in blocks(new):
            for row in ask(engine, _BEFORE, new=entities(block)).records():
                before[id_of(row["old"].value)] = found[id_of(row["new"].value)]
        new = [one for one in before if one not in found]
        found = before | found
    return found

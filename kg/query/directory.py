"""Who and what is in a store, by id: read from it when it is first wanted, a block at a time, and kept.

A page that names some entities asks for those and no others, so that it costs the same however large the graph is.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from kg.engine.base import Engine
from kg.graph.names import entity_id, source_id
from kg.model.text import Text
from kg.query.ask import ask
from kg.query.describe import describe, partial_date
from kg.query.kept.sources import source_records
from kg.query.refs import SOURCE, read_entities, source_ref
from kg.query.rows import EntityRef, SourceRecord
from kg.query.terms import is_id

__all__ = ["Directory"]

#: The most entities that are kept, some tens of megabytes.
_MOST = 50_000

_SOURCES = "SELECT ?source WHERE { ?source a bde:Source }"


class Directory:
    """The entities and sources behind ``engine``; safe to share between threads. All methods raise QueryError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._version = engine.data_version
        self._entities: OrderedDict[str, EntityRef | None] = OrderedDict()
        self._sources: Mapping[str, SourceRecord] | None = None

    def entity(self, wanted: str) -> EntityRef | None:
        """The entity with this id, None where there is none."""
        return self.entities([wanted]).get(wanted)

    def entities(self, wanted: Iterable[str]) -> dict[str, EntityRef]:
        """Those of the entities that there are, by id, in the order asked for; one question for each 400 new ones."""
        ids = list(dict.fromkeys(wanted))
        with self._lock:
            self._renew()
            found = {one: self._entities[one] for one in ids if one in self._entities}
        missing = [one for one in ids if one not in found and is_id(one)]
        if missing:
            read = read_entities(self._engine, missing)
            found |= {one: read.get(one) for one in missing}
        with self._lock:
            for one in ids:
                if one in found:
                    self._entities[one] = found[one]
                    self._entities.move_to_end(one)
            while len(self._entities) > _MOST:
                self._entities.popitem(last=False)
        return {one: ref for one in ids if (ref := found.get(one)) is not None}

    @property
    def sources(self) -> Mapping[str, SourceRecord]:
        """All sources by id, in the order of their ids; once for each version of the data.

        Two questions, or one look-up where the store keeps their records.
        """
        with self._lock:
            self._renew()
            if self._sources is not None:
                return self._sources
        kept = source_records(self._engine)
        records = self._read_sources() if kept is None else kept
        with self._lock:
            self._sources = MappingProxyType(dict(records))
            return self._sources

    def _read_sources(self) -> dict[str, SourceRecord]:
        iris = sorted(row["source"].value for row in ask(self._engine, _SOURCES).records())
        read = describe(self._engine, iris, (*SOURCE, "dcterms:issued", "bde:accessed"))
        records = {}
        for iri in iris:
            known = source_id(iri)
            if known is not None and iri in read:
                ref = source_ref(known, read[iri])
                dates = partial_date(read[iri], "dcterms:issued"), partial_date(read[iri], "bde:accessed")
                records[known] = SourceRecord.of(ref, *dates)
        return records

    def get(self, iri: str) -> Text | None:
        """What the entity or source with this IRI is called; None for any other IRI."""
        if (wanted := entity_id(iri)) is not None:
            found = self.entity(wanted)
            return found.name if found else None
        if (wanted := source_id(iri)) is not None:
            source = self.sources.get(wanted)
            return source.title if source else None
        return None

    def _renew(self) -> None:
        """Forget what was known of other data."""
        if self._engine.data_version != self._version:
            self._version = self._engine.data_version
            self._entities.clear()
            self._sources = None

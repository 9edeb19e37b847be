"""What the filters of a scene leave of a picture, and how much each choice of a filter would show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from kg.model.dates import PartialDate
from kg.model.vocabulary import Stage
from kg.query.overview import Mention, Overview, PictureEntity, PictureRelation
from kg.query.scene import Filters

__all__ = ["FACETS", "Sieve", "SourceFact"]

#: What one may filter by: the name in an address.
FACETS = ("type", "theme", "stage", "source")

StageOf = Callable[[str | None], Stage]


@dataclass(frozen=True, slots=True)
class SourceFact:
    """What filters need to know of a source."""

    official: bool
    date: PartialDate


@dataclass(frozen=True)
class Sieve:
    """Leaves of an overview what ``filters`` let through; ``sources`` has the facts of each source by id."""

    filters: Filters
    sources: Mapping[str, SourceFact]
    stage_of: StageOf

    def __call__(self, found: Overview) -> Overview:
        """The entities that pass, and of the relations between them those that pass too."""
        if not self.filters:
            return found
        entities = tuple(one for one in found.entities if self.passes(one))
        ids = {one.id for one in entities}
        relations = tuple(
            one for one in found.relations if one.subject in ids and one.object in ids and self.passes_line(one)
        )
        return replace(found, entities=entities, relations=relations)

    def passes(self, entity: PictureEntity, without: str = "") -> bool:
        """Whether the entity passes every filter but those of the facet ``without``."""
        off = self.filters.off
        return self._said_enough(entity.mentions, without) and all(
            facet == without or not values or any((facet, value) not in off for value in values)
            for facet, values in self.values(entity).items()
        )

    def passes_line(self, line: PictureRelation) -> bool:
        """Whether the relation passes: a planned one needs the stage of plans."""
        if line.planned and ("stage", "planned") in self.filters.off:
            return False
        return self._said_enough(line.mentions) and any(("source", one) not in self.filters.off for one in line.sources)

    def values(self, entity: PictureEntity) -> dict[str, tuple[str, ...]]:
        """What the entity is by each facet."""
        return {
            "type": (entity.entity.type,),
            "theme": entity.themes,
            "stage": (self.stage_of(entity.status),),
            "source": tuple(sorted({said.source for said in entity.mentions})),
        }

    def counts(self, entities: Iterable[PictureEntity], facet: str) -> Counter[str]:
        """How many entities each value of ``facet`` would show, given the filters of the other facets."""
        counts: Counter[str] = Counter()
        for one in entities:
            if self.passes(one, without=facet):
                counts.update(self.values(one)[facet])
        return counts

    def begins(self, said: Mention) -> PartialDate:
        """From when on something is known to hold: its own date, or the source's."""
        return PartialDate.read(said.date) if said.date else self.sources[said.source].date

    def _said_enough(self, mentions: tuple[Mention, ...], without: str = "") -> bool:
        """Whether sources that the filters let through say it, enough of them, by the date that is looked at."""
        filters = self.filters
        if not mentions:  # an entity that no statement speaks of
            return filters.least <= 1 and not filters.official and filters.until is None
        saying = {
            one.source
            for one in mentions
            if (without == "source" or ("source", one.source) not in filters.off)
            and (not filters.official or self.sources[one.source].official)
            and (filters.until is None or self.begins(one).first <= filters.until.last)
        }
        return len(saying) >= filters.least

"""The ways between two entities in the reader's language: each step in sentences, and which step is the weakest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from kg.model.text import Lang
from kg.query.paths import Hop, Way
from kg.query.rows import EntityRef, RelationRow, StatementCard
from kg.view.cards import Chip, Reader, StatementView, chip, statement_view
from kg.view.terms import Said, say

__all__ = ["Sentence", "Step", "WayView", "Weakness", "way_view"]

#: Why a step is the weakest of its way: it is only planned, no official source says so, fewer sources, older ones.
Weakness = Literal["planned", "unofficial", "few", "old"]

_REASONS: tuple[Weakness, ...] = ("planned", "unofficial", "few", "old")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A relation in words, from its subject to its object, which need not be the direction of the way.

    ``subject`` and ``object`` are the short names; ``statement`` has the evidence, the status and the role.
    """

    subject: Said
    verb: str
    object: Said
    lang: Lang
    statement: StatementView

    @property
    def text(self) -> str:
        """All of it as plain text, without a full stop."""
        gap = " " if self.lang == "en" else ""
        return gap.join((self.subject.words, self.verb, self.object.words))


@dataclass(frozen=True, slots=True)
class Step:
    """One step: a sentence for each relation, the strongest first. ``weakest`` says why it is the way's weakest."""

    start: Chip
    end: Chip
    sentences: tuple[Sentence, ...]
    planned: bool
    weakest: Weakness | None


@dataclass(frozen=True, slots=True)
class WayView:
    """A way; ``planned`` says that some step of it is only planned."""

    steps: tuple[Step, ...]
    planned: bool


def way_view(way: Way, reader: Reader) -> WayView:
    """The way in the reader's language."""
    weakest = {way.weakest: _reason(way)} if way.weakest is not None else {}
    steps = tuple(
        Step(
            start=chip(hop.start, reader),
            end=chip(hop.end, reader),
            sentences=tuple(_sentence(hop, row, reader) for row in hop.rows),
            planned=hop.planned,
            weakest=weakest.get(place),
        )
        for place, hop in enumerate(way.hops)
    )
    return WayView(steps, way.planned)


def _reason(way: Way) -> Weakness:
    """In what the weakest step first falls behind another one."""
    strengths = [hop.strength for hop in way.hops]
    least = min(strengths)
    return next(reason for place, reason in enumerate(_REASONS) if any(one[place] != least[place] for one in strengths))


def _sentence(hop: Hop, row: RelationRow, reader: Reader) -> Sentence:
    ends: tuple[EntityRef, EntityRef] = (hop.start, row.other) if row.outgoing else (row.other, hop.start)
    subject, other = ends
    statement = statement_view(StatementCard(subject, replace(row, outgoing=True, other=other)), reader)
    return Sentence(
        say(subject.label, reader.lang), statement.verb, say(other.label, reader.lang), reader.lang, statement
    )

"""Some entities side by side: a row for each thing that is said of them, and whether it is the same of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from kg.query.rows import Card, SourceRef
from kg.view.cards import Badge, Chip, EntityView, FigureView, Reader, RelationLine, chip, entity_view
from kg.view.terms import Said

__all__ = ["Comparison", "Content", "Item", "Kind", "Row", "Since", "compare"]

#: What a row is about; a comparison has its rows in this order.
Kind = Literal["type", "themes", "status", "since", "description", "figure", "relation", "sources"]


@dataclass(frozen=True, slots=True)
class Since:
    """The date since when a status holds."""

    date: str
    badge: Badge


Content = Said | Badge | Since | FigureView | RelationLine | SourceRef
C = TypeVar("C", bound=Content)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a cell; ``shared`` counts the columns that have that theme, entity or source, 1 where no other has.

    An entity is shared whichever relations lead to it.
    """

    content: Content
    shared: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is said, a cell for each entity, empty where nothing is.

    ``label`` is what the metric or the relation is called, empty for the other kinds; ``outgoing`` is the direction of
    a relation. ``same`` says that every cell says the same, its evidence aside.
    """

    kind: Kind
    label: str
    cells: tuple[tuple[Item, ...], ...]
    same: bool
    outgoing: bool = True

    @property
    def filled(self) -> int:
        """Of how many of the entities anything is said."""
        return sum(bool(cell) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The entities, the rows in which anything is said of any, and the entities that two or more are connected with.

    Each of ``shared`` has the number of columns that share it; those of most come first.
    """

    columns: tuple[Chip, ...]
    rows: tuple[Row, ...]
    shared: tuple[tuple[Chip, int], ...]


def compare(cards: Sequence[Card], reader: Reader) -> Comparison:
    """The cards as a table in the reader's language."""
    views = [entity_view(card, reader) for card in cards]
    near = Counter(one for card in cards for one in {row.other.id for row in card.relations})
    rows = [*_basics(views, reader), *_figures(cards, views, reader), *_relations(views, near, reader)]
    rows.append(_listed("sources", [view.sources for view in views]))
    others = {row.other.id: row.other for card in cards for row in card.relations}
    shared = sorted((one for one in others if near[one] > 1), key=lambda one: -near[one])
    return Comparison(
        columns=tuple(view.chip for view in views),
        rows=tuple(row for row in rows if any(row.cells)),
        shared=tuple((chip(others[one], reader), near[one]) for one in shared),
    )


def _basics(views: Sequence[EntityView], reader: Reader) -> Iterable[Row]:
    # Sources that speak of the same day may give different statuses: all of the newest are shown.
    newest = [[one for one in view.history if one.as_of == view.history[0].as_of] for view in views]
    yield _row("type", [[Said(view.chip.type_name, reader.lang)] for view in views])
    yield _listed("themes", [[Said(theme, reader.lang) for theme in view.themes] for view in views])
    yield _row("status", newest)
    yield _row("since", [[Since(one.since, one) for one in badges if one.since] for badges in newest])
    yield _row("description", [[view.description] if view.description else [] for view in views])


def _figures(cards: Sequence[Card], views: Sequence[EntityView], reader: Reader) -> Iterable[Row]:
    found: dict[str, list[list[FigureView]]] = {}
    for column, (card, view) in enumerate(zip(cards, views, strict=True)):
        for row, figure in zip(card.figures, view.figures, strict=True):
            found.setdefault(row.metric, [[] for _ in cards])[column].append(figure)
    order = {metric: place for place, metric in enumerate(reader.terms.metrics)}
    for metric in sorted(found, key=lambda one: (order.get(one, len(order)), one)):
        name = reader.terms.name("metric", metric, reader.lang)
        yield _row("figure", [_newest(figures) for figures in found[metric]], label=name)


def _newest(figures: Sequence[FigureView]) -> list[FigureView]:
    """What was reached as of the newest date, then what is aimed at; all of several that speak of one date.

    The figures come newest first.
    """
    dates: dict[str, str] = {}
    for one in figures:
        dates.setdefault(one.aim, one.as_of)
    chosen = [one for one in figures if dates[one.aim] == one.as_of]
    return sorted(chosen, key=lambda one: one.aim)


def _relations(views: Sequence[EntityView], near: Counter[str], reader: Reader) -> Iterable[Row]:
    """A row for each relation and direction: those that hold before those planned, in the vocabulary's order."""
    names = [
        (reader.terms.relation(relation, planned=planned, outgoing=outgoing).say(reader.lang), outgoing)
        for planned in (False, True)
        for relation in reader.terms.relations
        for outgoing in (True, False)
    ]
    order = {name: place for place, name in reversed(list(enumerate(names)))}
    groups = [{(group.heading, group.outgoing): group.lines for group in view.relations} for view in views]
    known = {name for found in groups for name in found}
    for label, outgoing in sorted(known, key=lambda name: (order.get(name, len(order)), name)):
        cells = [found.get((label, outgoing), ()) for found in groups]
        yield _row("relation", cells, label, outgoing, lambda line: near[line.other.id])


def _listed(kind: Kind, cells: Sequence[Sequence[C]]) -> Row:
    """A row of what several columns may list."""
    counts = Counter(one for cell in cells for one in {_meaning(one) for one in cell})
    return _row(kind, cells, shared=lambda one: counts[_meaning(one)])


def _row(
    kind: Kind,
    cells: Sequence[Sequence[C]],
    label: str = "",
    outgoing: bool = True,
    shared: Callable[[C], int] = lambda _: 1,
) -> Row:
    """A row, in each cell what most columns share first."""
    items = ([Item(one, shared(one)) for one in cell] for cell in cells)
    return Row(
        kind=kind,
        label=label,
        cells=tuple(tuple(sorted(cell, key=lambda item: -item.shared)) for cell in items),
        same=len({frozenset(map(_meaning, cell)) for cell in cells}) == 1,
        outgoing=outgoing,
    )


_MEANINGS: dict[type, Callable[..., tuple[object, ...]]] = {
    Said: lambda one: (one.words,),
    Badge: lambda one: (one.name, one.as_of),
    Since: lambda one: (one.date,),
    FigureView: lambda one: (one.amount.text, one.aim, one.as_of),
    RelationLine: lambda one: (one.other.id, one.role, one.since, one.badge and one.badge.name),
    SourceRef: lambda one: (one.id,),
}


def _meaning(one: Content) -> tuple[object, ...]:
    """What is said, evidence aside: two that mean the same are equal."""
    return _MEANINGS[type(one)](one)

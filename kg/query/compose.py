"""A scene made into what is on the picture: which entities, in which order they came, which have a fixed place."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from kg.engine.base import Engine
from kg.query.neighbours import neighbour_ids
from kg.query.scene import Scene, Step
from kg.query.starts import start_ids

__all__ = ["Cast", "compose"]


@dataclass(frozen=True)
class Cast:
    """Who is on the picture: ``base`` was laid out as a whole; ``added`` (id → beside whom, "" for nobody) came after.

    ``hidden`` of them are not shown. ``pinned`` have a place of the reader's choice. ``cut`` says that some were left
    out because a picture takes no more.
    """

    base: tuple[str, ...]
    added: dict[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    pinned: dict[str, tuple[int, int]] = field(default_factory=dict)
    cut: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        """All that have a place, shown or not."""
        return (*self.base, *self.added)

    @property
    def shown(self) -> tuple[str, ...]:
        """The ids that are shown, in the order in which they came."""
        return tuple(one for one in self.ids if one not in self.hidden)


def compose(engine: Engine, scene: Scene, planned: Collection[str], most: int) -> Cast:
    """Follow the scene's steps from its start; at most ``most`` entities are shown at any time.

    One round trip or a few for the start, and one for each growth. ``planned`` has the ids of the statuses of what is
    planned. An id that the graph does not know stays in the cast; whoever draws it leaves it out.
    """
    stage = _Stage(list(start_ids(engine, scene.start, planned, most)), most)
    for step in scene.steps:
        stage.do(engine, step)
    return Cast(tuple(stage.base), stage.added, frozenset(stage.hidden), stage.pinned, stage.cut)


@dataclass
class _Stage:
    """The cast while it changes."""

    base: list[str]
    most: int
    added: dict[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    pinned: dict[str, tuple[int, int]] = field(default_factory=dict)
    cut: bool = False

    def do(self, engine: Engine, step: Step) -> None:
        args = step.args
        if step.act == "add":
            self._add(args, "")
        elif step.act == "grow":
            self._grow(engine, *args)
        elif step.act == "hide":
            self.hidden.update(args)
        elif step.act == "keep":
            self.hidden.update(set(self._ids()) - set(args))
        elif step.act == "pin":
            self.pinned[args[0]] = int(args[1]), int(args[2])
        elif step.act == "free":
            for one in args:
                self.pinned.pop(one, None)
        else:
            self._tidy()

    def _ids(self) -> list[str]:
        return [*self.base, *self.added]

    def _add(self, ids: Iterable[str], beside: str) -> None:
        known = set(self._ids())
        for one in ids:
            if one in known and one not in self.hidden:
                continue
            if len(known) - len(self.hidden & known) >= self.most:
                self.cut = True
                return
            if one not in known:
                self.added[one] = beside
                known.add(one)
            self.hidden.discard(one)

    def _grow(self, engine: Engine, entity: str, relation: str, direction: str, most: str) -> None:
        self._add([entity], "")
        way, _, plan = direction.partition("-")
        self._add(
            neighbour_ids(
                engine,
                entity,
                None if relation == "any" else relation,
                {"out": True, "in": False}.get(way),
                planned=None if direction == "both" else bool(plan),
                limit=int(most),
            ),
            entity,
        )

    def _tidy(self) -> None:
        """What is shown is laid out anew, as if the picture had started with it."""
        self.base = [one for one in self._ids() if one not in self.hidden]
        self.added, self.hidden, self.pinned = {}, set(), {}

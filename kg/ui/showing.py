"""What the explore page shows now: the scene that its address describes, who is on it, where each of them stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from typing import Any

import streamlit as st

from kg.errors import NotFound
from kg.model.text import Lang
from kg.query.card import statement_card
from kg.query.compose import Cast, compose
from kg.query.filters import Sieve, SourceFact
from kg.query.overview import Overview, overview
from kg.query.paths import Way, paths
from kg.query.rows import RelationRow
from kg.query.scene import Scene, read_scene, write_scene
from kg.ui.state import MOST_DRAWN, app
from kg.view.growing import moved, only, with_more
from kg.view.layout import Layout
from kg.view.network import Network, network_of, plane
from kg.view.picture import arrange, draw

__all__ = [
    "PANEL",
    "Showing",
    "avoided",
    "focus_now",
    "forget",
    "go",
    "has_in_focus",
    "is_open",
    "kept",
    "now",
    "open_showing",
    "picture_data",
    "ways_between",
    "ways_now",
]

#: The parameters of the explore page's address that are no part of the scene and stay when something else changes.
_KEPT = ("view", "sort")

#: The parameters that say what the panel shows.
PANEL = ("entity", "statement", "path", "avoid", "panel")


@dataclass(frozen=True)
class Showing:
    """The picture. ``whole`` is all that is on it, ``found`` what the filters leave of that.

    ``unread`` are the parts of the address that mean nothing.
    """

    scene: Scene
    cast: Cast
    whole: Overview
    found: Overview
    network: Network[str]
    layout: Layout
    sieve: Sieve
    unread: tuple[str, ...] = ()

    def line_of(self, statement: str) -> str:
        """The statement that stands in the picture for this one: a line may stand for several."""
        for line in self.found.relations:
            if statement in line.statements:
                return line.statements[0]
        return statement


_now: ContextVar[Showing | None] = ContextVar("showing", default=None)


def now() -> Showing:
    """What is shown; the explore page has opened it."""
    return _now.get() or open_showing()


def forget() -> None:
    """Another page than the explore page is shown."""
    _now.set(None)


def is_open() -> bool:
    """Whether the explore page is what is shown."""
    return _now.get() is not None


def open_showing() -> Showing:
    """Read the address; what it puts in focus is on the picture too, as if it had been added."""
    scene, unread = read_scene(st.query_params.to_dict())
    found = _showing(app().engine.data_version, tuple(write_scene(scene).items()))
    missing = list(app().directory.entities(one for one in _in_focus() if one not in found.cast.shown))
    if missing:
        scene = scene.then("add", *dict.fromkeys(missing))
        found = _showing(app().engine.data_version, tuple(write_scene(scene).items()))
    found = replace(found, unread=unread)
    _now.set(found)
    return found


def go(scene: Scene, **parameters: str) -> None:
    """Put the scene into the address, with what else is to be seen; the page is then run again."""
    kept = {name: st.query_params[name] for name in (*_KEPT, "lang", "at") if name in st.query_params}
    st.query_params.from_dict({**kept, **write_scene(scene), **{name: one for name, one in parameters.items() if one}})


def kept() -> Mapping[str, str]:
    """The parameters that every address on the explore page takes along."""
    return {name: st.query_params[name] for name in _KEPT if name in st.query_params}


def _in_focus() -> Iterable[str]:
    """The entities that the address speaks of."""
    if entity := st.query_params.get("entity"):
        yield entity
    if statement := st.query_params.get("statement"):
        yield from _spoken_of(app().engine.data_version, statement)
    for way in ways_now():
        yield from (entity.id for entity in way.entities)


def has_in_focus(scene: Scene) -> bool:
    """Whether all that the address puts in focus is on that scene's picture."""
    shown = _showing(app().engine.data_version, tuple(write_scene(scene).items())).cast.shown
    return set(_in_focus()) <= set(shown)


@lru_cache(maxsize=64)
def _spoken_of(version: str, statement: str) -> tuple[str, ...]:
    """The entities that a statement is about; of an unknown one the panel says that it is unknown."""
    del version  # it is what the result is kept under, here and below
    try:
        card = statement_card(app().engine, statement)
    except NotFound:
        return ()
    others = (card.row.other.id,) if isinstance(card.row, RelationRow) else ()
    return (card.subject.id, *others)


def focus_now(showing: Showing) -> dict[str, object] | None:
    """What the address puts in focus, as the canvas wants it."""
    if statement := st.query_params.get("statement"):
        return {"kind": "statement", "id": showing.line_of(statement)}
    if found := ways_now():
        lines = {showing.line_of(row.statement) for way in found for hop in way.hops for row in hop.rows}
        return {"kind": "way", "id": sorted(lines)}
    if entity := st.query_params.get("entity"):
        return {"kind": "entity", "id": entity}
    return None


def ways_now() -> tuple[Way, ...]:
    """The ways between the two entities that the address asks for; none where it asks for none, or for unknown ones."""
    start, _, end = st.query_params.get("path", "").partition("~")
    if not start or not end:
        return ()
    try:
        return ways_between(start, end, avoided(start, end))
    except NotFound:
        return ()  # the panel says so


def avoided(start: str, end: str) -> tuple[str, ...]:
    """What the address leaves out of the ways between two entities."""
    asked = dict.fromkeys(st.query_params.get("avoid", "").split("~"))
    return tuple(one for one in asked if one not in ("", start, end))


def ways_between(start: str, end: str, avoid: tuple[str, ...]) -> tuple[Way, ...]:
    """The ways, worked out once; raises :class:`NotFound`."""
    return _ways(app().engine.data_version, start, end, avoid)


@lru_cache(maxsize=64)
def _ways(version: str, start: str, end: str, avoid: tuple[str, ...]) -> tuple[Way, ...]:
    del version
    return tuple(paths(app().engine, start, end, avoid=avoid))


@lru_cache(maxsize=64)
def _showing(version: str, address: tuple[tuple[str, str], ...]) -> Showing:
    scene, _ = read_scene(dict(address))
    cast, whole, layout = _staged(version, scene.start, tuple(map(str, scene.steps)))
    one = app()
    sources = {source.id: SourceFact(source.official, source.date) for source in one.directory.sources.values()}
    sieve = Sieve(scene.filters, sources, one.terms.stage)
    found = sieve(whole)
    network = network_of(found, one.terms)
    return Showing(scene, cast, whole, found, network, only(layout, set(network)), sieve)


@lru_cache(maxsize=64)
def _staged(version: str, start: str, steps: tuple[str, ...]) -> tuple[Cast, Overview, Layout]:
    """The cast, the overview of those that are shown, and where everyone stands, filters aside."""
    one = app()
    scene, _ = read_scene({"start": start, "steps": "~".join(steps)})
    planned = [status.id for status in one.terms.statuses.values() if status.stage == "planned"]
    cast = compose(one.engine, scene, planned, MOST_DRAWN)
    layout = _arranged(version, cast.base)
    if cast.added:
        everyone = network_of(_overview(version, cast.ids), one.terms)
        layout = with_more(layout, plane(everyone), cast.added)
    layout = moved(layout, cast.pinned)
    whole = _overview(version, cast.shown)
    return cast, replace(whole, cut=cast.cut), layout


@lru_cache(maxsize=16)
def _arranged(version: str, ids: tuple[str, ...]) -> Layout:
    one = app()
    return arrange(network_of(_overview(version, ids), one.terms), one.glossary.vocabulary)


@lru_cache(maxsize=32)
def _overview(version: str, ids: tuple[str, ...]) -> Overview:
    del version
    return overview(app().engine, ids=ids)


def picture_data(showing: Showing, lang: Lang) -> dict[str, Any]:
    """The picture in ``lang`` as the canvas wants it."""
    return _picture_data(app().engine.data_version, tuple(write_scene(showing.scene).items()), lang)


@lru_cache(maxsize=32)
def _picture_data(version: str, address: tuple[tuple[str, str], ...], lang: Lang) -> dict[str, Any]:
    found = _showing(version, address)
    vocabulary = app().glossary.vocabulary
    data = draw(found.network, found.layout, vocabulary, lang).data(vocabulary)
    name = sha256(repr((version, address, lang)).encode()).hexdigest()[:16]
    return {**data, "version": name, "base": f"{version}~{found.scene.base}"}

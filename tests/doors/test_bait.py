"""The bait is worth reaching for: an engine that nobody guards takes it."""

from __future__ import annotations

from pathlib import Path
from urllib.request import urlopen

import pyoxigraph

from tests.doors.attacks import SERVICE, UPDATES, Attack
from tests.doors.bait import SESAME, Bait, Listener, StandIn, started


def _unguarded(listener: Listener, secret: Path, attacks: list[Attack], name: str) -> str:
    query = next(attack.query for attack in attacks if attack.name == name)
    return Bait(listener.address, secret.as_uri()).put_into(query)


def test_a_service_that_nobody_guards_reaches_the_listener(listener: Listener, secret: Path) -> None:
    before = listener.connections
    query = _unguarded(listener, secret, SERVICE, "service silent")
    assert len(list(pyoxigraph.Store().query(query))) == 1
    assert listener.connections > before


def test_a_load_that_nobody_guards_brings_the_words(listener: Listener, secret: Path) -> None:
    store = pyoxigraph.Store()
    store.update(_unguarded(listener, secret, UPDATES, "load"))
    assert [quad.object.value for quad in store] == [SESAME]


def test_the_file_holds_the_words(secret: Path) -> None:
    assert [quad.object.value for quad in pyoxigraph.parse(path=secret)] == [SESAME]


def test_the_endpoint_that_stands_in_notes_what_it_is_asked() -> None:
    with started(StandIn()) as store:
        with urlopen(f"{store.address}?query=ASK+%7B%7D") as answer:  # noqa: S310 (it is http, and on this machine)
            assert b"true" in answer.read()
        with urlopen(store.address, b"query=ASK+%7B1%7D") as answer:  # noqa: S310 (it is http, and on this machine)
            assert b"true" in answer.read()
        assert store.asked == ["ASK {}", "ASK {1}"]

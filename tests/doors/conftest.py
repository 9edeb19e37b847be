"""The server and the file that attacks reach for, and what every door is held to."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from kg.graph.build import build
from kg.model.knowledge import Knowledge
from tests.doors.attacks import Attack
from tests.doors.bait import SESAME, Bait, Listener, started, write_secret
from tests.doors.kinds import PLAIN, ROOMY, Door, Withstand
from tests.stores import Virtuoso, virtuoso


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's own store, and messages in English."""
    for name in ("KG_ENDPOINT", "KG_ENDPOINT_USER", "KG_ENDPOINT_PASSWORD", "KG_ENDPOINT_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


@pytest.fixture(scope="session")
def listener() -> Iterator[Listener]:
    with started(Listener()) as server:
        yield server


@pytest.fixture(scope="session")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_secret(tmp_path_factory.mktemp("secret"))


@pytest.fixture
def bait(listener: Listener, secret: Path) -> Iterator[Bait]:
    """The two addresses; nobody may have come to the first when the test is over."""
    before = listener.connections
    yield Bait(listener.address, secret.as_uri())
    assert listener.connections == before, "something was fetched"


@pytest.fixture
def withstand(bait: Bait) -> Withstand:
    """That a door ends an attack as it must, says why, shows no secret, and answers what is asked next."""

    def hold(ask: Door, attack: Attack) -> None:
        verdict = ask(bait.put_into(attack.query), attack.limits)
        assert verdict.outcome == attack.outcome, verdict.words
        assert attack.words.lower() in verdict.words.lower()
        assert bool(verdict.words) == (attack.outcome != "answered")
        assert SESAME not in verdict.shown
        after = ask(PLAIN, ROOMY)
        assert (after.outcome, after.yes) == ("answered", True), after.words

    return hold


@pytest.fixture(scope="session")
def virtuoso_with_sample(sample: Knowledge) -> Iterator[Virtuoso]:
    with virtuoso(BytesIO(build(sample).nquads)) as store:
        yield store

"""What the tests of the remote store share: stores of two makes, engines on them, and graphs to put there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from io import BytesIO

import pytest

from kg.engine.embedded import EmbeddedEngine
from kg.engine.login import Login
from kg.engine.remote import RemoteEngine
from kg.export.loading import load_store
from kg.graph.build import Rdf, build
from kg.graph.names import PREFIXES
from kg.model.knowledge import Knowledge
from kg.model.statement import Relation
from tests.generated import knowledge as generated_knowledge
from tests.remote.fakes import Fake
from tests.remote.kit import HELD, Connect, Scratch
from tests.remote.standard import Standard
from tests.stores import LOGIN, Virtuoso, virtuoso


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's own endpoint or login, and messages in English."""
    for name in ("KG_ENDPOINT", "KG_ENDPOINT_USER", "KG_ENDPOINT_PASSWORD", "KG_ENDPOINT_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


@pytest.fixture(autouse=True)
def _nobody_to_wait_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loads that replace a graph do not wait until it is forgotten: a test that has a reader says so."""
    monkeypatch.setattr("kg.export.to_store._UNTIL_FORGOTTEN", 0.0)


@pytest.fixture
def no_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loads work out nothing for pages: it takes most of their time, and other tests look at it."""
    monkeypatch.setattr("kg.export.loading.keep", lambda _: (), raising=False)


@pytest.fixture
def fake() -> Iterator[Fake]:
    with Fake() as store:
        yield store


@pytest.fixture
def standard() -> Iterator[Standard]:
    with Standard() as store:
        yield store


class _Reading(EmbeddedEngine):
    """What reads queries before they are sent, shared by the engines on scripted stores: to start one takes long."""

    def close(self) -> None:
        """It goes on reading for the next test."""


@pytest.fixture(scope="session")
def _reading() -> Iterator[_Reading]:
    reading = _Reading(b"", "", max_workers=2, prefixes=PREFIXES)
    yield reading
    EmbeddedEngine.close(reading)


@pytest.fixture
def connect(_reading: _Reading) -> Iterator[Connect]:
    """Engines that are closed when the test is over; on a scripted store with what it is said to hold."""
    with ExitStack() as ends:

        def shared(*_: object, **__: object) -> _Reading:
            return _reading

        def to(store: Fake | Virtuoso | str, login: Login | None = None, **settings: object) -> RemoteEngine:
            url = store if isinstance(store, str) else store.endpoint if isinstance(store, Virtuoso) else store.url
            with pytest.MonkeyPatch.context() as patched:
                if type(store) is Fake or isinstance(store, str):
                    settings = {"held": HELD, **settings}
                    patched.setattr("kg.engine.remote.EmbeddedEngine", shared)
                return ends.enter_context(RemoteEngine(url, login, prefixes=PREFIXES, **settings))

        yield to


@pytest.fixture(scope="session")
def twice(sample: Knowledge) -> Knowledge:
    """The sample, with a relation that both of its sources state."""
    newer, older = sample.sources["2025-01-05-sample"], sample.sources["2024-06-sample"]
    shared = next(one for one in newer.statements if isinstance(one, Relation) and one.relation == "leads")
    again = shared.model_copy(update={"phrase": "said before", "speaker": None})
    more = older.model_copy(update={"statements": (*older.statements, again)})
    return Knowledge(sample.vocabulary, sample.entities, sample.type_of, {**sample.sources, older.id: more})


@pytest.fixture(scope="session")
def generated() -> Knowledge:
    return generated_knowledge(120)


@pytest.fixture(scope="session")
def sample_rdf(sample: Knowledge) -> Rdf:
    return build(sample)


@pytest.fixture(scope="session")
def twice_rdf(twice: Knowledge) -> Rdf:
    return build(twice)


@pytest.fixture(scope="session")
def loaded_standard(twice_rdf: Rdf) -> Iterator[Standard]:
    """The store of the other make with the sample in it, of which one triple is stated twice; tests only read it."""
    with Standard() as store:
        load_store(store.url, Login(), BytesIO(twice_rdf.nquads))
        yield store


@pytest.fixture(scope="session")
def real_virtuoso(knowledge: Knowledge) -> Iterator[Virtuoso]:
    """Virtuoso with the project's own data; tests only read it."""
    with virtuoso(BytesIO(build(knowledge).nquads)) as store:
        yield store


@pytest.fixture(scope="session")
def scratch() -> Iterator[Scratch]:
    with virtuoso() as store:
        yield Scratch(store)


@pytest.fixture
def virtuoso_login(monkeypatch: pytest.MonkeyPatch) -> Login:
    """The login of Virtuoso in the environment, where commands look for it."""
    monkeypatch.setenv("KG_ENDPOINT_USER", LOGIN.user)
    monkeypatch.setenv("KG_ENDPOINT_PASSWORD", LOGIN.password)
    return LOGIN

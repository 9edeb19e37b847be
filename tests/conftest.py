"""What the tests share: the real data and a small adversarial sample, each loaded once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from kg.engine.base import Engine
from kg.engine.start import start_engine
from kg.load.files import Loaded, load
from kg.model.knowledge import Knowledge

ROOT = Path(__file__).resolve().parents[1]

# No test is timed: a busy machine makes nothing wrong.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def data_dir() -> Path:
    return ROOT / "data"


@pytest.fixture(scope="session")
def sample_dir() -> Path:
    """Few entities, with names that try to break out of every format."""
    return ROOT / "tests" / "sample"


@pytest.fixture(scope="session")
def loaded(data_dir: Path) -> Loaded:
    return load(data_dir)


@pytest.fixture(scope="session")
def sample_loaded(sample_dir: Path) -> Loaded:
    return load(sample_dir)


@pytest.fixture(scope="session")
def knowledge(loaded: Loaded) -> Knowledge:
    return loaded.knowledge


@pytest.fixture(scope="session")
def sample(sample_loaded: Loaded) -> Knowledge:
    return sample_loaded.knowledge


@pytest.fixture(scope="session")
def engine(knowledge: Knowledge) -> Iterator[Engine]:
    with start_engine(knowledge) as started:
        yield started


@pytest.fixture(scope="session")
def sample_engine(sample: Knowledge) -> Iterator[Engine]:
    with start_engine(sample) as started:
        yield started
